import { classifyName } from './classify.js';
import { findConditional } from './conditional.js';
import { judgeDanger } from './danger.js';
import { MAX_REFUSALS } from '../model/limits.js';
import type { SafeGlobals } from '../model/safe-globals.js';

/**
 * What the catalogue says of a name on PyTorch's list of safe globals. A name there counts for every file that the process
 * loads, and may be called with whatever the restricted unpickler builds: `harmless` whatever these are. `unknown`: somebody
 * has to read it. `withheld`: PyTorch would take it, and Sentinel does not propose it.
 */
export type SafeGlobal =
  | { readonly class: 'harmless' | 'unknown' }
  | { readonly class: 'withheld'; readonly why: string };

/**
 * Dangerous in a pickle, and harmless for the restricted unpickler, which calls nothing but what is listed and builds no
 * other objects. `scalar` hands on an object that it is given; `_empty` is a bare class that marks a missing default.
 */
const HARMLESS = /^(?:numpy\.(?:_?core)\.multiarray\.(?:scalar|_reconstruct)|inspect\._empty)$/;

/** `path`: `module.name`, as PyTorch compares it. */
export function safeGlobal(path: string): SafeGlobal {
  const dot = path.lastIndexOf('.');
  const [module, name] = [path.slice(0, dot), path.slice(dot + 1)];
  if (HARMLESS.test(path)) return { class: 'harmless' };
  const verdict = classifyName(module, name, false);
  if (verdict.class === 'allowed') return { class: 'harmless' };
  const conditional = findConditional(module, name);
  if (verdict.class === 'dangerous') return { class: 'withheld', why: conditional?.why ?? verdict.why };
  // Its module is on the danger list, and some forms of it are harmless.
  const danger = judgeDanger(module, name, false);
  return danger === null ? { class: 'unknown' } : { class: 'withheld', why: conditional?.why ?? danger.why };
}

/** What is proposed of the smallest list with which PyTorch takes a file; null where there is none. */
export function proposed(list: readonly string[] | null): SafeGlobals {
  if (list === null) return { safeGlobals: null, withheld: null };
  const names = list.flatMap((global) => {
    const own = safeGlobal(global);
    return own.class === 'withheld' ? [{ global, why: own.why }] : [];
  });
  return names.length === 0
    ? { safeGlobals: list, withheld: null }
    : { safeGlobals: null, withheld: { list, names: names.slice(0, MAX_REFUSALS) } };
}
