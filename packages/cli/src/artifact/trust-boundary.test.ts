import fs, { mkdirSync, realpathSync, writeFileSync, type PathLike, type StatSyncOptions } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { cameFromElsewhere, POLICY_NAME, TrustBoundary } from './trust-boundary.js';

/**
 * A mount gives one folder two names without a link. Here a table does: what `statSync` is asked for, and what it answers
 * with. Files share their modules: no module is replaced.
 */
const mounted = new Map<string, string>();
const { statSync } = fs;
beforeAll(() => {
  const mountedStat = (path: PathLike, options?: StatSyncOptions): unknown =>
    statSync(typeof path === 'string' ? (mounted.get(path) ?? path) : path, options);
  Object.assign(fs, { statSync: mountedStat });
  syncBuiltinESMExports();
});
afterAll(() => {
  Object.assign(fs, { statSync });
  syncBuiltinESMExports();
});

/** Two folders with a pickle and a policy each. */
function folders(): { readonly one: string; readonly other: string } {
  const top = realpathSync(folderOfTest('sentinel-boundary-'));
  onTestFinished(() => mounted.clear());
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
