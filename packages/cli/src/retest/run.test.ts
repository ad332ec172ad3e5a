import { createHash } from 'node:crypto';
import fs, { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { ClosureRecord } from '@artifact-sentinel/core/internal';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { HubDouble } from '../../../sources/test/hub-double.js';
import { scanArtifacts } from '../artifact/run.js';
import type { RetestOptions } from './options.js';
import { runRetest } from './run.js';

const BAD = Buffer.from('\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.', 'latin1');
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');

/** What is written to standard output and standard error. Files share their modules: no module is replaced. */
let said = { 1: '', 2: '' };
const real = fs.writeSync;
beforeAll(() => {
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
    if (descriptor !== 1 && descriptor !== 2) return real(descriptor, bytes, ...rest);
    const text = Buffer.from(bytes).subarray(rest[0] ?? 0);
    said[descriptor] += text.toString();
    return text.length;
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.writeSync = real;
  syncBuiltinESMExports();
});

let entered: string[] = [];
beforeEach(() => {
  entered = [];
  said = { 1: '', 2: '' };
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
    followLinks: true,
    timeoutSeconds: 50,
  });
});

test('the paths that it was given stand in the record, and those of the report where there are none', async () => {
  const { root, model, file } = await scanned();
  const pathsOf = ({ record }: { readonly record: ClosureRecord }): unknown =>
    record.settings.filter(({ name }) => name === 'paths').map(({ value, from }) => [value, from]);
  expect(pathsOf(await retested(root, file))).toEqual([[model, 'report']]);
  expect(pathsOf(await retested(root, file, {}, [model]))).toEqual([['a.pkl', 'command line']]);
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

describe('what it says', () => {
  const LINE = 'sentinel: open; written to ';

  test('is where the record went, unless that is not wanted', async () => {
    const { root, file } = await scanned();
    const [to, other] = [join(root, 'record.json'), join(root, 'record.md')];
    const outputs = [
      { format: 'json', file: to },
      { format: 'markdown', file: other },
    ] as const;
    expect(await runRetest(file, [], { root }, outputs)).toBe(1);
    expect(said).toEqual({ 1: '', 2: `${LINE}${to}, ${other}\n` });
    expect(readFileSync(other, 'utf8')).toMatch(/^# /);
    said[2] = '';
    expect(await runRetest(file, [], { root, quiet: true }, outputs)).toBe(1);
    expect(said).toEqual({ 1: '', 2: '' });
  });

  test('is the record, and nothing besides, on standard output', async () => {
    const { root, file } = await scanned();
    const outputs = [{ format: 'json', file: null }] as const;
    expect(await runRetest(file, [], { root }, outputs)).toBe(1);
    expect(JSON.parse(said[1])).toMatchObject({ kind: 'closure', outcome: 'open' });
    expect(said[2]).toBe('');
  });

  test.skipIf(!existsSync('/dev/full'))('is why a record could not be written, which is no success', async () => {
    const { root, model, file } = await scanned();
    const full = [{ format: 'json', file: '/dev/full' }] as const;
    expect(await runRetest(file, [], { root }, full)).toBe(1);
    expect(said[2]).toMatch(/^sentinel: cannot write .*\/dev\/full: /);
    expect(said[2]).not.toContain('written to');
    writeFileSync(model, CLEAN);
    expect(await runRetest(file, [], { root }, full)).toBe(2);
  });

  test('is which folder cannot be entered', async () => {
    const { root, file } = await scanned();
    vi.spyOn(process, 'chdir').mockImplementation(() => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'chdir', errno: -13 });
    });
    await expect(retested(root, file)).rejects.toThrow(`cannot enter ${root}: `);
  });
});

test('an acceptance holds until the end of its last day', async () => {
  const { root, file } = await scanned();
  const [finding] = (JSON.parse(readFileSync(file, 'utf8')) as Report).findings;
  const policy = join(root, 'own.yml');
  writeFileSync(
    policy,
    `accept:\n  - fingerprint: ${finding?.fingerprint}\n    why: known\n    owner: me\n    expires: 2026-06-01\n`,
  );
  const on = async (time: string): Promise<unknown> => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });
    onTestFinished(() => void vi.useRealTimers());
    return (await retested(root, file, { policy })).record.findings[0]?.accepted?.owner;
  };
  expect([await on('2026-06-01T23:59:59Z'), await on('2026-06-02T00:00:00Z')]).toEqual(['me', undefined]);
});

describe('files of the Hub', () => {
  async function hub(): Promise<{ readonly double: HubDouble; readonly pinned: string }> {
    const double = await HubDouble.start();
    onTestFinished(() => double.close());
    const { commit } = double.add('org/m', { 'a.pkl': BAD });
    vi.stubEnv('HF_ENDPOINT', double.endpoint);
    vi.stubEnv('HF_HOME', folderOfTest('sentinel-retest-'));
    return { double, pinned: `hf://org/m@${commit}` };
  }
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('are read at one revision', async () => {
    const { pinned } = await hub();
    const { root, file } = await scanned();
    const { code, record } = await retested(root, file, { allowPrivate: true }, ['hf://org/m']);
    expect([code, record.run?.paths]).toEqual([1, [pinned]]);
    expect(record.scan.artifacts.map(({ path }) => path)).toEqual([`${pinned}/a.pkl`]);
  });

  test('are not asked for offline', async () => {
    const { double } = await hub();
    const { root, file } = await scanned();
    const { code, record } = await retested(root, file, { allowPrivate: true, offline: true }, ['hf://org/m']);
    expect([code, record.outcome, double.asked]).toEqual([2, 'unverifiable', []]);
  });
});
