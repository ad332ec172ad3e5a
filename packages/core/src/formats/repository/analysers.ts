import type { PythonEffect, TemplateUse } from '../../model/repository.js';

/** What was found, or why the text could not be read. */
export interface Analysed<T> {
  readonly found: readonly T[];
  /** Null where all of it was read. */
  readonly problem: string | null;
}

/** What a chat template does beyond making text. */
export function templateUses(_text: string): Analysed<TemplateUse> {
  return { found: [], problem: null };
}

/** The calls of a Python source that matter, with when they run. */
export function pythonEffects(_text: string, _checkTime: () => void): Analysed<PythonEffect> {
  return { found: [], problem: null };
}
