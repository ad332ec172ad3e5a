import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { sourceFolders } from './source-folders.js';

function folderWith(...paths: readonly string[]): string {
  const folder = folderOfTest('sentinel-folders-');
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  return folder;
}

test('a package, a module, a compiled module, and what is not there', () => {
  const so = 'own/fast.cpython-311-x86_64-linux-gnu.so';
  const folder = folderWith('own/__init__.py', 'own.py', 'own/net.py', so, 'own/fast.txt', 'own/sub/__init__.py');
  const find = sourceFolders([folder]);
  const at = (path: string): string => join(folder, path);
  const source = (path: string, isPackage: boolean) => ({
    kind: 'source',
    path: at(path),
    bytes: Buffer.from(path),
    isPackage,
  });
  expect(find('own')).toEqual(source('own/__init__.py', true));
  expect(find('own.net')).toEqual(source('own/net.py', false));
  expect(find('own.sub')).toEqual(source('own/sub/__init__.py', true));
  expect(find('own.fast')).toEqual({ kind: 'extension', path: at(so) });
  expect(find('own.gone')).toBeNull();
  // A file is no folder.
  expect(find('own.net.deeper')).toBeNull();
  expect(find('gone.fast')).toBeNull();
});

test('a folder may be that of the package itself, and the first folder that has it counts', () => {
  const folder = folderWith('__init__.py', 'net.py');
  const name = basename(folder);
  const other = folderWith(`${name}/net.py`);
  expect(sourceFolders([folder])(name)).toMatchObject({ path: join(folder, '__init__.py'), isPackage: true });
  expect(sourceFolders([folder, other])(`${name}.net`)).toMatchObject({ path: join(folder, 'net.py') });
  expect(sourceFolders([other, folder])(`${name}.net`)).toMatchObject({ path: join(other, `${name}/net.py`) });
  expect(sourceFolders([folder])('another')).toBeNull();
});

test('what cannot be read is no module that is missing', () => {
  const folder = folderWith('one.py');
  symlinkSync('loop.py', join(folder, 'loop.py'));
  execFileSync('mkfifo', [join(folder, 'pipe.py')]);
  mkdirSync(join(folder, 'folder.py'));
  const find = sourceFolders([folder]);
  expect(find('loop')).toMatchObject({ kind: 'unreadable', path: join(folder, 'loop.py') });
  expect(find('pipe')).toEqual({ kind: 'unreadable', path: join(folder, 'pipe.py'), reason: 'it is no file' });
  expect(find('folder')).toBeNull();
});
