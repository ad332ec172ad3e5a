// Recursion in this file: the depth of the tree, which the parser bounds (MAX_TEMPLATE_DEPTH).
import { MAX_TEMPLATE_ROUNDS } from '../model/limits.js';
import { bindingsOf, type Bindings, type Source } from './bindings.js';
import {
  CONVERSATION,
  DATA_METHODS,
  GROUPING_FILTERS,
  GROUPING_METHODS,
  ITEM_FILTERS,
  ITEM_METHODS,
  KEEPING_FILTERS,
  KEEPING_METHODS,
  PIECE_METHODS,
  LOOP_NUMBERS,
  NUMBER_FILTERS,
  NUMBER_METHODS,
  STORING_METHODS,
} from './names.js';
import type { Arguments, CallExpression, Expression, Statement } from './nodes.js';
import {
  ANYTHING,
  BUILT_TEXT,
  containerOf,
  FROM_INPUT,
  FROM_SETTINGS,
  groupsOf,
  holdsTexts,
  INPUT,
  isBare,
  isInput,
  isNotYet,
  itemOf,
  joined,
  madeOf,
  mapped,
  mayBeText,
  memberOf,
  NOT_YET,
  NUMBER,
  onlyText,
  sameValue,
  text,
  union,
  type Value,
  widened,
} from './value.js';

/** The round from which texts that still become more are no longer followed: a loop makes them longer and longer. */
const WIDENED_FROM = 5;

/** What expressions of a template may be, without regard to order and scope. */
export class Evaluator {
  readonly bindings: Bindings;
  readonly #names = new Map<string, Value>();
  readonly #members = new Map<string, Value>();
  /** Items of containers that methods fill, and of loops. */
  #stored: Value = NOT_YET;
  #looped: Value = NOT_YET;
  /** Calls of each macro, and those of what may be any macro. */
  readonly #calls = new Map<string, CallExpression[]>();
  readonly #openCalls: CallExpression[] = [];
  /** What open calls give, and what all calls do. */
  #handed: Value = NUMBER;
  #given: Value = NUMBER;
  readonly #known = new Map<Expression, Value>();

  constructor(body: readonly Statement[]) {
    this.bindings = bindingsOf(body, STORING_METHODS);
    for (const call of this.bindings.calls) this.#sortCall(call);
    if (!this.#solve()) this.#giveUp();
    this.#known.clear();
  }

  #sortCall(call: CallExpression): void {
    const { callee } = call;
    const { macros, names, members } = this.bindings;
    if (callee.kind === 'name' && macros.has(callee.id)) {
      const known = this.#calls.get(callee.id);
      if (known === undefined) this.#calls.set(callee.id, [call]);
      else known.push(call);
    } else if (callee.kind === 'name') {
      if (callee.id === 'caller' || names.has(callee.id)) this.#openCalls.push(call);
    } else if (callee.kind !== 'getattr' || !DATA_METHODS.has(callee.name) || members.has(callee.name))
      this.#openCalls.push(call);
  }

  #solve(): boolean {
    const { names, members, calls, stored, iterables, underscored } = this.bindings;
    const ofNames = containerOf([...underscored].map((name) => text(name)));
    for (let round = 0; round < MAX_TEMPLATE_ROUNDS; round += 1) {
      let changes = 0;
      // What was evaluated holds for one round: each expression is looked at once.
      this.#known.clear();
      const put = <K>(map: Map<K, Value>, key: K, value: Value): void => {
        const before = map.get(key);
        const next = round < WIDENED_FROM || before === undefined ? value : widened(before, value);
        if (before !== undefined && sameValue(before, next)) return;
        map.set(key, next);
        changes += 1;
      };
      this.#handed = union(this.#openCalls.flatMap(({ args }) => this.#valuesOf(args)));
      this.#given = union(calls.flatMap(({ args }) => this.#valuesOf(args)));
      for (const [name, sources] of names) put(this.#names, name, this.#bound(sources));
      for (const [name, sources] of members) put(this.#members, name, this.#bound(sources));
      const filled = union([ofNames, containerOf(stored.map((value) => this.value(value)))]);
      if (!sameValue(filled, this.#stored)) changes += 1;
      this.#stored = filled;
      const looped = union(iterables.map((value) => itemOf(this.value(value))));
      if (!sameValue(looped, this.#looped)) changes += 1;
      this.#looped = looped;
      if (changes === 0) return true;
    }
    return false;
  }

  #giveUp(): void {
    for (const map of [this.#names, this.#members]) for (const name of map.keys()) map.set(name, ANYTHING);
    this.#handed = ANYTHING;
    this.#given = ANYTHING;
    this.#stored = ANYTHING;
    this.#looped = ANYTHING;
  }

  #bound(sources: readonly Source[]): Value {
    return union(sources.map((source) => this.#source(source)));
  }

  #source(source: Source): Value {
    switch (source.of) {
      case 'value':
        return this.value(source.value);
      case 'item':
        return this.item(this.value(source.value));
      case 'part':
        return this.item(this.item(this.value(source.value)));
      case 'block': {
        const { body, filter } = source.statement;
        const written = this.#written(body);
        return filter === null ? written : this.#filtered(filter, written);
      }
      case 'arguments':
        return this.#parameter(source.macro, source.index, source.name);
      case 'macro':
        return NUMBER;
    }
  }

  #parameter(macro: string | null, index: number, name: string): Value {
    const calls = macro === null ? [] : (this.#calls.get(macro) ?? []);
    const values = calls.flatMap(({ args }) => {
      if (args.star !== null || args.starStar !== null) return this.#valuesOf(args);
      const named = args.keywords.find((keyword) => keyword.name === name)?.value;
      return [args.positional[index], named].flatMap((value) => (value === undefined ? [] : [this.value(value)]));
    });
    return union([...values, this.#handed, NUMBER]);
  }

  /** What a body puts out, where that is one text. */
  #written(body: readonly Statement[]): Value {
    const [only] = body;
    if (only === undefined) return text('');
    if (body.length > 1 || only.kind !== 'output') return BUILT_TEXT;
    return joined(only.items.map((item) => (item.kind === 'data' ? text(item.text) : this.value(item))));
  }

  /** A filter, or several, with a value where the object of the first one is missing. */
  #filtered(filter: Expression, object: Value): Value {
    if (filter.kind !== 'filter') return BUILT_TEXT;
    const own = filter.object === null ? object : this.#filtered(filter.object, object);
    return this.#filter(filter.name, own, filter.args, filter.object);
  }

  /** What arguments hand on. */
  #valuesOf(args: Arguments): readonly Value[] {
    const values = [...args.positional, ...args.keywords.map(({ value }) => value)].map((value) => this.value(value));
    for (const spread of [args.star, args.starStar]) if (spread !== null) values.push(this.item(this.value(spread)));
    return values;
  }

  /** An item, with what methods may have put there. */
  item(value: Value): Value {
    return isBare(value) ? value : this.#filled(itemOf(value));
  }

  #filled(value: Value): Value {
    return isNotYet(value) || isBare(value) ? value : union([value, memberOf(this.#stored)]);
  }

  value(node: Expression): Value {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = this.#evaluate(node);
    this.#known.set(node, found);
    return found;
  }

  #evaluate(node: Expression): Value {
    switch (node.kind) {
      case 'const':
        return typeof node.value === 'string' ? text(node.value, node.uncertain) : NUMBER;
      case 'name':
        return this.#name(node.id);
      case 'call':
        return this.#call(node);
      case 'filter':
        return this.#filter(
          node.name,
          node.object === null ? BUILT_TEXT : this.value(node.object),
          node.args,
          node.object,
        );
      case 'getattr':
        return this.#member(node.object, node.name);
      case 'getitem':
        return this.#item(node.object, node.index);
      case 'binary':
        return this.#binary(node.operator, node.left, node.right);
      case 'concat':
        return joined(node.items.map((item) => this.#asText(item)));
      case 'conditional':
        return union([this.value(node.result), ...(node.otherwise === null ? [] : [this.value(node.otherwise)])]);
      case 'tuple':
      case 'list':
        return containerOf(node.items.map((item) => this.value(item)));
      case 'dict':
        return containerOf(node.items.flatMap(({ key, value }) => [this.value(key), this.value(value)]));
      case 'unary':
      case 'compare':
      case 'test':
      case 'slice':
      case 'nsref':
        return NUMBER;
    }
  }

  #name(id: string): Value {
    const value = this.#names.get(id);
    if (value !== undefined) return value;
    if (this.bindings.names.has(id)) return NOT_YET;
    if (id === 'varargs' || id === 'kwargs') return containerOf([this.#given, this.#stored]);
    return CONVERSATION.has(id) ? FROM_INPUT : FROM_SETTINGS;
  }

  /** A number stands in a text with its digits. */
  #asText(node: Expression): Value {
    return node.kind === 'const' && typeof node.value === 'number' ? text(node.digits ?? '') : this.value(node);
  }

  #binary(operator: string, left: Expression, right: Expression): Value {
    const values = [this.value(left), this.value(right)];
    const [a = NUMBER, b = NUMBER] = values;
    if (operator === 'and' || operator === 'or') return union(values);
    if (values.some(isNotYet)) return NOT_YET;
    if (operator === '+') {
      if (a.texts.size > 0 && b.texts.size > 0 && a.flags === 0 && b.flags === 0) return joined(values);
      // A number is added to numbers only.
      if (!holdsAnything(a) || !holdsAnything(b)) return NUMBER;
      const both = joined(values);
      const items = union([groupsOf(a), groupsOf(b)]);
      return union([both, items, { ...NUMBER, flags: (a.flags | b.flags) & INPUT }]);
    }
    if (operator === '*') return mayBeText(a) || mayBeText(b) ? repeated(left, right, a, b) : union(values);
    return operator === '%' && mayBeText(a) ? formatted(a, b) : NUMBER;
  }

  #member(object: Expression, name: string): Value {
    if (object.kind === 'name' && object.id === 'loop' && !this.bindings.names.has('loop'))
      return LOOP_NUMBERS.has(name) ? NUMBER : union([this.#looped, FROM_INPUT]);
    const own = this.#members.get(name);
    const value = memberOf(this.value(object));
    return own === undefined
      ? this.#filled(value)
      : union([own, this.#isNamespace(object) ? NOT_YET : this.#filled(value)]);
  }

  /** A variable that is nothing but a namespace: its members are known by their names. */
  #isNamespace(node: Expression): boolean {
    if (node.kind !== 'name') return false;
    const sources = this.bindings.names.get(node.id) ?? [];
    return (
      sources.length > 0 &&
      sources.every(
        (source) =>
          source.of === 'value' &&
          source.value.kind === 'call' &&
          source.value.callee.kind === 'name' &&
          source.value.callee.id === 'namespace' &&
          source.value.args.positional.length === 0 &&
          source.value.args.starStar === null,
      )
    );
  }

  #item(object: Expression, index: Expression): Value {
    if (index.kind === 'const' && typeof index.value === 'string') return this.#member(object, index.value);
    const value = this.value(object);
    if (isNotYet(value)) return value;
    if (index.kind === 'slice') return sliced(value, index.parts);
    const at = numberOf(index);
    if (at !== null && value.texts.size > 0 && value.flags === 0 && value.inner.size === 0)
      return mapped(value, (own) => own.at(at) ?? null);
    const name = this.value(index);
    const members = mayBeText(name) && this.#members.size > 0 ? [...this.#members.values()] : [];
    return this.#filled(union([itemOf(value), ...members]));
  }

  // Calls and filters

  #call(node: CallExpression): Value {
    const { callee, args } = node;
    if (callee.kind === 'getattr') return this.#method(callee.object, callee.name, args);
    if (callee.kind === 'getitem' && callee.index.kind === 'const' && typeof callee.index.value === 'string')
      return this.#method(callee.object, callee.index.value, args);
    if (callee.kind !== 'name') return this.#unknownCall([this.value(callee), ...this.#valuesOf(args)]);
    const given = this.#valuesOf(args);
    if (this.bindings.names.has(callee.id)) {
      return this.bindings.macros.has(callee.id) ? BUILT_TEXT : this.#unknownCall([this.#name(callee.id), ...given]);
    }
    switch (callee.id) {
      case 'range':
        return NUMBER;
      case 'dict':
      case 'namespace':
      case 'cycler':
      case 'joiner':
        return containerOf([...given, ...args.keywords.map(({ name }) => text(name))]);
      case 'lipsum':
      case 'caller':
      case 'super':
      case 'strftime_now':
        return BUILT_TEXT;
      default:
        return this.#unknownCall(given);
    }
  }

  #unknownCall(values: readonly Value[]): Value {
    if (values.some(isNotYet)) return NOT_YET;
    return values.some(holdsTexts) ? ANYTHING : FROM_INPUT;
  }

  #method(of: Expression, name: string, args: Arguments): Value {
    const object = this.value(of);
    if (isNotYet(object)) return object;
    const own = this.#members.get(name);
    if (own !== undefined) return this.#unknownCall([own, object, ...this.#valuesOf(args)]);
    if (NUMBER_METHODS.has(name)) return NUMBER;
    if (KEEPING_METHODS.has(name)) return args.positional.length === 0 ? kept(object, name) : this.#made(object, args);
    if (ITEM_METHODS.has(name)) return this.#filled(union([itemOfMember(object), ...this.#valuesOf(args)]));
    if (GROUPING_METHODS.has(name)) return this.#filledGroups(object);
    if (PIECE_METHODS.has(name) && isInput(object)) return FROM_INPUT;
    if (name === 'cycle') return union(this.#valuesOf(args));
    if (name === 'join') return this.#joinedItems(args.positional[0] ?? null, object);
    if (name === 'replace') return this.#replaced(object, args);
    return this.#made(object, args);
  }

  #filledGroups(value: Value): Value {
    return isBare(value) ? value : union([groupsOf(value), this.#stored]);
  }

  /** A text or its pieces, made in a manner that is not followed. */
  #made(object: Value, args: Arguments): Value {
    return [object, ...this.#valuesOf(args)].some(isNotYet) ? NOT_YET : union([ANYTHING, groupsOf(object)]);
  }

  #replaced(object: Value, args: Arguments): Value {
    const [from, to] = args.positional.map((value) => onlyText(this.value(value)));
    if (typeof from !== 'string' || typeof to !== 'string' || from === '' || args.positional.length > 2)
      return this.#made(object, args);
    const changed = mapped(object, (own) => own.replaceAll(from, to));
    // What is taken out or put in of a text that is not known chooses its characters.
    return object.flags === 0 ? changed : union([changed, BUILT_TEXT]);
  }

  /** `separator.join(items)` and `items|join(separator)`. */
  #joinedItems(items: Expression | null, separator: Value): Value {
    if (items === null) return BUILT_TEXT;
    const only = onlyText(separator);
    if ((items.kind !== 'list' && items.kind !== 'tuple') || only === null)
      return madeOf([this.value(items), separator]);
    const parts = items.items.flatMap((item, i) => (i === 0 ? [this.#asText(item)] : [text(only), this.#asText(item)]));
    return joined(parts);
  }

  #filter(name: string, object: Value, args: Arguments, of: Expression | null): Value {
    if (isNotYet(object)) return object;
    if (NUMBER_FILTERS.has(name)) return NUMBER;
    if (KEEPING_FILTERS.has(name)) return args.positional.length === 0 ? kept(object, name) : this.#made(object, args);
    if (ITEM_FILTERS.has(name)) return this.item(object);
    if (name === 'reverse') return union([groupsOf(object), mapped({ ...object, inner: NUMBER.inner }, backwards)]);
    if (GROUPING_FILTERS.has(name)) return this.#filledGroups(object);
    switch (name) {
      case 'default':
      case 'd':
        return union([object, ...this.#valuesOf(args)]);
      case 'join': {
        const attribute = args.positional.length > 1 || args.keywords.length > 0 || args.star !== null;
        const [separator] = args.positional;
        return attribute || of === null
          ? BUILT_TEXT
          : this.#joinedItems(of, separator === undefined ? text('') : this.value(separator));
      }
      case 'replace':
        return this.#replaced(object, args);
      case 'format':
        return formatted(object, union(this.#valuesOf(args)));
      case 'map':
        return this.#mapped(object, args);
      case 'sum':
        return holdsTexts(object) ? ANYTHING : union([NUMBER, itemOf(object)]);
      default:
        return this.#made(object, args);
    }
  }

  #mapped(object: Value, args: Arguments): Value {
    const [name, ...positional] = args.positional;
    if (name === undefined) return containerOf([this.item(this.item(object)), this.item(object)]);
    const filter = onlyText(this.value(name));
    if (filter === null) return madeOfItems(object);
    return containerOf([this.#filter(filter, this.item(object), { ...args, positional }, null)]);
  }
}

const madeOfItems = (object: Value): Value => (isNotYet(object) ? NOT_YET : ANYTHING);
const itemOfMember = (object: Value): Value => memberOf(object);
const holdsAnything = (value: Value): boolean => mayBeText(value) || value.inner.size > 0 || value.flags !== 0;
const backwards = (own: string): string => [...own].toReversed().join('');

function formatted(format: Value, given: Value): Value {
  return madeOf([format, given]);
}

/** A filter or method that changes letters or white space only. */
function kept(object: Value, name: string): Value {
  return mapped(object, (own) => {
    switch (name) {
      case 'lower':
      case 'casefold':
        return own.toLowerCase();
      case 'upper':
        return own.toUpperCase();
      case 'trim':
      case 'strip':
        return own.trim();
      case 'lstrip':
        return own.trimStart();
      case 'rstrip':
        return own.trimEnd();
      case 'title':
      case 'capitalize':
      case 'swapcase':
        return null;
      default:
        return own;
    }
  });
}

/** `text[a:b:c]`, of known texts and numbers; of anything else pieces that are not known. */
function sliced(value: Value, parts: readonly (Expression | null)[]): Value {
  const bounds = parts.map((part) => (part === null ? null : (numberOf(part) ?? undefined)));
  const [from, to, step] = bounds;
  const isKnown = bounds.every((bound) => bound !== undefined) && (step === null || step === 1 || step === -1);
  const isWhole = from === null && to === null;
  const cut = (own: string): string | null => {
    if (!isKnown) return null;
    if (step === -1) return isWhole ? backwards(own) : null;
    return own.slice(from ?? 0, to ?? own.length);
  };
  const changed = mapped(value, cut);
  return changed;
}

function repeated(left: Expression, right: Expression, a: Value, b: Value): Value {
  const count = numberOf(right) ?? numberOf(left);
  const texts = a.texts.size > 0 ? a : b;
  if (count === null || a.flags !== 0 || b.flags !== 0 || count > 64) return madeOf([a, b]);
  return mapped(texts, (own) => own.repeat(Math.max(0, count)));
}

/** A number that is written there. */
export function numberOf(node: Expression): number | null {
  if (node.kind === 'const') return typeof node.value === 'number' && Number.isInteger(node.value) ? node.value : null;
  if (node.kind !== 'unary' || node.operator !== '-') return null;
  const inner = node.operand.kind === 'const' && typeof node.operand.value === 'number' ? node.operand.value : null;
  return inner === null ? null : -inner;
}
