import { expect, test } from 'vitest';
import {
  ALL,
  ASCII,
  BYTES,
  C,
  C_BUFFERED,
  C_UNBUFFERED,
  PYTHON,
  readersOf,
  SINCE_3_14,
  UNTIL_3_13,
} from './readers.js';

function count(mask: number): number {
  return mask === 0 ? 0 : (mask & 1) + count(mask >>> 1);
}

test('there are three readers, three encodings and two versions of each, and every one has its bit', () => {
  expect(count(ALL)).toBe(18);
  expect([C_BUFFERED, C_UNBUFFERED, PYTHON, ASCII, BYTES].map(count)).toEqual([6, 6, 6, 6, 6]);
  expect([UNTIL_3_13, SINCE_3_14].map(count)).toEqual([9, 9]);
  expect([C_BUFFERED | C_UNBUFFERED | PYTHON, UNTIL_3_13 | SINCE_3_14, C]).toEqual([ALL, ALL, ALL & ~PYTHON]);
  // Each of these with each of those: one or two.
  for (const reader of [C_BUFFERED, C_UNBUFFERED, PYTHON])
    for (const version of [UNTIL_3_13, SINCE_3_14])
      expect([ALL, ASCII, BYTES, ASCII & BYTES].map((encoding) => count(reader & version & encoding))).toEqual([
        3, 1, 1, 0,
      ]);
});

test('readers are named while one of their kinds is left', () => {
  expect(readersOf(ALL)).toEqual(['c', 'c-unbuffered', 'python']);
  expect(readersOf(0)).toEqual([]);
  expect(readersOf(C)).toEqual(['c', 'c-unbuffered']);
  expect(readersOf(PYTHON & ASCII & SINCE_3_14)).toEqual(['python']);
  expect(readersOf(C_BUFFERED & BYTES)).toEqual(['c']);
  expect(readersOf(C_UNBUFFERED & UNTIL_3_13)).toEqual(['c-unbuffered']);
});
