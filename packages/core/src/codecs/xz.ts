import { sha256 } from '@noble/hashes/sha2.js';

import { EMPTY } from '../bytes/source.js';
import { u32 } from '../bytes/read.js';
import { InputError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Checksum } from './checksum.js';
import type { Codec } from './codec.js';
import { Crc32, crc32 } from './crc32.js';
import { Crc64 } from './crc64.js';
import { filtered } from './filters.js';
import { goesOnAsLzma } from './lzma-alone.js';
import { lzma2Stream } from './lzma.js';
import { Mismatches } from './mismatches.js';
import { readVarint, XzBlockHeader } from './xz-block-header.js';
import { isXz } from './xz-header.js';

const STREAM_HEADER_BYTES = 12;
/** By check ID: how many bytes it takes (section 2.1.1.2). */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** Index records read between two looks at the consumer's deadline. */
const RECORDS_PER_TURN = 10_000;

/** The checks that are defined; data under another ID is read unchecked, as liblzma does by default. */
function newCheck(id: number): Checksum | null {
  if (id === 1) return new Crc32();
  if (id === 4) return new Crc64();
  if (id !== 10) return null;
  const hash = sha256.create();
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

/** CRCs stand least significant byte first, a hash as it is. */
function storedCheck(bytes: Uint8Array, id: number): string {
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return (id === 10 ? digits : digits.toReversed()).join('');
}

/** Compares a CRC-32 that stands at `at` in the reader's buffer with that of the bytes from `from` to there. */
function checkCrc(reader: ByteReader, from: number, at: number, what: string, mismatches: Mismatches): void {
  if (crc32(reader.bytes.subarray(from, at)) !== u32(reader.bytes, at)) {
    mismatches.add(reader.offset + at - reader.at, `CRC-32 of ${what}`);
  }
}

/** What the blocks were, to compare with the index: liblzma's index_hash, with a CRC instead of SHA-256. */
class BlockRecords {
  count = 0;
  readonly #crc = new Crc32();

  add(unpadded: number, size: number): void {
    this.count += 1;
    this.#crc.update(new Uint8Array(new Float64Array([unpadded, size]).buffer));
  }

  same(other: BlockRecords): boolean {
    return this.count === other.count && this.#crc.value === other.#crc.value;
  }
}

/** header, compressed data, zero bytes up to a multiple of 4, check (section 3) */
async function* decodeBlock(
  reader: ByteReader,
  checkId: number,
  records: BlockRecords,
  mismatches: Mismatches,
): AsyncGenerator<Uint8Array, void> {
  const start = reader.offset;
  const headerBytes = (reader.bytes[reader.at]! + 1) * 4;
  await reader.need(headerBytes, 'an xz block header');
  checkCrc(reader, reader.at, reader.at + headerBytes - 4, 'an xz block header', mismatches);
  const header = new XzBlockHeader(reader.bytes.subarray(reader.at, reader.at + headerBytes - 4), start);
  reader.skip(headerBytes);

  const check = newCheck(checkId);
  let size = 0;
  for await (const chunk of filtered(lzma2Stream(reader, header.dictionary), header.filters)) {
    check?.update(chunk);
    size += chunk.length;
    if (chunk.length > 0) yield chunk;
  }
  if (size === 0) yield EMPTY;
  const packed = reader.offset - start - headerBytes;
  if (header.packedSize !== null && header.packedSize !== packed)
    mismatches.add(start, 'compressed size of an xz block');
  if (header.size !== null && header.size !== size) mismatches.add(start, 'size of an xz block');

  const padding = -packed & 3;
  const checkBytes = CHECK_BYTES[checkId]!;
  await reader.need(padding + checkBytes, 'the end of an xz block');
  if (reader.take(padding).some((byte) => byte !== 0)) mismatches.add(reader.offset, 'padding of an xz block');
  const offset = reader.offset;
  const stored = storedCheck(reader.take(checkBytes), checkId);
  if (check !== null && check.hex() !== stored) mismatches.add(offset, 'check of an xz block');
  records.add(headerBytes + packed + checkBytes, size);
}

/** 00, number of records, records (unpadded size, size), zero bytes up to a multiple of 4, CRC-32 (section 4) */
async function* readIndex(
  reader: ByteReader,
  blocks: BlockRecords,
  mismatches: Mismatches,
): AsyncGenerator<Uint8Array, number> {
  const start = reader.offset;
  const crc = new Crc32();
  const number = async (): Promise<number> => {
    await reader.fill(9);
    const from = reader.at;
    const value = readVarint(() => (reader.available > 0 ? reader.byte() : undefined));
    if (value === null) {
      if (reader.available === 0) throw reader.truncated('the index of an xz stream');
      throw new InputError('corrupt xz index: a badly written number', reader.offset - 1);
    }
    crc.update(reader.bytes.subarray(from, reader.at));
    return value;
  };
  crc.update(reader.take(1));
  const count = await number();
  if (count !== blocks.count)
    throw new InputError(`corrupt xz index: it lists ${count} blocks, there are ${blocks.count}`, start);
  const listed = new BlockRecords();
  for (let i = 0; i < count; i += 1) {
    listed.add(await number(), await number());
    if (i % RECORDS_PER_TURN === RECORDS_PER_TURN - 1) yield EMPTY;
  }
  if (!listed.same(blocks)) mismatches.add(start, 'index of the xz stream');
  const padding = (start - reader.offset) & 3;
  await reader.need(padding + 4, 'the index of an xz stream');
  crc.update(reader.take(padding));
  if (u32(reader.bytes, reader.at) !== crc.value) mismatches.add(reader.offset, 'CRC-32 of the xz index');
  reader.skip(4);
  return reader.offset - start;
}

/**
 * One stream (sections 2.1 and 2.2).
 *
 *   fd '7zXZ' 00, flags 2 (00, check), CRC-32 of the flags
 *   blocks, index
 *   CRC-32 of the next six bytes, size of the index / 4 - 1: 4, flags 2, 'YZ'
 */
async function* decodeStream(reader: ByteReader, mismatches: Mismatches): AsyncGenerator<Uint8Array, void> {
  await reader.need(STREAM_HEADER_BYTES, 'an xz stream header');
  const flags = reader.bytes[reader.at + 7]!;
  checkCrc(reader, reader.at + 6, reader.at + 8, 'the xz stream header', mismatches);
  if (reader.bytes[reader.at + 6] !== 0 || flags > 15)
    throw new InputError('xz stream flags that are not defined', reader.offset + 6);
  reader.skip(STREAM_HEADER_BYTES);
  const records = new BlockRecords();
  for (;;) {
    await reader.need(1, 'an xz stream');
    if (reader.bytes[reader.at] === 0) break;
    yield* decodeBlock(reader, flags, records, mismatches);
  }
  const indexBytes = yield* readIndex(reader, records, mismatches);
  await reader.need(STREAM_HEADER_BYTES, 'an xz stream footer');
  const { bytes, at } = reader;
  if (bytes[at + 10] !== 0x59 || bytes[at + 11] !== 0x5a)
    throw new InputError("no xz stream footer: 'YZ' expected", reader.offset + 10);
  if (crc32(bytes.subarray(at + 4, at + 10)) !== u32(bytes, at))
    mismatches.add(reader.offset, 'CRC-32 of the xz stream footer');
  if ((u32(bytes, at + 4) + 1) * 4 !== indexBytes)
    mismatches.add(reader.offset + 4, 'index size in the xz stream footer');
  if (bytes[at + 8] !== 0 || bytes[at + 9] !== flags)
    mismatches.add(reader.offset + 8, 'flags in the xz stream footer');
  reader.skip(STREAM_HEADER_BYTES);
}

/** Stream padding: groups of four zero bytes (section 2.3). */
async function* skipPadding(reader: ByteReader): AsyncGenerator<Uint8Array, void> {
  while (await reader.fill(4)) {
    while (reader.available >= 4) {
      if (u32(reader.bytes, reader.at) !== 0) return;
      reader.at += 4;
    }
    yield EMPTY;
  }
}

/**
 * xz (file format 1.2): streams in a row with padding between them, all checks and the filters of liblzma 5.4.
 *
 * Python's LZMAFile knows no padding. It asks a new decoder, of any of liblzma's formats, whether it takes what follows a
 * stream, and ends without a word if not: where it may end earlier or go on further than the format says, nobody knows
 * what the file holds.
 */
export const xz: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  if (!(await isXz(reader))) throw new InputError("no xz header: fd '7zXZ' 00 expected", start);
  let streams = 0;
  do {
    yield* decodeStream(reader, mismatches);
    streams += 1;
    if (await isXz(reader)) continue;
    const { offset } = reader;
    if (yield* goesOnAsLzma(source, offset))
      mismatches.add(offset, 'lzip or LZMA data behind a stream, which some readers join');
    yield* skipPadding(reader);
    if (await isXz(reader)) mismatches.add(offset, 'padding between two streams, where some readers end');
  } while (await isXz(reader));
  return { end: reader.offset, streams, mismatches: mismatches.list };
};
