import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { XxHash64 } from './xxhash64.js';
import { zstd } from './zstd.js';

describeCodec('zstd', {
  codec: zstd,
  vectors: [
    'zstdEmpty',
    'zstdHello',
    'zstdMixed',
    'zstdLong',
    'zstdLevel1',
    'zstdLevel3',
    'zstdLevel19',
    'zstdStream',
    'zstdRandom',
    'zstdRun',
  ],
  small: 'zstdHello',
  joins: true,
});

const SKIPPABLE = Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
/** No checksum, no content size, a window of 1 KiB. */
const HEADER = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0);

function block(type: number, size: number, data: Uint8Array, last: boolean): Uint8Array {
  const word = (size << 3) | (type << 1) | (last ? 1 : 0);
  return concat(Uint8Array.of(word, word >>> 8, word >>> 16), data);
}

describe('zstd', () => {
  const hello = packed('zstdHello');

  test('skips frames of user data', async () => {
    const decoded = await decode(zstd, concat(SKIPPABLE, hello, SKIPPABLE, hello));
    expect(decoded.end).toMatchObject({ end: 2 * (hello.length + 11), streams: 4 });
    expect((await decode(zstd, SKIPPABLE.subarray(0, 10))).error).toBeInstanceOf(InputError);
  });

  test('gives back stored blocks and runs', async () => {
    const piece = fc.record({ data: fc.uint8Array({ minLength: 1, maxLength: 600 }), isRun: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        const blocks = pieces.map(({ data, isRun }) =>
          isRun ? block(1, data.length, data.subarray(0, 1), false) : block(0, data.length, data, false),
        );
        const expected = pieces.map(({ data, isRun }) => (isRun ? new Uint8Array(data.length).fill(data[0]!) : data));
        const decoded = await decode(zstd, concat(HEADER, ...blocks, block(0, 0, new Uint8Array(0), true)));
        expect(Buffer.from(decoded.bytes).equals(Buffer.concat(expected))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('reports a wrong checksum and a wrong content size', async () => {
    const checksum = hello.slice();
    checksum[hello.length - 1]! ^= 1;
    expect((await decode(zstd, concat(checksum, hello))).end).toMatchObject({
      streams: 2,
      mismatches: [{ offset: hello.length - 4, what: 'checksum of the zstd frame' }],
    });
    const size = hello.slice();
    expect(size[5]).toBe(28);
    size[5] = 29;
    expect((await decode(zstd, size)).end?.mismatches).toEqual([{ offset: 0, what: 'content size of the zstd frame' }]);
  });

  test('names a dictionary', async () => {
    expect((await decode(zstd, packed('zstdDictionary'))).error).toEqual(
      new UnsupportedError('a zstd frame that needs a dictionary', 0),
    );
  });

  test('a block that would put out gigabytes ends at once', async () => {
    // 98,047 sequences of the longest lengths, all from tables of one symbol, in 40 bytes: hours in a lax decoder.
    const literals = Uint8Array.of((1 << 0) | (3 << 2) | (0xf << 4), 0xff, 0x1f, 65);
    const sequences = Uint8Array.of(255, 0xff, 0xff, 0x54, 35, 0, 52, ...new Uint8Array(30).fill(0xff), 1);
    const body = concat(literals, sequences);
    const frame = concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x50), block(2, body.length, body, true));
    expect((await decode(zstd, frame)).error).toBeInstanceOf(InputError);
  });

  test('a match behind the frame is corrupt', async () => {
    // One sequence: no literal before a match of 3 bytes at distance 1 + 4 - 3.
    const body = Uint8Array.of(0, 1, 0x54, 0, 2, 0, 0b100);
    const frame = concat(HEADER, block(2, body.length, body, true));
    expect((await decode(zstd, frame)).error).toBeInstanceOf(InputError);
    const behind = concat(
      HEADER,
      block(0, 8, new TextEncoder().encode('abcdefgh'), false),
      block(2, body.length, body, true),
    );
    expect(Buffer.from((await decode(zstd, behind)).bytes).toString()).toBe('abcdefghhhh');
  });

  test('a huge declared window costs nothing by itself', async () => {
    const frame = concat(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xff), block(0, 3, Uint8Array.of(1, 2, 3), true));
    expect((await decode(zstd, frame)).bytes.length).toBe(3);
  });
});

describe('xxHash64', () => {
  test.each([
    ['', 'ef46db3751d8e999'],
    ['a', 'd24ec4f1a98c6e5b'],
    ['abc', '44bc2cf5ad770999'],
    ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
  ])('of %j', (text, hex) => {
    const hash = new XxHash64();
    hash.update(new TextEncoder().encode(text));
    expect(hash.hex()).toBe(hex);
  });

  test('does not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200, size: 'max' }), fc.nat(200), (bytes, cut) => {
        const [once, twice] = [new XxHash64(), new XxHash64()];
        once.update(bytes);
        twice.update(bytes.subarray(0, cut));
        twice.update(bytes.subarray(cut));
        expect(twice.hex()).toBe(once.hex());
      }),
    );
  });
});
