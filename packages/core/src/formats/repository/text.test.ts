import { describe, expect, test } from 'vitest';
import { decodeAs, decodeText, linesOf } from './text.js';

describe('a text', () => {
  test.each<[string, readonly number[], string | null]>([
    ['nothing', [], ''],
    ['one byte', [0x61], 'a'],
    ['a NUL alone', [0], '\0'],
    ['two NULs', [0, 0], '\0\0'],
    ['UTF-8', [0xc3, 0xa9], 'é'],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['UTF-16 of little ends, with its mark', [0xff, 0xfe, 0x61, 0], 'a'],
    ['UTF-16 of big ends, with its mark', [0xfe, 0xff, 0, 0x61], 'a'],
    ['UTF-16 of little ends', [0x7b, 0, 0x7d, 0], '{}'],
    ['UTF-16 of big ends', [0, 0x7b, 0, 0x7d], '{}'],
    ['a byte of another encoding', [0x61, 0xff], null],
    ['half a mark', [0xff, 0x61], null],
    ['half a mark of big ends', [0xfe, 0xfe], null],
  ])('of %s', (_what, bytes, text) => expect(decodeText(Uint8Array.from(bytes))).toBe(text));

  test('in an encoding that is given', () => {
    expect(decodeAs('utf-8', Uint8Array.of(0xff))).toBeNull();
    expect(decodeAs('utf-16le', Uint8Array.of(0x61, 0))).toBe('a');
    expect(() => decodeAs('no encoding', Uint8Array.of())).toThrow(RangeError);
  });
});

test('lines by offsets in any order', () => {
  const lineAt = linesOf('ab\n\nc\n');
  expect([6, 0, 1, 2, 3, 4, 5, 99].map(lineAt)).toEqual([4, 1, 1, 1, 2, 3, 3, 4]);
  expect([0, 5].map(linesOf(''))).toEqual([1, 1]);
});
