import { describe, expect, test } from 'vitest';
import { concat, decode, packed } from '../../test/codec-kit.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { lzip } from './lzip.js';
import { lzmaAlone } from './lzma-alone.js';
import { lzmaJoined } from './lzma-joined.js';
import { xz } from './xz.js';

/** 'hello', which Python's `lzma.decompress` with liblzma 5.4 reads. */
const HELLO = new Uint8Array(Buffer.from('TFpJUAEQADQZSe6OaCH///+54AAAhqYQNgUAAAAAAAAAKQAAAAAAAAA=', 'base64'));
const text = ({ bytes }: { readonly bytes: Uint8Array }): string => new TextDecoder().decode(bytes);

function changed(at: number, value: number): Uint8Array {
  const bytes = HELLO.slice();
  bytes[at] = value;
  return bytes;
}

describe('lzip', () => {
  test('reads members in a row', async () => {
    const decoded = await decode(lzip, concat(HELLO, HELLO, Uint8Array.of(1, 2)));
    expect(text(decoded)).toBe('hellohello');
    expect(decoded.end).toEqual({ end: 2 * HELLO.length, streams: 2, mismatches: [] });
  });

  test('reads version 0, which does not tell the size of the member', async () => {
    const old = changed(4, 0).subarray(0, HELLO.length - 8);
    expect((await decode(lzip, old)).end).toEqual({ end: old.length, streams: 1, mismatches: [] });
  });

  test.each([
    ['the CRC-32', HELLO.length - 20, 'CRC-32 of the lzip member'],
    ['the size of the data', HELLO.length - 16, 'size of the data of the lzip member'],
    ['the size of the member', HELLO.length - 8, 'size of the lzip member'],
  ])('tells a change of %s', async (_, at, what) => {
    expect((await decode(lzip, changed(at, 0xee))).end?.mismatches).toEqual([{ offset: at, what }]);
  });

  test.each([
    ['another version', changed(4, 2), UnsupportedError],
    ['a dictionary below 4 KiB', changed(5, 11), InputError],
    ['a dictionary of 2^12 less a part', changed(5, 12 | (1 << 5)), InputError],
    ['a cut end', HELLO.subarray(0, -1), InputError],
    ['no data', HELLO.subarray(0, 6), InputError],
  ])('refuses %s', async (_, bytes, error) => {
    expect((await decode(lzip, bytes)).error).toBeInstanceOf(error);
  });

  test('tells what LZMAFile joins and others do not', async () => {
    for (const other of [packed('xzHello'), packed('lzmaAloneHello')])
      expect((await decode(lzip, concat(HELLO, other))).end?.mismatches).toEqual([
        { offset: HELLO.length, what: 'xz or LZMA data behind a lzip member, which some readers join' },
      ]);
    expect((await decode(xz, concat(packed('xzHello'), HELLO))).end?.mismatches).toEqual([
      { offset: packed('xzHello').length, what: 'lzip or LZMA data behind a stream, which some readers join' },
    ]);
    expect((await decode(lzmaAlone, concat(packed('lzmaAloneHello'), HELLO))).end?.mismatches).toEqual([
      { offset: packed('lzmaAloneHello').length, what: 'xz or lzip data behind a stream, which some readers join' },
    ]);
  });

  test('is read on from LZMA data', async () => {
    const decoded = await decode(lzmaJoined, concat(new Uint8Array(36), packed('xzHello'), HELLO));
    expect(text(decoded)).toBe(`${text(await decode(xz, packed('xzHello')))}hello`);
    expect(decoded.end?.mismatches.map(({ offset }) => offset)).toEqual([36, 36 + packed('xzHello').length]);
  });
});
