import { append } from '../../model/append.js';
import { identityOfBytes } from '../../bytes/identity.js';
import { latin1 } from '../../bytes/read.js';
import { MAX_REPOSITORY_FACTS, MAX_REPOSITORY_FILE_BYTES, MAX_REPOSITORY_USES } from '../../model/limits.js';
import { HEAD_BYTES } from '../../model/format.js';
import type { PythonEffect, PythonRole, RepoPythonFact } from '../../model/repository.js';
import { MAX_SOURCE_BYTES } from '../../python/limits.js';
import type { Member } from '../members/container.js';
import type { Found, Look } from '../members/look.js';
import { notebookEffects, pythonEffects, type Analysed } from './analysers.js';
import { templateUses } from '../../jinja/template.js';
import { codeIn, madeBySentenceTransformers, markerOf, templatesIn, type NamedCode } from './configs.js';
import { condaIn, mlmodelIn, PYTHON_LINES, requirementsIn, type Dependency } from './dependencies.js';
import { kerasObjectsOfFolder } from '../keras/config.js';
import { FileFacts } from './file.js';
import { baseOf, type RepositoryRole } from './names.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import { programOf } from './programs.js';
import { shardsOf } from './shards.js';
import { targetsIn } from './targets.js';
import { decodeAs } from './text.js';
import { isList, isMap, textsIn, valuesOf, type Tree } from './tree.js';

/** What one file of a model repository says about what runs. `head`: its first bytes. */
export async function* repositoryFacts(
  member: Member,
  role: RepositoryRole | null,
  head: Uint8Array,
  look: Look,
): AsyncGenerator<Found> {
  const file = new FileFacts(member, look.budget, member.depth === 0 ? look.neighbours : null);
  const program = programOf(head, member.name);
  if (program !== null) {
    const { source } = member;
    const size = Number.isFinite(source.size) ? source.size : 0;
    const identity = await identityOfBytes(source, 0, size, look.budget);
    file.add({ kind: 'repo.program', at: file.at(null), identity, program });
  } else if (role !== null) await READERS[role](file, role);
  for (const notice of file.notices) yield notice;
  yield* file.besides;
  if (role !== null || program !== null) yield { kind: 'repository', file: file.result() };
}

type Reader = (file: FileFacts, role: RepositoryRole) => Promise<void> | void;

const nothing = (): void => undefined;

const READERS: Readonly<Record<RepositoryRole, Reader>> = {
  config,
  index,
  template,
  requirements,
  conda,
  mlmodel,
  manifest,
  python,
  notebook,
  site,
  yaml,
  json,
  shard: nothing,
  metadata: (file) => {
    file.marker = 'wheel';
  },
  program: nothing,
};

/** Words of which a configuration of a model has some; a file of another program has the same name, and need not be JSON. */
const MODEL_WORDS =
  /auto_map|model_type|architectures|transformers_version|_class_name|_diffusers_version|chat_template|custom_pipelines|trust_remote_code|_implementation|_target_|class_name|\\u00/;

/** Other programs have files of these names. */
const COMMON_NAMES: ReadonlySet<string> = new Set(['config.json', 'modules.json', 'params.json']);

async function config(file: FileFacts): Promise<void> {
  const base = baseOf(file.member.name).toLowerCase();
  const what = 'the configuration of a model';
  const text = await file.text(what);
  if (text === null) {
    // Nobody says that it is one.
    if (COMMON_NAMES.has(base)) file.notices.splice(0);
    return;
  }
  const parsed = parseJson(text);
  if ('problem' in parsed) {
    if (!COMMON_NAMES.has(base) || MODEL_WORDS.test(text)) {
      const line = file.at(parsed.at).line ?? 1;
      file.marker = 'transformers';
      file.note('corrupt', `${what}, which may name code, could not be read: ${parsed.problem} (line ${line})`);
    }
    return;
  }
  file.claim();
  const root = parsed.value;
  if (base === 'config.json' && file.member.isReadAsKeras !== true)
    append(file.besides, kerasObjectsOfFolder(file.path, text, file.budget));
  file.marker = markerOf(base, root);
  if (file.marker === null) {
    for (const code of madeBySentenceTransformers(base, root)) addCode(file, code);
    addTargets(file, root, false);
    return;
  }
  for (const code of codeIn(base, root)) addCode(file, code);
  for (const { key, text: source, at } of templatesIn(root)) addTemplate(file, key, source, at);
  addTargets(file, root, false);
}

function addCode(file: FileFacts, { at, ...code }: NamedCode): void {
  file.add({ kind: 'repo.code', at: file.at(at), identity: file.identity, ...code, linked: null });
}

function addTemplate(file: FileFacts, key: string, text: string, at: number | null): void {
  const report = templateUses(text);
  const { problem } = report;
  if (problem !== null) {
    const what = key === '' ? 'the chat template' : `the chat template ${key}`;
    const reason = `${what} could not be read as a whole: ${problem.message} (line ${problem.line})`;
    file.note(problem.limit ? 'limit' : 'unsupported', reason);
  }
  if (report.uses.length === 0) return;
  file.add({ kind: 'template.chat', at: file.at(at), identity: file.identity, key, report });
}

function addTargets(file: FileFacts, root: Tree, isModel: boolean): void {
  for (const { at, ...target } of targetsIn(root, isModel))
    file.add({ kind: 'repo.target', at: file.at(at), identity: file.identity, ...target });
}

async function index(file: FileFacts): Promise<void> {
  const text = await file.text('an index of shards');
  if (text === null) return;
  const parsed = parseJson(text);
  if ('problem' in parsed) {
    file.note('corrupt', `an index of shards could not be read: ${parsed.problem}`);
    return;
  }
  file.claim();
  const shards = shardsOf(parsed.value, /safetensors/i.test(baseOf(file.member.name)));
  if (!shards.isIndex) {
    addTargets(file, parsed.value, false);
    return;
  }
  file.marker = 'transformers';
  if (shards.isCut) file.note('limit', `more than ${MAX_REPOSITORY_FACTS} shards in one index`);
  const { neighbours } = file;
  file.names = shards.names.map((name) => neighbours?.behindLinks?.(file.path, name) ?? name);
  for (const { problem, shard, at, count } of shards.problems)
    file.add({ kind: 'repo.shard', at: file.at(at), identity: file.identity, problem, shard, count });
}

async function template(file: FileFacts): Promise<void> {
  const text = await file.text('a chat template');
  if (text === null) return;
  file.claim();
  addTemplate(file, '', text, null);
}

function addDependency(file: FileFacts, { problem, text, pinned, line, at }: Dependency): void {
  const where = line === null ? file.at(at) : { path: file.path, offset: null, line };
  file.add({ kind: 'repo.dependency', at: where, identity: file.identity, problem, text, pinned });
}

async function requirements(file: FileFacts): Promise<void> {
  const text = await file.text('a requirements file');
  if (text === null) return;
  file.claim();
  for (const found of requirementsIn(text)) addDependency(file, found);
}

async function conda(file: FileFacts): Promise<void> {
  const root = await yamlOf(file, 'an environment of conda');
  if (root === null) return;
  for (const found of condaIn(root)) addDependency(file, found);
  // Configurations of Hydra are called `env.yaml` as well.
  addTargets(file, root, false);
}

async function mlmodel(file: FileFacts): Promise<void> {
  file.marker = 'mlflow';
  const root = await yamlOf(file, 'the description of an MLflow model');
  if (root === null) return;
  for (const found of mlmodelIn(root)) addDependency(file, found);
  addTargets(file, root, false);
}

/** A tree of YAML; null with a notice where it cannot be read. */
async function yamlOf(file: FileFacts, what: string): Promise<Tree | null> {
  const text = await file.text(what);
  if (text === null) return null;
  const parsed = parseYaml(text);
  if ('problem' in parsed) {
    const line = file.at(parsed.at).line ?? 1;
    const reason = `${what} could not be read: ${parsed.problem} (line ${line})`;
    file.note(parsed.isLimit === true ? 'limit' : 'corrupt', reason);
    return null;
  }
  file.claim();
  return parsed.value;
}

/** The handler that a .mar archive runs. */
async function manifest(file: FileFacts): Promise<void> {
  file.marker = 'torchserve';
  const text = await file.text('the manifest of a model archive');
  const parsed = text === null ? null : parseJson(text);
  if (parsed === null) return;
  if ('problem' in parsed) {
    file.note('corrupt', `the manifest of a model archive could not be read: ${parsed.problem}`);
    return;
  }
  file.claim();
  const root = parsed.value;
  const models = isMap(root) ? valuesOf(root, 'model') : [];
  file.names = models.flatMap(({ value }) =>
    isMap(value)
      ? ['handler', 'modelFile'].flatMap((key) => valuesOf(value, key).flatMap((entry) => [...textsIn(entry.value)]))
      : [],
  );
}

/** What only a configuration that names classes has: Hydra's key, and tags of Python and HyperPyYAML, with escapes and prefixes too. */
const MEANT = /_target_|python\/|!(?:new|name|apply|applyref|module):|![^\s"'!]*%[0-9a-f]{2}|^%TAG\b/im;

/** Without one of these and without these words, written as they are, with escapes or over two lines, a file holds no target. */
const TARGET_WORDS = /class_path|parent_library|\btarget\b|\\[xuU]|\\\r?\n/;

const mayNameTargets = (text: string): boolean => TARGET_WORDS.test(text) || MEANT.test(text);

async function yaml(file: FileFacts): Promise<void> {
  const name = baseOf(file.member.name).toLowerCase();
  const isModel = /^model_config\.ya?ml$/.test(name);
  const text = await file.text('YAML');
  if (text === null || (!isModel && !mayNameTargets(text))) {
    if (!isModel) file.notices.splice(0);
    return;
  }
  if (isModel) file.marker = 'nemo';
  const parsed = parseYaml(text);
  if ('problem' in parsed) {
    // Templates of Helm and Jinja have the same ending, and no word of a target.
    if (isModel || MEANT.test(text)) {
      const reason = `a configuration that names classes to be made could not be read: ${parsed.problem}`;
      file.note(parsed.isLimit === true ? 'limit' : 'corrupt', reason);
    }
    return;
  }
  file.claim();
  addTargets(file, parsed.value, isModel);
}

async function json(file: FileFacts): Promise<void> {
  const text = await file.text('JSON');
  if (text === null || !mayNameTargets(text)) {
    file.notices.splice(0);
    return;
  }
  const parsed = parseJson(text);
  if ('problem' in parsed) {
    if (text.includes('_target_'))
      file.note('corrupt', `a configuration that names classes to be made could not be read: ${parsed.problem}`);
    return;
  }
  if (isMap(parsed.value) || isList(parsed.value)) addTargets(file, parsed.value, false);
}

/** As transformers finds the files that a module brings along (dynamic_module_utils.py, `get_relative_imports`). */
const RELATIVE_IMPORT = /^[ \t]*(?:from[ \t]+\.+(?!\.)([\w.]+)[ \t]+import|from[ \t]+\.+[ \t]+import[ \t]+([\w, ]+))/gm;

function relativeImports(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, module, list] of text.matchAll(RELATIVE_IMPORT)) {
    if (module !== undefined) names.add(`${module.replaceAll('.', '/')}.py`);
    for (const name of list?.split(',') ?? []) names.add(`${name.trim().split(' ')[0] ?? ''}.py`);
    if (names.size >= MAX_REPOSITORY_USES) break;
  }
  return [...names];
}

function pythonRole(name: string): PythonRole {
  switch (baseOf(name).toLowerCase()) {
    case 'hubconf.py':
      return 'hubconf';
    case '__init__.py':
      return 'package';
    case 'setup.py':
      return 'setup';
    case 'sitecustomize.py':
    case 'usercustomize.py':
      return 'site';
    default:
      return 'module';
  }
}

const TOO_LONG: RepoPythonFact['gap'] = { cause: 'limit', reason: `it has more than ${MAX_SOURCE_BYTES} bytes` };

async function python(file: FileFacts): Promise<void> {
  const role = pythonRole(file.member.name);
  if (role === 'hubconf') file.marker = 'torch-hub';
  const bytes = await file.bytes(MAX_SOURCE_BYTES);
  if (bytes === null) {
    file.add({ ...pythonFact(file, role), gap: TOO_LONG });
    return;
  }
  file.names = relativeImports(new TextDecoder().decode(bytes));
  addPython(file, role, bytes, null);
}

function pythonFact(file: FileFacts, role: PythonRole): RepoPythonFact {
  const at = file.at(null);
  return {
    kind: 'repo.python',
    at,
    identity: file.identity,
    role,
    effects: [],
    moreEffects: 0,
    gap: null,
    linked: null,
  };
}

/** Nothing runs a notebook but a person: what its cells do is judged like Python that nothing names. */
async function notebook(file: FileFacts): Promise<void> {
  const bytes = await file.bytes(MAX_SOURCE_BYTES);
  if (bytes === null) {
    file.add({ ...pythonFact(file, 'notebook'), gap: TOO_LONG });
    return;
  }
  addEffects(
    file,
    'notebook',
    notebookEffects(bytes, () => file.budget.checkTime()),
    null,
  );
}

/** `line`: of the file, where the source is one line of it. */
function addPython(file: FileFacts, role: PythonRole, source: Uint8Array, line: number | null): void {
  const analysed = pythonEffects(source, role === 'setup', () => file.budget.checkTime());
  addEffects(file, role, analysed, line);
}

/** Where not all calls are listed, those are that an attack is made of. */
const GRAVE: readonly PythonEffect['kind'][] = [
  'decoded-payload',
  'downloaded-code',
  'exfiltration',
  'execution',
  'process',
];

function rankOf({ kind, when }: PythonEffect): number {
  const rank = GRAVE.indexOf(kind);
  return (rank < 0 ? GRAVE.length : rank) + (when === 'import' ? 0 : GRAVE.length + 1);
}

function addEffects(file: FileFacts, role: PythonRole, { found, more, gap }: Analysed, line: number | null): void {
  const listed = found.length > MAX_REPOSITORY_USES ? found.toSorted((a, b) => rankOf(a) - rankOf(b)) : found;
  const effects = listed.slice(0, MAX_REPOSITORY_USES).map((effect) => (line === null ? effect : { ...effect, line }));
  const moreEffects = found.length - effects.length + more;
  // A file without effects is one as well, for what names it: its content becomes part of what is accepted.
  const fact = pythonFact(file, role);
  const [first] = effects;
  const cell = first?.cell === undefined ? {} : { cell: first.cell };
  const at = { ...fact.at, line: line ?? first?.line ?? null, ...cell };
  file.add({ ...fact, at, effects, moreEffects, gap });
}

/** UTF-8, or what the encoding of the system makes of it. */
const textOfPath = (bytes: Uint8Array): string => decodeAs('utf-8', bytes) ?? latin1(bytes);

const EXECUTED = /^import[ \t]/;

const linesOfPath = (text: string): readonly string[] => text.split(PYTHON_LINES);

/** A line of a path configuration file that begins with `import` is executed whenever Python starts (site.py, `addpackage`). */
async function site(file: FileFacts): Promise<void> {
  const { source } = file.member;
  const head = (await source.read(0, HEAD_BYTES)).slice();
  // Checkpoints have the same ending. Python executes the lines before one that it cannot read.
  if (head.length === 0 || head[0] === 0x80) return;
  if (head.includes(0) && !linesOfPath(latin1(head)).some((line) => EXECUTED.test(line))) return;
  const bytes = await file.bytes(MAX_REPOSITORY_FILE_BYTES);
  if (bytes === null) {
    file.note('limit', `more than ${MAX_REPOSITORY_FILE_BYTES} bytes of a path configuration file`);
    return;
  }
  const lines = linesOfPath(textOfPath(bytes));
  for (const [i, line] of lines.entries())
    if (EXECUTED.test(line)) addPython(file, 'site', new TextEncoder().encode(`${line}\n`), i + 1);
}
