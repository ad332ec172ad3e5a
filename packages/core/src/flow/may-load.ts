import { COLLECTIVES, MANAGERS, sinkOf } from '../catalogue/lookup.js';
import { NAMED_MEDIA_TYPE } from '../catalogue/loader-words.js';
import type { PythonModule } from '../python/module.js';
import type { Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { lastName } from './member-source.js';
import { isHanded, isLoaderModule } from './references.js';

/** Signs of a loader that need no resolved name. */
const SIGNS = /npickler|pickl\w*\.loads?\(|recv_pyobj|recv_serialized|python-serialize|insecure_serializers/i;
/** A setting, and what it has to name. */
const SETTING = /serializer|accept_content|\b(?:celery|kombu)\b/i;
const PICKLE_NAME = /pickle|python-serialize|dill|joblib/i;
const MPI = /\bmpi4py\b/;
/** Connections of `multiprocessing`, by their makers or by how they are used. */
const LISTENS = /Listener/i;
const PROCESSES = /multiprocess/;
const RECEIVES = /\.recv\(\)/;
const POLLS = /\.poll\(|multiprocess/;
/** A loader that somebody gives: `serializer.loads(data)`. */
const GIVEN = /serializer/i;
const REFLECTION = /\b(?:getattr|attrgetter|methodcaller|vars|__dict__|__call__|__getattribute__)\b/;
const OWN_MEMBERS = /\.\s{0,20}__(?:dict|call|getattribute)__\b/g;
/** UTF-16 units before such a member, and of a value, in which the name of a module is searched for. */
const NEAR = 200;
/** What asks about a module, and gives nothing of it. */
const ASKS = /^(?:hasattr|isinstance|issubclass|type|id|dir|repr|str|print|reload)$/;
/** The last names of loaders. */
const LOADERS =
  /^_?(?:(?:pickle_)?loads?|load_all|unsafe_load\w*|read_pickle|decode|Delta|open|\w+_object\w*|\w*Manager)$/;

/** `Stage(pickle)`: a module of loaders that is given to somebody. */
function handsModule(module: PythonModule): boolean {
  const isImported = module.imports.some(({ module: from, name }) =>
    isLoaderModule(name === null || name === '*' ? from : `${from}.${name}`),
  );
  if (!isImported) return false;
  return module.uses.some(
    ({ value, scope, position }) =>
      isHanded(position) &&
      MODULE_NAME.test(lastName(value)) &&
      module.resolve({ value, scope }).some((of) => of.kind === 'path' && isLoaderModule(of.path)),
  );
}
/** What modules of loaders are called, or imported as. */
const MODULE_NAME = /pickle|dill|^[a-z]{1,4}$/i;

function leads(path: string): boolean {
  return sinkOf(path) !== null || COLLECTIVES.test(path) || MANAGERS.test(path);
}

function hasLoaders(path: string): boolean {
  return leads(`${path}.loads`) || leads(`${path}.load`);
}

/**
 * A module of loaders of which a name is asked for that is put together, or stands in a text; or that is a value, so that
 * this may happen where the module has another name.
 */
function reflects(module: PythonModule): boolean {
  const names = new Set<string>();
  for (const { binding, name } of module.scope.all)
    if (binding.kind === 'import' && hasLoaders(binding.path)) names.add(name);
  if (names.size === 0) return false;
  const { text } = module.source;
  const isNamed = (part: string): boolean => part.split(/\W+/).some((word) => names.has(word));
  for (const { index } of text.matchAll(OWN_MEMBERS))
    if (isNamed(text.slice(Math.max(0, index - NEAR), index))) return true;
  const isModule = ({ value, scope }: Scoped): boolean =>
    isNamed(module.textOf(value)) &&
    (value.to - value.from > NEAR ||
      module.resolve({ value, scope }).some((of) => of.kind === 'path' && hasLoaders(of.path)));
  for (const { value, scope, call } of module.uses) {
    if (value.to - value.from > NEAR || (value.kind !== 'name' && value.kind !== 'attribute')) continue;
    if (!isModule({ value, scope })) continue;
    const asked = call === null ? '' : lastName(call.callee);
    if (ASKS.test(asked)) continue;
    if (asked !== 'getattr' || call?.args[0]?.value !== value) return true;
    if (mayAskForLoader(module, { value, scope }, call.args[1]?.value)) return true;
  }
  for (const { binding } of module.scope.all)
    if (binding.kind === 'value' && CHOICES.has(binding.of.value.kind) && isModule(binding.of)) return true;
  return false;
}
/** Expressions that may be a module. */
const CHOICES = new Set<Expression['kind']>(['name', 'attribute', 'conditional', 'operation', 'walrus']);

/** `getattr(pickle, name)`: of other modules than those of pickle only the names count that are written down. */
function mayAskForLoader(module: PythonModule, of: Scoped, name: Expression | undefined): boolean {
  const parts = name === undefined ? [] : module.textParts({ value: name, scope: of.scope });
  const asked = parts.length > 0 && parts.every((part) => part !== null) ? parts.join('') : null;
  return module
    .resolve(of)
    .some((at) => at.kind === 'path' && (asked === null ? isLoaderModule(at.path) : leads(`${at.path}.${asked}`)));
}

/** A setting or an object of the module may be a loader that a file around it defines. */
export function mayBeGiven({ source: { text } }: PythonModule): boolean {
  return GIVEN.test(text);
}

/** False where no name in the module leads to a loader: most sources end here. */
export function mayLoad(module: PythonModule): boolean {
  const { text } = module.source;
  if (SIGNS.test(text) || NAMED_MEDIA_TYPE.test(text) || (SETTING.test(text) && PICKLE_NAME.test(text))) return true;
  if (module.imports.some(({ module: from }) => MPI.test(from))) return true;
  if ((LISTENS.test(text) && PROCESSES.test(text)) || (RECEIVES.test(text) && POLLS.test(text))) return true;
  const isLoader = (
    node: Parameters<typeof lastName>[0],
    scope: Parameters<PythonModule['resolve']>[0]['scope'],
  ): boolean => module.resolve({ value: node, scope }).some((of) => of.kind === 'path' && leads(of.path));
  // An alias may have any name: what is imported from a module of loaders counts.
  if (module.imports.some(({ module: from, name }) => name !== null && name !== '*' && leads(`${from}.${name}`)))
    return true;
  if (REFLECTION.test(text) && reflects(module)) return true;
  if (handsModule(module)) return true;
  return (
    module.calls.some(({ call, scope }) => LOADERS.test(lastName(call.callee)) && isLoader(call.callee, scope)) ||
    module.uses.some(({ value, scope }) => LOADERS.test(lastName(value)) && isLoader(value, scope))
  );
}
