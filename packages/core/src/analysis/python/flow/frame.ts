import type { SourceKind } from '../../../catalogue/serving-sources.js';
import type { PythonModule } from '../module.js';
import type { Meaning } from '../resolve.js';
import type { Scope } from '../scope.js';
import type { CallExpression, Expression } from '../syntax.js';
import {
  EMPTY,
  join,
  moved,
  ofPath,
  type Callable,
  type Guard,
  type Origin,
  type SinkSite,
  type Summary,
  type Unit,
  type Value,
} from './value.js';

/** What the parts of the analysis know of the module as a whole. */
export interface Flow {
  readonly unit: Unit;
  readonly module: PythonModule;
  /** Full names of the imported modules. */
  readonly imports: readonly string[];
  /** Counts the work; throws nothing, but ends the analysis when there is too much of it. */
  tick(): boolean;
  targetsOf(call: CallExpression): readonly Meaning[];
  argumentsOf(call: CallExpression): ReturnType<PythonModule['arguments']> | null;
  summaryOf(scope: Scope): Summary | null;
  member(owner: Scope, name: string): readonly Meaning[];
  basesOf(owner: Scope): readonly string[];
  /** The functions of a name of another file of the tree. */
  follow(path: string): Summary | null;
  attribute(owner: Scope, name: string): Value;
  addAttribute(owner: Scope, name: string, value: Value): void;
  /** A library calls this function with such a value. */
  addCallback(scope: Scope, parameter: number, origin: Origin): void;
  addEntry(scope: Scope, name: string): void;
  hit(site: SinkSite, origins: readonly Origin[]): void;
  valueIn(scope: Scope, name: string): Value | null;
  /** A method that only one class of the module has. */
  onlyMethod(name: string): Scope | null;
  guardOf(owner: Scope): Guard | null;
}

/** Keeps in the names of a frame that an expression was checked. */
const CHECKED = '✓';

/** The local names of a function, or of the module, while it is gone through. */
export abstract class Frame {
  env = new Map<string, Value>();
  /** Every value that a name has had: what functions inside see. */
  readonly finals = new Map<string, Value>();
  readonly conditions: string[] = [];
  readonly flow: Flow;
  readonly scope: Scope;
  protected depth = 0;
  lambdas = 0;

  constructor(flow: Flow, scope: Scope) {
    this.flow = flow;
    this.scope = scope;
  }

  abstract evaluate(expression: Expression): Value;
  abstract applyLambda(callable: Callable & { readonly kind: 'lambda' }, args: readonly Value[]): Value;

  lookUp(name: string, node: Expression): Value {
    const own = this.env.get(name);
    if (own !== undefined) return own;
    for (let at = this.scope.parent; at !== null; at = at.parent) {
      if (at.kind === 'class') continue;
      const found = this.flow.valueIn(at, name);
      if (found !== null) return found;
    }
    return ofMeanings(this.flow.module.resolve({ value: node, scope: this.scope }));
  }

  set(name: string, value: Value): void {
    this.env.set(name, value);
    this.env.delete(CHECKED + name);
    this.finals.set(name, join(this.finals.get(name) ?? value, value));
  }

  /** Assigns; `replaces` where what it had before is gone. */
  assign(target: Expression, value: Value, replaces = true): void {
    switch (target.kind) {
      case 'name':
        return this.set(target.id, replaces ? value : join(this.lookUp(target.id, target), value));
      case 'attribute': {
        const object = this.evaluate(target.object);
        for (const owner of object.instances) {
          const origins = moved(value, this.flow.unit, target, `kept in ${this.textOf(target)}`);
          this.flow.addAttribute(owner, target.name, { ...value, origins, mac: [], check: [] });
        }
        if (object.instances.length === 0) this.addTo(target.object, value);
        return;
      }
      case 'subscript':
        return this.addTo(target.object, value);
      case 'starred':
        return this.assign(target.value, value, replaces);
      case 'sequence':
        for (const item of target.items) this.assign(item, elementOf(value), replaces);
        return;
      default:
    }
  }

  /** Something is put into an object. */
  addTo(object: Expression, value: Value): void {
    const { origins } = value;
    if (origins.length === 0) return;
    if (object.kind === 'name') this.set(object.id, join(this.lookUp(object.id, object), { ...EMPTY, origins }));
    else if (object.kind === 'attribute') this.assign(object, { ...EMPTY, origins }, false);
    else if (object.kind === 'subscript') this.addTo(object.object, value);
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    const text = this.flow.module.textOf(node).replaceAll(/\s+/g, ' ');
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  }

  /** From here on the bytes of these names are genuine. */
  trust(names: readonly string[], guard: Guard): void {
    for (const name of names) {
      const value = this.env.get(name);
      if (value === undefined) this.env.set(CHECKED + name, EMPTY);
      else this.env.set(name, guarded(value, guard));
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
      isPart: false,
      fixedHost: false,
      guard: null,
      entry: null,
      trail: { unit, from: at.from, to: at.to, text, previous: null, length: 1 },
    };
  }
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
  const paths = value.paths.map((path) => (path.length > 150 || path.endsWith('[][]') ? path : `${path}[]`));
  return { ...value, paths, instances: value.instances, mac: [], check: [] };
}

export function ofMeanings(meanings: readonly Meaning[]): Value {
  let value = EMPTY;
  for (const meaning of meanings) {
    if (meaning.kind === 'path') value = join(value, ofPath(meaning.path));
    else if (meaning.kind === 'definition')
      value = join(value, { ...EMPTY, callables: [{ kind: 'definition', scope: meaning.scope }] });
    else if (meaning.kind === 'instance') value = join(value, { ...EMPTY, instances: [meaning.scope] });
  }
  return value;
}

/** The names of both branches. What only one of them has checked is not checked. */
export function joinEnvironments(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Map<string, Value> {
  const joined = new Map<string, Value>();
  for (const [name, value] of a) {
    const other = b.get(name);
    if (name.startsWith(CHECKED)) {
      if (other !== undefined) joined.set(name, value);
    } else {
      joined.set(name, other === undefined || other === value ? value : join(value, other));
    }
  }
  for (const [name, value] of b) if (!joined.has(name) && !name.startsWith(CHECKED)) joined.set(name, value);
  return joined;
}
