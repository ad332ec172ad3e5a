import { expect, test } from 'vitest';
import { Tail } from './tail.js';

const KIB = 1024;

/** Bytes of which each says where it is. */
function pattern(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255);
}

async function lastBytes(whole: Uint8Array, chunk: number): Promise<Uint8Array> {
  const tail = new Tail();
  async function* chunks(): AsyncGenerator<Uint8Array, null> {
    for (let at = 0; at < whole.length; at += chunk) yield whole.subarray(at, at + chunk);
    return null;
  }
  for await (const bytes of tail.watch(chunks())) expect(bytes.length).toBeLessThanOrEqual(chunk);
  const source = { size: whole.length, drain: async () => {}, read: () => new Uint8Array(0) };
  const drained = await tail.drained(source);
  return drained.read(whole.length - 60 * KIB, 60 * KIB);
}

// With chunks of 64 KiB the buffer was smaller than what came, and a file of lz4 broke the analysis off.
test.each([1000, 4 * KIB, 60 * KIB, 64 * KIB, 67 * KIB, 68 * KIB, 100 * KIB, 400 * KIB])(
  'the last bytes are there, in chunks of %d',
  async (chunk) => {
    const whole = pattern(300 * KIB + 77);
    expect(await lastBytes(whole, chunk)).toEqual(whole.subarray(-60 * KIB));
  },
);
