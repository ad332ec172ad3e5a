import { classifyGlobal, type Fact } from '@sentinel/core';
import type { Kind } from './piece-kind.js';

const NOTHING: ReadonlySet<string> = new Set();

/** What is known of the stream that a fact is of. */
interface Stream {
  readonly stops: boolean;
  /** It begins with PROTO, or is all of its piece: nothing that chance does. */
  readonly isMarked: boolean;
}

/** A global, a call, a registry code or a persistent ID: what a pickle needs to reach beyond plain data. */
export function acts(fact: Fact, { stops, isMarked }: Stream, kind: Kind): boolean {
  // Noise has opcodes as well: what is short counts where a stream ends and says that it is one.
  if (fact.kind === 'pickle.dynamic')
    return (
      fact.offReading !== true &&
      kind !== 'numbers' &&
      (fact.callCount > 0 || (isMarked && (stops || fact.via === 'STACK_GLOBAL')))
    );
  if (fact.kind === 'pickle.structure')
    return (
      kind !== 'numbers' && isMarked && ACTING_SIGNALS.has(fact.signal) && (stops || fact.signal !== 'extension-code')
    );
  if (fact.kind !== 'pickle.global' || fact.offReading === true) return false;
  if (isMarked || isKnown(fact)) return true;
  // No module has any other name; two letters are what noise has between its line feeds.
  const name = `${fact.module}.${fact.name}`;
  return NAME.test(name) && (stops || fact.callCount > 0 || (kind === 'whole' && name.length >= LONG_NAME));
}

const ACTING_SIGNALS: ReadonlySet<string> = new Set(['foreign-persistent-id', 'extension-code', 'wrong-operand']);
const NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u;
/** Characters of a module and a name that chance does not write, with the dot between them. */
export const LONG_NAME = 8;

/** Whether a module and a name, with the dot between them, are what Python calls names. */
export function isName(name: string): boolean {
  return NAME.test(name);
}

/** Noise of a megabyte has a code of the extension registry behind what looks like a beginning; it calls nothing. */
export function actsBehindPrefix(fact: Fact, stops: boolean): boolean {
  if (fact.kind === 'pickle.global') return fact.callCount > 0 || isKnown(fact);
  if (fact.kind !== 'pickle.dynamic') return false;
  // Two codes of the registry and STACK_GLOBAL are in a few gigabytes of noise: what is neither called nor ends is chance.
  if (fact.via === 'STACK_GLOBAL') return fact.callCount > 0 || stops;
  // A code that is called, by five bytes, is in some ten gigabytes of it. No process but its own has registered one.
  return fact.callCount > 0 && stops;
}

type GlobalFact = Fact & { readonly kind: 'pickle.global' };

function isKnown(fact: GlobalFact): boolean {
  return classifyGlobal(fact, NOTHING).class !== 'unexpected';
}

/** In a module where every name is unfit, the name may still be anything. */
const SHOWN_NAME = /^[A-Za-z_][\w.]{0,63}$/;

/** The name only where the catalogue has it: what else stands there was written by the client. */
export function signalOf(fact: Fact): string {
  if (fact.kind === 'pickle.structure') return fact.signal;
  if (fact.kind === 'pickle.dynamic') return `${fact.via} of a computed name`;
  if (fact.kind !== 'pickle.global') return fact.kind;
  return isKnown(fact) && SHOWN_NAME.test(fact.name)
    ? `${fact.via} ${fact.module}.${fact.name}`
    : `${fact.via} of an unknown name`;
}

export function detailOf(fact: Fact): string {
  if (fact.kind === 'pickle.global' && fact.callCount > 0) return 'a pickle that imports and calls';
  return fact.kind === 'pickle.structure' ? 'a pickle that reaches beyond plain data' : 'a pickle that imports';
}

/**
 * Lines of prose may be a name and a mark of the persistent kind; a name that is called, or known, is there on purpose.
 * In a value as it stands the two lines of a known name have to be whole: `cos`, `system` and no more is a quotation.
 */
export function actsInProse(fact: Fact, { stops, isMarked }: Stream, kind: Kind, bytes: Uint8Array): boolean {
  if (fact.kind === 'pickle.structure') return kind === 'decoded-text' && stops && ACTING_SIGNALS.has(fact.signal);
  if (fact.kind !== 'pickle.global') return false;
  if (stops || fact.callCount > 0) return isMarked || isKnown(fact) || NAME.test(`${fact.module}.${fact.name}`);
  return isKnown(fact) && (kind !== 'text' || hasTwoLines(bytes, fact.at.offset ?? 0));
}

function hasTwoLines(bytes: Uint8Array, from: number): boolean {
  const first = bytes.indexOf(0x0a, from);
  return first !== -1 && bytes.includes(0x0a, first + 1);
}

/** How picklers begin plain data: PROTO, a collection, or a value that goes to the memo. Prose does not. */
export function isWrittenAsPickle(bytes: Uint8Array, facts: readonly Fact[]): boolean {
  const head = Buffer.from(bytes.subarray(0, WRITTEN_BYTES)).toString('latin1');
  return facts.length === 0 && /^\x80|^\(?[ldt\]})](?:[pqr]|\n)|\n[a-z]?p\d+\n/.test(head);
}
const WRITTEN_BYTES = 4_096;
