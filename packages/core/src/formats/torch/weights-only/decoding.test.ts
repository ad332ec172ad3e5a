import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUtf8, longValue, utf8 } from './decoding.js';

test.each<[string, readonly number[], boolean, boolean]>([
  ['nothing', [], true, true],
  ['ASCII', [0x61, 0x7f], true, true],
  ['a byte above it', [0x61, 0x80], false, false],
  ['two bytes', [0xc3, 0xa4], true, true],
  ['a cut character', [0xc3], false, false],
  ['the first surrogate', [0xed, 0xa0, 0x80], false, true],
  ['the last surrogate among others', [0x61, 0xed, 0xbf, 0xbf, 0xc3, 0xa4], false, true],
  ['a cut surrogate', [0xed, 0xa0], false, false],
  ['the last character below surrogates', [0xed, 0x9f, 0xbf], true, true],
  ['a surrogate and a byte that is no text', [0xed, 0xa0, 0x80, 0xff], false, false],
])('%s as UTF-8, and with surrogates', (_what, bytes, plain, withSurrogates) => {
  const given = Uint8Array.from(bytes);
  expect([isUtf8(given, false), isUtf8(given, true)]).toEqual([plain, withSurrogates]);
});

test('a byte order mark is a character', () => {
  expect(utf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  expect(utf8(Uint8Array.of(0xff))).toBeNull();
});

test('a number in two bytes is that of a view', () => {
  expect(longValue(new Uint8Array())).toBe(0n);
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (value) => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setInt32(0, value, true);
      expect(longValue(bytes)).toBe(BigInt(value));
    }),
  );
});
