import { COLLECTIVES, MANAGERS, sinkOf } from '../catalogue/lookup.js';
import { NAMED_MEDIA_TYPE } from '../catalogue/serving-words.js';
import type { PythonModule } from '../python/module.js';
import type { Scope } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { lastName } from './member-source.js';
import { isHanded, isLoaderModule } from './references.js';

/** Signs of a loader, or of a setting, that need no resolved name. */
const SIGNS =
  /npickler|recv_pyobj|recv_serialized|python-serialize|serializer|accept_content|Listener|insecure_serializers|\bmpi4py\b|\.recv\(\)|\b(?:celery|kombu)\b/i;
const REFLECTION = /\b(?:getattr|attrgetter|methodcaller|vars|__dict__|__call__|__getattribute__)\b/;
/** The last names of loaders. */
const LOADERS =
  /^_?(?:(?:pickle_)?loads?|load_all|unsafe_load\w*|read_pickle|decode|Delta|open|\w+_object\w*|\w*Manager)$/;

/** The last names of modules of loaders; an alias may have any name. */
const MODULE_NAMES = /pickle|dill|joblib|marshal|^[a-z]{1,3}$/i;

/** `Stage(pickle)` */
function handsModule(module: PythonModule, value: Expression, scope: Scope): boolean {
  if (!MODULE_NAMES.test(lastName(value))) return false;
  return module.resolve({ value, scope }).some((of) => of.kind === 'path' && isLoaderModule(of.path));
}

/** False where no name in the module leads to a loader: most sources end here. */
export function mayLoad(module: PythonModule): boolean {
  const { text } = module.source;
  if (SIGNS.test(text) || NAMED_MEDIA_TYPE.test(text)) return true;
  const leads = (path: string): boolean => sinkOf(path) !== null || COLLECTIVES.test(path) || MANAGERS.test(path);
  const isLoader = (
    node: Parameters<typeof lastName>[0],
    scope: Parameters<PythonModule['resolve']>[0]['scope'],
  ): boolean => module.resolve({ value: node, scope }).some((of) => of.kind === 'path' && leads(of.path));
  // An alias may have any name: what is imported from a module of loaders counts.
  if (module.imports.some(({ module: from, name }) => name !== null && name !== '*' && leads(`${from}.${name}`)))
    return true;
  // A module of loaders of which a name is asked for that is put together, or stands in a text.
  if (
    REFLECTION.test(text) &&
    module.imports.some(({ module: from }) => leads(`${from}.loads`) || leads(`${from}.load`))
  )
    return true;
  if (module.uses.some(({ value, scope, position }) => isHanded(position) && handsModule(module, value, scope)))
    return true;
  return (
    module.calls.some(({ call, scope }) => LOADERS.test(lastName(call.callee)) && isLoader(call.callee, scope)) ||
    module.uses.some(({ value, scope }) => LOADERS.test(lastName(value)) && isLoader(value, scope))
  );
}
