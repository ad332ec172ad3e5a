import { isUtf8 } from 'node:buffer';
import { breaksAtOnce, canStartStream, type ByteSource } from '@sentinel/core';
import { WINDOW_BYTES } from './window-source.js';

/** Places behind a prefix that are tried (CWE-400): noise has one in 20 KB. More are there on purpose. */
const TRIES = 256;
const BYTES_FOR_ONE_TRY = 4_096;
/** Longest module or name in a GLOBAL that is looked for. */
const LONGEST_NAME = 128;

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

/** How many of these places are tried before the piece counts as unreadable. */
export function triesFor(length: number): number {
  return TRIES + Math.floor(length / BYTES_FOR_ONE_TRY);
}

/** How far a place has to be from the end of a window so that all that decides on it is there. */
export const PREFIX_REACH = 2 * LONGEST_NAME + 2;

function isNamePair(bytes: Uint8Array, start: number): boolean {
  const middle = endOfName(bytes, start);
  return middle !== -1 && endOfName(bytes, middle) !== -1;
}

/** Behind the line feed that ends a dotted name; -1 where none stands. */
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
