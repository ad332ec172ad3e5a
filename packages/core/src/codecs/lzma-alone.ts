import { u32, u64 } from '../bytes/read.js';
import { EMPTY, type ByteSource } from '../bytes/source.js';
import { InputError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { isLzip } from './lzip-header.js';
import { lzma1Stream, type Lzma1Options } from './lzma.js';
import { lzmaProperties } from './lzma-decoder.js';
import { Mismatches } from './mismatches.js';
import { isXz } from './xz-header.js';

export const HEADER_BYTES = 13;
const UNKNOWN_SIZE = 0xffff_ffff;

/**
 * The header of LZMA alone. liblzma's picky mode also asks for a dictionary of 2^n or 2^n + 2^(n-1) bytes and a size below 256 GiB;
 * Python's FORMAT_ALONE does not, so that such a stream is decoded too.
 *
 *   properties 1, dictionary 4, size 8 (all ones: unknown)
 */
export function readHeader(reader: ByteReader): Lzma1Options | null {
  const { bytes, at } = reader;
  const properties = lzmaProperties(bytes[at]!);
  if (properties === null) return null;
  const unknown = u32(bytes, at + 5) === UNKNOWN_SIZE && u32(bytes, at + 9) === UNKNOWN_SIZE;
  return { properties, dictionary: u32(bytes, at + 1), size: unknown ? null : u64(bytes, at + 5) };
}

/** A header that declares no bytes, and the range coder's five bytes. */
const EMPTY_STREAM_BYTES = 18;

/**
 * Goes over streams without data, of which zeros are a row: a decoder for each would take minutes for a file of zeros.
 * Returns how many; `takes`: which headers the reader in question takes. Yields nothing but turns for the consumer.
 */
async function* skipEmptyStreams(
  reader: ByteReader,
  takes: (options: Lzma1Options) => boolean,
): AsyncGenerator<Uint8Array, number> {
  for (let count = 0; ; yield EMPTY) {
    if (!(await reader.fill(EMPTY_STREAM_BYTES))) return count;
    let isFirst = true;
    for (; reader.available >= EMPTY_STREAM_BYTES; count += 1) {
      if (isFirst || !isAgain(reader)) {
        for (let i = 5; i < EMPTY_STREAM_BYTES; i += 1) if (reader.bytes[reader.at + i] !== 0) return count;
        const options = readHeader(reader);
        if (options === null || !takes(options)) return count;
      }
      isFirst = false;
      reader.at += EMPTY_STREAM_BYTES;
    }
  }
}

/** The same bytes as those of the stream before, which lie there too. */
function isAgain({ bytes, at }: ByteReader): boolean {
  for (let i = at; i < at + EMPTY_STREAM_BYTES; i += 1) if (bytes[i] !== bytes[i - EMPTY_STREAM_BYTES]) return false;
  return true;
}

/** Sizes from here on pass for chance: liblzma's picky mode. */
const PICKY_SIZE = 2 ** 38;

/** What liblzma takes where it is to find out the format, as it is by Python's `lzma.open`. */
function isPicky({ dictionary, size }: Lzma1Options): boolean {
  const top = 2 ** Math.floor(Math.log2(dictionary));
  const usual = dictionary === 0 || dictionary === 2 ** 32 - 1 || dictionary === top || dictionary === top * 1.5;
  return usual && (size === null || size < PICKY_SIZE);
}

/**
 * Whether Python's LZMAFile, which joins streams of all of liblzma's formats, finds another one here that is not
 * empty. Yields nothing but turns for the consumer.
 */
export async function* goesOnAsLzma(source: ByteSource, start: number): AsyncGenerator<Uint8Array, boolean> {
  const reader = new ByteReader(source, start);
  while (!(await isXz(reader))) {
    if (await isLzip(reader)) return true;
    yield* skipEmptyStreams(reader, isPicky);
    if (await isXz(reader)) break;
    const options = (await reader.fill(HEADER_BYTES)) ? readHeader(reader) : null;
    if (options === null || !isPicky(options)) return false;
    reader.skip(HEADER_BYTES);
    try {
      for await (const chunk of lzma1Stream(reader, options)) if (chunk.length > 0) return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
    yield EMPTY;
  }
  return reader.offset > start;
}

/**
 * .lzma ("LZMA_alone"): streams in a row, as CPython's LZMAFile joins them. The format has no magic, so that bytes
 * behind a stream count as another one only if they decode; CPython's reader ignores the others. It joins all that
 * liblzma takes for this format, or, where it is to find out the format, what is so without doubt and xz too: the two
 * must not differ.
 */
export const lzmaAlone: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  await reader.need(HEADER_BYTES, 'the header of a .lzma file');
  let end = start;
  let streams = 0;
  const mismatches = new Mismatches();
  for (;;) {
    const empty = yield* skipEmptyStreams(reader, () => true);
    streams += empty;
    if (empty > 0) end = reader.offset;
    if (!(await reader.fill(HEADER_BYTES))) break;
    if (streams > 0 && ((await isXz(reader)) || (await isLzip(reader)))) {
      mismatches.add(end, 'xz or lzip data behind a stream, which some readers join');
      break;
    }
    const options = readHeader(reader);
    if (options === null) {
      if (streams === 0) throw new InputError('no .lzma header', start);
      break;
    }
    reader.skip(HEADER_BYTES);
    let given = false;
    try {
      for await (const chunk of lzma1Stream(reader, options)) {
        given = true;
        yield chunk;
      }
    } catch (error) {
      if (error instanceof InputError && streams > 0 && !given) break;
      throw error;
    }
    if (streams > 0 && given && !isPicky(options)) mismatches.add(end, 'a stream that some readers do not join');
    end = reader.offset;
    streams += 1;
    // A row of empty streams must not keep the consumer from looking at its deadline.
    if (!given) yield EMPTY;
  }
  return { end, streams, mismatches: mismatches.list };
};
