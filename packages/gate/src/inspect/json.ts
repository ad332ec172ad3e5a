import { refuse } from '../model/rules.js';

/** A string of a JSON text, keys included. */
export interface JsonString {
  readonly text: string;
  /** Byte offset of its opening quote. */
  readonly offset: number;
}

export interface JsonText {
  readonly value: unknown;
  /** All strings and keys that are long enough to be inspected. */
  readonly strings: readonly JsonString[];
}

export interface JsonOptions {
  readonly depth: number;
  /** Strings of fewer characters are not listed. */
  readonly shortest: number;
  /**
   * Every number of every list is a value of its own. Otherwise a long list of numbers alone is cut to its first ones and
   * one of each kind: enough for a schema that asks for types only, and half of the time.
   */
  readonly exact: boolean;
  /** Repeated keys are no fault: the text is part of a value, and nobody is known to parse it. */
  readonly quoted?: true;
}

/** Numbers of a list that are read where the list is cut. */
const KEPT_NUMBERS = 16;

/** How many items a list has that was cut: `value.length` is less. */
const cutLengths = new WeakMap<object, number>();

export function lengthOf(list: readonly unknown[]): number {
  return cutLengths.get(list) ?? list.length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SPACE = 0x20;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

const WORDS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads JSON to the letter of RFC 8259, in UTF-8 only. What parsers take differently is refused: repeated keys, bytes
 * that are no UTF-8, a byte order mark, NaN, anything behind the value.
 */
export function readJson(bytes: Buffer, path: string, options: JsonOptions): JsonText {
  const reader = new Reader(bytes, path, options);
  return { value: reader.document(), strings: reader.strings };
}

/** What no encoding of bytes has: blanks, and characters beyond ASCII. Sentences have them. */
const NO_PIECE = /[^\x21-\x7e]/;

/** Whether a string of a list may be a piece of something that was encoded and cut. */
export function isPiece(text: string): boolean {
  return text.length > 0 && !NO_PIECE.test(text);
}

class Reader {
  readonly strings: JsonString[] = [];
  readonly #bytes: Buffer;
  readonly #path: string;
  readonly #options: JsonOptions;
  #at = 0;
  #isFraction = false;

  constructor(bytes: Buffer, path: string, options: JsonOptions) {
    this.#bytes = bytes;
    this.#path = path;
    this.#options = options;
  }

  document(): unknown {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#bytes.length) this.#fail('something follows the value');
    return value;
  }

  #fail(detail: string, signal = 'json'): never {
    refuse('GATE-MALFORMED', signal, this.#path, `JSON: ${detail}`, { offset: this.#at, format: 'json' });
  }

  #space(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let code = bytes[at];
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      at += 1;
      code = bytes[at];
    }
    this.#at = at;
    return code ?? -1;
  }

  /** Recursion: `depth` of the options. */
  #value(depth: number): unknown {
    const code = this.#space();
    switch (code) {
      case QUOTE:
        return this.#string();
      case OPEN_MAP:
        return this.#map(depth + 1);
      case OPEN_LIST:
        return this.#list(depth + 1);
      default:
        break;
    }
    if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const start = this.#at;
      this.#number();
      return Number(this.#bytes.toString('latin1', start, this.#at));
    }
    for (const [word, value] of WORDS) {
      if (code !== word.charCodeAt(0)) continue;
      if (this.#bytes.toString('latin1', this.#at, this.#at + word.length) !== word) break;
      this.#at += word.length;
      return value;
    }
    return this.#fail(code === -1 ? 'it ends early' : 'a value is expected');
  }

  #checkDepth(depth: number): void {
    if (depth > this.#options.depth)
      this.#fail(`lists and maps lie more than ${this.#options.depth} deep`, 'json-depth');
  }

  #map(depth: number): Record<string, unknown> {
    this.#checkDepth(depth);
    // No prototype: `__proto__` is a key like any other.
    const map = Object.create(null) as Record<string, unknown>;
    this.#at += 1;
    if (this.#space() === CLOSE_MAP) {
      this.#at += 1;
      return map;
    }
    for (;;) {
      if (this.#space() !== QUOTE) this.#fail('a key is expected');
      const key = this.#string();
      if (key in map && this.#options.quoted !== true)
        this.#fail('a key is repeated: parsers differ in which of them they take', 'duplicate-key');
      if (this.#space() !== COLON) this.#fail('a colon is expected');
      this.#at += 1;
      map[key] = this.#value(depth);
      const code = this.#space();
      this.#at += 1;
      if (code === CLOSE_MAP) return map;
      if (code !== COMMA) this.#fail('a comma or the end of a map is expected');
    }
  }

  #list(depth: number): unknown[] {
    this.#checkDepth(depth);
    const list: unknown[] = [];
    const bytes = this.#bytes;
    this.#at += 1;
    if (this.#space() === CLOSE_LIST) {
      this.#at += 1;
      return list;
    }
    const { exact } = this.#options;
    let items = 0;
    let hasFraction = false;
    let hasInteger = false;
    const start = this.#at;
    let isOfPieces = true;
    for (;;) {
      const code = this.#space();
      items += 1;
      if (code !== QUOTE) isOfPieces = false;
      if (code === MINUS || (code >= ZERO && code <= NINE)) {
        const begin = this.#at;
        this.#number();
        const isNew = this.#isFraction ? !hasFraction : !hasInteger;
        if (this.#isFraction) hasFraction = true;
        else hasInteger = true;
        if (exact || isNew || items <= KEPT_NUMBERS) list.push(Number(bytes.toString('latin1', begin, this.#at)));
        else items += this.#plainNumbers(hasFraction, hasInteger);
      } else list.push(this.#value(depth));
      const next = this.#space();
      this.#at += 1;
      if (next === COMMA) continue;
      if (next !== CLOSE_LIST) this.#fail('a comma or the end of a list is expected');
      if (items !== list.length) cutLengths.set(list, items);
      if (isOfPieces && list.length > 1) this.#pieces(list as string[], start);
      return list;
    }
  }

  /** What the strings of a list are together, where they may be pieces of one value. */
  #pieces(list: readonly string[], offset: number): void {
    if (!list.every(isPiece)) return;
    const text = list.join('');
    if (text.length >= this.#options.shortest) this.strings.push({ text, offset });
  }

  /**
   * Steps over `,1` and `, -0.25` as often as they follow, as long as they are of a kind that the list has already: most
   * of the bytes of most requests. Numbers written otherwise are left to the slower path. Gives how many there were.
   */
  #plainNumbers(hasFraction: boolean, hasInteger: boolean): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let count = 0;
    for (;;) {
      if (bytes[at] !== COMMA) break;
      let next = at + 1;
      let code = bytes[next] ?? 0;
      // As Python's json writes it.
      if (code === SPACE) {
        next += 1;
        code = bytes[next] ?? 0;
      }
      if (code === MINUS) {
        next += 1;
        code = bytes[next] ?? 0;
      }
      const first = next;
      while (code >= ZERO && code <= NINE) {
        next += 1;
        code = bytes[next] ?? 0;
      }
      if (next === first || (next > first + 1 && bytes[first] === ZERO)) break;
      if (code === DOT) {
        const point = next;
        do {
          next += 1;
          code = bytes[next] ?? 0;
        } while (code >= ZERO && code <= NINE);
        if (!hasFraction || next === point + 1) break;
      } else if (!hasInteger) break;
      if (code !== COMMA && code !== CLOSE_LIST) break;
      at = next;
      count += 1;
    }
    this.#at = at;
    return count;
  }

  /** RFC 8259, section 6. */
  #number(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] === MINUS) at += 1;
    let code = bytes[at] ?? 0;
    if (code === ZERO) {
      at += 1;
      code = bytes[at] ?? 0;
    } else {
      const first = at;
      while (code >= ZERO && code <= NINE) {
        at += 1;
        code = bytes[at] ?? 0;
      }
      if (at === first) this.#fail('a digit is expected');
    }
    let isFraction = false;
    if (code === DOT) {
      isFraction = true;
      at += 1;
      code = bytes[at] ?? 0;
      const first = at;
      while (code >= ZERO && code <= NINE) {
        at += 1;
        code = bytes[at] ?? 0;
      }
      if (at === first) this.#fail('a digit is expected behind the point');
    }
    if (code === 0x65 || code === 0x45) {
      isFraction = true;
      at += 1;
      code = bytes[at] ?? 0;
      if (code === MINUS || code === 0x2b) {
        at += 1;
        code = bytes[at] ?? 0;
      }
      const first = at;
      while (code >= ZERO && code <= NINE) {
        at += 1;
        code = bytes[at] ?? 0;
      }
      if (at === first) this.#fail('a digit is expected in the exponent');
    }
    this.#at = at;
    this.#isFraction = isFraction;
  }

  #string(): string {
    const bytes = this.#bytes;
    const start = this.#at;
    const { length } = bytes;
    let at = start + 1;
    let high = false;
    let escaped = false;
    for (; ; at += 1) {
      if (at >= length) this.#fail('a string does not end');
      const code = bytes[at] ?? 0;
      if (code === QUOTE) break;
      if (code < 0x20) this.#fail('a control character in a string');
      if (code === BACKSLASH) {
        escaped = true;
        at += 1;
      } else if (code >= 0x80) high = true;
    }
    this.#at = at + 1;
    let text: string;
    if (escaped) text = this.#unescaped(start, at + 1);
    else if (high) text = this.#utf8(start + 1, at);
    else text = bytes.toString('latin1', start + 1, at);
    if (text.length >= this.#options.shortest) this.strings.push({ text, offset: start });
    return text;
  }

  #utf8(start: number, end: number): string {
    try {
      return strictUtf8.decode(this.#bytes.subarray(start, end));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return this.#fail('the bytes are no UTF-8', 'encoding');
    }
  }

  /** The platform's parser knows the escapes; the string's end is known already. */
  #unescaped(start: number, end: number): string {
    try {
      return JSON.parse(this.#utf8(start, end)) as string;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#fail('an escape is unknown');
    }
  }
}
