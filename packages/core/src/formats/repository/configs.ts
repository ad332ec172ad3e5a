import { isPipelineModule } from '../../catalogue/lookup.js';
import type { CodeVia, RepoCodeFact, RepositoryMarker } from '../../model/repository.js';
import {
  entriesIn,
  isList,
  isMap,
  keyPathOf,
  textsIn,
  valuesOf,
  type Tree,
  type TreeEntry,
  type TreeMap,
  type Visited,
} from './tree.js';

/*
 * What configurations name as code.
 *
 *   "auto_map": {"AutoModel": "modeling_x.XModel", "AutoTokenizer": ["tok.Slow", null], "AutoConfig": "org/repo--m.C"}
 *   "custom_pipelines": {"task": {"impl": "pipeline.MyPipeline", "pt": […]}}
 *   "_attn_implementation_internal": "org/kernel", a repository whose code is fetched and imported
 *   model_index.json: "_class_name": ["pipeline_file", "Class"], "unet": ["unet_file", "Class"]
 *   "model_file": "model.py", which MLX-LM imports
 *   modules.json: [{"type": "custom_st.Transformer", "path": "0_Transformer", …}]
 *   "types": {"query": "module.Class"}, "structure": …, in config.json or router_config.json: parts of Router and Asym
 *   "activation_function": "torch.nn.modules.activation.Tanh", of the layer Dense, imported and called; of a CrossEncoder
 *   "sbert_ce_default_activation_function", "sentence_transformers": {"activation_fn": …}
 */

export type NamedCode = Pick<RepoCodeFact, 'via' | 'key' | 'names' | 'repository' | 'revision' | 'file' | 'target'> & {
  readonly at: number;
};

/** Which loader takes a configuration for its own. */
export function markerOf(base: string, root: Tree): RepositoryMarker | null {
  if (base === 'modules.json') return isList(root) && root.items.some(isModule) ? 'sentence-transformers' : null;
  if (!isMap(root)) return null;
  const has = (...keys: readonly string[]): boolean => root.entries.some(({ key }) => keys.includes(key));
  if (base === 'model_index.json' || base === 'modular_model_index.json')
    return has('_class_name', '_diffusers_version') ? 'diffusers' : null;
  if (base === 'adapter_config.json')
    return has('peft_type', 'base_model_name_or_path', 'auto_mapping', 'task_type') ? 'peft' : null;
  if (base === 'config_sentence_transformers.json') return 'sentence-transformers';
  if (base === 'params.json' || base === 'config.json') {
    if (has('_class_name', '_diffusers_version')) return 'diffusers';
    return has(
      'model_type',
      'architectures',
      'architecture',
      'auto_map',
      'custom_pipelines',
      'transformers_version',
      'torch_dtype',
      'trust_remote_code',
      'model_file',
    ) || root.entries.some(({ key }) => KERNEL_KEY.test(key))
      ? 'transformers'
      : null;
  }
  return 'transformers';
}

function isModule(value: Tree): boolean {
  return isMap(value) && valuesOf(value, 'type').length > 0 && valuesOf(value, 'path').length > 0;
}

/** Keys that name a repository of kernels. */
const KERNEL_KEY = /^_?(?:autoset_)?(?:attn|attention|experts?)_implementation(?:_internal)?$/;
/** `flash|org/repo@revision:function` and the like; names of built-in implementations have no slash. */
const KERNEL = /(?:^|\|)([^\s|/:@]+\/[^\s|/:@]+)(?:@([^\s|:]+))?(?::[^\s|]+)?$/;

/** All code that a configuration names, wherever the key stands. */
export function* codeIn(base: string, root: Tree): Generator<NamedCode> {
  if (base === 'modules.json') yield* modulesIn(root);
  yield* madeBySentenceTransformers(base, root);
  if ((base === 'model_index.json' || base === 'modular_model_index.json') && isMap(root)) yield* pipelineIn(root);
  for (const visited of entriesIn(root)) {
    const { key, value, at } = visited.entry;
    if (key === 'auto_map') yield* mapped(visited, 'auto-map');
    else if (key === 'custom_pipelines') yield* customPipelines(visited);
    else if (key === 'trust_remote_code' && value === true)
      yield { via: 'trust-remote-code', key: keyPathOf(visited), names: 'true', ...NOTHING, at };
    else if (key === 'model_file' && typeof value === 'string' && visited.parent === null)
      yield { via: 'model-file', key, names: value, ...NOTHING, file: value, at };
    else if (KERNEL_KEY.test(key)) {
      for (const text of textsIn(value)) {
        const [, repository, revision = null] = KERNEL.exec(text) ?? [];
        if (repository !== undefined)
          yield { via: 'attention-kernel', key: keyPathOf(visited), names: text, ...NOTHING, repository, revision, at };
      }
    } else if (
      key === '_class_name' &&
      isList(value) &&
      base !== 'model_index.json' &&
      base !== 'modular_model_index.json'
    )
      yield* listed(visited, 'diffusers-component', '');
  }
}

const NOTHING = { repository: null, revision: null, file: null, target: null };

/** `org/repo--module.Class`, `module.Class`, `sub/module.Class`. */
export function reference(text: string): Pick<NamedCode, 'repository' | 'revision' | 'file' | 'target'> {
  const dashes = text.indexOf('--');
  const repository = dashes < 0 ? null : text.slice(0, dashes);
  const own = dashes < 0 ? text : text.slice(dashes + 2);
  const [name = '', revision = null] = (repository ?? '').split('@', 2);
  const dot = own.lastIndexOf('.');
  const module = dot < 0 ? own : own.slice(0, dot);
  return {
    repository: repository === null ? null : name,
    revision,
    file: repository === null && module !== '' ? `${module}.py` : null,
    target: dot < 0 ? null : { module, name: own.slice(dot + 1) },
  };
}

function* mapped(visited: Visited, via: CodeVia): Generator<NamedCode> {
  const { value, at } = visited.entry;
  const path = keyPathOf(visited);
  const entries = isMap(value) ? value.entries : [{ key: '', value, at }];
  for (const entry of entries)
    for (const text of textsIn(entry.value))
      if (text !== '')
        yield {
          via,
          key: entry.key === '' ? path : `${path}.${entry.key}`,
          names: text,
          ...reference(text),
          at: entry.at,
        };
}

function* customPipelines(visited: Visited): Generator<NamedCode> {
  const { value, at } = visited.entry;
  const path = keyPathOf(visited);
  const tasks = isMap(value) ? value.entries : [{ key: '', value, at }];
  for (const task of tasks) {
    const impls = isMap(task.value) ? valuesOf(task.value, 'impl').map((entry) => entry.value) : [task.value];
    for (const impl of impls)
      for (const text of textsIn(impl))
        yield { via: 'custom-pipeline', key: `${path}.${task.key}`, names: text, ...reference(text), at: task.at };
  }
}

/** Classes of sentence-transformers come by their own name; any other is fetched from the repository, or imported. */
function* modulesIn(root: Tree): Generator<NamedCode> {
  if (!isList(root)) return;
  for (const [i, item] of root.items.entries()) {
    if (!isMap(item)) continue;
    for (const { value, at } of valuesOf(item, 'type')) {
      if (typeof value !== 'string' || value.startsWith('sentence_transformers.')) continue;
      const key = `[${i}].type`;
      yield { via: 'sentence-transformers-module', key, names: value, ...reference(value), at };
    }
  }
}

/** A name with its module. Activations of transformers are plain words. */
const DOTTED = /^[^\s./-][^\s/]*\.[^\s./-]+$/;
/** Classes that compute; what else has these prefixes is judged by its name. */
const ACTIVATION = /^torch\.nn\.(?:modules\.(?:activation|linear)\.)?\p{Lu}\w*$/u;

/**
 * What Sentence Transformers imports for a part of a model (`import_from_string`), and calls where it is an activation.
 * Older versions do so whatever the name is; later ones want an activation to be of PyTorch, or that the user trusts remote code.
 */
export function* madeBySentenceTransformers(base: string, root: Tree): Generator<NamedCode> {
  if (!isMap(root) || (base !== 'config.json' && base !== 'router_config.json')) return;
  const via = 'sentence-transformers-module';
  const named = function* ({ key, value, at }: TreeEntry, within: string): Generator<NamedCode> {
    if (typeof value !== 'string' || !DOTTED.test(value)) return;
    if (ACTIVATION.test(value) || value.startsWith('sentence_transformers.')) return;
    yield { via, key: `${within}${key}`, names: value, ...reference(value), at };
  };
  const isRouter = valuesOf(root, 'structure').length > 0;
  for (const entry of root.entries) {
    const { key, value } = entry;
    if (key === 'activation_function' || key === 'sbert_ce_default_activation_function') yield* named(entry, '');
    else if (key === 'sentence_transformers' && isMap(value))
      for (const inner of valuesOf(value, 'activation_fn')) yield* named(inner, `${key}.`);
    else if (key === 'types' && isRouter && isMap(value))
      for (const inner of value.entries) yield* named(inner, `${key}.`);
  }
}

/** Libraries that pipelines of diffusers are made of, beside the modules of diffusers itself. */
const LIBRARIES: ReadonlySet<string> = new Set(['diffusers', 'transformers', 'onnxruntime', 'optimum', 'peft', 'null']);

function* pipelineIn(root: TreeMap): Generator<NamedCode> {
  for (const { key, value, at } of root.entries) {
    if (key === '_class_name' && isList(value)) {
      const [file, name] = value.items;
      if (typeof file === 'string')
        yield {
          via: 'diffusers-pipeline',
          key,
          names: `${file}.${wordOf(name)}`,
          ...NOTHING,
          ...fileIn('', file, name),
          at,
        };
      continue;
    }
    if (key.startsWith('_') || !isList(value)) continue;
    const [library, name] = value.items;
    if (typeof library !== 'string' || LIBRARIES.has(library) || isPipelineModule(library)) continue;
    // The component's class may be one of a file in its folder, of a module of diffusers, or of any module that is installed.
    const component = { ...NOTHING, ...fileIn(`${key}/`, library, name), at };
    yield { via: 'diffusers-component', key, names: `${library}.${wordOf(name)}`, ...component };
  }
}

function* listed(visited: Visited, via: CodeVia, folder: string): Generator<NamedCode> {
  const { value, at } = visited.entry;
  const [file, name] = isList(value) ? value.items : [];
  if (typeof file !== 'string') return;
  yield {
    via,
    key: keyPathOf(visited),
    names: `${file}.${wordOf(name)}`,
    ...NOTHING,
    ...fileIn(folder, file, name),
    at,
  };
}

function fileIn(folder: string, module: string, name: Tree | undefined): Pick<NamedCode, 'file' | 'target'> {
  return { file: `${folder}${module}.py`, target: typeof name === 'string' ? { module, name } : null };
}

export interface TemplateText {
  readonly key: string;
  readonly text: string;
  readonly at: number;
}

/** Chat templates: a text, or a list of named ones. */
export function* templatesIn(root: Tree): Generator<TemplateText> {
  for (const visited of entriesIn(root)) {
    const { key, value, at } = visited.entry;
    if (key !== 'chat_template' && key !== 'custom_chat_template' && key !== 'default_chat_template') continue;
    if (typeof value === 'string') yield { key: keyPathOf(visited), text: value, at };
    else if (isList(value) || isMap(value)) yield* templatesBelow(keyPathOf(visited), value, at);
  }
}

function* templatesBelow(path: string, value: Tree, at: number): Generator<TemplateText> {
  if (isMap(value)) {
    for (const entry of value.entries)
      if (typeof entry.value === 'string') yield { key: `${path}.${entry.key}`, text: entry.value, at: entry.at };
    return;
  }
  if (!isList(value)) return;
  for (const [i, item] of value.items.entries()) {
    if (typeof item === 'string') yield { key: `${path}[${i}]`, text: item, at };
    else if (isMap(item)) {
      for (const entry of valuesOf(item, 'template'))
        if (typeof entry.value === 'string') yield { key: `${path}[${i}].template`, text: entry.value, at: entry.at };
    }
  }
}

function wordOf(value: Tree | undefined): string {
  return typeof value === 'string' ? value : '?';
}
