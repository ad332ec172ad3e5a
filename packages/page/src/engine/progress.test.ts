import type { ArtifactResult } from '@artifact-sentinel/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { INTERVAL_MS, Progress } from './progress.js';
import type { LeadEvent } from './protocol.js';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000, toFake: ['performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

type Shown = Extract<LeadEvent, { kind: 'progress' }>;

/** A scan of files of these sizes, and what the page is told of it. */
function scanning(sizes: Readonly<Record<string, number>>) {
  const told: Shown[] = [];
  const files = Object.entries(sizes).map(([path, size]) => ({ path, size }));
  // The first message comes once the interval is over.
  const progress = new Progress(files, (event) => {
    if (event.kind === 'progress') told.push(event);
  });
  vi.advanceTimersByTime(10_000);
  return { progress, told, turns: progress.watch(files) };
}
const result = (path: string): ArtifactResult => ({ artifact: { path } }) as unknown as ArtifactResult;

test('files are counted when they are done, bytes as they are read', async () => {
  const { progress, told, turns } = scanning({ a: 100, b: 50 });
  await turns.next();
  expect(told.at(-1)?.progress).toEqual({
    files: 2,
    filesDone: 0,
    bytes: 150,
    bytesDone: 0,
    bytesRead: 0,
    current: 'a',
  });
  vi.advanceTimersByTime(INTERVAL_MS);
  progress.onBytes(30);
  expect(told.at(-1)?.progress).toMatchObject({ bytesDone: 30, bytesRead: 30 });
  vi.advanceTimersByTime(INTERVAL_MS);
  progress.onBytes(90);
  // More was read than it is large: what is read twice is not done twice.
  expect(told.at(-1)?.progress).toMatchObject({ bytesDone: 100, bytesRead: 120 });
  vi.advanceTimersByTime(INTERVAL_MS);
  await turns.next();
  expect(told.at(-1)?.progress).toMatchObject({ filesDone: 1, bytesDone: 100, current: 'b' });
  vi.advanceTimersByTime(INTERVAL_MS);
  await turns.next();
  progress.end();
  expect(told.at(-1)?.progress).toMatchObject({ filesDone: 2, bytesDone: 150, bytesRead: 120 });
});

test('messages come no more often than so, with all results since the last one; the end is always told', () => {
  const { progress, told } = scanning({ a: 1 });
  progress.add(result('a'));
  progress.add(result('b'));
  vi.advanceTimersByTime(INTERVAL_MS - 1);
  progress.add(result('c'));
  expect(told.map(({ results }) => results.length)).toEqual([1]);
  vi.advanceTimersByTime(1);
  progress.add(result('d'));
  expect(told.map(({ results }) => results.map(({ artifact }) => artifact.path))).toEqual([['a'], ['b', 'c', 'd']]);
  progress.add(result('e'));
  progress.end();
  expect(told.map(({ results }) => results.length)).toEqual([1, 3, 1]);
});

test('where many files are done messages come less often', async () => {
  const sizes = Object.fromEntries(Array.from({ length: 102 }, (_, i) => [`f${i}`, 1]));
  const { told, turns } = scanning(sizes);
  for (let i = 0; i < 100; i += 1) {
    vi.advanceTimersByTime(INTERVAL_MS);
    await turns.next();
  }
  expect(told).toHaveLength(100);
  vi.advanceTimersByTime(INTERVAL_MS);
  await turns.next();
  expect(told).toHaveLength(100);
  vi.advanceTimersByTime(5 * INTERVAL_MS);
  await turns.next();
  expect(told).toHaveLength(101);
});
