import { describe, expect, test } from 'vitest';
import { concat, decode, packed } from '../../test/codec-kit.js';
import type { InputError } from '../model/errors.js';
import { bzip2 } from './bzip2.js';
import { lzma1, lzma2 } from './lzma.js';
import { lzmaAlone } from './lzma-alone.js';
import { zstd } from './zstd.js';

const said = async (codec: typeof zstd, bytes: Uint8Array): Promise<string> => {
  const { error, bytes: given, end } = await decode(codec, bytes);
  if (error === null)
    return `${Buffer.from(given).toString('latin1')} ${end?.end} ${end?.mismatches.map(({ offset, what }) => `${what} @${offset}`).join('; ')}`.trim();
  return `${(error as Error).message} @${(error as InputError).offset}`;
};

describe('the header of a zstd frame', () => {
  const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
  /** One stored block, the last, of `ab`. */
  const BLOCK = [(2 << 3) | 1, 0, 0, 0x61, 0x62];
  const frame = (...header: number[]): Uint8Array => Uint8Array.from([...MAGIC, ...header, ...BLOCK]);

  test.each([
    ['a window', [0, 0], 'ab 11'],
    ['a size of one byte', [0x20, 2], 'ab 11'],
    ['a size of two bytes and its 256', [0x40, 0, 2, 0], 'ab 13 content size of the zstd frame @0'],
    ['a size of four bytes', [0x80, 0, 2, 0, 0, 0], 'ab 15'],
    ['a size of four bytes, single', [0xa0, 2, 0, 0, 0], 'ab 14'],
    ['a size of eight bytes', [0xc0, 0, 2, 0, 0, 0, 0, 0, 0, 0], 'ab 19'],
    ['another size', [0x20, 3], 'ab 11 content size of the zstd frame @0'],
    ['a dictionary of one byte, none', [0x01, 0, 0], 'ab 12'],
    ['a dictionary of two bytes, none', [0x02, 0, 0, 0], 'ab 13'],
    ['a dictionary of four bytes, none', [0x03, 0, 0, 0, 0, 0], 'ab 15'],
    ['a dictionary', [0x01, 0, 1], 'a zstd frame that needs a dictionary @0'],
    ['a dictionary in its last byte', [0x03, 0, 0, 0, 0, 1], 'a zstd frame that needs a dictionary @0'],
    ['a dictionary, single', [0x21, 1, 2], 'a zstd frame that needs a dictionary @0'],
    ['the reserved bit', [0x08, 0], 'a zstd frame with the reserved bit set @4'],
    ['the unused bit', [0x10, 0], 'ab 11'],
  ])('has %s', async (_, header, expected) => expect(await said(zstd, frame(...header))).toBe(expected));

  test('is followed by blocks of three types', async () => {
    const blocks = (...bytes: number[]): Uint8Array => Uint8Array.from([...MAGIC, 0, 0, ...bytes]);
    expect(await said(zstd, blocks((3 << 3) | 2, 0, 0, 0x7a, 1, 0, 0))).toBe('zzz 13');
    expect(await said(zstd, blocks((3 << 3) | 6, 0, 0))).toBe('corrupt zstd frame: a block of type 3 @6');
    // A window of 1 KiB: 1024 bytes are 0x2000 in the three bytes of the header.
    expect(await said(zstd, blocks(4 | 8, 0x20, 0))).toBe(
      'corrupt zstd frame: a block of 1025 bytes, at most 1024 are allowed @6',
    );
    expect(await said(zstd, blocks(4, 0x20, 0))).toMatch(/^truncated: the data ends inside a zstd block/);
    expect(await said(zstd, blocks(1, 0))).toMatch(/^truncated: the data ends inside the header of a zstd block/);
    expect(await said(zstd, Uint8Array.from([...MAGIC, 4, 0, 1, 0, 0, 1, 2, 3]))).toMatch(
      /^truncated: the data ends inside the checksum of a zstd frame/,
    );
    expect(await said(zstd, Uint8Array.from([...MAGIC, 4, 0, 1, 0, 0, 1, 2, 3, 4]))).toBe(
      '13 checksum of the zstd frame @9',
    );
    expect(await said(zstd, Uint8Array.from([...MAGIC, 4, 0, 1, 0, 0, 0x99, 0xe9, 0xd8, 0x51]))).toBe('13');
    expect(await said(zstd, Uint8Array.of(1, 2, 3))).toBe('no zstd frame: 28 b5 2f fd expected @0');
  });
});

describe('a bzip2 stream', () => {
  /** A stream of one block with these bits behind the magic and the CRC of the block. */
  function blockOf(bits: string): Uint8Array {
    const head = [...'BZh1'].map((char) => char.charCodeAt(0));
    const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8 + 4096, '0');
    const body = Array.from({ length: padded.length / 8 }, (_, i) =>
      Number.parseInt(padded.slice(i * 8, i * 8 + 8), 2),
    );
    return Uint8Array.from([...head, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0, 0, 0, 0, ...body]);
  }
  const field = (value: number, width: number): string => value.toString(2).padStart(width, '0');
  /** Not randomised, origin 0, the byte 0 used. */
  const START = `0${field(0, 24)}${field(0x8000, 16)}${field(0x8000, 16)}`;

  test.each([
    ['no byte', `0${field(0, 24)}${field(0, 16)}`, 'it uses no byte at all'],
    ['one Huffman table', `${START}${field(1, 3)}${field(1, 15)}`, '1 Huffman tables, 2 to 6 are allowed'],
    ['seven Huffman tables', `${START}${field(7, 3)}${field(1, 15)}`, '7 Huffman tables, 2 to 6 are allowed'],
    ['no selectors', `${START}${field(2, 3)}${field(0, 15)}`, 'it has no selectors'],
    [
      'a selector of no table',
      `${START}${field(2, 3)}${field(1, 15)}110`,
      'a selector names a table that does not exist',
    ],
    [
      'a code of no bits',
      `${START}${field(2, 3)}${field(1, 15)}0${field(0, 5)}`,
      'a code of 0 bits, 1 to 20 are allowed',
    ],
    [
      'a code of 21 bits',
      `${START}${field(2, 3)}${field(1, 15)}0${field(21, 5)}`,
      'a code of 21 bits, 1 to 20 are allowed',
    ],
    [
      'a code that grows to 21 bits',
      `${START}${field(2, 3)}${field(1, 15)}0${field(20, 5)}10`,
      'a code of 21 bits, 1 to 20 are allowed',
    ],
    [
      'a code that shrinks to none',
      `${START}${field(2, 3)}${field(1, 15)}0${field(1, 5)}11`,
      'a code of 0 bits, 1 to 20 are allowed',
    ],
  ])('with %s is corrupt', async (_, bits, expected) => {
    const { error } = await decode(bzip2, blockOf(bits));
    expect((error as Error).message).toMatch(expected);
  });
});

describe('LZMA', () => {
  const properties = { literalContext: 3, literalPosition: 0, positionBits: 2 } as unknown as Parameters<
    typeof lzma1
  >[0]['properties'];
  test.each([
    ['no byte of zero', [1, 0, 0, 0, 0], null, 'corrupt LZMA data: it does not start with a zero byte @0'],
    ['less than its start', [0, 0, 0, 0], null, 'truncated: the data ends inside LZMA data @4'],
    ['nothing in it', [0, 0, 0, 0, 0], 0, '5'],
  ] as const)('with %s', async (_, bytes, size, expected) => {
    expect(await said(lzma1({ properties, dictionary: 4096, size }), Uint8Array.from(bytes))).toBe(expected);
  });

  test.each([
    ['no end', [1, 0, 0, 65], 'truncated: the data ends inside LZMA2 data @4'],
    ['a chunk that is cut', [1, 0, 2, 65], 'truncated: the data ends inside an LZMA2 chunk @4'],
    [
      'a first chunk that copies',
      [2, 0, 0, 65, 0],
      'corrupt LZMA2 data: the first chunk does not start the dictionary @0',
    ],
    ['the control byte 3', [1, 0, 0, 65, 3], 'corrupt LZMA2 data: no chunk has the control byte 3 @4'],
    ['the control byte 127', [1, 0, 0, 65, 127], 'corrupt LZMA2 data: no chunk has the control byte 127 @4'],
    [
      'the control byte 128',
      [1, 0, 0, 65, 128, 0, 0, 0, 4, 0],
      'corrupt LZMA2 data: a chunk without properties behind a new dictionary @4',
    ],
    [
      'the control byte 191',
      [1, 0, 0, 65, 191, 0, 0, 0, 4, 0],
      'corrupt LZMA2 data: a chunk without properties behind a new dictionary @4',
    ],
    [
      'properties that are too many',
      [0xe0, 0, 0, 0, 4, 225, 0],
      'corrupt LZMA2 data: its properties are not allowed @5',
    ],
    ['lc 4 and lp 1', [0xe0, 0, 0, 0, 4, 13, 0], 'corrupt LZMA2 data: its properties are not allowed @5'],
    [
      'four bytes',
      [0xe0, 0, 0, 0, 3, 0x5d, 0, 0, 0, 0, 0, 0],
      'corrupt LZMA2 data: a chunk of less than five bytes @6',
    ],
    ['a plain chunk', [1, 0, 1, 65, 66, 2, 0, 0, 67, 0, 9], 'ABC 10'],
    ['two dictionaries', [1, 0, 0, 65, 1, 0, 0, 66, 0], 'AB 9'],
  ])('2 with %s', async (_, bytes, expected) => {
    expect(await said(lzma2(4096), Uint8Array.from(bytes))).toBe(expected);
  });

  test('alone is joined with what is so without doubt', async () => {
    const alone = packed('lzmaAloneHello');
    const whole = await decode(lzmaAlone, alone);
    const twice = await decode(
      lzmaAlone,
      concat(alone, Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0, 0, 0, 0, 0)),
    );
    expect(twice.end).toEqual({
      end: alone.length,
      streams: 1,
      mismatches: [{ offset: alone.length, what: 'xz or lzip data behind a stream, which some readers join' }],
    });
    expect(Buffer.from(twice.bytes).equals(Buffer.from(whole.bytes))).toBe(true);
    const first = await decode(lzmaAlone, Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 0, 0, 0, 0, 0, 0));
    expect((first.error as Error).message).toBe('no .lzma header');
  });
});

describe('LZMA alone without data', () => {
  /** Properties, dictionary 4096, this length, and the start of the range coder. */
  const empty = (length = 0, properties = 0x5d): Uint8Array =>
    Uint8Array.of(properties, 0, 0x10, 0, 0, length, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  test('is counted stream by stream, and ends where another begins', async () => {
    for (const count of [1, 2, 5]) {
      const bytes = concat(...Array.from({ length: count }, () => empty()));
      expect((await decode(lzmaAlone, bytes)).end).toEqual({ end: 18 * count, streams: count, mismatches: [] });
    }
    const tail = concat(empty(), Uint8Array.of(9, 9, 9));
    expect((await decode(lzmaAlone, tail)).end).toEqual({ end: 18, streams: 1, mismatches: [] });
    const other = concat(empty(), empty(0, 0xe1), new Uint8Array(4));
    expect((await decode(lzmaAlone, other)).end).toEqual({ end: 18, streams: 1, mismatches: [] });
    const behind = concat(empty(), packed('lzmaAloneHello'));
    const { end, bytes } = await decode(lzmaAlone, behind);
    expect(end?.streams).toBe(2);
    expect(bytes).toEqual((await decode(lzmaAlone, packed('lzmaAloneHello'))).bytes);
  });
});
