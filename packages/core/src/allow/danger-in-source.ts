import { judgeDanger } from '../catalogue/danger.js';
import { BUILTIN_DANGERS, PLAIN_BUT, PLAIN_MODULES, PLAIN_NAMES } from '../catalogue/lookup.js';
import type { Hazard } from '../catalogue/hazard.js';

/** Why a call in the source of an entry deserves a look. */
export interface SourceDanger {
  readonly hazard: Hazard;
  readonly why: string;
  /** Calling it is the harm itself. */
  readonly primitive: boolean;
}

/** Dangerous where a stream chooses the arguments, and plain where the source does. The danger list is about the former. */
function isPlain(path: string): boolean {
  const [first = ''] = path.split('.', 1);
  return PLAIN_MODULES.has(first) ? !liesIn(PLAIN_BUT, path) : liesIn(PLAIN_NAMES, path);
}

/** Whether one of the names is the path, or what it lies in. */
function liesIn(names: ReadonlySet<string>, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1))
    if (names.has(path.slice(0, end))) return true;
  return false;
}

/** What the danger list says on a full name in source code, or null. */
export function judgeInSource(path: string): SourceDanger | null {
  const dot = path.lastIndexOf('.');
  if (dot <= 0 || path.startsWith('.')) return null;
  const module = path.slice(0, dot);
  const name = path.slice(dot + 1);
  if (module === 'builtins' && !BUILTIN_DANGERS.has(name)) return null;
  if (module !== 'builtins' && isPlain(path)) return null;
  const verdict = judgeDanger(module, name, false);
  if (verdict === null || verdict.hazard === undefined) return null;
  const primitive = verdict.primitive === true;
  const isStep = verdict.hazard === 'introspection' || verdict.hazard === 'state';
  return primitive || !isStep ? { hazard: verdict.hazard, why: verdict.why, primitive } : null;
}
