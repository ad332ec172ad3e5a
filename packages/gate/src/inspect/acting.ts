import { isKnownGlobal, type Fact } from '@artifact-sentinel/core/internal';

/** In a module where every name is unfit, the name may still be anything. */
const SHOWN_NAME = /^[A-Za-z_][\w.]{0,63}$/;

/** The name only where the catalogue has it: other names were written by the client. */
export function signalOf(fact: Fact): string {
  if (fact.kind === 'pickle.structure') return fact.signal;
  if (fact.kind === 'pickle.dynamic') return `${fact.via} of a computed name`;
  if (fact.kind !== 'pickle.global') return fact.kind;
  return isKnownGlobal(fact) && SHOWN_NAME.test(fact.name)
    ? `${fact.via} ${fact.module}.${fact.name}`
    : `${fact.via} of an unknown name`;
}

export function detailOf(fact: Fact): string {
  if (fact.kind === 'pickle.global' && fact.callCount > 0) return 'a pickle that imports and calls';
  return fact.kind === 'pickle.structure' ? 'a pickle that reaches beyond plain data' : 'a pickle that imports';
}
