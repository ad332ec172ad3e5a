import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { portablePlatform, type Platform } from '../platform.js';
import { gzip, rawDeflate, zlib } from './inflate.js';

describeCodec('raw deflate', {
  codec: rawDeflate,
  vectors: ['deflateEmpty', 'deflateHello', 'deflateMixed', 'deflateLong'],
  small: 'deflateHello',
  streams: 'deflateMixed',
  joins: false,
});
describeCodec('zlib', {
  codec: zlib,
  vectors: ['zlibEmpty', 'zlibHello', 'zlibMixed', 'zlibLong'],
  small: 'zlibHello',
  streams: 'zlibMixed',
  joins: false,
});
describeCodec('gzip', {
  codec: gzip,
  vectors: ['gzipEmpty', 'gzipHello', 'gzipMixed', 'gzipLong', 'gzipFields'],
  small: 'gzipFields',
  streams: 'gzipMixed',
  joins: true,
});

describe('round trips', () => {
  test.each([
    ['raw deflate', rawDeflate, deflateRawSync],
    ['zlib', zlib, deflateSync],
    ['gzip', gzip, gzipSync],
  ] as const)('%s gives back what zlib packed', async (_name, codec, pack) => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000, size: 'max' }),
        fc.integer({ min: 0, max: 9 }),
        async (bytes, level) => {
          const decoded = await decode(codec, new Uint8Array(pack(bytes, { level })));
          expect(Buffer.from(decoded.bytes).equals(bytes)).toBe(true);
          expect(decoded.end?.mismatches).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('gzip', () => {
  const hello = packed('gzipHello');

  test('skips zero bytes between and behind members', async () => {
    const input = concat(hello, new Uint8Array(1000), hello, new Uint8Array(3));
    expect((await decode(gzip, input)).end).toEqual({ end: input.length, streams: 2, mismatches: [] });
  });

  test('leaves what follows zero bytes and is no member', async () => {
    const input = concat(hello, new Uint8Array(5), Uint8Array.of(0x1f, 0x8c));
    expect((await decode(gzip, input)).end).toMatchObject({ end: hello.length + 5, streams: 1 });
  });

  test.each([
    ['CRC-32 of the gzip member', 8],
    ['size of the gzip member', 4],
  ])('reports a wrong %s and goes on', async (what, fromEnd) => {
    const wrong = hello.slice();
    wrong[wrong.length - fromEnd]! ^= 1;
    const decoded = await decode(gzip, concat(wrong, hello));
    expect(decoded.end).toMatchObject({ streams: 2, mismatches: [{ offset: hello.length - fromEnd, what }] });
  });

  test('reports a wrong CRC of the header', async () => {
    const wrong = packed('gzipFields');
    wrong[12]! ^= 1;
    expect((await decode(gzip, wrong)).end?.mismatches).toEqual([{ offset: 30, what: 'CRC-16 of the gzip header' }]);
  });

  test('refuses a method that is not deflate', async () => {
    const other = hello.slice();
    other[2] = 9;
    expect((await decode(gzip, other)).error).toEqual(new UnsupportedError('gzip compression method 9', 0));
  });

  test('keeps a bounded number of mismatches', async () => {
    const wrong = hello.slice();
    wrong[wrong.length - 8]! ^= 1;
    const decoded = await decode(gzip, concat(...Array.from({ length: 300 }, () => wrong)));
    expect(decoded.end?.streams).toBe(300);
    expect(decoded.end?.mismatches.length).toBe(101);
    expect(decoded.end?.mismatches.at(-1)?.what).toMatch(/further ones are not listed$/);
  });

  test('gives the consumer a turn in a row of empty members', async () => {
    const empty = packed('gzipEmpty');
    const input = concat(...Array.from({ length: 50 }, () => empty));
    let turns = 0;
    for await (const chunk of gzip(
      { size: input.length, read: (at, length) => input.subarray(at, at + length) },
      0,
      portablePlatform,
    )) {
      expect(chunk.length).toBe(0);
      turns += 1;
    }
    expect(turns).toBeGreaterThanOrEqual(50);
  });
});

describe('zlib', () => {
  test('reports a wrong Adler-32', async () => {
    const wrong = packed('zlibHello');
    wrong[wrong.length - 1]! ^= 1;
    const decoded = await decode(zlib, wrong);
    expect(decoded.end?.mismatches).toEqual([{ offset: wrong.length - 4, what: 'Adler-32 of the zlib data' }]);
  });

  test('names a preset dictionary', async () => {
    expect((await decode(zlib, packed('zlibDictionary'))).error).toEqual(
      new InputError('zlib data with a preset dictionary, which no loader has', 0),
    );
  });

  test('refuses a header with wrong check bits', async () => {
    expect((await decode(zlib, Uint8Array.of(0x78, 0x9d, 3, 0))).error).toBeInstanceOf(InputError);
  });
});

describe('the engine can be chosen', () => {
  test('an engine that answers later decodes the same', async () => {
    const later: Platform = {
      ...portablePlatform,
      inflate: (portable) => () => {
        const inflater = portable();
        return { push: async (input) => inflater.push(input.subarray(0, 100)) };
      },
    };
    const now = await decode(gzip, packed('gzipLong'));
    const async = await decode(gzip, packed('gzipLong'), 0, later);
    expect(async).toEqual(now);
    expect((await decode(rawDeflate, packed('deflateMixed'), 0, later)).end?.end).toBe(packed('deflateMixed').length);
  });
});
