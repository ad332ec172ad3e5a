import { importEffects } from '../../import-effects/import-effects.js';
import { PythonModule } from '../../python/module.js';
import type { PythonEffect } from '../../model/repository.js';

/** What was found, and why not all of the source could be read. */
export interface Analysed {
  readonly found: readonly PythonEffect[];
  readonly more: number;
  /** Null where all of it was read. */
  readonly problem: { readonly message: string; readonly isLimit: boolean } | null;
}

/**
 * What a Python source does when it is imported, or run (`isProgram`), and in its classes: which of them a loader uses is not
 * known here.
 */
export function pythonEffects(bytes: Uint8Array, isProgram: boolean, checkTime: () => void): Analysed {
  const module = PythonModule.read(bytes, { checkTime });
  const classes = [...module.definitions].flatMap(([name, { kind }]) => (kind === 'class' ? [name] : []));
  const { effects, moreEffects, incomplete } = importEffects(module, classes, isProgram);
  const [gap] = incomplete;
  const found = effects.map(({ kind, name, detail, certainty, when, route, line }): PythonEffect => {
    const isCalled = certainty !== 'open';
    return { kind, name, detail, isCalled, when: when.kind === 'import' ? 'import' : 'load', route, line };
  });
  const problem = gap === undefined ? null : { message: `${gap.reason} (line ${gap.line})`, isLimit: gap.limit };
  return { found, more: moreEffects, problem };
}
