import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import type { Output } from '../outputs.js';
import type { ArtifactOptions } from './options.js';
import { runArtifact, scanArtifacts, type ScanHooks } from './run.js';
import type { TurnOptions } from './turns.js';

const captured = capturedOutput();
beforeEach(() => void vi.stubEnv('SENTINEL_POLICY', ''));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
/** `os.system('id')`. Nothing is loaded. */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");
/** `mylib.model.Net`, imported and instantiated. */
const NET = Buffer.from('\x80\x02cmylib.model\nNet\n)\x81.', 'latin1');
const SHA256 = /^[0-9a-f]{64}$/;

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = folderOfTest('sentinel-run-');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const QUIET: ArtifactOptions = { jobs: 1, quiet: true };
const JSON_FILE: readonly Output[] = [{ format: 'json', file: null }];

async function scan(
  paths: readonly string[],
  options: ArtifactOptions = {},
  outputs: readonly Output[] = [],
  hooks: ScanHooks = {},
): Promise<Report> {
  return (await scanArtifacts(paths, { ...QUIET, ...options }, outputs, hooks)).report;
}

/** What a scan of nothing would have collected with. */
async function turning(options: ArtifactOptions, outputs: readonly Output[] = [], named = ['a']): Promise<TurnOptions> {
  const seen: TurnOptions[] = [];
  const turns: ScanHooks['turns'] = (given) => {
    seen.push(given);
    return (async function* () {})();
  };
  await scan(named, options, outputs, { turns });
  const [first] = seen;
  if (first === undefined) throw new Error('nothing was collected');
  return first;
}

describe('time', () => {
  test('--timeout is in seconds', async () => {
    const file = join(folderOf({ 'a.pkl': CLEAN }), 'a.pkl');
    expect((await scan([file], { timeout: 600 })).verdict).toBe('pass');
    const { verdict, incomplete } = await scan([file], { timeout: 0.000001 });
    expect(verdict).toBe('incomplete');
    expect(incomplete.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('the deadline of 0.000001 s for one artifact was reached'),
    ]);
  });

  test('--total-timeout is in seconds from the start', async () => {
    const file = join(folderOf({ 'a.pkl': CLEAN }), 'a.pkl');
    expect((await scan([file], { totalTimeout: 600 })).verdict).toBe('pass');
    const { verdict, incomplete } = await scan([file], { totalTimeout: 0.000001 });
    expect([verdict, incomplete[0]?.reason]).toEqual(['incomplete', expect.stringContaining('0.000001 s')]);
  });

  test('an entry of the policy counts on its last day, and not on the day after', async () => {
    const folder = folderOf({
      'p.yml': 'fail_on: [LOW, MEDIUM, HIGH]\nallow: [{entry: mylib.model.Net, why: w, expires: 2031-05-09}]\n',
      'm/a.pkl': NET,
    });
    vi.useFakeTimers({ toFake: ['Date'] });
    const findings = async (time: string): Promise<number> => {
      vi.setSystemTime(time);
      return (await scan([join(folder, 'm')], { policy: join(folder, 'p.yml') })).findings.length;
    };
    expect(await findings('2031-05-09T23:00:00Z')).toBe(0);
    expect(await findings('2031-05-10T01:00:00Z')).toBe(1);
  });
});

describe('the run of a report', () => {
  test('says little where nothing was asked for', async () => {
    const folder = folderOf({ 'a.pkl': CLEAN });
    const { run } = await scan([folder]);
    expect(run).toEqual({
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      paths: [folder],
      rules: [],
      policy: null,
      policyFiles: [],
      maxAcceptableSeverity: null,
      alsoAllow: [],
      timeoutSeconds: null,
      requireArtifacts: false,
    });
  });

  test('has what was asked for', async () => {
    const folder = folderOf({ 'p.yml': 'fail_on: [LOW]\n', 'm/a.pkl': CLEAN });
    const policy = join(folder, 'p.yml');
    const options: ArtifactOptions = {
      policy,
      policyFolder: folder,
      rule: ['PICKLE-EXEC'],
      maxAcceptableSeverity: 'moderate',
      alsoAllow: ['mylib.Net'],
      timeout: 9,
      requireArtifacts: true,
      followLinks: true,
      allowPrivate: true,
      maxDownload: 5,
      thorough: true,
    };
    const { run } = await scan([join(folder, 'm')], options);
    expect(run).toMatchObject({
      rules: ['PICKLE-EXEC'],
      policy,
      policyFolder: folder,
      policyFiles: [{ path: policy, trusted: true, by: '--policy' }],
      maxAcceptableSeverity: 'moderate',
      alsoAllow: ['mylib.Net'],
      timeoutSeconds: 9,
      requireArtifacts: true,
      followLinks: true,
      allowPrivate: true,
      maxDownload: 5,
      thorough: true,
    });
    expect((await scan([join(folder, 'm')], { trustPolicyInTree: true })).run).toMatchObject({
      trustPolicyInTree: true,
    });
  });
});

describe('what is collected', () => {
  test.each<[string, readonly Output[], boolean, boolean]>([
    ['nothing', [], false, false],
    ['text', [{ format: 'text', file: null }], false, false],
    ['JSON', JSON_FILE, true, true],
    ['text and JSON', [{ format: 'text', file: '/dev/null' }, ...JSON_FILE], true, true],
    ['HTML', [{ format: 'html', file: null }], false, true],
  ])('for %s', async (_what, outputs, digests, identities) => {
    expect((await turning({}, outputs)).collecting).toMatchObject({
      digests,
      identities,
      runDeadline: null,
      limits: {},
    });
  });

  test('as the options say', async () => {
    const { jobs, followLinks, collecting, remote } = await turning({
      jobs: 3,
      followLinks: true,
      hash: 'none',
      timeout: 2,
      allowPrivate: true,
      offline: true,
      thorough: true,
      maxDownload: 7,
    });
    expect([jobs, followLinks, collecting.identities, collecting.limits]).toEqual([
      3,
      true,
      false,
      { artifactMs: 2000 },
    ]);
    expect(remote).toMatchObject({ allowPrivate: true, offline: true, thorough: true, maxDownload: 7, hash: 'none' });
    const plain = await turning({});
    expect(plain.followLinks).toBe(false);
    expect(plain.remote).toMatchObject({ allowPrivate: false, offline: false, thorough: false, hash: undefined });
  });

  test('lines of a source go to standard error', async () => {
    const { remote } = await turning({});
    remote.onLine('wait\u001b');
    expect(captured.error).toBe('sentinel: wait\\x1b\n');
  });

  test('the run names the pinned address of what was named, and that of nothing else', async () => {
    const turns: ScanHooks['turns'] = ({ remote }) => {
      remote.onPinned('hf://org/a', 'hf://org/a@1');
      return (async function* () {})();
    };
    const { run } = await scan(['hf://org/b', 'hf://org/a'], {}, [], { turns });
    expect(run?.paths).toEqual(['hf://org/b', 'hf://org/a@1']);
  });
});

describe('hashes', () => {
  const hashes = async (options: ArtifactOptions, outputs: readonly Output[], bytes: Uint8Array = CLEAN) => {
    const folder = folderOf({ 'a.pkl': bytes, 'b.pkl': CLEAN });
    return (await scan([folder], options, outputs)).artifacts.map(({ sha256 }) =>
      sha256 === null ? null : SHA256.test(sha256),
    );
  };
  test.each<[ArtifactOptions, readonly Output[], Uint8Array, readonly (boolean | null)[]]>([
    [{}, [], SYSTEM, [null, null]],
    [{}, JSON_FILE, SYSTEM, [true, null]],
    [{}, JSON_FILE, CLEAN, [null, null]],
    [{}, [{ format: 'cyclonedx', file: null }], CLEAN, [true, true]],
    [{ hash: 'none' }, JSON_FILE, SYSTEM, [null, null]],
    [{ hash: 'findings' }, [], SYSTEM, [true, null]],
    [{ hash: 'all' }, [], CLEAN, [true, true]],
  ])('%j, %j', async (options, outputs, bytes, expected) => {
    expect(await hashes(options, outputs, bytes)).toEqual(expected);
  });
});

describe('the policy', () => {
  test('an option outranks a level of the file, its paths, and those in the tree', async () => {
    const folder = folderOf({
      'p.yml':
        'fail_on: []\nmax_acceptable_severity: strict\npaths: [{match: ["**"], max_acceptable_severity: strict}]\n',
      'm/a.pkl': NET,
    });
    const options = { policy: join(folder, 'p.yml') };
    const passes = async (more: ArtifactOptions): Promise<string> =>
      (await scan([join(folder, 'm')], { ...options, ...more })).verdict;
    expect(await passes({})).toBe('fail');
    expect(await passes({ alsoAllow: ['mylib.model.Net'] })).toBe('pass');
    expect(await passes({ maxAcceptableSeverity: 'OVERTLY_MALICIOUS' })).toBe('pass');
    writeFileSync(options.policy, 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n');
    expect(await passes({})).toBe('pass');
    expect(await passes({ maxAcceptableSeverity: 'strict' })).toBe('fail');
  });

  test('no report replaces the policy or the baseline', async () => {
    const folder = folderOf({ 'p.yml': 'fail_on: [LOW]\n', 'b.json': '{}', 'm/a.pkl': CLEAN });
    for (const [name, option] of [
      ['p.yml', 'policy'],
      ['b.json', 'baseline'],
    ] as const) {
      const file = join(folder, name);
      await expect(scan([join(folder, 'm')], { [option]: file }, [{ format: 'json', file }])).rejects.toThrow(
        'it is an input of this run',
      );
    }
  });
});

test('--fail-on-new needs a baseline, and one that came with the files is noted', async () => {
  const folder = folderOf({ 'm/a.pkl': SYSTEM });
  const path = join(folder, 'm');
  await expect(scan([path], { failOnNew: true })).rejects.toThrow('--fail-on-new needs --baseline');
  const report = await scan([path], {}, JSON_FILE);
  const within = join(path, 'b.json');
  const outside = join(folder, 'b.json');
  for (const file of [within, outside]) writeFileSync(file, JSON.stringify(report));
  const notes = async (options: ArtifactOptions): Promise<number> =>
    (await scan([path], options)).notes.filter((note) => note.startsWith(`The baseline ${within} lies in what is`))
      .length;
  expect(await notes({ baseline: within, failOnNew: true })).toBe(1);
  expect(await notes({ baseline: within })).toBe(0);
  expect(await notes({ baseline: outside, failOnNew: true })).toBe(0);
  expect((await scan([path], { baseline: outside, failOnNew: true })).verdict).toBe('pass');
  expect((await scan([path], { baseline: outside })).verdict).toBe('fail');
});

describe('the exit code', () => {
  const TEXT: readonly Output[] = [{ format: 'text', file: null }];
  const NONE = 'sentinel: no supported artifact was found, and --require-artifacts asks for one\n';
  const EMPTY = new Uint8Array();
  test.each<[string, Readonly<Record<string, Uint8Array>>, ArtifactOptions, number, string]>([
    ['what passes', { 'a.pkl': CLEAN }, {}, 0, ''],
    ['what passes, and is there', { 'a.pkl': CLEAN }, { requireArtifacts: true }, 0, ''],
    ['what fails', { 'a.pkl': SYSTEM }, { requireArtifacts: true }, 1, ''],
    ['what is cut short', { 'a.pkl': CLEAN.subarray(0, -1) }, { requireArtifacts: true }, 2, ''],
    ['no artifact', { 'a.txt': EMPTY }, {}, 0, ''],
    ['no artifact where one is asked for', { 'a.txt': EMPTY }, { requireArtifacts: true }, 2, NONE],
  ])('of %s', async (_what, files, options, code, said) => {
    expect(await runArtifact([folderOf(files)], { ...QUIET, ...options }, TEXT)).toBe(code);
    expect(captured.error).toBe(said);
  });

  test('of reports that cannot be written', async () => {
    const folder = folderOf({ 'a.pkl': CLEAN, 'b.pkl': SYSTEM });
    const link = join(folderOf({}), 'r.json');
    symlinkSync(join(folder, 'gone', 'r.json'), link);
    const outputs: readonly Output[] = [{ format: 'json', file: link }];
    expect(await runArtifact([join(folder, 'a.pkl')], QUIET, outputs)).toBe(2);
    expect(captured.error).toMatch(/^sentinel: cannot write [^\n]+\n$/);
    expect(await runArtifact([join(folder, 'b.pkl')], QUIET, outputs)).toBe(1);
  });
});

test('where all reports go to files, one line says what came of it, unless nothing is to be said', async () => {
  const folder = folderOf({ 'm/a.pkl': SYSTEM });
  const [one, two] = [join(folder, 'r.json'), join(folder, 'r.html')];
  const files: readonly Output[] = [
    { format: 'json', file: one },
    { format: 'html', file: two },
  ];
  const said = async (options: ArtifactOptions, outputs: readonly Output[]): Promise<string> => {
    captured.error = '';
    await runArtifact([join(folder, 'm')], { jobs: 1, ...options }, outputs);
    return captured.error;
  };
  expect(await said({}, files)).toBe(`sentinel: fail, 1 findings, 0 incomplete; written to ${one}, ${two}\n`);
  expect(JSON.parse(readFileSync(one, 'utf8'))).toMatchObject({ verdict: 'fail' });
  expect(await said({ quiet: true }, files)).toBe('');
  expect(
    await said({}, [
      { format: 'json', file: one },
      { format: 'text', file: null },
    ]),
  ).toBe('');
});

test('text is as long and as coloured as the options say', async () => {
  const folder = folderOf({ 'a.pkl': SYSTEM });
  const textOf = async (options: ArtifactOptions): Promise<string> => {
    captured.out = '';
    await runArtifact([folder], { jobs: 1, color: 'never', ...options }, [{ format: 'text', file: null }]);
    return captured.out;
  };
  const usual = await textOf({});
  expect(usual).not.toContain('\u001b');
  expect((await textOf({ verbose: true })).length).toBeGreaterThan(usual.length);
  expect((await textOf({ quiet: true })).length).toBeLessThan(usual.length);
  expect(await textOf({ color: 'always' })).toContain('\u001b[');
});
