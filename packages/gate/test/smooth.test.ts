import { expect, test } from 'vitest';
import { inspected } from './inspect-kit.ts';

const SIDE = 640;

/** A picture of one byte a pixel. */
function picture(pixel: (x: number, y: number) => number): Buffer {
  const bytes = Buffer.alloc(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) for (let x = 0; x < SIDE; x += 1) bytes[y * SIDE + x] = Math.round(pixel(x, y));
  return bytes;
}

const middle = SIDE / 2;
/** Smooth bytes go through all opcodes one after the other, in long rows of equal ones. */
test.each([
  ['a slope', picture((x, y) => (x + y) / 5)],
  ['waves', picture((x, y) => 138 + 70 * Math.sin(x / 40) * Math.cos(y / 60))],
  ['waves across all values', picture((x, y) => 127 + 127 * Math.sin(x / 90 + y / 70))],
  ['rings', picture((x, y) => Math.hypot(x - middle, y - middle) / 2)],
  // No line ends in it.
  ['a spot', picture((x, y) => 208 - 140 * Math.min(1, Math.hypot(x - middle, y - middle) / 400))],
  ['a slow slope', picture((x, y) => 64 + (y * SIDE + x) / 2_500)],
  ['columns', picture((x) => (x >> 2) & 0xff)],
  ['tiles', picture((x, y) => ((x >> 4) * 7 + (y >> 4) * 13) & 0xff)],
  ['16 bits of a sine', Buffer.from(Int16Array.from({ length: 200_000 }, (_, i) => 20_000 * Math.sin(i / 50)).buffer)],
  ['8 bits of a sine', Buffer.from(Int8Array.from({ length: 400_000 }, (_, i) => 120 * Math.sin(i / 300)).buffer)],
  ['floats of a sine', Buffer.from(Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i / 3_000)).buffer)],
  ['indices', Buffer.from(Int32Array.from({ length: 100_000 }, (_, i) => i).buffer)],
])('%s passes', async (_, body) => {
  expect(await inspected({ contentType: 'application/octet-stream', body })).toBeNull();
});
