import { MAX_INDENT, MAX_TOKENS } from './limits.js';
import { StringScanner, type FieldRange } from './strings.js';

/**
 * Splits Python source into tokens, as CPython's Parser/lexer does, for Python 3.14 and for Python 2 at once, and
 * without giving up on broken text. Offsets are UTF-16 units of the text.
 */

export type TokenKind = 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end';

/** Something that is no Python, or beyond a limit. `limit` where well-formed source could have been left out. */
export interface Problem {
  readonly at: number;
  readonly message: string;
  readonly limit: boolean;
}

export interface StringToken {
  /** In lower case, without quotes. */
  readonly prefix: string;
  readonly contentFrom: number;
  readonly contentTo: number;
  readonly fields: readonly FieldRange[];
}

/** Tokens side by side: a source of a megabyte has some 300,000. */
export interface Tokens {
  readonly kinds: TokenKind[];
  readonly from: number[];
  readonly to: number[];
  /** The name (NFKC, as CPython normalises identifiers) or operator; empty for other kinds. */
  readonly values: string[];
  readonly strings: Map<number, StringToken>;
  /** Starts and ends of the comments, in turn. */
  readonly comments: number[];
}

const STRING_PREFIXES = new Set('r u b f t br rb fr rf tr rt ur'.split(' '));

/** Keywords that no expression holds: at the start of a line they end a bracket that was never closed. */
const NEVER_IN_BRACKETS = new Set(
  'def class import return while try raise del pass break continue global nonlocal assert with except finally elif'.split(
    ' ',
  ),
);

const OPERATORS3 = new Set(['**=', '//=', '>>=', '<<=', '...']);
const OPERATORS2 = new Set('** // >> << <= >= == != <> -> += -= *= /= %= &= |= ^= @= :='.split(' '));

const NUMBER =
  /0[xX][\da-fA-F_]+[lL]?|0[oO][0-7_]+[lL]?|0[bB][01_]+[lL]?|(?:\d[\d_]*(?:\.(?:\d[\d_]*)?)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJlL]?/y;
const NAME = /[\p{ID_Start}_]\p{ID_Continue}*/uy;

const TOKENS_BETWEEN_LOOKS = 4096;

const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;

const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
const isNamePart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export class Tokenizer {
  readonly tokens: Tokens = { kinds: [], from: [], to: [], values: [], strings: new Map(), comments: [] };
  readonly #text: string;
  readonly #end: number;
  readonly #problem: (problem: Problem) => void;
  readonly #strings: StringScanner;
  #at: number;
  #depth: number;
  readonly #indents: number[] = [0];

  readonly #checkTime: () => void;

  /** `inBrackets`: the range stands in brackets, so that its line ends mean nothing. */
  constructor(
    text: string,
    from: number,
    to: number,
    inBrackets: boolean,
    problem: (problem: Problem) => void,
    checkTime: () => void,
  ) {
    this.#text = text;
    this.#checkTime = checkTime;
    this.#strings = new StringScanner(text, from, to);
    this.#at = from;
    this.#end = to;
    this.#depth = inBrackets ? 1 : 0;
    this.#problem = problem;
  }

  run(): Tokens {
    const nested = this.#depth > 0;
    let atLineStart = !nested;
    while (this.#at < this.#end) {
      if (this.tokens.kinds.length % TOKENS_BETWEEN_LOOKS === TOKENS_BETWEEN_LOOKS - 1) this.#checkTime();
      if (this.tokens.kinds.length >= MAX_TOKENS) {
        this.#problem({ at: this.#at, message: `more than ${MAX_TOKENS} tokens`, limit: true });
        break;
      }
      if (atLineStart && this.#depth === 0) {
        atLineStart = false;
        if (!this.#indentation()) {
          atLineStart = true;
          continue;
        }
      }
      atLineStart = this.#next();
    }
    if (!nested) {
      if (this.tokens.kinds.length > 0 && this.tokens.kinds.at(-1) !== 'newline') this.#push('newline', this.#end, '');
      while (this.#indents.length > 1) this.#dedent();
    }
    this.#push('end', this.#end, '');
    return this.tokens;
  }

  #push(kind: TokenKind, from: number, value: string): void {
    const { kinds, from: starts, to, values } = this.tokens;
    kinds.push(kind);
    starts.push(from);
    to.push(this.#at);
    values.push(value);
  }

  #dedent(): void {
    this.#indents.pop();
    this.#push('dedent', this.#at, '');
  }

  /** Reads the blanks of a new line. False for a line without a token. */
  #indentation(): boolean {
    const text = this.#text;
    let column = 0;
    let at = this.#at;
    for (; at < this.#end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 32) column += 1;
      else if (code === 9) column += 8 - (column % 8);
      // A form feed starts the count again.
      else if (code === 12) column = 0;
      else break;
    }
    this.#at = at;
    const code = at < this.#end ? text.charCodeAt(at) : NEWLINE;
    if (code === 35) this.#comment();
    if (code === 35 || code === NEWLINE || code === RETURN) {
      this.#lineEnd();
      return false;
    }
    const indents = this.#indents;
    const current = indents.at(-1) ?? 0;
    if (column > current) {
      if (indents.length > MAX_INDENT) {
        this.#problem({ at, message: `more than ${MAX_INDENT} levels of indentation`, limit: true });
      } else {
        indents.push(column);
        this.#push('indent', at, '');
      }
    } else if (column < current) {
      while ((indents.at(-1) ?? 0) > column) this.#dedent();
      if ((indents.at(-1) ?? 0) !== column) {
        this.#problem({ at, message: 'the indentation matches no line above', limit: false });
      }
    }
    return true;
  }

  #comment(): void {
    let at = this.#at;
    for (; at < this.#end; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === NEWLINE || code === RETURN) break;
    }
    this.tokens.comments.push(this.#at, at);
    this.#at = at;
  }

  /** Steps over \n, \r\n or \r. */
  #lineEnd(): void {
    if (this.#at >= this.#end) return;
    const isReturn = this.#text.charCodeAt(this.#at) === RETURN;
    this.#at += isReturn && this.#text.charCodeAt(this.#at + 1) === NEWLINE ? 2 : 1;
  }

  /** Reads one token or blank; true when a new line begins. */
  #next(): boolean {
    const text = this.#text;
    const from = this.#at;
    const code = text.charCodeAt(from);
    if (code === 32 || code === 9 || code === 12) {
      this.#at += 1;
      return false;
    }
    if (code === NEWLINE || code === RETURN) {
      this.#lineEnd();
      if (this.#depth > 0) {
        this.#closeForgotten();
        return this.#depth === 0;
      }
      this.#push('newline', from, '');
      return true;
    }
    if (code === 35) {
      this.#comment();
      return false;
    }
    if (code === BACKSLASH) {
      const next = text.charCodeAt(from + 1);
      this.#at += 1;
      if (next === NEWLINE || next === RETURN) this.#lineEnd();
      else this.#problem({ at: from, message: 'a backslash that ends no line', limit: false });
      return false;
    }
    if (code === 34 || code === 39) this.#string(from, '');
    else if (isNameStart(code)) this.#name(from);
    else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(text.charCodeAt(from + 1)))) this.#number(from);
    else this.#operator(from, code);
    return false;
  }

  /** A line in brackets that opens with a statement: the bracket was never closed. No valid source has one. */
  #closeForgotten(): void {
    const text = this.#text;
    let at = this.#at;
    while (at < this.#end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at += 1;
    let to = at;
    while (to < this.#end && to - at < 9 && isNamePart(text.charCodeAt(to))) to += 1;
    if (to === at || !NEVER_IN_BRACKETS.has(text.slice(at, to))) return;
    if (text.charCodeAt(to) === 61 || isNamePart(text.charCodeAt(to))) return;
    this.#problem({ at, message: 'a bracket above is never closed', limit: false });
    this.#depth = 0;
    this.#push('newline', this.#at, '');
  }

  #name(from: number): void {
    const text = this.#text;
    let to = from;
    let code = text.charCodeAt(to);
    while (isNamePart(code)) code = text.charCodeAt((to += 1));
    let value: string;
    if (to < this.#end && code >= 128) {
      NAME.lastIndex = from;
      const found = NAME.exec(text);
      if (found === null) {
        this.#at = from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1);
        if (text.charCodeAt(from) !== 0xfeff)
          this.#problem({ at: from, message: 'a character that no name holds', limit: false });
        return;
      }
      to = from + found[0].length;
      value = found[0].normalize('NFKC');
    } else {
      value = text.slice(from, to);
    }
    const quote = text.charCodeAt(to);
    if ((quote === 34 || quote === 39) && to - from <= 2 && to < this.#end) {
      const prefix = value.toLowerCase();
      if (STRING_PREFIXES.has(prefix)) {
        this.#at = to;
        this.#string(from, prefix);
        return;
      }
    }
    this.#at = Math.min(to, this.#end);
    this.#push('name', from, value);
  }

  #number(from: number): void {
    NUMBER.lastIndex = from;
    this.#at = from + Math.max(1, NUMBER.exec(this.#text)?.[0].length ?? 1);
    this.#push('number', from, '');
  }

  #operator(from: number, code: number): void {
    const text = this.#text;
    const three = text.slice(from, from + 3);
    const two = three.slice(0, 2);
    let value = OPERATORS3.has(three) ? three : OPERATORS2.has(two) ? two : three.charAt(0);
    if (from + value.length > this.#end) value = three.charAt(0);
    this.#at = from + value.length;
    if (code === 40 || code === 91 || code === 123) this.#depth += 1;
    else if (code === 41 || code === 93 || code === 125) this.#depth = Math.max(0, this.#depth - 1);
    else if (code < 32 || code === 63 || code === 36) {
      const shown = code < 32 ? `a control character (${code})` : `'${value}', which means nothing in Python`;
      this.#problem({ at: from, message: shown, limit: false });
      return;
    }
    this.#push('op', from, value);
  }

  #string(from: number, prefix: string): void {
    const format = prefix.includes('f') || prefix.includes('t');
    const fields: FieldRange[] = [];
    const { contentFrom, contentTo, to, closed } = this.#strings.scan(
      this.#at,
      format ? fields : null,
      prefix.includes('r'),
      0,
    );
    if (!closed) this.#problem({ at: from, message: 'a string that is never closed', limit: false });
    if (this.#strings.exhausted)
      this.#problem({ at: from, message: 'a format string with too many unfinished fields', limit: true });
    this.tokens.strings.set(this.tokens.kinds.length, { prefix, contentFrom, contentTo, fields });
    this.#at = to;
    this.#push('string', from, '');
  }
}
