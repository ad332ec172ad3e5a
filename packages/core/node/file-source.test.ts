import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileSource, identityOf, openFile } from './file-source.js';

let root = '';
let path = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-source-'));
  path = join(root, 'a');
  writeFileSync(path, 'abcdefgh');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A file is read at once, never later. */
function bytesOf(source: ReturnType<typeof fileSource>, offset: number, length: number): Uint8Array {
  const bytes = source.read(offset, length);
  if (bytes instanceof Promise) throw new Error('a file is read at once');
  return bytes;
}
const textOf = (...[source, offset, length]: Parameters<typeof bytesOf>): string =>
  Buffer.from(bytesOf(source, offset, length)).toString('latin1');

test('a file gives the bytes that are asked for, as far as it has them', () => {
  const source = fileSource(path);
  expect([source.size, source.immediate]).toEqual([8, true]);
  expect(textOf(source, 0, 3)).toBe('abc');
  expect(textOf(source, 2, 6)).toBe('cdefgh');
  expect(textOf(source, 2, 100)).toBe('cdefgh');
  for (const [offset, length] of [
    [8, 1],
    [9, 4],
    [3, 0],
    [3, -1],
  ] as const)
    expect(textOf(source, offset, length)).toBe('');
  expect(source.close()).toBeNull();
  expect(source.close()).toBeNull();
});

test('large reads use the same memory again', () => {
  writeFileSync(path, Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 251)));
  const source = fileSource(path);
  const first = bytesOf(source, 5, 100);
  expect([...first.subarray(0, 3)]).toEqual([5, 6, 7]);
  // At least 16 KiB are taken at once, so that the next reads need no more.
  const second = bytesOf(source, 0, 16 * 1024);
  expect(second.buffer).toBe(first.buffer);
  const third = bytesOf(source, 1, 69_999);
  expect([third.length, third[0], third.at(-1)]).toEqual([69_999, 1, 69_999 % 251]);
  expect(third.buffer).not.toBe(first.buffer);
  expect(bytesOf(source, 0, 9).buffer).toBe(third.buffer);
  source.close();
  writeFileSync(path, 'small');
  const small = fileSource(path);
  expect(bytesOf(small, 0, 1).buffer.byteLength).toBe(5);
  small.close();
});

describe('a file that changed while it was read', () => {
  const closed = (change: () => void): string | null => {
    const { source } = openFile(path);
    change();
    return source.close();
  };
  const later = (): void => utimesSync(path, new Date(), new Date(Date.now() + 5000));

  test('says what changed', () => {
    expect(closed(() => appendFileSync(path, 'xy'))).toBe(
      'the file changed while it was read (8 bytes at first, 10 at the end)',
    );
    expect(closed(later)).toMatch(/^the file changed while it was read/);
    expect(closed(() => renameSync(path, join(root, 'b')))).toBe('the file was renamed or removed while it was read');
    writeFileSync(path, 'abcdefgh');
    expect(
      closed(() => {
        writeFileSync(join(root, 'c'), 'abcdefgh');
        renameSync(join(root, 'c'), path);
      }),
    ).toBe('another file replaced it while it was read');
    expect(closed(() => chmodSync(path, 0o600))).toMatch(/^the file or its status changed while it was read \(ctime\)/);
    expect(closed(() => {})).toBeNull();
    expect(
      closed(() => {
        rmSync(path);
        symlinkSync(path, path);
      }),
    ).toBe('its state at the end is not known: a loop of symbolic links');
  });

  test('gives no byte that it does not have any more', () => {
    const { source } = openFile(path);
    truncateSync(path, 3);
    expect(textOf(source, 1, 7)).toBe('bc');
    expect(textOf(source, 5, 2)).toBe('');
    expect(source.close()).toBe('the file changed while it was read (8 bytes at first, 3 at the end)');
  });
});

test('what is no regular file is refused', () => {
  mkdirSync(join(root, 'd'));
  expect(() => fileSource(join(root, 'd'))).toThrow(new TypeError(`fileSource: ${join(root, 'd')} is no regular file`));
  expect(() => fileSource('')).toThrow('fileSource: path has to be a text that is not empty');
  expect(() => fileSource(7 as unknown as string)).toThrow(TypeError);
  expect(() => fileSource(join(root, 'missing'))).toThrow('ENOENT');
  const folder = openFile(join(root, 'd'));
  expect(folder.stats.isDirectory()).toBe(true);
  folder.source.close();
});

test.skipIf(process.platform === 'win32')('a FIFO blocks nobody', () => {
  execFileSync('mkfifo', [join(root, 'f')]);
  expect(() => fileSource(join(root, 'f'))).toThrow('is no regular file');
});

test('a fault of a read is one of the file, at its offset', () => {
  const { source } = openFile(root);
  Object.defineProperty(source, 'size', { value: 10 });
  // A folder has a size and no bytes.
  expect(() => source.read(2, 1)).toThrow(
    expect.objectContaining({ name: 'ReadError', message: 'cannot be read: it is a folder', offset: 2 }) as Error,
  );
  source.close();
});

test('an identity has all that another writer moves', () => {
  const stats = { dev: 1, ino: 2, size: 3, mtimeMs: 4, ctimeMs: 5 };
  expect(identityOf({ ...statSync(path), ...stats })).toBe('1:2:3:4:5');
});
