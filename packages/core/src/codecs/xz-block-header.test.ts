import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, UnsupportedError } from '../model/errors.js';
import { readVarint, XzBlockHeader } from './xz-block-header.js';

/** A header that begins at offset 100, without its CRC; its first byte is its size, which others look at. */
const header = (flags: number, ...rest: readonly number[]): XzBlockHeader =>
  new XzBlockHeader(Uint8Array.of(2, flags, ...rest), 100);
const LZMA2 = [0x21, 1, 0] as const;

function said(flags: number, ...rest: readonly number[]): string {
  try {
    header(flags, ...rest);
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
    return `${error.name} @${error.offset}: ${error.message}`;
  }
  return '';
}

describe('a block header of xz', () => {
  test('has sizes where its flags say so', () => {
    expect(header(0, ...LZMA2)).toMatchObject({ packedSize: null, size: null, dictionary: 4096, filters: [] });
    expect(header(0x40, 7, ...LZMA2)).toMatchObject({ packedSize: 7, size: null });
    expect(header(0x80, 0x81, 1, ...LZMA2)).toMatchObject({ packedSize: null, size: 129 });
    expect(header(0xc0, 7, 8, ...LZMA2)).toMatchObject({ packedSize: 7, size: 8 });
  });

  test('has filters, the last of which is LZMA2', () => {
    expect(header(1, 3, 1, 0, ...LZMA2).filters).toHaveLength(1);
    expect(header(1, 4, 0, ...LZMA2).filters).toHaveLength(1);
    expect(header(1, 4, 4, 0, 0, 0, 0, ...LZMA2).filters).toHaveLength(1);
    expect(header(3, 3, 1, 0, 4, 0, 9, 0, ...LZMA2).filters).toHaveLength(3);
    for (const branch of [4, 5, 6, 7, 8, 9, 10]) expect(header(1, branch, 0, ...LZMA2).filters).toHaveLength(1);
  });

  test.each<[string, number, readonly number[], string]>([
    ['flags that are not defined', 0x04, LZMA2, 'UnsupportedError @101: xz block flags that are not defined'],
    ['others of them', 0x20, LZMA2, 'UnsupportedError @101: xz block flags that are not defined'],
    ['LZMA2 first', 1, [...LZMA2, 3, 1, 0], 'InputError @102: corrupt xz block header: LZMA2 is not the last filter'],
    ['delta last', 0, [3, 1, 0], 'InputError @102: corrupt xz block header: filter 0x3 cannot be the last one'],
    ['a branch last', 0, [4, 0], 'InputError @102: corrupt xz block header: filter 0x4 cannot be the last one'],
    ['another one last', 0, [0x30, 0], 'UnsupportedError @102: xz filter 0x30'],
    ['another one first', 1, [0x30, 0, ...LZMA2], 'UnsupportedError @102: xz filter 0x30'],
    ['LZMA2 without its byte', 0, [0x21, 0], 'InputError @102: corrupt xz block header: the properties of LZMA2'],
    ['LZMA2 with two', 0, [0x21, 2, 0, 0], 'InputError @102: corrupt xz block header: the properties of LZMA2'],
    [
      'a dictionary that is too large',
      0,
      [0x21, 1, 41],
      'InputError @102: corrupt xz block header: the properties of LZMA2',
    ],
    [
      'delta without its byte',
      1,
      [3, 0, ...LZMA2],
      'InputError @102: corrupt xz block header: the properties of the delta filter',
    ],
    [
      'a branch with one byte',
      1,
      [4, 1, 0, ...LZMA2],
      'InputError @102: corrupt xz block header: the properties of filter 0x4',
    ],
    [
      'properties behind its end',
      0,
      [0x21, 2, 0],
      'InputError @104: corrupt xz block header: filter properties pass its end',
    ],
    ['no filter', 0, [], 'InputError @102: corrupt xz block header: a badly written number'],
    [
      'a number with a byte too many',
      0x40,
      [0x80, 0, ...LZMA2],
      'InputError @103: corrupt xz block header: a badly written number',
    ],
  ])('with %s', (_what, flags, rest, expected) => expect(said(flags, ...rest)).toBe(expected));

  test('of any bytes is one, or a fault that is told', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 40 }), (bytes) => {
        expect(said(...([...bytes.subarray(1)] as [number, ...number[]]))).toMatch(
          /^(?:|(?:Input|Unsupported)Error @.*)$/,
        );
      }),
    );
  });
});

test.each<[readonly number[], number | null]>([
  [[], null],
  [[0], 0],
  [[0x7f], 127],
  [[0x80], null],
  [[0x80, 0], null],
  [[0x80, 1], 128],
  [[0xff, 0x7f], 16_383],
  [[0x80, 0x80, 1], 16_384],
  [[255, 255, 255, 255, 255, 255, 255, 255, 1], 2 ** 57 - 1 - 2 ** 56 + 2 ** 56],
  [[255, 255, 255, 255, 255, 255, 255, 255, 128, 1], null],
])('the number %j', (bytes, expected) => {
  let at = 0;
  expect(readVarint(() => bytes[at++])).toBe(expected);
});
