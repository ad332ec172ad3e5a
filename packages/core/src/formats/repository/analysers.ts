import { importEffects } from '../../import-effects/import-effects.js';
import { PythonModule } from '../../python/module.js';
import { templateUses as usesOf } from '../../jinja/template.js';
import type { Certainty, TemplateUseKind } from '../../jinja/uses.js';
import type { PythonEffect, TemplateUse } from '../../model/repository.js';

/** What was found, or why the text could not be read. */
export interface Analysed<T> {
  readonly found: readonly T[];
  readonly more: number;
  /** Null where all of it was read. */
  readonly problem: { readonly message: string; readonly isLimit: boolean } | null;
}

const WORDS: Readonly<Record<TemplateUseKind, string>> = {
  'internal-attribute': 'an attribute that leads into the interpreter',
  'underscore-attribute': 'a private attribute',
  'computed-attribute': 'an attribute whose name is put together',
  'format-fields': 'a format with fields, which read attributes',
  'template-loading': 'another template that is loaded',
  'application-object': 'an object of an application',
  'unknown-call': 'a call of what no renderer is known to give',
  'long-rendering': 'a loop or a text that may not end',
  'input-name': 'a key that comes from the data',
};

/** Null for what is ordinary. */
function riskOf(kind: TemplateUseKind, certainty: Certainty): TemplateUse['risk'] | null {
  if (kind === 'input-name') return null;
  if (certainty === 'possible' || kind === 'unknown-call' || kind === 'long-rendering') return 'odd';
  return kind === 'internal-attribute' ? 'escape' : 'suspect';
}

/** What a chat template does beyond making text. */
export function templateUses(text: string): Analysed<TemplateUse> {
  const { uses, moreUses, problem } = usesOf(text);
  const found = uses.flatMap(({ kind, name, certainty, line }) => {
    const risk = riskOf(kind, certainty);
    return risk === null ? [] : [{ what: WORDS[kind], text: name ?? '', line, risk }];
  });
  if (problem === null) return { found, more: moreUses, problem: null };
  return {
    found,
    more: moreUses,
    problem: { message: `${problem.message} (line ${problem.line})`, isLimit: problem.limit },
  };
}

/** What a Python source does when it is imported, and in its classes: which of them a loader uses is not known here. */
export function pythonEffects(bytes: Uint8Array, checkTime: () => void): Analysed<PythonEffect> {
  const module = PythonModule.read(bytes, { checkTime });
  const classes = [...module.definitions].flatMap(([name, { kind }]) => (kind === 'class' ? [name] : []));
  const { effects, moreEffects, incomplete } = importEffects(module, classes);
  const [gap] = incomplete;
  const found = effects.map(({ kind, name, detail, certainty, when, route, line }): PythonEffect => {
    const isCalled = certainty !== 'possible';
    return { kind, name, detail, isCalled, when: when.kind === 'import' ? 'import' : 'load', route, line };
  });
  const problem = gap === undefined ? null : { message: `${gap.reason} (line ${gap.line})`, isLimit: gap.limit };
  return { found, more: moreEffects, problem };
}
