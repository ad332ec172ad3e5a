import fs, { readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import type { BatchOptions } from './options.js';
import { runBatch } from './run.js';

/** What is written to standard error. Files share their modules: no module is replaced. */
let said = '';
const real = fs.writeSync;
beforeAll(() => {
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
    if (descriptor !== 2) return real(descriptor, bytes, ...rest);
    const text = Buffer.from(bytes)
      .subarray(rest[0] ?? 0)
      .toString();
    said += text;
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.writeSync = real;
  syncBuiltinESMExports();
});
beforeEach(() => {
  said = '';
});

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');

/** A folder with a list of these files. */
function listed(names: readonly string[]): { folder: string; options: BatchOptions } {
  const folder = folderOfTest('sentinel-batch-');
  for (const name of names) writeFileSync(join(folder, name), CLEAN);
  writeFileSync(join(folder, 'list'), names.map((name) => JSON.stringify(join(folder, name))).join('\n'));
  return { folder, options: { from: join(folder, 'list'), to: join(folder, 'out') } };
}

test('how many records there are is said, and what of them is new, unless that is not wanted', async () => {
  const { folder, options } = listed(['a.pkl', 'b.pkl']);
  const file = join(folder, 'out', 'shard-1-of-1.ndjson');
  expect(await runBatch(options)).toBe(0);
  expect(said.trim()).toBe(`sentinel: shard 1 of 1: 2 records; written to ${file}`);
  said = '';
  expect(await runBatch(options)).toBe(0);
  expect(said.trim()).toBe(`sentinel: shard 1 of 1: 2 records, 2 of them from earlier runs; written to ${file}`);
  said = '';
  expect(await runBatch({ ...options, quiet: true })).toBe(0);
  expect(said).toBe('');
});

test('a list is that of one shard, and its settings stand in the records', async () => {
  const { folder, options } = listed(['a.pkl', 'b.pkl', 'c.pkl', 'd.pkl']);
  const sources: string[] = [];
  for (const number of [1, 2]) {
    expect(await runBatch({ ...options, shard: { number, of: 2 }, thorough: true, quiet: true })).toBe(0);
    const lines = readFileSync(join(folder, 'out', `shard-${number}-of-2.ndjson`), 'utf8')
      .trim()
      .split('\n');
    for (const line of lines.filter((one) => one !== '')) {
      const record = JSON.parse(line) as { source: string; made: unknown; verdict: string };
      expect(record).toMatchObject({ made: { thorough: true, policy: null }, verdict: 'pass', pinned: null });
      sources.push(record.source);
    }
  }
  expect(sources.toSorted()).toEqual(['a.pkl', 'b.pkl', 'c.pkl', 'd.pkl'].map((name) => join(folder, name)));
});
