import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { ClosureRecord } from '@artifact-sentinel/core/internal';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { scanArtifacts } from '../artifact/run.js';
import type { RetestOptions } from './options.js';
import { runRetest } from './run.js';

const BAD = Buffer.from('\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.', 'latin1');
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');

let entered: string[] = [];
beforeEach(() => {
  entered = [];
  // A thread has no working folder of its own: the paths of these reports are absolute.
  vi.spyOn(process, 'chdir').mockImplementation((folder) => void entered.push(folder));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const OTHER = 'ab'.repeat(32);

/** A folder with a report of a hostile file in it. */
async function scanned(change: (report: Report) => object = (report) => report) {
  const root = folderOfTest('sentinel-retest-');
  const [model, file] = [join(root, 'a.pkl'), join(root, 'report.json')];
  writeFileSync(model, BAD);
  const { report } = await scanArtifacts([model], { quiet: true } as never, []);
  writeFileSync(file, JSON.stringify(change(report)));
  return { root, model, file };
}

/** What is recorded of a retest, and its exit code. */
async function retested(root: string, file: string, options: Partial<RetestOptions> = {}, named: string[] = []) {
  const to = join(root, 'record.json');
  const code = await runRetest(file, named, { quiet: true, root, ...options }, [{ format: 'json', file: to }]);
  return { code, record: JSON.parse(readFileSync(to, 'utf8')) as ClosureRecord };
}
const withRun = (more: object) => (report: Report) => ({ ...report, run: { ...report.run, ...more } });

test('a finding that is still there is open, and closed once it is gone', async () => {
  const { root, model, file } = await scanned();
  const open = await retested(root, file);
  expect([open.code, open.record.outcome, entered]).toEqual([1, 'open', [root]]);
  expect(open.record.run).toMatchObject({ paths: [model], rules: [], policy: null, requireArtifacts: false });
  for (const key of ['followLinks', 'allowPrivate', 'maxDownload', 'thorough', 'policyFolder', 'trustPolicyInTree'])
    expect(Object.keys(open.record.run ?? {})).not.toContain(key);
  writeFileSync(model, CLEAN);
  const closed = await retested(root, file);
  expect([closed.code, closed.record.outcome]).toEqual([0, 'closed']);
});

test('what was asked for stands in the record', async () => {
  const { root, file } = await scanned(withRun({ followLinks: true, requireArtifacts: true, timeoutSeconds: 50 }));
  const { record } = await retested(root, file, {
    allowPrivate: true,
    maxDownload: 7,
    thorough: true,
    trustPolicyInTree: true,
    followLinks: true,
  });
  expect(record.run).toMatchObject({
    allowPrivate: true,
    maxDownload: 7,
    thorough: true,
    trustPolicyInTree: true,
    requireArtifacts: true,
    timeoutSeconds: 50,
  });
});

test('a run that cannot be repeated is unverifiable, and recorded', async () => {
  const { root, file } = await scanned(withRun({ alsoAllow: ['no name at all!'] }));
  const found = await retested(root, file, { alsoAllow: ['no name at all!'] });
  expect([found.code, found.record.outcome]).toEqual([2, 'unverifiable']);
});

test('a policy outside of the folder of the scan has to be named', async () => {
  const { root, file } = await scanned(withRun({ policy: '/nowhere/sentinel-policy.yml' }));
  const { code, record } = await retested(root, file);
  expect([code, record.outcome]).toEqual([2, 'unverifiable']);
  expect(JSON.stringify(record)).toContain(
    `the policy of the report, /nowhere/sentinel-policy.yml, lies outside of ${root}; name it with --policy`,
  );
});

test('what has become of the policies is said', async () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const policy = 'fail_on: [CRITICAL]\n';
  const was = (more: object) => [{ path: 'x', sha256: OTHER, trusted: true, by: 'found', ...more }];
  const changesOf = async (before: (own: string) => readonly object[]): Promise<readonly string[]> => {
    const folder = folderOfTest('sentinel-retest-policy-');
    const own = join(folder, 'own.yml');
    writeFileSync(own, policy);
    const { root, file } = await scanned(withRun({ policyFiles: before(own) }));
    const { record } = await retested(root, file, { policy: own });
    return record.policy.changes.map((line) => line.replaceAll(own, 'OWN'));
  };
  const now = sha256(policy);
  expect(await changesOf(() => [])).toEqual([`OWN was not used before (SHA-256 ${now})`]);
  expect(await changesOf((own) => was({ path: own, sha256: now }))).toEqual([]);
  expect(await changesOf((own) => was({ path: own }))).toEqual([
    `OWN has changed since (SHA-256 ${OTHER} before, ${now} now)`,
  ]);
  expect(await changesOf((own) => was({ path: own, sha256: now, trusted: false }))).toEqual([
    'OWN could only tighten the gate before',
  ]);
  expect(await changesOf((own) => [...was({ path: own, sha256: now }), ...was({})])).toEqual([
    `x is no longer used (SHA-256 ${OTHER})`,
  ]);
});

test('a report that may replace what it is about is not written', async () => {
  const { root, model, file } = await scanned();
  for (const target of [file, model])
    await expect(runRetest(file, [], { quiet: true, root }, [{ format: 'json', file: target }])).rejects.toThrow(
      target,
    );
});
