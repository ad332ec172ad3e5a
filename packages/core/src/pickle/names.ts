import { classifyName, isConditional } from '../catalogue/classify.js';
import { findAllowed, givesOf, isNestedName, mapPython2Name } from '../catalogue/lookup.js';
import { findConditional } from '../catalogue/conditional.js';
import { buildsPairs } from '../catalogue/uses.js';
import type { NameKnowledge } from './machine-state.js';

/** What the machine asks the catalogue: names and shapes of calls, never how bad they are. */
export const catalogueNames: NameKnowledge = {
  mapPython2: mapPython2Name,
  isConditional,
  isKnown: (module, name) =>
    findAllowed(module, name) !== undefined || findConditional(module, name)?.mayBeStored === true,
  gives: givesOf,
  // What a class that nobody knows writes, nobody knows; classes with slots do. That it is unknown is the finding.
  writesAttributeState: (module, name) =>
    buildsPairs(module, name) ||
    (findConditional(module, name) === undefined && classifyName(module, name, true).class === 'unexpected'),
  stateKeys: (module, name) => findConditional(module, name)?.stateKeys ?? null,
  makesClass: (module, name) => findConditional(module, name)?.makesClass === true,
  isNested: isNestedName,
  isUsualCall: (module, name, calls) => {
    const conditional = findConditional(module, name);
    if (conditional === undefined) return false;
    const classOf = (argModule: string, argName: string): 'allowed' | 'unexpected' | 'dangerous' =>
      classifyName(argModule, argName, true).class;
    return conditional.judge(calls, classOf) === 'allowed';
  },
};
