import { u16, u32, u64 } from '../bytes/read.js';
import { EMPTY } from '../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { ByteReader } from './byte-reader.js';
import type { Codec } from './codec.js';
import { History } from './history.js';
import { Mismatches } from './mismatches.js';
import { isSkippable, skipFrame } from './skippable-frame.js';
import { XxHash64 } from './xxhash64.js';
import { MAX_BLOCK_BYTES, ZstdBlocks } from './zstd-block.js';
import { ZSTD_WINDOW_BYTES } from '../model/limits.js';

const MAGIC = 0xfd2fb528;

const BLOCK_STORED = 0;
const BLOCK_RUN = 1;
const BLOCK_COMPRESSED = 2;

interface FrameHeader {
  readonly window: number;
  readonly size: number | null;
  readonly checksum: boolean;
}

/**
 * Magic and frame header (RFC 8878, section 3.1.1.1).
 *
 *   28 b5 2f fd, descriptor 1 (size of content size: 2 bits, single segment, unused, reserved, checksum, size of
 *   dictionary: 2 bits), [window 1], [dictionary 1, 2 or 4], [content size 1, 2, 4 or 8]
 */
async function readHeader(reader: ByteReader): Promise<FrameHeader> {
  const what = 'a zstd frame header';
  await reader.need(5, what);
  const start = reader.offset;
  const descriptor = reader.bytes[reader.at + 4]!;
  const single = (descriptor & 0x20) !== 0;
  if (descriptor & 0x08) throw new UnsupportedError('a zstd frame with the reserved bit set', start + 4);
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >>> 6]!;
  const windowBytes = single ? 0 : 1;
  const length = 5 + windowBytes + dictionaryBytes + sizeBytes;
  await reader.need(length, what);
  const { bytes, at } = reader;
  if (bytes.subarray(at + 5 + windowBytes, at + 5 + windowBytes + dictionaryBytes).some((byte) => byte !== 0)) {
    throw new UnsupportedError('a zstd frame that needs a dictionary', start);
  }
  const size = contentSize(bytes, at + length - sizeBytes, sizeBytes);
  const exponent = bytes[at + 5]! >>> 3;
  const window = single ? size! : 2 ** (10 + exponent) * (1 + (bytes[at + 5]! & 7) / 8);
  reader.skip(length);
  return { window, size, checksum: (descriptor & 4) !== 0 };
}

function contentSize(bytes: Uint8Array, at: number, length: number): number | null {
  if (length === 0) return null;
  if (length === 1) return bytes[at]!;
  if (length === 2) return u16(bytes, at) + 256;
  return length === 4 ? u32(bytes, at) : u64(bytes, at);
}

/** header, blocks (last 1 bit, type 2 bits, size 21 bits, data), [lower half of the content's xxHash64] */
async function* decodeFrame(
  reader: ByteReader,
  literals: Uint8Array,
  mismatches: Mismatches,
): AsyncGenerator<Uint8Array, void> {
  const start = reader.offset;
  const header = await readHeader(reader);
  const history = new History(Math.min(header.window, ZSTD_WINDOW_BYTES));
  const blocks = new ZstdBlocks(history, literals);
  const maxBlock = Math.min(MAX_BLOCK_BYTES, header.window);
  const hash = header.checksum ? new XxHash64() : null;
  let size = 0;
  for (let last = false; !last;) {
    await reader.need(3, 'the header of a zstd block');
    const word = u16(reader.bytes, reader.at) | (reader.bytes[reader.at + 2]! << 16);
    last = (word & 1) !== 0;
    const type = (word >>> 1) & 3;
    const length = word >>> 3;
    reader.at += 3;
    if (type === BLOCK_STORED || type === BLOCK_RUN) {
      await copyBlock(reader, history, type, length);
    } else if (type === BLOCK_COMPRESSED) {
      if (length > maxBlock)
        throw new InputError(
          `corrupt zstd frame: a block of ${length} bytes, at most ${maxBlock} are allowed`,
          reader.offset - 3,
        );
      await reader.need(length, 'a zstd block');
      history.reserve(maxBlock);
      const far = blocks.decode(reader.bytes, reader.at, reader.at + length, maxBlock, reader.offset - reader.at);
      if (far > 0) throw tooFar(far, header.window, history, reader.offset);
      reader.at += length;
    } else {
      throw new InputError('corrupt zstd frame: a block of type 3', reader.offset - 3);
    }
    for (const chunk of history.chunks()) {
      hash?.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  if (hash !== null) {
    await reader.need(4, 'the checksum of a zstd frame');
    if (Number(hash.value & 0xffff_ffffn) !== u32(reader.bytes, reader.at))
      mismatches.add(reader.offset, 'checksum of the zstd frame');
    reader.skip(4);
  }
  if (header.size !== null && header.size !== size) mismatches.add(start, 'content size of the zstd frame');
}

async function copyBlock(reader: ByteReader, history: History, type: number, length: number): Promise<void> {
  const packed = type === BLOCK_RUN ? 1 : length;
  await reader.need(packed, 'a zstd block');
  history.reserve(length);
  if (type === BLOCK_RUN) history.bytes.fill(reader.bytes[reader.at]!, history.pos, history.pos + length);
  else history.bytes.set(reader.bytes.subarray(reader.at, reader.at + length), history.pos);
  history.pos += length;
  reader.at += packed;
}

function tooFar(distance: number, window: number, history: History, offset: number): InputError | LimitError {
  if (history.window < window && distance <= window && distance > history.window && history.reach === history.window) {
    return new LimitError(
      'ZSTD_WINDOW_BYTES',
      `zstd data that reaches back ${distance} bytes, more than ${ZSTD_WINDOW_BYTES}`,
    );
  }
  return new InputError(`corrupt zstd block: it reaches back ${distance} bytes`, offset);
}

async function magicAt(reader: ByteReader): Promise<number | null> {
  return (await reader.fill(4)) ? u32(reader.bytes, reader.at) : null;
}

/** Zstandard (RFC 8878): frames in a row, skippable ones among them; no dictionaries. */
export const zstd: Codec = async function* (source, start) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  const literals = new Uint8Array(MAX_BLOCK_BYTES);
  let magic = await magicAt(reader);
  let streams = 0;
  for (; magic !== null && (magic === MAGIC || isSkippable(magic)); magic = await magicAt(reader)) {
    if (magic === MAGIC) yield* decodeFrame(reader, literals, mismatches);
    else yield* skipFrame(reader);
    streams += 1;
  }
  if (streams === 0) throw new InputError('no zstd frame: 28 b5 2f fd expected', start);
  yield EMPTY;
  return { end: reader.offset, streams, mismatches: mismatches.list };
};
