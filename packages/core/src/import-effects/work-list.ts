// Recursion in this file: lambdas within each other, which the parser of Python bounds (MAX_NESTING).
import { MAX_EFFECT_ROUTE } from '../model/limits.js';
import type { PythonModule } from '../python/module.js';
import { Resolver, type Meaning } from '../python/resolve.js';
import type { CallSite, Scope, UseSite } from '../python/scope.js';
import type { EffectCertainty, EffectTime } from './effect.js';

/** Code that runs: the module itself, or a function of it. */
export interface Reached {
  readonly scope: Scope;
  readonly certainty: EffectCertainty;
  readonly when: EffectTime;
  readonly route: readonly string[];
}

const ORDER: Readonly<Record<EffectCertainty, number>> = { direct: 0, implied: 1, open: 2 };
const weaker = (a: EffectCertainty, b: EffectCertainty): EffectCertainty => (ORDER[a] >= ORDER[b] ? a : b);

/** The calls and uses of a module by the function they stand in; classes and comprehensions run where they stand. */
export class Owners {
  readonly calls = new Map<Scope, CallSite[]>();
  readonly uses = new Map<Scope, UseSite[]>();
  readonly classes = new Map<Scope, Scope[]>();
  readonly isProgram: boolean;
  /** Functions and lambdas within functions, lambdas within anything. */
  readonly inner = new Map<Scope, Set<Scope>>();

  /** `isProgram`: what only a program runs is run as well. */
  constructor(module: PythonModule, isProgram: boolean) {
    // A module may give itself the name of a program.
    this.isProgram = isProgram || module.scope.all.some(({ name }) => name === '__name__');
    for (const call of module.calls)
      if (this.isProgram || call.when !== 'main') push(this.calls, this.#ownerOf(call.scope), call);
    for (const use of module.uses)
      if (this.isProgram || use.when !== 'main') push(this.uses, this.#ownerOf(use.scope), use);
    for (const scope of classesAndFunctions(module)) {
      if (scope.parent === null) continue;
      const owner = this.#ownerOf(scope.parent);
      if (scope.kind === 'class') push(this.classes, owner, scope);
      else if (owner.kind !== 'module') this.#addInner(owner, scope);
    }
  }

  #ownerOf(scope: Scope): Scope {
    let at = scope;
    while ((at.kind === 'class' || at.kind === 'comprehension') && at.parent !== null) at = at.parent;
    if (at.kind === 'lambda' && at.parent !== null && !this.#known.has(at)) {
      this.#known.add(at);
      this.#addInner(this.#ownerOf(at.parent), at);
    }
    return at;
  }

  readonly #known = new Set<Scope>();

  #addInner(owner: Scope, scope: Scope): void {
    const known = this.inner.get(owner);
    if (known === undefined) this.inner.set(owner, new Set([scope]));
    else known.add(scope);
  }
}

function push<T>(map: Map<Scope, T[]>, key: Scope, item: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [item]);
  else known.push(item);
}

/** Every class and function, those that are defined again among them. */
function classesAndFunctions(module: PythonModule): Iterable<Scope> {
  const found = new Set<Scope>(module.definitions.values());
  for (const { binding } of module.scope.all)
    if (binding.kind === 'class' || binding.kind === 'function') found.add(binding.definition);
  return found;
}

/** Methods that a loader calls of a class that it uses. */
const LOADED_METHODS = new Set(
  `
    __init__ __new__ __post_init__ __setstate__ __call__ __init_subclass__ __class_getitem__
    from_pretrained _from_pretrained from_config _from_config from_dict from_json_file get_config_dict
    post_init _init_weights init_weights forward setup tie_weights load_state_dict register_to_config
    generate prepare_inputs_for_generation preprocess _preprocess encode _tokenize tokenize
  `.match(/\w+/g),
);

const isDunder = (name: string): boolean => name.startsWith('__') && name.endsWith('__');
const MADE_BY = new Set(['__init__', '__new__', '__post_init__']);

/** Goes from what runs to what that calls. Each function is gone through once, as certainly as it is reached. */
export class WorkList {
  readonly #module: PythonModule;
  readonly #owners: Owners;
  readonly #waiting: Record<EffectCertainty, Reached[]> = { direct: [], implied: [], open: [] };
  readonly #done = new Set<Scope>();
  readonly #made = new Set<Scope>();
  /** Classes whose methods were gone through: as bases, as metaclasses, and of instances. */
  readonly #seen = {
    subclassed: new Set<Scope>(),
    metaclass: new Set<Scope>(),
    makers: new Set<Scope>(),
    dunder: new Set<Scope>(),
    any: new Set<Scope>(),
    called: new Set<Scope>(),
  };

  constructor(module: PythonModule, owners: Owners) {
    this.#module = module;
    this.#owners = owners;
  }

  /** What is reached next; null at the end. */
  take(): Reached | null {
    for (;;) {
      const { direct, implied, open } = this.#waiting;
      const next = direct.pop() ?? implied.pop() ?? open.pop();
      if (next === undefined) return null;
      if (this.#done.has(next.scope)) continue;
      this.#done.add(next.scope);
      return next;
    }
  }

  add(reached: Reached): void {
    if (!this.#done.has(reached.scope)) this.#waiting[reached.certainty].push(reached);
  }

  #step(from: Reached, scope: Scope, certainty: EffectCertainty): void {
    const route =
      from.route.length < MAX_EFFECT_ROUTE && scope.kind !== 'lambda' ? [...from.route, scope.path] : from.route;
    this.add({ scope, certainty: weaker(from.certainty, certainty), when: from.when, route });
  }

  /** What calling one of these reaches in the module itself. */
  called(from: Reached, meanings: readonly Meaning[], certainty: EffectCertainty): void {
    for (const meaning of meanings) {
      if (meaning.kind === 'definition' && meaning.scope.kind === 'class')
        this.#instantiated(from, meaning.scope, certainty);
      else if (meaning.kind === 'definition') this.#step(from, meaning.scope, certainty);
      else if (meaning.kind === 'instance')
        this.#members(from, meaning.scope, (name) => name === '__call__', certainty, this.#seen.called);
    }
  }

  /** Functions within a function, and classes that it defines. */
  within(from: Reached): void {
    for (const scope of this.#owners.inner.get(from.scope) ?? []) this.#step(from, scope, 'open');
    for (const scope of this.#owners.classes.get(from.scope) ?? []) this.#defined(from, scope);
  }

  /** A class statement runs what bases and metaclasses do with a new class. */
  #defined(from: Reached, scope: Scope): void {
    const { parent } = scope;
    if (parent === null) return;
    for (const { name, star, value } of scope.classArguments) {
      if (star !== '') continue;
      for (const meaning of this.#module.resolve({ value, scope: parent })) {
        if (meaning.kind !== 'definition' || meaning.scope.kind !== 'class') {
          if (name === 'metaclass') this.called(from, [meaning], 'direct');
          continue;
        }
        const { subclassed, metaclass } = this.#seen;
        if (name === 'metaclass') this.#members(from, meaning.scope, isDunder, 'direct', metaclass);
        else this.#members(from, meaning.scope, (own) => own === '__init_subclass__', 'direct', subclassed);
      }
    }
  }

  #instantiated(from: Reached, scope: Scope, certainty: EffectCertainty): void {
    if (this.#made.has(scope)) return;
    this.#made.add(scope);
    this.#members(from, scope, (name) => MADE_BY.has(name), certainty, this.#seen.makers);
    // Python calls these by itself: for operators, `with`, iteration, the end of the object.
    this.#members(from, scope, isDunder, 'implied', this.#seen.dunder);
    // A base class of a library may call any method.
    this.#members(from, scope, () => true, 'open', this.#seen.any);
  }

  /** A class that a loader uses. */
  loaded(name: string, scope: Scope): void {
    for (const own of this.#withBases(scope, new Set()))
      for (const [method, definition] of methodsOf(own)) {
        const certainty = LOADED_METHODS.has(method) ? 'direct' : isDunder(method) ? 'implied' : 'open';
        const route = [definition.path];
        this.add({ scope: definition, certainty, when: { kind: 'class', name, method }, route });
      }
  }

  /** `seen`: classes that were gone through for this before, and their bases. */
  #members(
    from: Reached,
    scope: Scope,
    is: (name: string) => boolean,
    certainty: EffectCertainty,
    seen: Set<Scope>,
  ): void {
    for (const own of this.#withBases(scope, seen))
      for (const [name, definition] of methodsOf(own)) if (is(name)) this.#step(from, definition, certainty);
  }

  /** A class with those of its bases that the module defines. */
  #withBases(scope: Scope, seen: Set<Scope>): readonly Scope[] {
    const found: Scope[] = [];
    const waiting = [scope];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at) || at.kind !== 'class') continue;
      seen.add(at);
      found.push(at);
      const { parent } = at;
      if (parent === null) continue;
      for (const { name, star, value } of at.classArguments) {
        if (name !== null || star !== '') continue;
        for (const meaning of this.#module.resolve({ value, scope: parent }))
          if (meaning.kind === 'definition') waiting.push(meaning.scope);
      }
    }
    return found;
  }
}

/** Functions that are bound in a class, by their names. */
function* methodsOf(scope: Scope): Generator<readonly [string, Scope]> {
  for (const [name, bindings] of scope.bindings)
    for (const binding of bindings) if (binding.kind === 'function') yield [name, binding.definition];
}

/** A function of the module itself, by its name. */
export function moduleFunctions(module: PythonModule, name: string): readonly Scope[] {
  const bindings = Resolver.bindings(name, module.scope) ?? [];
  return bindings.flatMap((binding) => (binding.kind === 'function' ? [binding.definition] : []));
}
