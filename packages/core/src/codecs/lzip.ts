import { u32, u64 } from '../bytes/read.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { Crc32 } from './crc32.js';
import { goesOnAsLzma } from './lzma-alone.js';
import { lzma1Stream } from './lzma.js';
import { isLzip } from './lzip-header.js';
import { Mismatches } from './mismatches.js';
import { isXz } from './xz-header.js';

const HEADER_BYTES = 6;
/** Of a member of version 0, which does not tell its size. */
const SHORT_TRAILER_BYTES = 12;
const TRAILER_BYTES = 20;
/** Every member has these (lc 3, lp 0, pb 2). */
const PROPERTIES = { literalContext: 3, literalPosition: 0, position: 2 };
const SMALLEST_DICTIONARY_BITS = 12;
const LARGEST_DICTIONARY_BITS = 29;

/** 2^n less some sixteenths of it: n in the low five bits, the sixteenths above. */
function dictionarySize(coded: number, offset: number): number {
  const bits = coded & 31;
  const size = 2 ** bits - (coded >>> 5) * 2 ** (bits - 4);
  if (bits < SMALLEST_DICTIONARY_BITS || bits > LARGEST_DICTIONARY_BITS || size < 2 ** SMALLEST_DICTIONARY_BITS)
    throw new InputError('corrupt lzip header: the size of the dictionary', offset);
  return size;
}

/** 'LZIP', version 1, dictionary 1; LZMA data with an end marker; CRC-32 4, size of the data 8, size of the member 8 */
async function* decodeMember(reader: ByteReader, mismatches: Mismatches): AsyncGenerator<Uint8Array, void> {
  const start = reader.offset;
  await reader.need(HEADER_BYTES, 'a lzip header');
  const version = reader.bytes[reader.at + 4]!;
  if (version > 1) throw new UnsupportedError(`lzip version ${version}`, start + 4);
  const dictionary = dictionarySize(reader.bytes[reader.at + 5]!, start + 5);
  reader.skip(HEADER_BYTES);
  const crc = new Crc32();
  let size = 0;
  for await (const chunk of lzma1Stream(reader, { properties: PROPERTIES, dictionary, size: null })) {
    crc.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  const trailer = version === 0 ? SHORT_TRAILER_BYTES : TRAILER_BYTES;
  await reader.need(trailer, 'the end of a lzip member');
  const offset = reader.offset;
  if (u32(reader.bytes, reader.at) !== crc.value) mismatches.add(offset, 'CRC-32 of the lzip member');
  if (u64(reader.bytes, reader.at + 4) !== size) mismatches.add(offset + 4, 'size of the data of the lzip member');
  if (version > 0 && u64(reader.bytes, reader.at + 12) !== offset + trailer - start)
    mismatches.add(offset + 12, 'size of the lzip member');
  reader.skip(trailer);
}

/**
 * lzip (manual of lzip, "File format"), as liblzma reads it since 5.4 where it is to find out the format: so Python's
 * `lzma.open` does, and pandas and tarfile by it. Members in a row; LZMAFile joins xz and LZMA too.
 */
export const lzip: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  if (!(await isLzip(reader))) throw new InputError("no lzip header: 'LZIP' expected", start);
  let streams = 0;
  do {
    yield* decodeMember(reader, mismatches);
    streams += 1;
  } while (await isLzip(reader));
  const { offset } = reader;
  if ((await isXz(reader)) || (yield* goesOnAsLzma(source, offset)))
    mismatches.add(offset, 'xz or LZMA data behind a lzip member, which some readers join');
  return { end: offset, streams, mismatches: mismatches.list };
};
