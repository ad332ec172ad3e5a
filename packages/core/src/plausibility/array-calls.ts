import { findConditional } from '../catalogue/conditional.js';
import { judgeDanger } from '../catalogue/danger.js';
import type { ArgumentNames } from '../catalogue/judges/judge.js';
import type { Fact, PickleGlobalFact } from '../model/fact.js';

/**
 * Whether bytes of an array, run as opcodes, call what the danger list has, or what is judged by its calls in another form
 * than honest saves do. Arrays hold whole pickles now and then: other calls in them say nothing.
 */
export function callsDanger(fact: Fact): boolean {
  if (fact.kind !== 'pickle.global' || fact.callCount === 0) return false;
  const { mapped, walksDots } = fact;
  return [fact, ...(mapped === null ? [] : [mapped])].some(
    ({ module, name }) => judgeDanger(module, name, walksDots) !== null || isOddCall(fact, module, name),
  );
}

const ANY_NAMES: ArgumentNames = { classOf: () => 'allowed', isStoredOnly: () => true };

function isOddCall({ calls, callsComplete }: PickleGlobalFact, module: string, name: string): boolean {
  const conditional = findConditional(module, name);
  if (conditional === undefined || conditional.otherwise === 'unexpected') return false;
  return !callsComplete || conditional.judge(calls, ANY_NAMES) !== 'allowed';
}
