/**
 * Where bytes come into a Python process from outside of it. Names are those of the libraries' own documentation. A path
 * stands for what an expression gives: `zmq.Context().socket()` for the result of that call, `[]` for any item.
 */

/** From whom: `network` any peer, `store` whoever can write to it, `worker` another process, `local` this machine. */
export type Reach = 'network' | 'store' | 'worker' | 'local';

export interface SourceKind {
  readonly reach: Reach;
  /** For people: `ZeroMQ`, `HTTP request`. */
  readonly protocol: string;
  /** A client asked for it: the peer is one that the program has chosen. */
  readonly client?: true;
}

const kind = (reach: Reach, protocol: string): SourceKind => ({ reach, protocol });
const ZMQ = kind('network', 'ZeroMQ');
const SOCKET = kind('network', 'socket');
const HTTP = kind('network', 'HTTP request');
const WEBSOCKET = kind('network', 'WebSocket');
const GRPC = kind('network', 'gRPC');
const STREAM = kind('network', 'asyncio stream');
const KERNEL = kind('network', 'code sandbox or kernel');
const HTTP_CLIENT: SourceKind = { reach: 'network', protocol: 'HTTP response', client: true };
const GRPC_CLIENT: SourceKind = { reach: 'network', protocol: 'gRPC response', client: true };
const REDIS = kind('store', 'Redis');
const MEMCACHED = kind('store', 'memcached');
const KAFKA = kind('store', 'Kafka');
const OBJECTS = kind('store', 'object storage');
const QUEUE = kind('store', 'message queue');
const MQTT = kind('store', 'MQTT');
const NATS = kind('store', 'NATS');
const DATABASE = kind('store', 'database');
const CELERY = kind('store', 'Celery task');
const PIPE = kind('worker', 'multiprocessing connection');
const TCP_STORE = kind('worker', 'torch.distributed store');
const SHARED_MEMORY = kind('worker', 'shared memory');
const FILE = kind('local', 'file');
const LAUNCHER = kind('local', 'launcher');

/** A member that gives such bytes: read, called, or filled into its first argument. */
export interface SourceMember {
  readonly names: string;
  readonly kind: SourceKind;
  readonly use: 'call' | 'read' | 'fills';
  /** The path of the object that has the member. */
  readonly on?: RegExp;
  /** The last name of the object's own text, where its path says nothing, in a module that imports one of `imports`. */
  readonly named?: RegExp;
  readonly imports?: RegExp;
}

const WEB =
  /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/;
const ZMQ_PATH = /(?:^|\.)(?:zmq|aiozmq|pyzmq)\b.*(?:[sS]ocket|Context)\w*\(\)$|(?:^|\.)zmq\b.*\bSocket\(\)$/;
const SOCKET_PATH =
  /^(?:socket|ssl)\.(?!.*\.(?:recv|read|makefile)\w*\(\)).*\(\)(?:\[\])*$|^(?:eventlet|gevent|trio)\b.*[sS]ocket.*\(\)(?:\[\])*$/;
const REQUEST_PATH = /(?:^|\.)(?:flask|quart|bottle)\.request$|(?:^|\.)\w*Request\(\)$/;
const RESPONSE_PATH =
  /^(?:requests|httpx|aiohttp|urllib3?|http\.client|six\.moves\.urllib|tornado\.httpclient|niquests|curl_cffi|pycurl)\b.*(?:\.(?:get|post|put|patch|delete|request|send|urlopen|fetch|getresponse|stream|urlretrieve)\(\))(?:\[\])*$/;
const REDIS_PATH = /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis)\b.*\(\)(?:\[\])*$/;
const MEMCACHED_PATH = /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b.*\(\)$/;
const READS =
  'read readline readlines read1 readexactly readuntil readall readinto iter_content iter_chunked iter_any aread';

/** Calls that do not come back: what stands behind them in a branch is another way. */
export const NEVER_RETURNS =
  /^(?:flask\.abort|werkzeug\.exceptions\.abort|bottle\.abort|quart\.abort|sanic\.exceptions\.abort|aiohttp\.web\.abort|sys\.exit|os\._exit|os\.abort|builtins\.(?:exit|quit))$/;

/** In the order in which they are asked. */
export const SOURCE_MEMBERS: readonly SourceMember[] = [
  {
    names: 'recv recv_multipart recv_string recv_json recv_serialized recv_pyobj',
    kind: ZMQ,
    use: 'call',
    on: ZMQ_PATH,
    named: /sock|dealer|router|pull|push|sub|pub|req|rep|frontend|backend|pipe|channel|stream/i,
    imports: /^(?:zmq|aiozmq)\b/,
  },
  { names: 'recv_multipart', kind: ZMQ, use: 'call', named: /./ },
  {
    names: 'recv recvfrom recvmsg recv_bytes',
    kind: SOCKET,
    use: 'call',
    on: SOCKET_PATH,
    named: /sock|client|conn|peer|request/i,
    imports: /^(?:socket|socketserver|SocketServer|ssl|eventlet|gevent|trio)\b/,
  },
  {
    names: 'recv_into recvfrom_into',
    kind: SOCKET,
    use: 'fills',
    on: SOCKET_PATH,
    named: /sock|client|conn|peer|request/i,
  },
  { names: 'makefile', kind: SOCKET, use: 'call', on: SOCKET_PATH, named: /sock|client|conn|peer|request/i },
  { names: READS, kind: SOCKET, use: 'call', named: /^rfile$/ },
  {
    names: 'rfile',
    kind: SOCKET,
    use: 'read',
    named: /^self$/,
    imports: /^(?:socketserver|http\.server|SocketServer|BaseHTTPServer)\b/,
  },
  {
    names: `${READS} __anext__`,
    kind: STREAM,
    use: 'call',
    on: /(?:^|\.)StreamReader\(\)$|^asyncio\.open_(?:unix_)?connection\(\)\[\]$|^anyio\.connect_\w+\(\)$/,
    named: /reader$/i,
    imports: /^(?:asyncio|anyio)\b/,
  },
  {
    names: 'body json form stream get_data get_json read content read_body text post bytes media bounded_stream',
    kind: HTTP,
    use: 'call',
    on: REQUEST_PATH,
    named: /^(?:request|req)$/,
    imports: WEB,
  },
  {
    names:
      'data files form values body json content POST FILES GET args query_params cookies headers stream body_file raw_body query_arguments body_arguments arguments params forms json_body media bounded_stream input_stream',
    kind: HTTP,
    use: 'read',
    on: REQUEST_PATH,
    named: /^(?:request|req)$/,
    imports: WEB,
  },
  {
    names: 'get_argument get_body_argument get_query_argument',
    kind: HTTP,
    use: 'call',
    named: /^self$/,
    imports: /^tornado\b/,
  },
  { names: READS, kind: HTTP, use: 'call', on: /(?:^|\.)UploadFile\(\)$/ },
  { names: 'file', kind: HTTP, use: 'read', on: /(?:^|\.)UploadFile\(\)$/ },
  {
    names: 'recv receive receive_bytes receive_text receive_json receive_str read_message iter_bytes iter_text',
    kind: WEBSOCKET,
    use: 'call',
    on: /(?:^|\.)(?:WebSocket\w*|websocket\w*)\b.*\(\)$|^websockets\b.*\(\)$/,
    named: /^(?:ws|websocket|web_socket|sock)$/i,
    imports: /^(?:websockets|websocket|fastapi|starlette|aiohttp|tornado|quart|sanic|simple_websocket|wsproto)\b/,
  },
  {
    names: 'content raw text',
    kind: HTTP_CLIENT,
    use: 'read',
    on: RESPONSE_PATH,
    named: /^(?:resp|response|res|reply)$/,
    imports: /^(?:requests|httpx|aiohttp)\b/,
  },
  {
    names: `${READS} json iter_bytes iter_raw`,
    kind: HTTP_CLIENT,
    use: 'call',
    on: RESPONSE_PATH,
    named: /^(?:resp|response|res|reply)$/,
    imports: /^(?:requests|httpx|aiohttp|urllib|urllib3|urllib2)\b/,
  },
  {
    names:
      'get mget hget hmget hgetall hvals getset getdel getex getrange lpop rpop lindex lrange blpop brpop brpoplpush rpoplpush blmove lmove spop smembers srandmember zrange zrevrange zrangebyscore zpopmin zpopmax bzpopmin bzpopmax xread xreadgroup xrange dump get_message listen parse_response',
    kind: REDIS,
    use: 'call',
    on: REDIS_PATH,
    named: /redis|valkey|^rdb$|^r$|pubsub/i,
    imports: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis|walrus)\b/,
  },
  {
    names: 'get gets get_many get_multi gat gats',
    kind: MEMCACHED,
    use: 'call',
    on: MEMCACHED_PATH,
    named: /memcache|^mc$/i,
    imports: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b/,
  },
  {
    names: 'poll consume getone getmany value key',
    kind: KAFKA,
    use: 'call',
    on: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b.*(?:Consumer|Client)\w*\(\).*$/,
    named: /consumer/i,
    imports: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b/,
  },
  {
    names: 'value key',
    kind: KAFKA,
    use: 'read',
    on: /^(?:kafka|aiokafka)\b.*Consumer\w*\(\).*\[\]$/,
    named: /^(?:msg|message|record)$/,
    imports: /^(?:kafka|aiokafka|faust)\b/,
  },
  {
    names: 'receive subscribe',
    kind: QUEUE,
    use: 'call',
    on: /^pulsar\b.*\(\)$/,
    named: /consumer/i,
    imports: /^pulsar\b/,
  },
  {
    names: 'get_object download_as_bytes download_as_string download_blob read_blob get_blob_to_bytes',
    kind: OBJECTS,
    use: 'call',
    named: /./,
    imports: /^(?:boto3|botocore|aiobotocore|aioboto3|google|gcloud|azure|minio|oss2|qcloud_cos|obs|smart_open)\b/,
  },
  { names: 'get_object', kind: OBJECTS, use: 'call', named: /s3|minio|bucket|client/i },
  {
    names: 'download_fileobj readinto download_to_file',
    kind: OBJECTS,
    use: 'fills',
    named: /./,
    imports: /^(?:boto3|botocore|google|gcloud|azure|minio)\b/,
  },
  { names: 'receive_message receive_messages', kind: QUEUE, use: 'call', named: /./ },
  {
    names: 'get_item batch_get_item',
    kind: DATABASE,
    use: 'call',
    named: /table|dynamo|ddb/i,
    imports: /^(?:boto3|aioboto3)\b/,
  },
  { names: 'basic_get', kind: QUEUE, use: 'call', named: /./ },
  {
    names: 'body payload decode',
    kind: QUEUE,
    use: 'read',
    named: /^(?:msg|message)$/,
    imports: /^(?:kombu|aio_pika|pika|stomp|azure|celery)\b/,
  },
  {
    names: 'payload',
    kind: MQTT,
    use: 'read',
    named: /^(?:msg|message)$/,
    imports: /^(?:paho|aiomqtt|asyncio_mqtt|gmqtt|hbmqtt|amqtt)\b/,
  },
  { names: 'data', kind: NATS, use: 'read', named: /^(?:msg|message)$/, imports: /^nats\b/ },
  {
    names: 'fetchone fetchall fetchmany fetchval fetchrow scalar scalars scalar_one scalar_one_or_none one_or_none',
    kind: FILE,
    use: 'call',
    on: /^(?:sqlite3|aiosqlite|apsw)\b/,
  },
  {
    names: 'fetchone fetchall fetchmany fetchrow fetchval scalar_one scalar_one_or_none scalars one_or_none',
    kind: DATABASE,
    use: 'call',
    named: /./,
    imports:
      /^(?:psycopg|psycopg2|psycopg_pool|asyncpg|MySQLdb|pymysql|mysql|sqlalchemy|cx_Oracle|oracledb|pyodbc|pymssql|duckdb|snowflake|aiomysql|aiopg|databases|sqlmodel|django)\b/,
  },
  { names: 'find_one', kind: DATABASE, use: 'call', named: /./, imports: /^(?:pymongo|motor|mongoengine)\b/ },
  {
    names: 'get first filter all',
    kind: DATABASE,
    use: 'call',
    on: /\.objects(?:\.\w+\(\))*$|^(?:sqlalchemy|sqlmodel)\b.*(?:query|execute|exec)\(\).*$/,
  },
  {
    names: 'recv_bytes',
    kind: PIPE,
    use: 'call',
    on: /^multiprocess(?:ing)?\b.*\(\)$/,
    named: /conn|pipe|client|listener/i,
    imports: /^(?:multiprocess(?:ing)?|torch\.multiprocessing)\b/,
  },
  { names: 'recv_bytes_into', kind: PIPE, use: 'fills', named: /conn|pipe/i, imports: /^multiprocess(?:ing)?\b/ },
  {
    names: 'get multi_get',
    kind: TCP_STORE,
    use: 'call',
    on: /(?:^|\.)(?:TCPStore|PrefixStore|HashStore|Store|_get_default_store)\(\)$/,
    named: /store$/i,
    imports: /^torch\.distributed\b|^torch\b/,
  },
  { names: 'buf', kind: SHARED_MEMORY, use: 'read', on: /(?:^|\.)SharedMemory\(\)$/, named: /shm|shared_mem/i },
  { names: 'acquire_read', kind: SHARED_MEMORY, use: 'call', named: /./ },
  {
    names: 'get_iopub_msg get_shell_msg get_stdin_msg get_control_msg execute_interactive',
    kind: KERNEL,
    use: 'call',
    named: /./,
    imports: /^(?:jupyter_client|nbclient|ipykernel|IPython)\b/,
  },
  {
    names: 'run_code run_command execute exec_run',
    kind: KERNEL,
    use: 'call',
    named: /sandbox|sbx|kernel|container/i,
    imports: /^(?:e2b|e2b_code_interpreter|docker|modal|daytona\w*|jupyter_client|llm_sandbox)\b/,
  },
];

/** Functions whose result is such bytes, by their full name. */
export const SOURCE_CALLS: readonly { readonly path: RegExp; readonly kind: SourceKind }[] = [
  { path: /^urllib\d?(?:\.request)?\.urlopen$|^six\.moves\.urllib\.request\.urlopen$/, kind: HTTP_CLIENT },
  {
    path: /^(?:requests|httpx|niquests|curl_cffi)\b.*\.(?:get|post|put|patch|delete|request)$/,
    kind: HTTP_CLIENT,
  },
  { path: /^(?:triton_python_backend_utils|pb_utils)\.get_input_tensor_by_name$/, kind: HTTP },
  // What a generated stub gives: methods are named as the service has them.
  { path: /(?:^|\.)\w*Stub\(\)\.[A-Z]\w*$/, kind: GRPC_CLIENT },
  { path: /^django\.shortcuts\.get_object_or_404$/, kind: DATABASE },
  {
    path: /^(?:builtins|io|gzip|bz2|lzma|codecs|tarfile|zipfile|lz4\.frame|smart_open)\.open$|^(?:os|io)\.(?:fdopen|open)$/,
    kind: FILE,
  },
  { path: /^(?:gzip\.GzipFile|bz2\.BZ2File|lzma\.LZMAFile|mmap\.mmap|zipfile\.ZipFile|tempfile\.\w+)$/, kind: FILE },
  { path: /\.(?:read_bytes|read_text|open)$/, kind: FILE },
  { path: /(?:^|\.)(?:get_data|resource_string|resource_stream|files)$/, kind: FILE },
  {
    path: /^os\.(?:getenv|environ\.get|getenvb)$|^(?:builtins\.input|sys\.stdin\.\w+|sys\.stdin\.buffer\.\w+)$/,
    kind: LAUNCHER,
  },
  { path: /\.parse_(?:known_)?args$/, kind: LAUNCHER },
  { path: /^subprocess\.\w+$/, kind: LAUNCHER },
  // What the program has serialised itself.
  { path: /(?:^|\.)(?:dumps|pickle_dumps|to_pickle)$/, kind: kind('local', 'round trip') },
];

/** Attributes that are such a value themselves. */
export const SOURCE_PATHS: readonly { readonly path: RegExp; readonly kind: SourceKind }[] = [
  { path: /^(?:sys\.argv|os\.environ|os\.environb|sys\.stdin(?:\.buffer)?|__file__)$/, kind: LAUNCHER },
];

/** Parameters that a framework fills. */
export interface EntryPoint {
  readonly kind: SourceKind;
  /** One of the decorators, by its dotted name as written or resolved. */
  readonly decorator?: RegExp;
  /** One of the bases of the class, by its last name. */
  readonly base?: RegExp;
  /** A decorator of the class. */
  readonly classDecorator?: RegExp;
  readonly name?: RegExp;
  /** The names of the parameters, without the instance, joined by commas. */
  readonly shape?: RegExp;
  readonly imports?: RegExp;
  /** Which parameters, by name; those of the instance are left out. */
  readonly filled: RegExp;
}

const ANY = /./;
export const ENTRY_POINTS: readonly EntryPoint[] = [
  {
    kind: HTTP,
    decorator:
      /(?:^|\.)\w*(?:app|api|router|blueprint|bp|routes|server|view)\w*\.(?:get|post|put|patch|delete|route|api_route|options|head|web_?socket(?:_route)?)$/i,
    filled: ANY,
  },
  { kind: GRPC, shape: /^(?:request|request_iterator|req),(?:context|ctx|unused_context|_context|_)$/, filled: /^req/ },
  { kind: GRPC, base: /Servicer$/, filled: /^(?:request|req|message|stream)/ },
  {
    kind: HTTP,
    name: /^(?:handle|preprocess)$/,
    shape: /^(?:data|requests?|batch),(?:context|ctx)$/,
    filled: /^(?:data|request|batch)/,
  },
  {
    kind: HTTP,
    base: /^(?:Base|Vision|Text|Image|Object)\w*Handler$/,
    name: /^(?:handle|preprocess)$/,
    imports: /^ts\b/,
    filled: ANY,
  },
  { kind: HTTP, base: /^TritonPythonModel$/, name: /^execute$/, filled: ANY },
  { kind: HTTP, name: /^execute$/, shape: /^requests$/, imports: /triton_python_backend_utils/, filled: ANY },
  {
    kind: HTTP,
    base: /^(?:KF)?Model$/,
    imports: /^(?:kserve|kfserving)\b/,
    name: /^(?:predict|preprocess|explain|generate)$/,
    filled: ANY,
  },
  {
    kind: HTTP,
    base: /MLModel$|^MLServerModel$/,
    imports: /^mlserver\b/,
    name: /^(?:predict|infer|decode\w*)$/,
    filled: ANY,
  },
  { kind: HTTP, base: /Codec$/, imports: /^mlserver\b/, name: /^decode/, filled: ANY },
  { kind: HTTP, decorator: /(?:^|\.)(?:bentoml|svc|service)\.(?:api|task)$/, imports: /^bentoml\b/, filled: ANY },
  {
    kind: HTTP,
    classDecorator: /(?:^|\.)(?:serve\.deployment|deployment|serve\.ingress)$/,
    imports: /^ray\b/,
    name: /^(?!__init__)/,
    filled: /^(?!app$|handle$)/,
  },
  { kind: HTTP, base: /^LitAPI$/, name: /^decode_request$/, filled: ANY },
  { kind: HTTP, name: /^predict_raw$/, filled: ANY },
  {
    kind: HTTP,
    name: /^input_fn$/,
    shape: /^\w+(?:,\w*content_type\w*)(?:,context)?$/,
    filled: /^(?!.*content_type|context)/,
  },
  { kind: HTTP, name: /^transform_fn$/, filled: /^(?!model$|.*content_type|accept|context)/ },
  { kind: HTTP, name: /^run$/, shape: /^raw_data$/, filled: ANY },
  { kind: HTTP, name: /^(?:lambda_)?handler$/, shape: /^event(?:,context)?$/, filled: /^event$/ },
  { kind: WEBSOCKET, name: /^on_message$/, base: /WebSocket/, filled: ANY },
  {
    kind: WEBSOCKET,
    name: /^on_(?:message|data)$/,
    shape: /^(?:ws|app|_),(?:msg|message|data)$/,
    filled: /^(?:msg|message|data)$/,
  },
  { kind: STREAM, name: /^(?:data_received|datagram_received)$/, filled: /^data$/ },
  { kind: QUEUE, shape: /^\w+,\w+,\w+,body$/, filled: /^body$/ },
  { kind: QUEUE, shape: /^body,(?:message|msg)$/, imports: /^(?:kombu|celery)\b/, filled: ANY },
  { kind: MQTT, shape: /^\w*client\w*,\w+,(?:msg|message)$/, imports: /paho|mqtt/, filled: /^(?:msg|message)$/ },
  {
    kind: CELERY,
    decorator: /(?:^|\.)(?:shared_task|task|actor)$|\b(?:celery|huey|dramatiq)\w*\.task$/,
    imports: /^(?:celery|huey|dramatiq)\b/,
    filled: ANY,
  },
  { kind: DATABASE, name: /^process_result_value$/, filled: /^value$/ },
  { kind: DATABASE, name: /^from_db_value$/, filled: /^value$/ },
  { kind: DATABASE, name: /^to_python$/, base: /Field$/, imports: /^django\b/, filled: /^value$/ },
];

/** Callbacks given by keyword to a library: what it calls them with. */
export const CALLBACKS: Readonly<Record<string, SourceKind>> = {
  value_deserializer: KAFKA,
  key_deserializer: KAFKA,
  on_message_callback: QUEUE,
  cb: NATS,
  request_deserializer: GRPC,
  response_deserializer: GRPC,
};

/** Types of parameters that are known by their annotation or name alone. */
export const NAMED_PARAMETERS: readonly { readonly name: RegExp; readonly imports: RegExp; readonly path: string }[] = [
  { name: /^(?:request|req)$/, imports: WEB, path: 'http.Request()' },
  {
    name: /^(?:websocket|ws)$/,
    imports: /^(?:websockets|fastapi|starlette|aiohttp|quart|sanic)\b/,
    path: 'websockets.WebSocket()',
  },
  { name: /^reader$/, imports: /^asyncio\b/, path: 'asyncio.StreamReader()' },
];

/** A parameter of this type is no data of the request: the framework or the program makes it. An InferenceRequest is. */
export const TYPED_PARAMETERS =
  /(?:(?<!Infer|Inference)Request|WebSocket\w*|StreamReader|BackgroundTasks|Response)\(\)$/;
export const INJECTED = /(?:^|\.)(?:Depends|Security|Inject|Provide|State|FromDishka)\(\)$/;

/** Attributes of what came from outside that are no data, or none that could be loaded. */
export const CLEAN_MEMBERS = new Set(
  'app state client url method status status_code ok reason shape dtype size ndim nbytes name filename content_type mimetype content_length hexdigest digest startswith endswith isdigit index find count __class__ __len__ close closed is_alive fileno more'.split(
    ' ',
  ),
);
