// Recursion in this file: MAX_NESTING, the levels of replacement fields.
import { MAX_NESTING } from './limits.js';

const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;

/** Looks at a field as often as it lies in others; honest ones nest twice (CWE-407). */
const FIELD_STEPS = 8;
const FIELD_STEPS_AT_LEAST = 10_000;

/** A replacement field of a format string: `{value!r:spec}`. */
export interface FieldRange {
  readonly from: number;
  readonly to: number;
  /** The text of the value, without `=`, conversion and format. */
  readonly valueFrom: number;
  readonly valueTo: number;
  /** `!r` and the like, or `=`: the value does not stand as it is. */
  readonly converted: boolean;
  readonly spec: readonly FieldRange[];
  readonly hasSpec: boolean;
}

interface Scanned {
  readonly contentFrom: number;
  readonly contentTo: number;
  readonly to: number;
  readonly closed: boolean;
}

/** Finds the ends of strings, and the fields of format strings with all strings in them (PEP 701). */
export class StringScanner {
  readonly #text: string;
  readonly #end: number;
  /** Characters that fields may still cost: one that has no end is read again. */
  #steps: number;

  constructor(text: string, from: number, end: number) {
    this.#text = text;
    this.#end = end;
    this.#steps = FIELD_STEPS * (end - from) + FIELD_STEPS_AT_LEAST;
  }

  /** True when fields were left out because there are too many that never end. */
  get exhausted(): boolean {
    return this.#steps <= 0;
  }

  /** `at`: the quote. `fields`: where the fields go; null for a string without. In a raw one `\N{…}` is a field. */
  scan(at: number, fields: FieldRange[] | null, raw: boolean, depth: number): Scanned {
    const text = this.#text;
    const quote = text.charCodeAt(at);
    const long = text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
    const width = long ? 3 : 1;
    const contentFrom = at + width;
    let i = contentFrom;
    for (; i < this.#end; i += 1) {
      if (depth > 0 && (this.#steps -= 1) <= 0) break;
      const code = text.charCodeAt(i);
      if (code === BACKSLASH) {
        // `\{` is no escape: the backslash stays, and the field begins.
        if (fields !== null && (text.charCodeAt(i + 1) === 123 || text.charCodeAt(i + 1) === 125)) continue;
        if (fields !== null && !raw && text.charCodeAt(i + 1) === 78 && text.charCodeAt(i + 2) === 123) {
          // The name of a character holds nothing that counts, and a brace that closes is text.
          i += 2;
          continue;
        }
        i += text.charCodeAt(i + 1) === RETURN && text.charCodeAt(i + 2) === NEWLINE ? 2 : 1;
      } else if (code === quote) {
        if (!long || (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote))
          return { contentFrom, contentTo: i, to: i + width, closed: true };
      } else if (!long && (code === NEWLINE || code === RETURN)) {
        return { contentFrom, contentTo: i, to: i, closed: false };
      } else if (code === 123 && fields !== null) {
        if (text.charCodeAt(i + 1) === 123) {
          i += 1;
          continue;
        }
        const field = depth < MAX_NESTING ? this.#field(i, quote, long, depth + 1) : null;
        // No field after all: a brace that is never closed, as in a broken file.
        if (field === null) continue;
        fields.push(field);
        i = field.to - 1;
      }
    }
    const to = Math.min(i, this.#end);
    return { contentFrom: Math.min(contentFrom, to), contentTo: to, to, closed: false };
  }

  /** The field that opens at `from`, or null where it has no end within its string. */
  #field(from: number, quote: number, long: boolean, depth: number): FieldRange | null {
    const text = this.#text;
    const stack: number[] = [];
    let valueTo = -1;
    let converted = false;
    for (let i = from + 1; i < this.#end; i += 1) {
      if ((this.#steps -= 1) <= 0) return null;
      const code = text.charCodeAt(i);
      const top = stack.length === 0;
      if (code === 34 || code === 39) {
        const prefix = prefixAt(text, i);
        const inner = this.scan(i, /[ft]/.test(prefix) ? [] : null, prefix.includes('r'), depth + 1);
        // Before Python 3.12 the outer quote ends the string here: then this is no field.
        if (!inner.closed || depth > MAX_NESTING) return null;
        i = inner.to - 1;
      } else if (code === 40 || code === 91 || code === 123) {
        stack.push(code);
      } else if (code === 125 && top) {
        if (valueTo < 0) valueTo = i;
        return { from, to: i + 1, valueFrom: from + 1, valueTo, converted, spec: [], hasSpec: false };
      } else if (code === 41 || code === 93 || code === 125) {
        if (stack.length === 0) return null;
        stack.pop();
      } else if (code === 35 && top && long) {
        while (i < this.#end && text.charCodeAt(i) !== NEWLINE) i += 1;
      } else if (code === 33 && top && text.charCodeAt(i + 1) !== 61) {
        if (valueTo < 0) valueTo = i;
        converted = true;
      } else if (code === 61 && top && isSelfDocumenting(text, i)) {
        if (valueTo < 0) valueTo = i;
        converted = true;
      } else if (code === 58 && top) {
        if (valueTo < 0) valueTo = i;
        return this.#spec({ from, valueFrom: from + 1, valueTo, converted }, i + 1, quote, long, depth);
      }
    }
    return null;
  }

  #spec(
    head: Pick<FieldRange, 'from' | 'valueFrom' | 'valueTo' | 'converted'>,
    from: number,
    quote: number,
    long: boolean,
    depth: number,
  ): FieldRange | null {
    const text = this.#text;
    const spec: FieldRange[] = [];
    for (let i = from; i < this.#end; i += 1) {
      if ((this.#steps -= 1) <= 0) return null;
      const code = text.charCodeAt(i);
      if (code === 125) return { ...head, to: i + 1, spec, hasSpec: true };
      if (code === quote && (!long || (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote)))
        return null;
      if (code === 123) {
        const inner = depth < MAX_NESTING ? this.#field(i, quote, long, depth + 1) : null;
        if (inner === null) return null;
        spec.push(inner);
        i = inner.to - 1;
      }
    }
    return null;
  }
}

/** `=` before the end, the conversion or the format, and no `==`, `<=`, `>=`, `!=`. */
function isSelfDocumenting(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (before === 61 || before === 33 || before === 60 || before === 62) return false;
  let i = at + 1;
  while (/\s/.test(text.charAt(i))) i += 1;
  const next = text.charCodeAt(i);
  return next === 125 || next === 33 || next === 58;
}

/** The letters before a quote, where they are the prefix of a format string. */
function prefixAt(text: string, quote: number): string {
  const letters = /(?:^|[^A-Za-z0-9_])([A-Za-z]{1,2})$/.exec(text.slice(Math.max(0, quote - 3), quote))?.[1] ?? '';
  const prefix = letters.toLowerCase();
  return /^(?:[ft]|r[ft]|[ft]r)$/.test(prefix) ? prefix : '';
}
