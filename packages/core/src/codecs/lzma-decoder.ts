import { InputError, LimitError } from '../model/errors.js';
import type { ByteReader } from './byte-reader.js';
import type { History } from './history.js';

export interface LzmaProperties {
  /** Bits of the byte before that choose a literal's probabilities. */
  readonly literalContext: number;
  /** Bits of the position that do. */
  readonly literalPosition: number;
  /** Bits of the position that choose a match's probabilities. */
  readonly position: number;
}

/** The property byte of .lzma, LZMA2 and 7z (LZMA specification, "Properties"), or null where it is none. */
export function lzmaProperties(byte: number): LzmaProperties | null {
  if (byte >= 9 * 5 * 5) return null;
  return { literalContext: byte % 9, literalPosition: Math.floor(byte / 9) % 5, position: Math.floor(byte / 45) };
}

/** The most input that one symbol takes (liblzma's LZMA_REQUIRED_INPUT_MAX). */
export const SYMBOL_BYTES = 20;

// Where each set of probabilities lies in the one table: 12 states, 16 low bits of the position.
const IS_MATCH = 0;
const IS_REP = 192;
const IS_REP0 = 204;
const IS_REP1 = 216;
const IS_REP2 = 228;
const IS_REP0_LONG = 240;
const SLOT = 432; // 4 trees of 64
const SPECIAL = 688; // 115 reverse trees of slots 4 to 13, laid over each other
const ALIGN = 804;
const MATCH_LENGTH = 820; // two choices, 16 low trees of 8, 16 middle trees of 8, one high tree of 256
const REP_LENGTH = 1334;
const LITERAL = 1848;
const LITERAL_SIZE = 0x300;
const EVEN = 1024; // half of 2^11

/** Input and output bounds of one run; positions in the reader's buffer and in the history's. */
export interface LzmaBounds {
  /** Symbols may start up to here. */
  readonly lastStart: number;
  /** No symbol may take input behind it. */
  readonly inputEnd: number;
  /** Stop at the first symbol that ends here or behind. */
  readonly softEnd: number;
  /** No match may pass it. */
  readonly hardEnd: number;
  /** What the input is, for messages. */
  readonly what: string;
}

/** How a run ended. What was decoded before a fault is in the history: a reader that streams has it already. */
export interface LzmaOutcome {
  /** The end marker was met. */
  readonly marker: boolean;
  readonly fault: InputError | LimitError | null;
}

/**
 * The LZMA symbol decoder (LZMA specification, 2015-06-14): a range coder over adaptive bits. It works on whole
 * buffers; the codecs around it know the framing.
 */
export class LzmaDecoder {
  readonly #history: History;
  /** The dictionary that the header declares; the history may be smaller. */
  readonly #dictionary: number;
  #probabilities = new Uint16Array(LITERAL);
  #literalContext = 0;
  #literalMask = 0;
  #positionMask = 0;
  #range = 0;
  #code = 0;
  #state = 0;
  #rep0 = 0;
  #rep1 = 0;
  #rep2 = 0;
  #rep3 = 0;
  /** Bytes since the dictionary began, as far as the positions' low bits need it. */
  #processed = 0;

  constructor(history: History, dictionary: number) {
    this.#history = history;
    this.#dictionary = dictionary;
  }

  setProperties(properties: LzmaProperties): void {
    this.#literalContext = properties.literalContext;
    this.#literalMask = (1 << properties.literalPosition) - 1;
    this.#positionMask = (1 << properties.position) - 1;
    const size = LITERAL + (LITERAL_SIZE << (properties.literalContext + properties.literalPosition));
    if (this.#probabilities.length !== size) this.#probabilities = new Uint16Array(size);
  }

  resetState(): void {
    this.#probabilities.fill(EVEN);
    this.#state = this.#rep0 = this.#rep1 = this.#rep2 = this.#rep3 = 0;
  }

  resetDictionary(): void {
    this.#history.reset();
    this.#processed = 0;
  }

  /** Counts bytes that were written to the history by another hand (an LZMA2 chunk that is not compressed). */
  skip(length: number): void {
    this.#processed = (this.#processed + length) & 15;
  }

  /** Reads the five bytes with which the range coder starts; the first one is always zero. */
  startRange(reader: ByteReader): void {
    const offset = reader.offset;
    if (reader.byte() !== 0) throw new InputError('corrupt LZMA data: it does not start with a zero byte', offset);
    this.#range = -1;
    this.#code = (reader.byte() << 24) | (reader.byte() << 16) | (reader.byte() << 8) | reader.byte();
  }

  /** What an encoder leaves when it has flushed: nothing. */
  get finished(): boolean {
    return this.#code === 0 && (this.#range & 0xff000000) !== 0;
  }

  /**
   * Decodes symbols within `bounds`. The hot loop of the codec: range coder, probabilities and dictionary are local variables
   * here, and the decoding of a bit is written out where it is needed, for a call for each bit costs more than the bit. A byte is
   * taken when the next bit needs it, as in liblzma (rc_normalize): what comes before a cut is given.
   */
  run(reader: ByteReader, bounds: LzmaBounds): LzmaOutcome {
    const history = this.#history;
    const input = reader.bytes;
    const probs = this.#probabilities;
    const dict = history.bytes;
    const { lastStart, softEnd, hardEnd } = bounds;
    const { origin, window } = history;
    const literalContext = this.#literalContext;
    const literalShift = 8 - literalContext;
    const literalMask = this.#literalMask;
    const positionMask = this.#positionMask;
    let pos = history.pos;
    const firstPos = pos;
    const skew = this.#processed - pos;
    let at = reader.at;
    let range = this.#range;
    let code = this.#code;
    let state = this.#state;
    let rep0 = this.#rep0;
    let rep1 = this.#rep1;
    let rep2 = this.#rep2;
    let rep3 = this.#rep3;
    let previous = pos > origin ? dict[pos - 1]! : 0;
    let symbolPos = pos;
    let marker = false;
    let fault: InputError | LimitError | null = null;

    while (pos < softEnd && at <= lastStart) {
      symbolPos = pos;
      const posState = (pos + skew) & positionMask;
      let index = IS_MATCH + (state << 4) + posState;
      let prob = probs[index]!;
      if ((range & 0xff000000) === 0) {
        range <<= 8;
        code = (code << 8) | input[at++]!;
      }
      let bound = Math.imul(range >>> 11, prob);

      if (code >>> 0 < bound >>> 0) {
        range = bound;
        probs[index] = prob + ((2048 - prob) >>> 5);
        const literal =
          LITERAL + LITERAL_SIZE * ((((pos + skew) & literalMask) << literalContext) + (previous >>> literalShift));
        let symbol = 1;
        if (state >= 7) {
          let matched = dict[pos - rep0 - 1]!;
          let mask = 0x100;
          do {
            matched <<= 1;
            const bit = matched & mask;
            index = literal + mask + bit + symbol;
            prob = probs[index]!;
            if ((range & 0xff000000) === 0) {
              range <<= 8;
              code = (code << 8) | input[at++]!;
            }
            bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[index] = prob + ((2048 - prob) >>> 5);
              symbol <<= 1;
              mask &= ~bit;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[index] = prob - (prob >>> 5);
              symbol = (symbol << 1) | 1;
              mask &= bit;
            }
          } while (symbol < 0x100);
          state = state < 10 ? state - 3 : state - 6;
        } else {
          do {
            index = literal + symbol;
            prob = probs[index]!;
            if ((range & 0xff000000) === 0) {
              range <<= 8;
              code = (code << 8) | input[at++]!;
            }
            bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[index] = prob + ((2048 - prob) >>> 5);
              symbol <<= 1;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[index] = prob - (prob >>> 5);
              symbol = (symbol << 1) | 1;
            }
          } while (symbol < 0x100);
          state = state < 4 ? 0 : state - 3;
        }
        previous = symbol & 0xff;
        dict[pos++] = previous;
        continue;
      }

      range = (range - bound) | 0;
      code = (code - bound) | 0;
      probs[index] = prob - (prob >>> 5);
      let lengths = MATCH_LENGTH;
      index = IS_REP + state;
      prob = probs[index]!;
      if ((range & 0xff000000) === 0) {
        range <<= 8;
        code = (code << 8) | input[at++]!;
      }
      bound = Math.imul(range >>> 11, prob);
      if (code >>> 0 < bound >>> 0) {
        range = bound;
        probs[index] = prob + ((2048 - prob) >>> 5);
        rep3 = rep2;
        rep2 = rep1;
        rep1 = rep0;
        state = state < 7 ? 7 : 10;
      } else {
        range = (range - bound) | 0;
        code = (code - bound) | 0;
        probs[index] = prob - (prob >>> 5);
        lengths = REP_LENGTH;
        index = IS_REP0 + state;
        prob = probs[index]!;
        if ((range & 0xff000000) === 0) {
          range <<= 8;
          code = (code << 8) | input[at++]!;
        }
        bound = Math.imul(range >>> 11, prob);
        if (code >>> 0 < bound >>> 0) {
          range = bound;
          probs[index] = prob + ((2048 - prob) >>> 5);
          index = IS_REP0_LONG + (state << 4) + posState;
          prob = probs[index]!;
          if ((range & 0xff000000) === 0) {
            range <<= 8;
            code = (code << 8) | input[at++]!;
          }
          bound = Math.imul(range >>> 11, prob);
          if (code >>> 0 < bound >>> 0) {
            range = bound;
            probs[index] = prob + ((2048 - prob) >>> 5);
            state = state < 7 ? 9 : 11;
            if (rep0 >>> 0 >= pos - origin || rep0 >>> 0 >= window) {
              fault = this.#tooFar(reader, at, rep0, pos);
              break;
            }
            previous = dict[pos - rep0 - 1]!;
            dict[pos++] = previous;
            continue;
          }
          range = (range - bound) | 0;
          code = (code - bound) | 0;
          probs[index] = prob - (prob >>> 5);
        } else {
          range = (range - bound) | 0;
          code = (code - bound) | 0;
          probs[index] = prob - (prob >>> 5);
          let distance = rep1;
          index = IS_REP1 + state;
          prob = probs[index]!;
          if ((range & 0xff000000) === 0) {
            range <<= 8;
            code = (code << 8) | input[at++]!;
          }
          bound = Math.imul(range >>> 11, prob);
          if (code >>> 0 < bound >>> 0) {
            range = bound;
            probs[index] = prob + ((2048 - prob) >>> 5);
          } else {
            range = (range - bound) | 0;
            code = (code - bound) | 0;
            probs[index] = prob - (prob >>> 5);
            index = IS_REP2 + state;
            prob = probs[index]!;
            if ((range & 0xff000000) === 0) {
              range <<= 8;
              code = (code << 8) | input[at++]!;
            }
            bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[index] = prob + ((2048 - prob) >>> 5);
              distance = rep2;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[index] = prob - (prob >>> 5);
              distance = rep3;
              rep3 = rep2;
            }
            rep2 = rep1;
          }
          rep1 = rep0;
          rep0 = distance;
        }
        state = state < 7 ? 8 : 11;
      }

      // The length: 2 to 9 and 10 to 17 by position, 18 to 273 for all.
      let tree = 0;
      let treeEnd = 8;
      let length = 2;
      prob = probs[lengths]!;
      if ((range & 0xff000000) === 0) {
        range <<= 8;
        code = (code << 8) | input[at++]!;
      }
      bound = Math.imul(range >>> 11, prob);
      if (code >>> 0 < bound >>> 0) {
        range = bound;
        probs[lengths] = prob + ((2048 - prob) >>> 5);
        tree = lengths + 2 + (posState << 3);
      } else {
        range = (range - bound) | 0;
        code = (code - bound) | 0;
        probs[lengths] = prob - (prob >>> 5);
        prob = probs[lengths + 1]!;
        if ((range & 0xff000000) === 0) {
          range <<= 8;
          code = (code << 8) | input[at++]!;
        }
        bound = Math.imul(range >>> 11, prob);
        if (code >>> 0 < bound >>> 0) {
          range = bound;
          probs[lengths + 1] = prob + ((2048 - prob) >>> 5);
          tree = lengths + 130 + (posState << 3);
          length = 10;
        } else {
          range = (range - bound) | 0;
          code = (code - bound) | 0;
          probs[lengths + 1] = prob - (prob >>> 5);
          tree = lengths + 258;
          treeEnd = 256;
          length = 18;
        }
      }
      let symbol = 1;
      do {
        index = tree + symbol;
        prob = probs[index]!;
        if ((range & 0xff000000) === 0) {
          range <<= 8;
          code = (code << 8) | input[at++]!;
        }
        bound = Math.imul(range >>> 11, prob);
        if (code >>> 0 < bound >>> 0) {
          range = bound;
          probs[index] = prob + ((2048 - prob) >>> 5);
          symbol <<= 1;
        } else {
          range = (range - bound) | 0;
          code = (code - bound) | 0;
          probs[index] = prob - (prob >>> 5);
          symbol = (symbol << 1) | 1;
        }
      } while (symbol < treeEnd);
      length += symbol - treeEnd;

      if (lengths === MATCH_LENGTH) {
        tree = SLOT + ((length < 6 ? length - 2 : 3) << 6);
        symbol = 1;
        do {
          index = tree + symbol;
          prob = probs[index]!;
          if ((range & 0xff000000) === 0) {
            range <<= 8;
            code = (code << 8) | input[at++]!;
          }
          bound = Math.imul(range >>> 11, prob);
          if (code >>> 0 < bound >>> 0) {
            range = bound;
            probs[index] = prob + ((2048 - prob) >>> 5);
            symbol <<= 1;
          } else {
            range = (range - bound) | 0;
            code = (code - bound) | 0;
            probs[index] = prob - (prob >>> 5);
            symbol = (symbol << 1) | 1;
          }
        } while (symbol < 64);
        const slot = symbol - 64;
        rep0 = slot;
        if (slot >= 4) {
          let bits = (slot >>> 1) - 1;
          rep0 = (2 | (slot & 1)) << bits;
          if (slot < 14) {
            tree = SPECIAL + rep0 - slot;
          } else {
            let direct = 0;
            for (bits -= 4; bits > 0; bits -= 1) {
              if ((range & 0xff000000) === 0) {
                range <<= 8;
                code = (code << 8) | input[at++]!;
              }
              range >>>= 1;
              code = (code - range) | 0;
              const borrow = code >> 31;
              code = (code + (range & borrow)) | 0;
              direct = (direct << 1) + borrow + 1;
            }
            rep0 += direct << 4;
            tree = ALIGN;
            bits = 4;
          }
          symbol = 1;
          for (let bit = 0; bit < bits; bit += 1) {
            index = tree + symbol;
            prob = probs[index]!;
            if ((range & 0xff000000) === 0) {
              range <<= 8;
              code = (code << 8) | input[at++]!;
            }
            bound = Math.imul(range >>> 11, prob);
            if (code >>> 0 < bound >>> 0) {
              range = bound;
              probs[index] = prob + ((2048 - prob) >>> 5);
              symbol <<= 1;
            } else {
              range = (range - bound) | 0;
              code = (code - bound) | 0;
              probs[index] = prob - (prob >>> 5);
              symbol = (symbol << 1) | 1;
              rep0 += 1 << bit;
            }
          }
          rep0 |= 0;
          if (rep0 === -1) {
            marker = true;
            break;
          }
        }
      }

      if (rep0 >>> 0 >= pos - origin || rep0 >>> 0 >= window) {
        fault = this.#tooFar(reader, at, rep0, pos);
        break;
      }
      const stop = Math.min(pos + length, hardEnd);
      const isCut = pos + length > hardEnd;
      let from = pos - rep0 - 1;
      while (pos < stop) dict[pos++] = dict[from++]!;
      // As in liblzma (dict_repeat), whose reader has been given these bytes when it meets the fault.
      if (isCut) {
        fault = new InputError('corrupt LZMA data: a match passes the declared size', reader.offset + at - reader.at);
        break;
      }
      previous = dict[pos - 1]!;
    }

    // The byte that only the next bit needs: at the end of the input it is missing, and every symbol before it is there.
    if ((range & 0xff000000) === 0 && at < bounds.inputEnd) {
      range <<= 8;
      code = (code << 8) | input[at++]!;
    }
    this.#range = range;
    this.#code = code;
    this.#state = state;
    this.#rep0 = rep0;
    this.#rep1 = rep1;
    this.#rep2 = rep2;
    this.#rep3 = rep3;
    // A symbol that took input from behind the end is none.
    const overrun = at > bounds.inputEnd;
    if (overrun) pos = symbolPos;
    this.#processed = (this.#processed + pos - firstPos) & 15;
    history.pos = pos;
    const offset = reader.offset + at - reader.at;
    reader.at = Math.min(at, bounds.inputEnd);
    if (overrun) {
      fault =
        reader.ended && bounds.inputEnd === reader.end
          ? reader.truncated(bounds.what)
          : new InputError(`corrupt ${bounds.what}: it needs more input than it declares`, offset);
    }
    return { marker, fault };
  }

  #tooFar(reader: ByteReader, at: number, distance: number, pos: number): InputError | LimitError {
    const back = (distance >>> 0) + 1;
    const { window } = this.#history;
    // Only where the limit has cut the dictionary can a distance be right and its bytes gone.
    if (
      window < this.#dictionary &&
      back > window &&
      back <= this.#dictionary &&
      pos - this.#history.origin >= window
    ) {
      return new LimitError('LZMA_DICTIONARY_BYTES', `LZMA data that reaches back ${back} bytes, more than ${window}`);
    }
    return new InputError(`corrupt LZMA data: it reaches back ${back} bytes`, reader.offset + at - reader.at);
  }
}
