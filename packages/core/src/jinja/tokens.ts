import { DIGIT, IDENTIFIER, isSpace, NAME, skipSpace, trimEnd } from './characters.js';
import { TemplateError } from './errors.js';
import { unescapeString } from './strings.js';

/** What the parser reads; operators have their own text as type. */
export interface Token {
  readonly type:
    | 'data'
    | 'variable_begin'
    | 'variable_end'
    | 'block_begin'
    | 'block_end'
    | 'name'
    | 'string'
    | 'integer'
    | 'float'
    | 'eof'
    | 'operator';
  /** Name, operator, data with its white space stripped, value of a string, digits of a number without underscores. */
  readonly value: string;
  readonly from: number;
  /** A string with a character that is not known. */
  readonly uncertain?: true;
}

/** What the program that renders sets: white space around tags is no opinion of the template. */
export interface LexerOptions {
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
}

const OPERATORS = new Set('+ - / // * % ** ~ [ ] ( ) { } == != > >= < <= = . : | , ;'.split(' '));
const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** `jinja2.lexer.Lexer.tokeniter` and `wrap` with the usual delimiters, without line statements. Throws a TemplateError. */
export function tokenize(text: string, options: LexerOptions, maxTokens: number): readonly Token[] {
  return new Lexer(text, options, maxTokens).run();
}

class Lexer {
  readonly #text: string;
  readonly #options: LexerOptions;
  readonly #maxTokens: number;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** The last match ended in a line break, or nothing was matched yet. */
  #lineStarting = true;

  constructor(text: string, options: LexerOptions, maxTokens: number) {
    this.#text = text;
    this.#options = options;
    this.#maxTokens = maxTokens;
  }

  run(): readonly Token[] {
    while (this.#at < this.#text.length) this.#root();
    this.#push({ type: 'eof', value: '', from: this.#text.length });
    return this.#tokens;
  }

  #push(token: Token): void {
    if (this.#tokens.length >= this.#maxTokens)
      throw new TemplateError(`more than ${this.#maxTokens} tokens`, token.from, true);
    this.#tokens.push(token);
  }

  #moveTo(at: number): void {
    if (at > this.#at) this.#lineStarting = this.#text[at - 1] === '\n';
    this.#at = at;
  }

  /** Text up to a tag, and the tag. */
  #root(): void {
    const start = this.#at;
    const text = this.#text;
    let tag = text.indexOf('{', start);
    while (tag >= 0 && text[tag + 1] !== '{' && text[tag + 1] !== '%' && text[tag + 1] !== '#')
      tag = text.indexOf('{', tag + 1);
    if (tag < 0) {
      this.#data(start, text.length, '+', false);
      this.#moveTo(text.length);
      return;
    }
    const sign = this.#sign(tag + 2);
    const kind = text[tag + 1];
    this.#data(start, tag, sign, kind === '{');
    const behind = tag + 2 + sign.length;
    const raw = kind === '%' ? this.#rawBegin(behind) : -1;
    if (raw >= 0) {
      this.#moveTo(raw);
      this.#rawBody();
      return;
    }
    this.#moveTo(behind);
    if (kind === '#') return this.#comment();
    const type = kind === '%' ? 'block' : 'variable';
    this.#push({ type: `${type}_begin`, value: '', from: tag });
    this.#tag(type);
  }

  #sign(at: number): string {
    const char = this.#text[at];
    return char === '-' || char === '+' ? char : '';
  }

  /** `sign`: that of the tag behind it. */
  #data(from: number, to: number, sign: string, isVariable: boolean): void {
    let value = this.#text.slice(from, to);
    if (sign === '-') value = trimEnd(value);
    else if (sign !== '+' && this.#options.lstripBlocks && !isVariable) {
      const line = value.lastIndexOf('\n') + 1;
      if ((line > 0 || this.#lineStarting) && trimEnd(value.slice(line)) === '') value = value.slice(0, line);
    }
    if (value !== '') this.#push({ type: 'data', value, from });
  }

  /** The end of `raw %}`, or -1. */
  #rawBegin(at: number): number {
    const word = skipSpace(this.#text, at);
    if (!this.#text.startsWith('raw', word)) return -1;
    const end = skipSpace(this.#text, word + 3);
    if (this.#text.startsWith('%}', end)) return end + 2;
    return this.#text.startsWith('-%}', end) ? skipSpace(this.#text, end + 3) : -1;
  }

  #rawBody(): void {
    const start = this.#at;
    for (let tag = this.#text.indexOf('{%', start); tag >= 0; tag = this.#text.indexOf('{%', tag + 1)) {
      const sign = this.#sign(tag + 2);
      const word = skipSpace(this.#text, tag + 2 + sign.length);
      if (!this.#text.startsWith('endraw', word)) continue;
      const end = this.#tagEnd(skipSpace(this.#text, word + 6), '%}');
      if (end < 0) continue;
      this.#data(start, tag, sign, false);
      this.#moveTo(end);
      return;
    }
    this.#endOfText('Missing end of raw directive');
  }

  #comment(): void {
    let end = this.#text.indexOf('#}', this.#at);
    if (end < 0) return this.#endOfText('Missing end of comment tag');
    if (end > this.#at && this.#sign(end - 1) !== '') end -= 1;
    this.#moveTo(this.#tagEnd(end, '#}'));
  }

  /** Jinja2 asks for the end only where there is another character. */
  #endOfText(message: string): void {
    if (this.#at < this.#text.length) throw new TemplateError(message, this.#at);
  }

  /** The index behind an end of a tag at `at`, with the white space that it takes; -1 where there is none. */
  #tagEnd(at: number, end: '%}' | '#}'): number {
    const text = this.#text;
    if (text.startsWith(end, at)) return at + 2 + (this.#options.trimBlocks && text[at + 2] === '\n' ? 1 : 0);
    if (!text.startsWith(end, at + 1)) return -1;
    if (text[at] === '+') return at + 3;
    return text[at] === '-' ? skipSpace(text, at + 3) : -1;
  }

  #variableEnd(at: number): number {
    if (this.#text.startsWith('}}', at)) return at + 2;
    return this.#text.startsWith('-}}', at) ? skipSpace(this.#text, at + 3) : -1;
  }

  /** The inside of a tag. Its end counts only where brackets are closed. */
  #tag(type: 'block' | 'variable'): void {
    const text = this.#text;
    const open: string[] = [];
    while (this.#at < text.length) {
      const from = this.#at;
      if (open.length === 0) {
        const end = type === 'block' ? this.#tagEnd(from, '%}') : this.#variableEnd(from);
        if (end >= 0) {
          this.#push({ type: `${type}_end`, value: '', from });
          this.#moveTo(end);
          return;
        }
      }
      if (isSpace(text.charCodeAt(from))) this.#moveTo(skipSpace(text, from));
      else if (!this.#number() && !this.#name() && !this.#string()) this.#operator(open);
    }
  }

  #number(): boolean {
    const text = this.#text;
    const from = this.#at;
    if (!isDigit(text, from)) return false;
    const float = text[from - 1] === '.' ? -1 : floatEnd(text, from);
    const end = float >= 0 ? float : integerEnd(text, from);
    if (end < 0) return false;
    const value = text.slice(from, end).replaceAll('_', '');
    // Python's own tokenizer reads floats, and knows no other digits.
    if (float >= 0 && [...value].some((char) => char > '\x7f')) throw new TemplateError('invalid number', from);
    this.#push({ type: float >= 0 ? 'float' : 'integer', value, from });
    this.#moveTo(end);
    return true;
  }

  #name(): boolean {
    NAME.lastIndex = this.#at;
    const value = NAME.exec(this.#text)?.[0];
    if (value === undefined) return false;
    if (!IDENTIFIER.test(value)) throw new TemplateError('Invalid character in identifier', this.#at);
    this.#push({ type: 'name', value, from: this.#at });
    this.#moveTo(this.#at + value.length);
    return true;
  }

  #string(): boolean {
    const text = this.#text;
    const from = this.#at;
    const quote = text[from];
    if (quote !== "'" && quote !== '"') return false;
    let end = from + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) return false;
    const found = unescapeString(text.slice(from + 1, end));
    if (found === null) throw new TemplateError('a string literal with an escape that Python does not know', from);
    this.#push({ type: 'string', value: found.value, from, ...(found.uncertain ? { uncertain: true } : {}) });
    this.#moveTo(end + 1);
    return true;
  }

  #operator(open: string[]): void {
    const from = this.#at;
    const two = this.#text.slice(from, from + 2);
    const value = OPERATORS.has(two) ? two : two.slice(0, 1);
    if (!OPERATORS.has(value)) throw new TemplateError(`unexpected character ${JSON.stringify(value)}`, from);
    const closes = CLOSES[value];
    if (closes !== undefined) open.push(closes);
    else if (value === ')' || value === ']' || value === '}') {
      const expected = open.pop();
      if (expected !== value) throw new TemplateError(`unexpected '${value}'`, from);
    }
    this.#push({ type: 'operator', value, from });
    this.#moveTo(from + value.length);
  }
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code >= 0x30 && code <= 0x39 : code >= 0x660 && DIGIT.test(text[at] ?? '');
}

/** Digits with single underscores between them; -1 where there are none. */
function digitsEnd(text: string, at: number, is: (text: string, at: number) => boolean = isDigit): number {
  if (!is(text, at)) return -1;
  let end = at + 1;
  while (is(text, end) || (text[end] === '_' && is(text, end + 1))) end += 1;
  return end;
}

/** `float_re` */
function floatEnd(text: string, at: number): number {
  const whole = digitsEnd(text, at);
  if (whole < 0) return -1;
  const fraction = text[whole] === '.' ? digitsEnd(text, whole + 1) : -1;
  const exponent = exponentEnd(text, fraction >= 0 ? fraction : whole);
  return exponent >= 0 ? exponent : fraction;
}

function exponentEnd(text: string, at: number): number {
  if (text[at] !== 'e' && text[at] !== 'E') return -1;
  return digitsEnd(text, text[at + 1] === '+' || text[at + 1] === '-' ? at + 2 : at + 1);
}

const oneOf =
  (digits: string) =>
  (text: string, at: number): boolean =>
    at < text.length && digits.includes(text[at] ?? '');
const BASES: Readonly<Record<string, (text: string, at: number) => boolean>> = {
  b: oneOf('01'),
  o: oneOf('01234567'),
  x: (text, at) => oneOf('abcdefABCDEF')(text, at) || isDigit(text, at),
};

/** `integer_re` */
function integerEnd(text: string, at: number): number {
  if (text[at] !== '0') return (text[at] ?? '') > '9' ? -1 : digitsEnd(text, at);
  const base = BASES[(text[at + 1] ?? '').toLowerCase()];
  if (base !== undefined) {
    const end = digitsEnd(text, text[at + 2] === '_' ? at + 3 : at + 2, base);
    if (end >= 0) return end;
  }
  return digitsEnd(text, at, oneOf('0'));
}
