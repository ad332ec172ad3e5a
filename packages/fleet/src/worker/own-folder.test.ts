import { spawnSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOwnFolder } from './own-folder.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'fleet-own-folder-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** The name that a worker of another process would have made. */
async function named(pid: number): Promise<string> {
  const own = await makeOwnFolder(parent);
  await rm(own, { recursive: true });
  return own.replace(`-${process.pid}-`, `-${pid}-`);
}

test('nobody else can enter it, and no other has its name', async () => {
  const [first, second] = [await makeOwnFolder(parent), await makeOwnFolder(parent)];
  expect(first).not.toBe(second);
  expect((await lstat(first)).mode & 0o777).toBe(0o700);
});

test('what a worker left that is gone is removed; a living one keeps its folder, and a link is not followed', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = await named(pid);
  const living = await named(process.ppid);
  const elsewhere = join(parent, 'elsewhere');
  const link = `${await named(pid)}x`;
  await Promise.all([left, living, join(elsewhere, 'a')].map((path) => mkdir(path, { recursive: true })));
  await symlink(elsewhere, link);
  const own = await makeOwnFolder(parent);
  const names = (await readdir(parent)).map((name) => join(parent, name));
  expect(names.toSorted()).toEqual([living, elsewhere, link, own].toSorted());
  expect(await readdir(elsewhere)).toEqual(['a']);
});

test('a folder of another user stays', async (context) => {
  if (process.getuid?.() !== 0) return context.skip();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const theirs = await named(pid);
  await mkdir(theirs);
  const { chown } = await import('node:fs/promises');
  await chown(theirs, 65_534, 65_534);
  await makeOwnFolder(parent);
  expect((await lstat(theirs)).uid).toBe(65_534);
});
