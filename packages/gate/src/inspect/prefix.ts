import { isUtf8 } from 'node:buffer';

/** Places behind a prefix that are tried (CWE-400): noise has one in 20 KB. More are there on purpose. */
const TRIES = 256;
const BYTES_FOR_ONE_TRY = 4_096;
/** Longest module or name in a GLOBAL that is looked for. */
const LONGEST_NAME = 128;

const PROTO = 0x80;
const STOP = 0x2e;

/** Valid UTF-8 without control characters other than white space. */
export function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) return false;
  return isUtf8(bytes);
}

/**
 * Where a pickle may begin behind other bytes: PROTO with a protocol that there is, or, without one, the text form of a
 * name: `c` or `i`, two lines of a dotted name, and the MARK before it.
 */
export function* behindPrefix(bytes: Uint8Array): Generator<number> {
  const { length } = bytes;
  const stop = bytes.lastIndexOf(STOP);
  for (let at = 1; at < length - 4; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === PROTO) {
      const protocol = bytes[at + 1] ?? 0;
      // PROTO again, or no opcode at all, is how numbers go on.
      if (protocol >= 2 && protocol <= 5 && at < stop && bytes[at + 2] !== PROTO && (bytes[at + 2] ?? 0) >= 0x28)
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
