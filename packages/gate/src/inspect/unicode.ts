import { isUtf8 } from 'node:buffer';
import { base64, STANDARD64 } from './base-n.js';

/** How wide a unit of text is, and its order. */
type Units = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** How Python's json tells the encoding of bytes (json.detect_encoding): by a byte order mark, or by where zeros lie. */
function detected(bytes: Buffer): Units | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (bytes.length >= 4) {
    if (a === 0) return b === 0 ? 'utf-32be' : 'utf-16be';
    if (b === 0) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
    return null;
  }
  return null;
}

/** Text in units of 16 or 32 bits, as UTF-8; null where it is none. */
export function unicodeText(bytes: Buffer): Buffer | null {
  const units = detected(bytes);
  return units === null ? null : fromUnits(bytes, units);
}

function fromUnits(bytes: Buffer, units: Units): Buffer | null {
  const width = units.startsWith('utf-16') ? 2 : 4;
  const whole = bytes.subarray(0, bytes.length - (bytes.length % width));
  if (width === 2) {
    const little = units === 'utf-16le' ? whole : Buffer.from(whole).swap16();
    return Buffer.from(little.toString('utf16le').replace('\ufeff', ''));
  }
  const out = Buffer.alloc(whole.length);
  let size = 0;
  for (let at = 0; at < whole.length; at += 4) {
    const point = units === 'utf-32le' ? whole.readUInt32LE(at) : whole.readUInt32BE(at);
    if (point > 0x10ffff) return null;
    if (point === 0xfeff && at === 0) continue;
    if (point < 0x80) {
      out[size] = point;
      size += 1;
    } else size += out.write(String.fromCodePoint(point), size);
  }
  return out.subarray(0, size);
}

/** Names of encodings that change nothing: text in them is read as the bytes stand. */
const PLAIN: ReadonlySet<string> = new Set('utf8 usascii ascii binary'.split(' '));

export function isPlainCharset(charset: string): boolean {
  return PLAIN.has(plainName(charset));
}

/** Names of encodings of which every byte below 0x80 is itself, so that the bytes as they stand say the same. */
const ASCII_ALIKE: ReadonlySet<string> = new Set('utf8 usascii ascii latin1 binary macroman koi8r koi8u'.split(' '));
const FAMILIES = ['iso8859', 'windows125', 'cp125'];

/** Python's names have any signs between their letters. */
function plainName(charset: string): string {
  return charset.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

export function isAsciiAlike(charset: string): boolean {
  const name = plainName(charset);
  return ASCII_ALIKE.has(name) || FAMILIES.some((family) => name.startsWith(family));
}

const UNITS: ReadonlyMap<string, Units | null> = new Map([
  ['utf16', null],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['utf32', null],
  ['utf32le', 'utf-32le'],
  ['utf32be', 'utf-32be'],
]);

/**
 * What a declared encoding makes of bytes, as UTF-8, beside the bytes themselves: null where that is the same text, `unknown` for
 * encodings that are not read.
 */
export function declaredText(bytes: Buffer, charset: string): Buffer | null | 'unknown' {
  if (isPlainCharset(charset)) return null;
  // The signs above ASCII differ; what a server makes bytes of again by the same encoding does not.
  if (isAsciiAlike(charset)) return isUtf8(bytes) ? null : Buffer.from(bytes.toString('latin1'));
  const name = plainName(charset);
  if (name === 'utf7' || name === 'unicode11utf7') return fromUtf7(bytes);
  if (name === 'utf8sig') return bytes;
  const units = UNITS.get(name);
  if (units === undefined) return 'unknown';
  if (units !== null) return fromUnits(bytes, units);
  // By the mark, and by the machine's order without one.
  const width = name === 'utf16' ? 'utf-16' : 'utf-32';
  const order = bytes[0] === 0xfe || (bytes[0] === 0 && bytes[2] === 0xfe) ? 'be' : 'le';
  return fromUnits(bytes, `${width}${order}`);
}

const PLUS = 0x2b;
const MINUS = 0x2d;

/** RFC 2152: stretches of base64 of UTF-16 between `+` and whatever is no digit. */
function fromUtf7(bytes: Buffer): Buffer {
  const out: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(PLUS); at !== -1; at = bytes.indexOf(PLUS, from)) {
    out.push(bytes.subarray(from, at));
    let end = at + 1;
    while (end < bytes.length && STANDARD64[bytes[end] as number] !== 0xff) end += 1;
    if (end === at + 1) out.push(bytes.subarray(at, end));
    else {
      const units = base64(bytes.subarray(at + 1, end), STANDARD64);
      const text = Buffer.from(units.subarray(0, units.length - (units.length % 2))).swap16();
      out.push(Buffer.from(text.toString('utf16le')));
    }
    from = bytes[end] === MINUS ? end + 1 : end;
  }
  out.push(bytes.subarray(from));
  return Buffer.concat(out);
}
