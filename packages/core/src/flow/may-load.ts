import { COLLECTIVES, MANAGERS, sinkOf } from '../catalogue/lookup.js';
import { NAMED_MEDIA_TYPE } from '../catalogue/serving-words.js';
import type { PythonModule } from '../python/module.js';
import { lastName } from './member-source.js';
import { isHanded, isLoaderModule } from './references.js';

/** Signs of a loader, or of a setting, that need no resolved name. */
const SIGNS =
  /npickler|pickl\w*\.loads?\(|recv_pyobj|recv_serialized|python-serialize|serializer|accept_content|Listener|insecure_serializers|\bmpi4py\b|\.recv\(\)|\b(?:celery|kombu)\b/i;
const REFLECTION = /\b(?:getattr|attrgetter|methodcaller|vars|__dict__|__call__|__getattribute__)\b/;
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
  if (handsModule(module)) return true;
  return (
    module.calls.some(({ call, scope }) => LOADERS.test(lastName(call.callee)) && isLoader(call.callee, scope)) ||
    module.uses.some(({ value, scope }) => LOADERS.test(lastName(value)) && isLoader(value, scope))
  );
}
