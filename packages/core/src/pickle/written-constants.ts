import { MAX_DIGITS } from '../model/limits.js';
import { isAscii, latin1Text } from './text.js';

/** Arguments that protocol 0 writes as a line, where every reader takes the line for the same value; null otherwise. */

/** The int of INT or LONG: two's complement, little endian. */
export function intLine(line: string): Uint8Array | null {
  if (line.length > MAX_DIGITS || !/^-?(?:0|[1-9]\d*)$/.test(line)) return null;
  let rest = BigInt(line);
  const bytes: number[] = [];
  for (; rest < -128n || rest > 127n; rest >>= 8n) bytes.push(Number(rest & 255n));
  bytes.push(Number(rest & 255n));
  return Uint8Array.from(bytes);
}

/** The float of FLOAT, as `repr` writes it: the eight bytes of BINFLOAT. */
export function floatLine(line: string): Uint8Array | null {
  const value = floatOf(line);
  if (value === null) return null;
  if (Number.isNaN(value)) return Uint8Array.of(0x7f, 0xf8, 0, 0, 0, 0, 0, 0);
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

function floatOf(line: string): number | null {
  if (line === 'inf') return Infinity;
  if (line === '-inf') return -Infinity;
  if (line === 'nan') return NaN;
  if (line.length > MAX_DIGITS || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(line)) return null;
  const value = Number(line);
  return Number.isFinite(value) ? value : null;
}

/** Digits of a slot of GET or PUT: below 2**53. */
const MOST_SLOT_DIGITS = 15;

/** The memo slot of GET or PUT. */
export function slotLine(line: Uint8Array): number | null {
  if (line.length > MOST_SLOT_DIGITS) return null;
  const digits = latin1Text(line);
  return /^\d+$/.test(digits) ? Number(digits) : null;
}

/** The text of UNICODE in UTF-8, lone surrogates included. See `rawUnicodeEscape`. */
export function unicodeLine(raw: Uint8Array): Uint8Array | null {
  if (!raw.includes(0x5c) && isAscii(raw)) return raw;
  const out: number[] = [];
  for (let i = 0; i < raw.length; i += 1) {
    const byte = raw[i] ?? 0;
    if (byte !== 0x5c) {
      pushUtf8(out, byte);
      continue;
    }
    let run = 1;
    while (raw[i + run] === 0x5c) run += 1;
    const letter = raw[i + run];
    const digits = letter === 0x75 ? 4 : 8;
    const isEscape = run % 2 === 1 && (letter === 0x75 || letter === 0x55);
    for (let k = isEscape ? 1 : 0; k < run; k += 1) out.push(0x5c);
    i += run - 1;
    if (!isEscape) continue;
    const code = hexValue(raw, i + 2, digits);
    if (code < 0 || code > 0x10ffff) return null;
    pushUtf8(out, code);
    i += 1 + digits;
  }
  return Uint8Array.from(out);
}

function hexValue(raw: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let i = start; i < start + digits; i += 1) {
    const digit = '0123456789abcdef'.indexOf(String.fromCharCode(raw[i] ?? 0).toLowerCase());
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function pushUtf8(out: number[], code: number): void {
  if (code < 0x80) out.push(code);
  else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
  else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
}
