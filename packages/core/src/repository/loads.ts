import { LOADERS } from '../catalogue/lookup.js';
import type { RepositoryFact } from '../model/repository.js';
import { folderOf } from './paths.js';
import type { LinkedRepository } from './link.js';

/** What loading a repository runs: nothing of it, code if the user trusts it, or code without being asked. */
export type Runs = 'nothing' | 'needs-trust' | 'at-once';

/** One loader with some of its versions. */
export interface RepositoryLoad {
  readonly loader: string;
  readonly versions: string;
  /** The advisory about these versions; null where the behaviour is as documented. */
  readonly reference: string | null;
  readonly runs: Runs;
  /** What it would run: files of the repository, other repositories, and names. */
  readonly code: readonly string[];
}

/** Names of code that are listed. */
const SHOWN_CODE = 8;

/** A kind of code as the table of loaders calls it, with what would run. */
interface Code {
  readonly kind: string;
  readonly name: string;
}

/** What the loaders of the table would run of a repository, with default settings. Those with a fault only where it counts. */
export function loadsOf(repository: LinkedRepository): readonly RepositoryLoad[] {
  const code = repository.facts.flatMap((fact) => codeOf(fact));
  for (const { path, hasHostileTemplate } of repository.files)
    if (hasHostileTemplate === true) code.push({ kind: 'template', name: path });
  const loads: RepositoryLoad[] = [];
  for (const { loader, versions, reference, runs } of LOADERS) {
    const behaviour = new Map(runs.split(';').map((row) => row.split(' ', 2) as [string, Runs]));
    const atOnce = namesOf(code, behaviour, 'at-once');
    const trusted = namesOf(code, behaviour, 'needs-trust');
    const result: Runs = atOnce.length > 0 ? 'at-once' : trusted.length > 0 ? 'needs-trust' : 'nothing';
    if (result === 'nothing' && (reference !== '' || !ALWAYS.has(loader))) continue;
    const names = result === 'at-once' ? atOnce : trusted;
    loads.push({
      loader,
      versions,
      reference: reference === '' ? null : reference,
      runs: result,
      code: names.slice(0, SHOWN_CODE),
    });
  }
  return loads;
}

/** The answer for these is given also where it is nothing. */
const ALWAYS: ReadonlySet<string> = new Set([
  'transformers',
  'diffusers',
  'sentence-transformers',
  'vLLM',
  'llama.cpp',
]);

function namesOf(code: readonly Code[], behaviour: ReadonlyMap<string, Runs>, runs: Runs): string[] {
  return [...new Set(code.filter(({ kind }) => behaviour.get(kind) === runs).map(({ name }) => name))];
}

function codeOf(fact: RepositoryFact): readonly Code[] {
  switch (fact.kind) {
    case 'repo.code':
      return codeOfConfig(fact);
    case 'template.chat':
      return fact.report.uses.some(({ kind }) => kind === 'internal-attribute')
        ? [{ kind: 'template', name: fact.at.path }]
        : [];
    case 'repo.python':
      if (fact.role === 'hubconf') return [{ kind: 'hubconf', name: fact.at.path }];
      return (fact.linked ?? []).some((by) => /MANIFEST\.json$/i.test(by))
        ? [{ kind: 'handler', name: fact.at.path }]
        : [];
    case 'repo.dependency':
      return fact.problem === 'loader-module' && !/^mlflow(?:\.|$)/.test(fact.text)
        ? [{ kind: 'loader-module', name: fact.text }]
        : [];
    default:
      return [];
  }
}

function codeOfConfig(fact: RepositoryFact & { readonly kind: 'repo.code' }): readonly Code[] {
  const named = fact.repository ?? (fact.file === null ? fact.names : folderOf(fact.at.path) + fact.file);
  switch (fact.via) {
    case 'auto-map':
    case 'custom-pipeline':
    case 'attention-kernel':
    case 'model-file':
      return [{ kind: fact.via, name: named }];
    case 'diffusers-pipeline':
      return [{ kind: 'diffusers-code', name: named }];
    case 'diffusers-component':
      return fact.linked === 'missing'
        ? [{ kind: 'diffusers-library', name: fact.target?.module ?? fact.names }]
        : [{ kind: 'diffusers-code', name: named }];
    case 'sentence-transformers-module':
      return [{ kind: 'module', name: fact.linked === 'missing' ? fact.names : named }];
    case 'trust-remote-code':
      return [];
  }
}
