/** Something that can be asked of a text in one pass over it. */
interface Word {
  test(text: string): boolean;
}

/** `"application/x-pickle"`: a slash, and `ickle` behind it, between a quote and the next quote or line end. */
export const NAMED_MEDIA_TYPE: Word = {
  test(text) {
    let isText = false;
    let hasSlash = false;
    for (const [part] of text.matchAll(/["'\n/]|ickle/gi)) {
      if (part === '\n') isText = false;
      else if (part === '"' || part === "'") [isText, hasSlash] = [true, false];
      else if (part === '/') hasSlash = true;
      else if (isText && hasSlash) return true;
    }
    return false;
  },
};
const PICKLE_SETTING = /allow_pickle|jsonpickle|serializer|accept/i;

/**
 * Words that occur in every source that loads objects, or says that it takes them; all of a row somewhere in the text. A
 * loader that is looked up by a name in parts is not found by its words; those rows are in source-calls.ts.
 */
export const LOADER_WORDS: readonly (readonly Word[])[] = [
  [/ickle|dill|joblib|torch|yaml|marshal|srsly/, /\b_?(?:pickle_)?loads?(?:_all)?\b|npickler|ead_pickle|unsafe_load/],
  // A module of loaders as a value: `Stage(pickle)`.
  [/[(,=[{:]\s{0,8}(?:\w{1,30}\.){0,2}(?:c?[pP]ickle|cloudpickle|_pickle|dill)\s{0,8}[,)\]}]/],
  [/ickle/, { test: (text) => PICKLE_SETTING.test(text) || NAMED_MEDIA_TYPE.test(text) }],
  [/python-serialize|insecure_serializers|recv_pyobj|recv_serialized|eepdiff|shelve/],
  [/multiprocess/, /Listener|Client|BaseManager|SyncManager/],
  [/torch/, /gather_object|object_list/],
  [/mpi4py/],
  [/\.poll\(/, /\.recv\(\)/],
];

/** One of these occurs in every source that takes bytes from outside: it may hand them to a loader of another file. */
export const SOURCE_OF_BYTES =
  /\b(?:recv\w*|request|requests|rfile|[Ww]eb[Ss]ocket\w*|redis|[Kk]afka\w*|get_object|fetchone|fetchall|urlopen|StreamReader|readexactly|pika|nats|mqtt|Servicer|context|kazoo|etcd\w*|a?etcd3|consul|rados|petrel_client|aoss_client|uwsgi|memcache\w*|pylibmc|pymemcache|aiomcache|appengine|ndb|boto3?|aioboto\w*|botocore|kinesis|s3fs|gcsfs|adlfs|fsspec|smart_open|hdfs|sqlalchemy|sqlmodel|flask_sqlalchemy|peewee|tortoise|mongoengine|beanie|pymongo|motor|gridfs|rethinkdb|cassandra|asyncpg|psycopg\w*|pymysql|databases|hazelcast|aerospike|couchbase|elasticsearch|opensearchpy|lmdb|aio_pika|kombu|servicebus|eventhub|pubsub\w*|confluent_kafka|aiokafka|faust|pulsar|aiomqtt|stomp|celery|huey|dramatiq|rq|xcom_pull|pynng|mpi4py|ftplib|aioftp|paramiko|asyncssh|fabric|socketio|flask_socketio|channels|autobahn|litestar|falcon|sanic|tornado|twisted|anyio|trio|urllib3|httpx|xmlrpc|rpyc|Pyro[45]|zerorpc|nameko|streamlit|gradio|e2b\w*|imaplib|poplib|zeroconf|start_response)\b/;
