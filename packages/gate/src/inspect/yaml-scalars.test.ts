import { expect, test } from 'vitest';
import { LONGEST_BLANK, MAX_YAML_NESTING } from '../model/limits.ts';
import { Refused } from '../model/rules.ts';
import { yamlScalars } from './yaml-scalars.ts';

/** The scalars with their offsets, or the signal of the refusal. */
function scalars(text: string): unknown {
  try {
    return yamlScalars(Buffer.from(text), 'body').map(({ bytes, offset }) => [bytes.toString(), offset]);
  } catch (error) {
    if (error instanceof Refused) return error.refusal.signal;
    throw error;
  }
}

test('keys and values are scalars, binary ones as their text', () => {
  expect(scalars('a: b\n- c')).toBe('yaml');
  expect(scalars('a: b\nc: [d, "e"]\n')).toEqual([
    ['a', 0],
    ['b', 3],
    ['c', 5],
    ['d', 9],
    ['e', 12],
  ]);
  expect(scalars('a: !!binary YWJj\n')).toContainEqual(['YWJj', 12]);
});

test.each([
  ['brackets', '['],
  ['brackets of maps, with blanks', '{ '],
  ['signs of lists', '- '],
  ['signs of keys', '? '],
  ['signs of lists in lines', '-\n'],
])('so many %s in a row lie too deep', (_what, sign) => {
  expect(scalars(`${sign.repeat(MAX_YAML_NESTING)}a`)).toBe('yaml-depth');
});

test('as many signs one behind the other do not', () => {
  expect(scalars('- a\n'.repeat(2 * MAX_YAML_NESTING))).toHaveLength(2 * MAX_YAML_NESTING);
  expect(scalars('- [a]\n'.repeat(2 * MAX_YAML_NESTING))).toHaveLength(2 * MAX_YAML_NESTING);
});

test('so many blanks in a row are refused, fewer are not', () => {
  expect(scalars(`a:${' '.repeat(LONGEST_BLANK)}b`)).toBe('yaml-depth');
  expect(scalars(`${' '.repeat(LONGEST_BLANK - 1)}a`)).toEqual([['a', LONGEST_BLANK - 1]]);
  const line = `a:${' '.repeat(LONGEST_BLANK - 1)}b\n`;
  expect(scalars(`- ${line}- ${line}`)).toHaveLength(4);
});
