import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identityOf } from './file-source.js';
import { hashFile } from './hash-file.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-hash-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each([0, 1, 1024 * 1024, 1024 * 1024 + 7, 3_000_000])('%d bytes', (length) => {
  const bytes = Buffer.alloc(length, 'sentinel');
  const path = join(root, 'a');
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(hashFile(path, identityOf(statSync(path)))).toEqual({ sha256 });
});

test('a file that another one of the same length replaced is not hashed, even with its old time', () => {
  const path = join(root, 'a');
  writeFileSync(path, 'one');
  const before = statSync(path);
  rmSync(path);
  writeFileSync(path, 'two');
  utimesSync(path, before.atime, before.mtime);
  expect(hashFile(path, identityOf(before))).toEqual({ problem: 'it changed since it was analysed' });
});

test('what is no file, or not there', () => {
  expect(hashFile(root)).toEqual({ problem: 'it is no file' });
  expect(hashFile(join(root, 'missing'))).toEqual({ problem: 'it cannot be opened: no such file or folder' });
});

test('a file with terabytes of holes is given up when the time is over', () => {
  const path = join(root, 'a');
  writeFileSync(path, 'x');
  truncateSync(path, 2 ** 40);
  let asked = 0;
  const over = (): string | null => ((asked += 1) > 3 ? 'it is enough' : null);
  expect(hashFile(path, null, over)).toEqual({ problem: 'it is enough', late: true });
  expect(asked).toBe(4);
});

test('a file that changes while it is hashed has no hash', () => {
  const path = join(root, 'a');
  writeFileSync(path, 'one');
  let asked = 0;
  const over = (): string | null => {
    asked += 1;
    if (asked === 1) appendFileSync(path, ', two');
    return null;
  };
  expect(hashFile(path, null, over)).toEqual({ problem: 'it changed while it was hashed' });
});
