import { Evaluator } from './evaluate.js';
import { fieldsOf } from './format-fields.js';
import {
  APPLICATION_OBJECTS,
  ATTRIBUTE_FILTERS,
  DATA_METHODS,
  KNOWN_FILTERS,
  KNOWN_FUNCTIONS,
  KNOWN_TESTS,
  refusedName,
} from './names.js';
import type { Arguments, CallExpression, Expression, FilterExpression, GetItemExpression, Statement } from './nodes.js';
import { repetition } from './repetition.js';
import type { Certainty, TemplateUseKind } from '../model/template.js';
import { BUILT, INPUT, INNER_BUILT, onlyText, text, type Value } from './value.js';
import { walk, type Visitor } from './walk.js';

/** A use with an index of the normal text (text.ts). */
export interface FoundUse {
  readonly kind: TemplateUseKind;
  readonly name: string | null;
  readonly certainty: Certainty;
  readonly from: number;
}

/** Goes through a template, in the terms of `jinja2.sandbox`: what a renderer without a sandbox would let through. */
export function judge(body: readonly Statement[], found: (use: FoundUse) => void): void {
  walk(body, new Judge(body, found));
}

class Judge implements Visitor {
  readonly #evaluator: Evaluator;
  readonly #found: (use: FoundUse) => void;
  /** Attributes and items that are called where they stand. */
  readonly #called = new Set<Expression>();

  constructor(body: readonly Statement[], found: (use: FoundUse) => void) {
    this.#evaluator = new Evaluator(body);
    this.#found = found;
    repetition(body, (from) => this.#use('long-rendering', null, 'open', from));
  }

  #use(kind: TemplateUseKind, name: string | null, certainty: Certainty, from: number): void {
    this.#found({ kind, name, certainty, from });
  }

  statement(node: Statement): void {
    switch (node.kind) {
      case 'include':
      case 'import':
      case 'from':
      case 'extends':
        return this.#use('template-loading', this.#only(node.template), 'written', node.from);
      default:
    }
  }

  expression(node: Expression): void {
    switch (node.kind) {
      case 'name':
        if (APPLICATION_OBJECTS.has(node.id) && !this.#evaluator.bindings.names.has(node.id))
          this.#use('application-object', node.id, 'open', node.from);
        return;
      case 'getattr':
        return this.#attribute(node, node.object, node.name);
      case 'getitem':
        return this.#item(node);
      case 'call':
        return this.#call(node);
      case 'filter':
        return this.#filter(node);
      case 'test':
        if (!KNOWN_TESTS.has(node.name)) this.#use('unknown-call', node.name, 'open', node.from);
        return;
      default:
    }
  }

  #only(node: Expression): string | null {
    return onlyText(this.#evaluator.value(node));
  }

  /** A name that stands in the template. */
  #fixed(name: string, from: number): void {
    const refused = refusedName(name);
    if (refused !== null) this.#use(`${refused}-attribute`, name, 'written', from);
  }

  #attribute(node: Expression, object: Expression, name: string): void {
    this.#fixed(name, node.from);
    if ((name === 'format' || name === 'format_map') && !this.#called.has(node))
      // The method is taken along, and called elsewhere.
      this.#use('format-fields', name, mayHoldText(this.#evaluator.value(object)) ? 'derived' : 'open', node.from);
  }

  #item(node: GetItemExpression): void {
    const { index } = node;
    if (index.kind === 'slice') return;
    if (index.kind === 'const') {
      if (typeof index.value === 'string') this.#attribute(node, node.object, index.value);
      if (index.uncertain === true) this.#use('computed-attribute', null, 'derived', index.from);
      return;
    }
    this.#computed(this.#evaluator.value(index), index.from, 'open');
  }

  /** A name that is a value. `unknown`: how certain a name is that the template puts together. */
  #computed(value: Value, from: number, unknown: Certainty): void {
    for (const name of value.texts) {
      for (const part of name.split(/[.,]/)) {
        const refused = refusedName(part);
        if (refused !== null) this.#use(`${refused}-attribute`, part, 'derived', from);
      }
      if (name === 'format' || name === 'format_map') this.#use('format-fields', name, 'derived', from);
    }
    if ((value.flags & BUILT) !== 0) this.#use('computed-attribute', null, unknown, from);
    else if ((value.flags & INPUT) !== 0) this.#use('input-name', null, 'open', from);
  }

  /** A name that an honest template writes down: one out of the data is as good as one that is put together. */
  #argument(value: Value, from: number): void {
    const isOpen = (value.flags & (INPUT | BUILT)) !== 0;
    this.#computed({ ...value, flags: isOpen ? BUILT : 0 }, from, 'derived');
  }

  #call({ callee, from }: CallExpression): void {
    if (callee.kind === 'getattr') return this.#method(callee, callee.object, callee.name);
    if (callee.kind === 'getitem') {
      const name = this.#only(callee.index);
      if (name !== null) return this.#method(callee, callee.object, name);
      return this.#use('unknown-call', null, 'open', from);
    }
    if (callee.kind !== 'name') return this.#use('unknown-call', null, 'open', from);
    if (!KNOWN_FUNCTIONS.has(callee.id) && !this.#evaluator.bindings.names.has(callee.id))
      this.#use('unknown-call', callee.id, 'open', callee.from);
  }

  #method(node: Expression, object: Expression, name: string): void {
    if (name === 'format' || name === 'format_map') {
      if (name === 'format' && this.#hasPlainFields(object)) this.#called.add(node);
      return;
    }
    if (DATA_METHODS.has(name) || refusedName(name) !== null) return;
    // Namespaces and imported templates have what the template gave them.
    if (this.#evaluator.bindings.members.has(name)) return;
    if (object.kind === 'name' && (object.id === 'self' || this.#evaluator.bindings.macros.has(name))) return;
    this.#use('unknown-call', name, 'open', node.from);
  }

  /** A format whose fields only put values out. One that reads attributes is reported. */
  #hasPlainFields(object: Expression): boolean {
    const { texts, flags } = this.#evaluator.value(object);
    if (texts.size === 0 || flags !== 0) return false;
    let isPlain = true;
    for (const format of texts) {
      for (const name of fieldsOf(format) ?? [null]) {
        isPlain = false;
        const refused = name === null ? null : refusedName(name);
        if (refused !== null) this.#use(`${refused}-attribute`, name, 'derived', object.from);
      }
    }
    return isPlain;
  }

  #filter({ name, args, from }: FilterExpression): void {
    this.#applied(name, args, from);
  }

  /** A filter with its arguments; `map` gives the name of another one. */
  #applied(start: string, given: Arguments, from: number): void {
    let name = start;
    let args = given;
    for (;;) {
      if (!KNOWN_FILTERS.has(name)) this.#use('unknown-call', name, 'open', from);
      const [first, ...rest] = args.positional;
      if (args.star !== null || args.starStar !== null)
        if (name === 'attr' || ATTRIBUTE_FILTERS.has(name)) this.#use('computed-attribute', null, 'derived', from);
      const index = name === 'attr' ? 0 : ATTRIBUTE_FILTERS.get(name);
      if (index !== undefined) {
        const named = args.keywords.find((keyword) => keyword.name === (name === 'attr' ? 'name' : 'attribute'))?.value;
        for (const value of [args.positional[index], named]) if (value !== undefined) this.#attributeArgument(value);
      }
      if (name !== 'map' || first === undefined) return;
      const filter = this.#only(first);
      if (filter === null) return this.#use('computed-attribute', null, 'derived', first.from);
      name = filter;
      args = { ...args, positional: rest };
    }
  }

  #attributeArgument(node: Expression): void {
    const value = node.kind === 'const' ? constValue(node) : this.#evaluator.value(node);
    if (node.kind === 'const' && typeof node.value === 'string')
      for (const part of node.value.split(/[.,]/)) {
        this.#fixed(part, node.from);
        if (part === 'format' || part === 'format_map') this.#use('format-fields', part, 'derived', node.from);
      }
    else this.#argument(value, node.from);
    if (node.kind === 'const' && node.uncertain === true) this.#use('computed-attribute', null, 'derived', node.from);
  }
}

const constValue = (node: Expression & { readonly kind: 'const' }): Value =>
  typeof node.value === 'string' ? text(node.value, node.uncertain) : { texts: new Set(), inner: new Set(), flags: 0 };

function mayHoldText({ texts, flags }: Value): boolean {
  return texts.size > 0 || (flags & (BUILT | INNER_BUILT)) !== 0;
}
