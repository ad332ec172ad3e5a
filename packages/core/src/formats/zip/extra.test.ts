import { describe, expect, test } from 'vitest';
import { bytesOf, concat, crcOf, fields } from '../../../test/zip-builder.js';
import { readExtra } from './extra.js';

const UNSET = 0xffff_ffff;
const NAME = bytesOf('a');
const field = (id: number, ...parts: Uint8Array[]): Uint8Array => {
  const body = concat(...parts);
  return concat(fields([id, 2], [body.length, 2]), body);
};
const wide = (...values: number[]): Uint8Array => concat(...values.map((value) => fields([value, 8])));
const read = (extra: Uint8Array, compressed = 1, uncompressed = 2, localOffset = 3) =>
  readExtra(extra, { compressed, uncompressed, localOffset }, NAME);

describe('the zip64 field', () => {
  test('holds those values that the header leaves out, in its order', () => {
    const all = { zip64Problem: null, unicodeName: null };
    expect(read(new Uint8Array(0))).toEqual({ compressed: 1, uncompressed: 2, localOffset: 3, ...all });
    expect(read(field(1, wide(20, 10, 30)), UNSET, UNSET, UNSET)).toEqual({
      uncompressed: 20,
      compressed: 10,
      localOffset: 30,
      ...all,
    });
    expect(read(field(1, wide(10)), UNSET)).toEqual({ compressed: 10, uncompressed: 2, localOffset: 3, ...all });
    expect(read(field(1, wide(30)), 1, 2, UNSET)).toMatchObject({ localOffset: 30, zip64Problem: null });
    expect(read(field(1, wide(10, 30)), UNSET, 2, UNSET)).toMatchObject({ compressed: 10, localOffset: 30 });
  });

  test('is too short', () => {
    expect(read(field(1, wide(20)), UNSET, UNSET)).toMatchObject({
      uncompressed: 20,
      compressed: UNSET,
      zip64Problem: 'the zip64 field holds no compressed size',
    });
    expect(read(field(1, new Uint8Array(7)), 1, UNSET).zip64Problem).toBe('the zip64 field holds no uncompressed size');
    expect(read(field(1), 1, 2, UNSET).zip64Problem).toBe('the zip64 field holds no offset of the local header');
  });

  test('stands twice', () => {
    const twice = concat(field(1, wide(10)), field(1, wide(99)));
    expect(read(twice, UNSET)).toMatchObject({ compressed: 10, zip64Problem: 'it has several zip64 fields' });
  });

  test('says what the header says otherwise', () => {
    expect(read(field(1, wide(2, 1))).zip64Problem).toBeNull();
    expect(read(field(1, wide(2, 9))).zip64Problem).not.toBeNull();
    expect(read(field(1, wide(9, 1))).zip64Problem).not.toBeNull();
    // Zeros are unset, both of them.
    expect(read(field(1, wide(0, 0))).zip64Problem).toBeNull();
    expect(read(field(1, wide(0, 9))).zip64Problem).toBe('the zip64 field says 9 and 0 bytes, the header 1 and 2');
    expect(read(field(1, wide(9, 0))).zip64Problem).toBe('the zip64 field says 0 and 9 bytes, the header 1 and 2');
    expect(read(field(1, wide(1, 0))).zip64Problem).not.toBeNull();
    expect(read(field(1, wide(0, 1))).zip64Problem).not.toBeNull();
    // Fifteen bytes are no two sizes.
    expect(read(field(1, wide(9, 9).subarray(0, 15))).zip64Problem).toBeNull();
    expect(read(field(1, wide(9)), UNSET).zip64Problem).toBeNull();
  });
});

describe('the Unicode Path', () => {
  const path = (name: string, { version = 1, crc = crcOf(NAME) } = {}): Uint8Array =>
    field(0x7075, fields([version, 1], [crc, 4]), bytesOf(name));

  test('is taken where it is of the name', () => {
    expect(read(path('é')).unicodeName).toBe('é');
    expect(read(path('\ufeffb')).unicodeName).toBe('\ufeffb');
    expect(read(concat(field(9, bytesOf('xyz')), path('b'))).unicodeName).toBe('b');
    expect(read(path('b', { version: 2 })).unicodeName).toBeNull();
    expect(read(path('b', { crc: 5 })).unicodeName).toBeNull();
    expect(read(path('')).unicodeName).toBeNull();
    expect(read(path('b').fill(0x76, 0, 1)).unicodeName).toBeNull();
  });
});

test('what is no whole field ends the fields', () => {
  expect(read(fields([1, 2], [9, 2], [5, 8]), UNSET)).toMatchObject({ compressed: UNSET, zip64Problem: null });
  expect(read(fields([1, 2], [8, 1]), UNSET).zip64Problem).toBeNull();
  expect(read(concat(fields([1, 2], [0, 2])), UNSET).zip64Problem).toBe('the zip64 field holds no compressed size');
});
