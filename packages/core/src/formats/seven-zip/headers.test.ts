import { describe, expect, test } from 'vitest';
import { LimitError } from '../../model/errors.js';
import { MAX_CODERS, MAX_CODER_STREAMS } from '../../model/limits.js';
import { HeaderCursor } from './cursor.js';
import { readHeader, unpackedSize, type Folder, type Header, type Streams } from './headers.js';

const read = (...bytes: number[]): Header => readHeader(new HeaderCursor(Uint8Array.from(bytes), 100));
const utf16 = (...names: string[]): number[] =>
  names.flatMap((name) => [...`${name}\0`].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]));
/** The main streams of a plain header. */
function streams(...bytes: number[]): Streams {
  const header = read(1, 4, ...bytes, 0, 0);
  if (header.kind !== 'plain') throw new Error('a plain header');
  return header.streams;
}
const files = (...bytes: number[]) => {
  const header = read(1, 5, ...bytes, 0, 0);
  if (header.kind !== 'plain') throw new Error('a plain header');
  return header.files;
};
/** Folders of one coder that stores, in these sizes. */
const stored = (...sizes: number[]): number[] => [
  7,
  0x0b,
  sizes.length,
  0,
  ...sizes.flatMap(() => [1, 1, 0]),
  0x0c,
  ...sizes,
];
/** The coders of one folder, then the sizes of their outputs. */
const folder = (coders: readonly number[], ...sizes: number[]): Folder | undefined =>
  streams(7, 0x0b, 1, 0, ...coders, 0x0c, ...sizes, 0).folders[0];
/** One coder of the method, with one input and one output. */
const PLAIN = [1, 0x21];
const coder = (method: string, inputs = 1, outputs = 1, properties: readonly number[] = []) => ({
  method,
  inputs,
  outputs,
  properties: Uint8Array.from(properties),
});

describe('a header', () => {
  test('is plain or packed', () => {
    expect(read(1, 0)).toEqual({
      kind: 'plain',
      streams: { packPosition: 0, packSizes: [], folders: [], subStreams: [] },
      files: [],
    });
    expect(read(0x17, 6, 5, 0, 0, 0)).toEqual({
      kind: 'encoded',
      streams: { packPosition: 5, packSizes: [], folders: [], subStreams: [] },
    });
    expect(() => read(2, 0)).toThrow('corrupt 7z header: it starts with 2, 1 or 23 is expected');
    expect(() => read()).toThrow('it ends too early');
  });

  test('has properties and additional streams, which say nothing of files', () => {
    expect(read(1, 2, 0x55, 2, 4, 0, 0x56, 0, 0, 5, 1, 0x11, 5, 0, ...utf16('a'), 0, 0)).toMatchObject({
      kind: 'plain',
      files: [{ name: 'a' }],
    });
    expect(read(1, 3, 6, 9, 0, 0, 0, 0)).toMatchObject({ streams: { packPosition: 0 }, files: [] });
  });

  test.each<[string, number[], string]>([
    ['for streams or files', [1, 6], 'property 6 where streams or files are expected'],
    ['for streams', [1, 4, 5], 'property 5 where streams are expected'],
    ['of packed streams', [1, 4, 6, 0, 0, 0x0b], 'property 11 where packed streams are described'],
    ['of folders', [1, 4, 7, 0x0b, 0, 0, 9], 'property 9 where folders are described'],
    ['of files in folders', [1, 4, 8, 0x0c], 'property 12 where files in folders are described'],
    ['that leads to folders', [1, 4, 7, 0x0c], 'folders are expected'],
  ])('with another property %s', (_, bytes, message) => {
    expect(() => read(...bytes)).toThrow(`corrupt 7z header: ${message}`);
  });
});

describe('packed streams', () => {
  test('have a position, sizes, and digests that nobody needs', () => {
    expect(streams(6, 7, 2, 9, 3, 4, 0x0a, 0, 0x80, 1, 2, 3, 4, 0, 0)).toMatchObject({
      packPosition: 7,
      packSizes: [3, 4],
    });
    expect(streams(6, 7, 2, 0x0a, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0)).toMatchObject({ packPosition: 7, packSizes: [] });
  });
});

/** As many coders as a folder may have, and streams as a coder or folder may have; one more. */
const MOST = 64;
const MORE = MOST + 1;

test('the limits are those of these tests', () => expect([MAX_CODERS, MAX_CODER_STREAMS]).toEqual([MOST, MOST]));

describe('folders', () => {
  test('of one coder', () => {
    expect(folder([1, ...PLAIN], 9)).toEqual({ coders: [coder('21')], pairs: [], packed: [0], sizes: [9], crc: null });
    expect(folder([1, 0x23, 3, 1, 1, 2, 7, 8], 9)).toMatchObject({ coders: [coder('030101', 1, 1, [7, 8])] });
    expect(folder([1, 0x0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 9)).toMatchObject({
      coders: [coder('0102030405060708090a0b0c0d0e0f')],
    });
  });

  test('of two coders, of which one feeds the other', () => {
    const two = folder([2, ...PLAIN, 1, 4, 1, 0], 9, 8);
    // Input 1 is fed by output 0, so that the packed stream is for input 0.
    expect(two).toEqual({
      coders: [coder('21'), coder('04')],
      pairs: [{ input: 1, output: 0 }],
      packed: [0],
      sizes: [9, 8],
      crc: null,
    });
    expect(two === undefined ? null : unpackedSize(two)).toBe(8);
    const other = folder([2, ...PLAIN, 1, 4, 0, 1], 9, 8);
    expect(other).toMatchObject({ pairs: [{ input: 0, output: 1 }], packed: [1] });
    expect(other === undefined ? null : unpackedSize(other)).toBe(9);
  });

  test('of a coder with several streams', () => {
    expect(folder([1, 0x11, 5, 3, 1, 2, 0, 1], 9)).toEqual({
      coders: [coder('05', 3, 1)],
      pairs: [],
      packed: [2, 0, 1],
      sizes: [9],
      crc: null,
    });
    expect(folder([1, 0x11, 5, 1, 2, 0, 1], 9, 8)).toMatchObject({
      coders: [coder('05', 1, 2)],
      pairs: [{ input: 0, output: 1 }],
      packed: [],
      sizes: [9, 8],
    });
  });

  test('without a size make nothing', () => {
    expect(unpackedSize({ coders: [], pairs: [], packed: [], sizes: [], crc: null })).toBe(0);
    expect(unpackedSize({ coders: [], pairs: [{ input: 0, output: 0 }], packed: [], sizes: [4], crc: null })).toBe(0);
  });

  test('have digests where they are defined', () => {
    const { folders } = streams(...stored(3, 4), 0x0a, 0, 0x40, 1, 2, 3, 4, 0);
    expect(folders.map(({ crc, sizes }) => [crc, sizes])).toEqual([
      [null, [3]],
      [0x04030201, [4]],
    ]);
  });

  test.each<[string, number[], string]>([
    ['elsewhere', [1], 'its folders lie elsewhere, which no known program writes'],
    ['without coders', [0, 0], '0 coders in a folder'],
    ['with many coders', [0, MORE], `${MAX_CODERS + 1} coders in a folder`],
    ['with flags that are not defined', [0, 1, 0x40], 'a coder with flags that are not defined'],
    ['with other flags that are not defined', [0, 1, 0x80], 'a coder with flags that are not defined'],
    ['with many inputs', [0, 1, 0x10, MORE, 1], 'too many streams in a coder'],
    ['with many outputs', [0, 1, 0x10, MOST, MORE], 'too many streams in a coder'],
    ['with many inputs together', [0, 2, 0x10, MOST, 1, 0x10, 1, 1], 'too many streams in a folder'],
    ['with many outputs together', [0, 2, 0x10, MOST - 1, MOST, 0x10, 1, 1], 'too many streams in a folder'],
    ['with more outputs than inputs feed', [0, 1, 0x10, 1, 3], 'too many streams in a folder'],
  ])('%s', (_, bytes, message) => {
    const rest = Array.from({ length: 200 }, () => 0);
    expect(() => read(1, 4, 7, 0x0b, 1, ...bytes, ...rest)).toThrow(`corrupt 7z header: ${message}`);
  });

  test('with as many coders and streams as they may have', () => {
    const each = <T>(make: (i: number) => T, count = MOST): T[] => Array.from({ length: count }, (_, i) => make(i));
    const coders = each(() => [0x01, 0]).flat();
    const pairs = each((i) => [i + 1, i], MOST - 1).flat();
    expect(folder([MOST, ...coders, ...pairs], ...each(() => 1))?.coders).toHaveLength(MOST);
    expect(folder([1, 0x11, 0, MOST, 1, ...each((i) => i)], 1)?.packed).toEqual(each((i) => i));
    // All inputs but none are fed: as many outputs as inputs, and one more.
    expect(folder([1, 0x11, 0, 1, 2, 0, 0], 1, 1)?.packed).toEqual([]);
  });
});

describe('files in folders', () => {
  const of = (...bytes: number[]) => streams(...bytes, 0).subStreams;

  test('are one of each folder, with its digest', () => {
    expect(of(...stored(3, 4), 0x0a, 0, 0x80, 1, 0, 0, 0, 0)).toEqual([
      [{ offset: 0, size: 3, crc: 1 }],
      [{ offset: 0, size: 4, crc: null }],
    ]);
    // The same where the part is there and says nothing.
    expect(of(...stored(3, 4), 0x0a, 0, 0x80, 1, 0, 0, 0, 0, 8, 0)).toEqual([
      [{ offset: 0, size: 3, crc: 1 }],
      [{ offset: 0, size: 4, crc: null }],
    ]);
  });

  test('have sizes but for the last, and digests that their folder does not have', () => {
    const digests = [1, 2, 3, 4].flatMap((crc) => [crc, 0, 0, 0]);
    expect(
      of(...stored(10, 4, 5), 0x0a, 0, 0x20, 9, 0, 0, 0, 0, 8, 0x0d, 3, 1, 1, 9, 2, 3, 0x0a, 1, ...digests, 0),
    ).toEqual([
      [
        { offset: 0, size: 2, crc: 1 },
        { offset: 2, size: 3, crc: 2 },
        { offset: 5, size: 5, crc: 3 },
      ],
      [{ offset: 0, size: 4, crc: 4 }],
      [{ offset: 0, size: 5, crc: 9 }],
    ]);
    // Of two files the digest of their folder is that of neither.
    expect(of(...stored(5), 0x0a, 1, 9, 0, 0, 0, 0, 8, 0x0d, 2, 9, 2, 0x0a, 1, ...digests.slice(8), 0)).toEqual([
      [
        { offset: 0, size: 2, crc: 3 },
        { offset: 2, size: 3, crc: 4 },
      ],
    ]);
    expect(of(...stored(5), 0, 8, 0x0d, 2, 9, 5, 0)).toEqual([
      [
        { offset: 0, size: 5, crc: null },
        { offset: 5, size: 0, crc: null },
      ],
    ]);
  });

  test('may be none of a folder', () => {
    expect(of(...stored(5, 6), 0, 8, 0x0d, 0, 1, 9, 0)).toEqual([[], [{ offset: 0, size: 6, crc: null }]]);
  });

  test('are no larger than their folder, and have sizes', () => {
    expect(() => of(...stored(5), 0, 8, 0x0d, 2, 9, 6, 0)).toThrow('a file of 6 bytes in a folder with 5 left');
    expect(() => of(...stored(5), 0, 8, 0x0d, 3, 9, 3, 3, 0)).toThrow('a file of 3 bytes in a folder with 2 left');
    expect(() => of(...stored(5), 0, 8, 0x0d, 2, 0)).toThrow('files of a folder without their sizes');
  });
});

describe('files', () => {
  test('have names, streams and modes', () => {
    const attributes = [0, 0x80, 0xed, 0x41, 0x20, 0, 0, 0, 0, 0x80, 0xff, 0xa1];
    expect(
      files(3, 0x11, 1 + 3 * 4, 0, ...utf16('a', 'b', 'c'), 0x0e, 1, 0x40, 0x15, 2 + 12, 1, 0, ...attributes),
    ).toEqual([
      { name: 'a', hasStream: true, unixMode: 0o40755 },
      { name: 'b', hasStream: false, unixMode: null },
      { name: 'c', hasStream: true, unixMode: 0o120777 },
    ]);
    expect(files(2, 0x15, 3 + 4, 0, 0x40, 0, 0, 0x80, 0xed, 0x41)).toEqual([
      { name: null, hasStream: true, unixMode: null },
      { name: null, hasStream: true, unixMode: 0o40755 },
    ]);
    // Attributes that lie elsewhere are not known; other properties are passed over.
    expect(files(1, 0x15, 2, 1, 1, 0x14, 2, 9, 9, 0x19, 1, 0)).toEqual([
      { name: null, hasStream: true, unixMode: null },
    ]);
  });

  test('have as many names as they are', () => {
    expect(() => files(2, 0x11, 5, 0, ...utf16('a'))).toThrow('2 files, 1 names');
    expect(files(1, 0x11, 1 + 2 * 4, 0, ...utf16('a', 'b'))).toMatchObject([{ name: 'a' }]);
    expect(() => files(1, 0x11, 5, 1, ...utf16('a'))).toThrow('its names lie elsewhere, which no known program writes');
    expect(files(1, 0x11, 5, 0, 0x3c, 0x26, 0, 0)).toMatchObject([{ name: '☼' }]);
  });

  test('stop at a number', () => {
    const many = new Uint8Array(200_100).fill(1);
    many.set([1, 5, 0xc3, 0x41, 0x0d]);
    expect(() => readHeader(new HeaderCursor(many, 0))).toThrow(LimitError);
  });
});
