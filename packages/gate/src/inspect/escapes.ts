import { isUtf8 } from 'node:buffer';
import { LONGEST_SOFT_END } from '../model/limits.js';

const PERCENT = 0x25;
const PLUS = 0x2b;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;

const NIBBLES = new Int8Array(256).fill(-1);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  NIBBLES[digit.charCodeAt(0)] = value;
  NIBBLES[digit.toUpperCase().charCodeAt(0)] = value;
}

function nibble(byte: number | undefined): number {
  return byte === undefined ? -1 : (NIBBLES[byte] as number);
}

/** The value of two hexadecimal digits at an offset, or -1. */
function hexByte(bytes: Uint8Array, at: number): number {
  const high = nibble(bytes[at]);
  const low = nibble(bytes[at + 1]);
  return high === -1 || low === -1 ? -1 : high * 16 + low;
}

/** `%41` and, in forms, `+`; what is no escape stays as it is, as servers do. */
export function percentDecoded(source: Buffer, plusIsSpace = false): Buffer {
  if (!source.includes(PERCENT) && !(plusIsSpace && source.includes(PLUS))) return source;
  const out = Buffer.alloc(source.length);
  let size = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] as number;
    const escape = byte === PERCENT ? hexByte(source, at + 1) : -1;
    out[size] = escape === -1 ? (plusIsSpace && byte === PLUS ? 0x20 : byte) : escape;
    if (escape !== -1) at += 2;
    size += 1;
  }
  return out.subarray(0, size);
}

/**
 * Bytes that are no UTF-8 as Werkzeug leaves them in the values of forms: `%FF`. Null where there are none.
 */
export function percentKept(bytes: Buffer): Buffer | null {
  if (isUtf8(bytes)) return null;
  const out: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80) continue;
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    const character = bytes.subarray(at, at + width);
    if (character.length === width && isUtf8(character)) {
      at += width - 1;
      continue;
    }
    out.push(bytes.subarray(from, at), Buffer.from(`%${byte.toString(16).toUpperCase()}`));
    from = at + 1;
  }
  out.push(bytes.subarray(from));
  return Buffer.concat(out);
}

/** `=80` of quoted-printable, with its soft line ends (RFC 2045, section 6.7). */
export function quotedDecoded(source: Buffer): Buffer {
  const out = Buffer.alloc(source.length);
  let size = 0;
  for (let at = 0; at < source.length; at += 1) {
    const byte = source[at] as number;
    if (byte === EQUALS) {
      const escape = hexByte(source, at + 1);
      if (escape !== -1) {
        out[size] = escape;
        size += 1;
        at += 2;
        continue;
      }
      const end = softLineEnd(source, at + 1);
      if (end !== -1) {
        at = end;
        continue;
      }
    }
    out[size] = byte;
    size += 1;
  }
  return out.subarray(0, size);
}

/** The line feed that ends a soft line, with few blanks before it; -1 without one. */
function softLineEnd(source: Buffer, from: number): number {
  const most = Math.min(source.length, from + LONGEST_SOFT_END);
  for (let at = from; at < most; at += 1) {
    const byte = source[at];
    if (byte === LINE_FEED) return at;
    if (byte !== 0x20 && byte !== 0x09 && byte !== RETURN) return -1;
  }
  return -1;
}

/** What may stand between the pairs of hexadecimal digits: `80:04`, `\x80\x04`, `0x80, 0x04`, `80-04`. */
const HEX_SEPARATORS = new Uint8Array(256);
for (const separator of ' \t\r\n\f\v:-,;\\_|[](){}') HEX_SEPARATORS[separator.charCodeAt(0)] = 1;

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/**
 * Bytes that are written as pairs of hexadecimal digits with separators between them or none; null for anything else. White
 * space may lie within a pair: programs take it out before they decode.
 */
export function hexDecoded(text: Uint8Array): Buffer | null {
  const out = Buffer.alloc(Math.ceil(text.length / 2));
  let size = 0;
  let high = -1;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    const value = nibble(byte);
    if (value === -1) {
      const isMark = byte === 0x78 || byte === 0x58;
      // `\x80`, `0x80`, and Postgres's `\x8004`: the x stands behind a backslash, or behind a zero of its own.
      if (isMark && text[at - 1] === BACKSLASH) continue;
      if (isMark && text[at - 1] === 0x30 && high === 0) {
        high = -1;
        continue;
      }
      if (HEX_SEPARATORS[byte] === 0 || (high !== -1 && !isBlank(byte))) return null;
    } else if (high === -1) high = value;
    else {
      out[size] = high * 16 + value;
      size += 1;
      high = -1;
    }
  }
  return high === -1 ? out.subarray(0, size) : null;
}

const SIMPLE: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, b: 8 };
const SIMPLE_ESCAPES = new Int16Array(256).fill(-1);
for (const [letter, value] of Object.entries(SIMPLE)) SIMPLE_ESCAPES[letter.charCodeAt(0)] = value;
for (const byte of [BACKSLASH, QUOTE, APOSTROPHE]) SIMPLE_ESCAPES[byte] = byte;

/**
 * Escapes as Python and JavaScript write them, undone: `\x80`, `\200`, `\u0080`, `\n`. What stands for a character beyond a byte
 * is given as UTF-8. The letters and quotes of a literal (`b'…'`) are taken off. Null where there is no escape that is one.
 */
export function backslashDecoded(text: Buffer): Buffer | null {
  const literal = withinLiteral(text);
  const out = Buffer.alloc(literal.length);
  let size = 0;
  let hasEscape = false;
  for (let at = 0; at < literal.length; at += 1) {
    const byte = literal[at] as number;
    if (byte !== BACKSLASH) {
      out[size] = byte;
      size += 1;
      continue;
    }
    const { value, length } = escapeAt(literal, at + 1);
    if (value === -1) {
      out[size] = byte;
      size += 1;
      continue;
    }
    hasEscape = true;
    at += length;
    if (value < 0x100) {
      out[size] = value;
      size += 1;
    } else size += out.write(String.fromCodePoint(Math.min(value, 0x10ffff)), size);
  }
  return hasEscape ? out.subarray(0, size) : null;
}

function escapeAt(text: Buffer, at: number): { readonly value: number; readonly length: number } {
  const byte = text[at] ?? 0;
  const simple = SIMPLE_ESCAPES[byte] as number;
  if (simple !== -1) return { value: simple, length: 1 };
  if (byte >= 0x30 && byte <= 0x37) {
    let length = 1;
    let value = byte - 0x30;
    for (; length < 3; length += 1) {
      const next = text[at + length] ?? 0;
      if (next < 0x30 || next > 0x37) break;
      value = value * 8 + next - 0x30;
    }
    return { value: value & 0xff, length };
  }
  const digits = byte === 0x78 ? 2 : byte === 0x75 ? 4 : byte === 0x55 ? 8 : 0;
  let value = digits === 0 ? -1 : 0;
  for (let i = 1; i <= digits && value !== -1; i += 1) {
    const digit = nibble(text[at + i]);
    value = digit === -1 ? -1 : value * 16 + digit;
  }
  return { value, length: digits + 1 };
}

/** The inside of `b'…'`, `b"…"` and `b'''…'''`. */
function withinLiteral(text: Buffer): Buffer {
  let from = 0;
  let to = text.length;
  while ((text[from] ?? QUOTE) <= 0x20) from += 1;
  while ((text[to - 1] ?? QUOTE) <= 0x20) to -= 1;
  const start = from;
  while (from < start + 2 && 'bBrRuU'.includes(String.fromCharCode(text[from] ?? 0))) from += 1;
  const quote = text[from];
  if ((quote !== QUOTE && quote !== APOSTROPHE) || text[to - 1] !== quote) return text;
  const isTriple = to - from >= 6 && text[from + 1] === quote && text[from + 2] === quote;
  const width = isTriple ? 3 : 1;
  return text.subarray(from + width, to - width);
}

const ESCAPED_U = 0x75;

/** Escapes of JSON undone, as UTF-8; those that are none stay as they are. */
export function jsonDecoded(text: Buffer): Buffer {
  if (!text.includes(BACKSLASH)) return text;
  const out = Buffer.alloc(text.length);
  let size = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] as number;
    if (byte !== BACKSLASH || at + 1 >= text.length) {
      out[size] = byte;
      size += 1;
      continue;
    }
    at += 1;
    const escape = text[at] as number;
    if (escape !== ESCAPED_U) {
      const simple = JSON_ESCAPES[escape] as number;
      out[size] = simple === -1 ? escape : simple;
      size += 1;
      continue;
    }
    const high = unitAt(text, at + 1);
    if (high === -1) continue;
    at += 4;
    const isPair = (high & 0xfc00) === 0xd800 && text[at + 1] === BACKSLASH && text[at + 2] === ESCAPED_U;
    const low = isPair ? unitAt(text, at + 3) : -1;
    const isLow = (low & 0xfc00) === 0xdc00;
    if (isLow) at += 6;
    size += out.write(isLow ? String.fromCharCode(high, low) : String.fromCharCode(high), size);
  }
  return out.subarray(0, size);
}

const JSON_ESCAPES = new Int16Array(256).fill(-1);
for (const [letter, value] of Object.entries({ n: 10, r: 13, t: 9, f: 12, b: 8 }))
  JSON_ESCAPES[letter.charCodeAt(0)] = value;

/** Four hexadecimal digits, or -1. */
function unitAt(text: Uint8Array, at: number): number {
  const high = hexByte(text, at);
  const low = hexByte(text, at + 2);
  return high === -1 || low === -1 ? -1 : high * 256 + low;
}
