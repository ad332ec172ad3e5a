import fs, { mkdirSync, realpathSync, symlinkSync, writeFileSync, type PathLike, type StatSyncOptions } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import {
  cameFromElsewhere,
  isFolder,
  isThere,
  POLICY_NAME,
  realOrNull,
  ScannedTree,
  TrustBoundary,
} from './trust-boundary.js';

/**
 * A mount gives one folder two names without a link. Here a table does: what `statSync` is asked for, and what it answers
 * with. Files share their modules: no module is replaced.
 */
const mounted = new Map<string, string>();
/** What a file system without numbers of files answers for: all of them have 0. */
const unnumbered = new Set<string>();
/** What is there, outside of what a test can write to. */
const present = new Set<unknown>();
const { statSync, lstatSync, existsSync } = fs;
beforeAll(() => {
  const mountedStat = (path: PathLike, options?: StatSyncOptions): unknown => {
    const stats = statSync(typeof path === 'string' ? (mounted.get(path) ?? path) : path, options);
    return typeof path === 'string' && unnumbered.has(path) ? Object.assign(stats ?? {}, { ino: 0n }) : stats;
  };
  const presentStat = (path: PathLike, options?: StatSyncOptions): unknown =>
    lstatSync(present.has(path) ? '.' : path, options);
  const isPresent = (path: PathLike): boolean => present.has(path) || existsSync(path);
  Object.assign(fs, { statSync: mountedStat, lstatSync: presentStat, existsSync: isPresent });
  syncBuiltinESMExports();
});
afterAll(() => {
  Object.assign(fs, { statSync, lstatSync, existsSync });
  syncBuiltinESMExports();
});

/** Two folders with a pickle and a policy each. */
function folders(): { readonly one: string; readonly other: string } {
  const top = realpathSync(folderOfTest('sentinel-boundary-'));
  onTestFinished(() => {
    mounted.clear();
    unnumbered.clear();
  });
  const [one, other] = [join(top, 'one'), join(top, 'other')];
  for (const folder of [one, other]) {
    mkdirSync(folder);
    for (const name of ['m.pkl', POLICY_NAME]) writeFileSync(join(folder, name), '');
  }
  return { one, other };
}

test('a policy beside a single file is the user’s where the user works in the folder, by any of its names', () => {
  const { one } = folders();
  const policy = join(one, POLICY_NAME);
  const isOwn = (): boolean => cameFromElsewhere(policy, [join(one, 'm.pkl')]);
  expect(isOwn()).toBe(false);
  mounted.set(one, process.cwd());
  expect(isOwn()).toBe(true);
  mounted.set(one, dirname(process.cwd()));
  expect(isOwn()).toBe(true);
});

test('a policy in what is scanned came with it, by any name of the folder', () => {
  const { one, other } = folders();
  const policy = join(other, POLICY_NAME);
  expect(cameFromElsewhere(policy, [one])).toBe(true);
  mounted.set(other, one);
  expect(cameFromElsewhere(policy, [one])).toBe(false);
  expect(new TrustBoundary([one], false).policiesAbove(other).foreign).toEqual([policy]);
});

test('where a file system numbers no files, folders count by their names alone', () => {
  const { one, other } = folders();
  for (const folder of [one, other]) unnumbered.add(folder);
  expect(cameFromElsewhere(join(other, POLICY_NAME), [one])).toBe(true);
  expect(cameFromElsewhere(join(one, POLICY_NAME), [one])).toBe(false);
});

test.each([
  ['with numbers of files', false],
  ['without them', true],
])('a policy behind a link came with what is scanned, also where it is a link that leads out: %s', (_what, isBare) => {
  const { one, other } = folders();
  const link = join(dirname(one), 'link');
  symlinkSync(join(other, POLICY_NAME), join(one, 'p.yml'));
  symlinkSync(one, link);
  // And one that is named through a link in what is scanned.
  symlinkSync(other, join(one, 'out'));
  if (isBare) for (const path of [one, other, link, join(link, 'p.yml'), join(one, 'out')]) unnumbered.add(path);
  expect(cameFromElsewhere(join(link, 'p.yml'), [one])).toBe(false);
  expect(cameFromElsewhere(join(one, 'out', POLICY_NAME), [one])).toBe(false);
  expect(cameFromElsewhere(join(other, POLICY_NAME), [one])).toBe(true);
});

test('what has a name that no system takes is not there; a name that no path has is a mistake of ours', () => {
  const long = join(folders().one, 'x'.repeat(5_000));
  expect([isThere(long), isFolder(long), realOrNull(long)]).toEqual([false, false, null]);
  expect(new TrustBoundary([long], false).policiesAbove(long).own).toBeNull();
  for (const ask of [isThere, isFolder, realOrNull]) expect(() => ask('a\0b')).toThrow(TypeError);
});

test('folders that differ in their first letter alone have their own policies', () => {
  const tree = new ScannedTree(
    new Map([
      [join('a', 'm.pkl'), ['one']],
      [join('b', 'm.pkl'), ['other']],
    ]),
    null,
  );
  expect([tree.foreign(join('a', 'm.pkl')), tree.foreign(join('b', 'm.pkl'))]).toEqual([['one'], ['other']]);
});

describe('the checkout around the working folder', () => {
  const cwd = realpathSync('.');
  const above = join(dirname(cwd), POLICY_NAME);
  const scanned = join(cwd, 'packages');
  function add(...paths: readonly string[]): void {
    onTestFinished(() => present.clear());
    for (const path of [join(cwd, '.git'), ...paths]) present.add(path);
  }

  test('has the policies of the user, and what lies above it has none', () => {
    add(above);
    const boundary = (): TrustBoundary => new TrustBoundary([scanned], false);
    expect(boundary().policiesAbove(scanned)).toEqual({ own: null, foreign: [], misnamed: [] });
    add(above, join(cwd, POLICY_NAME));
    expect(boundary().policiesAbove(scanned)).toEqual({ own: join(cwd, POLICY_NAME), foreign: [], misnamed: [] });
  });

  test('is no bound where it is scanned itself: its .git came with it', () => {
    add(above, join(cwd, POLICY_NAME));
    expect(new TrustBoundary([cwd], false).policiesAbove(cwd)).toEqual({
      own: above,
      foreign: [join(cwd, POLICY_NAME)],
      misnamed: [],
    });
  });
});

describe('a tree', () => {
  test('has the policies that came with any of the named files of a folder, each once', () => {
    const { one, other } = folders();
    const roots = new Map([
      [join(one, 'm.pkl'), ['/p/a.yml', '/p/b.yml']],
      [join(one, POLICY_NAME), ['/p/b.yml', '/p/c.yml']],
    ]);
    const own = join(one, POLICY_NAME);
    const tree = new ScannedTree(roots, own);
    expect(tree.foreign(join(one, 'm.pkl'))).toEqual(['/p/a.yml', '/p/b.yml', '/p/c.yml']);
    expect(tree.foreign(join(other, 'm.pkl'))).toEqual([]);
    // A folder below has what lies above it, and no policy where none is there.
    mkdirSync(join(one, 'sub'));
    const below = join(one, 'sub', 'm.pkl');
    expect(tree.foreign(below)).toEqual(['/p/a.yml', '/p/b.yml', '/p/c.yml']);
    writeFileSync(join(one, 'sub', POLICY_NAME), '');
    const all = ['/p/a.yml', '/p/b.yml', '/p/c.yml', join(one, 'sub', POLICY_NAME)];
    expect(new ScannedTree(roots, own).foreign(below)).toEqual(all);
    expect(new ScannedTree(roots, all[3] ?? '').foreign(below)).toEqual(all.slice(0, 3));
  });

  test('goes on below a folder that was named by a link, by the name behind it', () => {
    const { one, other } = folders();
    const [first, second] = [join(one, POLICY_NAME), join(other, POLICY_NAME)];
    symlinkSync(other, join(one, 'link'));
    const roots = new Map([
      [one, [first]],
      [join(one, 'link'), [second]],
    ]);
    const tree = new ScannedTree(roots, null);
    const named = join(one, 'link', 'm.pkl');
    expect(tree.policyPaths(named)).toEqual([join(other, 'm.pkl'), join(other, 'm.pkl')]);
    expect(tree.foreign(named)).toEqual([first, second]);
    // One that the walk follows has the name of the tree.
    const walked = new ScannedTree(new Map([[one, [first]]]), null);
    expect(walked.policyPaths(named)).toEqual([named, join(other, 'm.pkl')]);
    expect(walked.foreign(named)).toEqual([first, join(one, 'link', POLICY_NAME)]);
  });
});
