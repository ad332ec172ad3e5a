// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { EntryPoint, NamedParameter, PathRow, ReceivingSink, SinkRow, SourceKind, SourceMember, SourceRow } from '../source-rows.js';

const ZMQ: SourceKind = { reach: 'network', protocol: 'ZeroMQ' };
export const ZMQ_DECODED: SourceKind = { reach: 'network', protocol: 'ZeroMQ', decodes: true };
const SOCKET: SourceKind = { reach: 'network', protocol: 'socket' };
const HTTP: SourceKind = { reach: 'network', protocol: 'HTTP request' };
const WEBSOCKET: SourceKind = { reach: 'network', protocol: 'WebSocket' };
const GRPC: SourceKind = { reach: 'network', protocol: 'gRPC' };
const STREAM: SourceKind = { reach: 'network', protocol: 'asyncio stream' };
const KERNEL: SourceKind = { reach: 'network', protocol: 'code sandbox or kernel' };
const HTTP_CLIENT: SourceKind = { reach: 'network', protocol: 'HTTP response', client: true };
const GRPC_CLIENT: SourceKind = { reach: 'network', protocol: 'gRPC response', client: true };
const REDIS: SourceKind = { reach: 'store', protocol: 'Redis' };
const MEMCACHED: SourceKind = { reach: 'store', protocol: 'memcached' };
const KAFKA: SourceKind = { reach: 'store', protocol: 'Kafka' };
const OBJECTS: SourceKind = { reach: 'store', protocol: 'object storage' };
const QUEUE: SourceKind = { reach: 'store', protocol: 'message queue' };
const MQTT: SourceKind = { reach: 'store', protocol: 'MQTT' };
const NATS: SourceKind = { reach: 'store', protocol: 'NATS' };
const DATABASE: SourceKind = { reach: 'store', protocol: 'database' };
const CELERY: SourceKind = { reach: 'store', protocol: 'Celery task' };
const PIPE: SourceKind = { reach: 'worker', protocol: 'multiprocessing connection' };
const TCP_STORE: SourceKind = { reach: 'worker', protocol: 'torch.distributed store' };
export const TENSOR: SourceKind = { reach: 'worker', protocol: 'torch.distributed tensor' };
const SHARED_MEMORY: SourceKind = { reach: 'worker', protocol: 'shared memory' };
const FILE: SourceKind = { reach: 'local', protocol: 'file' };
const LAUNCHER: SourceKind = { reach: 'local', protocol: 'launcher' };
const ROUND_TRIP: SourceKind = { reach: 'local', protocol: 'round trip' };

export const SINKS: readonly SinkRow[] = [
  { path: /^(?:sklearn\.externals\.)?joblib(?:\.numpy_pickle)?\.load$/, family: 'torch', takes: 'path', argument: 0, keywords: 'filename'.split(' ') },
  { path: /(?:^|[._])(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\.cloudpickle)?|dill(?:\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)\._?loads$/, family: 'pickle', takes: 'bytes', argument: 0, keywords: 'data s obj str'.split(' ') },
  { path: /(?:^|[._])(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\.cloudpickle)?|dill(?:\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)\._?load$/, family: 'pickle', takes: 'file', argument: 0, keywords: 'file fid'.split(' ') },
  { path: /(?:^|[._])(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\.cloudpickle)?|dill(?:\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)\._?Unpickler\(\)\.load$/, family: 'pickle', takes: 'file', argument: -1, keywords: 'file'.split(' ') },
  { path: /(?:^|\.)(?:srsly\.)?pickle_loads$/, family: 'pickle', takes: 'bytes', argument: 0, keywords: 'data'.split(' ') },
  { path: /(?:^|\.)ForkingPickler\.loads$/, family: 'forking', takes: 'bytes', argument: 0, keywords: 'buf'.split(' ') },
  { path: /^torch(?:\.serialization)?\.load$/, family: 'torch', takes: 'path', argument: 0, keywords: 'f'.split(' '), switch: 'weights_only' },
  { path: /^pandas(?:\.\w+)*\.read_pickle$/, family: 'torch', takes: 'path', argument: 0, keywords: 'filepath_or_buffer'.split(' ') },
  { path: /^numpy(?:\.lib\.\w+)*\.load$/, family: 'numpy', takes: 'path', argument: 0, keywords: 'file'.split(' '), switch: 'allow_pickle' },
  { path: /^yaml\.load(?:_all)?$/, family: 'yaml', takes: 'bytes', argument: 0, keywords: 'stream'.split(' '), switch: 'Loader' },
  { path: /^yaml\.unsafe_load(?:_all)?$/, family: 'yaml', takes: 'bytes', argument: 0, keywords: 'stream'.split(' ') },
  { path: /^jsonpickle(?:\.unpickler)?\.(?:decode|loads)$/, family: 'yaml', takes: 'bytes', argument: 0, keywords: 'string'.split(' ') },
  { path: /^marshal\.loads$/, family: 'yaml', takes: 'bytes', argument: 0, keywords: 'bytes'.split(' ') },
  { path: /^marshal\.load$/, family: 'yaml', takes: 'file', argument: 0, keywords: 'file'.split(' ') },
  { path: /^deepdiff\.(?:\w+\.)*Delta$/, family: 'yaml', takes: 'bytes', argument: 0, keywords: 'diff delta_path'.split(' ') },
  { path: /^shelve\.open$/, family: 'shelve', takes: 'path', argument: 0, keywords: 'filename'.split(' ') },
];

export const RECEIVING_SINKS: readonly ReceivingSink[] = [
  { names: 'recv_pyobj', sink: { family: 'zmq-pyobj', name: 'recv_pyobj', takes: 'bytes', argument: -1, keywords: [] }, on: /./, imports: /^(?:zmq|aiozmq)\b|^$/ },
  { names: 'recv', sink: { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] }, on: /^(?:torch\.)?multiprocess(?:ing)?\b.*\b(?:Listener|Client)\(\)/, imports: /./ },
  { names: 'recv', sink: { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] }, named: /conn|client|pipe|peer/i, imports: /^(?:torch\.)?multiprocess(?:ing)?\.connection\.(?:Client|Listener)$/ },
];

export const SOURCE_MEMBERS: readonly SourceMember[] = [
  { names: 'recv recv_multipart recv_string recv_json recv_pyobj', kind: ZMQ, use: 'call', on: /(?:^|\.)(?:zmq|aiozmq|pyzmq)\b.*(?:[sS]ocket|Context)\w*\(\)$|(?:^|\.)zmq\b.*\bSocket\(\)$/, named: /sock|dealer|router|pull|push|sub|pub|req|rep|frontend|backend|pipe|channel|stream/i, imports: /^(?:zmq|aiozmq)\b/ },
  { names: 'recv_serialized', kind: ZMQ_DECODED, use: 'call', on: /(?:^|\.)(?:zmq|aiozmq|pyzmq)\b.*(?:[sS]ocket|Context)\w*\(\)$|(?:^|\.)zmq\b.*\bSocket\(\)$/, named: /sock|dealer|router|pull|push|sub|pub|req|rep|frontend|backend|pipe|channel|stream/i, imports: /^(?:zmq|aiozmq)\b/ },
  { names: 'recv_multipart', kind: ZMQ, use: 'call', named: /./ },
  { names: 'recv recvfrom recvmsg recv_bytes', kind: SOCKET, use: 'call', on: /^(?:socket|ssl)\.(?!.*\.(?:recv|read|makefile)\w*\(\)).*\(\)(?:\[\])*$|^(?:eventlet|gevent|trio)\b.*[sS]ocket.*\(\)(?:\[\])*$/, named: /sock|client|conn|peer|request/i, imports: /^(?:socket|socketserver|SocketServer|ssl|eventlet|gevent|trio)\b/ },
  { names: 'recv_into recvfrom_into', kind: SOCKET, use: 'fills', on: /^(?:socket|ssl)\.(?!.*\.(?:recv|read|makefile)\w*\(\)).*\(\)(?:\[\])*$|^(?:eventlet|gevent|trio)\b.*[sS]ocket.*\(\)(?:\[\])*$/, named: /sock|client|conn|peer|request/i },
  { names: 'makefile', kind: SOCKET, use: 'call', on: /^(?:socket|ssl)\.(?!.*\.(?:recv|read|makefile)\w*\(\)).*\(\)(?:\[\])*$|^(?:eventlet|gevent|trio)\b.*[sS]ocket.*\(\)(?:\[\])*$/, named: /sock|client|conn|peer|request/i },
  { names: 'read readline readlines read1 readexactly readuntil readall readinto iter_content iter_chunked iter_any aread', kind: SOCKET, use: 'call', named: /^rfile$/ },
  { names: 'rfile', kind: SOCKET, use: 'read', named: /^self$/, imports: /^(?:socketserver|http\.server|SocketServer|BaseHTTPServer)\b/ },
  { names: 'read readline readlines read1 readexactly readuntil readall readinto iter_content iter_chunked iter_any aread __anext__', kind: STREAM, use: 'call', on: /(?:^|\.)StreamReader\(\)$|^asyncio\.open_(?:unix_)?connection\(\)\[\]$|^anyio\.connect_\w+\(\)$/, named: /reader$/i, imports: /^(?:asyncio|anyio)\b/ },
  { names: 'body json form stream get_data get_json read content read_body text post bytes media bounded_stream', kind: HTTP, use: 'call', on: /(?:^|\.)(?:flask|quart|bottle)\.request$|(?:^|\.)\w*Request\(\)$/, named: /^(?:request|req)$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/ },
  { names: 'data files form values body json content POST FILES GET args query_params cookies headers stream body_file raw_body query_arguments body_arguments arguments params forms json_body media bounded_stream input_stream', kind: HTTP, use: 'read', on: /(?:^|\.)(?:flask|quart|bottle)\.request$|(?:^|\.)\w*Request\(\)$/, named: /^(?:request|req)$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/ },
  { names: 'get_argument get_body_argument get_query_argument', kind: HTTP, use: 'call', named: /^self$/, imports: /^tornado\b/ },
  { names: 'read readline readlines read1 readexactly readuntil readall readinto iter_content iter_chunked iter_any aread', kind: HTTP, use: 'call', on: /(?:^|\.)UploadFile\(\)$/ },
  { names: 'file', kind: HTTP, use: 'read', on: /(?:^|\.)UploadFile\(\)$/ },
  { names: 'recv receive receive_bytes receive_text receive_json receive_str read_message iter_bytes iter_text', kind: WEBSOCKET, use: 'call', on: /(?:^|\.)(?:WebSocket\w*|websocket\w*)\b.*\(\)$|^websockets\b.*\(\)$/, named: /^(?:ws|websocket|web_socket|sock)$/i, imports: /^(?:websockets|websocket|fastapi|starlette|aiohttp|tornado|quart|sanic|simple_websocket|wsproto)\b/ },
  { names: 'content raw text', kind: HTTP_CLIENT, use: 'read', on: /^(?:requests|httpx|aiohttp|urllib3?|http\.client|six\.moves\.urllib|tornado\.httpclient|niquests|curl_cffi|pycurl)\b.*(?:\.(?:get|post|put|patch|delete|request|send|urlopen|fetch|getresponse|stream|urlretrieve)\(\))(?:\[\])*$/, named: /^(?:resp|response|res|reply)$/, imports: /^(?:requests|httpx|aiohttp)\b/ },
  { names: 'read readline readlines read1 readexactly readuntil readall readinto iter_content iter_chunked iter_any aread json iter_bytes iter_raw', kind: HTTP_CLIENT, use: 'call', on: /^(?:requests|httpx|aiohttp|urllib3?|http\.client|six\.moves\.urllib|tornado\.httpclient|niquests|curl_cffi|pycurl)\b.*(?:\.(?:get|post|put|patch|delete|request|send|urlopen|fetch|getresponse|stream|urlretrieve)\(\))(?:\[\])*$/, named: /^(?:resp|response|res|reply)$/, imports: /^(?:requests|httpx|aiohttp|urllib|urllib3|urllib2)\b/ },
  { names: 'get mget hget hmget hgetall hvals getset getdel getex getrange lpop rpop lindex lrange blpop brpop brpoplpush rpoplpush blmove lmove spop smembers srandmember zrange zrevrange zrangebyscore zpopmin zpopmax bzpopmin bzpopmax xread xreadgroup xrange dump get_message listen parse_response', kind: REDIS, use: 'call', on: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis)\b.*\(\)(?:\[\])*$/, named: /redis|valkey|^rdb$|^r$|pubsub/i, imports: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis|walrus)\b/ },
  { names: 'get gets get_many get_multi gat gats', kind: MEMCACHED, use: 'call', on: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b.*\(\)$/, named: /memcache|^mc$/i, imports: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b/ },
  { names: 'poll consume getone getmany value key', kind: KAFKA, use: 'call', on: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b.*(?:Consumer|Client)\w*\(\).*$/, named: /consumer/i, imports: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b/ },
  { names: 'value key', kind: KAFKA, use: 'read', on: /^(?:kafka|aiokafka)\b.*Consumer\w*\(\).*\[\]$/, named: /^(?:msg|message|record)$/, imports: /^(?:kafka|aiokafka|faust)\b/ },
  { names: 'receive subscribe', kind: QUEUE, use: 'call', on: /^pulsar\b.*\(\)$/, named: /consumer/i, imports: /^pulsar\b/ },
  { names: 'get_object download_as_bytes download_as_string download_blob read_blob get_blob_to_bytes', kind: OBJECTS, use: 'call', named: /./, imports: /^(?:boto3|botocore|aiobotocore|aioboto3|google|gcloud|azure|minio|oss2|qcloud_cos|obs|smart_open)\b/ },
  { names: 'get_object', kind: OBJECTS, use: 'call', named: /s3|minio|bucket|client/i },
  { names: 'download_fileobj readinto download_to_file', kind: OBJECTS, use: 'fills', named: /./, imports: /^(?:boto3|botocore|google|gcloud|azure|minio)\b/ },
  { names: 'receive_message receive_messages', kind: QUEUE, use: 'call', named: /./ },
  { names: 'get_item batch_get_item', kind: DATABASE, use: 'call', named: /table|dynamo|ddb/i, imports: /^(?:boto3|aioboto3)\b/ },
  { names: 'basic_get', kind: QUEUE, use: 'call', named: /./ },
  { names: 'body payload decode', kind: QUEUE, use: 'read', named: /^(?:msg|message)$/, imports: /^(?:kombu|aio_pika|pika|stomp|azure|celery)\b/ },
  { names: 'payload', kind: MQTT, use: 'read', named: /^(?:msg|message)$/, imports: /^(?:paho|aiomqtt|asyncio_mqtt|gmqtt|hbmqtt|amqtt)\b/ },
  { names: 'data', kind: NATS, use: 'read', named: /^(?:msg|message)$/, imports: /^nats\b/ },
  { names: 'fetchone fetchall fetchmany fetchval fetchrow scalar scalars scalar_one scalar_one_or_none one_or_none', kind: FILE, use: 'call', on: /^(?:sqlite3|aiosqlite|apsw)\b/ },
  { names: 'fetchone fetchall fetchmany fetchrow fetchval scalar_one scalar_one_or_none scalars one_or_none', kind: DATABASE, use: 'call', named: /./, imports: /^(?:psycopg|psycopg2|psycopg_pool|asyncpg|MySQLdb|pymysql|mysql|sqlalchemy|cx_Oracle|oracledb|pyodbc|pymssql|duckdb|snowflake|aiomysql|aiopg|databases|sqlmodel|django)\b/ },
  { names: 'find_one', kind: DATABASE, use: 'call', named: /./, imports: /^(?:pymongo|motor|mongoengine)\b/ },
  { names: 'get first filter all', kind: DATABASE, use: 'call', on: /\.objects(?:\.\w+\(\))*$|^(?:sqlalchemy|sqlmodel)\b.*(?:query|execute|exec)\(\).*$/ },
  { names: 'recv_bytes', kind: PIPE, use: 'call', on: /^multiprocess(?:ing)?\b.*\(\)$/, named: /conn|pipe|client|listener/i, imports: /^(?:multiprocess(?:ing)?|torch\.multiprocessing)\b/ },
  { names: 'recv_bytes_into', kind: PIPE, use: 'fills', named: /conn|pipe/i, imports: /^multiprocess(?:ing)?\b/ },
  { names: 'get multi_get', kind: TCP_STORE, use: 'call', on: /(?:^|\.)(?:TCPStore|PrefixStore|HashStore|Store|_get_default_store)\(\)$/, named: /store$/i, imports: /^torch\.distributed\b|^torch\b/ },
  { names: 'buf', kind: SHARED_MEMORY, use: 'read', on: /(?:^|\.)SharedMemory\(\)$/, named: /shm|shared_mem/i },
  { names: 'acquire_read', kind: SHARED_MEMORY, use: 'call', named: /./ },
  { names: 'get_iopub_msg get_shell_msg get_stdin_msg get_control_msg execute_interactive', kind: KERNEL, use: 'call', named: /./, imports: /^(?:jupyter_client|nbclient|ipykernel|IPython)\b/ },
  { names: 'run_code run_command execute exec_run', kind: KERNEL, use: 'call', named: /sandbox|sbx|kernel|container/i, imports: /^(?:e2b|e2b_code_interpreter|docker|modal|daytona\w*|jupyter_client|llm_sandbox)\b/ },
];

export const SOURCE_CALLS: readonly SourceRow[] = [
  { path: /^urllib\d?(?:\.request)?\.urlopen$|^six\.moves\.urllib\.request\.urlopen$/, kind: HTTP_CLIENT },
  { path: /^(?:requests|httpx|niquests|curl_cffi)\b.*\.(?:get|post|put|patch|delete|request)$/, kind: HTTP_CLIENT },
  { path: /^(?:triton_python_backend_utils|pb_utils)\.get_input_tensor_by_name$/, kind: HTTP },
  { path: /(?:^|\.)\w*Stub\(\)\.[A-Z]\w*$/, kind: GRPC_CLIENT },
  { path: /^django\.shortcuts\.get_object_or_404$/, kind: DATABASE },
  { path: /^(?:builtins|io|gzip|bz2|lzma|codecs|tarfile|zipfile|lz4\.frame|smart_open)\.open$|^(?:os|io)\.(?:fdopen|open)$/, kind: FILE },
  { path: /^(?:gzip\.GzipFile|bz2\.BZ2File|lzma\.LZMAFile|mmap\.mmap|zipfile\.ZipFile|tempfile\.\w+)$/, kind: FILE },
  { path: /\.(?:read_bytes|read_text|open)$/, kind: FILE },
  { path: /(?:^|\.)(?:get_data|resource_string|resource_stream|files)$/, kind: FILE },
  { path: /^os\.(?:getenv|environ\.get|getenvb)$|^(?:builtins\.input|sys\.stdin\.\w+|sys\.stdin\.buffer\.\w+)$/, kind: LAUNCHER },
  { path: /\.parse_(?:known_)?args$/, kind: LAUNCHER },
  { path: /^subprocess\.\w+$/, kind: LAUNCHER },
  { path: /(?:^|\.)(?:dumps|pickle_dumps|to_pickle)$/, kind: ROUND_TRIP },
];

export const SOURCE_PATHS: readonly SourceRow[] = [
  { path: /^(?:sys\.argv|os\.environ|os\.environb|sys\.stdin(?:\.buffer)?|__file__)$/, kind: LAUNCHER },
];

export const ENTRY_POINTS: readonly EntryPoint[] = [
  { kind: HTTP, decorator: /(?:^|\.)\w*(?:app|api|router|blueprint|bp|routes|server|view)\w*\.(?:get|post|put|patch|delete|route|api_route|options|head|web_?socket(?:_route)?)$/i, filled: /./ },
  { kind: GRPC, shape: /^(?:request|request_iterator|req),(?:context|ctx|unused_context|_context|_)$/, filled: /^req/ },
  { kind: GRPC, base: /Servicer$/, filled: /^(?:request|req|message|stream)/ },
  { kind: HTTP, name: /^(?:handle|preprocess)$/, shape: /^(?:data|requests?|batch),(?:context|ctx)$/, filled: /^(?:data|request|batch)/ },
  { kind: HTTP, base: /^(?:Base|Vision|Text|Image|Object)\w*Handler$/, name: /^(?:handle|preprocess)$/, imports: /^ts\b/, filled: /./ },
  { kind: HTTP, base: /^TritonPythonModel$/, name: /^execute$/, filled: /./ },
  { kind: HTTP, name: /^execute$/, shape: /^requests$/, imports: /triton_python_backend_utils/, filled: /./ },
  { kind: HTTP, base: /^(?:KF)?Model$/, name: /^(?:predict|preprocess|explain|generate)$/, imports: /^(?:kserve|kfserving)\b/, filled: /./ },
  { kind: HTTP, base: /MLModel$|^MLServerModel$/, name: /^(?:predict|infer|decode\w*)$/, imports: /^mlserver\b/, filled: /./ },
  { kind: HTTP, base: /Codec$/, name: /^decode/, imports: /^mlserver\b/, filled: /./ },
  { kind: HTTP, decorator: /(?:^|\.)(?:bentoml|svc|service)\.(?:api|task)$/, imports: /^bentoml\b/, filled: /./ },
  { kind: HTTP, classDecorator: /(?:^|\.)(?:serve\.deployment|deployment|serve\.ingress)$/, name: /^(?!__init__)/, imports: /^ray\b/, filled: /^(?!app$|handle$)/ },
  { kind: HTTP, base: /^LitAPI$/, name: /^decode_request$/, filled: /./ },
  { kind: HTTP, name: /^predict_raw$/, filled: /./ },
  { kind: HTTP, name: /^input_fn$/, shape: /^\w+(?:,\w*content_type\w*)(?:,context)?$/, filled: /^(?!.*content_type|context)/ },
  { kind: HTTP, name: /^transform_fn$/, filled: /^(?!model$|.*content_type|accept|context)/ },
  { kind: HTTP, name: /^run$/, shape: /^raw_data$/, filled: /./ },
  { kind: HTTP, name: /^(?:lambda_)?handler$/, shape: /^event(?:,context)?$/, filled: /^event$/ },
  { kind: WEBSOCKET, base: /WebSocket/, name: /^on_message$/, filled: /./ },
  { kind: WEBSOCKET, name: /^on_(?:message|data)$/, shape: /^(?:ws|app|_),(?:msg|message|data)$/, filled: /^(?:msg|message|data)$/ },
  { kind: STREAM, name: /^(?:data_received|datagram_received)$/, filled: /^data$/ },
  { kind: QUEUE, shape: /^\w+,\w+,\w+,body$/, filled: /^body$/ },
  { kind: QUEUE, shape: /^body,(?:message|msg)$/, imports: /^(?:kombu|celery)\b/, filled: /./ },
  { kind: MQTT, shape: /^\w*client\w*,\w+,(?:msg|message)$/, imports: /paho|mqtt/, filled: /^(?:msg|message)$/ },
  { kind: CELERY, decorator: /(?:^|\.)(?:shared_task|task|actor)$|\b(?:celery|huey|dramatiq)\w*\.task$/, imports: /^(?:celery|huey|dramatiq)\b/, filled: /./ },
  { kind: DATABASE, name: /^process_result_value$/, filled: /^value$/ },
  { kind: DATABASE, name: /^from_db_value$/, filled: /^value$/ },
  { kind: DATABASE, base: /Field$/, name: /^to_python$/, imports: /^django\b/, filled: /^value$/ },
];

export const CALLBACKS: Readonly<Record<string, SourceKind>> = {
  value_deserializer: KAFKA,
  key_deserializer: KAFKA,
  on_message_callback: QUEUE,
  cb: NATS,
  request_deserializer: GRPC,
  response_deserializer: GRPC,
};

export const NAMED_PARAMETERS: readonly NamedParameter[] = [
  { name: /^(?:request|req)$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/, path: 'http.Request()' },
  { name: /^(?:websocket|ws)$/, imports: /^(?:websockets|fastapi|starlette|aiohttp|quart|sanic)\b/, path: 'websockets.WebSocket()' },
  { name: /^reader$/, imports: /^asyncio\b/, path: 'asyncio.StreamReader()' },
];

export const HIGHER_ORDER: readonly PathRow[] = [
  { path: /^(?:asyncio\.to_thread|anyio\.to_thread\.run_sync|starlette\.concurrency\.run_in_threadpool|builtins\.map|trio\.to_thread\.run_sync|fastapi\.concurrency\.run_in_threadpool|eventlet\.spawn\w*|gevent\.spawn\w*)$/, at: 0 },
  { path: /(?:^|\.)(?:run_in_threadpool|to_thread|run_sync)$/, at: 0 },
  { path: /\.run_in_executor$/, at: 1 },
  { path: /\.(?:submit|apply|apply_async|map|imap|imap_unordered|starmap|call_soon\w*|spawn|map_async)$/, at: 0 },
];

export const FILLERS: ReadonlySet<string> = new Set('append extend insert add update write writelines put put_nowait push appendleft setdefault feed feed_data'.split(' '));
export const CLEAN_MEMBERS: ReadonlySet<string> = new Set('app state client url method status status_code ok reason shape dtype size ndim nbytes name filename content_type mimetype content_length hexdigest digest startswith endswith isdigit index find count __class__ __len__ close closed is_alive fileno more'.split(' '));

export const CARRIERS = /^(?:base64\.\w+|binascii\.(?:a2b|un)\w*|builtins\.(?:bytes|bytearray|memoryview|str|list|tuple|dict|set|iter|next|reversed|sorted|zip|enumerate|filter|aiter|anext)(?:\.fromhex|\.fromkeys)?|(?:zlib|gzip|bz2|lzma|zstandard|zstd|pyzstd|snappy|brotli|brotlicffi|blosc2?|lz4(?:\.\w+)?)\.\w*(?:decompress|uncompress|unpack)\w*|(?:gzip|bz2|lzma|lz4\.frame)\.(?:GzipFile|BZ2File|LZMAFile|open)|io\.(?:BytesIO|StringIO|BufferedReader|TextIOWrapper|BufferedRandom)|(?:c?StringIO|six)\.(?:StringIO|BytesIO)|(?:json|ujson|orjson|simplejson|rapidjson|msgpack|umsgpack|ormsgpack|cbor2?|bson|tomllib|msgspec\.\w+)\.(?:load|loads|unpack|unpackb|decode)|numpy\.(?:frombuffer|fromstring|array|asarray|ascontiguousarray)|torch\.(?:frombuffer|tensor|as_tensor|from_numpy)|pyarrow\.(?:py_buffer|BufferReader|deserialize)|copy\.(?:copy|deepcopy)|struct\.(?:unpack|unpack_from)|urllib\.parse\.(?:unquote\w*|parse_qs\w*)|codecs\.(?:decode|encode)|asyncio\.(?:wait_for|shield|run|gather|create_task|ensure_future|run_coroutine_threadsafe)|itertools\.\w+|functools\.reduce|os\.fsencode|typing\.cast|google\.protobuf\.\w+\.\w+|ctypes\.string_at|werkzeug\.utils\.\w+|contextlib\.closing|requests_toolbelt\.\w+)$/;
export const CARRIER_NAME = /(?:decod|decompress|decrypt|unpack|unquote|fromhex|b64|hex_to|to_bytes|tobytes|as_bytes|BytesIO|BytesStream|frombuffer|FromString|SerializeToString|deflate|inflate|gunzip|unzip|decapsul|strip|join|concat|read_all|readall|parse_message|get_payload|extract|ensure_bytes|to_buffer|unframe|^read|getvalue|getbuffer|^encode|^copy$)/i;
export const OTHER_RESULTS = /^(?:builtins|os|sys|pathlib|posixpath|ntpath|shutil|glob|tempfile|logging|warnings|time|datetime|hashlib|hmac|secrets|re|uuid|random|math|inspect|types|typing|subprocess|threading|multiprocessing|asyncio|concurrent|functools|itertools|operator|numpy|torch|pandas|socket|select|struct|string|json|html|urllib\d?|requests|http|redis|sqlalchemy|django|flask)(?:\.|$)/;
export const LOOKS_UP = /^[A-Z]|^_*(?:get|fetch|find|query|look|search|open|download|load|read|resolve|select|make|create|build|new|init|is|has|check|validate|verify|assert|log|print|len|count|size|hash|digest|format|register|start|run|send|write|save|store|put|set|delete|remove|connect|hget|exec|call)(?![a-z])|path|file|name|key|url|uri|addr|host|port|_id$|size|length|shape|dtype|exists/;
export const BYTES_STREAM = /(?:^|\.)(?:BytesIO|StringIO|BufferReader|BytesStream)$/;
export const COMPARE = /^(?:hmac\.compare_digest|secrets\.compare_digest|_operator\._compare_digest|cryptography\.hazmat\.primitives\.constant_time\.bytes_eq|django\.utils\.crypto\.constant_time_compare|werkzeug\.security\.safe_str_cmp)$/;
export const MAC = /^(?:hmac\.(?:new|digest|HMAC)|hashlib\.blake2[bs]|django\.utils\.crypto\.salted_hmac|cryptography\.hazmat\.primitives\.hmac\.HMAC|Crypto\.Hash\.HMAC\.new|Cryptodome\.Hash\.HMAC\.new)$/;
export const OPENERS = /(?:^cryptography\.fernet\.(?:Multi)?Fernet\(\)\.decrypt|^cryptography\..*(?:AESGCM\w*|ChaCha20Poly1305|AESCCM|AESSIV|AESOCB3)\(\)\.decrypt|^nacl\.\w+\.\w+\(\)\.(?:decrypt|verify)|^itsdangerous\.\w*(?:\.\w+)*\(\)\.(?:unsign|loads)|^django\.core\.signing\.\w+(?:\(\)\.unsign)?)$/;
export const VERIFIERS = /(?:public_?key|verify_?key|verifier|pub_?key|^pub$|^key$|signer|cert)/i;
export const UNPICKLER = /(?:^|[._])(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\.cloudpickle)?|dill(?:\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)\._?Unpickler$/;
export const TENSOR_COLLECTIVES = /^torch\.distributed\.(?:distributed_c10d\.)?(?:recv|irecv|broadcast|scatter|all_gather|all_gather_into_tensor|all_to_all|all_to_all_single)$|^torch_xla\.core\.xla_model\.collective_broadcast$/;
export const COLLECTIVES = /^torch\.distributed\.(?:distributed_c10d\.)?(?:recv_object_list|broadcast_object_list|scatter_object_list|gather_object|all_gather_object)$/;
export const MANAGERS = /^multiprocess(?:ing)?\.managers\.(?:BaseManager|SyncManager)$/;
export const PICKLE_MEDIA_TYPE = /^(?:application|binary|text)\/(?:x-)?(?:[\w.]+[.+])?(?:python-)?(?:pickle[d]?|python-serialize|cloudpickle|dill|joblib|pickle-v\d)(?:\s*;.*)?$/i;
export const TYPED_PARAMETERS = /(?:(?<!Infer|Inference)Request|WebSocket\w*|StreamReader|BackgroundTasks|Response)\(\)$/;
export const INJECTED = /(?:^|\.)(?:Depends|Security|Inject|Provide|State|FromDishka)\(\)$/;
export const NEVER_RETURNS = /^(?:flask\.abort|werkzeug\.exceptions\.abort|bottle\.abort|quart\.abort|sanic\.exceptions\.abort|aiohttp\.web\.abort|sys\.exit|os\._exit|os\.abort|builtins\.(?:exit|quit))$/;
export const NETWORK_MODULES = /^(?:socket|socketserver|SocketServer|ssl|asyncore|asynchat|xmlrpc|SimpleXMLRPCServer|xmlrpclib|http\.(?:client|server)|BaseHTTPServer|httplib|urllib\.request|urllib[23]|wsgiref|ftplib|zmq|aiozmq|pynng|nanomsg|grpc|grpclib|thrift|flask|quart|fastapi|starlette|uvicorn|aiohttp|sanic|django|rest_framework|tornado|falcon|bottle|litestar|werkzeug|pyramid|webob|web|cherrypy|gevent|eventlet|twisted|trio|websockets|websocket|requests|httpx|rpyc|Pyro[45]?|paramiko|jupyter_client|ipykernel|bentoml|mlserver|kserve|tritonclient|ray|ucp)(?:\.|$)/;
export const STORE_MODULES = /^(?:redis|aioredis|rediscluster|django_redis|coredis|valkey|walrus|memcache|pylibmc|pymemcache|bmemcached|aiomcache|emcache|uwsgi|kafka|confluent_kafka|aiokafka|faust|pulsar|pika|aio_pika|kombu|celery|dramatiq|stomp|nats|paho|boto3?|botocore|aiobotocore|aioboto3|google\.(?:cloud|appengine)|gcloud|azure|minio|oss2|s3fs|gcsfs|smart_open|pymongo|motor|mongoengine|gridfs|psycopg2?|asyncpg|MySQLdb|pymysql|mysql|sqlalchemy|sqlmodel|peewee|cx_Oracle|oracledb|pyodbc|kazoo|etcd3?|consul|rethinkdb|cassandra|hdfs|rados)(?:\.|$)/;
export const WORKER_MODULES = /^(?:multiprocess(?:ing)?\.(?:connection|managers)|torch\.distributed|mpi4py)(?:\.|$)/;
export const SWALLOWERS = /(?:^|\.)(?:suppress|ExitStack|AsyncExitStack|move_on_after|move_on_at|fail_silently|raises|assertRaises(?:Regex)?)\(\)/;
export const TRANSPARENT = /^(?:builtins\.open|io|os|gzip|bz2|lzma|mmap|tarfile|zipfile|tempfile|shelve|socket|ssl|threading|multiprocessing|concurrent\.futures|asyncio\.(?:\w*Lock|\w*Semaphore|Condition|timeout\w*)|contextlib\.(?:closing|nullcontext|redirect_\w+|chdir)|warnings|decimal|torch|numpy|sqlite3|psycopg2?|sqlalchemy|redis|requests|httpx|aiohttp|urllib\d?|subprocess|zmq|grpc|filelock|fasteners|portalocker|opentelemetry|unittest\.mock)\b.*\(\)/;
