import { isUtf8 } from 'node:buffer';
import type { ByteSource } from '@artifact-sentinel/core';
import { breaksAtOnce, canStartStream } from '@artifact-sentinel/core/internal';
import { WINDOW_BYTES } from './window-source.js';
import { LONGEST_NAME } from '../model/limits.js';

/** Offsets behind a prefix that are tried (CWE-400): noise has one in 20 KB. More are there on purpose. */
const TRIES = 256;
const BYTES_FOR_ONE_TRY = 4_096;

const PROTO = 0x80;
const STOP = 0x2e;

/** Valid UTF-8 without control characters other than white space. */
export function isText(bytes: Uint8Array): boolean {
  return !holdsControls(bytes) && isUtf8(bytes);
}

function holdsControls(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) return true;
  return false;
}

/** The same of a source; what is no text mostly shows it at once. */
export async function isTextSource(source: ByteSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < source.size; at += WINDOW_BYTES) {
      const bytes = await source.read(at, WINDOW_BYTES);
      if (holdsControls(bytes)) return false;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    // The decoder's own error for bytes that are no UTF-8.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Where a pickle may begin behind other bytes: PROTO with a protocol that there is, or, without one, the text form of a
 * name: `c` or `i`, two lines of a dotted name, and the MARK before it. `goesOn`: the bytes are a window, more follow.
 */
export function* behindPrefix(bytes: Uint8Array, goesOn = false): Generator<number> {
  const { length } = bytes;
  const stop = goesOn ? length : bytes.lastIndexOf(STOP);
  for (let at = 1; at < length - 4; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === PROTO) {
      const protocol = bytes[at + 1] ?? 0;
      // PROTO again, or no opcode at all, is how numbers go on.
      const next = bytes[at + 2] ?? 0;
      if (
        protocol >= 2 &&
        protocol <= 5 &&
        at < stop &&
        next !== PROTO &&
        canStartStream(next) &&
        !breaksAtOnce(bytes, at)
      )
        yield at;
    } else if ((byte === 0x63 || byte === 0x69) && isNamePair(bytes, at + 1)) {
      yield bytes[at - 1] === 0x28 && at > 1 ? at - 1 : at;
    }
  }
}

/** Offsets in one piece at which compressed data are unpacked (CWE-400): documents have some dozens of such streams. */
export const PACKED_TRIES = 256;

/**
 * Where compressed data begin behind other bytes: marks of three bytes and more, and zlib's where a block follows that may
 * be one. `from`: offsets before it belong to another piece.
 */
export function* packedBehind(bytes: Uint8Array, from = 1): Generator<number> {
  for (let at = from; at < bytes.length - 6; at += 1) {
    const next = bytes[at + 1];
    switch (bytes[at]) {
      case 0x78:
        if ((next === 0x9c || next === 0x01 || next === 0xda || next === 0x5e) && mayBeBlock(bytes, at + 2)) yield at;
        break;
      case 0x1f:
        if (next === 0x8b && bytes[at + 2] === 8 && ((bytes[at + 3] ?? 0xff) & 0xe0) === 0) yield at;
        break;
      case 0x28:
        if (next === 0xb5 && bytes[at + 2] === 0x2f && bytes[at + 3] === 0xfd) yield at;
        break;
      case 0xfd:
        if (next === 0x37 && bytes[at + 2] === 0x7a && bytes[at + 3] === 0x58 && bytes[at + 4] === 0x5a) yield at;
        break;
      case 0x42:
        if (next === 0x5a && bytes[at + 2] === 0x68 && bytes[at + 4] === 0x31 && bytes[at + 5] === 0x41) yield at;
        break;
      case 0x04:
        if (next === 0x22 && bytes[at + 2] === 0x4d && bytes[at + 3] === 0x18) yield at;
        break;
      default:
    }
  }
}

/** RFC 1951, section 3.2.3: a type that there is, a stored length with its complement, code counts that there are. */
function mayBeBlock(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] ?? 0xff;
  const type = (first >> 1) & 3;
  if (type === 0)
    return (
      ((bytes[at + 1] ?? 0) ^ (bytes[at + 3] ?? 0)) === 0xff && ((bytes[at + 2] ?? 0) ^ (bytes[at + 4] ?? 0)) === 0xff
    );
  return type === 1 || (type === 2 && first >> 3 <= 29 && ((bytes[at + 1] ?? 0xff) & 0x1f) <= 29);
}

/** How many of these offsets are tried before the piece counts as unreadable. */
export function triesFor(length: number): number {
  return TRIES + Math.floor(length / BYTES_FOR_ONE_TRY);
}

/** How far an offset has to be from the end of a window so that all that decides on it is there. */
export const PREFIX_REACH = 2 * LONGEST_NAME + 2;

function isNamePair(bytes: Uint8Array, start: number): boolean {
  const middle = endOfName(bytes, start);
  return middle !== -1 && endOfName(bytes, middle) !== -1;
}

/** Behind the line feed that ends a dotted name; -1 without one. */
function endOfName(bytes: Uint8Array, start: number): number {
  const end = Math.min(bytes.length, start + LONGEST_NAME);
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0a) return at === start ? -1 : at + 1;
    const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
    const isOther = byte === 0x5f || byte === 0x2e || byte === 0x0d || (byte >= 0x30 && byte <= 0x39);
    if (!isLetter && !isOther) return -1;
  }
  return -1;
}
