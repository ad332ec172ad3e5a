import { UNPICKLER } from '../catalogue/lookup.js';
import type { Meaning } from '../python/resolve.js';
import type { Scope } from '../python/scope.js';
import { judgeFindClass } from './find-class.js';
import type { Guard, Unit } from './value.js';

/** What the guards of a module need to know of its classes. */
interface Classes {
  readonly unit: Unit;
  basesOf(owner: Scope): readonly string[];
  /** What each base in the head of a class may be. */
  baseGroupsOf(owner: Scope): readonly (readonly Meaning[])[];
  member(owner: Scope, name: string): readonly Meaning[];
  step(): boolean;
}

/** What the unpicklers of a module let through, by their `find_class`. */
export class UnpicklerGuards {
  readonly #classes: Classes;
  readonly #known = new Map<Scope, Guard | null>();
  readonly #judged = new Map<Scope, Guard | null>();

  constructor(classes: Classes) {
    this.#classes = classes;
  }

  /** Null for a class that is no unpickler, or that may be one that lets everything through. */
  ofClass(owner: Scope): Guard | null {
    const known = this.#known.get(owner);
    if (known !== undefined) return known;
    const isUnpickler = this.#classes.basesOf(owner).some((path) => UNPICKLER.test(path));
    const methods = isUnpickler ? this.#methodsOf(owner) : null;
    const guard = methods === null ? null : weakest(methods.map((method) => this.ofMethod(method)));
    this.#known.set(owner, guard);
    return guard;
  }

  ofMethod(method: Scope): Guard | null {
    const known = this.#judged.get(method);
    if (known !== undefined) return known;
    const { unit } = this.#classes;
    const judged = judgeFindClass(unit.module, method);
    const isWeak = judged === 'weak';
    const text = isWeak ? `${method.path} holds no allowlist of exact names` : `${method.path} has an allowlist`;
    const guard = judged === 'none' || method.node === null ? null : { text, weak: isWeak, unit, at: method.node.from };
    this.#judged.set(method, guard);
    return guard;
  }

  /** Every `find_class` that an instance may have; null where it may have that of the library. */
  #methodsOf(owner: Scope): readonly Scope[] | null {
    const methods: Scope[] = [];
    const waiting = [owner];
    const seen = new Set<Scope>();
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      if (!this.#classes.step()) return null;
      const own = at.bindings.get('find_class') ?? [];
      for (const binding of own) {
        if (binding.kind !== 'function') return null;
        methods.push(binding.definition);
      }
      if (own.length > 0) continue;
      // The first base that has one; where it may be one of several classes, each of them counts.
      const group = this.#classes.baseGroupsOf(at).find((meanings) => meanings.some((of) => this.#has(of)));
      if (group === undefined) return null;
      for (const of of group) {
        if (of.kind !== 'definition' || !this.#has(of)) return null;
        waiting.push(of.scope);
      }
    }
    return methods;
  }

  #has(of: Meaning): boolean {
    if (of.kind === 'path') return UNPICKLER.test(of.path);
    if (of.kind !== 'definition' || of.scope.kind !== 'class') return false;
    return (
      of.scope.bindings.has('find_class') ||
      this.#classes.member(of.scope, 'find_class').some(({ kind }) => kind === 'definition') ||
      this.#classes.basesOf(of.scope).some((path) => UNPICKLER.test(path))
    );
  }
}

/** What vouches for a value that may have passed either: null where one of them is none. */
export function weakest(guards: readonly (Guard | null)[]): Guard | null {
  let found: Guard | null = null;
  for (const guard of guards) {
    if (guard === null) return null;
    if (found === null || guard.weak) found = guard;
  }
  return found;
}
