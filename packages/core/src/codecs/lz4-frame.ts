import { u32, u64 } from '../bytes/read.js';
import { EMPTY } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { History } from './history.js';
import { decodeLz4Block } from './lz4-block.js';
import { Mismatches } from './mismatches.js';
import { isSkippable, skipFrame } from './skippable-frame.js';
import { XxHash32, xxHash32 } from './xxhash32.js';

const MAGIC = 0x184d2204;
const LEGACY_MAGIC = 0x184c2102;
/** How far an LZ4 match may reach back. */
const WINDOW_BYTES = 65_535;
const LEGACY_BLOCK_BYTES = 8 * 2 ** 20;
/** The most that 8 MiB of incompressible bytes grow to (LZ4_compressBound). */
const LEGACY_MAX_PACKED = LEGACY_BLOCK_BYTES + Math.ceil(LEGACY_BLOCK_BYTES / 255) + 16;

const VERSION_1 = 0x40;
const FLAG_INDEPENDENT = 0x20;
const FLAG_BLOCK_CHECKSUM = 0x10;
const FLAG_SIZE = 0x08;
const FLAG_CHECKSUM = 0x04;
const FLAG_RESERVED = 0x02;
const FLAG_DICTIONARY = 0x01;
/** The highest bit of a block's size: it is stored as it is. */
const STORED = 0x8000_0000;

interface FrameHeader {
  readonly independent: boolean;
  readonly blockChecksums: boolean;
  readonly checksum: boolean;
  readonly size: number | null;
  readonly maxBlock: number;
}

async function magicAt(reader: ByteReader): Promise<number | null> {
  return (await reader.fill(4)) ? u32(reader.bytes, reader.at) : null;
}

function isFrame(magic: number | null): magic is number {
  return magic === MAGIC || magic === LEGACY_MAGIC || (magic !== null && isSkippable(magic));
}

/**
 * The frame descriptor behind the magic (LZ4 frame format 1.6.4).
 *
 *   FLG 1, BD 1, [content size 8], [dictionary 4], checksum 1
 */
async function readHeader(reader: ByteReader, mismatches: Mismatches): Promise<FrameHeader> {
  const what = 'an LZ4 frame header';
  await reader.need(3, what);
  const flags = reader.bytes[reader.at]!;
  const blockSize = (reader.bytes[reader.at + 1]! >>> 4) & 7;
  if ((flags & 0xc0) !== VERSION_1) throw new UnsupportedError(`LZ4 frame version ${flags >>> 6}`, reader.offset);
  if (flags & FLAG_RESERVED || reader.bytes[reader.at + 1]! & 0x8f)
    throw new UnsupportedError('LZ4 frame flags that are not defined', reader.offset);
  if (blockSize < 4)
    throw new InputError(`corrupt LZ4 frame: block size ${blockSize}, 4 to 7 are allowed`, reader.offset + 1);
  if (flags & FLAG_DICTIONARY) throw new UnsupportedError('an LZ4 frame that needs a dictionary', reader.offset);
  const length = flags & FLAG_SIZE ? 10 : 2;
  await reader.need(length + 1, what);
  const descriptor = reader.take(length);
  if (((xxHash32(descriptor) >>> 8) & 0xff) !== reader.byte())
    mismatches.add(reader.offset - 1, 'checksum of the LZ4 frame header');
  return {
    independent: (flags & FLAG_INDEPENDENT) !== 0,
    blockChecksums: (flags & FLAG_BLOCK_CHECKSUM) !== 0,
    checksum: (flags & FLAG_CHECKSUM) !== 0,
    size: flags & FLAG_SIZE ? u64(descriptor, 2) : null,
    maxBlock: 1 << (8 + 2 * blockSize),
  };
}

async function* decodeFrame(
  reader: ByteReader,
  history: History,
  mismatches: Mismatches,
): AsyncGenerator<Uint8Array, void> {
  const start = reader.offset;
  reader.skip(4);
  const header = await readHeader(reader, mismatches);
  const hash = header.checksum ? new XxHash32() : null;
  let size = 0;
  history.reset();
  for (;;) {
    await reader.need(4, 'the size of an LZ4 block');
    const word = u32(reader.bytes, reader.at);
    const offset = reader.offset + 4;
    reader.at += 4;
    if (word === 0) break;
    const packed = word % STORED;
    if (packed > header.maxBlock)
      throw new InputError(
        `corrupt LZ4 frame: a block of ${packed} bytes, at most ${header.maxBlock} are allowed`,
        offset - 4,
      );
    await reader.need(packed + (header.blockChecksums ? 4 : 0), 'an LZ4 block');
    const block = reader.bytes.subarray(reader.at, reader.at + packed);
    reader.at += packed;
    if (header.independent) history.reset();
    history.reserve(header.maxBlock);
    if (word < STORED) decodeLz4Block(block, history, header.maxBlock, offset);
    else appendStored(block, history);
    if (header.blockChecksums) {
      if (xxHash32(block) !== u32(reader.bytes, reader.at)) mismatches.add(reader.offset, 'checksum of an LZ4 block');
      reader.at += 4;
    }
    for (const chunk of history.chunks()) {
      hash?.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  if (hash !== null) {
    await reader.need(4, 'the checksum of an LZ4 frame');
    if (hash.value !== u32(reader.bytes, reader.at)) mismatches.add(reader.offset, 'checksum of the LZ4 frame');
    reader.at += 4;
  }
  if (header.size !== null && header.size !== size) mismatches.add(start, 'content size of the LZ4 frame');
  yield EMPTY;
}

function appendStored(block: Uint8Array, history: History): void {
  history.bytes.set(block, history.pos);
  history.pos += block.length;
}

/** The format of the first lz4 tool: sizes and independent blocks up to the end of the file or the next magic. */
async function* decodeLegacyFrame(reader: ByteReader, history: History): AsyncGenerator<Uint8Array, void> {
  reader.skip(4);
  for (;;) {
    const packed = await magicAt(reader);
    // Behind the last block a reader cannot tell what is no block from one that is broken; a size too large is none.
    if (packed === null || packed === 0 || packed > LEGACY_MAX_PACKED) break;
    const offset = reader.offset + 4;
    reader.at += 4;
    await reader.need(packed, 'an LZ4 block');
    history.reset();
    history.reserve(LEGACY_BLOCK_BYTES);
    decodeLz4Block(reader.bytes.subarray(reader.at, reader.at + packed), history, LEGACY_BLOCK_BYTES, offset);
    reader.at += packed;
    yield* history.chunks();
  }
  yield EMPTY;
}

/** LZ4 frames in a row, with skippable and legacy frames among them. */
export const lz4Frame: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  const history = new History(WINDOW_BYTES);
  let magic = await magicAt(reader);
  if (!isFrame(magic)) throw new InputError('no LZ4 frame: 04 22 4d 18 expected', start);
  let streams = 0;
  do {
    if (magic === MAGIC) yield* decodeFrame(reader, history, mismatches);
    else if (magic === LEGACY_MAGIC) yield* decodeLegacyFrame(reader, history);
    else yield* skipFrame(reader);
    streams += 1;
    magic = await magicAt(reader);
  } while (isFrame(magic));
  return { end: reader.offset, streams, mismatches: mismatches.list };
};
