import { expect, test } from 'vitest';
import { mayHold, SHORTEST_LEAF } from './leaves.ts';

test('a short text may hold something where it has lines, control characters or no ASCII', () => {
  const word = 'a'.repeat(SHORTEST_LEAF);
  const mixed = (sign: string): boolean => mayHold(Buffer.from(`${word.slice(1)}${sign}`, 'latin1'));
  expect(['\n', '\0', '\x1f', '\x7f', '\x80'].map(mixed)).toEqual([true, true, true, true, true]);
  expect([' ', '~', 'a', '!'].map(mixed)).toEqual([false, false, false, false]);
  expect(mayHold(Buffer.from(`${word.slice(2)}\n`))).toBe(false);
});

test('a long one always may', () => {
  expect(mayHold(Buffer.from('a'.repeat(99)))).toBe(true);
});
