import { describe, expect, test } from 'vitest';
import { bytesOf, concat, crcOf, fields, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { decodeEntryName, isAscii, sameBytes } from './entry-name.js';
import { readDescriptor, readLocalHeader } from './local-header.js';

describe('a local header', () => {
  const DATA = bytesOf('some data');
  const bytes = concat(
    bytesOf('..'),
    zipOf([{ name: 'a/b', data: DATA, method: 8, flags: 2, extra: fields([9, 2], [1, 2], [7, 1]) }]),
  );
  const read = (from = bytes, at = 2, nameOf: Parameters<typeof readLocalHeader>[2] = null) =>
    readLocalHeader(memorySource(from), at, nameOf);

  test('has its fields where they belong', () => {
    expect(read()).toMatchObject({
      at: 2,
      flags: 2,
      method: 8,
      crc: crcOf(DATA),
      uncompressed: 9,
      name: 'a/b',
      isNameOfDirectory: false,
      zip64Problem: null,
      dataStart: 2 + 30 + 3 + 5,
    });
  });

  test('is none without its signature, or cut', () => {
    expect(read(bytes, 3)).toBeNull();
    expect(read(bytes.subarray(0, 31), 2)).toBeNull();
    expect(read(bytes.subarray(0, 2 + 37), 2)).toBeNull();
    expect(read(bytes.subarray(0, 2 + 38), 2)).not.toBeNull();
  });

  test('is read later where its bytes come later', async () => {
    const later = {
      size: bytes.length,
      read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
    };
    const promise = readLocalHeader(later, 2);
    expect(promise).toBeInstanceOf(Promise);
    expect(await promise).toMatchObject({ name: 'a/b', dataStart: 40 });
  });

  test('has the name of the directory, byte by byte', () => {
    expect(read(bytes, 2, { name: 'a/b', oddName: null })).toMatchObject({ isNameOfDirectory: true });
    expect(read(bytes, 2, { name: 'a/c', oddName: null })).toMatchObject({ isNameOfDirectory: false, name: 'a/b' });
    const odd = Uint8Array.of(0x82);
    const local = zipOf([{ name: odd, data: 'x' }]);
    expect(read(local, 0, { name: 'é', oddName: odd })).toMatchObject({ isNameOfDirectory: true, name: 'é' });
    expect(read(local, 0, { name: 'é', oddName: Uint8Array.of(0x83) })).toMatchObject({ isNameOfDirectory: false });
    expect(read(local, 0, { name: 'e', oddName: odd })).toMatchObject({ isNameOfDirectory: false, name: 'é' });
    expect(read(local, 0)).toMatchObject({ isNameOfDirectory: false, name: 'é' });
    expect(read(zipOf([{ name: 'é', data: 'x', flags: 2048 }]), 0)).toMatchObject({ name: 'é' });
  });
});

describe('a data descriptor', () => {
  const [crc, compressed, uncompressed] = [0x11223344, 5, 9];
  const expected = { crc, compressed, uncompressed };
  const form = (signed: boolean, wide: 4 | 8, values = expected): Uint8Array =>
    concat(
      signed ? fields([0x08074b50, 4]) : new Uint8Array(0),
      fields([values.crc, 4], [values.compressed, wide], [values.uncompressed, wide]),
    );
  const read = (bytes: Uint8Array, room = bytes.length) => readDescriptor(bytes, 100, room, expected);

  test.each([
    [true, 4, 16],
    [true, 8, 24],
    [false, 4, 12],
    [false, 8, 20],
  ] as const)('signed %s, with sizes of %i bytes', (signed, wide, length) => {
    const bytes = concat(form(signed, wide), new Uint8Array(24 - length));
    expect(read(bytes)).toEqual({ at: 100, length, ...expected });
    expect(read(bytes, length)).toEqual({ at: 100, length, ...expected });
    // With less room it is not there, or is another.
    expect(read(bytes, length - 1)?.length).not.toBe(length);
    expect(read(bytes.subarray(0, length - 1))?.length).not.toBe(length);
  });

  test.each([
    ['crc', { ...expected, crc: 1 }],
    ['compressed size', { ...expected, compressed: 1 }],
    ['uncompressed size', { ...expected, uncompressed: 1 }],
  ])('of another %s is the one that fills the room', (_, values) => {
    for (const [signed, wide, length] of [
      [true, 4, 16],
      [true, 8, 24],
      [false, 4, 12],
      [false, 8, 20],
    ] as const) {
      const bytes = concat(form(signed, wide, values), new Uint8Array(24 - length));
      expect(read(bytes, length)).toEqual({ at: 100, length, ...values });
    }
  });

  test('that neither fits nor fills the room is told by its signature', () => {
    const other = { ...expected, crc: 1 };
    expect(read(concat(form(true, 4, other), new Uint8Array(9)), 25)).toEqual({ at: 100, length: 16, ...other });
    expect(read(concat(form(false, 4, other), new Uint8Array(9)), 21)).toBeNull();
    expect(read(new Uint8Array(0))).toBeNull();
  });
});

describe('names', () => {
  test('are ASCII, UTF-8 by their flag, or code page 437', () => {
    expect(decodeEntryName(bytesOf('a/b'), false)).toBe('a/b');
    expect(decodeEntryName(bytesOf('é'), true)).toBe('é');
    expect(decodeEntryName(Uint8Array.of(0x61, 0x80, 0x9f, 0xff, 0x7f), false)).toBe('aÇƒ\u00a0\x7f');
    expect(decodeEntryName(Uint8Array.of(0xff), true)).toBe('\ufffd');
    expect(decodeEntryName(bytesOf('\ufeffa'), true)).toBe('\ufeffa');
  });

  test('are compared byte by byte', () => {
    expect([isAscii(bytesOf('a\x7f')), isAscii(Uint8Array.of(0x61, 0x80)), isAscii(new Uint8Array(0))]).toEqual([
      true,
      false,
      true,
    ]);
    expect(sameBytes(bytesOf('ab'), bytesOf('ab'))).toBe(true);
    expect(sameBytes(bytesOf('ab'), bytesOf('ac'))).toBe(false);
    expect(sameBytes(bytesOf('ab'), bytesOf('a'))).toBe(false);
    expect(sameBytes(bytesOf('bb'), bytesOf('ab'))).toBe(false);
  });
});
