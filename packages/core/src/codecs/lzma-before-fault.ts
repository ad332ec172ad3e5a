import { InputError } from '../model/errors.js';
import { WEAK_LZMA_BYTES } from '../model/limits.js';
import { ByteReader } from './byte-reader.js';
import { History } from './history.js';
import { HEADER_BYTES, readHeader } from './lzma-alone.js';
import { LzmaDecoder } from './lzma-decoder.js';

/** The longest match, which may pass the bytes that are asked for. */
const MATCH_BYTES = 273;
/** Bytes with which the range coder starts. */
const RANGE_BYTES = 5;

/**
 * What LZMA alone that breaks off gives to any reader before it does, decoded at once: for bytes of which nothing but a weak mark says
 * that they are LZMA. Nothing is read behind a fault, neither by liblzma nor by those who join streams. Null where the data do not
 * break off within few bytes: they may be LZMA, and others may be joined to them.
 */
export function lzmaBeforeFault(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < HEADER_BYTES + RANGE_BYTES) return null;
  const reader = ByteReader.of(bytes);
  const options = readHeader(reader);
  if (options === null || options.size === 0) return null;
  reader.at = HEADER_BYTES;
  if (reader.bytes[reader.at] !== 0) return null;
  // Larger than what is decoded: whether a distance is one depends on what there is alone.
  const output = new History(Math.max(options.dictionary, 2 * WEAK_LZMA_BYTES));
  const decoder = new LzmaDecoder(output, options.dictionary);
  decoder.setProperties(options.properties);
  decoder.resetState();
  decoder.startRange(reader);
  output.reserve(WEAK_LZMA_BYTES + MATCH_BYTES);
  const { fault } = decoder.run(reader, {
    lastStart: reader.end,
    inputEnd: reader.end,
    softEnd: Math.min(options.size ?? Infinity, WEAK_LZMA_BYTES),
    hardEnd: options.size ?? Infinity,
    what: 'LZMA data',
  });
  return fault instanceof InputError ? output.take() : null;
}
