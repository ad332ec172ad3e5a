/**
 * The look-up of the catalogue: what its tables say of a name. The tables are in `data`, what the program reads of
 * them in `generated`. Nothing here judges: see classify.ts for verdicts on globals, the rules for those on source. Which
 * names are allowed is asked in allowed.ts, which collecting must not reach.
 */
import { lazy, perObject, remembered } from '../model/lazy.js';
import { packageOf } from '../model/module-name.js';
import { CONDITIONAL, MEMBERS } from './generated/conditional.js';
import { DANGER_MODULES, DANGER_NAMES, DANGER_WALKS } from './generated/danger.js';
import {
  NESTED,
  PYTHON2_MODULES,
  RENAMED,
  RENAMED_MODULES,
  RESULTS,
  SLOTS,
  TORCHSCRIPT_NAMES,
} from './generated/names.js';
import { PACKS } from './generated/packs.js';
import { PIPELINE_MODULES, TARGET_FUNCTIONS, TARGET_PACKAGES } from './generated/repositories.js';
import { USES } from './generated/uses.js';
import type { Hazard } from './hazard.js';
import { lazySet, nameTable } from './name-table.js';
import type { ConditionalRow, DangerEntry, Pack } from './rows.js';

export type { ConditionalRow, DangerEntry } from './rows.js';

const packOf = (module: string): Pack | undefined => PACKS.get(packageOf(module));

// ---- Names that are judged by their calls and states ----

const conditional = nameTable(CONDITIONAL);

/** The row of a name that a judge decides on (judges/index.ts). */
export function findConditionalRow(module: string, name: string): ConditionalRow | undefined {
  return conditional.find(module, name);
}

const shapesOf = perObject((pack: Pack): ReadonlyMap<string, string> => {
  const forms = new Map<string, string>();
  for (const line of pack.shapes?.split('\n') ?? []) {
    const colon = line.indexOf(': ');
    const [module = '', ...names] = line.slice(0, colon).split(' ');
    for (const name of names) forms.set(`${module}\n${name}`, line.slice(colon + 2));
  }
  return forms;
});

/** The forms of the calls and states of a name that is judged by all of them (call-shapes.ts). */
export function findShapes(module: string, name: string): string | undefined {
  const pack = packOf(module);
  return pack?.shapes === undefined ? undefined : shapesOf(pack).get(`${module}\n${name}`);
}

/** The same of a full name, for any end of its module; `isMember`: of a member of a class only. */
export function findShapesOfFull(full: string, isMember = false): string | undefined {
  const pack = packOf(full);
  if (pack?.shapes === undefined) return undefined;
  const known = shapesOf(pack);
  for (let dot = full.indexOf('.'); dot >= 0; dot = full.indexOf('.', dot + 1)) {
    const name = full.slice(dot + 1);
    const forms = isMember && !name.includes('.') ? undefined : known.get(`${full.slice(0, dot)}\n${name}`);
    if (forms !== undefined) return forms;
  }
  return undefined;
}

const nested = nameTable(NESTED);

/** Whether `Class.member`, as protocol 4 names it, is the name of a class or function that saves write. */
export function isNestedName(module: string, name: string): boolean {
  return name.includes('.') && (findShapes(module, name) !== undefined || nested.find(module, name) !== undefined);
}

const isMember = lazySet(MEMBERS, '\n');
const isMemberInPack = perObject((pack: Pack) => lazySet(pack.members ?? '', '\n'));

/** Whether saves keep this member of a class, or of an instance of it. */
export function isKeptMember(owner: string, member: string): boolean {
  const key = `${owner} ${member}`;
  if (isMember(key)) return true;
  const pack = packOf(owner);
  return pack?.members !== undefined && isMemberInPack(pack)(key);
}

// ---- Uses ----

/** What the tables say of the uses of a package's names, in the notation of uses.ts. */
export interface PackageUses {
  /** Names whose state is native, or whose class does more: nothing is ordinary. */
  readonly exact: ReadonlySet<string>;
  /** The codes of each name; `*`: of all others, `@module`: of a module. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Nothing of the package is ordinary. */
  readonly isClosed: boolean;
}

const sections = lazy(
  () => new Map(USES.flatMap((section) => section.packages.split(' ').map((name) => [name, section] as const))),
);

/** Parsed uses of packages. */
const KEPT_PACKAGES = 1_000;

/** The uses of a package; they are read when a name of it is asked for. */
export const findUses = remembered(KEPT_PACKAGES, (packageName: string): PackageUses | undefined => {
  const section = sections().get(packageName);
  const ofPack = packOf(packageName)?.uses;
  if (section === undefined && ofPack === undefined) return undefined;
  const codes = new Map<string, string[]>();
  const exact = new Set<string>();
  for (const line of `${section?.lines ?? ''}\n${ofPack ?? ''}`.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const own = line
      .slice(colon + 2)
      .split(' ')
      .filter((code) => code !== '');
    for (const word of line.slice(0, colon).split(' ')) {
      const name = word.replace(/!$/, '');
      if (name !== word) exact.add(name);
      const before = codes.get(name);
      if (before === undefined) codes.set(name, own);
      else codes.set(name, [...before, ...own]);
    }
  }
  return { exact, codes, isClosed: section?.isClosed === true };
});

const isSlotClass = lazySet(SLOTS, '\n');

/** Whether default pickles of a class carry a state whose second part is set attribute by attribute. */
export function writesAttributeState(module: string, name: string): boolean {
  return isSlotClass(`${module}.${name}`);
}

const results = nameTable(RESULTS);

/** What calling a global gives. Instances of pandas have attributes of their own; makers of pandas take them. */
export function givesOf(module: string, name: string): 'data' | 'items' | 'kin' | 'open' {
  return results.find(module, name)?.gives ?? (packageOf(module) === 'pandas' ? 'kin' : 'open');
}

// ---- Dangerous names ----

function dangerEntry(hazard = '', why = ''): DangerEntry {
  const primitive = hazard.endsWith('!');
  return { hazard: (primitive ? hazard.slice(0, -1) : hazard) as Hazard, why, primitive };
}

const dangerModules = lazy(
  (): ReadonlyMap<string, DangerEntry> =>
    new Map(
      DANGER_MODULES.split('\n').map((line) => {
        const [name = '', hazard, why] = line.split('\t');
        return [name, dangerEntry(hazard, why)];
      }),
    ),
);

/** What the danger list says of a module in which nothing is fit to be named. */
export function findDangerModule(module: string): DangerEntry | undefined {
  return dangerModules().get(module);
}

const dangerRows = lazy(() => {
  const rows = new Map<string, string[]>();
  for (const row of DANGER_NAMES.split('\n')) {
    for (const carrier of row.slice(0, row.indexOf('\t')).split(' ')) {
      const known = rows.get(carrier);
      if (known === undefined) rows.set(carrier, [row]);
      else known.push(row);
    }
  }
  return rows;
});

/** Dangerous names of modules, split. */
const KEPT_MODULES = 1_000;

/** The dangerous names of one module; its rows are split when the module is first asked for. */
export const findDangerNames = remembered(
  KEPT_MODULES,
  (module: string): ReadonlyMap<string, DangerEntry> | undefined => {
    const rows = dangerRows().get(module);
    if (rows === undefined) return undefined;
    const names = new Map<string, DangerEntry>();
    for (const row of rows) {
      const [, own = '', hazard, why] = row.split('\t');
      const entry = dangerEntry(hazard, why);
      for (const name of own.split(' ')) names.set(name, entry);
    }
    return names;
  },
);

/** True for a module that many others import: a stream that fetches its object out of a harmless module can continue from there. */
export const isWalkedModule = lazySet(DANGER_WALKS, ' ');

// ---- Names of their time, and of other readers ----

const renamedModules = lazy(
  (): ReadonlyMap<string, string> =>
    new Map(RENAMED_MODULES.split('\n').map((line) => line.split(' ') as [string, string])),
);
const renamed = lazy(
  (): ReadonlyMap<string, readonly [module: string, name: string]> =>
    new Map(
      RENAMED.split('\n').map((line) => {
        const [from, fromName, to = '', toName = ''] = line.split(' ');
        return [`${from}\n${fromName}`, [to, toName]];
      }),
    ),
);

/** What `find_class` looks up instead of a Python 2 name, or null when it looks up the name itself. */
export function mapPython2Name(module: string, name: string): { module: string; name: string } | null {
  const pair = renamed().get(`${module}\n${name}`);
  if (pair !== undefined) return { module: pair[0], name: pair[1] };
  const own = renamedModules().get(module);
  return own === undefined ? null : { module: own, name };
}

/** True for a module that no Python 3 has: beyond the protocols of its time, anybody's module of that name is imported. */
export const isPython2Module = lazySet(PYTHON2_MODULES, '\n');

const isBuilder = lazySet(TORCHSCRIPT_NAMES, '\n');

/** True for what PyTorch's C++ reader knows by name: its own functions, and types under `__torch__`. */
export function isTorchScriptName(module: string, name: string): boolean {
  return module === '__torch__' || module.startsWith('__torch__.') || isBuilder(`${module} ${name}`);
}

// ---- What the machine goes by ----

export {
  ARRAY_MAKERS,
  ARRAY_WRAPPERS,
  BYTE_CARRIERS,
  INERT_DUNDERS,
  PANDAS_ARRAYS,
  PANDAS_MAKERS,
  STATE_KEYS,
} from './generated/machine.js';

// ---- What other parts of the program load: PyTorch's restricted unpickler and operators, and Python source ----

export { CLASS_NAMESPACES, OPERATOR_NAMESPACES } from './generated/torch-namespaces.js';
export { isBuiltinOperator } from './torch-operators.js';
export {
  WEIGHTS_ONLY_VERSION,
  weightsOnlyArity,
  weightsOnlyKind,
  type WeightsOnlyKind,
  weightsOnlyName,
} from './weights-only.js';
export {
  BYTES_FROM_OUTSIDE,
  DYNAMIC_NAMES,
  NAMESPACE_NAMES,
  SOURCE_WORDS,
  WATCHED_LEAVES,
} from './generated/watched.js';
export {
  BYTES_STREAM,
  CALLBACKS,
  CALLBACK_MEMBERS,
  CARRIERS,
  CARRIER_NAME,
  CLEAN_MEMBERS,
  CLIENT_MODULES,
  COLLECTIVES,
  COLLECTIVE_NAME,
  COMMAND_DECORATORS,
  COMMAND_MODULES,
  COMPARE,
  CONVERTER_NAME,
  DIFFER,
  DOWNLOADS,
  ENTRY_POINTS,
  FILLERS,
  FILLS,
  FILLS_LAST,
  HIGHER_ORDER,
  INJECTED,
  LOADED_ARGUMENT,
  LOADS_DOWNLOAD,
  LOCAL_STORES,
  LOOKING_AT_ITEMS,
  LOOKS_UP,
  MAC,
  MANAGERS,
  NAMED_PARAMETERS,
  NETWORK_HELPERS,
  NETWORK_MODULES,
  NETWORK_WORDS,
  NEVER_RETURNS,
  NEW_TENSOR,
  NO_PATH_KEYWORDS,
  NUMBER_PARAMETERS,
  OPENERS,
  OTHER_RESULTS,
  OWN_NAME,
  PARSING_METHODS,
  PASSING_METHODS,
  PATH_ORIGINS,
  PICKLE_MEDIA_TYPE,
  QUIET_MODULES,
  RECEIVING_SINKS,
  SHARED_PATH,
  SOURCE_CALLS,
  SOURCE_MEMBERS,
  SOURCE_PATHS,
  STORE_MODULES,
  STORE_SCHEMES,
  STORE_WORDS,
  SWALLOWERS,
  TENSOR,
  TENSOR_COLLECTIVES,
  TRANSPARENT,
  TRANSPARENT_DECORATORS,
  TYPED_PARAMETERS,
  UNPICKLER,
  VERIFIERS,
  WORKER_MODULES,
  ZMQ_DECODED,
} from './generated/python-source.js';
export {
  DECODERS,
  DECODING_METHODS,
  EFFECTS,
  EFFECT_METHODS,
  ENVIRONMENT,
  HELPERS,
  NOT_ORDINARY,
  ORDINARY_MODULES,
  SENSITIVE,
} from './generated/effects.js';
export { sinkOf } from './sinks.js';
export type { EntryPoint, Reach, ReceivingSink, Sink, SourceKind, SourceMember } from './source-rows.js';

// ---- The review of allow entries ----

export {
  ATTRIBUTE_BUILTINS,
  BUILTIN_DANGERS,
  PLAIN_BUT,
  PLAIN_MODULES,
  PLAIN_NAMES,
} from './generated/source-review.js';

// ---- Keras ----

export {
  BUILTINS_FOR_KERAS,
  KERAS_CLASSES,
  KERAS_FUNCTIONS,
  KERAS_PACKAGES,
  KERAS_TENSOR_PARTS,
  TENSORFLOW_PARTS,
} from './generated/keras.js';

// ---- Model repositories ----

export { LOADERS } from './generated/repositories.js';

const targetPackages = lazySet(TARGET_PACKAGES, '\n');
const targetFunctions = lazySet(TARGET_FUNCTIONS, '\n');

/** Whether a configuration may have a class of this module made. */
export function isTargetPackage(module: string): boolean {
  for (let end = module.length; end > 0; end = module.lastIndexOf('.', end - 1))
    if (targetPackages(module.slice(0, end))) return true;
  return false;
}

/** The same of a function of this module. */
export function isTargetFunction(module: string): boolean {
  for (let end = module.length; end > 0; end = module.lastIndexOf('.', end - 1))
    if (targetFunctions(module.slice(0, end))) return true;
  return false;
}

/** A module of pipelines that diffusers itself has. */
export const isPipelineModule = lazySet(PIPELINE_MODULES, '\n');
