import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { MAX_FOREIGN, MAX_POLICY_BYTES } from '../limits.js';
import type { PolicyCheck, PolicyCheckOptions } from './check-report.js';
import { checkPolicy } from './check.js';
import { printSchema } from './schema.js';

const captured = capturedOutput();
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const NAME = 'sentinel-policy.yml';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = folderOfTest('sentinel-check-');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function check(
  paths: readonly string[],
  options: Omit<PolicyCheckOptions, 'format'> = {},
): Promise<PolicyCheck & { readonly code: number }> {
  vi.stubEnv('SENTINEL_POLICY', '');
  captured.out = '';
  const code = await checkPolicy(paths, { ...options, format: 'json' });
  return { ...(JSON.parse(captured.out) as PolicyCheck), code };
}

test('a named policy, and how many files each entry decides', async () => {
  const folder = folderOf({
    'p.yml': `paths:
  - {match: ["m/a*"], max_acceptable_severity: permissive}
  - {match: ["m/z*"], max_acceptable_severity: permissive}
`,
    'm/a1.pkl': '',
    'm/a2.pkl': '',
    'm/b.pkl': '',
  });
  const policy = join(folder, 'p.yml');
  expect(await check([join(folder, 'm')], { policy })).toMatchObject({
    code: 0,
    valid: true,
    file: policy,
    named: true,
    by: '--policy',
    inTree: [],
    files: { total: 3, byPath: [2, 0] },
    notes: [],
    problems: [],
  });
  // One that says nothing of paths.
  writeFileSync(policy, 'fail_on: [LOW]\n');
  expect((await check([join(folder, 'm')], { policy })).files).toEqual({ total: 3, byPath: [] });
});

test('without a path nothing is walked', async () => {
  const folder = folderOf({ 'p.yml': 'fail_on: [LOW]\n' });
  expect(await check([], { policy: join(folder, 'p.yml') })).toMatchObject({ code: 0, files: null, inTree: [] });
});

test('a policy that came with the files tightens; trusted, it is the own one', async () => {
  const folder = folderOf({ [`m/${NAME}`]: 'fail_on: [LOW]\n', 'm/a.pkl': '' });
  const path = join(folder, 'm');
  const file = join(path, NAME);
  const found = await check([path]);
  expect(found).toMatchObject({ code: 0, valid: true, file: null, named: false, by: null });
  expect(found.inTree).toMatchObject([{ file, keys: [{ key: 'fail_on', used: true }] }]);
  expect(await check([path], { trustPolicyInTree: true })).toMatchObject({
    code: 0,
    file,
    by: '--trust-policy-in-tree',
    inTree: [],
  });
});

test('a policy deep in the tree is come upon', async () => {
  const folder = folderOf({ [`m/deep/${NAME}`]: 'fail_on: [LOW]\n', 'm/a.pkl': '' });
  expect((await check([join(folder, 'm')])).inTree).toMatchObject([{ file: join(folder, 'm', 'deep', NAME) }]);
});

test('every problem of a broken policy, and nothing in effect', async () => {
  const folder = folderOf({ 'p.yml': 'fial_on: []\nretest: 7\n', 'm/a.pkl': '' });
  const policy = join(folder, 'p.yml');
  const found = await check([join(folder, 'm')], { policy });
  expect(found).toMatchObject({ code: 2, valid: false, file: policy, effective: null, inTree: [], files: null });
  expect(found.problems.map(({ file, line, column }) => [file, line, column])).toEqual([
    [policy, 1, 1],
    [policy, 2, 9],
  ]);
  // One that came with the files, where the search begins.
  writeFileSync(join(folder, 'm', NAME), 'fial_on: []\n');
  expect(await check([join(folder, 'm')])).toMatchObject({
    code: 2,
    effective: null,
    problems: [{ file: join(folder, 'm', NAME), line: 1 }],
  });
});

test('a broken policy deep in the tree: each of its problems, and the rest is in effect', async () => {
  const folder = folderOf({ [`m/deep/${NAME}`]: 'a: 1\nretest: 7\n', 'm/a.pkl': '' });
  const file = join(folder, 'm', 'deep', NAME);
  const found = await check([join(folder, 'm')]);
  expect(found).toMatchObject({ code: 2, valid: false, inTree: [] });
  expect(found.effective).not.toBeNull();
  expect(found.problems.map(({ file: of, line }) => [of, line])).toEqual([
    [file, 1],
    [file, 2],
  ]);
  // What is no policy by its size has no line.
  truncateSync(file, MAX_POLICY_BYTES + 1);
  expect((await check([join(folder, 'm')])).problems).toEqual([
    { file, line: null, column: null, message: expect.stringContaining(NAME) },
  ]);
});

test('what is called like a policy where the search begins, and is no file, is not read', async () => {
  const folder = folderOf({ [`m/${NAME}/a.pkl`]: '' });
  const path = join(folder, 'm');
  await expect(check([path])).rejects.toThrow(`cannot read the policy ${join(path, NAME)}: it is no file`);
});

test('one problem deep in the tree, with its line', async () => {
  const folder = folderOf({ [`m/deep/${NAME}`]: '\nretest: 7\n', 'm/a.pkl': '' });
  const file = join(folder, 'm', 'deep', NAME);
  expect((await check([join(folder, 'm')])).problems).toEqual([
    { file, line: 2, column: 9, message: expect.stringContaining(`${file}:2:9: `) },
  ]);
});

test('a broken policy beside two scanned files is said once', async () => {
  const folder = folderOf({ [`m/${NAME}`]: 'fial_on: []\n', 'm/a.pkl': '', 'm/b.pkl': '' });
  const found = await check([join(folder, 'm', 'a.pkl'), join(folder, 'm', 'b.pkl')]);
  expect(found.problems.map(({ file, line }) => [file, line])).toEqual([[join(folder, 'm', NAME), 1]]);
});

test('a file that is almost called like a policy is noted', async () => {
  const folder = folderOf({ 'm/sentinel-policy.yaml': 'fail_on: [LOW]\n', 'm/a.pkl': '' });
  const file = join(folder, 'm', 'sentinel-policy.yaml');
  expect(await check([join(folder, 'm')])).toMatchObject({
    code: 0,
    file: null,
    inTree: [],
    notes: [`${file} is not read: a policy is called ${NAME}, or is named with --policy.`],
  });
});

test('what was named and is not there is bad usage; a link within that leads nowhere is none', async () => {
  const folder = folderOf({ 'm/a.pkl': '' });
  await expect(check([join(folder, 'gone')])).rejects.toThrow(/gone: there is no such file or folder/);
  symlinkSync('gone', join(folder, 'm', 'b.pkl'));
  expect((await check([join(folder, 'm')])).files).toEqual({ total: 2, byPath: [] });
});

test('an entry counts on its last day, and not on the day after', async () => {
  const policy = join(folderOf({ 'p.yml': 'allow: [{entry: my.Net, why: w, expires: 2031-05-09}]\n' }), 'p.yml');
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime('2031-05-09T23:00:00Z');
  expect((await check([], { policy })).effective?.allow).toMatchObject([{ state: 'counts' }]);
  vi.setSystemTime('2031-05-10T01:00:00Z');
  expect((await check([], { policy })).effective?.allow).toMatchObject([{ state: 'expired' }]);
});

test('text for people, and the schema', async () => {
  const policy = join(folderOf({ 'p.yml': 'fail_on: [LOW]\n' }), 'p.yml');
  expect(await checkPolicy([], { policy, format: 'text' })).toBe(0);
  expect(captured.out).toMatch(/^Policy: .*\n[^]*\nVALID\n$/);
  captured.out = '';
  await printSchema();
  expect(captured.out).toMatch(/^\{\n {2}"/);
  expect(JSON.parse(captured.out)).toMatchObject({ type: 'object' });
});

test('a policy that is not read since there are too many is a problem', async () => {
  const folders = Array.from({ length: MAX_FOREIGN + 1 }, (_, at) => `d${String(at).padStart(3, '0')}`);
  const folder = folderOf(
    Object.fromEntries(folders.map((name) => [`${name}/${NAME}`, 'max_acceptable_severity: permissive\n'])),
  );
  const { code, valid, problems } = await check([folder]);
  const last = join(folder, folders.at(-1)!, NAME);
  expect([code, valid, problems.length]).toEqual([2, false, 1]);
  expect(problems[0]).toMatchObject({ file: last });
  expect(problems[0]!.message).toContain(`more than ${MAX_FOREIGN} policies lie in what is scanned`);
});
