// Recursion in this file: MAX_FLOW_DEPTH, which is counted here.
import { CLEAN_MEMBERS, SOURCE_PATHS, UNPICKLER } from '../catalogue/lookup.js';
import type { Expression, LambdaExpression, StringPiece } from '../python/syntax.js';
import { callValue } from './calls.js';
import { elementOf, Frame, guarded } from './frame.js';
import { MAX_FLOW_DEPTH } from './limits.js';
import { givenBy, givenByProperties } from './protocols.js';
import { memberSource } from './member-source.js';
import {
  both,
  either,
  EMPTY,
  join,
  memberPath,
  NEVER_TRUE,
  ofOrigin,
  ofPath,
  partOf,
  sameValue,
  sizeOf,
  type Callable,
  type Value,
} from './value.js';

/** Comparisons give no bytes. */
const COMPARISONS = new Set(['==', '!=', '<', '>', '<=', '>=', 'in', 'not in', 'is', 'is not', '<>', 'not']);

/** What is there, and has nothing in it: beside it nothing is checked. */
const NOTHING: Value = { ...EMPTY };

/** Methods that a loop calls; `__iter__` may be a generator. */
const ITERATORS = ['__iter__', '__next__', '__aiter__', '__anext__'];
/** A call of a lambda needs as much of the stack as so many expressions inside each other. */
const LEVELS_OF_A_LAMBDA = 3;

/** What expressions give. */
export class Evaluator extends Frame {
  readonly returned: Value[] = [];
  protected override caller: Evaluator | null = null;
  /** The lambda that is applied. */
  #lambda: LambdaExpression | null = null;

  evaluate(expression: Expression): Value {
    if (!this.flow.step()) return EMPTY;
    if (this.depth >= MAX_FLOW_DEPTH) {
      this.flow.cutOff();
      return EMPTY;
    }
    this.depth += 1;
    const value = this.#evaluate(expression);
    this.depth -= 1;
    this.flow.step(sizeOf(value));
    return value;
  }

  /** What a loop over it gives. */
  override itemOf(node: { readonly from: number; readonly to: number }, value: Value): Value {
    return join([super.itemOf(node, value), givenBy(this, value, ITERATORS, node)]);
  }

  /** A lambda. Nobody in the module may call it: what it does with something unknown counts as well. */
  #function(node: LambdaExpression): Value {
    const callable = { kind: 'lambda' as const, node, scope: this.scope };
    if (!this.#isWithin(node)) this.applyLambda(callable, []);
    return { ...EMPTY, callables: [this.flow.lambdaOf(node, this.scope)] };
  }

  #all(expressions: readonly Expression[]): Value {
    return join(expressions.map((expression) => plain(this.evaluate(expression))));
  }

  #evaluate(node: Expression): Value {
    switch (node.kind) {
      case 'name':
        return this.lookUp(node.id, node);
      case 'attribute':
      case 'call':
      case 'subscript':
        return this.#chain(node);
      case 'string':
        return this.#string(node.pieces);
      case 'sequence':
        return this.#all(node.items);
      case 'dict':
        for (const { key } of node.items) if (key !== null) this.evaluate(key);
        return this.#all(node.items.map(({ value }) => value));
      case 'operation': {
        const values = node.operands.map((operand) => this.evaluate(operand));
        if (node.operators.some((operator) => COMPARISONS.has(operator))) return EMPTY;
        const isChoice = node.operators.every((operator) => operator === 'or' || operator === 'and');
        if (!isChoice) return combined(values.map(plain), node.operators);
        return node.operators.includes('or') ? either(values) : both(values);
      }
      case 'unary':
        this.evaluate(node.operand);
        return EMPTY;
      case 'conditional':
        for (const test of node.tests) this.evaluate(test);
        return either(node.results.map((result) => this.evaluate(result)));
      case 'walrus': {
        const value = this.evaluate(node.value);
        this.assign(node.target, value);
        return value;
      }
      case 'starred':
        return elementOf(this.evaluate(node.value));
      case 'await':
        return node.value === null ? EMPTY : this.evaluate(node.value);
      case 'yield':
        if (node.value !== null) this.returned.push(this.evaluate(node.value));
        return EMPTY;
      case 'slice':
      case 'unknown':
        return this.#all(node.parts);
      case 'comprehension':
        for (const { target, iterable, conditions } of node.clauses) {
          this.assignItems([target], iterable);
          for (const condition of conditions) this.evaluate(condition);
        }
        return this.#all(node.elements);
      case 'constant':
        return node.value === false || node.value === null ? NEVER_TRUE : EMPTY;
      case 'lambda':
        return this.#function(node);
      default:
        return EMPTY;
    }
  }

  /** An attribute of a value. */
  member(node: Expression & { readonly kind: 'attribute' }, object: Value): Value {
    const { flow } = this;
    const { name } = node;
    if (sizeOf(object) === 0) return this.#memberOfUnknown(node);
    const found: Value[] = [];
    for (const owner of object.instances) found.push(flow.attribute(owner, name));
    for (const callable of object.callables)
      if (callable.kind === 'definition' && callable.scope.kind === 'class')
        found.push(flow.attribute(callable.scope, name));
    // An unpickler of the module has the methods of the library's.
    const owners = [...object.paths];
    for (const owner of object.instances)
      for (const path of flow.basesOf(owner)) if (UNPICKLER.test(path)) owners.push(`${path}()`);
    const { paths } = join(owners.map((path) => ofPath(memberPath(path, name))));
    const origins = CLEAN_MEMBERS.has(name) ? [] : object.origins.map((origin) => partOf(origin, 'member'));
    found.push({ ...EMPTY, paths, origins, mac: object.mac });
    // By its own name, or as what the class says that it is: a column.
    const named = found.length === 1 ? paths : new Set(found.flatMap((of) => of.paths));
    for (const path of named) {
      const known = SOURCE_PATHS.find((entry) => entry.path.test(path));
      if (known !== undefined) found.push(ofOrigin(this.origin(known.kind, node)));
    }
    if (object.origins.every(({ source }) => source === null)) {
      const source = memberSource(this, name, 'read', node.object, object.paths);
      if (source !== null) found.push(ofOrigin(this.origin(source, node)));
    }
    const members = join(found);
    const value = join([members, givenByProperties(this, members, node)]);
    return this.#asChecked(node, value);
  }

  /** An expression that is no plain name, and was checked as it stands. */
  #asChecked(node: Link, value: Value): Value {
    if (value.origins.length === 0 || !this.isTrusted(this.textOf(node))) return value;
    return guarded(value, { text: 'a checked code', weak: false, unit: this.flow.unit, at: node.from });
  }

  /** Of an object that nothing is known of only the names count. */
  #memberOfUnknown(node: Expression & { readonly kind: 'attribute' }): Value {
    const source = memberSource(this, node.name, 'read', node.object, []);
    if (source === null) return NOTHING;
    return this.#asChecked(node, ofOrigin(this.origin(source, node)));
  }

  /** Targets of a loop: of `zip` and `enumerate` each of them has items of its own. */
  assignItems(targets: readonly Expression[], iterable: Expression): void {
    const [target] = targets;
    const items = target?.kind === 'sequence' ? target.items : [];
    const name = iterable.kind === 'call' && items.length > 0 ? this.#pairing(iterable) : null;
    if (name === null || iterable.kind !== 'call' || items.some(({ kind }) => kind === 'starred')) {
      const value = this.evaluate(iterable);
      for (const one of targets) this.assign(one, this.itemOf(iterable, value));
      return;
    }
    for (const [i, { value }] of iterable.args.entries()) {
      const item = this.itemOf(value, this.evaluate(value));
      const own = items[name === 'builtins.zip' ? i : 1 + i];
      if (own !== undefined) this.assign(own, item);
    }
    const [count] = items;
    if (name === 'builtins.enumerate' && count !== undefined) this.assign(count, EMPTY);
  }

  /** `zip(a, b)` or `enumerate(a)` with plain arguments. */
  #pairing({ callee, args }: Expression & { readonly kind: 'call' }): string | null {
    if (args.length === 0 || args.some(({ name, star }) => name !== null || star !== '')) return null;
    const { paths } = this.evaluate(callee);
    return paths.length === 1
      ? (paths.find((path) => path === 'builtins.zip' || path === 'builtins.enumerate') ?? null)
      : null;
  }

  /** Attributes, calls and subscripts of each other, from the left: a chain may be of any length. */
  #chain(node: Link): Value {
    const links: Link[] = [];
    let base: Expression = node;
    while (base.kind === 'attribute' || base.kind === 'call' || base.kind === 'subscript') {
      links.push(base);
      base = base.kind === 'call' ? base.callee : base.object;
    }
    let value = this.evaluate(base);
    /** What the last attribute is one of. */
    let receiver: Value | null = null;
    for (const link of links.toReversed()) {
      if (!this.flow.step(1 + sizeOf(value))) return EMPTY;
      const before: Value = value;
      if (link.kind === 'attribute') value = this.member(link, before);
      else if (link.kind === 'call') value = callValue(this, link, receiver, before);
      else value = this.#subscript(link, before);
      receiver = link.kind === 'attribute' ? before : null;
    }
    return value;
  }

  #subscript(node: Expression & { readonly kind: 'subscript' }, object: Value): Value {
    for (const index of node.indices) this.evaluate(index);
    // Members of a dict of functions keep what they are; anything else is one of its items.
    const value = join([super.itemOf(node, object), givenBy(this, object, ['__getitem__'], node)]);
    const isDict = node.object.kind === 'dict' || object.callables.length > 0;
    return this.#asChecked(node, isDict ? join([value, { ...EMPTY, paths: object.paths }]) : value);
  }

  #string(pieces: readonly StringPiece[]): Value {
    const found: Value[] = [];
    for (const { fields } of pieces)
      for (const { value } of fields) if (value !== null) found.push(plain(this.evaluate(value)));
    return join(found);
  }

  #isWithin(lambda: LambdaExpression): boolean {
    if (this.#lambda === lambda) return true;
    for (let { caller } = this; caller !== null; { caller } = caller) if (caller.#lambda === lambda) return true;
    return false;
  }

  applyLambda({ node, scope }: Callable & { readonly kind: 'lambda' }, args: readonly Value[]): Value {
    const recursion = this.flow.recursionOf(node);
    if (this.#isWithin(node)) {
      // It calls itself: with what it gives and is given so far, until that is all.
      for (const [i, value] of args.slice(0, node.parameters.length).entries()) {
        const before = recursion.given[i] ?? EMPTY;
        const after = join([before, value]);
        if (sameValue(before, after)) continue;
        recursion.given[i] = after;
        this.flow.again();
      }
      recursion.isUsed = true;
      return recursion.result;
    }
    const inner = new Evaluator(this.flow, scope);
    inner.caller = this;
    inner.depth = this.depth + LEVELS_OF_A_LAMBDA;
    inner.#lambda = node;
    for (const [i, { name }] of node.parameters.entries())
      inner.set(name, join([args[i] ?? EMPTY, recursion.given[i] ?? EMPTY]));
    const value = inner.evaluate(node.body);
    const result = join([recursion.result, value]);
    if (!sameValue(recursion.result, result)) {
      recursion.result = result;
      if (recursion.isUsed) this.flow.again();
    }
    return value;
  }
}

type Link = Expression & { readonly kind: 'attribute' | 'call' | 'subscript' };

/** `checked | debug` may be true without the check; of `checked & other` both are. */
function combined(values: readonly Value[], operators: readonly string[]): Value {
  const value = both(values);
  return value.check.length === 0 || operators.every((operator) => operator === '&') ? value : { ...value, check: [] };
}

/** The bytes in it, without what it is by its name. */
function plain(value: Value): Value {
  if (value.paths.length + value.instances.length === 0) return value;
  return {
    ...value,
    paths: value.callables.length > 0 || value.paths.every((path) => !path.includes('()')) ? value.paths : [],
    instances: value.instances,
  };
}
