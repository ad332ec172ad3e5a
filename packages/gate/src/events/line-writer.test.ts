import { appendFileSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.ts';
import { MAX_WAITING_EVENTS } from '../model/limits.ts';
import { LineWriter } from './line-writer.ts';

const { writeSync } = fs;
afterEach(() => {
  fs.writeSync = writeSync;
  syncBuiltinESMExports();
  vi.useRealTimers();
});

/** What a write is answered with: the bytes that were taken, or the code of an error. */
type Answer = number | 'EAGAIN' | 'ENOSPC';

/** Writes are answered in this order, later ones take everything. Gives what was taken, and where it went. */
function answering(answers: Answer[]): { readonly taken: string[]; readonly descriptors: Set<number> } {
  const taken: string[] = [];
  const descriptors = new Set<number>();
  fs.writeSync = ((descriptor: number, bytes: Buffer): number => {
    const answer = answers.shift() ?? bytes.length;
    descriptors.add(descriptor);
    if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
    taken.push(bytes.toString('latin1', 0, answer));
    return Math.min(answer, bytes.length);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
  return { taken, descriptors };
}

const unexpected = (): void => expect.unreachable('a line was lost');
const fileOf = (): string => join(folderOfTest('gate-lines-'), 'lines');
const isHeldOpen = (file: string): boolean =>
  readdirSync('/proc/self/fd').some((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`) === file;
    } catch (error) {
      // The descriptor of this listing.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  });

describe('lines', () => {
  test('are appended to what is there, by two writers and others', async () => {
    const file = fileOf();
    const writers = [1, 2].map(() => new LineWriter(`file:${file}`, unexpected));
    writers[0]?.write('a');
    appendFileSync(file, 'between\n');
    writers[1]?.write('b');
    writers[0]?.write('c');
    expect(readFileSync(file, 'utf8')).toBe('a\nbetween\nb\nc\n');
    expect(isHeldOpen(file)).toBe(true);
    for (const writer of writers) await writer.close();
    expect(isHeldOpen(file)).toBe(false);
  });

  test('go to standard output by its descriptor, which stays as it is', () => {
    const { taken, descriptors } = answering([]);
    const writer = new LineWriter('stdout', unexpected);
    writer.write('a');
    expect(writer.reopen()).toBeUndefined();
    expect(taken).toEqual(['a\n']);
    expect([...descriptors]).toEqual([1]);
  });

  test('that are taken in parts go on where they ended', () => {
    const { taken } = answering([2, 1]);
    const writer = new LineWriter('stdout', unexpected);
    writer.write('abcd');
    writer.write('e');
    expect(taken).toEqual(['ab', 'c', 'd\n', 'e\n']);
  });

  test('begin anew behind half a line that was lost', () => {
    const lost: number[] = [];
    const { taken } = answering([2, 'ENOSPC']);
    const writer = new LineWriter('stdout', (count) => lost.push(count));
    for (const line of ['abcd', 'e', 'f']) writer.write(line);
    expect(lost).toEqual([1]);
    expect(taken).toEqual(['ab', '\ne\n', 'f\n']);
  });

  test('wait behind half a line that is still to be written', async () => {
    const { taken } = answering([2, 'EAGAIN']);
    const writer = new LineWriter('stdout', unexpected);
    writer.write('abcd');
    writer.write('e');
    expect(taken).toEqual(['ab']);
    await writer.close();
    expect(taken).toEqual(['ab', 'cd\n', 'e\n']);
  });
});

describe('a reader that is slow', () => {
  test('so many lines wait for it, and are tried again later, not with each line', async () => {
    vi.useFakeTimers();
    const lost: number[] = [];
    const { taken } = answering(['EAGAIN']);
    const writer = new LineWriter('stdout', (count) => lost.push(count));
    for (let i = 0; i < MAX_WAITING_EVENTS; i += 1) writer.write(String(i));
    expect(lost).toEqual([]);
    writer.write('one more');
    expect(lost).toEqual([1]);
    expect(taken).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(taken).toHaveLength(MAX_WAITING_EVENTS);
    expect(taken.at(-1)).toBe(`${MAX_WAITING_EVENTS - 1}\n`);
  });

  test('the end waits for one line, and no longer', async () => {
    vi.useFakeTimers();
    const { taken } = answering(['EAGAIN']);
    const writer = new LineWriter('stdout', unexpected);
    writer.write('a');
    let isClosed = false;
    const closing = writer.close().then(() => (isClosed = true));
    await vi.advanceTimersByTimeAsync(100);
    expect([taken, isClosed]).toEqual([['a\n'], true]);
    await closing;
  });

  test('the end does not wait for ever: what is left is lost, and counted once', async () => {
    vi.useFakeTimers();
    const lost: number[] = [];
    answering(Array.from({ length: 10_000 }, () => 'EAGAIN' as const));
    const writer = new LineWriter('stdout', (count) => lost.push(count));
    writer.write('a');
    writer.write('b');
    const closing = writer.close();
    await vi.advanceTimersByTimeAsync(1_900);
    expect(lost).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    await closing;
    expect(lost).toEqual([2]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a file that was renamed is written no longer; one that cannot be opened changes nothing', async () => {
  const file = fileOf();
  const writer = new LineWriter(`file:${file}`, unexpected);
  writer.write('a');
  renameSync(file, `${file}.1`);
  writer.write('b');
  expect(writer.reopen()).toBeUndefined();
  expect(isHeldOpen(`${file}.1`)).toBe(false);
  writer.write('c');
  expect([readFileSync(`${file}.1`, 'utf8'), readFileSync(file, 'utf8')]).toEqual(['a\nb\n', 'c\n']);
  renameSync(file, `${file}.2`);
  const folder = join(file, '..');
  renameSync(folder, `${folder}-moved`);
  expect(writer.reopen()).toBe(`${file} cannot be opened for writing (ENOENT)`);
  writer.write('d');
  expect(readFileSync(join(`${folder}-moved`, 'lines.2'), 'utf8')).toBe('c\nd\n');
  await writer.close();
  rmSync(`${folder}-moved`, { recursive: true });
});
