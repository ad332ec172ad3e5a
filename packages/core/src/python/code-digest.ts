import { sha256Hex } from '../model/sha256.js';
import { Tokenizer } from './tokens.js';

/** Digests of code within each other may come to so many times the source (CWE-407); the whole source stands for more. */
const READ_TIMES = 8;
const READ_AT_LEAST = 64 * 1024;

/** Code as its tokens: strings and numbers as written, blanks and comments between tokens left out. */
export class CodeDigests {
  readonly #text: string;
  readonly #checkTime: () => void;
  #left: number;
  #whole: string | null = null;

  /** `checkTime` throws when time is up. */
  constructor(text: string, checkTime: () => void) {
    this.#text = text;
    this.#checkTime = checkTime;
    this.#left = text.length * READ_TIMES + READ_AT_LEAST;
  }

  of({ from, to }: { readonly from: number; readonly to: number }): string {
    const length = to - from;
    if (length > this.#left) return (this.#whole ??= `all ${digestOf(this.#text)}`);
    this.#left -= length;
    // As in brackets: where its lines end says nothing.
    const tokens = new Tokenizer(this.#text, from, to, true, () => {}, this.#checkTime).run();
    const words: string[] = [];
    for (const [i, kind] of tokens.kinds.entries())
      words.push(kind, tokens.values[i] || this.#text.slice(tokens.from[i], tokens.to[i]));
    return digestOf(words);
  }

  /** The line around an index. */
  ofLine(at: number): string {
    const from = this.#text.lastIndexOf('\n', at) + 1;
    const end = this.#text.indexOf('\n', at);
    return this.of({ from, to: end < 0 ? this.#text.length : end });
  }
}

/** Of plain values; lone surrogates, which UTF-8 cannot hold, are escaped. */
export function digestOf(value: unknown): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(value)));
}
