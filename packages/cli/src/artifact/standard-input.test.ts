import { Readable } from 'node:stream';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterEach, expect, test } from 'vitest';
import { LARGEST_STANDARD_INPUT } from '../limits.js';
import { namedPaths, policyPlaces, readStandardInput, STANDARD_INPUT } from './standard-input.js';

const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
afterEach(() => {
  if (stdin !== undefined) Object.defineProperty(process, 'stdin', stdin);
});
function give(stream: Readable): Readable {
  Object.defineProperty(process, 'stdin', { configurable: true, value: Object.assign(stream, { isTTY: false }) });
  return stream;
}

const unreadable = (problem: string): unknown => ({ kind: 'unreadable', name: STANDARD_INPUT, size: 0, problem });

test('what sends nothing is not readable, and has no size', async () => {
  give(Readable.from([]));
  expect(await readStandardInput(null)).toEqual(unreadable('standard input is empty'));
});

test('one byte is a file', async () => {
  give(Readable.from([Buffer.from('x')]));
  expect(await readStandardInput(60_000)).toEqual({
    kind: 'bytes',
    name: STANDARD_INPUT,
    size: 1,
    bytes: Buffer.from('x'),
  });
});

test('what is larger than the memory may hold is not read to its end', async () => {
  // Only the length of a part counts before all of them are joined.
  const stream = give(Readable.from([Buffer.from('x'), { length: LARGEST_STANDARD_INPUT }, Buffer.from('y')]));
  expect(await readStandardInput(null)).toEqual(
    unreadable(
      'standard input has more than 1073741824 bytes, which are held in memory; write it to a file and scan that',
    ),
  );
  expect(stream.destroyed).toBe(true);
});

test('what comes too late is not readable, as far as it came', async () => {
  const stream = give(new Readable({ read: () => {} }));
  stream.push('x');
  expect(await readStandardInput(0)).toEqual(unreadable('standard input did not end in time (--total-timeout)'));
  expect(stream.destroyed).toBe(true);
});

test('its parts end early where the run is over, without an error of the stream', async () => {
  let end = (): void => {};
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  async function* parts(): AsyncGenerator<Buffer> {
    yield Buffer.from('half of a pickle');
    await isOver;
  }
  const value = Object.assign(parts(), { isTTY: false, destroy: end });
  Object.defineProperty(process, 'stdin', { configurable: true, value });
  expect(await readStandardInput(5)).toEqual(unreadable('standard input did not end in time (--total-timeout)'));
});

test('it is named once, by either of its names; a file of that name is another', () => {
  expect(namedPaths(['./-', '-', 'a'])).toEqual(['./-', '/dev/stdin', 'a']);
  expect(() => namedPaths(['/dev/stdin', '-'])).toThrow(
    new UsageError('standard input can be read once; name it once'),
  );
});

test('policies are searched for around files, and around the working folder for all else', () => {
  expect(policyPlaces(['-', '/dev/stdin', 'models/a.pkl', 'https://example.invalid/a.pkl'])).toEqual([
    '-',
    './-',
    'models/a.pkl',
    './-',
  ]);
});
