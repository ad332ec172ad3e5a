import { sinkOf, UNPICKLER, type Sink } from '../catalogue/lookup.js';
import { EMPTY, type Value } from './value.js';

/** A full name that loads objects when it is called, or makes what does. */
export function isLoader(path: string): boolean {
  return sinkOf(path) !== null || UNPICKLER.test(path);
}

/** The loader that a call of a name is, or, of an unpickler, the one that its `load` is. */
export function loaderBehind(path: string): Sink | null {
  const sink = sinkOf(path);
  if (sink !== null || !UNPICKLER.test(path)) return sink;
  return { family: 'pickle', name: `${path}().load`, takes: 'file', argument: 0, keywords: ['file'] };
}

/** The functions in a value: a container, or a function that nothing is known of, gives them back as they are. */
export function functionsIn({ paths, callables }: Value): Value {
  const loaders = paths.filter(isLoader);
  const functions = callables.filter((item) => item.kind === 'lambda' || item.scope.kind === 'function');
  return loaders.length + functions.length === 0 ? EMPTY : { ...EMPTY, paths: loaders, callables: functions };
}

/** The members of a parameter that are followed to what callers give for it: `serializer.loads(data)`. */
export const LOADER_MEMBER = /^(?:_?loads?|load_all|Unpickler|unpickle|read_pickle|deserialize|decode)$/;
