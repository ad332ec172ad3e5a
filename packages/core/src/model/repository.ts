import type { Identity } from './identity.js';
import type { Location } from './location.js';
import type { Notice } from './notice.js';
import type { ChatTemplateFact } from './template.js';

/*
 * What the files of a model repository say about what runs when it is loaded. A file is read alone (`RepositoryFile`); what
 * depends on the files around it (`linked`) is filled in when all files of the run are known.
 */

/** What makes a folder, or the root of an archive, a model repository. */
export const REPOSITORY_MARKERS = [
  'transformers', // config.json, tokenizer_config.json, … of a model
  'diffusers', // model_index.json, or the config.json of a component
  'sentence-transformers', // modules.json
  'peft', // adapter_config.json
  'mlflow', // MLmodel
  'nemo', // model_config.yaml in a .nemo archive
  'torchserve', // MAR-INF/MANIFEST.json in a .mar archive
  'torch-hub', // hubconf.py
  'wheel', // NAME.dist-info in an archive
  'gguf', // a GGUF whose chat template leads into the interpreter
] as const;
export type RepositoryMarker = (typeof REPOSITORY_MARKERS)[number];

interface RepositoryFactBase {
  readonly at: Location;
  readonly identity: Identity;
}

/** How a configuration names code. */
export type CodeVia =
  | 'auto-map'
  | 'custom-pipeline'
  | 'diffusers-pipeline'
  | 'diffusers-component'
  | 'sentence-transformers-module'
  | 'attention-kernel'
  | 'model-file' // MLX-LM
  | 'trust-remote-code';

/** A configuration that names code, or says that code is to be trusted. */
export interface RepoCodeFact extends RepositoryFactBase {
  readonly kind: 'repo.code';
  readonly via: CodeVia;
  /** `auto_map.AutoModelForCausalLM`. */
  readonly key: string;
  /** What it names, as written: `modeling_x.XModel`, `org/repo--modeling_x.XModel`. */
  readonly names: string;
  /** The other repository that it names; null for this one. */
  readonly repository: string | null;
  /** The revision of the other repository, where one is written. */
  readonly revision: string | null;
  /** The file that would be run, relative to the folder of the configuration; null where it names no file. */
  readonly file: string | null;
  /** Module and name, where they would be imported if there is no such file. */
  readonly target: { readonly module: string; readonly name: string } | null;
  /** `present`: the file is in this repository. `unknown`: not all files of the folder are known. */
  readonly linked: 'present' | 'missing' | 'unknown' | null;
}

export type ShardProblem =
  | 'parent-directory'
  | 'absolute'
  | 'drive-letter'
  | 'backslash'
  | 'control-character'
  | 'address'
  | 'not-text'
  | 'pickle-shard' // an index of safetensors that names another format
  | 'missing';

export interface RepoShardFact extends RepositoryFactBase {
  readonly kind: 'repo.shard';
  readonly problem: ShardProblem;
  /** The name as written. */
  readonly shard: string;
  /** Shards with the same problem. */
  readonly count: number;
}

/** What a Python source does, by kind (import-effects/effect.ts). */
export const EFFECT_KINDS = [
  'process',
  'execution',
  'decoded-payload',
  'downloaded-code',
  'loader',
  'computed-import',
  'computed-name',
  'network',
  'download',
  'exfiltration',
  'write',
] as const;

/** One call of Python source that matters, and when it runs. */
export interface PythonEffect {
  readonly kind: (typeof EFFECT_KINDS)[number];
  /** Full name of what is called: `os.system`. */
  readonly name: string;
  /** What it is given, as far as that is known. */
  readonly detail: string | null;
  /** False where it may be called, and need not be. */
  readonly isCalled: boolean;
  /** `import`: when the module is imported. `load`: in a class of it, when that is made or used. */
  readonly when: 'import' | 'load';
  /** Functions and classes that lead there, the outermost first. */
  readonly route: readonly string[];
  readonly line: number;
  /** The cell of a notebook that the line is counted in, from 1. */
  readonly cell?: number;
}

/** Why a Python file is run. */
export const PYTHON_ROLES = ['hubconf', 'package', 'setup', 'site', 'handler', 'notebook', 'module'] as const;
export type PythonRole = (typeof PYTHON_ROLES)[number];

export interface RepoPythonFact extends RepositoryFactBase {
  readonly kind: 'repo.python';
  readonly role: PythonRole;
  readonly effects: readonly PythonEffect[];
  readonly moreEffects: number;
  /** Why not all of it could be read; null where it was. It counts for a file that is run. */
  readonly gap: Pick<Notice, 'cause' | 'reason'> | null;
  /** Files that name it, as paths: filled in from all files. Null until then. */
  readonly linked: readonly string[] | null;
}

/** A program for an operating system, or for an interpreter that is not Python. */
export interface RepoProgramFact extends RepositoryFactBase {
  readonly kind: 'repo.program';
  /** `ELF program`. */
  readonly program: string;
}

export type DependencyProblem =
  | 'index' // --index-url, --extra-index-url, a conda channel that is an address
  | 'find-links'
  | 'trusted-host'
  | 'address' // a requirement that is an address
  | 'version-control'
  | 'local-path'
  | 'editable'
  | 'included-address' // -r https://…
  | 'loader-module' // MLmodel: imported when the model is loaded
  | 'code'; // MLmodel: a folder that is put in front of sys.path

export interface RepoDependencyFact extends RepositoryFactBase {
  readonly kind: 'repo.dependency';
  readonly problem: DependencyProblem;
  /** The line or the value. */
  readonly text: string;
  /** A commit or a hash pins it. */
  readonly pinned: boolean;
}

/** A class or function that a configuration has imported and called: Hydra's `_target_`, Lightning's `class_path`. */
export interface RepoTargetFact extends RepositoryFactBase {
  readonly kind: 'repo.target';
  /** `_target_`, `class_path`, `target`, `parent_library`, or a tag of YAML. */
  readonly key: string;
  /** As written: `os.system`. */
  readonly target: string;
  /** Where the first one stands: `model.optimizer._target_`. */
  readonly keyPath: string;
  readonly count: number;
  /** A `target` without `params` beside it: other programs mean other things by the word. */
  readonly isAlone?: true;
}

export type RepositoryFact =
  | RepoCodeFact
  | ChatTemplateFact
  | RepoShardFact
  | RepoPythonFact
  | RepoProgramFact
  | RepoDependencyFact
  | RepoTargetFact;

/** What one file says. */
export interface RepositoryFile {
  /** As shown to people, `!` before the name in a container. */
  readonly path: string;
  /** Null for a file that is none of the files that mark a repository. */
  readonly marker: RepositoryMarker | null;
  readonly facts: readonly RepositoryFact[];
  /** A chat template in it leads into the interpreter: a fact of its artifact, which counts for what loading runs. */
  readonly hasHostileTemplate?: true;
  /** Shards that an index names, relative to its folder, and Python files that a manifest names. */
  readonly names: readonly string[];
}

const REPOSITORY_KINDS: ReadonlySet<string> = new Set<RepositoryFact['kind']>([
  'repo.code',
  'template.chat',
  'repo.shard',
  'repo.python',
  'repo.program',
  'repo.dependency',
  'repo.target',
]);

export function isRepositoryFact<F extends { readonly kind: string }>(fact: F): fact is F & RepositoryFact {
  return REPOSITORY_KINDS.has(fact.kind);
}

/** Markers of folders in which only what is run by itself counts: sources of a package are no model. */
export function isWeakMarker(marker: RepositoryMarker): boolean {
  return marker === 'wheel' || marker === 'torch-hub';
}

/** Without what the files of an archive say that is no model repository; `artifact`: its path. */
export function withoutOrdinary(files: readonly RepositoryFile[], artifact: string): readonly RepositoryFile[] {
  if (files.every(({ path }) => path === artifact)) return files;
  if (files.some(({ marker }) => marker !== null && !isWeakMarker(marker))) return files;
  const runsByItself = ({ facts, marker }: RepositoryFile): boolean =>
    marker !== null || facts.some((fact) => fact.kind === 'repo.python' && fact.role === 'site');
  return files.some(({ marker }) => marker !== null) ? files.filter(runsByItself) : [];
}
