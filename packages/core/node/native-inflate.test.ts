import { createHash } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, type ByteSource, type Platform } from '@artifact-sentinel/core';
import { InputError, portablePlatform, UnsupportedError } from '@artifact-sentinel/core/internal';
import type { Codec } from '../src/codecs/codec.js';
import { gzip, rawDeflate, zlib } from '../src/codecs/inflate.js';
import { concat } from '../test/codec-kit.js';
import { nodePlatform } from './platform.js';

const FORMATS = [
  ['raw deflate', rawDeflate, deflateRawSync],
  ['zlib', zlib, deflateSync],
  ['gzip', gzip, gzipSync],
] as const;

/** Bytes of which a part repeats: long matches, literals and stored blocks all occur. */
function mixed(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let i = 0; i < length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = i % 3000 < 1000 && i >= 3000 ? (bytes[i - 2500] ?? 0) : state >>> 24;
  }
  return bytes;
}

/** All that a decoder gave: bytes, end, error and offset. */
async function outcome(codec: Codec, input: Uint8Array, platform: Platform): Promise<unknown> {
  const hash = createHash('sha256');
  const decoding = codec(memorySource(input), 0, platform);
  try {
    for (;;) {
      const step = await decoding.next();
      if (step.done === true) return { bytes: hash.digest('hex'), end: step.value };
      hash.update(step.value);
    }
  } catch (error) {
    if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
    return { bytes: hash.digest('hex'), error: error.message, offset: error.offset };
  }
}

async function both(codec: Codec, input: Uint8Array): Promise<[unknown, unknown]> {
  return [await outcome(codec, input, nodePlatform), await outcome(codec, input, portablePlatform)];
}

describe.each(FORMATS)('%s: the native engine gives what the portable one gives', (_name, codec, pack) => {
  const sizes = fc.integer({ min: 60_000, max: 500_000 });
  const levels = fc.constantFrom(0, 1, 6, 9);

  test('of whole streams, with what follows them', async () => {
    const tails = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(), sizes, levels, tails, async (seed, size, level, tail) => {
        const data = mixed(seed, size);
        const packed = new Uint8Array(pack(data, { level }));
        const behind = mixed(seed + 1, tail);
        // Zeros behind a gzip member are its padding, and belong to it.
        if (behind[0] === 0) behind[0] = 0x78;
        const [ours, portable] = await both(codec, concat(packed, behind));
        expect(ours).toEqual(portable);
        expect(ours).toMatchObject({ end: { end: packed.length } });
      }),
      { numRuns: 25 },
    );
  });

  test('of streams that break off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        sizes,
        levels,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (seed, size, level, at) => {
          const packed = new Uint8Array(pack(mixed(seed, size), { level }));
          const [ours, portable] = await both(codec, packed.subarray(0, Math.floor(at * (packed.length - 1))));
          expect(ours).toEqual(portable);
          expect(ours).toHaveProperty('error');
        },
      ),
      { numRuns: 25 },
    );
  });

  test('of streams with wrong bytes', async () => {
    const wrong = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), sizes, levels, wrong, async (seed, size, level, changes) => {
        const packed = new Uint8Array(pack(mixed(seed, size), { level }));
        for (const [at, bits] of changes) packed[Math.floor(at * (packed.length - 1))]! ^= bits;
        const [ours, portable] = await both(codec, packed);
        expect(ours).toEqual(portable);
      }),
      { numRuns: 40 },
    );
  });
});

test('members of a gzip file follow each other', async () => {
  const members = [1, 2, 3].map((seed) => new Uint8Array(gzipSync(mixed(seed, 150_000))));
  const [ours, portable] = await both(gzip, concat(...members, new Uint8Array(100)));
  expect(ours).toEqual(portable);
  expect(ours).toMatchObject({ end: { streams: 3 } });
});

test('many output bytes of few input bytes are asked for piece by piece', async () => {
  const packed = new Uint8Array(deflateRawSync(new Uint8Array(64 * 2 ** 20), { level: 9 }));
  let largest = 0;
  let total = 0;
  for await (const chunk of rawDeflate(
    { size: packed.length, read: (at, length) => packed.subarray(at, at + length) },
    0,
    nodePlatform,
  )) {
    largest = Math.max(largest, chunk.length);
    total += chunk.length;
  }
  expect(total).toBe(64 * 2 ** 20);
  expect(largest).toBeLessThanOrEqual(256 * 1024);
});

test('a consumer that stops early stops the decoder', async () => {
  const packed = new Uint8Array(deflateRawSync(mixed(7, 3_000_000)));
  let asked = 0;
  const source: ByteSource = {
    size: packed.length,
    read: (at, length) => {
      asked += 1;
      return packed.subarray(at, at + length);
    },
  };
  for await (const chunk of rawDeflate(source, 0, nodePlatform)) if (chunk.length > 0) break;
  expect(asked).toBeLessThan(5);
});
