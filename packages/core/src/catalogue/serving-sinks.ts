/** What loads objects: functions that run what the bytes name, and how each is told to take plain data only. */

export type SinkFamily =
  | 'pickle'
  | 'torch'
  | 'numpy'
  | 'yaml'
  | 'shelve'
  | 'forking'
  /** Receives and loads at once. */
  | 'zmq-pyobj'
  | 'connection'
  | 'collective'
  | 'manager'
  | 'celery';

export interface Sink {
  readonly family: SinkFamily;
  /** Short name for people. */
  readonly name: string;
  /** What it takes: the bytes themselves, an open file, or a path or a file. */
  readonly takes: 'bytes' | 'file' | 'path';
  readonly argument: number;
  readonly keywords: readonly string[];
  /** How it is told to be safe, and what its default is. */
  readonly switch?: 'weights_only' | 'allow_pickle' | 'Loader' | 'yaml_safe';
}

const sink = (
  family: SinkFamily,
  takes: Sink['takes'],
  keywords: string,
  more: Partial<Sink> = {},
): Omit<Sink, 'name'> => ({
  family,
  takes,
  argument: 0,
  keywords: keywords.split(' '),
  ...more,
});

const PICKLE_MODULES =
  '(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\\.cloudpickle)?|dill(?:\\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)';

/** By the end of the full name: the modules are imported from many places (`ray.cloudpickle`, `six.moves.cPickle`). */
const TABLE: readonly { readonly path: RegExp; readonly sink: Omit<Sink, 'name'> }[] = [
  { path: /^(?:sklearn\.externals\.)?joblib(?:\.numpy_pickle)?\.load$/, sink: sink('torch', 'path', 'filename') },
  { path: new RegExp(`(?:^|[._])${PICKLE_MODULES}\\._?loads$`), sink: sink('pickle', 'bytes', 'data s obj str') },
  { path: new RegExp(`(?:^|[._])${PICKLE_MODULES}\\._?load$`), sink: sink('pickle', 'file', 'file fid') },
  {
    path: new RegExp(`(?:^|[._])${PICKLE_MODULES}\\._?Unpickler\\(\\)\\.load$`),
    sink: sink('pickle', 'file', 'file', { argument: -1 }),
  },
  { path: /(?:^|\.)(?:srsly\.)?pickle_loads$/, sink: sink('pickle', 'bytes', 'data') },
  { path: /(?:^|\.)ForkingPickler\.loads$/, sink: sink('forking', 'bytes', 'buf') },
  { path: /^torch(?:\.serialization)?\.load$/, sink: sink('torch', 'path', 'f', { switch: 'weights_only' }) },
  { path: /^pandas(?:\.\w+)*\.read_pickle$/, sink: sink('torch', 'path', 'filepath_or_buffer') },
  { path: /^numpy(?:\.lib\.\w+)*\.load$/, sink: sink('numpy', 'path', 'file', { switch: 'allow_pickle' }) },
  { path: /^yaml\.load(?:_all)?$/, sink: sink('yaml', 'bytes', 'stream', { switch: 'Loader' }) },
  { path: /^yaml\.unsafe_load(?:_all)?$/, sink: sink('yaml', 'bytes', 'stream') },
  { path: /^jsonpickle(?:\.unpickler)?\.(?:decode|loads)$/, sink: sink('yaml', 'bytes', 'string') },
  { path: /^marshal\.loads$/, sink: sink('yaml', 'bytes', 'bytes') },
  { path: /^marshal\.load$/, sink: sink('yaml', 'file', 'file') },
  { path: /^deepdiff\.(?:\w+\.)*Delta$/, sink: sink('yaml', 'bytes', 'diff delta_path') },
  { path: /^shelve\.open$/, sink: sink('shelve', 'path', 'filename') },
];

const known = new Map<string, Sink | null>();

export function sinkOf(path: string): Sink | null {
  const found = known.get(path);
  if (found !== undefined) return found;
  const entry = TABLE.find((item) => item.path.test(path));
  const result = entry === undefined ? null : { ...entry.sink, name: path.replace('()', '') };
  if (known.size < MAX_KNOWN) known.set(path, result);
  return result;
}
/** Names that are kept between sources; each is short. */
const MAX_KNOWN = 20_000;

/** Classes whose instances load with `.load()` what they were made with. */
export const UNPICKLER = new RegExp(`(?:^|[._])${PICKLE_MODULES}\\._?Unpickler$`);

/** Members that receive and load in one step. */
export const RECEIVING_SINKS: readonly {
  readonly names: string;
  readonly sink: Sink;
  readonly on: RegExp;
  readonly imports: RegExp;
}[] = [
  {
    names: 'recv_pyobj',
    sink: { family: 'zmq-pyobj', name: 'recv_pyobj', takes: 'bytes', argument: -1, keywords: [] },
    on: /./,
    imports: /^(?:zmq|aiozmq)\b|^$/,
  },
  {
    names: 'recv',
    sink: { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] },
    on: /^(?:torch\.)?multiprocess(?:ing)?\b.*\b(?:Listener|Client)\(\)/,
    imports: /./,
  },
];

/** `torch.distributed` collectives that unpickle what other ranks send. */
export const COLLECTIVES =
  /^torch\.distributed\.(?:distributed_c10d\.)?(?:recv_object_list|broadcast_object_list|scatter_object_list|gather_object|all_gather_object)$/;
export const MANAGERS = /^multiprocess(?:ing)?\.managers\.(?:BaseManager|SyncManager)$/;

/** Media types that mean a pickle, and names of serialisers in a header. */
export const PICKLE_MEDIA_TYPE =
  /^(?:application|binary|text)\/(?:x-)?(?:[\w.]+[.+])?(?:python-)?(?:pickle[d]?|python-serialize|cloudpickle|dill|joblib|pickle-v\d)(?:\s*;.*)?$/i;
