import { isUtf8 } from 'node:buffer';
import { append } from '@artifact-sentinel/core/internal';
import { LONGEST_NUMBER, MAX_KEY_CHARACTERS } from '../model/limits.js';
import { refuse, Refused } from '../model/rules.js';
import { jsonDecoded } from './escapes.js';
import { NumberReader, parsedNumbers } from './json-numbers.js';

/** A string of a JSON text, as the UTF-8 that it stands for. */
export interface JsonString {
  readonly bytes: Buffer;
  /** Byte offset of its opening quote; of what is joined, of the first one. */
  readonly offset: number;
  readonly isKey: boolean;
  /** The key of the map that it lies in, at any depth of lists; null outside of maps. */
  readonly key: string | null;
}

export interface JsonText {
  readonly value: unknown;
  /** All strings and keys that are long enough to be inspected, and what the strings of lists are together. */
  readonly strings: readonly JsonString[];
}

export interface JsonOptions {
  readonly depth: number;
  /** Strings of fewer bytes are not listed. */
  readonly shortest: number;
  /**
   * Every number of every list is a value of its own. Otherwise a long list of numbers alone is cut to its first ones and
   * one of each kind: enough for a schema that asks for types only, and half of the time.
   */
  readonly exact: boolean;
  /** As Python's json reads it: NaN, repeated keys, control characters, several texts one behind the other. */
  readonly lenient?: boolean;
  /** Nobody asks for the value. */
  readonly valueless?: true;
  /** The text passes: no more of it is held than what is open. */
  readonly passing?: true;
}

/** Numbers of a list that are read where the list is cut. */
const KEPT_NUMBERS = 16;
/** What a key counts beside its characters. */
const COST_OF_KEY = 64;
/** Strings of one list that are joined, in bytes, where no more than what is open is held. */
export const JOINED_BYTES = 8 * 2 ** 20;

/** How many items a list has that was cut: `value.length` is less. */
const ITEMS = Symbol('items');

interface CutList extends Array<unknown> {
  [ITEMS]?: number;
}

export function lengthOf(list: readonly unknown[]): number {
  return (list as CutList)[ITEMS] ?? list.length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

const WORDS: readonly (readonly [word: string, value: unknown, isStrict: boolean])[] = [
  ['true', true, true],
  ['false', false, true],
  ['null', null, true],
  ['NaN', NaN, false],
  ['Infinity', Infinity, false],
  ['-Infinity', -Infinity, false],
];
const WORD_BYTES = 9;

/** A map or a list that has not ended. */
interface Open {
  readonly map: Record<string, unknown> | null;
  readonly list: CutList | null;
  readonly outerKey: string | null;
  readonly offset: number;
  key: string | null;
  items: number;
  hasFraction: boolean;
  hasInteger: boolean;
  /** A list in a list: of its numbers one of each kind is kept. */
  readonly isRow: boolean;
  /** The strings of a list of strings alone; null is none of them, and stops nobody who joins them. */
  pieces: Buffer[] | null;
  pieceBytes: number;
  cost: number;
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Reads JSON to the letter of RFC 8259, in UTF-8 only. What parsers take differently is refused: repeated keys, bytes
 * that are no UTF-8, a byte order mark, NaN, anything behind the value.
 */
export function readJson(bytes: Buffer, path: string, options: JsonOptions): JsonText {
  const reader = new JsonReader(path, options);
  reader.read(bytes, 0, true);
  return { value: reader.value, strings: reader.take() };
}

/** The strings of text that begins like JSON, as far as it is that, and of what is quoted behind its first fault. */
export function stringsOf(bytes: Buffer, path: string, depth: number, shortest: number): readonly JsonString[] {
  const options = { depth, shortest, exact: false, lenient: true, valueless: true } as const;
  const reader = new JsonReader(path, options);
  try {
    reader.read(bytes, 0, true);
    return reader.take();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [...reader.take(), ...quoted(bytes, reader.at, shortest)];
  }
}

/** Everything between quotes. */
function* quoted(bytes: Buffer, from: number, shortest: number): Generator<JsonString> {
  for (let at = bytes.indexOf(QUOTE, from); at !== -1; at = bytes.indexOf(QUOTE, at)) {
    const { end } = endOfString(bytes, at + 1);
    if (end === -1) return;
    if (end - at > shortest)
      yield { bytes: jsonDecoded(bytes.subarray(at + 1, end)), offset: at, isKey: false, key: null };
    at = end + 1;
  }
}

interface StringEnd {
  /** The index of its closing quote; -1 where it is not there. */
  readonly end: number;
  readonly isEscaped: boolean;
  readonly isHigh: boolean;
  /** The index of a control character; -1 without one. */
  readonly control: number;
}

/** Bytes of a string that are looked at one by one, before it is worth while to look for its end. */
const SHORT_STRING = 64;

function endOfString(bytes: Buffer, from: number): StringEnd {
  for (let at = from; at < from + SHORT_STRING; at += 1)
    if (bytes[at] === QUOTE || bytes[at] === BACKSLASH) return endByBytes(bytes, from);
  const end = bytes.indexOf(QUOTE, from);
  if (end === -1) return endByBytes(bytes, from);
  if (bytes.subarray(from, end).includes(BACKSLASH)) return endByBytes(bytes, from);
  let any = 0;
  let below = 0;
  for (let at = from; at < end; at += 1) {
    const code = bytes[at] as number;
    any |= code;
    below |= code - 0x20;
  }
  // The sign is that of one control character at least.
  if (below < 0) return endByBytes(bytes, from);
  return { end, isEscaped: false, isHigh: any >= 0x80, control: -1 };
}

function endByBytes(bytes: Buffer, from: number): StringEnd {
  const { length } = bytes;
  let isEscaped = false;
  let isHigh = false;
  let control = -1;
  for (let at = from; at < length; at += 1) {
    const code = bytes[at] as number;
    if (code === QUOTE) return { end: at, isEscaped, isHigh, control };
    if (code === BACKSLASH) {
      isEscaped = true;
      at += 1;
    } else if (code >= 0x80) isHigh = true;
    else if (code < 0x20 && control === -1) control = at;
  }
  return { end: -1, isEscaped, isHigh, control };
}

/** A reader that takes a text in pieces. No recursion: what is open lies in a list of its own. */
export class JsonReader {
  value: unknown;
  /** Byte offset of the token in hand, or of the fault. */
  at = 0;
  readonly #path: string;
  readonly #options: JsonOptions;
  readonly #open: Open[] = [];
  #strings: JsonString[] = [];
  #expected: Expected = 'value';
  #keyCost = 0;
  #bytes: Buffer = Buffer.alloc(0);
  /** Index into the bytes at hand, and where they begin in the text. */
  #index = 0;
  #base = 0;
  #isLast = false;
  #isFraction = false;
  /** Of the bytes at hand; null until it is wanted. */
  #numberReader: NumberReader | null = null;

  constructor(path: string, options: JsonOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** The strings that have come since it was last asked. */
  take(): readonly JsonString[] {
    const strings = this.#strings;
    this.#strings = [];
    return strings;
  }

  /**
   * Reads all tokens that are whole, and gives the offset of the first one that is not: to be given again, with what follows it.
   * `base`: the offset of the bytes in the text.
   */
  read(bytes: Buffer, base: number, isLast: boolean): number {
    this.#bytes = bytes;
    this.#numberReader = null;
    this.#base = base;
    this.#index = 0;
    this.#isLast = isLast;
    if (base === 0 && this.#options.lenient === true && bytes[0] === 0xef && bytes[1] === 0xbb) this.#index = 3;
    for (let code = this.#space(); code !== -1; code = this.#space()) {
      this.at = base + this.#index;
      if (!this.#token(code)) return this.at;
    }
    this.at = base + this.#index;
    if (isLast && this.#expected !== 'nothing') this.#fail('it ends early');
    return this.at;
  }

  #fail(detail: string, signal = 'json'): never {
    refuse('GATE-MALFORMED', signal, this.#path, `JSON: ${detail}`, { offset: this.at, format: 'json' });
  }

  #space(): number {
    const bytes = this.#bytes;
    let at = this.#index;
    let code = bytes[at];
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      at += 1;
      code = bytes[at];
    }
    this.#index = at;
    return code ?? -1;
  }

  /** Reads one token; false where it is not whole. */
  #token(code: number): boolean {
    const open = this.#open.at(-1);
    switch (this.#expected) {
      case 'comma-or-end':
        if (code === COMMA) {
          this.#index += 1;
          this.#expected = open?.map == null ? 'value' : 'key';
          return true;
        }
        if (code !== (open?.map == null ? CLOSE_LIST : CLOSE_MAP))
          this.#fail(`a comma or the end of a ${open?.map == null ? 'list' : 'map'} is expected`);
        return this.#close();
      case 'colon':
        if (code !== COLON) this.#fail('a colon is expected');
        this.#index += 1;
        this.#expected = 'value';
        return true;
      case 'key':
      case 'key-or-end':
        if (this.#expected === 'key-or-end' && code === CLOSE_MAP) return this.#close();
        if (code !== QUOTE) this.#fail('a key is expected');
        return this.#string(open, true);
      case 'nothing':
        if (this.#options.lenient !== true) this.#fail('something follows the value');
        return this.#value(code, open);
      case 'value-or-end':
        if (code === CLOSE_LIST) return this.#close();
        return this.#value(code, open);
      case 'value':
        return this.#value(code, open);
    }
  }

  #value(code: number, open: Open | undefined): boolean {
    if (open?.list != null) {
      open.items += 1;
      if (code !== QUOTE && code !== 0x6e) open.pieces = null;
    }
    if (code === QUOTE) return this.#string(open, false);
    if (code === OPEN_MAP || code === OPEN_LIST) return this.#begin(code === OPEN_MAP, open);
    const isNumber = code === MINUS || (code >= ZERO && code <= NINE);
    if (isNumber && this.#bytes[this.#index + 1] !== 0x49) return this.#numbers(open);
    return this.#word(code, open);
  }

  /** A value has ended. */
  #put(value: unknown, open: Open | undefined): void {
    this.#expected = open === undefined ? 'nothing' : 'comma-or-end';
    if (open === undefined) this.value = value;
    else if (this.#options.valueless === true) return;
    else if (open.map !== null && open.key !== null) open.map[open.key] = value;
    else open.list?.push(value);
  }

  #begin(isMap: boolean, outer: Open | undefined): boolean {
    this.#index += 1;
    const { depth } = this.#options;
    if (this.#open.length >= depth) this.#fail(`lists and maps lie more than ${depth} deep`, 'json-depth');
    // No prototype: `__proto__` is a key like any other.
    const map = isMap ? (Object.create(null) as Record<string, unknown>) : null;
    const list: CutList | null = isMap ? null : [];
    this.#put(map ?? list, outer);
    this.#open.push({
      map,
      list,
      outerKey: outer === undefined ? null : (outer.key ?? outer.outerKey),
      offset: this.at,
      key: null,
      items: 0,
      hasFraction: false,
      hasInteger: false,
      isRow: list !== null && outer?.list != null,
      pieces: isMap ? null : [],
      pieceBytes: 0,
      cost: 0,
    });
    this.#expected = isMap ? 'key-or-end' : 'value-or-end';
    return true;
  }

  #close(): boolean {
    this.#index += 1;
    const open = this.#open.pop();
    if (open !== undefined) {
      const { list, items, pieces, cost } = open;
      this.#keyCost -= cost;
      if (list !== null && this.#options.valueless !== true && items !== list.length) list[ITEMS] = items;
      if (pieces !== null && pieces.length > 1) this.#joined(pieces, open);
    }
    this.#expected = this.#open.length === 0 ? 'nothing' : 'comma-or-end';
    return true;
  }

  /** What the strings of a list are together: a value that was cut, or its lines. */
  #joined(pieces: readonly Buffer[], { offset, outerKey, pieceBytes }: Open): void {
    if (pieceBytes < this.#options.shortest) return;
    const about = { offset, isKey: false, key: outerKey };
    this.#strings.push({ ...about, bytes: Buffer.concat(pieces, pieceBytes) });
    const lines = Buffer.alloc(pieceBytes + pieces.length - 1, 0x0a);
    let at = 0;
    for (const piece of pieces) at += piece.copy(lines, at) + 1;
    this.#strings.push({ ...about, bytes: lines });
  }

  #word(code: number, open: Open | undefined): boolean {
    const word = this.#bytes.toString('latin1', this.#index, this.#index + WORD_BYTES);
    for (const [name, value, isStrict] of WORDS) {
      if (code !== name.charCodeAt(0) || (!isStrict && this.#options.lenient !== true)) continue;
      if (word.startsWith(name)) {
        this.#index += name.length;
        this.#put(value, open);
        return true;
      }
      if (!this.#isLast && name.startsWith(word)) return this.#again(open);
    }
    return this.#fail('a value is expected');
  }

  /** A token that is not whole is read once more. */
  #again(open: Open | undefined): false {
    if (open?.list != null) open.items -= 1;
    return false;
  }

  #numbers(open: Open | undefined): boolean {
    const begin = this.#index;
    if (!this.#number()) {
      if (this.#bytes.length - begin > LONGEST_NUMBER) this.#fail('a number has more digits than are accepted');
      this.#index = begin;
      return this.#again(open);
    }
    const { exact, valueless } = this.#options;
    const end = this.#index;
    if (open?.list == null) {
      this.#put(valueless === true ? 0 : Number(this.#bytes.toString('latin1', begin, end)), open);
      return true;
    }
    this.#expected = 'comma-or-end';
    if (valueless === true) {
      this.#furtherNumbers(open, true, true);
      return true;
    }
    const isNew = this.#isFraction ? !open.hasFraction : !open.hasInteger;
    if (this.#isFraction) open.hasFraction = true;
    else open.hasInteger = true;
    if (exact || isNew || (!open.isRow && open.items <= KEPT_NUMBERS))
      open.list.push(Number(this.#bytes.toString('latin1', begin, end)));
    if (exact) {
      this.#furtherNumbers(open, true, true);
      for (const numbers of parsedNumbers(this.#bytes, end, this.#index)) append(open.list, numbers);
    } else if (open.list.length < open.items) this.#furtherNumbers(open, open.hasInteger, open.hasFraction);
    return true;
  }

  /** Steps over the numbers that follow, of these kinds. */
  #furtherNumbers(open: Open, takesIntegers: boolean, takesFractions: boolean): void {
    this.#numberReader ??= new NumberReader(this.#bytes);
    open.items += this.#numberReader.skip(this.#index, takesIntegers, takesFractions);
    this.#index = this.#numberReader.end;
  }

  /** RFC 8259, section 6. False where it may go on behind the bytes at hand. */
  #number(): boolean {
    const bytes = this.#bytes;
    const start = this.#index;
    let at = start;
    const digits = (what: string): void => {
      const first = at;
      while ((bytes[at] ?? 0) >= ZERO && (bytes[at] ?? 0) <= NINE) at += 1;
      if (at === first && (this.#isLast || at < bytes.length)) this.#fail(what);
    };
    if (bytes[at] === MINUS) at += 1;
    if (bytes[at] === ZERO) at += 1;
    else digits('a digit is expected');
    let isFraction = false;
    if (bytes[at] === DOT) {
      isFraction = true;
      at += 1;
      digits('a digit is expected behind the point');
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      isFraction = true;
      at += 1;
      if (bytes[at] === MINUS || bytes[at] === PLUS) at += 1;
      digits('a digit is expected in the exponent');
    }
    if (at >= bytes.length && !this.#isLast) return false;
    this.#index = at;
    this.#isFraction = isFraction;
    return true;
  }

  #string(open: Open | undefined, isKey: boolean): boolean {
    const bytes = this.#bytes;
    const from = this.#index + 1;
    const found = endOfString(bytes, from);
    const { lenient, valueless, shortest } = this.#options;
    if (found.control !== -1 && lenient !== true) {
      this.at = this.#base + found.control;
      this.#fail('a control character in a string');
    }
    if (found.end === -1) {
      if (this.#isLast) this.#fail('a string does not end');
      return isKey ? false : this.#again(open);
    }
    this.#index = found.end + 1;
    const needsText = isKey || valueless !== true;
    const content = this.#content(from, found);
    if (content.length >= shortest)
      this.#strings.push({
        bytes: content,
        offset: this.at,
        isKey,
        key: open === undefined ? null : open.map !== null && !isKey ? open.key : open.outerKey,
      });
    const text = needsText ? content.toString(found.isHigh || found.isEscaped ? 'utf8' : 'latin1') : '';
    if (isKey) this.#key(text, open);
    else {
      if (open?.pieces != null && content.length > 0) this.#piece(content, open);
      this.#put(text, open);
    }
    return true;
  }

  #piece(content: Buffer, open: Open): void {
    open.pieceBytes += content.length;
    // What is open is all that is held: a view would hold the bytes around it as well.
    if (this.#options.passing !== true) open.pieces?.push(content);
    else if (open.pieceBytes <= JOINED_BYTES) open.pieces?.push(Buffer.from(content));
    else
      refuse(
        'GATE-STREAM',
        'json-pieces',
        this.#path,
        'a list of so much text cannot be decided on while it passes: send it to a route that spools',
        { offset: this.at },
      );
  }

  #key(key: string, open: Open | undefined): void {
    this.#expected = 'colon';
    if (open?.map == null) return;
    if (key in open.map && this.#options.lenient !== true)
      this.#fail('a key is repeated: parsers differ in which of them they take', 'duplicate-key');
    open.map[key] = null;
    open.key = key;
    if (this.#options.passing !== true) return;
    const cost = key.length + COST_OF_KEY;
    open.cost += cost;
    this.#keyCost += cost;
    if (this.#keyCost > MAX_KEY_CHARACTERS && this.#options.lenient !== true)
      refuse(
        'GATE-STREAM',
        'json-keys',
        this.#path,
        'JSON with so many keys cannot be decided on while it passes: send it to a route that spools',
        { offset: this.at },
      );
  }

  /** The UTF-8 that a string stands for. */
  #content(from: number, { end, isEscaped, isHigh, control }: StringEnd): Buffer {
    const raw = this.#bytes.subarray(from, end);
    if (isHigh && this.#options.lenient !== true && !isUtf8(raw)) this.#fail('the bytes are no UTF-8', 'encoding');
    if (!isEscaped) return raw;
    if (control !== -1 || this.#options.lenient === true) return jsonDecoded(raw);
    // The platform's parser knows the escapes; the string's end is known already.
    try {
      return Buffer.from(JSON.parse(this.#bytes.toString('utf8', from - 1, end + 1)) as string);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return this.#fail('an escape is unknown');
    }
  }
}
