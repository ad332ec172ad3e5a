import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Copies, type Copy } from './copies.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-copies-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string) {
  const bytes = Buffer.from(text);
  return { path: 'a', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

async function textOf({ handle }: Copy): Promise<string> {
  const bytes = await handle.readFile();
  await handle.close();
  return bytes.toString();
}

test('several who ask at once share one download', async () => {
  const copies = await Copies.at(folder, 100);
  const one = file('hello');
  let fills = 0;
  const ask = () =>
    copies.of(one, async (take) => {
      fills += 1;
      await take(one.bytes.subarray(0, 2));
      await take(one.bytes.subarray(2));
    });
  const found = await Promise.all([ask(), ask(), ask()]);
  expect(await Promise.all(found.map(textOf))).toEqual(['hello', 'hello', 'hello']);
  expect(fills).toBe(1);
  // As `git hash-object` names it.
  expect(copies.gitOid(one.sha256)).toBe('b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0');
});

test('what was not asked for longest goes first; who reads it reads on', async () => {
  const copies = await Copies.at(folder, 10);
  const make = (text: string) => {
    const one = file(text);
    return copies.of(one, (take) => take(one.bytes));
  };
  const first = await make('first');
  await textOf(await make('other'));
  await textOf(await make('third'));
  expect(readdirSync(folder)).toHaveLength(2);
  expect(await textOf(first)).toBe('first');
  expect(copies.takes(10)).toBe(true);
  expect(copies.takes(11)).toBe(false);
});

test('a download that fails leaves nothing, and is tried again', async () => {
  const copies = await Copies.at(folder, 10);
  const one = file('hello');
  await expect(
    copies.of(one, async (take) => {
      await take(one.bytes.subarray(0, 2));
      throw new Error('broken');
    }),
  ).rejects.toThrow('broken');
  expect(readdirSync(folder)).toEqual([]);
  expect(await textOf(await copies.of(one, (take) => take(one.bytes)))).toBe('hello');
});

test('the folder is empty when a process begins', async () => {
  writeFileSync(join(folder, 'a'.repeat(64)), 'left behind');
  await Copies.at(folder, 10);
  expect(readdirSync(folder)).toEqual([]);
});
