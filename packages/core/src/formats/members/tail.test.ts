import { expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../bytes/budget.js';
import { streamSource } from '../../bytes/stream-source.js';
import { STILL } from '../../../test/still-platform.js';
import { Tail } from './tail.js';

const CHUNK = 64 * 1024;

// LZ4 frames come in blocks of 64 KiB: two of them fill the buffer to less than what it may hold.
test.each([
  ['as many as blocks of LZ4', [CHUNK, CHUNK, CHUNK, CHUNK]],
  ['one more than the tail', [CHUNK, CHUNK, 4097, CHUNK, 1]],
  ['small ones and a large one', [1, 1023, 70_000, 3, 300_000, 5]],
  ['many small ones', Array.from({ length: 500 }, (_, i) => i)],
])('the end of what a decoder put out is held for chunks of any length: %s', async (_, lengths) => {
  let next = 0;
  const chunks = lengths.map((length) => Uint8Array.from({ length }, () => (next = (next + 31) % 251)));
  const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
  const tail = new Tail();
  async function* decoder(): AsyncGenerator<Uint8Array, null> {
    yield* chunks;
    return null;
  }
  const source = streamSource(() => tail.watch(decoder()), new Budget(DEFAULT_LIMITS, STILL));
  const drained = await tail.drained(source);
  const start = Math.max(0, all.length - 60_000);
  expect(drained.size).toBe(all.length);
  expect(Buffer.from(await drained.read(start, 60_000)).equals(all.subarray(start))).toBe(true);
});
