// Recursion in this file: MAX_FLOW_DEPTH.
import { SOURCE_PATHS, type SourceKind } from '../catalogue/lookup.js';
import type { PythonModule } from '../python/module.js';
import type { Meaning } from '../python/resolve.js';
import type { Scope } from '../python/scope.js';
import type { CallExpression, Clause, Expression, LambdaExpression } from '../python/syntax.js';
import { Environment, type Changes } from './environment.js';
import { functionsIn, isLoader } from './handed.js';
import { isInMemory } from './in-memory.js';
import { weakest } from './unpickler-guards.js';
import {
  definitionOf,
  either,
  EMPTY,
  firstStep,
  join,
  moved,
  ofOrigin,
  ofPath,
  sizeOf,
  step,
  type Callable,
  type Guard,
  type Origin,
  type ParameterCall,
  type SinkSite,
  type Summary,
  type Unit,
  type Value,
} from './value.js';

/** What the parts of the analysis know of the module as a whole. */
export interface Flow {
  readonly unit: Unit;
  readonly module: PythonModule;
  /** Whether the full name of an imported module is one of these. */
  hasImport(pattern: RegExp): boolean;
  /** Counts the work; false when nothing more may be done. Throws when time is up. */
  step(count?: number): boolean;
  /** Something is too deep to be followed: the analysis is not complete. */
  cutOff(): void;
  /** The arguments and results so far of a lambda that calls itself. */
  recursionOf(lambda: LambdaExpression): Recursion;
  /** A lambda as a value: one object for each. */
  lambdaOf(node: LambdaExpression, scope: Scope): Callable;
  /** What the bodies of a loop have left behind for the next iteration; it stays from run to run. */
  loopOf(head: Clause): Map<string, Value | undefined>;
  /** The body that is gone through has to be gone through again. */
  again(): void;
  targetsOf(call: CallExpression): readonly Meaning[];
  argumentsOf(call: CallExpression): ReturnType<PythonModule['arguments']> | null;
  summaryOf(scope: Scope): Summary | null;
  member(owner: Scope, name: string): readonly Meaning[];
  basesOf(owner: Scope): readonly string[];
  /** The functions of a name of another file of the tree. */
  follow(path: string): Summary | null;
  /** The name lies in another file of the tree, in which nothing loads objects. */
  loadsNothing(path: string): boolean;
  /** Loaders of other libraries that a name of another file of the tree stands for. */
  standsFor(path: string): readonly string[];
  attribute(owner: Scope, name: string): Value;
  addAttribute(owner: Scope, name: string, value: Value): void;
  /** A library calls this function with such a value. */
  addCallback(scope: Scope, parameter: number, origin: Origin): void;
  addEntry(scope: Scope, name: string): void;
  /** A call gives a parameter bytes that were checked before it, or others. */
  addGiven(owner: Scope, parameter: string, call: CallExpression, isChecked: boolean): void;
  /** A function calls one of its parameters, or a member of it, with these. */
  addParameterCall(owner: Scope, call: ParameterCall): void;
  /** A loader that was handed on is called here. */
  showLoader(path: string): void;
  /** A function puts something into a name that another scope binds. */
  addValue(scope: Scope, name: string, value: Value): void;
  hit(site: SinkSite, origins: readonly Origin[]): void;
  valueIn(scope: Scope, name: string): Value | null;
  /** The texts of what a function calls `poll` of. */
  polledIn(scope: Scope): ReadonlySet<string>;
  /** A method that only one class of the module has. */
  onlyMethod(name: string): Scope | null;
  /** What an unpickler class of the module lets through. */
  guardOf(owner: Scope): Guard | null;
  /** The same of a function that looks names up for an unpickler. */
  guardOfMethod(method: Scope): Guard | null;
}

/** UTF-16 units of an expression that are read for its text: 80 are shown, and many may be blanks. */
const SHOWN_AT_MOST = 400;
/** Behind a text that is shown in part. */
const CUT = '...';

/** A lambda that is applied within itself. */
export interface Recursion {
  /** What its parameters were given by itself. */
  readonly given: Value[];
  result: Value;
  /** Its result was asked for within itself. */
  isUsed: boolean;
}

/** Items of these objects are bytes from outside, or hold them. */
const SOURCE_ITEMS = SOURCE_PATHS.filter(({ path }) => path.source.endsWith('\\[\\]$'));

/** Keeps in the names of a frame that an expression was checked. */
const CHECKED = '✓';

/** The local names of a function, or of the module, while it is gone through. */
export abstract class Frame {
  readonly env = new Environment();
  /** Every value that a name has had: what functions inside see. */
  readonly finals = new Map<string, Value>();
  readonly conditions: string[] = [];
  readonly flow: Flow;
  readonly scope: Scope;
  /** By name: other names whose value says something of its bytes, and expressions of it that were checked. */
  readonly #dependents = new Map<string, Set<string>>();
  /** The frame that a lambda is applied in: its names are seen there. */
  protected caller: Frame | null = null;
  protected depth = 0;

  constructor(flow: Flow, scope: Scope) {
    this.flow = flow;
    this.scope = scope;
  }

  abstract evaluate(expression: Expression): Value;
  abstract applyLambda(callable: Callable & { readonly kind: 'lambda' }, args: readonly Value[]): Value;

  lookUp(name: string, node: Expression): Value {
    const own = this.env.get(name);
    if (own !== undefined) return own;
    for (let { caller } = this; caller !== null; { caller } = caller) {
      const seen = caller.env.get(name);
      if (seen !== undefined) return seen;
    }
    // A lambda runs in a frame of its own: what its scope holds lies in no frame where it is called from another one.
    for (let at = this.caller === null ? this.scope.parent : this.scope; at !== null; at = at.parent) {
      if (at.kind === 'class') continue;
      const found = this.flow.valueIn(at, name);
      if (found !== null) return found;
    }
    return ofMeanings(this.flow.module.resolve({ value: node, scope: this.scope }));
  }

  set(name: string, value: Value): void {
    this.flow.step(sizeOf(value));
    this.#forget(name, value);
    this.env.set(name, value);
    for (const of of value.mac) this.#depends(name, of);
    for (const of of value.check) this.#depends(name, of);
    this.finals.set(name, either([this.finals.get(name) ?? value, value]));
  }

  /** An item of a value. Some objects give bytes from outside when they are gone through, or asked for a key. */
  itemOf(node: { readonly from: number; readonly to: number }, value: Value): Value {
    const item = elementOf(value);
    const known =
      item.paths.length === 0 ? undefined : SOURCE_ITEMS.find(({ path }) => item.paths.some((of) => path.test(of)));
    return known === undefined ? item : join([item, ofOrigin(this.origin(known.kind, node))]);
  }

  #depends(name: string, of: string): void {
    const known = this.#dependents.get(of);
    if (known === undefined) this.#dependents.set(of, new Set([name]));
    else known.add(name);
  }

  /** Other bytes are in it from here on: what was said of those before is not said of these. */
  #forget(name: string, value: Value | null): void {
    const { env } = this;
    if (env.has(CHECKED + name)) env.set(CHECKED + name, undefined);
    const dependents = this.#dependents.get(name);
    if (dependents === undefined || !this.flow.step(dependents.size)) return;
    const isSame = value !== null && isMadeOf(value, env.get(name) ?? EMPTY);
    for (const of of dependents) {
      const known = env.get(of);
      if (known === undefined) continue;
      if (of.startsWith(CHECKED)) env.set(of, undefined);
      else if (!isSame && (known.mac.includes(name) || known.check.includes(name)))
        env.set(of, {
          ...known,
          mac: known.mac.filter((own) => own !== name),
          check: known.check.filter((own) => own !== name),
        });
    }
  }

  /** Assigns; `replaces` where what it had before is gone. */
  assign(target: Expression, value: Value, replaces = true): void {
    switch (target.kind) {
      case 'name':
        return this.set(target.id, replaces ? value : join([this.lookUp(target.id, target), value]));
      case 'attribute': {
        const object = this.evaluate(target.object);
        const classes = object.callables.flatMap((of) =>
          of.kind === 'definition' && of.scope.kind === 'class' ? [of.scope] : [],
        );
        for (const owner of new Set([...object.instances, ...classes])) {
          const origins = moved(value, this.flow.unit, target, `kept in ${this.textOf(target)}`);
          this.flow.addAttribute(owner, target.name, { ...value, origins, mac: [], check: [] });
        }
        if (object.instances.length + classes.length === 0) this.addTo(target.object, value);
        if (replaces) this.#forget(this.textOf(target), null);
        if (target.name === 'find_global') this.#restrict(target.object, object, value);
        return;
      }
      case 'subscript':
        if (replaces) this.#forget(this.textOf(target), null);
        return this.addTo(target.object, this.#isShared(target) ? withoutOwn(value) : value);
      case 'starred':
        return this.assign(target.value, value, replaces);
      case 'sequence':
        for (const item of target.items) this.assign(item, elementOf(value), replaces);
        return;
      default:
    }
  }

  /**
   * `unpickler.find_global = function`: the hook of Python 2's cPickle. Where the name may be Python 3's `pickle` as well,
   * the assignment raises there: its unpickler takes no attributes.
   */
  #restrict(target: Expression, object: Value, hook: Value): void {
    if (target.kind !== 'name' || !object.paths.some((path) => /(?:^|\.)cPickle\.Unpickler\(\)$/.test(path))) return;
    if (hook.paths.length > 0 || hook.callables.some(({ kind }) => kind !== 'definition')) return;
    const guard = weakest(hook.callables.map(({ scope }) => this.flow.guardOfMethod(scope)));
    if (guard !== null) this.set(target.id, guarded(object, guard));
  }

  /** Something is put into an object. */
  addTo(object: Expression, value: Value): void {
    const content = { ...functionsIn(value), origins: value.origins };
    if (content.origins.length + content.paths.length + content.callables.length === 0) return;
    let at = object;
    while (at.kind === 'subscript') at = at.object;
    if (at.kind === 'attribute') return this.assign(at, content, false);
    if (at.kind !== 'name') return;
    this.set(at.id, join([this.lookUp(at.id, at), content]));
    // What is put into a name of the module is there for its other functions.
    const { id } = at;
    if (this.scope.bindings.has(id)) return;
    for (let outer = this.scope.parent; outer !== null; outer = outer.parent)
      if (outer.kind !== 'class' && outer.bindings.has(id)) return this.flow.addValue(outer, id, content);
  }

  /**
   * What is put into it is not all that may be in it: a part of a buffer, an item of an attribute that is no container of
   * this process. That a module puts its own pickles there says nothing of what it reads.
   */
  #isShared({ object, indices }: Expression & { readonly kind: 'subscript' }): boolean {
    if (indices.some(({ kind }) => kind === 'slice')) return true;
    return object.kind === 'attribute' && !isInMemory(this, object);
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    const to = Math.min(node.to, node.from + SHOWN_AT_MOST);
    const text = this.flow.module.textOf({ from: node.from, to }).replaceAll(/\s+/g, ' ');
    return text.length > 80 ? `${text.slice(0, 77)}${CUT}` : text;
  }

  /** From here on the bytes of these names are genuine. */
  trust(names: readonly string[], guard: Guard): void {
    for (const name of names) {
      const value = this.env.get(name);
      // Bytes that nothing is known of have no origin that could keep it.
      if (value === undefined || value.origins.length === 0) {
        if (!isRepeatable(name)) continue;
        this.env.set(CHECKED + name, EMPTY);
        for (const [word] of name.matchAll(WORDS)) if (word !== name) this.#depends(CHECKED + name, word);
      }
      if (value !== undefined) this.env.set(name, guarded(value, guard));
    }
  }

  /** An expression that is no plain name, and was checked. */
  isTrusted(text: string): boolean {
    return this.env.has(CHECKED + text);
  }

  origin(
    kind: SourceKind,
    at: { readonly from: number; readonly to: number },
    text = `bytes from ${kind.protocol}`,
  ): Origin {
    const { unit } = this.flow;
    return {
      source: kind,
      parameter: null,
      isBytes: false,
      part: null,
      fixedHost: false,
      guard: null,
      entry: null,
      trail: step(unit, at, text, null),
    };
  }
}

const WORDS = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The same text is the same bytes while its names hold what they do: not where something is called, or the text is cut. */
function isRepeatable(text: string): boolean {
  return !text.endsWith(CUT) && !text.replaceAll('len(', '').includes('(');
}

function withoutOwn(value: Value): Value {
  const origins = value.origins.filter(({ source }) => source?.reach !== 'local');
  return origins.length === value.origins.length ? value : { ...value, origins };
}

/** All of its bytes are some of the other's: they were decoded, or cut. */
function isMadeOf(value: Value, other: Value): boolean {
  if (value.origins.length === 0) return true;
  const known = new Set(other.origins.map(({ trail }) => firstStep(trail)));
  return value.origins.every(({ trail }) => known.has(firstStep(trail)));
}

export function guarded(value: Value, guard: Guard): Value {
  return {
    ...value,
    origins: value.origins.map((origin) =>
      origin.guard === null || origin.guard.weak ? { ...origin, guard } : origin,
    ),
  };
}

export function elementOf(value: Value): Value {
  if (value === EMPTY) return EMPTY;
  const paths = value.paths.map((path) =>
    path.length > 150 || path.endsWith('[][]') || isLoader(path) ? path : `${path}[]`,
  );
  return { ...value, paths, instances: value.instances, mac: [], check: [] };
}

export function ofMeanings(meanings: readonly Meaning[]): Value {
  return join(
    meanings.flatMap((meaning): Value[] => {
      if (meaning.kind === 'path') return [ofPath(meaning.path)];
      if (meaning.kind === 'definition') return [{ ...EMPTY, callables: [definitionOf(meaning.scope)] }];
      return meaning.kind === 'instance' ? [{ ...EMPTY, instances: [meaning.scope] }] : [];
    }),
  );
}

/** The end of one branch: what the branch has changed, and how many of the changes between the branches came before it. */
export interface End {
  readonly changes: Changes;
  readonly at: number;
}

/**
 * The names where several branches join, instead of what they are now. `between` are changes that were made from branch to
 * branch, by tests: each branch has seen those before it. What only one of the branches has checked is not checked.
 */
export function meet(
  env: Environment,
  ends: readonly End[],
  between: readonly Changes[],
  spend: (count: number) => boolean,
): void {
  if (!spend(between.length + ends.length)) return;
  const names = new Map<string, (Value | undefined)[]>();
  for (const { changes } of ends) {
    for (const [name, value] of changes) {
      const known = names.get(name);
      if (known === undefined) names.set(name, [value]);
      else known.push(value);
    }
  }
  const tested = new Map<string, { readonly after: number; readonly value: Value | undefined }[]>();
  for (const [i, changes] of between.entries()) {
    for (const [name, value] of changes) {
      const known = tested.get(name);
      if (known === undefined) tested.set(name, [{ after: i, value }]);
      else known.push({ after: i, value });
      if (!names.has(name)) names.set(name, []);
    }
  }
  for (const [name, values] of names) {
    const steps = tested.get(name);
    if (steps === undefined) {
      if (values.length < ends.length) values.push(env.get(name));
    } else {
      if (!spend(ends.length)) return;
      for (const { changes, at } of ends)
        if (!changes.has(name)) {
          const last = steps.findLast(({ after }) => after < at);
          const value = last === undefined ? env.get(name) : last.value;
          if (!values.includes(value) || value === undefined) values.push(value);
        }
    }
    const defined = values.filter((value) => value !== undefined);
    if (!spend(defined.reduce((sum, value) => sum + 1 + sizeOf(value), 0))) return;
    if (defined.length === 0 || (name.startsWith(CHECKED) && defined.length < values.length)) env.set(name, undefined);
    else env.set(name, either(defined));
  }
}
