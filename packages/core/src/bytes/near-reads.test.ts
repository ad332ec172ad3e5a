import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../model/errors.js';
import { NearReads } from './near-reads.js';
import { memorySource, type ByteSource } from './source.js';

const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

/** Lends its bytes until the next read only, as a file does. */
function file(asked: number[]): ByteSource {
  const scratch = new Uint8Array(bytes.length);
  return {
    size: bytes.length,
    immediate: true,
    read: (offset, length) => {
      asked.push(length);
      scratch.fill(0xee, 0, 2 ** 16);
      const piece = bytes.subarray(offset, offset + length);
      scratch.set(piece);
      return scratch.subarray(0, piece.length);
    },
  };
}

test('gives the bytes that are there, wherever and in whatever order they are asked for', () => {
  const jump = fc.integer({ min: -5000, max: 40_000 });
  const length = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 80_000 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(jump, length, fc.boolean()), { maxLength: 60 }), (steps) => {
      const source = new NearReads(file([]));
      let at = 0;
      for (const [by, wanted, isActive] of steps) {
        at = Math.min(Math.max(0, at + by), bytes.length + 10);
        source.isActive ||= isActive;
        const read = source.read(at, wanted);
        if (read instanceof Promise) throw new TypeError('a file never gives a promise');
        expect(Buffer.compare(read, bytes.subarray(at, at + wanted))).toBe(0);
        at += wanted;
      }
    }),
  );
});

test('short jumps take few reads, long ones read nothing more', () => {
  const asked: number[] = [];
  const source = new NearReads(file(asked));
  source.isActive = true;
  for (let at = 0; at < 200_000; at += 2000) expect(source.read(at, 100)).toEqual(bytes.subarray(at, at + 100));
  expect(asked.length).toBeLessThan(12);
  asked.length = 0;
  expect(source.read(299_000, 100)).toHaveLength(100);
  expect(asked).toEqual([100]);
});

test('a place that cannot be read is no fault of the bytes before it', () => {
  const memory = memorySource(bytes);
  const source = new NearReads({
    size: memory.size,
    immediate: memory.immediate,
    read: (offset, length) => {
      if (offset + length > 5000) throw new InputError('cannot be read: EIO', offset);
      return memory.read(offset, length);
    },
  });
  source.isActive = true;
  expect(source.read(4000, 500)).toEqual(bytes.subarray(4000, 4500));
  expect(source.read(4600, 400)).toEqual(bytes.subarray(4600, 5000));
  expect(() => source.read(4900, 200)).toThrow(InputError);
});
