/**
 * Numbers of a list, one behind the other: `,1,-0.25, 3e8`. Most bytes of most requests are that. They are read by a table that
 * takes four bytes at a time (RFC 8259, section 6), for numbers differ in length, and a branch at the end of each is guessed wrong.
 */

/** Kinds of bytes: 0 for all others, which no list of numbers has. */
const ZERO = 1;
const DIGIT = 2;
const MINUS = 3;
const PLUS = 4;
const DOT = 5;
const EXPONENT = 6;
const COMMA = 7;
const SPACE = 8;
const KINDS = 9;

const KIND_OF = new Uint8Array(256);
for (const [kind, bytes] of [
  [ZERO, '0'],
  [DIGIT, '123456789'],
  [MINUS, '-'],
  [PLUS, '+'],
  [DOT, '.'],
  [EXPONENT, 'eE'],
  [COMMA, ','],
  [SPACE, ' \t\r\n'],
] as const)
  for (const byte of Buffer.from(bytes)) KIND_OF[byte] = kind;

/** What has been read: behind a number, behind a comma with or without white space, and within a number. */
const BEHIND = 1;
const AT_VALUE = 2;
const AT_DIGIT = 3;
const IN_ZERO = 4;
const IN_INTEGER = 5;
const AT_FRACTION = 6;
const IN_FRACTION = 7;
const AT_SIGN = 8;
const AT_EXPONENT = 9;
const IN_EXPONENT = 10;
const STATES = 11;

/** Entries of the tables: the next state, how many commas were passed, and what else there was. */
const STATE_SHIFT = 12;
const COMMAS = 0x03;
const INTEGER_ENDED = 0x04;
const FRACTION_BEGAN = 0x08;
const FAILED = 0x10;

const TO_NUMBER = { [ZERO]: IN_ZERO, [DIGIT]: IN_INTEGER };
const NEXT: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [BEHIND]: { [COMMA]: AT_VALUE },
  [AT_VALUE]: { [SPACE]: AT_VALUE, [MINUS]: AT_DIGIT, ...TO_NUMBER },
  [AT_DIGIT]: TO_NUMBER,
  [IN_ZERO]: { [DOT]: AT_FRACTION, [EXPONENT]: AT_SIGN, [COMMA]: AT_VALUE },
  [IN_INTEGER]: { [ZERO]: IN_INTEGER, [DIGIT]: IN_INTEGER, [DOT]: AT_FRACTION, [EXPONENT]: AT_SIGN, [COMMA]: AT_VALUE },
  [AT_FRACTION]: { [ZERO]: IN_FRACTION, [DIGIT]: IN_FRACTION },
  [IN_FRACTION]: { [ZERO]: IN_FRACTION, [DIGIT]: IN_FRACTION, [EXPONENT]: AT_SIGN, [COMMA]: AT_VALUE },
  [AT_SIGN]: { [MINUS]: AT_EXPONENT, [PLUS]: AT_EXPONENT, [ZERO]: IN_EXPONENT, [DIGIT]: IN_EXPONENT },
  [AT_EXPONENT]: { [ZERO]: IN_EXPONENT, [DIGIT]: IN_EXPONENT },
  [IN_EXPONENT]: { [ZERO]: IN_EXPONENT, [DIGIT]: IN_EXPONENT, [COMMA]: AT_VALUE },
};

function step(state: number, kind: number): number {
  const next = NEXT[state]?.[kind];
  if (next === undefined) return FAILED;
  let entry = next << STATE_SHIFT;
  if (kind === COMMA) entry |= 1;
  if (kind === COMMA && (state === IN_ZERO || state === IN_INTEGER)) entry |= INTEGER_ENDED;
  if (next === AT_FRACTION || next === AT_SIGN) entry |= FRACTION_BEGAN;
  return entry;
}

/** Two steps as one. At most two commas in four bytes: a value is between them. */
function joined(first: number, second: number): number {
  if (((first | second) & FAILED) !== 0) return FAILED;
  const flags = (first | second) & (INTEGER_ENDED | FRACTION_BEGAN);
  return (second & ~COMMAS) | ((first & COMMAS) + (second & COMMAS)) | flags;
}

const KIND_BITS = 4;
const PAIR_BITS = 6;

/** The tables of single bytes, and of four: by state and two kinds of pairs. */
interface Tables {
  readonly byBytes: Uint16Array;
  /** The kind of two bytes, little endian; 0 where they follow each other nowhere. */
  readonly pairs: Uint8Array;
  readonly byPairs: Uint16Array;
}

function newTables(): Tables {
  const byBytes = new Uint16Array(STATES << KIND_BITS).fill(FAILED);
  for (let state = BEHIND; state < STATES; state += 1)
    for (let kind = ZERO; kind < KINDS; kind += 1) byBytes[(state << KIND_BITS) | kind] = step(state, kind);
  const after = (entry: number, kind: number): number =>
    byBytes[((entry >>> STATE_SHIFT) << KIND_BITS) | kind] as number;
  // Steps by state and pair. Pairs that no state takes are all alike.
  const byPair = new Uint16Array(STATES << PAIR_BITS).fill(FAILED);
  const pairOf = new Uint8Array(KINDS * KINDS);
  let count = 1;
  for (let a = ZERO; a < KINDS; a += 1)
    for (let b = ZERO; b < KINDS; b += 1) {
      let isTaken = false;
      for (let state = BEHIND; state < STATES; state += 1) {
        const first = byBytes[(state << KIND_BITS) | a] as number;
        const entry = joined(first, after(first, b));
        byPair[(state << PAIR_BITS) | count] = entry;
        isTaken ||= entry !== FAILED;
      }
      if (!isTaken) continue;
      pairOf[a * KINDS + b] = count;
      count += 1;
    }
  const pairs = new Uint8Array(1 << 16);
  for (let both = 0; both < pairs.length; both += 1)
    pairs[both] = pairOf[(KIND_OF[both & 0xff] as number) * KINDS + (KIND_OF[both >> 8] as number)] as number;
  const byPairs = new Uint16Array(1 << 16).fill(FAILED);
  for (let state = BEHIND; state < STATES; state += 1)
    for (let a = 1; a < count; a += 1) {
      const first = byPair[(state << PAIR_BITS) | a] as number;
      if (first === FAILED) continue;
      for (let b = 1; b < count; b += 1) {
        const second = byPair[((first >>> STATE_SHIFT) << PAIR_BITS) | b] as number;
        byPairs[(state << STATE_SHIFT) | (a << PAIR_BITS) | b] = joined(first, second);
      }
    }
  return { byBytes, pairs, byPairs };
}

const TABLES = newTables();
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const CLOSE_LIST = 0x5d;
const COMMA_BYTE = 0x2c;
const WORD = 4;

/** Bytes, and the same in fours from the first offset on at which they may be read so. */
export class NumberReader {
  /** Behind the last number that was read. */
  end = 0;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  readonly #lead: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#lead = (WORD - (bytes.byteOffset % WORD)) % WORD;
    const count = IS_LITTLE_ENDIAN ? Math.max(0, Math.floor((bytes.length - this.#lead) / WORD)) : 0;
    this.#words = new Int32Array(bytes.buffer, count === 0 ? 0 : bytes.byteOffset + this.#lead, count);
  }

  /**
   * Steps over a comma and a number as often as they follow from `from` on, and gives how many there were: whole ones, with a comma
   * or the end of the list behind each. Stops before the first integer, or the first number that is none, where asked to.
   */
  skip(from: number, takesIntegers: boolean, takesFractions: boolean): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const { byBytes, pairs, byPairs } = TABLES;
    const stop = FAILED | (takesIntegers ? 0 : INTEGER_ENDED) | (takesFractions ? 0 : FRACTION_BEGAN);
    const begin = Math.min(bytes.length, from + ((this.#lead + WORD - (from % WORD)) % WORD));
    let entry = BEHIND << STATE_SHIFT;
    let count = 0;
    let at = from;
    for (; at < begin; at += 1) {
      const next = byBytes[((entry >>> STATE_SHIFT) << KIND_BITS) | (KIND_OF[bytes[at] as number] as number)] as number;
      if ((next & stop) !== 0) return this.#ended(from, at, entry, count, takesIntegers);
      entry = next;
      count += next & COMMAS;
    }
    const first = Math.max(0, (at - this.#lead) >> 2);
    let index = first;
    for (; index < words.length; index += 1) {
      const word = words[index] as number;
      const pair = ((pairs[word & 0xffff] as number) << PAIR_BITS) | (pairs[word >>> 16] as number);
      const next = byPairs[(entry & 0xf000) | pair] as number;
      if ((next & stop) !== 0) break;
      entry = next;
      count += next & COMMAS;
    }
    if (index > first) at = index * WORD + this.#lead;
    // The four bytes in which it stops, or those behind the last four.
    const end = index < words.length ? at + WORD : bytes.length;
    for (; at < end; at += 1) {
      const next = byBytes[((entry >>> STATE_SHIFT) << KIND_BITS) | (KIND_OF[bytes[at] as number] as number)] as number;
      if ((next & stop) !== 0) break;
      entry = next;
      count += next & COMMAS;
    }
    return this.#ended(from, at, entry, count, takesIntegers);
  }

  /** At the byte that is no part of it any more: what began behind the last comma is left, where it is no number that ends the list. */
  #ended(from: number, at: number, entry: number, commas: number, takesIntegers: boolean): number {
    const bytes = this.#bytes;
    const state = entry >>> STATE_SHIFT;
    const isInteger = state === IN_ZERO || state === IN_INTEGER;
    const isWhole = (isInteger && takesIntegers) || state === IN_FRACTION || state === IN_EXPONENT;
    this.end = at;
    if (commas === 0 || (isWhole && bytes[at] === CLOSE_LIST)) return commas;
    do this.end -= 1;
    while (this.end > from && bytes[this.end] !== COMMA_BYTE);
    return commas - 1;
  }
}

/** What is parsed at a time. */
const PIECE_BYTES = 64 * 1024;

/** The numbers behind commas that a reader has stepped over. */
export function* parsedNumbers(bytes: Buffer, from: number, to: number): Generator<readonly number[]> {
  for (let at = from; at < to;) {
    const comma = at + PIECE_BYTES < to ? bytes.indexOf(COMMA_BYTE, at + PIECE_BYTES) : -1;
    const end = comma === -1 || comma > to ? to : comma;
    yield JSON.parse(`[${bytes.toString('latin1', at + 1, end)}]`) as number[];
    at = end;
  }
}
