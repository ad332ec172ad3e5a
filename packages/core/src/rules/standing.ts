import { findAllowed } from '../catalogue/allowed.js';
import { classifyGlobal, classifyName } from '../catalogue/classify.js';
import { findConditional, isConditional } from '../catalogue/conditional.js';
import type { Fact, PickleStructFact, SignalCondition, StreamFacts, StructSignal } from '../model/fact.js';
import type { Interest } from '../model/interest.js';
import { isChance } from '../model/plausibility.js';

/*
 * Facts hold no opinion: some of them only count where the catalogue says something of the names around them. Those that
 * judge or show facts take the ones that count.
 */

interface InStream {
  readonly stream: StreamFacts;
  readonly facts: readonly Fact[];
}

/** Facts of an artifact: those of its streams, and all others. */
interface Facts {
  readonly streams: readonly InStream[];
  readonly facts: readonly Fact[];
}

/** The facts of an artifact that count by this catalogue. */
export function standing<T extends Facts>(collected: T): T {
  const streams = collected.streams.map(({ stream, facts }) => ({ stream, facts: standingIn(facts) }));
  // Of archives in a row the first one counts that names something unusual.
  const known = new Set<string>();
  let unusual: ReadonlySet<string> | null = null;
  const facts = collected.facts.filter((fact) => {
    if (fact.kind !== 'archive.ambiguous' || fact.ifUnusual === undefined) return true;
    if (known.has(fact.at.path)) return false;
    unusual ??= new Set(streams.filter((one) => one.facts.some(namesUnusual)).map(({ stream }) => keyOf(stream)));
    const isUnusual = unusual.has(keyOf(fact.ifUnusual));
    if (isUnusual) known.add(fact.at.path);
    return isUnusual;
  });
  return { ...collected, streams, facts };
}

function keyOf({ path, offset }: { readonly path: string; readonly offset: number }): string {
  return `${offset} ${path}`;
}

/** The facts of one stream that count by this catalogue. */
export function standingIn(facts: readonly Fact[]): readonly Fact[] {
  if (!facts.some(isConditionalSignal)) return facts;
  const isBehindDanger = facts.some(isDangerous);
  const counted = facts.flatMap((fact): Fact[] => {
    if (!isConditionalSignal(fact)) return [fact];
    const { only, ...own } = fact;
    return (only.if === 'behind-danger' ? isBehindDanger : isKnownClass(only)) ? [own] : [];
  });
  return together(counted, 'attribute-state');
}

type ConditionalSignal = PickleStructFact & { readonly only: SignalCondition };

function isConditionalSignal(fact: Fact): fact is ConditionalSignal {
  return fact.kind === 'pickle.structure' && fact.only !== undefined;
}

/** A name that is dangerous in any call, or that is computed; no name of chance. */
function isDangerous(fact: Fact): boolean {
  if (fact.kind === 'pickle.dynamic') return !isChance(fact.plausibility);
  return (
    fact.kind === 'pickle.global' && !isChance(fact.plausibility) && classifyGlobal(fact, NOBODY).class === 'dangerous'
  );
}

function isKnownClass({ module, name }: { readonly module: string; readonly name: string }): boolean {
  return findConditional(module, name) !== undefined || classifyName(module, name, true).class !== 'unexpected';
}

/** A global outside the allowlist, or anything odd. */
function namesUnusual(fact: Fact): boolean {
  if (fact.kind !== 'pickle.global') return true;
  return [fact, ...(fact.mapped === null ? [] : [fact.mapped])].every(
    ({ module, name }) => findAllowed(module, name) === undefined && !isConditional(module, name),
  );
}

/** The facts of one signal as one: the first, with the count of all. */
function together(facts: readonly Fact[], signal: StructSignal): readonly Fact[] {
  const same = facts.filter(
    (fact): fact is PickleStructFact => fact.kind === 'pickle.structure' && fact.signal === signal,
  );
  if (same.length < 2) return facts;
  const offsetOf = ({ at }: PickleStructFact): number => at.offset ?? 0;
  const first = same.reduce((known, fact) => (offsetOf(fact) < offsetOf(known) ? fact : known));
  const whole = { ...first, count: same.reduce((sum, { count }) => sum + count, 0) };
  const others: ReadonlySet<Fact> = new Set(same);
  return facts.flatMap((fact) => (fact === first ? [whole] : others.has(fact) ? [] : [fact]));
}

const NOBODY: ReadonlySet<string> = new Set();

/** Signals that only raise a level. */
const QUIET: ReadonlySet<StructSignal> = new Set(['proto-missing', 'trailing-bytes', 'uncanonical']);

/** Whether a finding may come of it, under any policy. One without an identity can be accepted by nobody. */
function mayBeFound(fact: Fact): boolean {
  if (fact.kind === 'pickle.structure') return !QUIET.has(fact.signal);
  if (fact.kind !== 'pickle.global') return true;
  return fact.role === 'torchscript' || classifyGlobal(fact, NOBODY).class !== 'allowed';
}

function isNotAllowed(module: string, name: string): boolean {
  return findAllowed(module, name) === undefined;
}

/** Names of the allowlist are classes and functions of their libraries. */
function isCode(module: string, name: string): boolean {
  return findAllowed(module, name) !== undefined || findConditional(module, name)?.mayBeStored === true;
}

/** For facts that are judged by this catalogue at once, and by no other. */
export const IN_FINDINGS: Interest = {
  follows: isNotAllowed,
  isCode,
  identifies: (facts) => standingIn(facts).some(mayBeFound),
};

/**
 * For facts that are stored, and judged by later catalogues as well: any finding can be recognised. A finding about a name that
 * this catalogue allows shows its import and its calls, and no steps between them: to write all down takes several times as long.
 */
export const IN_LATER_FINDINGS: Interest = { follows: isNotAllowed, isCode, identifies: () => true };
