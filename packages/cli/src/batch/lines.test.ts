import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { linesOf, type Line } from './lines.js';
import { isInShard } from './shard.js';

const root = mkdtempSync(join(tmpdir(), 'sentinel-lines-'));
afterAll(() => rmSync(root, { recursive: true }));

async function all(file: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(file)) lines.push(line);
  return lines;
}

async function linesIn(text: string): Promise<Line[]> {
  const file = join(root, 'list');
  writeFileSync(file, text);
  return all(file);
}

test('lines with their numbers, and where they begin', async () => {
  const lines = await linesIn('ab\n\nc\r\n\vd');
  expect(lines.map(({ bytes, ...line }) => ({ ...line, text: bytes.toString() }))).toEqual([
    { number: 1, offset: 0, isEnded: true, text: 'ab' },
    { number: 2, offset: 3, isEnded: true, text: '' },
    { number: 3, offset: 4, isEnded: true, text: 'c\r' },
    { number: 4, offset: 7, isEnded: false, text: '\vd' },
  ]);
  expect(await linesIn('')).toEqual([]);
  const [blank, ...none] = await linesIn('\n');
  expect([blank?.bytes.length, blank?.isEnded, none]).toEqual([0, true, []]);
});

test('a line that is longer than what is read at a time', async () => {
  const long = 'x'.repeat(200_000);
  const lines = await linesIn(`${long}\n${long}y\nz\n`);
  expect(lines.map(({ number, offset, bytes, isEnded }) => [number, offset, bytes.length, isEnded])).toEqual([
    [1, 0, 200_000, true],
    [2, 200_001, 200_001, true],
    [3, 400_003, 1, true],
  ]);
  expect(lines[1]?.bytes.toString()).toBe(`${long}y`);
});

test('a line that ends where a piece of the file begins', async () => {
  const piece = 'x'.repeat(1 << 16);
  const lines = await linesIn(`${piece}\ny\n`);
  expect(lines.map(({ number, offset, bytes, isEnded }) => [number, offset, bytes.length, isEnded])).toEqual([
    [1, 0, piece.length, true],
    [2, piece.length + 1, 1, true],
  ]);
});

test('a file that is not there', async () => {
  await expect(all(join(root, 'none'))).rejects.toThrow('ENOENT');
});

/** printf 'a' | sha256sum: ca978112ca1bbdca…; of 'b' 3e23e8160039594a… */
test('the shard of an id is told by its SHA-256', () => {
  const shardsOf = (id: string, of: number): number[] =>
    Array.from({ length: of }, (_, i) => i + 1).filter((number) => isInShard(id, { number, of }));
  expect([shardsOf('a', 1), shardsOf('b', 1)]).toEqual([[1], [1]]);
  expect([shardsOf('a', 7), shardsOf('b', 7)]).toEqual([
    [Number(0xca978112ca1bbdcan % 7n) + 1],
    [Number(0x3e23e8160039594an % 7n) + 1],
  ]);
});
