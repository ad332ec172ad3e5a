import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { memorySource, type ByteSource } from '../src/bytes/source.js';
import { CHUNK_BYTES, type Codec, type CodecEnd } from '../src/codecs/codec.js';
import { InputError, LimitError, UnsupportedError } from '../src/model/errors.js';
import { VECTORS } from './codec-vectors.js';
import { portablePlatform } from '../src/platform.js';

export type VectorName = keyof typeof VECTORS;

/** Enough for every vector; hostile input of some kilobytes may want more. */
const MOST_OUTPUT = 16 * 2 ** 20;

export function packed(name: VectorName): Uint8Array {
  return new Uint8Array(Buffer.from(VECTORS[name][0], 'base64'));
}

export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

export interface Decoded {
  readonly bytes: Uint8Array;
  /** How the decoder ended; null where it threw or put out more than a test wants. */
  readonly end: CodecEnd | null;
  readonly error: unknown;
}

/** Runs a decoder to its end, also when that is an error. */
export async function decode(
  codec: Codec,
  input: Uint8Array | ByteSource,
  start = 0,
  platform = portablePlatform,
): Promise<Decoded> {
  const source = input instanceof Uint8Array ? memorySource(input) : input;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const decoding = codec(source, start, platform);
    for (;;) {
      const step = await decoding.next();
      if (step.done === true) return { bytes: Buffer.concat(chunks), end: step.value, error: null };
      expect(step.value.length).toBeLessThanOrEqual(CHUNK_BYTES);
      chunks.push(step.value);
      size += step.value.length;
      if (size > MOST_OUTPUT) return { bytes: Buffer.concat(chunks), end: null, error: null };
    }
  } catch (error) {
    return { bytes: Buffer.concat(chunks), end: null, error };
  }
}

function isOurs(error: unknown): boolean {
  return (
    error === null || error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError
  );
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Answers later, as a file or a network does, and counts how often it was asked. */
export function slowSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) };
}

interface Contract {
  readonly codec: Codec;
  /** Vectors that it decodes without a mismatch. */
  readonly vectors: readonly VectorName[];
  /** The small vector for truncation at every byte and for mutations. */
  readonly small: VectorName;
  /** A longer vector of a format that is decoded byte by byte, not block by block. */
  readonly streams?: VectorName;
  /** Whether streams in a row are read as one; what is no stream is left where it is. */
  readonly joins: boolean;
}

/** What every codec must do. */
export function describeCodec(name: string, { codec, vectors, small, streams, joins }: Contract): void {
  describe(`${name}: the codec contract`, () => {
    test.each(vectors)('decodes %s', async (vector) => {
      const bytes = packed(vector);
      const decoded = await decode(codec, bytes);
      expect(decoded.error).toBeNull();
      expect([decoded.bytes.length, digest(decoded.bytes)]).toEqual(VECTORS[vector].slice(1));
      expect(decoded.end).toEqual({ end: bytes.length, streams: expect.any(Number), mismatches: [] });
    });

    test('reads a source that answers later', async () => {
      const decoded = await decode(codec, slowSource(packed(small)));
      expect([decoded.bytes.length, digest(decoded.bytes)]).toEqual(VECTORS[small].slice(1));
    });

    test('starts at the given offset, and leaves what is no stream', async () => {
      const bytes = packed(small);
      const input = concat(Uint8Array.of(1, 2, 3), bytes, new TextEncoder().encode('not a stream of any kind'));
      const decoded = await decode(codec, input, 3);
      expect(decoded.error).toBeNull();
      expect(decoded.end).toMatchObject({ end: 3 + bytes.length, streams: 1, mismatches: [] });
      expect(digest(decoded.bytes)).toBe(VECTORS[small][2]);
    });

    test(joins ? 'joins streams in a row' : 'reads one stream only', async () => {
      const bytes = packed(small);
      const [once, twice] = [await decode(codec, bytes), await decode(codec, concat(bytes, bytes))];
      expect(twice.bytes).toEqual(joins ? Buffer.concat([once.bytes, once.bytes]) : once.bytes);
      expect(twice.end).toMatchObject(
        joins ? { end: bytes.length * 2, streams: 2 } : { end: bytes.length, streams: 1 },
      );
    });

    test('says that every cut-off stream is truncated', async () => {
      const bytes = packed(small);
      const whole = await decode(codec, bytes);
      for (let length = 0; length < bytes.length; length += 1) {
        const decoded = await decode(codec, bytes.subarray(0, length));
        const before = Buffer.from(whole.bytes.subarray(0, decoded.bytes.length));
        expect(Buffer.from(decoded.bytes).equals(before), `cut at ${length}: bytes that are not in the data`).toBe(
          true,
        );
        expect(decoded.error, `cut at ${length}`).toBeInstanceOf(InputError);
        expect((decoded.error as InputError).offset).toBeLessThanOrEqual(length);
      }
    });

    if (streams !== undefined) {
      test('gives what comes before a fault, as a reader that streams has it', async () => {
        const bytes = packed(streams);
        const whole = await decode(codec, bytes);
        const cut = await decode(codec, bytes.subarray(0, bytes.length / 2));
        expect(cut.error).toBeInstanceOf(InputError);
        expect(cut.bytes.length).toBeGreaterThan(whole.bytes.length / 3);
        expect(Buffer.from(cut.bytes).equals(Buffer.from(whole.bytes.subarray(0, cut.bytes.length)))).toBe(true);
        const changed = bytes.slice();
        changed.fill(0xff, bytes.length / 2, bytes.length / 2 + 20);
        expect((await decode(codec, changed)).bytes.length).toBeGreaterThan(whole.bytes.length / 3);
      });
    }

    test('throws nothing but our own errors on any bytes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat(12), async (random, head) => {
          // Random bytes behind a right beginning get further than random bytes alone.
          const decoded = await decode(codec, concat(packed(small).subarray(0, head), random));
          expect(isOurs(decoded.error), String(decoded.error)).toBe(true);
        }),
        { numRuns: 300 },
      );
    });

    test.each(vectors)('throws nothing but our own errors on a changed %s', async (vector) => {
      const bytes = packed(vector);
      const change = fc.record({ at: fc.nat(Math.max(bytes.length - 1, 0)), value: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
          const changed = bytes.slice();
          for (const { at, value } of changes) changed[at] = value;
          const decoded = await decode(codec, changed);
          expect(isOurs(decoded.error), String(decoded.error)).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
}
