import { MAX_TOKEN_BYTES } from '../model/limits.js';
import type { Platform } from '../platform.js';

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
  /** What was written before: an object, or a container that an effect has met. */
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

/** Payloads up to here stand in the token themselves, longer ones as their SHA-256. */
export const INLINE = 64;
const DIGESTED = 0xff;
/** A token of a long payload: kind, mark, length, digest in hex. */
const DIGESTED_BYTES = 2 + 8 + 64;

/** What tokens and logs need of the platform. */
export type Hashing = Pick<Platform, 'sha256' | 'sha256Stream'>;

/** Too large to be written in full. */
export class TooLarge extends Error {}

/** The constants of a stream, each by the offset of its token. */
export class Tokens {
  readonly #platform: Hashing;
  #bytes = new Uint8Array(4096);
  #length = 0;

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
    new DataView(this.#bytes.buffer).setFloat64(at + 2, length);
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
    while (length > 1 && isSignOnly(raw[length - 1] as number, raw[length - 2] as number)) length -= 1;
    if (length === 1 && raw[0] === 0) length = 0;
    return this.add(TOKEN.int, raw.subarray(0, length));
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
    return this.#bytes[at] as number;
  }

  lengthOf(at: number): number {
    const length = this.#bytes[at + 1] as number;
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
