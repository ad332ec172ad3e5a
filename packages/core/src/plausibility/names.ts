import type { Fact, PickleDynamicFact, PickleGlobalFact } from '../model/fact.js';

/** A fact about something that a stream looks up. */
export type ImportFact = PickleGlobalFact | PickleDynamicFact;

export function isImport(fact: Fact): fact is ImportFact {
  return fact.kind === 'pickle.global' || fact.kind === 'pickle.dynamic';
}

const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const DOTTED_NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** What Python takes for one name. */
export function isWord(text: string): boolean {
  return WORD.test(text);
}

/** A module, or a module with a name and the dot between them, as Python takes them. */
export function isDottedName(text: string): boolean {
  return DOTTED_NAME.test(text);
}

/** Characters of a module and a name that chance does not write, with the dot between them. */
export const LONG_NAME = 8;

/** Letters, digits, dots and nothing else, in ASCII: random bytes hardly write as much. */
export function isPlainText(text: string): boolean {
  return /^[\w.]+$/.test(text);
}

/**
 * Characters that no file of a module has in its name: white space, control characters, and the punctuation of ASCII but for
 * `_` and `-`. `__import__` takes any text; what is before the first dot is imported first, whatever follows.
 */
const NO_MODULE = /[\0-,/:-@[-^`{-\x7f\s]/;

/** Whether the module, or the package around it, may be there to be imported. */
export function mayBeModule(module: string): boolean {
  const [first = ''] = module.split('.', 1);
  return first !== '' && !NO_MODULE.test(first);
}

/** Whether an import is of a module that may be there; of a computed name only the opcode is known. */
export function isOfModule(fact: Fact): fact is ImportFact {
  if (fact.kind === 'pickle.dynamic') return fact.via === 'STACK_GLOBAL';
  return fact.kind === 'pickle.global' && mayBeModule(fact.module);
}
