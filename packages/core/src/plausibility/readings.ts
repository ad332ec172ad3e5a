import type { Fact, PickleGlobalFact } from '../model/fact.js';
import { because, type Plausibility } from '../model/plausibility.js';
import type { NameKnowledge } from '../pickle/machine-state.js';
import type { Machine } from '../pickle/operations.js';
import { isImport, isOfModule, isPlainText, isWord } from './names.js';

/*
 * Globals of readings that go against how the file was written. The pickle of an object array counts its memo slots from 0,
 * while plain pickle goes on with those of the pickle around it, and a fresh one begins in the middle: the same opcodes give
 * mixed-up names. Honest ones share the name, which is written there, and have some word of the data instead of the
 * module, whose text is taken from the memo.
 */

/** What another reading of the same bytes names: by offset, and the modules. */
export interface Named {
  /** Whether the calls of a global are judged by their arguments. */
  readonly isConditional: NameKnowledge['isConditional'];
  readonly offsets: ReadonlyMap<number, readonly PickleGlobalFact[]>;
  readonly modules: ReadonlySet<string>;
}

/** `facts`: of the bytes that are read in two ways; `around`: of what stands around them. */
export function namedIn(names: NameKnowledge, facts: readonly Fact[], around: readonly Fact[] = []): Named {
  const modules = new Set(
    [...facts, ...around].flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.module] : [])),
  );
  const isConditional = (module: string, name: string): boolean => names.isConditional(module, name);
  return { offsets: globalsByOffset(facts), modules, isConditional };
}

/** By the offset where they are named first. */
function globalsByOffset(facts: readonly Fact[]): ReadonlyMap<number, readonly PickleGlobalFact[]> {
  const offsets = new Map<number, PickleGlobalFact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'pickle.global' || fact.at.offset === null) continue;
    const known = offsets.get(fact.at.offset);
    if (known === undefined) offsets.set(fact.at.offset, [fact]);
    else known.push(fact);
  }
  return offsets;
}

/**
 * Looks up what another reading names at the same offset, or the same name in a module that is one word or is named
 * elsewhere. Any other pair was put together on purpose.
 */
function isMixedUp(fact: Fact, { offsets, modules, isConditional }: Named): boolean {
  if (fact.kind !== 'pickle.global' || fact.count !== 1) return false;
  // Its arguments are mixed up as well, and `getattr` of other things reaches everything. Codecs are chosen by a text, which
  // protocol 2 takes from the memo for each byte string.
  if (isConditional(fact.module, fact.name) && fact.callCount > 0 && fact.module !== '_codecs') return false;
  return (offsets.get(fact.at.offset ?? -1) ?? []).some(
    ({ module, name }) =>
      name === fact.name && (module === fact.module || isWord(fact.module) || modules.has(fact.module)),
  );
}

function judged(fact: Fact, plausibility: Plausibility): Fact {
  return isImport(fact) ? { ...fact, plausibility } : fact;
}

/**
 * What plain pickle makes of the bytes of an array. Random bytes name something now and then: names that are no names, in
 * a reading that neither ends nor calls them, are listed and are no more than chance; so are mixed-up ones.
 */
export function inArray(facts: readonly Fact[], machine: Machine, named: Named): Fact[] {
  return facts.flatMap((fact) => {
    if (!machine.stopped && !isImport(fact)) return [];
    const isMeant =
      machine.stopped ||
      (fact.kind === 'pickle.global' && (fact.callCount > 0 || isPlainText(fact.module + fact.name)));
    const reason = isMixedUp(fact, named) ? 'shifted-memo' : isMeant ? 'array-read-as-opcodes' : 'array-data';
    return [judged(fact, because(reason))];
  });
}

/**
 * What plain pickle, loading again behind the array that it stumbled over, looks up there. What it calls, or a stream that
 * ends names, is there on purpose, unless the usual reading explains the name.
 */
export function behindArray(facts: readonly Fact[], machine: Machine, named: Named): Fact[] {
  return facts.filter(isImport).map((fact) => {
    const isUsed = fact.kind === 'pickle.global' && (machine.stopped || fact.callCount > 0) && isOfModule(fact);
    const reason = !isUsed ? 'behind-array-unused' : isMixedUp(fact, named) ? 'shifted-memo' : 'behind-array';
    return judged(fact, because(reason));
  });
}

/** The globals that only an unpickler looks up, or calls, that is used again for a stream complete by itself. */
export function reusedOnly(facts: readonly Fact[], known: readonly Fact[]): Fact[] {
  const usual = new Set(known.map(useOf));
  return facts
    .filter((fact) => isImport(fact) && !usual.has(useOf(fact)))
    .map((fact) => judged(fact, because('reused-unpickler')));
}

function useOf(fact: Fact): string {
  if (!isImport(fact)) return '';
  return `${fact.kind}\0${fact.module}\0${fact.name}\0${fact.kind === 'pickle.global' && fact.callCount > 0}`;
}
