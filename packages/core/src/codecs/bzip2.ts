import { EMPTY } from '../bytes/source.js';
import { InputError } from '../model/errors.js';
import { BitReader } from './bit-reader.js';
import { ByteReader } from './byte-reader.js';
import { Bzip2Block } from './bzip2-block.js';
import { bzip2Crc } from './bzip2-crc.js';
import { CHUNK_BYTES, type Codec } from './codec.js';
import { Mismatches } from './mismatches.js';

/** Six bytes, the decimals of pi, as two halves of 24 bits. */
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
/** Six bytes, the decimals of the square root of pi. */
const END_MAGIC = [0x177245, 0x385090] as const;
const HEADER_BYTES = 10;

/** The level of the stream at the reader's position, 0 where none starts. */
async function streamLevel(reader: ByteReader): Promise<number> {
  if (!(await reader.fill(4))) return 0;
  const { bytes, at } = reader;
  const digit = bytes[at + 3]! - 0x30;
  const isStream = bytes[at] === 0x42 && bytes[at + 1] === 0x5a && bytes[at + 2] === 0x68 && digit >= 1 && digit <= 9;
  return isStream ? digit : 0;
}

/** Whether the bytes behind a stream are another one: CPython's reader ignores what libbzip2 refuses at once. */
async function joinedLevel(reader: ByteReader): Promise<number> {
  const level = await streamLevel(reader);
  if (level === 0) return 0;
  await reader.need(HEADER_BYTES, 'the header of a bzip2 stream');
  const magic = [24, 16, 8, 0].map((shift, i) => reader.bytes[reader.at + 4 + i]! << shift).reduce((a, b) => a | b);
  return magic === 0x31415926 || magic === 0x17724538 ? level : 0;
}

function read32(bits: BitReader): number {
  return (bits.read(16) << 16) | bits.read(16);
}

/**
 * One stream.
 *
 *   'BZh' level 1, blocks (see Bzip2Block), end magic 6, CRC of all blocks 4, zero bits up to a byte
 */
async function* decodeStream(
  reader: ByteReader,
  block: Bzip2Block,
  mismatches: Mismatches,
): AsyncGenerator<Uint8Array, void> {
  const bits = new BitReader(reader);
  let spare: Uint8Array | null = null;
  reader.skip(4);
  let combined = 0;
  for (;;) {
    await bits.refill();
    const offset = reader.offset;
    const high = bits.read(24);
    const low = bits.read(24);
    const stored = read32(bits);
    if (high === END_MAGIC[0] && low === END_MAGIC[1]) {
      if (stored !== combined) mismatches.add(offset + 6, 'CRC-32 of the bzip2 stream');
      bits.align();
      yield EMPTY;
      return;
    }
    if (high !== BLOCK_MAGIC[0] || low !== BLOCK_MAGIC[1]) {
      throw new InputError('corrupt bzip2 data: neither a block nor the end of the stream', offset);
    }
    await block.decode(bits);
    let crc = -1;
    for (let written = CHUNK_BYTES; written === CHUNK_BYTES;) {
      const chunk: Uint8Array = spare ?? new Uint8Array(CHUNK_BYTES);
      written = block.write(chunk);
      crc = bzip2Crc(crc, chunk, written);
      // A full chunk is the consumer's; of a short one it gets a copy.
      spare = written === CHUNK_BYTES ? null : chunk;
      yield spare === null ? chunk : chunk.slice(0, written);
    }
    if (~crc !== stored) mismatches.add(offset + 6, 'CRC-32 of a bzip2 block');
    combined = ((combined << 1) | (combined >>> 31)) ^ ~crc;
  }
}

/** bzip2: streams in a row, as CPython's BZ2File joins them. Every block is decoded, randomised ones too. */
export const bzip2: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  let level = await streamLevel(reader);
  if (level === 0) throw new InputError("no bzip2 header: 'BZh' and a digit from 1 to 9 expected", start);
  let streams = 0;
  // One for each level: joined streams of a few bytes must not cost megabytes each (CWE-405).
  const blocks: Bzip2Block[] = [];
  do {
    yield* decodeStream(reader, (blocks[level] ??= new Bzip2Block(level * 100_000)), mismatches);
    streams += 1;
    level = await joinedLevel(reader);
  } while (level !== 0);
  return { end: reader.offset, streams, mismatches: mismatches.list };
};
