import { crc32, inflateRawSync, inflateSync } from 'node:zlib';
import { RATIO_FREE_BYTES, type InspectionLimits } from '../model/limits.js';
import { refuse } from '../model/rules.js';

/** Codings of messages that are read (grpc/grpc, doc/compression.md). */
export const MESSAGE_CODINGS: readonly string[] = ['identity', 'gzip', 'deflate'];

/**
 * Undoes the coding of one message. What follows the coded data is refused: decoders differ in whether they read a second
 * member of gzip.
 */
export function decodedMessage(bytes: Uint8Array, coding: string, limits: InspectionLimits): Uint8Array {
  const path = `message>${coding}`;
  const most = Math.min(limits.decodedBytes, Math.max(RATIO_FREE_BYTES, bytes.length * limits.ratio));
  try {
    if (coding === 'gzip') return gunzipped(bytes, most, path);
    // `deflate` is zlib's format, not the bare one (RFC 1950).
    if (coding === 'deflate') return inflated(bytes, most, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ERR_BUFFER_TOO_LARGE')
      refuse('GATE-BOMB', 'decoded-bytes', path, 'the message unpacks to more than is accepted');
    refuse('GATE-UNREADABLE', 'message-coding', path, 'the message cannot be decoded');
  }
  refuse('GATE-CODING', 'grpc-encoding', path, 'a message coding that the gate does not read');
}

interface Inflated {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

function inflated(bytes: Uint8Array, most: number, path: string): Uint8Array {
  const { buffer, engine } = inflateSync(bytes, { maxOutputLength: most, info: true }) as unknown as Inflated;
  if (engine.bytesWritten !== bytes.length) trailing(path);
  return buffer;
}

/** ID1 ID2 CM FLG MTIME(4) XFL OS, then what FLG announces, the data, CRC32 and ISIZE (RFC 1952, section 2.3). */
const GZIP_HEAD = 10;
const GZIP_TAIL = 8;
const FHCRC = 2;
const FEXTRA = 4;
const FNAME = 8;
const FCOMMENT = 16;

function gunzipped(bytes: Uint8Array, most: number, path: string): Uint8Array {
  const at = endOfHead(bytes);
  if (at === null || at + GZIP_TAIL > bytes.length)
    refuse('GATE-UNREADABLE', 'message-coding', path, 'the message cannot be decoded');
  const data = bytes.subarray(at);
  const { buffer, engine } = inflateRawSync(data, { maxOutputLength: most, info: true }) as unknown as Inflated;
  if (engine.bytesWritten + GZIP_TAIL !== data.length) trailing(path);
  const tail = new DataView(data.buffer, data.byteOffset + engine.bytesWritten, GZIP_TAIL);
  if (tail.getUint32(0, true) !== crc32(buffer) || tail.getUint32(4, true) !== buffer.length % 2 ** 32)
    refuse('GATE-UNREADABLE', 'message-coding', path, 'the message is damaged');
  return buffer;
}

/** Where the data of a member begin, or null. */
function endOfHead(bytes: Uint8Array): number | null {
  const flags = bytes[3] ?? 0xff;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || flags > 31) return null;
  let at = GZIP_HEAD;
  if ((flags & FEXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const flag of [FNAME, FCOMMENT]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return null;
    at = end + 1;
  }
  if ((flags & FHCRC) !== 0) at += 2;
  return at;
}

function trailing(path: string): never {
  refuse('GATE-UNREADABLE', 'message-coding', path, 'bytes follow the coded message, or it is cut');
}
