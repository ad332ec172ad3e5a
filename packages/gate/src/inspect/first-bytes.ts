import { canStartStream } from '@artifact-sentinel/core/internal';
import { LONGEST_NAME } from '../model/limits.js';

const PROTO = 0x80;
const GLOBAL = 0x63;
const INST = 0x69;
const MARK = 0x28;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BACKSLASH = 0x5c;
/** STRING and UNICODE have lines; the others have a length before their text: SHORT_BINUNICODE, SHORT_BINSTRING, and wider ones. */
const STRING = 0x53;
const UNICODE = 0x56;
const SHORT_TEXTS = [0x8c, 0x55];
const LONG_TEXTS = [0x58, 0x54, 0x8d];
const ZLIB = 0x78;

/** What file names of modules have, and names within them. */
export const IS_NAME = new Uint8Array(256);
for (const byte of Buffer.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-')) IS_NAME[byte] = 1;
IS_NAME.fill(1, 0x80);

type Test = (byte: number) => boolean;
const any: Test = () => true;
const isInName: Test = (byte) => IS_NAME[byte] === 1 || byte === RETURN;
const isOneOf = (...bytes: number[]): Test => {
  const known = new Set(bytes);
  return (byte) => known.has(byte);
};

/** What may begin with a byte: by the second byte and the third one. */
interface Beginner {
  readonly first: number;
  readonly second: Test;
  readonly third: Test;
  /** It is written in lines, or names a module by its text: nothing without a line feed, or without STACK_GLOBAL. */
  readonly isLines?: true;
  readonly isText?: true;
}

const isLength: Test = (byte) => byte > 0 && byte <= LONGEST_NAME;

const BEGINNERS: readonly Beginner[] = [
  { first: PROTO, second: (byte) => byte <= 5, third: (byte) => byte !== PROTO && canStartStream(byte) },
  ...[GLOBAL, INST].map((first) => ({
    first,
    second: isInName,
    third: (byte: number) => isInName(byte) || byte === LINE_FEED,
    isLines: true as const,
  })),
  { first: STRING, second: isOneOf(0x27, 0x22), third: any, isLines: true, isText: true },
  {
    first: UNICODE,
    second: (byte) => IS_NAME[byte] === 1 || byte === BACKSLASH,
    third: any,
    isLines: true,
    isText: true,
  },
  ...SHORT_TEXTS.map((first) => ({
    first,
    second: isLength,
    third: (byte: number) => IS_NAME[byte] === 1,
    isText: true as const,
  })),
  // The first byte of a length is all of it: no name is longer.
  ...LONG_TEXTS.map((first) => ({ first, second: isLength, third: isOneOf(0), isText: true as const })),
  // Compressed data.
  { first: ZLIB, second: isOneOf(0x9c, 0x01, 0xda, 0x5e), third: any },
  { first: 0x1f, second: isOneOf(0x8b), third: isOneOf(8) },
  { first: MARK, second: isOneOf(0xb5), third: isOneOf(0x2f) },
  { first: 0xfd, second: isOneOf(0x37), third: isOneOf(0x7a) },
  { first: 0x42, second: isOneOf(0x5a), third: isOneOf(0x68) },
  { first: 0x04, second: isOneOf(0x22), third: isOneOf(0x4d) },
];

/** 1 for each pair of bytes of a beginner: the first byte, and the other one in the upper half. */
function pairsOf(beginners: readonly Beginner[], isOther: (beginner: Beginner) => Test): Uint8Array {
  const pairs = new Uint8Array(1 << 16);
  for (const beginner of beginners) {
    const test = isOther(beginner);
    for (let other = 0; other < 256; other += 1) if (test(other)) pairs[beginner.first | (other << 8)] = 1;
  }
  return pairs;
}

const SECONDS = [0, 1, 2, 3].map((flags) => {
  const beginners = BEGINNERS.filter(
    ({ isLines, isText }) => (isLines !== true || (flags & 1) !== 0) && (isText !== true || (flags & 2) !== 0),
  );
  return pairsOf(beginners, ({ second }) => second);
});
const THIRDS = pairsOf(BEGINNERS, ({ third }) => third);
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const WORD = 4;

/**
 * Finds the offsets at which a pickle or compressed data may begin by their first three bytes: one of a hundred in noise, fewer in
 * text. Most bytes are passed over in fours.
 */
export class FirstBytes {
  readonly #bytes: Buffer;
  readonly #words: Int32Array;
  readonly #lead: number;
  readonly #seconds: Uint8Array;

  /** `hasStackGlobal`: STACK_GLOBAL is among the bytes, or may follow them. */
  constructor(bytes: Buffer, hasStackGlobal: boolean) {
    this.#bytes = bytes;
    this.#lead = (WORD - (bytes.byteOffset % WORD)) % WORD;
    const count = IS_LITTLE_ENDIAN ? Math.max(0, Math.floor((bytes.length - this.#lead) / WORD)) : 0;
    this.#words = new Int32Array(bytes.buffer, count === 0 ? 0 : bytes.byteOffset + this.#lead, count);
    const seconds = SECONDS[(bytes.includes(LINE_FEED) ? 1 : 0) + (hasStackGlobal ? 2 : 0)];
    if (seconds === undefined) throw new Error('no table of pairs');
    this.#seconds = seconds;
  }

  /** The first of them from an offset on; `end`, at least two bytes before the last one, where there is none before it. */
  next(from: number, end: number): number {
    const bytes = this.#bytes;
    const seconds = this.#seconds;
    for (let at = from; at < end; at += 1) {
      if (((at - this.#lead) & (WORD - 1)) === 0 && at >= this.#lead) {
        at = this.#nextWord(at, end);
        if (at >= end) return end;
      }
      const byte = bytes[at] as number;
      const isOne =
        seconds[byte | ((bytes[at + 1] as number) << 8)] === 1 && THIRDS[byte | ((bytes[at + 2] as number) << 8)] === 1;
      if (isOne) return at;
    }
    return end;
  }

  /** The first word from an aligned offset on in which something may begin, by two bytes; or where fewer than two words are left. */
  #nextWord(from: number, end: number): number {
    const words = this.#words;
    const seconds = this.#seconds;
    const last = Math.min(words.length - 1, Math.ceil((end - this.#lead) / WORD));
    let index = (from - this.#lead) / WORD;
    if (index >= last) return from;
    let word = words[index] as number;
    for (; index < last; index += 1) {
      const next = words[index + 1] as number;
      const found =
        (seconds[word & 0xffff] as number) |
        (seconds[(word >>> 8) & 0xffff] as number) |
        (seconds[word >>> 16] as number) |
        (seconds[(word >>> 24) | ((next & 0xff) << 8)] as number);
      if (found !== 0) break;
      word = next;
    }
    return index * WORD + this.#lead;
  }
}
