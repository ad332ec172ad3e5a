import { describe, expect, test } from 'vitest';
import { columnsOf, fold } from './fold.js';

test.each([
  ['', 0],
  ['abc ~', 5],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['a日', 3],
  ['😀', 2],
  ['ａ', 2],
  ['\u20dd', 0],
])('%j takes %i columns', (text, columns) => expect(columnsOf(text)).toBe(columns));

describe('lines', () => {
  test('of no width are one', () => {
    const text = 'word '.repeat(50);
    expect(fold(text, null, 4)).toEqual([text]);
  });

  test('are as long as there is room, to the column', () => {
    expect(fold('1234567890 123456789', 20, 2)).toEqual(['1234567890 123456789']);
    expect(fold('1234567890 1234567890', 20, 2)).toEqual(['1234567890', '  1234567890']);
    expect(fold('1234567890 1234567 890 a', 20, 2)).toEqual(['1234567890 1234567', '  890 a']);
    expect(fold('a b', 5, 2)).toEqual(['a b']);
  });

  test('are no narrower than 20 columns', () => {
    const words = '123456789 123456789 123456789';
    expect(fold(words, 3, 0)).toEqual(fold(words, 20, 0));
    expect(fold(words, 29, 0)).toEqual([words]);
    expect(fold(words, 28, 0)).toEqual(['123456789 123456789', '123456789']);
  });

  test('leave room for what stands before the first, and indent the others', () => {
    expect(fold('12345 12345', 20, 3, 9)).toEqual(['12345 12345']);
    expect(fold('12345 12345', 20, 3, 10)).toEqual(['12345', '   12345']);
    expect(fold('1 1234567890 1234 1', 20, 6, 18)).toEqual(['1', '      1234567890', '      1234 1']);
  });

  test('divide no word, and count wide letters twice', () => {
    const long = 'x'.repeat(40);
    expect(fold(`a ${long} b`, 20, 2)).toEqual(['a', `  ${long}`, '  b']);
    expect(fold(`${'日'.repeat(5)} ${'日'.repeat(5)}`, 20, 0)).toEqual(['日'.repeat(5), '日'.repeat(5)]);
    expect(fold('', 20, 2)).toEqual(['']);
    expect(fold('a  b', 20, 2)).toEqual(['a  b']);
  });
});
