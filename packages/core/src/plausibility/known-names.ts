import { classifyGlobal, classifyName } from '../catalogue/classify.js';
import type { PickleGlobalFact } from '../model/fact.js';

/* For bytes that pass, which are judged as they come: nothing that collects facts asks this. */

const NOBODY: ReadonlySet<string> = new Set();

/** The catalogue has an opinion of it: no name of chance. */
export function isKnownName(module: string, name: string): boolean {
  return classifyName(module, name, true).class !== 'unexpected';
}

export function isKnownGlobal(fact: PickleGlobalFact): boolean {
  return classifyGlobal(fact, NOBODY).class !== 'unexpected';
}
