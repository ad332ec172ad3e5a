import { expect, test } from 'vitest';
import { hexRows, ROW_BYTES, windowAround } from './hex.js';

test('bytes as rows of eight, the last one shorter', () => {
  const bytes = Uint8Array.of(0x1f, 0x20, 0x21, 0x7e, 0x7f, 0x80, 0x00, 0x0a, 0x41);
  expect(hexRows(bytes, 16)).toEqual([
    { offset: 16, digits: ['1f', '20', '21', '7e', '7f', '80', '00', '0a'], text: '· !~····' },
    { offset: 24, digits: ['41'], text: 'A' },
  ]);
  expect(hexRows(bytes.subarray(0, 8), 0)).toHaveLength(1);
  expect(hexRows(new Uint8Array(0), 0)).toEqual([]);
});

test.each([
  [0, 0],
  [24, 0],
  [31, 0],
  [32, 8],
  [47, 16],
])('around the offset %i the first row is that of %i', (offset, first) => {
  expect(windowAround(offset, 5)).toEqual({ offset: first, length: 5 * ROW_BYTES });
});
