// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

export const SAME: readonly (readonly [string, string])[] = [
  ['torch.serialization.load', 'torch.load'],
  ['torch.utils.model_zoo.load_url', 'torch.hub.load_state_dict_from_url'],
  ['torch.utils.model_zoo.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision._internally_replaced_utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision.models.utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
];

export const SAME_BELOW: readonly (readonly [string, string])[] = [
  ['torch._ops.ops.', 'torch.ops.'],
  ['torch._classes.classes.', 'torch.classes.'],
  ['builtins.torch.', 'torch.'],
];

export const SOURCE_WORDS: readonly string[] = 'torch'.split(' ');
export const WATCHED: ReadonlySet<string> = new Set('torch.load torch.hub.load torch.hub.list torch.hub.help torch.hub.load_state_dict_from_url torch.hub.download_url_to_file torch.ops.load_library torch.classes.load_library torch.utils.cpp_extension.load torch.utils.cpp_extension.load_inline'.split(' '));
export const WATCHED_BELOW: readonly string[] = 'torch.ops. torch.classes.'.split(' ');
export const WATCHED_LEAVES: readonly string[] = 'load list help load_state_dict_from_url load_url download_url_to_file load_library load_inline'.split(' ');
export const NAMESPACE_NAMES: readonly string[] = 'ops classes'.split(' ');
export const DYNAMIC_NAMES: readonly string[] = 'getattr import_module __import__ __builtins__ builtins modules vars globals locals __dict__'.split(' ');
export const HUBCONF_WATCHED: ReadonlySet<string> = new Set('os.system os.popen os.startfile builtins.eval builtins.exec builtins.compile builtins.__import__ importlib.import_module importlib.__import__ importlib.reload importlib.util.spec_from_file_location importlib.machinery.SourceFileLoader urllib.urlopen urllib.urlretrieve urllib2.urlopen gdown.download gdown.cached_download gdown.download_folder wget.download huggingface_hub.hf_hub_download huggingface_hub.snapshot_download pip.main'.split(' '));
export const HUBCONF_BELOW: readonly string[] = 'subprocess. os.exec os.spawn os.posix_spawn pty. runpy. socket. ftplib. http.client. urllib.request. urllib3. requests. httpx. aiohttp. git.Repo. pip._internal.'.split(' ');
export const LOOKING: ReadonlySet<string> = new Set('builtins.callable builtins.isinstance builtins.issubclass builtins.hasattr builtins.getattr builtins.repr builtins.str builtins.id builtins.type builtins.print builtins.dir builtins.vars builtins.help builtins.hash functools.wraps functools.update_wrapper functools.partial functools.partialmethod'.split(' '));
export const FOLLOWED: ReadonlySet<string> = new Set('builtins.staticmethod builtins.classmethod functools.cache typing.cast'.split(' '));

export const LOADER_WORDS: readonly (readonly RegExp[])[] = [
  [/ickle|dill|joblib|torch|yaml|marshal|srsly/, /\b_?(?:pickle_)?loads?(?:_all)?\b|npickler|ead_pickle|unsafe_load/],
  [/[(,=[{:]\s{0,8}(?:\w{1,30}\.){0,2}(?:c?[pP]ickle|cloudpickle|_pickle|dill)\s{0,8}[,)\]}]/],
  [/ickle/, /allow_pickle|jsonpickle|serializer|accept/i],
  [/python-serialize|insecure_serializers|recv_pyobj|recv_serialized|eepdiff|shelve/],
  [/multiprocess/, /Listener|Client|BaseManager|SyncManager/],
  [/torch/, /gather_object|object_list/],
  [/mpi4py/],
  [/\.poll\(/, /\.recv\(\)/],
];

export const BYTES_FROM_OUTSIDE = /\b(?:[Kk]afka\w*|[Ww]eb[Ss]ocket\w*|a?etcd3|adlfs|aerospike|aio_pika|aioboto\w*|aioftp|aiokafka|aiomcache|aiomqtt|anyio|aoss_client|appengine|asyncpg|asyncssh|autobahn|beanie|boto3?|botocore|cassandra|celery|channels|confluent_kafka|consul|context|couchbase|databases|dramatiq|e2b\w*|elasticsearch|etcd\w*|eventhub|fabric|falcon|faust|fetchall|fetchone|flask_socketio|flask_sqlalchemy|fsspec|ftplib|gcsfs|get_object|gradio|gridfs|hazelcast|hdfs|httpx|huey|imaplib|kazoo|kinesis|kombu|litestar|lmdb|memcache\w*|mongoengine|motor|mpi4py|mqtt|nameko|nats|ndb|opensearchpy|paramiko|peewee|petrel_client|pika|poplib|psycopg\w*|pubsub\w*|pulsar|pylibmc|pymemcache|pymongo|pymysql|pynng|Pyro[45]|rados|readexactly|recv\w*|redis|request|requests|rethinkdb|rfile|rpyc|rq|s3fs|sanic|servicebus|Servicer|smart_open|socketio|sqlalchemy|sqlmodel|start_response|stomp|streamlit|StreamReader|tornado|tortoise|trio|twisted|urllib3|urlopen|uwsgi|xcom_pull|xmlrpc|zeroconf|zerorpc)\b/;
