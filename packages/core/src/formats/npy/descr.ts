import { InputError, UnsupportedError } from '../../model/errors.js';
import { MAX_DTYPE_DEPTH } from '../../model/limits.js';

/*
 * The header of an npy file is a Python literal (numpy/lib/format.py, `_read_array_header`, `descr_to_dtype`):
 *
 *   {'descr': DESCR, 'fortran_order': False, 'shape': (3, 4), }
 *   DESCR  a type code such as '<f8'; a tuple (DESCR, shape); a list of fields (name, DESCR) or (name, DESCR, shape),
 *          where a name may be a pair (title, name)
 *
 * What numpy's evaluation of the literal could make of unusual spellings (escapes, comments, texts in a row) is not
 * guessed: such a header is unsupported.
 */
export interface NpyHeader {
  readonly itemSize: number;
  /** numpy reads the data as one pickle. */
  readonly objects: boolean;
  /** How many items the array has. */
  readonly items: number;
  /** The type as the header writes it, where that is one code. */
  readonly dtype: string | null;
  readonly shape: readonly number[];
}

interface Layout {
  readonly itemSize: number;
  readonly objects: boolean;
}

type Literal =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool' }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Literal[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Literal, Literal])[] };

/** `at`: where the header lies, for errors. */
export function readNpyHeader(text: string, at: number): NpyHeader {
  const parser = new LiteralParser(text);
  const header = parser.value(0);
  if (header === null || !parser.atEnd()) throw new UnsupportedError('the npy header is no plain literal', at);
  if (header.kind !== 'dict') throw new InputError('the npy header is no dict', at);
  // Of a key that stands twice Python keeps the last value.
  const values = new Map<string, Literal>();
  for (const [key, value] of header.items) {
    if (key.kind !== 'text') throw new InputError('a key of the npy header is no text', at);
    values.set(key.value, value);
  }
  const descr = values.get('descr');
  const shape = values.get('shape');
  if (descr === undefined || shape === undefined) throw new InputError("the npy header needs 'descr' and 'shape'", at);
  const sizes = shape.kind === 'tuple' ? sizesOf(shape) : null;
  if (sizes === null) throw new InputError('the shape in the npy header is no tuple of sizes', at);
  const layout = layoutOf(descr);
  if (layout === null) throw new UnsupportedError('the dtype in the npy header is not known', at);
  const dtype = descr.kind === 'text' ? descr.value : null;
  return { itemSize: layout.itemSize, objects: layout.objects, items: product(sizes), dtype, shape: sizes };
}

/** Recursion: MAX_DTYPE_DEPTH, for deeper ones are not parsed. */
function layoutOf(descr: Literal): Layout | null {
  if (descr.kind === 'text') return codeLayout(descr.value);
  if (descr.kind === 'tuple') {
    const [base, shape] = descr.items;
    return base === undefined || shape === undefined ? null : repeated(layoutOf(base), shape);
  }
  if (descr.kind !== 'list') return null;
  let itemSize = 0;
  let objects = false;
  for (const field of descr.items) {
    if (field.kind !== 'tuple' && field.kind !== 'list') return null;
    const [name, base, shape] = field.items;
    if (name === undefined || base === undefined || field.items.length > 3) return null;
    const layout = shape === undefined ? layoutOf(base) : repeated(layoutOf(base), shape);
    if (layout === null) return null;
    itemSize += layout.itemSize;
    objects ||= layout.objects;
  }
  return { itemSize, objects };
}

function repeated(base: Layout | null, shape: Literal): Layout | null {
  const sizes = shape.kind === 'number' ? [shape.value] : shape.kind === 'tuple' ? sizesOf(shape) : null;
  return base === null || sizes === null ? null : { itemSize: base.itemSize * product(sizes), objects: base.objects };
}

/** Null where anything else than sizes is among them. */
function sizesOf(shape: { readonly items: readonly Literal[] }): readonly number[] | null {
  const sizes = shape.items.flatMap((size) => (size.kind === 'number' ? [size.value] : []));
  return sizes.length === shape.items.length ? sizes : null;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((count, size) => count * size, 1);
}

/** numpy's names for object, besides the code 'O' (numpy.dtype accepts them all). */
const OBJECT_NAMES = new Set(['O', 'O8', 'O4', 'object', 'object_', 'object0', 'Object0']);

function codeLayout(code: string): Layout | null {
  const bare = code.replace(/^[<>|=]/, '');
  if (OBJECT_NAMES.has(bare)) return { itemSize: 8, objects: true };
  const match = /^([?biufcSaUVMm])(\d*)(?:\[[^\]]*\])?$/.exec(bare);
  if (match === null) return null;
  const letter = match[1] ?? '';
  if (match[2] === '') return letter === '?' || letter === 'b' ? { itemSize: 1, objects: false } : null;
  const size = Number(match[2]);
  return { itemSize: letter === 'U' ? size * 4 : size, objects: false };
}

/** Python literals as far as numpy writes them; null for anything else. */
class LiteralParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#peek() === '';
  }

  /** Recursion: MAX_DTYPE_DEPTH. */
  value(depth: number): Literal | null {
    const char = this.#peek();
    if (char === '(' || char === '[' || char === '{') {
      if (depth >= MAX_DTYPE_DEPTH) return null;
      this.#at += 1;
      return char === '{' ? this.#dict(depth + 1) : this.#sequence(char === '(' ? 'tuple' : 'list', depth + 1);
    }
    const plain = /^(?:(\d+)L?|True|False)(?![\w.])/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (plain !== null) {
      this.#at += plain[0].length;
      return plain[1] === undefined ? { kind: 'bool' } : { kind: 'number', value: Number(plain[1]) };
    }
    return this.#string();
  }

  /** The next character that is no blank; empty at the end. */
  #peek(): string {
    while (/[ \t\r\n\f]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text[this.#at] ?? '';
  }

  #takes(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at += 1;
    return true;
  }

  #sequence(kind: 'tuple' | 'list', depth: number): Literal | null {
    const close = kind === 'tuple' ? ')' : ']';
    const items: Literal[] = [];
    for (;;) {
      if (this.#takes(close)) return { kind, items };
      const item = this.value(depth);
      if (item === null) return null;
      items.push(item);
      if (this.#takes(',')) continue;
      if (!this.#takes(close)) return null;
      // Parentheses around one value without a comma are no tuple.
      return kind === 'tuple' && items.length === 1 ? item : { kind, items };
    }
  }

  #dict(depth: number): Literal | null {
    const items: [Literal, Literal][] = [];
    for (;;) {
      if (this.#takes('}')) return { kind: 'dict', items };
      const key = this.value(depth);
      if (key === null || !this.#takes(':')) return null;
      const value = this.value(depth);
      if (value === null) return null;
      items.push([key, value]);
      if (!this.#takes(',') && this.#peek() !== '}') return null;
    }
  }

  #string(): Literal | null {
    const match = /^u?(['"])([^\\\r\n]*?)\1/.exec(this.#text.slice(this.#at));
    if (match === null) return null;
    this.#at += match[0].length;
    // Python joins texts that stand side by side, and reads three quotes as another kind of text.
    return /['"\w]/.test(this.#peek()) ? null : { kind: 'text', value: match[2] ?? '' };
  }
}
