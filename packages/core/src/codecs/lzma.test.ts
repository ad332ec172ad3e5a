import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, decode, describeCodec, digest, packed } from '../../test/codec-kit.js';
import { VECTORS } from '../../test/codec-vectors.js';
import { InputError, LimitError } from '../model/errors.js';
import { History } from './history.js';
import { lzmaAlone } from './lzma-alone.js';
import { LzmaDecoder, lzmaProperties } from './lzma-decoder.js';
import { lzma1, lzma2, lzma2Dictionary } from './lzma.js';
import { ByteReader } from './byte-reader.js';
import { memorySource } from '../bytes/source.js';

describeCodec('.lzma', {
  codec: lzmaAlone,
  vectors: ['lzmaAloneEmpty', 'lzmaAloneHello', 'lzmaAloneMixed', 'lzmaAloneLong', 'lzmaAloneKnown', 'lzmaAloneLclp'],
  small: 'lzmaAloneHello',
  streams: 'lzmaAloneMixed',
  joins: true,
});

describe('.lzma', () => {
  test('the known size ends it where no marker follows', async () => {
    const known = packed('lzmaAloneKnown');
    const end = await decode(lzmaAlone, known);
    expect(end.end?.end).toBe(known.length);
    // One byte less than there is: the decoder must notice that the data goes on.
    const short = known.slice();
    short[5]! -= 1;
    expect((await decode(lzmaAlone, short)).error).toBeInstanceOf(InputError);
    const long = known.slice();
    long[5]! += 1;
    expect((await decode(lzmaAlone, long)).error).toBeInstanceOf(InputError);
  });

  test('a size of 0 without a marker is an empty stream', async () => {
    const empty = new Uint8Array(18);
    expect((await decode(lzmaAlone, empty)).end).toEqual({ end: 18, streams: 1, mismatches: [] });
    // liblzma reads a row of zeros as a row of empty streams.
    expect((await decode(lzmaAlone, new Uint8Array(60))).end).toMatchObject({ end: 54, streams: 3 });
  });

  test('what does not decode behind a stream is left', async () => {
    const hello = packed('lzmaAloneHello');
    const header = packed('lzmaAloneHello').subarray(0, 13);
    const decoded = await decode(lzmaAlone, concat(hello, header, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)));
    expect(decoded.end).toMatchObject({ end: hello.length, streams: 1 });
  });

  test('a dictionary size that no encoder writes is read all the same, as Python does', async () => {
    const hello = packed('lzmaAloneHello');
    hello[1] = 3;
    expect((await decode(lzmaAlone, concat(hello, hello))).end).toMatchObject({ end: 2 * hello.length, streams: 2 });
  });

  test('a stream that readers join or not is reported', async () => {
    const hello = packed('lzmaAloneHello');
    const odd = hello.slice();
    odd[1] = 3;
    for (const rest of [odd, packed('xzHello')]) {
      const { end } = await decode(lzmaAlone, concat(hello, rest));
      expect(end?.mismatches.map(({ offset }) => offset)).toEqual([hello.length]);
    }
    expect((await decode(lzmaAlone, concat(hello, hello))).end?.mismatches).toEqual([]);
  });

  test('properties that do not exist are no header', async () => {
    const hello = packed('lzmaAloneHello');
    hello[0] = 225;
    expect((await decode(lzmaAlone, hello)).error).toEqual(new InputError('no .lzma header', 0));
  });
});

describe('LZMA2', () => {
  /** Chunks of plain bytes: the encoder that any test can have. */
  function stored(...chunks: Uint8Array[]): Uint8Array {
    const parts = chunks.map((chunk, i) =>
      concat(Uint8Array.of(i === 0 ? 1 : 2, (chunk.length - 1) >> 8, chunk.length - 1), chunk),
    );
    return concat(...parts, Uint8Array.of(0));
  }

  test('gives back plain chunks', async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 3000, size: 'max' });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { minLength: 1, maxLength: 5 }), async (chunks) => {
        const decoded = await decode(lzma2(4096), stored(...chunks));
        expect(Buffer.from(decoded.bytes).equals(Buffer.concat(chunks))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['a first chunk that goes on', Uint8Array.of(2, 0, 0, 65, 0)],
    ['a control byte that is not defined', Uint8Array.of(1, 0, 0, 65, 3)],
    ['a chunk without properties', Uint8Array.of(1, 0, 0, 65, 0x80, 0, 0, 0, 4, 0, 0, 0, 0, 0)],
    ['properties that are not allowed', Uint8Array.of(0xe0, 0, 0, 0, 4, 8, 0, 0, 0, 0, 0)],
    ['a chunk too small for its range coder', Uint8Array.of(0xe0, 0, 0, 0, 3, 0x5d, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['a chunk that needs more input than it has', Uint8Array.of(0xff, 255, 255, 0, 4, 0x5d, 0, 0, 0, 0, 0, 0, 0, 0)],
  ])('refuses %s', async (_what, bytes) => {
    expect((await decode(lzma2(4096), bytes)).error).toBeInstanceOf(InputError);
  });

  test('knows the dictionary sizes of its property byte', () => {
    expect([0, 1, 2, 18, 40, 41].map(lzma2Dictionary)).toEqual([4096, 6144, 8192, 2 ** 21, 2 ** 32 - 1, null]);
  });
});

describe('the dictionary', () => {
  test('costs what is decoded, not what the header declares', async () => {
    const stream = packed('lzmaAloneLong');
    new DataView(stream.buffer, stream.byteOffset).setUint32(1, 0xffff_ffff, true);
    const before = process.memoryUsage().arrayBuffers;
    const decoded = await decode(lzmaAlone, stream);
    expect(digest(decoded.bytes)).toBe(VECTORS.lzmaAloneLong[2]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  test('a match before the window is a limit where the header allows it, else corrupt', async () => {
    // The long vector repeats after 2000 bytes: a history of 1000 cannot hold that.
    const stream = packed('lzmaAloneLong');
    for (const [declared, error] of [
      [8 * 2 ** 20, LimitError],
      [1000, InputError],
    ] as const) {
      const reader = new ByteReader(memorySource(stream), 13);
      await reader.fill(stream.length - 13);
      const history = new History(1000);
      const decoder = new LzmaDecoder(history, declared);
      decoder.setProperties(lzmaProperties(stream[0]!)!);
      decoder.resetState();
      decoder.startRange(reader);
      history.reserve(400_000);
      const bounds = {
        lastStart: reader.end,
        inputEnd: reader.end,
        softEnd: history.pos + 300_000,
        hardEnd: Infinity,
        what: 'LZMA data',
      };
      expect(decoder.run(reader, bounds).fault).toBeInstanceOf(error);
      expect(history.pos).toBeGreaterThan(1000);
    }
  });

  test('moves with the data where it is small', async () => {
    // A distance of 4096 at most: everything decoded must have passed through a window of that size.
    const decoded = await decode(lzmaAlone, packed('lzmaAloneLclp'));
    expect(digest(decoded.bytes)).toBe(VECTORS.lzmaAloneLclp[2]);
  });
});

describe('raw LZMA', () => {
  test('refuses a stream that does not begin with a zero byte', async () => {
    const raw = lzma1({ properties: lzmaProperties(0x5d)!, dictionary: 65536, size: null });
    expect((await decode(raw, Uint8Array.of(1, 0, 0, 0, 0))).error).toEqual(
      new InputError('corrupt LZMA data: it does not start with a zero byte', 0),
    );
  });

  test('reads more than one level of literal contexts', () => {
    expect(lzmaProperties(225)).toBeNull();
    expect(lzmaProperties(224)).toEqual({ literalContext: 8, literalPosition: 4, position: 4 });
  });
});
