import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  floatOfLine,
  floatReaders,
  intReaders,
  isAscii,
  isZero,
  latin1Text,
  longReaders,
  memoIndex,
  quotedString,
  rawUnicodeEscape,
  utf8,
  utf8Surrogates,
  type NumberReaders,
} from './text.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('UTF-8', () => {
  test.each<[string, readonly number[], string | null, string | null]>([
    ['ASCII', [0x6f, 0x73], 'os', 'os'],
    ['two bytes', [0xc3, 0xa9], 'é', 'é'],
    ['four bytes', [0xf0, 0x9f, 0x98, 0x80], '\u{1f600}', '\u{1f600}'],
    ['a byte order mark, which stays', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa', '\ufeffa'],
    ['a lone surrogate', [0x61, 0xed, 0xa0, 0x80, 0x62], null, 'a\ud800b'],
    ['two surrogates in a row', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], null, '\ud83d\ude00'],
    ['half a surrogate', [0xed, 0xa0], null, null],
    ['a surrogate and a wrong byte', [0xed, 0xa0, 0x80, 0xff], null, null],
    ['a wrong byte and a surrogate', [0xff, 0xed, 0xa0, 0x80], null, null],
    ['an overlong NUL', [0xc0, 0x80], null, null],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], null, null],
    ['cut off', [0xe2, 0x82], null, null],
    ['nothing', [], '', ''],
  ])('%s', (_name, bytes, strict, withSurrogates) => {
    expect([utf8(Uint8Array.from(bytes)), utf8Surrogates(Uint8Array.from(bytes))]).toEqual([strict, withSurrogates]);
  });

  test('takes back what it was made of, surrogates and all', () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff }));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
        const bytes = units.flatMap((u) =>
          u < 0x80
            ? [u]
            : u < 0x800
              ? [0xc0 | (u >> 6), 0x80 | (u & 63)]
              : [0xe0 | (u >> 12), 0x80 | ((u >> 6) & 63), 0x80 | (u & 63)],
        );
        expect(utf8Surrogates(Uint8Array.from(bytes))).toBe(String.fromCharCode(...units));
      }),
    );
  });
});

test('latin-1 and ASCII', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect(latin1Text(all)).toBe(String.fromCharCode(...all));
  expect([isAscii(all), isAscii(all.subarray(0, 128)), isAscii(new Uint8Array(0))]).toEqual([false, true, true]);
});

describe('raw-unicode-escape', () => {
  test.each<[string, string | null]>([
    ['os', 'os'],
    ['\xe9', 'é'],
    ['\\u0041', 'A'],
    ['\\u00e9\\u20ac', 'é€'],
    ['\\U0001f600', '\u{1f600}'],
    ['\\U00000041', 'A'],
    ['\\ud800', '\ud800'],
    ['\\\\u0041', '\\\\u0041'],
    ['\\\\\\u0041', '\\\\A'],
    ['\\x41', '\\x41'],
    ['\\n', '\\n'],
    ['a\\', 'a\\'],
    ['\\u', null],
    ['\\u12', null],
    ['\\u12g4', null],
    ['\\U0011ffff', null],
    ['\\U0001f60', null],
  ])('%j is %j', (line, expected) => {
    expect(rawUnicodeEscape(latin1(line))).toBe(expected);
  });
});

describe('the argument of STRING', () => {
  test.each<[string, string | null]>([
    ["'os'", 'os'],
    ['"os"', 'os'],
    ["''", ''],
    ["'it's'", "it's"],
    ["'\\x41\\n\\t\\\\\\''", "A\n\t\\'"],
    ["'\\a\\b\\f\\r\\v\\\"'", '\x07\b\f\r\v"'],
    ["'\\101\\7\\1234'", 'A\x07S4'],
    ["'\\777'", '\xff'],
    ["'\\8\\q'", '\\8\\q'],
    ["'\xe9'", '\xe9'],
    ['os', null],
    ["'os", null],
    ['\'os"', null],
    ["'", null],
    ['', null],
    ["'\\'", null],
    ["'\\x4'", null],
    ["'\\xg0'", null],
  ])('%j is %j', (line, expected) => {
    const body = quotedString(latin1(line));
    expect(body === null ? null : latin1Text(body)).toBe(expected);
  });
});

/** In the order C, C from 3.14, Python, Python from 3.14. */
function shown({ cOld, cNew, pythonOld, pythonNew }: NumberReaders): string {
  return [cOld, cNew, pythonOld, pythonNew].map((takes) => (takes ? 'y' : 'n')).join('');
}

describe('numbers, as C, C from 3.14, Python and Python from 3.14 take them', () => {
  test.each([
    ['0', 'yyyy'],
    ['12', 'yyyy'],
    ['-5', 'yyyy'],
    ['+5', 'yyyy'],
    [' 7', 'yyyy'],
    ['7\t', 'yyyy'],
    ['12345678901234567890123', 'yyyy'],
    ['1_0', 'yyyy'],
    ['0x1f', 'ynyn'],
    ['0o17', 'ynyn'],
    ['0b11', 'ynyn'],
    ['010', 'yyny'],
    ['08', 'nyny'],
    ['5\0x', 'yynn'],
    ['1L', 'nnnn'],
    ['1__0', 'nnnn'],
    ['_1', 'nnnn'],
    ['1.0', 'nnnn'],
    ['--1', 'nnnn'],
    ['', 'nnnn'],
    ['x', 'nnnn'],
  ])('INT %j: %s', (line, readers) => {
    expect(shown(intReaders(line))).toBe(readers);
  });

  test.each([
    ['5L', 'yyyy'],
    ['5', 'yyyy'],
    ['-5L', 'yyyy'],
    ['0x5L', 'ynyn'],
    ['05L', 'nyny'],
    ['5LL', 'nnnn'],
    ['L', 'nnnn'],
    ['', 'nnnn'],
  ])('LONG %j: %s', (line, readers) => {
    expect(shown(longReaders(line))).toBe(readers);
  });

  test.each([
    ['1.5', 'yyyy'],
    ['-1', 'yyyy'],
    ['5.', 'yyyy'],
    ['.5', 'yyyy'],
    ['1e5', 'yyyy'],
    ['1E-5', 'yyyy'],
    ['inf', 'yyyy'],
    ['-Infinity', 'yyyy'],
    ['nan', 'yyyy'],
    [' 1.5', 'nnyy'],
    ['1.5 ', 'nnyy'],
    ['1_0.2_5e1_0', 'nnyy'],
    ['1e999', 'nnyy'],
    ['1.5\0x', 'yynn'],
    ['.', 'nnnn'],
    ['1..5', 'nnnn'],
    ['1e', 'nnnn'],
    ['0x1', 'nnnn'],
    ['', 'nnnn'],
  ])('FLOAT %j: %s', (line, readers) => {
    expect(shown(floatReaders(line))).toBe(readers);
  });

  test.each(['0', '-0', '+00', '0x0', '0L', ' 0 ', '0_0', '\0'])('%j is zero', (line) => {
    expect(isZero(line)).toBe(true);
  });
  test.each(['1', '', '0x1', '10', 'L'])('%j is not zero', (line) => {
    expect(isZero(line)).toBe(false);
  });
});

test.each<[string, number | null, number | null]>([
  ['5', 5, 5],
  ['0', 0, 0],
  [' 5\t', 5, 5],
  ['+3', 3, 3],
  ['1_0', 10, 10],
  ['007', 7, 7],
  ['-1', null, null],
  ['0x1', null, null],
  ['1L', null, null],
  ['', null, null],
  ['5\0', 5, null],
  ['99999999999999999999', null, 1e20],
])('the memo index %j: C %s, Python %s', (line, c, python) => {
  expect(memoIndex(line)).toEqual({ c, python });
});

describe('a line of 200,000 characters takes one look (CWE-1333)', () => {
  const most = 1000; // milliseconds; a pattern that tries again takes minutes
  test.each<[string, string]>([
    ['digits', '1'.repeat(200_000)],
    ['digits and underscores', '1_'.repeat(100_000)],
    ['blanks', ' '.repeat(200_000)],
    ['zeros', '0'.repeat(200_000)],
    ['a number, then blanks', `1${' '.repeat(200_000)}`],
    ['hexadecimal', `0x${'_f'.repeat(100_000)}`],
    ['an exponent', `1e${'1'.repeat(200_000)}`],
  ])('%s, then a letter', (_name, start) => {
    const began = performance.now();
    for (const read of [intReaders, longReaders, floatReaders, memoIndex, isZero]) read(`${start}x`);
    expect(performance.now() - began).toBeLessThan(most);
  });
});

describe('the value of FLOAT', () => {
  test.each<[string, number]>([
    ['1.5', 1.5],
    ['-0', -0],
    ['1_000', 1000],
    ['1_0.2_5e1_0', 10.25e10],
    [' \t7.\r', 7],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['+INF', Infinity],
    ['1e999', Infinity],
    ['nan', NaN],
    ['-nan', NaN],
    ['2.5\0 anything', 2.5],
    ['1__0', NaN],
    ['_1', NaN],
    ['0x10', NaN],
    ['', NaN],
    ['\u00a01', NaN],
  ])('%j', (line, value) => {
    expect(floatOfLine(line)).toBe(value);
  });
});
