import { MAX_CONSTANT_LENGTH, MAX_MEANINGS, MAX_RESOLVE_DEPTH } from './limits.js';
import { Resolver } from './resolve.js';
import type { Scope, Scoped } from './scope.js';
import type { Expression, FormatField, StringPiece } from './syntax.js';

/** A constant of the source. Numbers beyond 2^53 are none here. */
export type Constant =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: string }
  | { readonly kind: 'tuple'; readonly items: readonly Constant[] };

/** What an expression can be: `complete` when it can be nothing but one of `values`. */
export interface Constants {
  readonly values: readonly Constant[];
  readonly complete: boolean;
}

const NOTHING: Constants = { values: [], complete: false };
const one = (value: Constant): Constants => ({ values: [value], complete: true });

/** Literals and what is put together from them: names of the module, f-strings, sums, `not`. */
export class ConstantReader {
  readonly #text: string;
  #running = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read({ value, scope }: Scoped, depth = 0): Constants {
    if (depth > MAX_RESOLVE_DEPTH || this.#running > MAX_READS) return NOTHING;
    this.#running = depth === 0 ? 0 : this.#running + 1;
    switch (value.kind) {
      case 'constant':
        if (value.value === null) return one({ kind: 'none' });
        return value.value === 'Ellipsis' ? NOTHING : one({ kind: 'bool', value: value.value });
      case 'number':
        return this.#number(value);
      case 'string':
        return this.#string(value.pieces, scope, depth);
      case 'name':
        return this.#name(value.id, scope, depth);
      case 'conditional':
        return union(value.results.map((result) => this.read({ value: result, scope }, depth + 1)));
      case 'sequence':
        return value.of === 'tuple' ? this.#tuple(value.items, scope, depth) : NOTHING;
      case 'unary':
        return this.#unary(value.operator, this.read({ value: value.operand, scope }, depth + 1));
      case 'operation':
        return this.#operation(value, scope, depth);
      case 'walrus':
        return this.read({ value: value.value, scope }, depth + 1);
      default:
        return NOTHING;
    }
  }

  /** The texts that an expression can be; empty where one of them is not known. */
  texts(scoped: Scoped, depth = 0): readonly string[] {
    const { values, complete } = this.read(scoped, depth);
    const texts = values.flatMap((value) => (value.kind === 'str' ? [value.value] : []));
    return complete && texts.length === values.length ? texts : [];
  }

  /** A text with its constant parts, null for each that is none: `f"org/{name}:main"` gives `org/`, null, `:main`. */
  parts({ value, scope }: Scoped): readonly (string | null)[] {
    if (value.kind === 'string') {
      return value.pieces.flatMap((piece) => this.#pieceParts(piece, scope, 0));
    }
    if (value.kind === 'operation' && value.operators.every((operator) => operator === '+'))
      return value.operands.flatMap((operand) => this.parts({ value: operand, scope }));
    const [text, another] = this.texts({ value, scope });
    return [text !== undefined && another === undefined ? text : null];
  }

  #number(node: Expression): Constants {
    const digits = this.#text.slice(node.from, node.to).replaceAll('_', '');
    const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits.replace(/[lL]$/, ''));
    return Number.isSafeInteger(value) && !/[.eEjJ]/.test(digits.replace(/^0[xX].*/, ''))
      ? one({ kind: 'int', value })
      : NOTHING;
  }

  #name(id: string, scope: Scope, depth: number): Constants {
    const found = Resolver.bindings(id, scope);
    if (found === null) return NOTHING;
    return union(
      found.slice(0, MAX_MEANINGS + 1).map((binding) => {
        if (binding.kind === 'value') return this.read(binding.of, depth + 1);
        if (binding.kind === 'parameter' && binding.of !== null)
          return { values: this.read(binding.of, depth + 1).values, complete: false };
        return NOTHING;
      }),
    );
  }

  #tuple(items: readonly Expression[], scope: Scope, depth: number): Constants {
    const found: Constant[] = [];
    for (const item of items) {
      const { values, complete } = this.read({ value: item, scope }, depth + 1);
      const [only] = values;
      if (!complete || values.length !== 1 || only === undefined) return NOTHING;
      found.push(only);
    }
    return one({ kind: 'tuple', items: found });
  }

  #unary(operator: string, { values, complete }: Constants): Constants {
    const found = values.flatMap((value): Constant[] => {
      if (operator === 'not') {
        const truth = truthOf(value);
        return [{ kind: 'bool', value: !truth }];
      }
      if (operator === '-' && value.kind === 'int') return [{ kind: 'int', value: -value.value }];
      return [];
    });
    return { values: found, complete: complete && found.length === values.length };
  }

  #operation(node: Expression & { readonly kind: 'operation' }, scope: Scope, depth: number): Constants {
    const operands = node.operands.map((operand) => this.read({ value: operand, scope }, depth + 1));
    const [operator] = node.operators;
    if (!node.operators.every((own) => own === operator)) return NOTHING;
    if (operator === 'or' || operator === 'and') return union(operands);
    if (operator !== '+') return NOTHING;
    let text = '';
    for (const { values, complete } of operands) {
      const [only] = values;
      if (!complete || values.length !== 1 || only?.kind !== 'str') return NOTHING;
      text += only.value;
      if (text.length > MAX_CONSTANT_LENGTH) return NOTHING;
    }
    return one({ kind: 'str', value: text });
  }

  #string(pieces: readonly StringPiece[], scope: Scope, depth: number): Constants {
    const isBytes = pieces.some(({ prefix }) => prefix.includes('b'));
    let text = '';
    for (const piece of pieces) {
      for (const part of this.#pieceParts(piece, scope, depth)) {
        if (part === null) return NOTHING;
        text += part;
        if (text.length > MAX_CONSTANT_LENGTH) return NOTHING;
      }
    }
    return one({ kind: isBytes ? 'bytes' : 'str', value: text });
  }

  #pieceParts(piece: StringPiece, scope: Scope, depth: number): (string | null)[] {
    const { prefix, contentFrom, contentTo, fields } = piece;
    const found: (string | null)[] = [];
    let at = contentFrom;
    const literal = (to: number): void => {
      if (to === at) return;
      if (to - at > MAX_CONSTANT_LENGTH) return void found.push(null);
      const raw = this.#text.slice(at, to);
      const isFormat = prefix.includes('f') || prefix.includes('t');
      const doubled = isFormat ? raw.replaceAll('{{', '{').replaceAll('}}', '}') : raw;
      found.push(prefix.includes('r') ? doubled : unescape(doubled, prefix.includes('b')));
    };
    for (const field of fields) {
      literal(field.from);
      found.push(this.#field(field, scope, depth));
      at = field.to;
    }
    literal(contentTo);
    return found;
  }

  #field({ value, plain }: FormatField, scope: Scope, depth: number): string | null {
    if (value === null || !plain) return null;
    const { values, complete } = this.read({ value, scope }, depth + 1);
    const [only] = values;
    if (!complete || values.length !== 1 || only === undefined) return null;
    if (only.kind === 'str') return only.value;
    return only.kind === 'int' ? String(only.value) : null;
  }
}

/** Expressions that one constant is put together from (CWE-407). */
const MAX_READS = 2000;

function truthOf(value: Constant): boolean {
  if (value.kind === 'none') return false;
  if (value.kind === 'tuple') return value.items.length > 0;
  return value.kind === 'bool' ? value.value : value.kind === 'int' ? value.value !== 0 : value.value !== '';
}

function union(sets: readonly Constants[]): Constants {
  const values = new Map<string, Constant>();
  for (const set of sets) for (const value of set.values) values.set(JSON.stringify(value), value);
  const kept = [...values.values()].slice(0, MAX_MEANINGS);
  return { values: kept, complete: kept.length === values.size && sets.every((set) => set.complete) };
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
  '\r\n': '',
  '\r': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Escapes of a string literal (The Python Language Reference, 2.4.1). Names of characters are not known here. */
function unescape(raw: string, isBytes: boolean): string {
  return raw.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{[^}]*\}|([0-7]{1,3})|(\r\n|[\s\S]))/g,
    (all: string, hex?: string, short?: string, long?: string, octal?: string, other?: string) => {
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (other !== undefined) return SIMPLE_ESCAPES[other] ?? all;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      const code = isBytes ? Number.NaN : Number.parseInt(short ?? long ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}
