import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { asVersion1, asVersion2, Cli, PICKLES } from './kit.js';

const cli = new Cli();
const LATE = '2099-01-01';

/** A folder with the report of its first scan. */
function scanned(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[] = ['models']): string {
  const folder = cli.folder(files);
  cli.run(folder, ['artifact', ...args, '-f', 'json=old.json']);
  return folder;
}
function compare(folder: string, ...args: readonly string[]): { code: number | null; report: Report } {
  const { code, stdout, stderr } = cli.run(folder, [
    'artifact',
    'models',
    '--baseline',
    'old.json',
    ...args,
    '-f',
    'json',
  ]);
  if (stdout === '') throw new Error(stderr);
  return { code, report: JSON.parse(stdout) as Report };
}
const states = (report: Report) => report.findings.map((item) => [item.artifact, item.baseline?.state, item.action]);

describe('--baseline', () => {
  test('marks and loosens nothing', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const { code, report } = compare(folder);
    expect(code).toBe(1);
    expect(states(report)).toEqual([['models/a.pkl', 'unchanged', 'fail']]);
    expect(report.baseline).toMatchObject({ file: 'old.json', new: 0, unchanged: 1, failOnNew: false });
  });

  test('what is fixed is absent', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/b.pkl': PICKLES.net });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    const { report } = compare(folder);
    expect(report.baseline?.absent.map((item) => item.artifact)).toEqual(['models/a.pkl']);
    expect(states(report)).toEqual([['models/b.pkl', 'unchanged', 'fail']]);
  });

  test('a report of an earlier version knows nothing, and it is said', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const old = join(folder, 'old.json');
    const text = JSON.stringify(asVersion1(JSON.parse(readFileSync(old, 'utf8')) as Report));
    writeFileSync(old, text.replaceAll('"v2-', '"').replace(',"covers":"effects"', ''));
    const { code, report } = compare(folder, '--fail-on-new');
    expect(code).toBe(1);
    expect(states(report)).toEqual([['models/a.pkl', 'new', 'fail']]);
    expect(report.baseline).toMatchObject({ new: 1, absent: [], notCompared: [{ artifact: 'models/a.pkl' }] });
    expect(report.baseline?.notCompared[0]?.reason).toContain('of an earlier version of Sentinel');
    expect(report.notes.join('\n')).toContain('The baseline old.json was written by an earlier version of Sentinel');
  });

  test.each([
    [1, asVersion1],
    [2, asVersion2],
  ])('a report of schema version %i is compared like any other', (_version, asVersion) => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const old = join(folder, 'old.json');
    writeFileSync(old, JSON.stringify(asVersion(JSON.parse(readFileSync(old, 'utf8')) as Report)));
    const { report } = compare(folder);
    expect(states(report)).toEqual([['models/a.pkl', 'unchanged', 'fail']]);
  });

  test('a retest command carries no baseline: known findings would pass it', () => {
    const { report } = compare(scanned({ 'models/a.pkl': PICKLES.system }), '--fail-on-new');
    expect(report.findings[0]?.retest).toBe('sentinel artifact models/a.pkl --rule PICKLE-EXEC');
  });
});

describe('--fail-on-new', () => {
  test('lets pass what is known, and says so', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const { code, report } = compare(folder, '--fail-on-new');
    expect(code).toBe(0);
    expect(states(report)).toEqual([['models/a.pkl', 'unchanged', 'ticket']]);
    const text = cli.run(folder, ['artifact', 'models', '--baseline', 'old.json', '--fail-on-new']).stdout;
    expect(text).toContain('PICKLE-EXEC CRITICAL');
    expect(text).toContain('1 finding of the baseline let pass by --fail-on-new');
  });

  test('fails on what is new, a copy included', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/b.pkl'), PICKLES.system);
    expect(compare(folder, '--fail-on-new').code).toBe(1);
    const copied = scanned({ 'models/a.pkl': PICKLES.system, 'models/x/.keep': '' });
    writeFileSync(join(copied, 'models/x/a.pkl'), PICKLES.system);
    expect(compare(copied, '--fail-on-new').code).toBe(1);
  });

  test('an incomplete scan stays incomplete', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/b.npy': '\x93NUMPY' });
    expect(compare(folder, '--fail-on-new')).toMatchObject({ code: 2, report: { verdict: 'incomplete' } });
  });

  test('a level without a finding fails with any baseline', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.trailing });
    expect(compare(folder, '--fail-on-new').code).toBe(1);
  });

  test('an expired acceptance fails, although the baseline knows the finding', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.net });
    const [finding] = (JSON.parse(readFileSync(join(folder, 'old.json'), 'utf8')) as Report).findings;
    const accept = (expires: string) =>
      `accept:\n  - {fingerprint: '${finding?.fingerprint}', owner: board, why: sandboxed, expires: ${expires}}\n`;
    writeFileSync(join(folder, 'p.yml'), accept(LATE));
    expect(cli.run(folder, ['artifact', 'models', '--policy', 'p.yml', '-f', 'json=old.json']).code).toBe(0);
    expect(compare(folder, '--fail-on-new', '--policy', 'p.yml').code).toBe(0);
    writeFileSync(join(folder, 'p.yml'), accept('2020-01-01'));
    const { code, report } = compare(folder, '--fail-on-new', '--policy', 'p.yml');
    expect(code).toBe(1);
    expect(report.accept).toMatchObject([{ state: 'expired', findings: 1, owner: 'board', origin: 'p.yml:2' }]);
  });

  test('needs a baseline', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.clean }), ['artifact', 'm.pkl', '--fail-on-new']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('--fail-on-new needs --baseline');
  });
});

describe('a baseline that cannot be used is refused before the scan', () => {
  test.each([
    ['missing', null, /^sentinel: cannot read the baseline old\.json: no such file or folder\n$/],
    ['no JSON', 'x', /^sentinel: old\.json is no report of Sentinel: it is not JSON .*\n$/],
    ['a SARIF file', '{"version":"2.1.0"}', /is no report of Sentinel: write one with/],
    ['another version', '{"schemaVersion":9,"tool":{"name":"sentinel"}}', /schema version 9/],
    [
      'half of one',
      '{"schemaVersion":1,"tool":{"name":"sentinel","version":"1","rules":"1"}}',
      /is a damaged report: command: expected/,
    ],
  ])('%s', (_name, text, message) => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system, ...(text === null ? {} : { 'old.json': text }) });
    const run = cli.run(folder, ['artifact', 'm.pkl', '--baseline', 'old.json']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  test('bytes that are no UTF-8', () => {
    const folder = cli.folder({ 'm.pkl': PICKLES.system, 'old.json': Buffer.from([0x7b, 0xff, 0x7d]) });
    const run = cli.run(folder, ['artifact', 'm.pkl', '--baseline', 'old.json']);
    expect(run).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'sentinel: old.json: the baseline is no JSON: it is not UTF-8\n',
    });
  });

  test('a folder', () => {
    const run = cli.run(cli.folder({ 'm.pkl': PICKLES.system, 'old/x': '' }), [
      'artifact',
      'm.pkl',
      '--baseline',
      'old',
    ]);
    expect(run).toMatchObject({ code: 2, stderr: 'sentinel: old: the baseline has to be a file\n' });
  });
});
