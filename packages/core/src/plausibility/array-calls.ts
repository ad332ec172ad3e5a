import { findConditional, isConditional, voucherOf } from '../catalogue/conditional.js';
import { judgeDanger } from '../catalogue/danger.js';
import type { ArgumentNames } from '../catalogue/judges/judge.js';
import { oddUse } from '../catalogue/uses.js';
import type { Fact, PickleGlobalFact } from '../model/fact.js';

/**
 * Whether bytes of an array, run as opcodes, call what the danger list has, or what is judged by its calls in another form
 * than honest saves do. Arrays hold whole pickles now and then: other calls in them say nothing.
 */
export function callsDanger(fact: Fact): boolean {
  if (fact.kind !== 'pickle.global' || fact.callCount === 0) return false;
  const { mapped, walksDots } = fact;
  return [fact, ...(mapped === null ? [] : [mapped])].some(
    ({ module, name }) => judgeDanger(module, name, walksDots) !== null || isOddlyUsed(fact, module, name),
  );
}

/** Any name that is not dangerous may be one that is allowed. */
const NAMES: ArgumentNames = {
  classOf: (module, name) =>
    judgeDanger(module, name, true) !== null || isConditional(module, name) ? 'dangerous' : 'allowed',
  isStoredOnly: () => true,
};

function isOddlyUsed(fact: PickleGlobalFact, module: string, name: string): boolean {
  const conditional = findConditional(module, name);
  if (conditional === undefined || conditional.otherwise === 'unexpected') return false;
  if (!fact.callsComplete || (fact.escapes && conditional.mayBeStored !== true)) return true;
  const verdict = conditional.judge(fact.calls, NAMES);
  return (
    verdict === 'dangerous' || (verdict === 'allowed' && oddUse(fact, module, name, voucherOf(conditional)) !== null)
  );
}
