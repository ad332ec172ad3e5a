import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { capturedOutput } from '../../../../oracles/captured-output.js';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { runTrace } from './run.js';

/** `os.system('id')`. Nothing is loaded. */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");
const captured = capturedOutput();

/** A folder `m` of these files. */
function folderOf(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = join(folderOfTest('sentinel-trace-'), 'm');
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

test('file after file, with an empty line between two and none before the first', async () => {
  const folder = folderOf({ 'a.pkl': SYSTEM, 'b.pkl': SYSTEM, 'c.pkl': SYSTEM });
  expect(await runTrace(folder, false)).toBe(0);
  const parts = captured.out.split('\n\n');
  expect(parts.map((part) => part.split('\n')[0])).toEqual(
    ['a', 'b', 'c'].map((name) => `${join(folder, `${name}.pkl`)} @0 (pickle, protocol 0, ${SYSTEM.length} bytes)`),
  );
  expect(captured.out).toMatch(/return _1\n$/);
  expect([captured.out.includes('\u001b'), captured.error]).toEqual([false, '']);
});

test('colours where they are asked for', async () => {
  const folder = folderOf({ 'a.pkl': SYSTEM });
  expect(await runTrace(join(folder, 'a.pkl'), true)).toBe(0);
  expect(captured.out).toContain('\u001b[31m# dangerous');
});

test('one file that is cut short makes the exit code 2, and those beside it are printed', async () => {
  const folder = folderOf({ 'a.pkl': SYSTEM.subarray(0, -1), 'b.pkl': SYSTEM });
  expect(await runTrace(folder, false)).toBe(2);
  expect(captured.out).toContain('stops here: truncated');
  expect(captured.out).toContain(`\n\n${join(folder, 'b.pkl')} @0`);
});

test('what cannot be opened within a folder is named, and makes the exit code 2', async () => {
  const folder = folderOf({ 'b.pkl': SYSTEM });
  symlinkSync('gone', join(folder, 'a.pkl'));
  expect(await runTrace(folder, false)).toBe(2);
  expect(captured.error).toMatch(/^sentinel: \S+a\.pkl: [^\n]+\n$/);
  expect(captured.out.startsWith(`${join(folder, 'b.pkl')} @0`)).toBe(true);
});

test('what was named and cannot be opened is bad usage', async () => {
  const folder = folderOf({});
  await expect(runTrace(join(folder, 'gone.pkl'), false)).rejects.toThrow('there is no such file or folder');
  expect(captured).toMatchObject({ out: '', error: '' });
});

test('a file that changes while it is read makes the exit code 2', async () => {
  const folder = folderOf({ 'a.pkl': SYSTEM, 'b.pkl': SYSTEM });
  captured.onOut = () => {
    captured.onOut = () => undefined;
    appendFileSync(join(folder, 'a.pkl'), '.');
  };
  expect(await runTrace(folder, false)).toBe(2);
  expect(captured.error).toMatch(/^sentinel: \S+a\.pkl: [^\n]+\n$/);
  expect(captured.out).toContain(`${join(folder, 'b.pkl')} @0`);
});

const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
afterEach(() => {
  if (stdin !== undefined) Object.defineProperty(process, 'stdin', stdin);
});
function give(...chunks: readonly Uint8Array[]): void {
  Object.defineProperty(process, 'stdin', { configurable: true, value: Readable.from(chunks) });
}

test('standard input', async () => {
  give(SYSTEM.subarray(0, 5), SYSTEM.subarray(5));
  expect(await runTrace('-', false)).toBe(0);
  expect(captured.out).toMatch(new RegExp(`^/dev/stdin @0 \\(pickle, protocol 0, ${SYSTEM.length} bytes\\)\n`));
  give();
  await expect(runTrace('-', false)).rejects.toThrow('/dev/stdin: standard input is empty');
});
