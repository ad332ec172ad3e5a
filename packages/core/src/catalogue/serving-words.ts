/**
 * What has to stand in a source that loads objects, or says that it takes them; all of a row somewhere in the text. A
 * loader that is looked up by a name in parts is not found by its words; those rows are in source-calls.ts.
 */
export const LOADER_WORDS: readonly (readonly RegExp[])[] = [
  [/ickle|dill|joblib|torch|yaml|marshal|srsly/, /\b_?(?:pickle_)?loads?(?:_all)?\b|npickler|ead_pickle|unsafe_load/],
  [/ickle/, /allow_pickle|jsonpickle|["'][^"'\n]*\/[^"'\n]*ickle|serializer|accept/i],
  [/python-serialize|insecure_serializers|recv_pyobj|recv_serialized|eepdiff|shelve/],
  [/multiprocess/, /Listener|Client|BaseManager|SyncManager/],
  [/torch/, /gather_object|object_list/],
];

/** One of these stands in a source that takes bytes from outside: it may hand them to a loader of another file. */
export const SOURCE_OF_BYTES =
  /\b(?:recv\w*|request|requests|rfile|[Ww]eb[Ss]ocket\w*|redis|[Kk]afka\w*|get_object|fetchone|fetchall|urlopen|StreamReader|readexactly|pika|nats|mqtt|Servicer|context)\b/;
