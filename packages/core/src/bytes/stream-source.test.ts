import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, LimitError } from '../model/errors.js';
import { Budget, DEFAULT_LIMITS, type Limits } from './budget.js';
import { streamSource, type StreamSource } from './stream-source.js';
import { STILL } from '../../test/still-platform.js';

interface Opened {
  readonly source: StreamSource;
  /** How often the decoder was started. */
  readonly starts: () => number;
}

/** A decoder that puts out `chunks`, then fails where an error is given. */
function open(
  chunks: readonly Uint8Array[],
  { error, limits = {} }: { error?: Error; limits?: Partial<Limits> } = {},
): Opened {
  let starts = 0;
  const budget = new Budget({ ...DEFAULT_LIMITS, ...limits }, STILL);
  const source = streamSource(async function* () {
    starts += 1;
    for (const chunk of chunks) yield chunk;
    if (error !== undefined) throw error;
    return null;
  }, budget);
  return { source, starts: () => starts };
}

/** `data` cut into pieces of the given lengths, over and over. */
function cut(data: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < data.length; i += 1) {
    const length = lengths[i % lengths.length] ?? 1;
    chunks.push(data.slice(at, at + length));
    at += length;
  }
  return chunks;
}

const numbers = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) ^ (i >> 8));

describe('what a decoder puts out', () => {
  test('is read like memory, in chunks of any size', async () => {
    const data = numbers(5000);
    const reads = fc.array(fc.record({ offset: fc.nat(5200), length: fc.nat(600) }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
        reads,
        fc.constantFrom(100, 1000, 2 ** 20),
        async (lengths, wanted, retainedBytes) => {
          const { source } = open(cut(data, lengths), { limits: { retainedBytes } });
          for (const { offset, length } of wanted)
            expect([...(await source.read(offset, length))]).toEqual([...data.subarray(offset, offset + length)]);
          await source.drain();
          expect(source.size).toBe(data.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('of a million chunks of one byte is held in little more than its bytes (CWE-770)', async () => {
    const length = 1_000_000;
    const budget = new Budget(DEFAULT_LIMITS, STILL);
    const whole = new Uint8Array(256 * 1024).fill(7);
    const source = streamSource(async function* () {
      // As a decoder may do: one byte, on a buffer of its own size.
      for (let i = 0; i < length; i += 1) yield i % 1000 === 0 ? whole.slice().subarray(0, 1) : whole.subarray(0, 1);
      return null;
    }, budget);
    const before = process.memoryUsage();
    for (let at = 0; at < length; at += 4096) await source.read(at, 4096);
    const after = process.memoryUsage();
    expect((after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20).toBeLessThan(150);
    expect((await source.read(0, 3)).length).toBe(3);
  });

  test('is decoded once where reads go forward, and anew where they go far back', async () => {
    const { source, starts } = open(cut(numbers(100_000), [20_000]), { limits: { retainedBytes: 40_000 } });
    for (let at = 0; at < 100_000; at += 10_000) await source.read(at, 10_000);
    expect(starts()).toBe(1);
    await source.read(0, 10);
    expect(starts()).toBe(2);
  });

  test('before a fault is good, the fault comes where it lies', async () => {
    const { source } = open(cut(numbers(100), [10]), { error: new InputError('corrupt', 7) });
    expect((await source.read(50, 500)).length).toBe(50);
    await expect(source.read(100, 1)).rejects.toThrow('corrupt');
    await expect(source.drain()).rejects.toThrow('corrupt');
  });

  test('is limited over all', async () => {
    const { source } = open(cut(numbers(5000), [100]), { limits: { decodedBytes: 1000 } });
    await expect(source.read(4000, 10)).rejects.toBeInstanceOf(LimitError);
  });

  test('is held up to a number of bytes, small chunks with the room that they are given', async () => {
    /** Whether the byte at `at` is still held when all of `length` bytes were read in pieces. */
    const isHeld = async (length: number, piece: number, retainedBytes: number, at: number): Promise<boolean> => {
      const { source, starts } = open(cut(numbers(length), [piece]), { limits: { retainedBytes } });
      for (let from = 0; from < length; from += piece) await source.read(from, piece);
      await source.read(at, 1);
      return starts() === 1;
    };
    // Chunks of 20,000 bytes are held as they are: two of five.
    expect(await isHeld(100_000, 20_000, 40_000, 60_000)).toBe(true);
    expect(await isHeld(100_000, 20_000, 40_000, 59_999)).toBe(false);
    expect(await isHeld(100_000, 20_000, 39_999, 80_000)).toBe(true);
    expect(await isHeld(100_000, 20_000, 39_999, 79_999)).toBe(false);
    // Blocks of 128 KiB, filled with chunks of 1,024 bytes: 512 KiB are four of them, of which two may be held.
    const block = 128 * 1024;
    expect(await isHeld(4 * block, 1024, 2 * block, 2 * block)).toBe(true);
    expect(await isHeld(4 * block, 1024, 2 * block, 2 * block - 1)).toBe(false);
    expect(await isHeld(4 * block, 1024, 3 * block, block)).toBe(true);
    expect(await isHeld(4 * block, 1024, 3 * block, block - 1)).toBe(false);
    expect(await isHeld(4 * block, 1024, 4 * block, 0)).toBe(true);
    // What is larger than all that may be held is held alone.
    expect(await isHeld(40_000, 20_000, 5, 20_000)).toBe(true);
    expect(await isHeld(40_000, 20_000, 5, 19_999)).toBe(false);
  });

  test('begins anew with nothing held, and without its fault', async () => {
    const { source, starts } = open(cut(numbers(60_000), [20_000]), {
      error: new InputError('corrupt', 7),
      limits: { retainedBytes: 20_000 },
    });
    await expect(source.read(60_000, 1)).rejects.toThrow('corrupt');
    expect([...(await source.read(0, 3))]).toEqual([...numbers(3)]);
    expect(starts()).toBe(2);
    await expect(source.drain()).rejects.toThrow('corrupt');
    expect(starts()).toBe(2);
    expect(source.size).toBe(Infinity);
  });

  test('is nothing where nothing is asked for', async () => {
    const { source, starts } = open([numbers(10)]);
    expect(source.read(0, 0)).toHaveLength(0);
    expect(source.read(5, -1)).toHaveLength(0);
    expect((await source.read(3, 2)).length).toBe(2);
    expect(source.read(4, 6)).not.toBeInstanceOf(Promise);
    expect(source.read(4, 7)).toBeInstanceOf(Promise);
    expect(await source.read(10, 4)).toHaveLength(0);
    expect([source.size, starts()]).toEqual([10, 1]);
  });
});
