import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { portablePlatform } from '../platform.js';
import { digestOfRange } from './digest.js';

const MIB = 2 ** 20;
const bytes = Uint8Array.from({ length: 2 * MIB + 10 }, (_, i) => (i * 7 + (i >> 9)) & 0xff);
const sha256 = (start: number, end: number): string =>
  createHash('sha256').update(bytes.subarray(start, end)).digest('hex');

/** Reads `most` bytes at a time. Gives the digest, the reads asked for, and how often the time was looked at. */
async function digest(start: number, end: number, most = Infinity) {
  const reads: [number, number][] = [];
  let checks = 0;
  const source = {
    read: (offset: number, length: number) => {
      reads.push([offset, length]);
      return bytes.subarray(offset, Math.min(offset + length, offset + most));
    },
  };
  const budget = {
    platform: portablePlatform,
    checkTime: () => {
      checks += 1;
      if (checks > 100) throw new Error('no end');
    },
  };
  return { hex: await digestOfRange(source, start, end, budget), reads, checks };
}

test('is the SHA-256 of the range, read in pieces of a mebibyte', async () => {
  expect(await digest(5, 2 * MIB + 8)).toEqual({
    hex: sha256(5, 2 * MIB + 8),
    reads: [
      [5, MIB],
      [MIB + 5, MIB],
      [2 * MIB + 5, 3],
    ],
    checks: 3,
  });
});

test('goes on behind a short answer, and reads nothing of an empty range', async () => {
  expect(await digest(3, 30, 10)).toMatchObject({ hex: sha256(3, 30), checks: 3 });
  expect(await digest(7, 7)).toEqual({ hex: sha256(7, 7), reads: [], checks: 0 });
});

test('ends where the bytes end before the range does', async () => {
  expect(await digest(2 * MIB, 3 * MIB)).toMatchObject({ hex: sha256(2 * MIB, bytes.length), checks: 2 });
});
