import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, packed } from '../../test/codec-kit.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { lz4Frame } from './lz4-frame.js';
import { XxHash32, xxHash32 } from './xxhash32.js';

describeCodec('LZ4 frame', {
  codec: lz4Frame,
  vectors: ['lz4Empty', 'lz4Hello', 'lz4Mixed', 'lz4Long', 'lz4Independent', 'lz4Stored', 'lz4Legacy'],
  small: 'lz4Hello',
  joins: true,
});

const SKIPPABLE = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);

/** A frame header for the flags (linked blocks of 64 KiB), with its checksum. */
function header(flags: number): Uint8Array {
  const descriptor = Uint8Array.of(flags, 0x40);
  return concat(Uint8Array.of(0x04, 0x22, 0x4d, 0x18), descriptor, Uint8Array.of(xxHash32(descriptor) >>> 8));
}

function block(data: Uint8Array, isStored = false): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, data.length + (isStored ? 0x8000_0000 : 0), true);
  return concat(size, data);
}

const END = new Uint8Array(4);

describe('LZ4 frame', () => {
  const hello = packed('lz4Hello');

  test('skips frames of user data', async () => {
    const decoded = await decode(lz4Frame, concat(SKIPPABLE, hello, SKIPPABLE));
    expect(decoded.end).toMatchObject({ end: hello.length + 22, streams: 3 });
    expect((await decode(lz4Frame, SKIPPABLE.subarray(0, 10))).error).toBeInstanceOf(InputError);
  });

  test.each<[string, number, number, string]>([
    ['version 0', 0x00, 0x40, 'LZ4 frame version 0'],
    ['version 2', 0x80, 0x40, 'LZ4 frame version 2'],
    ['version 3', 0xc0, 0x40, 'LZ4 frame version 3'],
    ['a reserved flag', 0x42, 0x40, 'LZ4 frame flags that are not defined'],
    ['a reserved bit in its second byte', 0x40, 0x41, 'LZ4 frame flags that are not defined'],
    ['the highest bit of its second byte', 0x40, 0xc0, 'LZ4 frame flags that are not defined'],
    ['a block size that is too small', 0x40, 0x30, 'corrupt LZ4 frame: block size 3, 4 to 7 are allowed'],
    ['a dictionary', 0x41, 0x40, 'an LZ4 frame that needs a dictionary'],
  ])('is refused with %s', async (_what, flags, second, expected) => {
    const bytes = concat(Uint8Array.of(0x04, 0x22, 0x4d, 0x18, flags, second), new Uint8Array(20));
    expect((await decode(lz4Frame, bytes)).error).toMatchObject({ message: expected });
  });

  test('has blocks as large as its header says', async () => {
    for (const [second, size] of [
      [0x40, 2 ** 16],
      [0x50, 2 ** 18],
    ] as const) {
      const descriptor = Uint8Array.of(0x40, second);
      const begin = concat(packed('lz4Hello').subarray(0, 4), descriptor, Uint8Array.of(xxHash32(descriptor) >>> 8));
      const decoded = async (length: number) =>
        decode(lz4Frame, concat(begin, block(new Uint8Array(length), true), END));
      expect((await decoded(size)).bytes.length).toBe(size);
      expect((await decoded(size + 1)).error).toMatchObject({
        message: `corrupt LZ4 frame: a block of ${size + 1} bytes, at most ${size} are allowed`,
      });
    }
  });

  test('reads a frame behind a legacy frame', async () => {
    const decoded = await decode(lz4Frame, concat(packed('lz4Legacy'), hello));
    expect(decoded.end).toMatchObject({ streams: 2 });
    expect(decoded.bytes.length).toBe(3028);
  });

  test('gives back stored blocks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 900 }), { maxLength: 6 }), async (blocks) => {
        const frame = concat(header(0x40), ...blocks.map((data) => block(data, true)), END);
        expect(Buffer.from((await decode(lz4Frame, frame)).bytes).equals(Buffer.concat(blocks))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('a match reaches into the block before only where blocks are linked', async () => {
    const blocks = [
      block(new TextEncoder().encode('abcdefgh'), true),
      block(Uint8Array.of(0x04, 8, 0, 0x10, 0x21)),
      END,
    ];
    expect(Buffer.from((await decode(lz4Frame, concat(header(0x40), ...blocks))).bytes).toString()).toBe(
      'abcdefghabcdefgh!',
    );
    expect((await decode(lz4Frame, concat(header(0x60), ...blocks))).error).toBeInstanceOf(InputError);
  });

  test.each([
    ['checksum of the LZ4 frame header', 6],
    ['checksum of an LZ4 block', hello.length - 12],
    ['checksum of the LZ4 frame', hello.length - 1],
  ])('reports a wrong %s and goes on', async (what, at) => {
    const wrong = hello.slice();
    wrong[at]! ^= 1;
    const decoded = await decode(lz4Frame, concat(wrong, hello));
    expect(decoded.end?.streams).toBe(2);
    expect(decoded.end?.mismatches.map((mismatch) => mismatch.what)).toContain(what);
  });

  test('reports a wrong content size', async () => {
    const wrong = packed('lz4Independent');
    wrong[6]! ^= 1;
    const mismatches = (await decode(lz4Frame, wrong)).end?.mismatches.map(({ what }) => what);
    expect(mismatches).toEqual(['checksum of the LZ4 frame header', 'content size of the LZ4 frame']);
  });

  test('names a dictionary', async () => {
    expect((await decode(lz4Frame, concat(header(0x41), new Uint8Array(8)))).error).toBeInstanceOf(UnsupportedError);
  });
});

describe('xxHash32', () => {
  test.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('of %j', (text, hash) => {
    expect(xxHash32(new TextEncoder().encode(text))).toBe(hash);
  });

  test('does not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200, size: 'max' }), fc.nat(200), (bytes, cut) => {
        const hash = new XxHash32();
        hash.update(bytes.subarray(0, cut));
        hash.update(bytes.subarray(cut));
        expect(hash.value).toBe(xxHash32(bytes));
      }),
    );
  });
});
