// Recursion in this file: the depth of the tree, which the parser bounds (MAX_NESTING). From name to name goes a worklist (`fixpoint.ts`).
import { Fixpoint } from './fixpoint.js';
import { MAX_CONSTANT_ITEMS, MAX_CONSTANT_LENGTH } from './limits.js';
import { Resolver } from './resolve.js';
import type { Binding, Scope, Scoped } from './scope.js';
import type { Expression, FormatField, StringPiece } from './syntax.js';
import type { Work } from './work.js';

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
/** Not known yet: what a name is that is defined by nothing but itself. */
const NOT_YET: Constants = { values: [], complete: true };
const one = (value: Constant): Constants => ({ values: [value], complete: true });

/** Literals and what is put together from them: names of the module, f-strings, sums, `not`. */
export class ConstantReader {
  readonly #text: string;
  readonly #work: Work;
  readonly #fixpoint: Fixpoint<readonly Binding[], Constants>;

  constructor(text: string, work: Work) {
    this.#text = text;
    this.#work = work;
    this.#fixpoint = new Fixpoint((bindings) => this.#bound(bindings), NOT_YET, sameConstants, work);
  }

  read({ value, scope }: Scoped): Constants {
    const found = this.#settled(() => this.#read(value, scope));
    return found.complete && found.values.length === 0 ? NOTHING : found;
  }

  /** Asks until nothing that the answer depends on is new. */
  #settled<T>(ask: () => T): T {
    for (;;) {
      const { size } = this.#fixpoint;
      const found = ask();
      if (this.#fixpoint.size === size) return found;
      this.#fixpoint.settle();
    }
  }

  #read(value: Expression, scope: Scope): Constants {
    if (!this.#work.step()) return NOTHING;
    switch (value.kind) {
      case 'constant':
        if (value.value === null) return one({ kind: 'none' });
        return value.value === 'Ellipsis' ? NOTHING : one({ kind: 'bool', value: value.value });
      case 'number':
        return this.#number(value);
      case 'string':
        return this.#string(value.pieces, scope);
      case 'name': {
        const bindings = Resolver.bindings(value.id, scope);
        return bindings === null ? NOTHING : this.#fixpoint.read(bindings);
      }
      case 'conditional':
        return this.#union(value.results.map((result) => this.#read(result, scope)));
      case 'sequence':
        return value.of === 'tuple' ? this.#tuple(value.items, scope) : NOTHING;
      case 'unary':
        return this.#unary(value.operator, this.#read(value.operand, scope));
      case 'operation':
        return this.#operation(value, scope);
      case 'walrus':
        return this.#read(value.value, scope);
      default:
        return NOTHING;
    }
  }

  #bound(bindings: readonly Binding[]): Constants {
    return this.#union(
      bindings.map((binding) => {
        if (binding.kind === 'value') return this.#read(binding.of.value, binding.of.scope);
        if (binding.kind === 'parameter' && binding.of !== null)
          return { values: this.#read(binding.of.value, binding.of.scope).values, complete: false };
        return NOTHING;
      }),
    );
  }

  /** The texts that an expression can be; empty where one of them is not known. */
  texts(scoped: Scoped): readonly string[] {
    const { values, complete } = this.read(scoped);
    const texts = values.flatMap((value) => (value.kind === 'str' ? [value.value] : []));
    return complete && texts.length === values.length ? texts : [];
  }

  /** A text with its constant parts, null for each that is none: `f"org/{name}:main"` gives `org/`, null, `:main`. */
  parts({ value, scope }: Scoped): readonly (string | null)[] {
    if (value.kind === 'string') {
      const found = this.#settled(() => value.pieces.flatMap((piece) => this.#pieceParts(piece, scope)));
      return found.map((part) => part ?? null);
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

  #tuple(items: readonly Expression[], scope: Scope): Constants {
    const found: Constant[] = [];
    let isKnown = true;
    let room = MAX_CONSTANT_ITEMS;
    for (const item of items) {
      const only = onlyOf(this.#read(item, scope));
      room -= only === undefined || only === null ? 0 : sizeOf(only);
      if (room < 0) return NOTHING;
      if (only === null) return NOTHING;
      if (only === undefined) isKnown = false;
      else found.push(only);
    }
    if (!isKnown) return NOT_YET;
    return this.#work.step(MAX_CONSTANT_ITEMS - room) ? one({ kind: 'tuple', items: found }) : NOTHING;
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

  #operation(node: Expression & { readonly kind: 'operation' }, scope: Scope): Constants {
    const [operator] = node.operators;
    if (!node.operators.every((own) => own === operator)) return NOTHING;
    if (operator === 'or' || operator === 'and')
      return this.#union(node.operands.map((operand) => this.#read(operand, scope)));
    if (operator !== '+') return NOTHING;
    const texts = new Texts();
    for (const operand of node.operands) {
      const only = onlyOf(this.#read(operand, scope));
      if (!texts.add(only === undefined ? undefined : only?.kind === 'str' ? only.value : null)) return NOTHING;
    }
    return this.#constantOf(texts, 'str');
  }

  #string(pieces: readonly StringPiece[], scope: Scope): Constants {
    const texts = new Texts();
    for (const piece of pieces) for (const part of this.#pieceParts(piece, scope)) if (!texts.add(part)) return NOTHING;
    return this.#constantOf(texts, pieces.some(({ prefix }) => prefix.includes('b')) ? 'bytes' : 'str');
  }

  #constantOf(texts: Texts, kind: 'str' | 'bytes'): Constants {
    if (!texts.isKnown) return NOT_YET;
    // Room for the text, beside the work.
    return this.#work.step(texts.value.length >> 4) ? one({ kind, value: texts.value }) : NOTHING;
  }

  /** Null for a part that is no constant, undefined for one that is not known yet. */
  #pieceParts(piece: StringPiece, scope: Scope): (string | null | undefined)[] {
    const { prefix, contentFrom, contentTo, fields } = piece;
    const found: (string | null | undefined)[] = [];
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
      found.push(this.#field(field, scope));
      at = field.to;
    }
    literal(contentTo);
    return found;
  }

  #field({ value, plain }: FormatField, scope: Scope): string | null | undefined {
    if (value === null || !plain) return null;
    const only = onlyOf(this.#read(value, scope));
    if (only === null || only === undefined) return only;
    if (only.kind === 'str') return only.value;
    return only.kind === 'int' ? String(only.value) : null;
  }

  #union(sets: readonly Constants[]): Constants {
    if (sets.length === 1) return sets[0] ?? NOTHING;
    const values = new Map<string, Constant>();
    for (const set of sets) {
      if (!this.#work.step(set.values.length)) return NOTHING;
      for (const value of set.values) values.set(JSON.stringify(value), value);
    }
    return { values: [...values.values()], complete: sets.every(({ complete }) => complete) };
  }
}

/** Itself and what is in it: no tuple has more than MAX_CONSTANT_ITEMS. */
function sizeOf(constant: Constant): number {
  return constant.kind === 'tuple' ? constant.items.reduce((sum, item) => sum + sizeOf(item), 1) : 1;
}

/** A text that is put together from parts. */
class Texts {
  value = '';
  isKnown = true;

  /** False where it is no constant. */
  add(part: string | null | undefined): boolean {
    if (part === null) return false;
    if (part === undefined) this.isKnown = false;
    else this.value += part;
    return this.value.length <= MAX_CONSTANT_LENGTH;
  }
}

/** The one constant that it is; null where it is none, or several; undefined where that is not known yet. */
function onlyOf({ values, complete }: Constants): Constant | null | undefined {
  const [only, another] = values;
  if (!complete || another !== undefined) return null;
  return only;
}

function sameConstants(a: Constants, b: Constants): boolean {
  return (
    a === b ||
    (a.complete === b.complete &&
      a.values.length === b.values.length &&
      JSON.stringify(a.values) === JSON.stringify(b.values))
  );
}

function truthOf(value: Constant): boolean {
  if (value.kind === 'none') return false;
  if (value.kind === 'tuple') return value.items.length > 0;
  return value.kind === 'bool' ? value.value : value.kind === 'int' ? value.value !== 0 : value.value !== '';
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
