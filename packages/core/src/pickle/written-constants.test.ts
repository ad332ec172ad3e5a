import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floatLine, intLine, slotLine, unicodeLine } from './written-constants.js';

const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('the text of UNICODE, as UTF-8', () => {
  test.each<[string, string | null]>([
    ['ab', '6162'],
    ['\u00e9', 'c3a9'],
    ['\\u00e9', 'c3a9'],
    ['\\u20AC', 'e282ac'],
    ['\\ud800', 'eda080'],
    ['\\U0001f600', 'f09f9880'],
    ['\\U00040000', 'f1808080'],
    ['\\U000fffff', 'f3bfbfbf'],
    ['\\U0010ffff', 'f48fbfbf'],
    ['\\U00110000', null],
    ['\\u12', null],
    ['\\u00g0', null],
    ['\\\\u0041', '5c5c7530303431'],
    ['\\\\\\u0041', '5c5c41'],
    ['\\n\\', '5c6e5c'],
    ['\\u0041b', '4162'],
  ])('%j is %s', (line, expected) => expect(hex(unicodeLine(latin1(line)))).toBe(expected));

  test('is that of any character that is written as an escape', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x10ffff }), (code) => {
        fc.pre(code < 0xd800 || code > 0xdfff);
        const escape = `\\U${code.toString(16).padStart(8, '0')}`;
        expect(hex(unicodeLine(latin1(`a${escape}b`)))).toBe(hex(Buffer.from(`a${String.fromCodePoint(code)}b`)));
      }),
    );
  });
});

describe('numbers', () => {
  test.each<[string, string | null]>([
    ['0', '00'],
    ['-1', 'ff'],
    ['127', '7f'],
    ['128', '8000'],
    ['-128', '80'],
    ['-129', '7fff'],
    ['65536', '000001'],
    ['007', null],
    ['+1', null],
    ['1L', null],
  ])('INT %s is %s', (line, expected) => expect(hex(intLine(line))).toBe(expected));

  test.each<[string, string | null]>([
    ['1.5', '3ff8000000000000'],
    ['-1e3', 'c08f400000000000'],
    ['inf', '7ff0000000000000'],
    ['-inf', 'fff0000000000000'],
    ['nan', '7ff8000000000000'],
    ['1e999', null],
    ['1_0', null],
    ['', null],
  ])('FLOAT %s is %s', (line, expected) => expect(hex(floatLine(line))).toBe(expected));

  test.each<[string, number | null]>([
    ['0', 0],
    ['123456789012345', 123_456_789_012_345],
    ['1234567890123456', null],
    ['', null],
    [' 1', null],
  ])('the slot %j is %s', (line, expected) => expect(slotLine(latin1(line))).toBe(expected));
});
