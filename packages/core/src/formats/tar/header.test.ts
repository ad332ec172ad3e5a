import { describe, expect, test } from 'vitest';
import { tarEntry } from '../../../test/tar-builder.js';
import { bytesOf } from '../../../test/zip-builder.js';
import {
  isMarkedTarHeader,
  isTarHeader,
  isZeroBlock,
  readTarHeader,
  tarNumber,
  tarText,
  withoutEndSlashes,
} from './header.js';

describe('a number', () => {
  test.each<[string, number | null]>([
    ['0000017\0', 15],
    ['17', 15],
    ['17\x008', 15],
    ['', 0],
    ['\0', 0],
    ['   \0', 0],
    ['\t\n\v\f\r\x1c\x1d\x1e\x1f 17 \x1f\x1c\r\t', 15],
    ['\x08 17', null],
    ['\x0e17', null],
    ['\x1b17', null],
    ['17!', null],
    ['+17', 15],
    ['-17', -15],
    ['0o17', 15],
    ['0O_17', 15],
    ['1_7', 15],
    ['1__7', null],
    ['_17', null],
    ['18', null],
    ['1 7', null],
    ['0x17', null],
    ['-', null],
  ])('%j is %s', (text, value) => {
    expect(tarNumber(bytesOf(text))).toBe(value);
  });

  test.each<[number[], number]>([
    [[0x80, 0, 1, 2], 258],
    [[0x81, 0], 256],
    [[0xff, 0xff, 0xfe], -2],
    [[0xfe, 1], 126 * 256 + 1],
    [[0xff], -1],
  ])('%j is the base-256 number %i', (bytes, value) => {
    expect(tarNumber(Uint8Array.from(bytes))).toBe(value);
  });
});

test('text ends at a NUL, and keeps a byte order mark', () => {
  expect(tarText(bytesOf('a/é\0b'))).toBe('a/é');
  expect(tarText(bytesOf('whole'))).toBe('whole');
  expect(tarText(bytesOf('\0'))).toBe('');
  expect(tarText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
});

test('slashes at the end of a name', () => {
  expect(['a/b//', 'a', '///', '', '/a/'].map(withoutEndSlashes)).toEqual(['a/b', 'a', '', '', '/a']);
});

test('a block of zeros', () => {
  expect(isZeroBlock(new Uint8Array(512))).toBe(true);
  expect(isZeroBlock(new Uint8Array(512).fill(1, 511))).toBe(false);
});

/** A header without a mark, all zeros but for what is set; its checksum field holds `sum`. */
function bare(sum: string, set: readonly (readonly [at: number, byte: number])[] = []): Uint8Array {
  const block = new Uint8Array(512);
  for (const [at, byte] of set) block[at] = byte;
  block.set(bytesOf(sum), 148);
  return block;
}
const octal = (value: number): string => `${value.toString(8)}\0`;

describe('a header', () => {
  test.each<[string, Uint8Array, boolean]>([
    ['of blanks in the field alone', bare(octal(256)), true],
    ['with a sum that is too small', bare(octal(255)), false],
    ['with a sum that is too large', bare(octal(257)), false],
    ['with a byte before the field', bare(octal(257), [[147, 1]]), true],
    ['with a byte behind the field', bare(octal(257), [[156, 1]]), true],
    [
      'with a byte at its start and at its end',
      bare(octal(259), [
        [0, 1],
        [511, 2],
      ]),
      true,
    ],
    ['with bytes beyond ASCII, unsigned', bare(octal(256 + 0xff), [[0, 0xff]]), true],
    ['with bytes beyond ASCII, signed', bare(octal(255), [[0, 0xff]]), true],
    ['with the least byte beyond ASCII, signed', bare(octal(128), [[0, 0x80]]), true],
    ['with the largest byte of ASCII, signed and unsigned', bare(octal(256 + 127), [[0, 0x7f]]), true],
    [
      'with a sum of 0, signed',
      bare('\0', [
        [0, 0x80],
        [1, 0x80],
      ]),
      true,
    ],
    [
      'with a sum below 0, signed',
      bare('-200\0', [
        [0, 0x80],
        [1, 0x80],
        [2, 0x80],
      ]),
      true,
    ],
    ['with a sum beyond any', bare('7777777\0'), false],
    ['with a sum that is no number', bare('9\0'), false],
    ['cut by one byte', bare(octal(256)).subarray(0, 511), false],
  ])('%s', (_, block, is) => expect(isTarHeader(block)).toBe(is));

  /** A signed sum that lies above the sum of blanks. */
  const signed = (field: number, byte: number): Uint8Array => {
    const set: (readonly [number, number])[] = [
      [0, 0xff],
      [1, 0x7f],
      [field, byte],
    ];
    const sum = set.reduce((all, [, one]) => all + (one > 127 ? one - 256 : one), 256);
    return bare(octal(sum), set);
  };
  test.each([100, 108, 116, 124, 136, 329, 337])('whose signed sum fits has a number at %i', (field) => {
    expect(isTarHeader(signed(field, 0x37))).toBe(true);
    expect(isTarHeader(signed(field, 0x39))).toBe(false);
    expect(isTarHeader(signed(field, 0x80))).toBe(true);
    expect(isTarHeader(signed(field, 0xff))).toBe(true);
    expect(isTarHeader(signed(field, 0x81))).toBe(false);
  });

  test('with a mark needs no numbers', () => {
    const block = signed(100, 0x39);
    block.set(bytesOf('ustar'), 257);
    const mark = [...bytesOf('ustar')].reduce((sum, byte) => sum + byte, 0);
    block.set(bytesOf(octal(256 - 1 + 0x7f + 0x39 + mark)), 148);
    expect(isTarHeader(block)).toBe(true);
    expect(isMarkedTarHeader(block)).toBe(true);
    block[257] = 0x76;
    block.set(bytesOf(octal(256 - 1 + 0x7f + 0x39 + mark + 1)), 148);
    expect(isTarHeader(block)).toBe(false);
    expect(isMarkedTarHeader(block)).toBe(false);
  });

  test('is marked by the sum of unsigned bytes', () => {
    expect(isMarkedTarHeader(bare(octal(256 + 0xff), [[0, 0xff]]))).toBe(true);
    expect(isMarkedTarHeader(bare(octal(255), [[0, 0xff]]))).toBe(false);
  });
});

describe('reading', () => {
  test('fields end where the next begins', () => {
    const block = tarEntry({
      name: 'n'.repeat(100),
      link: 'l'.repeat(100),
      prefix: 'p'.repeat(155),
      size: 8 ** 11 - 1,
    });
    expect(readTarHeader(block.subarray(0, 512))).toEqual({
      name: `${'p'.repeat(155)}/${'n'.repeat(100)}`,
      prefixedName: `${'p'.repeat(155)}/${'n'.repeat(100)}`,
      size: 8 ** 11 - 1,
      type: '0',
      linkName: 'l'.repeat(100),
    });
  });

  test.each([
    ['ustar', '0', 'p/n', 'p/n'],
    ['gnu', '0', 'n', 'p/n'],
    ['v7', '0', 'n', 'p/n'],
    ['ustar', 'L', 'n', 'n'],
    ['ustar', 'K', 'n', 'n'],
    ['ustar', 'S', 'n', 'n'],
    ['ustar', 'x', 'p/n', 'p/n'],
  ] as const)('the prefix in %s and type %s', (magic, type, name, prefixedName) => {
    expect(readTarHeader(tarEntry({ name: 'n', prefix: 'p', magic, type }))).toMatchObject({
      name,
      prefixedName,
      type,
    });
  });

  test('an old header is a file, or a folder by its name', () => {
    expect(readTarHeader(tarEntry({ name: 'd/', type: '\0' })).type).toBe('5');
    expect(readTarHeader(tarEntry({ name: 'd', type: '\0' })).type).toBe('0');
    expect(readTarHeader(tarEntry({ name: 'd/', type: '0' })).type).toBe('0');
  });
});
