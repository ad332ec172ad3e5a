import { MAX_DIGITS, MAX_TOKEN_BYTES } from '../model/limits.js';
import type { Platform } from '../platform.js';
import { isAscii } from './text.js';

/**
 * Values and effects of a stream in one canonical form: whatever opcode wrote a value, equal values have equal tokens, and
 * values that differ in anything have others. No token is the beginning of another one, so that a row of them reads in one
 * way only.
 */

export const TOKEN = {
  end: 0,
  none: 1,
  true: 2,
  false: 3,
  int: 4, // two's complement, little endian, as short as it goes
  float: 5, // the eight bytes of the double, sign of zero and payload of NaN included
  text: 6, // UTF-8, lone surrogates included
  bytes: 7,
  oldText: 8, // a str or bytes, as the reader's encoding says
  tuple: 9, // of constants only
  frozenset: 10,
  /** What was told before: an object, or a container that an effect has met. */
  reference: 16,
  list: 17,
  dict: 18,
  set: 19,
  openFrozenset: 20,
  openTuple: 21,
  bytearray: 22,
  // Effects.
  lookup: 32,
  extension: 33,
  call: 34,
  make: 35,
  makeEx: 36,
  instantiate: 37,
  build: 38,
  setItem: 39,
  append: 40,
  extend: 41,
  add: 42,
  persistent: 43,
  buffer: 44,
  readonly: 45,
  /** A lookup that goes attribute by attribute. */
  walk: 46,
  stop: 47,
  /** A lookup of a computed name, which protocols up to 2 map to Python 3's. */
  lookupPython2: 48,
} as const;

/** What opcodes push that say how long their argument is. */
export const SIZED_KINDS: Readonly<Record<number, number>> = {
  0x58: TOKEN.text,
  0x8c: TOKEN.text,
  0x8d: TOKEN.text,
  0x42: TOKEN.bytes,
  0x43: TOKEN.bytes,
  0x8e: TOKEN.bytes,
  0x54: TOKEN.oldText,
  0x55: TOKEN.oldText,
  0x96: TOKEN.bytearray,
  0x8a: TOKEN.int,
  0x8b: TOKEN.int,
};
/** Payloads up to here stand in the token themselves, longer ones as their SHA-256. */
export const INLINE = 64;
const DIGESTED = 0xff;
/** A token of a long payload: kind, mark, length, digest in hex. */
const DIGESTED_BYTES = 2 + 8 + 64;

/** What tokens and logs need of the platform. */
export type Hashing = Pick<Platform, 'sha256' | 'sha256Stream'>;

/** Too large to be told in full. */
export class TooLarge extends Error {}

/** The constants of a stream, each by the offset of its token. */
export class Tokens {
  readonly #platform: Hashing;
  #bytes = new Uint8Array(4096);
  #length = 0;
  readonly #view = new DataView(new ArrayBuffer(8));

  readonly none = this.add(TOKEN.none, new Uint8Array(0));
  readonly true = this.add(TOKEN.true, new Uint8Array(0));
  readonly false = this.add(TOKEN.false, new Uint8Array(0));
  readonly emptyTuple = this.add(TOKEN.tuple, new Uint8Array(0));
  readonly #small = Array.from({ length: 256 }, (_, value) => this.#shortInt(value));

  constructor(platform: Hashing) {
    this.#platform = platform;
  }

  add(kind: number, payload: Uint8Array): number {
    if (payload.length > INLINE) return this.addDigest(kind, payload.length, this.#platform.sha256(payload));
    const at = this.#room(2 + payload.length);
    this.#bytes[at] = kind;
    this.#bytes[at + 1] = payload.length;
    this.#bytes.set(payload, at + 2);
    return at;
  }

  addDigest(kind: number, length: number, hex: string): number {
    const at = this.#room(DIGESTED_BYTES);
    this.#bytes[at] = kind;
    this.#bytes[at + 1] = DIGESTED;
    this.#view.setFloat64(0, length);
    this.#bytes.set(new Uint8Array(this.#view.buffer), at + 2);
    for (let i = 0; i < 64; i += 1) this.#bytes[at + 10 + i] = hex.charCodeAt(i);
    return at;
  }

  int(value: number): number {
    return this.#small[value] ?? this.#shortInt(value);
  }

  #shortInt(value: number): number {
    // Six bytes at most: numbers of up to 32 bits, signed or not.
    const bytes: number[] = [];
    let rest = value;
    for (; rest < -128 || rest > 127; rest = Math.floor(rest / 256)) bytes.push(rest & 255);
    if (rest !== 0 || bytes.length > 0) bytes.push(rest & 255);
    return this.add(TOKEN.int, Uint8Array.from(bytes));
  }

  /** Two's complement, little endian, of any length. */
  intOfBytes(raw: Uint8Array): number {
    let length = raw.length;
    while (length > 1 && isSignOnly(raw[length - 1] ?? 0, raw[length - 2] ?? 0)) length -= 1;
    if (length === 1 && raw[0] === 0) length = 0;
    return this.add(TOKEN.int, raw.subarray(0, length));
  }

  float(value: number): number {
    if (Number.isNaN(value)) return this.add(TOKEN.float, Uint8Array.of(0x7f, 0xf8, 0, 0, 0, 0, 0, 0));
    this.#view.setFloat64(0, value);
    return this.add(TOKEN.float, new Uint8Array(this.#view.buffer));
  }

  /** Constants in a tuple or frozenset are a constant themselves. */
  collection(kind: number, items: readonly number[]): number {
    const length = items.reduce((sum, item) => sum + this.lengthOf(item), 0);
    if (length <= INLINE) {
      const payload = new Uint8Array(length);
      let at = 0;
      for (const item of items) {
        const token = this.tokenAt(item);
        payload.set(token, at);
        at += token.length;
      }
      return this.add(kind, payload);
    }
    const hash = this.#platform.sha256Stream();
    const tape = new Pieces(hash);
    for (const item of items) tape.add(this.tokenAt(item));
    tape.flush();
    return this.addDigest(kind, length, hash.hex());
  }

  kindOf(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  lengthOf(at: number): number {
    const length = this.#bytes[at + 1] ?? 0;
    return length === DIGESTED ? DIGESTED_BYTES : 2 + length;
  }

  /** Lent until the next token is added. */
  tokenAt(at: number): Uint8Array {
    return this.#bytes.subarray(at, at + this.lengthOf(at));
  }

  /** The payload, where it stands in the token. */
  payloadAt(at: number): Uint8Array | null {
    return this.#bytes[at + 1] === DIGESTED ? null : this.tokenAt(at).subarray(2);
  }

  #room(length: number): number {
    const at = this.#length;
    if (at + length > MAX_TOKEN_BYTES) throw new TooLarge('the constants of the stream');
    if (at + length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, at + length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#length = at + length;
    return at;
  }
}

/** The highest byte says no more than the sign of the one below. */
function isSignOnly(high: number, next: number): boolean {
  return (high === 0 && next < 128) || (high === 255 && next > 127);
}

interface Hash {
  update(bytes: Uint8Array): void;
}

/** Many small pieces, handed on in large ones. */
export class Pieces {
  readonly #hash: Hash;
  readonly #bytes = new Uint8Array(16_384);
  #length = 0;

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.flush();
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  add(piece: Uint8Array): void {
    if (piece.length > this.#bytes.length - this.#length) this.flush();
    this.#bytes.set(piece, this.#length);
    this.#length += piece.length;
  }

  /** Seven bits a byte, the lowest first. */
  number(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  flush(): void {
    this.#hash.update(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
  }
}

/** The argument of UNICODE as UTF-8, lone surrogates included; null where an escape is malformed. See `rawUnicodeEscape`. */
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

/** The int of INT or LONG as bytes, where every reader takes it for the same one; null otherwise. */
export function intLine(line: string): Uint8Array | null {
  if (line.length > MAX_DIGITS || !/^-?(?:0|[1-9]\d*)$/.test(line)) return null;
  let rest = BigInt(line);
  const bytes: number[] = [];
  for (; rest < -128n || rest > 127n; rest >>= 8n) bytes.push(Number(rest & 255n));
  bytes.push(Number(rest & 255n));
  return Uint8Array.from(bytes);
}

/** The float of FLOAT, as `repr` writes it; null for whatever readers may take differently. */
export function floatLine(line: string): number | null {
  if (line === 'inf') return Infinity;
  if (line === '-inf') return -Infinity;
  if (line === 'nan') return NaN;
  if (line.length > MAX_DIGITS || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(line)) return null;
  const value = Number(line);
  return Number.isFinite(value) ? value : null;
}
