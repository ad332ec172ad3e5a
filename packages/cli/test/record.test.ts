import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

// What a report has to carry for `sentinel retest`: the run's options, the policies, the hashes of the artifacts.
const cli = new Cli();
const json = (text: string): Report => JSON.parse(text) as Report;
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hashes = (report: Report): Record<string, string | null> =>
  Object.fromEntries(report.artifacts.map((artifact) => [artifact.path, artifact.sha256]));

const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(new URL('../../../schemas/report.schema.json', import.meta.url), 'utf8')) as object,
);

const FILES = { 'bad.pkl': PICKLES.system, 'good.pkl': PICKLES.clean };

test('the options of the run and the policies that it used', () => {
  const policy = 'fail_on: [CRITICAL]\n';
  const inner = 'fail_on: [LOW]\n';
  const folder = cli.folder({
    'ci/policy.yml': policy,
    'sentinel-policy.yml': policy,
    'models/sentinel-policy.yml': inner,
    'models/bad.pkl': PICKLES.system,
  });
  const found = json(cli.run(folder, ['artifact', './models/', '-f', 'json']).stdout);
  expect(found.run).toEqual({
    startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    paths: ['./models/'],
    rules: [],
    policy: null,
    policyFiles: [
      { path: 'sentinel-policy.yml', sha256: sha256(policy), trusted: true, by: 'found' },
      { path: join('models', 'sentinel-policy.yml'), sha256: sha256(inner), trusted: false, by: 'found' },
    ],
    maxAcceptableSeverity: null,
    alsoAllow: [],
    timeoutSeconds: null,
    requireArtifacts: false,
  });
  const options = ['--rule', 'PICKLE', '--policy', 'ci/policy.yml', '--also-allow', 'mylib.Net', '--timeout', '9'];
  const more = ['--max-acceptable-severity', 'permissive', '-f', 'json'];
  const named = json(cli.run(folder, ['artifact', 'models', ...options, ...more]).stdout);
  validate(named);
  expect(validate.errors ?? []).toEqual([]);
  expect(named.run).toMatchObject({
    paths: ['models'],
    rules: ['PICKLE'],
    policy: 'ci/policy.yml',
    policyFiles: [{ path: join('ci', 'policy.yml'), sha256: sha256(policy), trusted: true, by: '--policy' }],
    maxAcceptableSeverity: 'permissive',
    alsoAllow: ['mylib.Net'],
    timeoutSeconds: 9,
  });
});

test('a JSON report has the hash of each artifact with a finding, and of no other', () => {
  const report = json(cli.run(cli.folder(FILES), ['artifact', '.', '-f', 'json']).stdout);
  expect(hashes(report)).toEqual({ 'bad.pkl': sha256(PICKLES.system), 'good.pkl': null });
  expect(report.artifacts.map((artifact) => artifact.notHashed)).toEqual([null, 'no finding; --hash all hashes it']);
});

test('--hash all, and --hash none', () => {
  const folder = cli.folder(FILES);
  const all = json(cli.run(folder, ['artifact', '.', '-f', 'json', '--hash', 'all']).stdout);
  expect(hashes(all)).toEqual({ 'bad.pkl': sha256(PICKLES.system), 'good.pkl': sha256(PICKLES.clean) });
  const none = json(cli.run(folder, ['artifact', '.', '-f', 'json', '--hash', 'none']).stdout);
  expect(hashes(none)).toEqual({ 'bad.pkl': null, 'good.pkl': null });
  expect(none.artifacts[0]?.notHashed).toBe('not asked for');
});

test('threads carry what tells one state of a file from another', () => {
  const folder = cli.folder(FILES);
  const report = json(cli.run(folder, ['artifact', '.', '--jobs', '2', '-f', 'json', '--hash', 'all']).stdout);
  expect(hashes(report)).toEqual({ 'bad.pkl': sha256(PICKLES.system), 'good.pkl': sha256(PICKLES.clean) });
});

test('what cannot be opened has no hash, and says so', () => {
  const run = cli.run(cli.folder(FILES), ['artifact', 'missing.pkl', '-f', 'json', '--hash', 'all']);
  expect(run.code).toBe(2);
  expect(json(run.stdout).artifacts).toMatchObject([{ sha256: null, notHashed: 'it could not be opened' }]);
});
