import { describe, expect, test } from 'vitest';
import { InputError, LimitError } from '../../model/errors.js';
import { SEVEN_ZIP_ENTRIES } from '../../model/limits.js';
import { checkEntries, HeaderCursor } from './cursor.js';
import { sevenZip } from './module.js';

const cursor = (...bytes: number[]): HeaderCursor => new HeaderCursor(Uint8Array.from(bytes), 100);

describe('a number', () => {
  test.each<[number[], number]>([
    [[0], 0],
    [[0x7f], 127],
    [[0x80, 0x80], 0x80],
    [[0xbf, 0xff], 0x3fff],
    [[0xc1, 2, 3], 0x10302],
    [[0xe1, 1, 2, 3], 0x1030201],
    [[0xf1, 1, 2, 3, 4], 0x104030201],
    [[0xf9, 1, 2, 3, 4, 5], 0x10504030201],
    [[0xfd, 1, 2, 3, 4, 5, 6], 0x1060504030201],
    [[0xfe, 1, 2, 3, 4, 5, 6, 0], 0x60504030201],
    [[0xff, 1, 2, 3, 4, 5, 6, 0, 0], 0x60504030201],
  ])('%j is %i', (bytes, value) => {
    const one = cursor(...bytes, 0x55);
    expect(one.number()).toBe(value);
    expect(one.left).toBe(1);
  });

  test('that is cut is corrupt', () => {
    expect(() => cursor(0x80).number()).toThrow(InputError);
    expect(() => cursor(0xff, 1, 2, 3, 4, 5, 6, 7).number()).toThrow('it ends too early');
  });
});

test('bytes are taken in order, never behind the end', () => {
  const one = cursor(1, 2, 3, 4, 5, 6, 7);
  expect([one.left, one.offset, one.byte(), one.left, one.offset]).toEqual([7, 100, 1, 6, 101]);
  expect([...one.take(2)]).toEqual([2, 3]);
  expect(one.word()).toBe(0x07060504);
  expect(one.left).toBe(0);
  expect([...one.take(0)]).toEqual([]);
  expect(() => one.take(1)).toThrow('corrupt 7z header: 1 bytes are declared, 0 are left');
  expect(() => one.byte()).toThrow(expect.objectContaining({ offset: 107 }) as Error);
});

test('a packed header says so, and has offsets of its own', () => {
  const one = new HeaderCursor(Uint8Array.of(1, 2), null);
  one.byte();
  expect(one.fail('why')).toMatchObject({ message: 'corrupt 7z header (packed): why', offset: 1 });
  expect(one.sub(1).fail('why')).toMatchObject({ message: 'corrupt 7z header (packed): why', offset: 0 });
});

test('a part has the offsets of the whole', () => {
  const one = cursor(1, 2, 3, 4);
  one.byte();
  const part = one.sub(2);
  expect([part.offset, part.byte(), part.byte(), part.left]).toEqual([101, 2, 3, 0]);
  expect(one.byte()).toBe(4);
});

test('a count is no more than the bytes behind it', () => {
  expect(cursor(2, 0, 0).count('files')).toBe(2);
  expect(() => cursor(3, 0, 0).count('files')).toThrow('3 files are declared in 2 bytes');
  expect(() => checkEntries(SEVEN_ZIP_ENTRIES, 'files')).not.toThrow();
  expect(() => checkEntries(SEVEN_ZIP_ENTRIES + 1, 'files')).toThrow(LimitError);
});

test('bits come highest first, in whole bytes', () => {
  const nine = cursor(0b1010_0001, 0b1000_0000, 7);
  expect(nine.bits(9)).toEqual([true, false, true, false, false, false, false, true, true]);
  expect(nine.byte()).toBe(7);
  expect(cursor(0b0100_0000, 7).bits(2)).toEqual([false, true]);
  expect(cursor(7).bits(0)).toEqual([]);
  expect(() => cursor(0).bits(9)).toThrow(InputError);
});

test('all are defined, or those of the bits', () => {
  expect(cursor(1).defined(3)).toEqual([true, true, true]);
  expect(cursor(0, 0b0100_0000).defined(3)).toEqual([false, true, false]);
  expect(cursor(0, 0b0100_0000, 1, 2, 3, 4).digests(2)).toEqual([null, 0x04030201]);
  expect(cursor(1, 1, 0, 0, 0, 2, 0, 0, 0).digests(2)).toEqual([1, 2]);
});

test('the header lies behind the packed streams', () => {
  const head = new Uint8Array(32);
  head.set([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]);
  head[12] = 40;
  head[20] = 9;
  expect(sevenZip.recognise(head)).toBe(true);
  expect(sevenZip.recognise(head.with(5, 0))).toBe(false);
  expect(sevenZip.ranges?.(head, 99)).toEqual([{ start: 72, end: 81 }]);
});
