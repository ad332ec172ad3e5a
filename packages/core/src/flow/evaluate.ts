// Recursion in this file: MAX_FLOW_DEPTH, which is counted here.
import { CLEAN_MEMBERS, SOURCE_PATHS, UNPICKLER } from '../catalogue/lookup.js';
import type { Expression, LambdaExpression, StringPiece } from '../python/syntax.js';
import { callValue } from './calls.js';
import { elementOf, Frame, guarded } from './frame.js';
import { MAX_FLOW_DEPTH } from './limits.js';
import { givenBy, givenByProperties } from './protocols.js';
import { memberSource } from './member-source.js';
import {
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
  itemOf(value: Value, node: Expression): Value {
    return join([elementOf(value), givenBy(this, value, ITERATORS, node)]);
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
        if (!isChoice) return join(values.map(plain));
        return node.operators.includes('or') ? either(values) : join(values);
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
          this.assign(target, this.itemOf(this.evaluate(iterable), iterable));
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
    const found: Value[] = [];
    for (const owner of object.instances) found.push(flow.attribute(owner, name));
    for (const callable of object.callables)
      if (callable.kind === 'definition' && callable.scope.kind === 'class')
        found.push(flow.attribute(callable.scope, name));
    // An unpickler of the module has the methods of the library's.
    const inherited = object.instances.flatMap((owner) => flow.basesOf(owner).filter((path) => UNPICKLER.test(path)));
    const owners = [...object.paths, ...inherited.map((path) => `${path}()`)];
    const { paths } = join(owners.map((path) => ofPath(memberPath(path, name))));
    const origins = CLEAN_MEMBERS.has(name) ? [] : object.origins.map((origin) => partOf(origin, 'member'));
    found.push({ ...EMPTY, paths, origins, mac: object.mac });
    for (const path of paths) {
      const known = SOURCE_PATHS.find((entry) => entry.path.test(path));
      if (known !== undefined) found.push(ofOrigin(this.origin(known.kind, node)));
    }
    if (object.origins.every(({ source }) => source === null)) {
      const source = memberSource(this, name, 'read', node.object, object.paths);
      if (source !== null) found.push(ofOrigin(this.origin(source, node)));
    }
    const members = join(found);
    const value = join([members, givenByProperties(this, members, node)]);
    if (value.origins.length === 0 || !this.isTrusted(this.textOf(node))) return value;
    return guarded(value, { text: 'a checked code', weak: false, unit: flow.unit, at: node.from });
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
    const value = join([elementOf(object), givenBy(this, object, ['__getitem__'], node)]);
    const isDict = node.object.kind === 'dict' || object.callables.length > 0;
    return isDict ? join([value, { ...EMPTY, paths: object.paths }]) : value;
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

/** The bytes in it, without what it is by its name. */
function plain(value: Value): Value {
  if (value.paths.length + value.instances.length === 0) return value;
  return {
    ...value,
    paths: value.callables.length > 0 || value.paths.every((path) => !path.includes('()')) ? value.paths : [],
    instances: value.instances,
  };
}
