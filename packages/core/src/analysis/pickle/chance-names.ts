import type { Fact, PickleGlobalFact } from '../../model/fact.js';
import type { NameKnowledge } from './machine-state.js';

/**
 * The pickle of an object array counts its memo slots from 0, while plain pickle goes on with those of the pickle around
 * it, and a fresh one begins in the middle: the same opcodes give mixed-up names. Honest ones share the name, which stands
 * there, and have some word of the data in the place of the module, whose text is taken from the memo.
 */
const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** What another reading of the same bytes names: by place, and the modules. */
export interface Named {
  /** Whether the calls of a global are judged by their arguments. */
  readonly isConditional: NameKnowledge['isConditional'];
  readonly places: ReadonlyMap<number, readonly PickleGlobalFact[]>;
  readonly modules: ReadonlySet<string>;
}

/**
 * Looks up what another reading names at the same place, or the same name in a module that is one word or is named
 * elsewhere. Any other pair was put together on purpose.
 */
export function isMixedUp(fact: Fact, { places, modules, isConditional }: Named): boolean {
  if (fact.kind !== 'pickle.global' || fact.count !== 1) return false;
  // Its arguments are mixed up as well, and `getattr` of other things reaches everything. Codecs are told by a text, which
  // protocol 2 takes from the memo for each byte string.
  if (isConditional(fact.module, fact.name) && fact.callCount > 0 && fact.module !== '_codecs') return false;
  return (places.get(fact.at.offset ?? -1) ?? []).some(
    ({ module, name }) =>
      name === fact.name && (module === fact.module || WORD.test(fact.module) || modules.has(fact.module)),
  );
}

/** `facts`: of the bytes that are read in two ways; `around`: of what stands around them. */
export function namedIn(names: NameKnowledge, facts: readonly Fact[], around: readonly Fact[] = []): Named {
  const modules = new Set(
    [...facts, ...around].flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.module] : [])),
  );
  const isConditional = (module: string, name: string): boolean => names.isConditional(module, name);
  return { places: globalsByPlace(facts), modules, isConditional };
}

/** By the place where they are named first. */
function globalsByPlace(facts: readonly Fact[]): ReadonlyMap<number, readonly PickleGlobalFact[]> {
  const places = new Map<number, PickleGlobalFact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'pickle.global' || fact.at.offset === null) continue;
    const known = places.get(fact.at.offset);
    if (known === undefined) places.set(fact.at.offset, [fact]);
    else known.push(fact);
  }
  return places;
}
