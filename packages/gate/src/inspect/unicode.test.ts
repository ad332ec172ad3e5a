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
