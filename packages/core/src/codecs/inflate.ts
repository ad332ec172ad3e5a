import { EMPTY } from '../bytes/source.js';
import { u16, u32 } from '../bytes/read.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import { Adler32 } from './adler32.js';
import { ByteReader } from './byte-reader.js';
import type { Checksum } from './checksum.js';
import type { Codec } from './codec.js';
import { Crc32, crc32 } from './crc32.js';
import { pakoEngine } from './inflate-engine.js';
import { Mismatches } from './mismatches.js';
import type { InflateEngine } from '../platform.js';
import { MAX_GZIP_TEXT } from '../model/limits.js';

/** Decodes one raw deflate stream from the reader's position and leaves the reader behind it; returns the bytes put out. */
// Recursion: once, with the engine that is never unsure.
async function* inflateStream(
  reader: ByteReader,
  engine: InflateEngine,
  checksum: Checksum | null,
): AsyncGenerator<Uint8Array, number> {
  const start = reader.offset;
  const inflater = engine();
  let total = 0;
  try {
    for (;;) {
      await reader.fill(1);
      const pushed = inflater.push(reader.bytes.subarray(reader.at, reader.end));
      const step = pushed instanceof Promise ? await pushed : pushed;
      reader.at += step.consumed;
      if (step.output.length > 0) {
        checksum?.update(step.output);
        total += step.output.length;
      }
      // A chunk without bytes lets the consumer look at its deadline: empty blocks go on as long as the input does.
      yield step.output;
      if (step.unsure === true) break;
      if (step.error !== undefined) throw new InputError(`corrupt deflate data: ${step.error}`, reader.offset);
      if (step.done) return total;
      if (step.consumed === 0 && step.output.length === 0 && !(await reader.fill(reader.available + 1))) {
        throw reader.truncated('deflate data');
      }
    }
  } finally {
    inflater.close?.();
  }
  reader.seek(start);
  return yield* after(total, inflateStream(reader, pakoEngine, null), checksum);
}

/** The chunks without their first `known` bytes, which were put out already; returns how many bytes there are in all. */
async function* after(
  known: number,
  chunks: AsyncGenerator<Uint8Array, number>,
  checksum: Checksum | null,
): AsyncGenerator<Uint8Array, number> {
  let seen = 0;
  for (;;) {
    const step = await chunks.next();
    if (step.done === true) return step.value;
    const fresh = step.value.subarray(Math.min(step.value.length, Math.max(0, known - seen)));
    seen += step.value.length;
    checksum?.update(fresh);
    yield fresh;
  }
}

/** Raw deflate (RFC 1951): one stream. */
export const rawDeflate: Codec = async function* (source, start, platform) {
  const reader = new ByteReader(source, start);
  yield* inflateStream(reader, platform.inflate(pakoEngine), null);
  return { end: reader.offset, streams: 1, mismatches: [] };
};

/**
 * zlib (RFC 1950): one stream, as zlib.decompress reads it.
 *
 *   CMF FLG [DICTID 4] deflate data, ADLER32 4 (big-endian)
 */
export const zlib: Codec = async function* (source, start, platform) {
  const reader = new ByteReader(source, start);
  await reader.need(2, 'the zlib header');
  const method = reader.byte();
  const flags = reader.byte();
  if ((method * 256 + flags) % 31 !== 0) throw new InputError('no zlib header: its check bits are wrong', start);
  if ((method & 15) !== 8) throw new UnsupportedError(`zlib compression method ${method & 15}`, start);
  if (method >>> 4 > 7)
    throw new InputError(`zlib window of 2^${(method >>> 4) + 8} bytes: at most 2^15 is allowed`, start);
  if (flags & 0x20) throw new InputError('zlib data with a preset dictionary, which no loader has', start);
  const adler = new Adler32();
  yield* inflateStream(reader, platform.inflate(pakoEngine), adler);
  await reader.need(4, 'the Adler-32 behind zlib data');
  const offset = reader.offset;
  const trailer = reader.take(4);
  const stored = ((trailer[0]! << 24) | (trailer[1]! << 16) | (trailer[2]! << 8) | trailer[3]!) >>> 0;
  const mismatches = stored === adler.value ? [] : [{ offset, what: 'Adler-32 of the zlib data' }];
  return { end: reader.offset, streams: 1, mismatches };
};

const FLAG_HEADER_CRC = 2;
const FLAG_EXTRA = 4;
const FLAG_NAME = 8;
const FLAG_COMMENT = 16;

async function isGzipMember(reader: ByteReader): Promise<boolean> {
  return (await reader.fill(2)) && reader.bytes[reader.at] === 0x1f && reader.bytes[reader.at + 1] === 0x8b;
}

/**
 * One member's header (RFC 1952, section 2.3), read as `_GzipReader._read_gzip_header` of CPython does. Python skips
 * the header's CRC; a wrong one is a mismatch here.
 *
 *   1f 8b CM FLG MTIME 4 XFL OS [XLEN 2, extra] [name\0] [comment\0] [CRC16]
 */
async function readGzipHeader(reader: ByteReader, mismatches: Mismatches): Promise<void> {
  const start = reader.offset;
  await reader.need(10, 'a gzip header');
  let length = 10;
  const method = reader.bytes[reader.at + 2]!;
  const flags = reader.bytes[reader.at + 3]!;
  if (method !== 8) throw new UnsupportedError(`gzip compression method ${method}`, start);
  if (flags & FLAG_EXTRA) {
    await reader.need(length + 2, 'a gzip extra field');
    length += 2 + u16(reader.bytes, reader.at + length);
    await reader.need(length, 'a gzip extra field');
  }
  if (flags & FLAG_NAME) length = await endOfText(reader, length, 'a gzip file name');
  if (flags & FLAG_COMMENT) length = await endOfText(reader, length, 'a gzip comment');
  if (flags & FLAG_HEADER_CRC) {
    await reader.need(length + 2, 'the checksum of a gzip header');
    const computed = crc32(reader.bytes.subarray(reader.at, reader.at + length)) & 0xffff;
    if (computed !== u16(reader.bytes, reader.at + length)) {
      mismatches.add(start + length, 'CRC-16 of the gzip header');
    }
    length += 2;
  }
  reader.skip(length);
}

async function endOfText(reader: ByteReader, from: number, what: string): Promise<number> {
  for (let searched = from; ;) {
    await reader.need(searched + 1, what);
    const at = reader.bytes.indexOf(0, reader.at + searched);
    if (at !== -1 && at < reader.end) return at - reader.at + 1;
    searched = reader.available;
    if (searched - from > MAX_GZIP_TEXT) {
      throw new LimitError('MAX_GZIP_TEXT', `${what} is longer than ${MAX_GZIP_TEXT} bytes`);
    }
  }
}

/** Zero bytes between and behind members, which CPython's reader skips; yields so that a deadline can be seen. */
async function* skipZeros(reader: ByteReader): AsyncGenerator<Uint8Array, void> {
  while (await reader.fill(1)) {
    while (reader.at < reader.end && reader.bytes[reader.at] === 0) reader.at += 1;
    if (reader.at < reader.end) return;
    yield EMPTY;
  }
}

/** Bytes of a gzip member behind which the next one is taken to be short as well. */
const SHORT_MEMBER = 32 * 1024;

/** gzip (RFC 1952): members in a row with zero bytes between them, as `_GzipReader.read` of CPython joins them. */
export const gzip: Codec = async function* (source, start, platform) {
  const reader = new ByteReader(source, start);
  const mismatches = new Mismatches();
  if (!(await isGzipMember(reader))) throw new InputError('no gzip header: 1f 8b expected', start);
  let streams = 0;
  let before = Infinity;
  do {
    await readGzipHeader(reader, mismatches);
    const crc = new Crc32();
    // A host's engine is given all that is at hand, however short the member is: thousands of short ones would be as many copies.
    const engine = before < SHORT_MEMBER ? pakoEngine : platform.inflate(pakoEngine);
    const begin = reader.offset;
    const size = yield* inflateStream(reader, engine, crc);
    before = reader.offset - begin;
    await reader.need(8, 'the checksum and size behind a gzip member');
    const offset = reader.offset;
    if (u32(reader.bytes, reader.at) !== crc.value) mismatches.add(offset, 'CRC-32 of the gzip member');
    if (u32(reader.bytes, reader.at + 4) !== size % 0x1_0000_0000) {
      mismatches.add(offset + 4, 'size of the gzip member');
    }
    reader.skip(8);
    streams += 1;
    yield* skipZeros(reader);
  } while (await isGzipMember(reader));
  return { end: reader.offset, streams, mismatches: mismatches.list };
};
