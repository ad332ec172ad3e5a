/**
 * Arguments of the text protocols as picklers write them, found without a copy of the line: for the short forms of the
 * loop. Whatever looks otherwise is left to `operations/lines.ts`, which knows what each reader makes of it.
 */

/** Digits of a memo index that stay small integers. */
const MOST_INDEX_DIGITS = 9;
/** A plain number: one that no reader, at any precision, takes for too large. */
const MOST_DIGITS = 300;
/** A text that is looked at byte by byte. */
const MOST_PLAIN_TEXT = 256;

/** The newline behind a memo index as picklers write it, or -1. Windows end with a zero byte. */
export function digitsEnd(buffer: Uint8Array, at: number): number {
  let end = at;
  let byte = buffer[end] as number;
  while (byte >= 48 && byte <= 57) {
    end += 1;
    byte = buffer[end] as number;
  }
  return byte === 10 && end > at && end - at <= MOST_INDEX_DIGITS ? end : -1;
}

export function digitsValue(buffer: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i += 1) value = (value * 10 + (buffer[i] as number) - 48) | 0;
  return value;
}

/** The newline behind an argument of INT, LONG, FLOAT or UNICODE that every reader takes as it stands; otherwise -1. */
export function plainEnd(buffer: Uint8Array, code: number, start: number, windowEnd: number): number {
  let at = start;
  let byte = buffer[at] as number;
  if (code === 0x56) {
    if (byte === 0x80 || byte === 0x50) return -1; // may be a pickle or a zip
    const most = Math.min(windowEnd, start + MOST_PLAIN_TEXT);
    while (at < most && byte !== 10) {
      if (byte === 92) return -1;
      at += 1;
      byte = buffer[at] as number;
    }
    return at < most ? at : -1;
  }
  if (code !== 0x49 && code !== 0x4c && code !== 0x46) return -1;
  if (byte === 0x2d) {
    at += 1;
    byte = buffer[at] as number;
  }
  const first = at;
  while (byte >= 48 && byte <= 57) {
    at += 1;
    byte = buffer[at] as number;
  }
  const digits = at - first;
  if (digits === 0 || digits > MOST_DIGITS) return -1;
  if (code === 0x46) {
    if (byte === 0x2e) {
      do {
        at += 1;
        byte = buffer[at] as number;
      } while (byte >= 48 && byte <= 57);
    }
    return byte === 10 && at - first <= MOST_DIGITS ? at : -1;
  }
  // Leading zeros are octal, refused, or True and False.
  if (digits > 1 && buffer[first] === 0x30) return -1;
  if (code === 0x4c && byte === 0x4c) {
    at += 1;
    byte = buffer[at] as number;
  }
  return byte === 10 ? at : -1;
}
