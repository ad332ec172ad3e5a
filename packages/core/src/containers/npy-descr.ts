/**
 * The `descr` of an npy header (numpy.lib.format, `descr_to_dtype`): a type code such as '<f8', a list of fields
 * ('name', descr) or ('name', descr, shape) where a name may be a pair (title, name), or a pair (descr, shape).
 */
export interface DescrLayout {
  readonly itemSize: number;
  /** numpy reads the data as one pickle. */
  readonly objects: boolean;
}

type Literal = string | number | readonly Literal[];

/** Fields inside fields; numpy sets no limit, honest records nest two or three deep (CWE-674). */
const MAX_DEPTH = 32;

/** Null where the text is no such literal, or a type code is not numpy's. */
export function parseDescr(text: string): DescrLayout | null {
  const parser = new LiteralParser(text);
  const literal = parser.value(0);
  return literal === null || !parser.atEnd() ? null : layoutOf(literal);
}

function layoutOf(descr: Literal): DescrLayout | null {
  if (typeof descr === 'string') return codeLayout(descr);
  if (typeof descr === 'number') return null;
  const [first, second] = descr;
  // A pair of a descr and a shape; a field is a pair whose first part is a name and whose second is no shape.
  if (descr.length === 2 && Array.isArray(second) && second.every((size) => typeof size === 'number') && !isField(descr)) {
    return first === undefined ? null : repeated(layoutOf(first), second);
  }
  let itemSize = 0;
  let objects = false;
  for (const field of descr) {
    if (typeof field === 'string' || typeof field === 'number') return null;
    const [, fieldDescr, shape] = field;
    if (fieldDescr === undefined) return null;
    const base = layoutOf(fieldDescr);
    const layout = shape === undefined ? base : repeated(base, typeof shape === 'number' ? [shape] : shape);
    if (layout === null) return null;
    itemSize += layout.itemSize;
    objects ||= layout.objects;
  }
  return { itemSize, objects };
}

/** In a list every item is a field, a list or tuple itself. */
function isField(descr: readonly Literal[]): boolean {
  return descr.every((item) => Array.isArray(item) && item.length >= 2 && typeof item[0] !== 'number');
}

function repeated(base: DescrLayout | null, shape: Literal): DescrLayout | null {
  if (base === null || typeof shape === 'string' || typeof shape === 'number') return null;
  let itemSize = base.itemSize;
  for (const size of shape) {
    if (typeof size !== 'number') return null;
    itemSize *= size;
  }
  return { itemSize, objects: base.objects };
}

/** numpy's names for object, besides the code 'O' (numpy.dtype accepts them all). */
const OBJECT_NAMES = new Set(['O', 'O8', 'O4', 'object', 'object_', 'object0', 'Object0']);

function codeLayout(code: string): DescrLayout | null {
  const bare = code.replace(/^[<>|=]/, '');
  if (OBJECT_NAMES.has(bare)) return { itemSize: 8, objects: true };
  const match = /^([?biufcSaUVMm])(\d*)(?:\[[^\]]*\])?$/.exec(bare);
  if (match === null) return null;
  const letter = match[1] ?? '';
  if (match[2] === '') return letter === '?' || letter === 'b' ? { itemSize: 1, objects: false } : null;
  const size = Number(match[2]);
  return { itemSize: letter === 'U' ? size * 4 : size, objects: false };
}

/** Python literals as far as a descr has them: strings, ints, tuples and lists. */
class LiteralParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#blanks();
    return this.#at >= this.#text.length;
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  value(depth: number): Literal | null {
    this.#blanks();
    const char = this.#text[this.#at] ?? '';
    if (char === '(' || char === '[') return depth >= MAX_DEPTH ? null : this.#sequence(char === '(' ? ')' : ']', depth + 1);
    const number = /^\d+L?/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (number !== null) {
      this.#at += number[0].length;
      return Number(number[0].replace('L', ''));
    }
    return this.#string();
  }

  #sequence(close: string, depth: number): readonly Literal[] | null {
    const items: Literal[] = [];
    this.#at += 1;
    for (;;) {
      this.#blanks();
      if (this.#text[this.#at] === close) {
        this.#at += 1;
        return items;
      }
      const item = this.value(depth);
      if (item === null) return null;
      items.push(item);
      this.#blanks();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== close) return null;
    }
  }

  #string(): string | null {
    if (/[bu]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    const quote = this.#text[this.#at];
    if (quote !== "'" && quote !== '"') return null;
    let value = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] ?? '';
      if (char === quote) {
        this.#at += 1;
        return value;
      }
      if (char === '\\') {
        this.#at += 1;
        value += this.#text[this.#at] ?? '';
      } else value += char;
    }
    return null;
  }
}
