import { describe, expect, test } from 'vitest';
import { declaredText, isAsciiAlike, isPlainCharset, unicodeText } from './unicode.ts';

const utf16 = (text: string, isBig = false): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};
const utf32 = (text: string, isBig = false): Buffer => {
  const bytes = Buffer.alloc([...text].length * 4);
  for (const [i, character] of [...text].entries()) {
    const point = character.codePointAt(0) ?? 0;
    if (isBig) bytes.writeUInt32BE(point, i * 4);
    else bytes.writeUInt32LE(point, i * 4);
  }
  return bytes;
};
const shown = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;

describe('units are told as Python tells them for JSON', () => {
  test.each<[string, Buffer, string | null]>([
    ['UTF-16', utf16('[1]'), '[1]'],
    ['UTF-16, big', utf16('[1]', true), '[1]'],
    ['two letters of UTF-16', utf16('{}'), '{}'],
    ['two letters of UTF-16, big', utf16('{}', true), '{}'],
    ['UTF-32', utf32('[\u20ac\u{1f600}]'), '[\u20ac\u{1f600}]'],
    ['UTF-32, big', utf32('[\u20ac]', true), '[\u20ac]'],
    ['one letter of UTF-32', utf32('1'), '1'],
    ['a mark of UTF-16', utf16('\ufeff\u20ac1'), '\u20ac1'],
    ['a mark of UTF-16, big', utf16('\ufeff\u20ac1', true), '\u20ac1'],
    ['a mark of UTF-32', utf32('\ufeff\u20ac'), '\u20ac'],
    ['a mark of UTF-32, big', utf32('\ufeff\u20ac', true), '\u20ac'],
    ['half a mark', Buffer.from([0xff, 0x41, 0x42, 0x43]), null],
    ['the other half', Buffer.from([0x41, 0xfe, 0x42, 0x43]), null],
    ['UTF-8', Buffer.from('[1, 2]'), null],
    ['three bytes', Buffer.from([0x31, 0, 0x31]), null],
    ['no character', Buffer.from([0, 0, 0xfe, 0xff, 0, 0x11, 0, 0]), null],
  ])('%s', (_name, bytes, text) => expect(shown(unicodeText(bytes))).toBe(text));
});

test('names of encodings', () => {
  expect(['UTF-8', 'us-ascii', 'binary', 'latin-1', 'utf-16'].map(isPlainCharset)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(['Latin1', 'ISO-8859-15', 'cp1252', 'utf_16', 'utf-7'].map(isAsciiAlike)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe('what a declared encoding makes of bytes', () => {
  test.each<[string, Buffer, string | null]>([
    ['utf-8', Buffer.from('\u20ac'), null],
    ['latin-1', Buffer.from('a'), null],
    ['latin-1', Buffer.from([0xe9]), '\u00e9'],
    ['utf-16le', utf16('a\u20ac'), 'a\u20ac'],
    ['utf-16be', utf16('a\u20ac', true), 'a\u20ac'],
    ['utf-16', utf16('a\u20ac'), 'a\u20ac'],
    ['utf-16', utf16('\ufeffa\u20ac', true), 'a\u20ac'],
    ['utf-32', utf32('a\u20ac'), 'a\u20ac'],
    ['utf-32', utf32('\ufeffa\u20ac', true), 'a\u20ac'],
    ['utf-8-sig', Buffer.from('a'), 'a'],
    ['utf-7', Buffer.from('a+IKw-b +- c'), 'a\u20acb +- c'.replace('+-', '+')],
    ['shift-jis', Buffer.from('a'), 'unknown'],
  ])('%s', (charset, bytes, text) => {
    const made = declaredText(bytes, charset);
    expect(made === null || made === 'unknown' ? made : made.toString()).toBe(text);
  });
});

test.each<[string, number[], string | null]>([
  ['a mark of UTF-16 and no more', [0xff, 0xfe], ''],
  ['a mark of UTF-16, and one zero', [0xff, 0xfe, 0, 0x41], '\u4100'],
  ['a mark of UTF-32 and no more', [0xff, 0xfe, 0, 0], ''],
  ['a mark of UTF-16, big, and no more', [0xfe, 0xff], ''],
  ['a mark of UTF-32, big, cut', [0, 0, 0xfe], null],
  ['almost a mark of UTF-32, big', [0, 0, 0xfe, 0xfe], '\ufefe'],
  ['zeros of UTF-32, big', [0, 0, 0, 0x41], 'A'],
  ['zeros of UTF-16, big', [0, 0x41, 0, 0x42], 'AB'],
  ['zeros of UTF-32', [0x41, 0, 0, 0], 'A'],
  ['zeros of UTF-16', [0x41, 0, 0x42, 0], 'AB'],
  ['zeros of UTF-16, in the second letter none', [0x41, 0, 0, 0x42], 'A\u4200'],
  ['no zeros', [0x41, 0x42, 0, 0], null],
  ['a mark within UTF-32 stays', [0x41, 0, 0, 0, 0xff, 0xfe, 0, 0], 'A\ufeff'],
  ['the last character there is', [0x41, 0, 0, 0, 0xff, 0xff, 0x10, 0], 'A\u{10ffff}'],
  ['one more', [0x41, 0, 0, 0, 0, 0, 0x11, 0], null],
  ['bytes at the end that are no unit', [0x41, 0, 0x42, 0, 0x43], 'AB'],
  ['bytes at the end that are no unit of four', [0x41, 0, 0, 0, 0x42, 0, 0], 'A'],
  ['U+007F and U+0080', [0x7f, 0, 0, 0, 0x80, 0, 0, 0], '\x7f\x80'],
])('%s', (_name, bytes, text) => expect(shown(unicodeText(Buffer.from(bytes)))).toBe(text));

test.each<[string, number[], string | null]>([
  ['utf-16', [0xfe, 0xff, 0, 0x41], 'A'],
  ['utf-16', [0xff, 0xfe, 0x41, 0], 'A'],
  ['utf-16', [0, 0x41], '\u4100'],
  ['utf-32', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x41], 'A'],
  ['utf-32', [0x41, 0, 0, 0], 'A'],
  ['utf-32le', [0x41, 0, 0, 0], 'A'],
  ['utf-32be', [0, 0, 0, 0x41], 'A'],
  ['UTF_16-LE', [0x41, 0], 'A'],
  ['koi8-r', [0x41, 0xc1], 'A\xc1'],
  ['mac-roman', [0x41], null],
  ['windows-1252', [0x80], '\x80'],
  // UTF-7: digits up to what is none, of which a minus is no text.
  ['utf-7', [...Buffer.from('+AEE-x+AEEAQg')], 'AxAB'],
  ['unicode-1-1-utf-7', [...Buffer.from('+AEE.')], 'A.'],
  ['utf-7', [...Buffer.from('+')], '+'],
  ['utf-7', [...Buffer.from('a+!b')], 'a+!b'],
  ['utf-7', [...Buffer.from('+A-')], ''],
  ['utf-7', [...Buffer.from('no')], 'no'],
  ['utf-9', [0x41], 'unknown'],
  ['constructor', [0x41], 'unknown'],
])('bytes declared as %s: %j', (charset, bytes, text) => {
  const made = declaredText(Buffer.from(bytes), charset);
  expect(made === null || made === 'unknown' ? made : made.toString()).toBe(text);
});
