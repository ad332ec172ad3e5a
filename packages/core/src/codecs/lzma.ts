import { InputError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import { CHUNK_BYTES, type Codec } from './codec.js';
import { History } from './history.js';
import { LzmaDecoder, lzmaProperties, SYMBOL_BYTES, type LzmaProperties } from './lzma-decoder.js';
import { LZMA_DICTIONARY_BYTES } from '../model/limits.js';

/** What one run puts out, less than a chunk by the longest match (273) and what filters may hold back (16 each). */
const RUN_BYTES = CHUNK_BYTES - 1024;

/** Even a declared 0 holds this much, and every size is rounded up, as in liblzma (`lzma_lz_decoder_init`). */
function history(declared: number): History {
  const rounded = Math.ceil(Math.max(declared, 4096) / 16) * 16;
  return new History(Math.min(rounded, LZMA_DICTIONARY_BYTES));
}

export interface Lzma1Options {
  readonly properties: LzmaProperties;
  readonly dictionary: number;
  /** The size of the decoded data, or null where an end marker tells. */
  readonly size: number | null;
}

/**
 * One raw LZMA stream. With a known size the end marker may still be there, as liblzma and 7-Zip allow it.
 */
export function lzma1(options: Lzma1Options): Codec {
  return async function* decodeLzma1(source, start) {
    const reader = new ByteReader(source, start);
    yield* lzma1Stream(reader, options);
    return { end: reader.offset, streams: 1, mismatches: [] };
  };
}

/** Decodes a raw LZMA stream from the reader's position and leaves the reader behind it. */
export async function* lzma1Stream(reader: ByteReader, options: Lzma1Options): AsyncGenerator<Uint8Array, void> {
  const what = 'LZMA data';
  const output = history(options.dictionary);
  const decoder = new LzmaDecoder(output, options.dictionary);
  decoder.setProperties(options.properties);
  decoder.resetState();
  await reader.need(5, what);
  decoder.startRange(reader);
  let left = options.size ?? Infinity;
  let ending = left === 0;
  for (;;) {
    if (ending && decoder.finished) return;
    if (reader.available < SYMBOL_BYTES) await reader.fill(SYMBOL_BYTES);
    output.reserve(CHUNK_BYTES);
    const before = output.pos;
    // Behind the declared size one symbol more may follow, and it must be the end marker.
    const softEnd = ending ? before + 1 : before + Math.min(left, RUN_BYTES);
    const lastStart = reader.ended ? reader.end : reader.end - SYMBOL_BYTES;
    const { marker, fault } = decoder.run(reader, {
      lastStart,
      inputEnd: reader.end,
      softEnd,
      hardEnd: before + left,
      what,
    });
    left -= output.pos - before;
    if (ending && !marker && fault === null)
      throw new InputError('corrupt LZMA data: it goes on behind its declared size', reader.offset);
    if (output.pos > before && !ending) yield output.take();
    if (fault !== null) throw fault;
    if (marker) {
      if (!decoder.finished) throw new InputError('corrupt LZMA data: its end is not flushed', reader.offset);
      if (left !== 0 && left !== Infinity)
        throw new InputError(
          `truncated: LZMA data ends ${left} bytes before its declared size`,
          reader.offset,
          'truncated',
        );
      return;
    }
    ending = left === 0;
  }
}

const MAX_DICTIONARY_BITS = 40;

/** The dictionary of LZMA2 by its property byte: 4 KiB, 6 KiB, 8 KiB ... 4 GiB - 1 (section 5.3.1). */
export function lzma2Dictionary(bits: number): number | null {
  if (bits > MAX_DICTIONARY_BITS) return null;
  return bits === MAX_DICTIONARY_BITS ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** ((bits >>> 1) + 11);
}

const CHUNK_END = 0;
const CHUNK_COPY_RESET = 1;
const CHUNK_COPY = 2;
const CHUNK_LZMA = 0x80;
const CHUNK_LZMA_STATE = 0xa0;
const CHUNK_LZMA_PROPERTIES = 0xc0;
const CHUNK_LZMA_RESET = 0xe0;

/** What LZMA2 allows for literals, so that the tables stay small. */
const MAX_LITERAL_BITS = 4;

/**
 * LZMA2: chunks, each LZMA or plain bytes (xz file format 1.2, section 5.3.1; liblzma's lzma2_decoder.c).
 *
 *   00
 *   01 or 02, size - 1: 2, bytes
 *   80..ff (size - 1 high: 5 bits), size - 1: 2, compressed size - 1: 2, [properties 1], LZMA data
 */
export function lzma2(dictionary: number): Codec {
  return async function* decodeLzma2(source, start) {
    const reader = new ByteReader(source, start);
    yield* lzma2Stream(reader, dictionary);
    return { end: reader.offset, streams: 1, mismatches: [] };
  };
}

/** Decodes LZMA2 chunks from the reader's position and leaves the reader behind the end chunk. */
export async function* lzma2Stream(reader: ByteReader, dictionary: number): AsyncGenerator<Uint8Array, void> {
  const output = history(dictionary);
  const decoder = new LzmaDecoder(output, dictionary);
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    await reader.need(1, 'LZMA2 data');
    const offset = reader.offset;
    const control = reader.byte();
    if (control === CHUNK_END) return;
    if (control >= CHUNK_LZMA_RESET || control === CHUNK_COPY_RESET) {
      decoder.resetDictionary();
      needsDictionary = false;
      needsProperties = true;
    } else if (needsDictionary) {
      throw new InputError('corrupt LZMA2 data: the first chunk does not start the dictionary', offset);
    }
    if (control < CHUNK_LZMA) {
      if (control > CHUNK_COPY)
        throw new InputError(`corrupt LZMA2 data: no chunk has the control byte ${control}`, offset);
      yield* copyChunk(reader, output, decoder);
      continue;
    }
    await reader.need(4, 'the header of an LZMA2 chunk');
    const size = ((control & 0x1f) << 16) + read16(reader) + 1;
    const compressed = read16(reader) + 1;
    if (control >= CHUNK_LZMA_PROPERTIES) {
      await reader.need(1, 'the header of an LZMA2 chunk');
      const properties = lzmaProperties(reader.byte());
      if (properties === null || properties.literalContext + properties.literalPosition > MAX_LITERAL_BITS) {
        throw new InputError('corrupt LZMA2 data: its properties are not allowed', reader.offset - 1);
      }
      decoder.setProperties(properties);
      needsProperties = false;
    } else if (needsProperties) {
      throw new InputError('corrupt LZMA2 data: a chunk without properties behind a new dictionary', offset);
    }
    if (control >= CHUNK_LZMA_STATE) decoder.resetState();
    yield* lzmaChunk(reader, output, decoder, size, compressed);
  }
}

function read16(reader: ByteReader): number {
  return (reader.byte() << 8) | reader.byte();
}

async function* copyChunk(reader: ByteReader, output: History, decoder: LzmaDecoder): AsyncGenerator<Uint8Array, void> {
  await reader.need(2, 'the header of an LZMA2 chunk');
  const size = read16(reader) + 1;
  const whole = await reader.fill(size);
  const length = Math.min(size, reader.available);
  output.reserve(length);
  output.bytes.set(reader.bytes.subarray(reader.at, reader.at + length), output.pos);
  output.pos += length;
  decoder.skip(length);
  reader.at += length;
  yield output.take();
  if (!whole) throw reader.truncated('an LZMA2 chunk');
}

async function* lzmaChunk(
  reader: ByteReader,
  output: History,
  decoder: LzmaDecoder,
  size: number,
  compressed: number,
): AsyncGenerator<Uint8Array, void> {
  const what = 'an LZMA2 chunk';
  const whole = await reader.fill(compressed);
  if (reader.available < 5) throw reader.truncated(what);
  const inputEnd = whole ? reader.at + compressed : reader.end;
  if (compressed < 5) throw new InputError('corrupt LZMA2 data: a chunk of less than five bytes', reader.offset);
  decoder.startRange(reader);
  for (let left = size; left > 0;) {
    output.reserve(CHUNK_BYTES);
    const before = output.pos;
    const softEnd = before + Math.min(left, RUN_BYTES);
    const { marker, fault } = decoder.run(reader, {
      lastStart: inputEnd,
      inputEnd,
      softEnd,
      hardEnd: before + left,
      what,
    });
    left -= output.pos - before;
    yield output.take();
    if (fault !== null) throw fault;
    if (marker) throw new InputError('corrupt LZMA2 data: an end marker in a chunk', reader.offset);
  }
  if (reader.at !== inputEnd || !decoder.finished) {
    throw new InputError('corrupt LZMA2 data: a chunk is shorter than it declares', reader.offset);
  }
}
