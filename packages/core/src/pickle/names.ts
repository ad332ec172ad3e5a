import { findConditional, isConditional } from '../catalogue/conditional.js';
import { givesOf, isNestedName, mapPython2Name } from '../catalogue/lookup.js';
import { buildsPairs } from '../catalogue/uses.js';
import type { Call } from '../model/fact.js';
import type { Interest } from '../model/interest.js';
import { perObject } from '../model/lazy.js';
import type { NameKnowledge } from './machine-state.js';

/** Whether one of these calls was given a global, or the text of its name. */
function isNamedIn(calls: readonly Call[], module: string, name: string): boolean {
  return calls.some(({ args }) =>
    args.some((arg) =>
      arg.kind === 'global' ? arg.module === module && arg.name === name : arg.kind === 'str' && arg.value === name,
    ),
  );
}

/** What the machine asks the catalogue: what code a name stands for and how it is called, never how bad that is. */
export const catalogueNames: NameKnowledge = {
  mapPython2: mapPython2Name,
  isConditional,
  follows: () => false,
  isCode: () => false,
  gives: givesOf,
  writesAttributeState: buildsPairs,
  stateKeys: (module, name) => findConditional(module, name)?.stateKeys ?? null,
  makesClass: (module, name) => findConditional(module, name)?.makesClass === true,
  isNested: isNestedName,
  isUsualCall: (module, name, calls, before) => {
    const conditional = findConditional(module, name);
    if (conditional === undefined) return false;
    // What is given for the first time is not judged here: the call is kept, so that the judgement of the fact has it.
    const isGiven = (argModule: string, argName: string): boolean => isNamedIn(before, argModule, argName);
    const classOf = (argModule: string, argName: string): 'allowed' | 'unexpected' =>
      isGiven(argModule, argName) ? 'allowed' : 'unexpected';
    return conditional.judge(calls, { classOf, isStoredOnly: isGiven }) === 'allowed';
  },
};

/** The same for a run whose facts are of some interest. */
export const namesFor = perObject((interest: Interest): NameKnowledge => ({
  ...catalogueNames,
  follows: (module, name) => interest.follows(module, name),
  isCode: (module, name) => interest.isCode(module, name),
}));
