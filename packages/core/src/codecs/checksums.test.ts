import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Adler32 } from './adler32.js';
import { bzip2Crc } from './bzip2-crc.js';
import type { Checksum } from './checksum.js';
import { Crc32 } from './crc32.js';
import { Crc64 } from './crc64.js';

const DIGITS = new TextEncoder().encode('123456789');

function hexOf(checksum: Checksum, ...parts: Uint8Array[]): string {
  for (const part of parts) checksum.update(part);
  return checksum.hex();
}

// The check values of the catalogue of parametrised CRC algorithms.
test.each([
  ['CRC-32', () => new Crc32(), 'cbf43926'],
  ['CRC-64 of xz', () => new Crc64(), '995dc9bbdf1939fa'],
  ['Adler-32', () => new Adler32(), '091e01de'],
] as const)('%s of 123456789', (_name, make, expected) => {
  expect(hexOf(make(), DIGITS)).toBe(expected);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100, size: 'max' }), fc.nat(100), (bytes, cut) => {
      expect(hexOf(make(), bytes.subarray(0, cut), bytes.subarray(cut))).toBe(hexOf(make(), bytes));
    }),
  );
});

test('CRC-32 of bzip2', () => {
  expect((~bzip2Crc(-1, DIGITS, DIGITS.length) >>> 0).toString(16)).toBe('fc891918');
});

test('Adler-32 does not overflow in long runs of high bytes', () => {
  const bytes = new Uint8Array(100_000).fill(255);
  let [first, second] = [1, 0];
  for (const byte of bytes) {
    first = (first + byte) % 65521;
    second = (second + first) % 65521;
  }
  expect(hexOf(new Adler32(), bytes)).toBe((second * 65536 + first).toString(16).padStart(8, '0'));
});
