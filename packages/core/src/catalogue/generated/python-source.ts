// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { CallbackMember, EntryPoint, LoadedArgument, NamedParameter, PathOriginRow, PathRow, ReceivingSink, SinkRow, SourceKind, SourceMember, SourceRow } from '../source-rows.js';

const ZOOKEEPER: SourceKind = { reach: 'store', protocol: 'ZooKeeper' };
const ETCD: SourceKind = { reach: 'store', protocol: 'etcd' };
const CONSUL: SourceKind = { reach: 'store', protocol: 'Consul' };
const CEPH: SourceKind = { reach: 'store', protocol: 'Ceph' };
const HDFS: SourceKind = { reach: 'store', protocol: 'HDFS' };
const APPENGINE: SourceKind = { reach: 'store', protocol: 'App Engine datastore' };
const UWSGI: SourceKind = { reach: 'store', protocol: 'uWSGI cache' };
const KINESIS: SourceKind = { reach: 'store', protocol: 'Kinesis' };
const PUBSUB: SourceKind = { reach: 'store', protocol: 'Pub/Sub' };
const AIRFLOW: SourceKind = { reach: 'store', protocol: 'Airflow XCom' };
const GRID: SourceKind = { reach: 'store', protocol: 'data grid' };
const SEARCH: SourceKind = { reach: 'store', protocol: 'search index' };
const SHARED_FILE: SourceKind = { reach: 'store', protocol: 'file that others can write' };
const NNG: SourceKind = { reach: 'network', protocol: 'nng' };
const XML_RPC: SourceKind = { reach: 'network', protocol: 'XML-RPC' };
const XML_RPC_CLIENT: SourceKind = { reach: 'network', protocol: 'XML-RPC answer', client: true };
const FTP: SourceKind = { reach: 'network', protocol: 'FTP server', client: true };
const SSH: SourceKind = { reach: 'network', protocol: 'SSH server', client: true };
const MAIL: SourceKind = { reach: 'network', protocol: 'mail' };
const ZEROCONF: SourceKind = { reach: 'network', protocol: 'zeroconf announcement' };
const RPC: SourceKind = { reach: 'network', protocol: 'remote call' };
const TWISTED: SourceKind = { reach: 'network', protocol: 'Twisted protocol' };
const RAY: SourceKind = { reach: 'worker', protocol: 'Ray' };
const DASK: SourceKind = { reach: 'network', protocol: 'Dask' };
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
const STORAGE: SourceKind = { reach: 'store', protocol: 'storage of the package' };
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
  { names: 'recv irecv mrecv sendrecv mprobe improbe bcast gather scatter allgather alltoall neighbor_allgather neighbor_alltoall', sink: { family: 'collective', name: 'MPI communicator', takes: 'bytes', argument: -1, keywords: [] }, on: /^mpi4py\.(?:MPI\.)?\w+(?:\.\w+\(\))*$|^mpi4py\..*\(\)$/, named: /^_*(?:(?:mpi|world|intra|inter|node|global|local)_?)?comm(?:_world|unicator)?$/i, imports: /^mpi4py\b/ },
  { names: 'recv_pyobj', sink: { family: 'zmq-pyobj', name: 'recv_pyobj', takes: 'bytes', argument: -1, keywords: [] }, on: /./, imports: /^(?:zmq|aiozmq)\b|^$/ },
  { names: 'recv', sink: { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] }, on: /^(?:torch\.)?multiprocess(?:ing)?\b.*\b(?:Listener|Client)\(\)/, imports: /./ },
  { names: 'recv', sink: { family: 'connection', name: 'Connection.recv', takes: 'bytes', argument: -1, keywords: [] }, named: /conn|client|pipe|peer/i, imports: /^(?:torch\.)?multiprocess(?:ing)?\.connection\.(?:Client|Listener|SocketListener|SocketClient|PipeListener|PipeClient|XmlListener|XmlClient)$/ },
];

export const SOURCE_MEMBERS: readonly SourceMember[] = [
  { names: 'fetchone fetchall fetchmany get getmulti pop replace item value values iternext scalar scalars scalar_one first one all', kind: SHARED_FILE, use: 'call', on: /^shared:/ },
  { names: 'get get_async', kind: ZOOKEEPER, use: 'call', on: /^kazoo\b.*\bKazooClient\(\)$/, named: /^_?(?:zk|kazoo)(?:_client)?$/i, imports: /^kazoo\b/ },
  { names: 'get get_prefix get_all watch watch_once watch_prefix watch_prefix_once', kind: ETCD, use: 'call', on: /^(?:etcd3|etcd|aetcd3?|etcd3gw)\b.*\(\)$/, named: /^_?etcd\d?(?:_client)?$/i, imports: /^(?:etcd3?|aetcd3?|etcd3gw)\b/ },
  { names: 'get', kind: CONSUL, use: 'call', on: /^consul\b.*\(\)\.kv$/, named: /^kv$/, imports: /^(?:consul|aioconsul)\b/ },
  { names: 'execute', kind: REDIS, use: 'call', on: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis)\b.*\(\)(?:\[\])*$|(?:^|\.)\w*(?:[rR]edis|valkey|Valkey)(?:_?(?:[cC]lient|[cC]onn|[cC]onnection|[dD]b|[pP]ool|[cC]luster|[iI]nstance))?\(\)(?:\.pipeline\(\))?(?:\[\])*$/, named: /^_?pipe(?:line)?$/i, imports: /^(?:redis|aioredis|valkey|rediscluster|coredis|walrus)\b/ },
  { names: 'blmpop lmpop bzmpop zmpop zrandmember hrandfield hscan_iter sscan_iter xautoclaim xclaim xrevrange sort eval evalsha fcall execute_command get_message transaction', kind: REDIS, use: 'call', on: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis)\b.*\(\)(?:\[\])*$|(?:^|\.)\w*(?:[rR]edis|valkey|Valkey)(?:_?(?:[cC]lient|[cC]onn|[cC]onnection|[dD]b|[pP]ool|[cC]luster|[iI]nstance))?\(\)(?:\.pipeline\(\))?(?:\[\])*$/ },
  { names: 'get gets get_many gets_many get_multi multi_get', kind: MEMCACHED, use: 'call', on: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b.*\(\)$/, named: /memcache|^mc$|^_?client$/i, imports: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b/ },
  { names: 'get gets get_multi', kind: MEMCACHED, use: 'call', on: /^google\.appengine\.api\.memcache\.Client\(\)$/ },
  { names: 'get get_multi get_async get_by_id get_by_key_name get_or_insert fetch fetch_async', kind: APPENGINE, use: 'call', on: /^google\.(?:appengine\.ext|cloud)\.(?:n?db|datastore)\b/ },
  { names: 'get_by_key_name', kind: APPENGINE, use: 'call', named: /./ },
  { names: 'cache_get', kind: UWSGI, use: 'call', named: /uwsgi/i },
  { names: 'read get_xattr get_omap_vals execute', kind: CEPH, use: 'call', on: /^rados\b.*\.open_ioctx2?\(\)$/, named: /ioctx/i, imports: /^rados\b/ },
  { names: 'get Get', kind: CEPH, use: 'call', on: /^(?:petrel_client|aoss_client|petreloss)\b.*\bClient\(\)$/ },
  { names: 'get get_object', kind: OBJECTS, use: 'call', on: /^(?:boto3|aioboto3)\b.*\b(?:resource|Object|ObjectSummary|ObjectVersion|all|filter|limit)\(\).*$/ },
  { names: 'get_object select_object_content get_secret_value get_parameter get_parameters invoke invoke_endpoint', kind: OBJECTS, use: 'call', on: /^(?:boto3|botocore|aiobotocore|aioboto3)\b.*\(\)/ },
  { names: 'download_fileobj', kind: OBJECTS, use: 'fills', on: /^(?:boto3|aioboto3)\b.*\(\)/ },
  { names: 'get_item batch_get_item query scan transact_get_items execute_statement batch_execute_statement', kind: DATABASE, use: 'call', on: /^(?:boto3|botocore|aiobotocore|aioboto3)\b.*\(\)/ },
  { names: 'get_records subscribe_to_shard', kind: KINESIS, use: 'call', on: /^(?:boto3|botocore|aiobotocore|aioboto3)\b.*\(\)/, named: /kinesis/i, imports: /^(?:boto3|botocore|aiobotocore|aioboto3)\b/ },
  { names: 'open cat cat_file cat_ranges head tail read_block read_bytes read_text', kind: OBJECTS, use: 'call', on: /^(?:s3fs|gcsfs|adlfs|ossfs|ocifs|huggingface_hub|fsspec\.(?:filesystem|get_filesystem_class|implementations))\b.*\(\)(?:\[\])*$/ },
  { names: 'open download download_as_bytes download_as_string download_as_text', kind: OBJECTS, use: 'call', on: /^(?:google\.cloud\.storage|gcloud\.aio\.storage)\b.*\(\)(?:\[\])*$/ },
  { names: 'download_blob readall readinto content_as_bytes content_as_text get_object', kind: OBJECTS, use: 'call', on: /^(?:azure\.storage|minio|oss2|qcloud_cos|obs|swiftclient)\b.*\(\)(?:\[\])*$/ },
  { names: 'open_input_stream open_input_file', kind: OBJECTS, use: 'call', on: /^pyarrow\.fs\.(?:S3|Gcs|Azure|Hadoop|Sub)\w*FileSystem\(\)$/ },
  { names: 'read open cat read_file', kind: HDFS, use: 'call', on: /^(?:hdfs|hdfs3|pywebhdfs|snakebite|pydoop|pyarrow\.hdfs)\b.*\(\)$/ },
  { names: 'scalar scalars scalar_one scalar_one_or_none get get_one get_or_404 first first_or_404 one one_or_none one_or_404 all fetchone fetchall fetchmany mappings partitions yield_per stream stream_scalars', kind: DATABASE, use: 'call', on: /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\b.*\(\)/ },
  { names: 'scalar scalars scalar_one scalar_one_or_none first first_or_404 one one_or_none all fetchone fetchall mappings', kind: DATABASE, use: 'call', named: /^(?:execute|exec|query|filter|filter_by|order_by|options|join|outerjoin|limit|offset|where|with_for_update|execution_options|select_from|scalars|mappings|yield_per)$/, imports: /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy|geoalchemy2)\b/ },
  { names: 'get get_one scalar scalars', kind: DATABASE, use: 'call', named: /^_?(?:db_?)?sess(?:ion)?$/i, imports: /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\b/ },
  { names: 'get aget first afirst last alast earliest latest filter exclude all values values_list iterator aiterator raw get_or_create update_or_create in_bulk fetchone fetchall fetchmany', kind: DATABASE, use: 'call', on: /^(?:django\.db\b.*|(?!(?:aio)?boto3\b).*\.objects(?:\.\w+\(\))*)$/ },
  { names: 'get get_or_none get_by_id get_or_create first last select filter all raw execute execute_sql fetchone fetchall find find_one scalar tuples dicts', kind: DATABASE, use: 'call', on: /^(?:peewee|playhouse|tortoise|ormar|piccolo|pony|beanie|odmantic|aredis_om|redis_om)\b/ },
  { names: 'fetch fetchone fetchall fetchmany fetchrow fetchval fetch_one fetch_all fetch_val iterate stream query', kind: DATABASE, use: 'call', on: /^(?:psycopg2?|psycopg_pool|asyncpg|MySQLdb|pymysql|mysql|aiomysql|aiopg|cx_Oracle|oracledb|pyodbc|aioodbc|pymssql|snowflake|clickhouse_driver|clickhouse_connect|databases|django\.db|trino|pyhive|databricks)\b.*\(\)/ },
  { names: 'execute execute_async', kind: DATABASE, use: 'call', on: /^cassandra\b.*\.connect\(\)$/ },
  { names: 'run', kind: DATABASE, use: 'call', on: /^rethinkdb\b/ },
  { names: 'find find_one find_one_and_update find_one_and_delete find_one_and_replace aggregate distinct find_raw_batches watch', kind: DATABASE, use: 'call', on: /^(?:pymongo|motor|mongomock)\b.*\(\)/, named: /^_?(?:collection|coll|col|mongo\w*)$/i, imports: /^(?:pymongo|motor|mongomock)\b/ },
  { names: 'get get_version get_last_version find find_one open_download_stream open_download_stream_by_name', kind: DATABASE, use: 'call', on: /^(?:gridfs|motor)\b.*GridFS\w*\(\)$/, named: /grid|^_?fs$/i, imports: /^(?:gridfs|motor)\b/ },
  { names: 'download_to_stream download_to_stream_by_name', kind: DATABASE, use: 'fills', on: /^(?:gridfs|motor)\b.*GridFS\w*\(\)$/, named: /grid|^_?fs$/i, imports: /^(?:gridfs|motor)\b/ },
  { names: 'get get_all get_and_touch get_entry_view take poll select query scan run', kind: GRID, use: 'call', on: /^(?:hazelcast|aerospike|pyignite|couchbase|couchdb|cloudant|arango|neo4j|ibis)\b.*\(\)/ },
  { names: 'get mget search get_source scroll', kind: SEARCH, use: 'call', on: /^(?:elasticsearch|elasticsearch_dsl|opensearchpy|pysolr|meilisearch|typesense)\b.*\(\)/ },
  { names: 'consume basic_get', kind: QUEUE, use: 'call', on: /^pika\b.*\(\)$/, named: /^_?(?:channel|ch)$/i, imports: /^pika\b/ },
  { names: 'get', kind: QUEUE, use: 'call', on: /^aio_pika\b.*[qQ]ueue\w*\(\)$/, named: /queue$/i, imports: /^aio_pika\b/ },
  { names: 'body payload', kind: QUEUE, use: 'read', on: /^(?:kombu|aio_pika|aiormq|amqp)\b.*Message\w*\(\)$/ },
  { names: 'pull streaming_pull', kind: PUBSUB, use: 'call', on: /^google\.(?:cloud\.)?pubsub\w*\b.*Client\(\)$/, named: /subscriber/i, imports: /^google\.(?:cloud\.)?pubsub/ },
  { names: 'data', kind: PUBSUB, use: 'read', on: /^google\.cloud\.pubsub\w*\b.*Message\(\)$/, named: /^(?:msg|message)$/, imports: /^google\.(?:cloud\.)?pubsub/ },
  { names: 'value key', kind: KAFKA, use: 'read', on: /^(?:kafka|aiokafka)\b.*Consumer\w*\(\).*$/ },
  { names: 'value key', kind: KAFKA, use: 'call', named: /^_?(?:msg|message)$/, imports: /^confluent_kafka\b/ },
  { names: 'receive batch_receive read_next', kind: QUEUE, use: 'call', on: /^pulsar\b.*\(\)$/, named: /consumer|reader/i, imports: /^pulsar\b/ },
  { names: 'data value', kind: QUEUE, use: 'call', named: /^_?(?:msg|message)$/, imports: /^pulsar\b/ },
  { names: 'request next_msg fetch get get_msg get_last_msg', kind: NATS, use: 'call', on: /^nats\b.*\(\)(?:\[\])*$/, named: /^_?(?:nc|nats|js|sub|kv)$/, imports: /^nats\b/ },
  { names: 'get join', kind: CELERY, use: 'call', on: /^celery\b.*(?:AsyncResult|GroupResult|delay|apply_async|send_task)\(\)$/, named: /^(?:async_)?result$/, imports: /^celery\b/ },
  { names: 'result info', kind: CELERY, use: 'read', on: /^celery\b.*AsyncResult\(\)$/ },
  { names: 'xcom_pull', kind: AIRFLOW, use: 'call', named: /./ },
  { names: 'recv arecv recv_msg arecv_msg', kind: NNG, use: 'call', on: /^(?:pynng|nanomsg|nnpy)\b.*\(\)/ },
  { names: 'transfercmd ntransfercmd download_stream', kind: FTP, use: 'call', on: /^(?:ftplib|aioftp)\b.*\(\)/ },
  { names: 'exec_command open file recv recv_stderr makefile makefile_stderr run', kind: SSH, use: 'call', on: /^(?:paramiko|asyncssh|fabric|scp|pysftp)\b.*\(\)/ },
  { names: 'getfo', kind: SSH, use: 'fills', on: /^(?:paramiko|pysftp)\b.*\(\)/ },
  { names: 'recv recv_streaming receive receive_bytes receive_str receive_text receive_json receive_data', kind: WEBSOCKET, use: 'call', on: /^(?:aiohttp\b.*(?:WebSocketResponse|ws_connect)|(?:websockets|httpx_ws|picows|trio_websocket)\b.*|litestar\b.*WebSocket|sanic\b.*Websocket\w*)\(\)(?:\[\])*$/ },
  { names: 'COOKIES META raw_post_data match_info', kind: HTTP, use: 'read', on: /(?:^|\.)(?:flask|quart|bottle)\.request$|(?:^|\.)\w*Request\(\)$/, named: /^(?:request|req)$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/ },
  { names: 'multipart get_media get_cookie get_header get_param chunks read_chunk', kind: HTTP, use: 'call', on: /(?:^|\.)(?:flask|quart|bottle)\.request$|(?:^|\.)\w*Request\(\)$/, named: /^(?:request|req)$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/ },
  { names: 'body', kind: HTTP, use: 'read', named: /^self\.request$/, imports: /^(?:flask|fastapi|starlette|aiohttp|sanic|django|rest_framework|tornado|quart|falcon|bottle|litestar|werkzeug|blacksheep|robyn|ray|bentoml|kserve|litserve|pyramid|webob|cherrypy|hug|responder|muffin|emmett|vibora)\b/ },
  { names: 'read_bytes read_into read_until read_until_close read_until_regex', kind: STREAM, use: 'call', on: /^tornado\.(?:iostream|tcpclient)\b.*\(\)$/, named: /^_?(?:io)?stream$/, imports: /^tornado\.(?:iostream|tcpserver|tcpclient)\b/ },
  { names: 'receive receive_some receive_exactly receive_until', kind: STREAM, use: 'call', on: /^(?:trio|anyio|curio)\b.*\(\)(?:\[\])*$/ },
  { names: 'data', kind: HTTP_CLIENT, use: 'read', on: /^urllib3\b.*\.(?:request|urlopen|request_encode_body|request_encode_url)\(\)$|^urllib3\.request\(\)$/ },
  { names: 'stream read_chunked iter_lines aiter_bytes aiter_raw aiter_text aiter_lines iter_text', kind: HTTP_CLIENT, use: 'call', on: /^(?:requests|httpx|aiohttp|urllib3?|http\.client|six\.moves\.urllib|tornado\.httpclient|niquests|curl_cffi|pycurl)\b.*(?:\.(?:get|post|put|patch|delete|request|send|urlopen|fetch|getresponse|stream|urlretrieve)\(\))(?:\[\])*$/ },
  { names: 'body buffer', kind: HTTP_CLIENT, use: 'read', on: /^tornado\.httpclient\b.*\.fetch\(\)$/ },
  { names: 'read', kind: DASK, use: 'call', on: /^distributed\.(?:comm\b.*|core\.\w*|rpc)\(\)(?:\[\])*$/, named: /^_?comm$/, imports: /^(?:distributed|dask)\b/ },
  { names: 'run_code run exec_run execute exec_start logs get_archive process', kind: KERNEL, use: 'call', on: /^(?:e2b|e2b_code_interpreter|e2b_desktop|modal|daytona\w*|docker|llm_sandbox|jupyter_client|codeboxapi|blaxel|runloop_api_client)\b.*\(\)/ },
  { names: 'read run exec', kind: KERNEL, use: 'call', on: /^(?:e2b|e2b_code_interpreter|e2b_desktop|daytona\w*)\b.*\(\)(?:\[\])*\.(?:files|filesystem|fs|commands|process)$/, named: /^(?:files|filesystem)$/, imports: /^(?:e2b|e2b_code_interpreter|daytona\w*)\b/ },
  { names: 'fetch retr top uid search article body', kind: MAIL, use: 'call', on: /^(?:imaplib|poplib|aioimaplib|imapclient|nntplib)\b.*\(\)$/ },
  { names: 'get_service_info async_get_service_info', kind: ZEROCONF, use: 'call', on: /^zeroconf\b.*\(\)$/, named: /zeroconf|^_?zc$/i, imports: /^zeroconf\b/ },
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
  { names: 'get mget hget hmget hgetall hvals getset getdel getex getrange lpop rpop lindex lrange blpop brpop brpoplpush rpoplpush blmove lmove spop smembers srandmember zrange zrevrange zrangebyscore zpopmin zpopmax bzpopmin bzpopmax xread xreadgroup xrange dump get_message listen parse_response', kind: REDIS, use: 'call', on: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis)\b.*\(\)(?:\[\])*$|(?:^|\.)\w*(?:[rR]edis|valkey|Valkey)(?:_?(?:[cC]lient|[cC]onn|[cC]onnection|[dD]b|[pP]ool|[cC]luster|[iI]nstance))?\(\)(?:\.pipeline\(\))?(?:\[\])*$/, named: /redis|valkey|^rdb$|^r$|pubsub/i, imports: /^(?:redis|aioredis|fakeredis|valkey|rediscluster|django_redis|coredis|walrus)\b/ },
  { names: 'get mget hget hmget hgetall hvals lpop rpop blpop brpop lindex lrange', kind: REDIS, use: 'call', named: /redis|valkey/i },
  { names: 'get gets get_many get_multi gat gats', kind: MEMCACHED, use: 'call', on: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b.*\(\)$/, named: /memcache|^mc$/i, imports: /^(?:pymemcache|pylibmc|memcache|bmemcached|aiomcache|emcache)\b/ },
  { names: 'poll consume getone getmany value key', kind: KAFKA, use: 'call', on: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b.*(?:Consumer|Client)\w*\(\).*$/, named: /consumer/i, imports: /^(?:kafka|confluent_kafka|aiokafka|faust|pulsar)\b/ },
  { names: 'value key', kind: KAFKA, use: 'read', on: /^(?:kafka|aiokafka)\b.*Consumer\w*\(\).*\[\]$/, named: /^(?:msg|message|record)$/, imports: /^(?:kafka|aiokafka|faust)\b/ },
  { names: 'receive subscribe', kind: QUEUE, use: 'call', on: /^pulsar\b.*\(\)$/, named: /consumer/i, imports: /^pulsar\b/ },
  { names: 'get_object download_as_bytes download_as_string download_blob read_blob get_blob_to_bytes', kind: OBJECTS, use: 'call', named: /./, imports: /^(?:boto3|botocore|aiobotocore|aioboto3|google|gcloud|azure|minio|oss2|qcloud_cos|obs|smart_open)\b/ },
  { names: 'get_object', kind: OBJECTS, use: 'call', named: /s3|minio|bucket|client/i },
  { names: 'download_file download_to_filename fget_object get_object_to_file', kind: OBJECTS, use: 'fills', named: /./, imports: /^(?:boto3|botocore|aiobotocore|aioboto3|google|gcloud|azure|minio|oss2|qcloud_cos|obs)\b/ },
  { names: 'download download_file get_data get_file', kind: STORAGE, use: 'fills', on: /(?:^|\.)\w*(?:Storage|FileAccess\w*|(?:Object|Blob|Artifact)Store)(?:Handler|Client|Backend|Service)?\(\)$|\.\w*(?:storage|file_access|(?:object|blob|artifact)_?store)$/, named: /(?:^|_)(?:storage|file_?access|(?:object|blob|artifact)_?store)(?:_(?:handler|client|backend|service))?$/i },
  { names: 'get_object get_cloudobject get_blob get_bytes get_data get_func get_function get_result get_call_output get_output get_artifact load_bytes load_object load_blob read_bytes read_object read_blob download_bytes fetch_bytes', kind: STORAGE, use: 'call', on: /(?:^|\.)\w*(?:Storage|(?:Object|Blob|Artifact)Store)(?:Handler|Client|Backend|Service)?\(\)$|\.\w*(?:storage|(?:object|blob|artifact)_?store)$/, named: /(?:^|_)(?:storage|(?:object|blob|artifact)_?store)(?:_(?:handler|client|backend|service))?$/i },
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
  { names: 'get first filter all', kind: DATABASE, use: 'call', on: /^(?!(?:aio)?boto3\b).*\.objects(?:\.\w+\(\))*$|^(?:sqlalchemy|sqlmodel)\b.*(?:query|execute|exec)\(\).*$/ },
  { names: 'recv_bytes', kind: PIPE, use: 'call', on: /^multiprocess(?:ing)?\b.*\(\)$/, named: /conn|pipe|client|listener/i, imports: /^(?:multiprocess(?:ing)?|torch\.multiprocessing)\b/ },
  { names: 'recv_bytes_into', kind: PIPE, use: 'fills', named: /conn|pipe/i, imports: /^multiprocess(?:ing)?\b/ },
  { names: 'get multi_get', kind: TCP_STORE, use: 'call', on: /(?:^|\.)(?:TCPStore|PrefixStore|HashStore|Store|_get_default_store)\(\)$/, named: /store$/i, imports: /^torch\.distributed\b|^torch\b/ },
  { names: 'buf', kind: SHARED_MEMORY, use: 'read', on: /(?:^|\.)SharedMemory\(\)$/, named: /shm|shared_mem/i },
  { names: 'acquire_read', kind: SHARED_MEMORY, use: 'call', named: /./ },
  { names: 'get_iopub_msg get_shell_msg get_stdin_msg get_control_msg execute_interactive', kind: KERNEL, use: 'call', named: /./, imports: /^(?:jupyter_client|nbclient|ipykernel|IPython)\b/ },
  { names: 'run_code run_command execute exec_run', kind: KERNEL, use: 'call', named: /sandbox|sbx|kernel|container/i, imports: /^(?:e2b|e2b_code_interpreter|docker|modal|daytona\w*|jupyter_client|llm_sandbox)\b/ },
];

export const SOURCE_CALLS: readonly SourceRow[] = [
  { path: /^google\.appengine\.api\.memcache\.(?:get|gets|get_multi|get_multi_async)$/, kind: MEMCACHED },
  { path: /^uwsgi\.(?:cache_get|queue_(?:get|pull|pop|last)|mule_get_msg|farm_get_msg)$/, kind: UWSGI },
  { path: /^(?:fsspec|smart_open)\.open$/, kind: OBJECTS },
  { path: /^paho\.mqtt\.subscribe\.simple$/, kind: MQTT },
  { path: /^asgi\.receive$/, kind: HTTP },
  { path: /^(?:xmlrpc\.client|xmlrpclib)\.(?:ServerProxy|Server)\(\)\.\w+(?:\.\w+)*$/, kind: XML_RPC_CLIENT },
  { path: /^(?:rpyc\b.*\bconnect\w*\(\)\.root\.\w+|Pyro[45]\b.*\bProxy\(\)\.\w+|zerorpc\.Client\(\)\.\w+)$/, kind: RPC },
  { path: /^streamlit(?:\.\w+(?:\(\))?)*\.(?:file_uploader|camera_input|audio_input|chat_input)$/, kind: HTTP },
  { path: /^ray\.(?:get|util\.queue\.Queue\(\)\.get(?:_nowait)?|experimental\.internal_kv\._internal_kv_get)$/, kind: RAY },
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
  { path: /^shared:.*\.(?:cursor|execute|begin)\(\).*\[\]$/, kind: SHARED_FILE },
  { path: /^(?:redis|walrus|valkey|fakeredis)\b.*(?:Redis|Database|Valkey)\(\)\[\]$/, kind: REDIS },
  { path: /^(?:redis|aioredis|valkey)\b.*\.listen\(\)\[\]$/, kind: REDIS },
  { path: /^pylibmc\b.*Client\(\)\[\]$/, kind: MEMCACHED },
  { path: /^fsspec\.(?:get_mapper|open_files|mapping\.get_mapper)\(\)\[\]$/, kind: OBJECTS },
  { path: /^(?:sqlalchemy|sqlmodel|flask_sqlalchemy)\b.*\.(?:execute|exec|query|scalars|stream|stream_scalars|filter|filter_by|all|mappings)\(\).*\[\]$/, kind: DATABASE },
  { path: /^(?:(?:sqlalchemy|flask_sqlalchemy)\b.*\b(?:Column|mapped_column|deferred)|django\.db\.models\.(?:fields\.)?(?:BinaryField|TextField|JSONField)|(?:peewee|playhouse\.\w+)\.(?:Blob|BigBit|Text|Bit)Field|tortoise\.fields\.(?:data\.)?(?:Binary|Text|JSON)Field|mongoengine\.(?:fields\.)?(?:Binary|File|String|Dynamic)Field)\(\)$/, kind: DATABASE },
  { path: /^(?!(?:aio)?boto3\b).*\.objects(?:\.\w+\(\))*\[\]$/, kind: DATABASE },
  { path: /^(?:psycopg2?|psycopg_pool|asyncpg|MySQLdb|pymysql|mysql|aiomysql|aiopg|cx_Oracle|oracledb|pyodbc|pymssql|snowflake|databases|django\.db)\b.*\.(?:cursor|execute|iterate)\(\)(?:\.\w+\(\))*\[\]$/, kind: DATABASE },
  { path: /^aio_pika\b.*(?:[qQ]ueue\w*|iterator)\(\)\[\]$/, kind: QUEUE },
  { path: /^azure\.(?:servicebus|eventhub|storage\.queue)\b.*\(\)\[\]$/, kind: QUEUE },
  { path: /^(?:kafka|aiokafka|faust)\b.*(?:Consumer\w*|stream|events|items|take)\(\)\[\]$/, kind: KAFKA },
  { path: /^nats\b.*\.(?:subscribe|pull_subscribe|messages)(?:\(\))?(?:\.messages)?\[\]$/, kind: NATS },
  { path: /^(?:aiomqtt|asyncio_mqtt|gmqtt)\b.*\(\)\.(?:messages|filtered_messages|unfiltered_messages)(?:\(\))?\[\]$/, kind: MQTT },
  { path: /^pynng\b.*\(\)\[\]$/, kind: NNG },
  { path: /^aiohttp\b.*(?:WebSocketResponse|ws_connect)\(\)(?:\[\])*\[\]$|^(?:websockets|httpx_ws)\b.*\(\)\[\]$/, kind: WEBSOCKET },
  { path: /^wsgi\.environ\[\]$/, kind: HTTP },
  { path: /^(?:requests|urllib3)\b.*\.(?:get|post|put|request)\(\)\[\]$/, kind: HTTP_CLIENT },
  { path: /^zeroconf\b.*ServiceInfo\(\)\.(?:properties|decoded_properties)$/, kind: ZEROCONF },
  { path: /^(?:sys\.argv|os\.environ|os\.environb|sys\.stdin(?:\.buffer)?|__file__)$/, kind: LAUNCHER },
];

export const ENTRY_POINTS: readonly EntryPoint[] = [
  { kind: ZOOKEEPER, decorator: /(?:^|\.)DataWatch$/, imports: /^kazoo\b/, filled: /^(?!stat$|event$)/ },
  { kind: KINESIS, base: /^RecordProcessorBase$/, name: /^process_records?$/, filled: /^(?:process_records_input|data|records)$/ },
  { kind: KAFKA, decorator: /(?:^|\.)\w*app\w*\.agent$/, imports: /^faust\b/, filled: /./ },
  { kind: QUEUE, base: /(?:Connection|Stats|Printing|Test|Waiting)Listener$/, name: /^on_message$/, imports: /^stomp\b/, filled: /^(?!headers$)/ },
  { kind: CELERY, decorator: /(?:^|\.)(?:\w*huey\w*\.(?:task|periodic_task)|db_task|db_periodic_task|dramatiq\.actor|actor|rq\.job|job)$/, imports: /^(?:huey|dramatiq|rq|django_rq|remoulade|taskiq)\b/, filled: /./ },
  { kind: AIRFLOW, name: /^deserialize$/, shape: /^(?:classname|cls|cls_name),(?:version),(?:data|o|value)$/, filled: /^(?:data|o|value)$/ },
  { kind: AIRFLOW, base: /XCom/, name: /^(?:orm_)?deserialize_value$/, filled: /^result$/ },
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
  { kind: WEBSOCKET, decorator: /(?:^|\.)\w*(?:sio|socket_?io|namespace)\w*\.(?:on|event|on_event)$/i, imports: /^(?:socketio|flask_socketio)\b/, filled: /^(?!sid$|environ$|auth$)/ },
  { kind: WEBSOCKET, base: /(?:^|\.)(?:Async)?(?:Client)?Namespace$/, name: /^on_(?!connect$|disconnect$)/, imports: /^(?:socketio|flask_socketio)\b/, filled: /^(?!sid$|environ$|auth$)/ },
  { kind: WEBSOCKET, base: /Consumer$/, name: /^(?:receive|receive_json|websocket_receive)$/, imports: /^channels\b/, filled: /./ },
  { kind: WEBSOCKET, base: /^(?:WebSocket(?:Client|Server)Protocol|WebSocketEndpoint)$/, name: /^(?:onMessage|on_receive)$/, filled: /^(?:payload|data)$/ },
  { kind: STREAM, base: /^TCPServer$/, name: /^handle_stream$/, imports: /^tornado\b/, filled: /^stream$/ },
  { kind: TWISTED, name: /^(?:dataReceived|lineReceived|rawDataReceived|stringReceived|datagramReceived|messageReceived|netstringReceived)$/, imports: /^(?:twisted|autobahn)\b/, filled: /^(?!host$|port$|addr$|address$|peer$)/ },
  { kind: XML_RPC, decorator: /(?:^|\.)\w*server\w*\.register_function$/i, imports: /^(?:xmlrpc\.server|SimpleXMLRPCServer)\b/, filled: /./ },
  { kind: XML_RPC, base: /^XMLRPC$/, name: /^xmlrpc_/, filled: /./ },
  { kind: RPC, name: /^exposed_/, imports: /^rpyc\b/, filled: /./ },
  { kind: RPC, classDecorator: /(?:^|\.)(?:expose|behavior)$/, name: /^(?!_)/, imports: /^(?:Pyro4|Pyro5)\b/, filled: /./ },
  { kind: RPC, decorator: /^(?:Pyro[45](?:\.(?:api|server))?\.)?expose$/, imports: /^(?:Pyro4|Pyro5)\b/, filled: /./ },
  { kind: RPC, decorator: /(?:^|\.)(?:rpc_method|rpc|jsonrpc\.method|dispatcher\.add_method)$/, imports: /^(?:nameko|jsonrpc\w*|spyne|ladon|zerorpc|aiorpc\w*)\b/, filled: /./ },
  { kind: HTTP, decorator: /^(?:litestar\.)?(?:handlers\.)?(?:get|post|put|patch|delete|route|websocket_listener)$/, imports: /^litestar\b/, filled: /./ },
  { kind: HTTP, decorator: /(?:^|\.)(?:csrf_exempt|api_view|require_POST|require_http_methods)$/, imports: /^(?:django|rest_framework)\b/, filled: /^(?:request|data)$/ },
  { kind: RAY, classDecorator: /(?:^|\.)ray\.remote$/, name: /^(?!__init__)/, imports: /^ray\b/, filled: /./ },
  { kind: RAY, decorator: /(?:^|\.)ray\.remote$/, imports: /^ray\b/, filled: /./ },
  { kind: DASK, shape: /^comm(?:,\w+)+$/, imports: /^(?:distributed|dask)\b/, filled: /^(?!comm$)/ },
];

export const CALLBACKS: Readonly<Record<string, SourceKind>> = {
  message_listener: QUEUE,
  value_deserializer: KAFKA,
  key_deserializer: KAFKA,
  on_message_callback: QUEUE,
  cb: NATS,
  request_deserializer: GRPC,
  response_deserializer: GRPC,
};

export const CALLBACK_MEMBERS: readonly CallbackMember[] = [
  { names: 'DataWatch', kind: ZOOKEEPER, on: /^kazoo\b.*\bKazooClient\(\)$/, at: 1, keyword: 'func', gives: 0 },
  { names: 'add_watch_callback', kind: ETCD, on: /^(?:etcd3|aetcd3?)\b.*\(\)$/, at: 1, keyword: 'callback', gives: 0 },
  { names: 'basic_consume', kind: QUEUE, on: /^pika\b.*\(\)$/, at: 1, keyword: 'on_message_callback', gives: 3 },
  { names: 'consume', kind: QUEUE, on: /^aio_pika\b.*[qQ]ueue\w*\(\)$/, at: 0, keyword: 'callback', gives: 0 },
  { names: 'receive receive_batch', kind: QUEUE, on: /^azure\.eventhub\b.*Client\(\)$/, at: 0, keyword: 'on_event', gives: 1 },
  { names: 'subscribe', kind: PUBSUB, on: /^google\.cloud\.pubsub\w*\b.*Client\(\)$/, at: 1, keyword: 'callback', gives: 0 },
  { names: 'subscribe', kind: NATS, on: /^nats\b.*\(\)$/, at: 2, keyword: 'cb', gives: 0 },
  { names: 'message_callback_add', kind: MQTT, on: /^paho\b.*Client\(\)$/, at: 1, keyword: 'callback', gives: 2 },
  { names: 'retrbinary retrlines', kind: FTP, on: /^ftplib\.\w+\(\)$/, at: 1, keyword: 'callback', gives: 0 },
  { names: 'register_function', kind: XML_RPC, on: /^(?:xmlrpc\.server|SimpleXMLRPCServer|six\.moves\.xmlrpc_server)\b.*\(\)$/, at: 0, keyword: 'function', gives: 'all' },
  { names: 'Interface ChatInterface click submit change upload select input load api', kind: HTTP, on: /^gradio\b/, at: 0, keyword: 'fn', gives: 'all' },
];

export const NAMED_PARAMETERS: readonly NamedParameter[] = [
  { name: /^_?receive$/, imports: /./, shape: /(?:^|,)scope,receive,send$/, path: 'asgi.receive' },
  { name: /^env(?:iron)?$/, imports: /./, shape: /(?:^|,)(?:environ|env),start_response$/, path: 'wsgi.environ' },
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

export const LOADED_ARGUMENT: Readonly<Record<string, LoadedArgument>> = {
  'torch.load': { position: 0, keyword: 'f' },
  'torch.hub.load': { position: 0, keyword: 'repo_or_dir' },
  'torch.classes.load_library': { position: 0, keyword: 'path' },
  'torch.ops.load_library': { position: 0, keyword: 'path' },
  'torch.utils.cpp_extension.load': { position: 1, keyword: 'sources' },
};

export const PATH_ORIGINS: readonly PathOriginRow[] = [
  { path: /^(?:sys\.argv|os\.(?:environb?|getenvb?)|builtins\.(?:input|raw_input)|getpass\.getpass|docopt\.docopt)\b/, gives: 'user' },
  { path: /^(?:absl\.flags|gflags|tensorflow\.(?:compat\.v1\.)?(?:app\.)?flags)\.FLAGS\b/, gives: 'user' },
  { path: /^pathlib\.(?:Path|PosixPath)\.home$/, gives: 'user' },
  { path: /^tempfile\.gettempdirb?$/, gives: 'store' },
  { path: /^tempfile\./, gives: 'constant' },
  { path: /^os\.(?:getcwdb?|sep|pathsep|curdir|extsep)$|^pathlib\.(?:Path|PosixPath)\.cwd$/, gives: 'constant' },
  { path: /^(?:pkg_resources|importlib[._]resources)\.|^pkgutil\.get_data$|^inspect\.(?:getfile|getsourcefile)$/, gives: 'constant' },
  { path: /^urllib\.parse\b/, gives: 'arguments' },
  { path: /^(?:requests|httpx|aiohttp|urllib3|urllib2?|http\.client|httplib2?|ftplib|socket|grpc)\b/, gives: 'network' },
  { path: /^(?:huggingface_hub|gdown|wget|pooch|kagglehub|modelscope|wandb|mlflow|clearml|comet_ml|neptune|dvc)\b/, gives: 'network' },
  { path: /^(?:boto3|botocore|s3fs|gcsfs|adlfs|google\.cloud|azure|minio|redis|pymongo|gridfs|oss2|petrel_client)\b/, gives: 'store' },
  { path: /^(?:fsspec|smart_open|iopath|tensorflow\.io\.gfile|tensorflow\.gfile)\b/, gives: 'arguments' },
  { path: /^(?:os\.path|posixpath|ntpath|pathlib|glob|fnmatch|shutil|natsort|zipfile|tarfile|copy)\b/, gives: 'arguments' },
  { path: /^os\.(?:fspath|fsdecode|fsencode|listdir|scandir|walk|readlink|open|fdopen)$/, gives: 'arguments' },
  { path: /^(?:io|_io|gzip|bz2|lzma|codecs)\.|^(?:StringIO|cStringIO)\./, gives: 'arguments' },
  { path: /^builtins\.(?:open|file|str|unicode|bytes|bytearray|memoryview|int|float|repr|format|getattr)$/, gives: 'arguments' },
  { path: /^builtins\.(?:sorted|reversed|list|tuple|set|dict|max|min|next|iter|enumerate|zip|range|filter|map)$/, gives: 'arguments' },
  { path: /^builtins\.(?:len|abs|round|sum)$|^itertools\.\w+$|^tqdm\.(?:\w+\.)*\w+$/, gives: 'arguments' },
  { path: /^(?:json|re|string|base64|binascii|typing|omegaconf\.OmegaConf|yaml|toml|tomllib)\b/, gives: 'arguments' },
  { path: /^(?:time|datetime|uuid|random|math|platform)\b/, gives: 'constant' },
];

export const FILLERS: ReadonlySet<string> = new Set('append extend insert add update write writelines put put_nowait push appendleft setdefault feed feed_data'.split(' '));
export const FILLS_LAST: ReadonlySet<string> = new Set('download download_file download_fileobj download_to_filename download_to_stream download_to_stream_by_name fget_object get_data get_file get_object_to_file getfo'.split(' '));
export const STORE_SCHEMES: ReadonlySet<string> = new Set('abfs abfss az dbfs gcs gs hdfs oss s3 s3a s3n wasb wasbs'.split(' '));
export const NO_PATH_KEYWORDS: ReadonlySet<string> = new Set('buffering desc disable encoding errors key leave mode ncols position recursive reverse total unit'.split(' '));
export const LOOKING_AT_ITEMS: ReadonlySet<string> = new Set('filter max min sort sorted'.split(' '));
export const PASSING_METHODS: ReadonlySet<string> = new Set('__enter__ __fspath__ __str__ absolute as_posix capitalize copy decode encode expanduser extractfile format format_map get getbuffer getvalue glob items iterdir join joinpath keys lower lstrip namelist open pop read read1 read_bytes readline readlines relative_to removeprefix removesuffix replace resolve rglob rsplit rstrip samefile seek setdefault split splitlines strip title tobytes upper values with_name with_stem with_suffix'.split(' '));
export const PARSING_METHODS: ReadonlySet<string> = new Set('parse_args parse_args_into_dataclasses parse_intermixed_args parse_known_args parse_known_intermixed_args'.split(' '));
export const COMMAND_DECORATORS: ReadonlySet<string> = new Set('argument command group option pass_context'.split(' '));
export const TRANSPARENT_DECORATORS: ReadonlySet<string> = new Set('abstractmethod cache cached_property classmethod contextmanager inference_mode lru_cache no_grad override property rank_zero_only staticmethod wraps'.split(' '));
export const CLEAN_MEMBERS: ReadonlySet<string> = new Set('app state client url method status status_code ok reason shape dtype size ndim nbytes name filename content_type mimetype content_length hexdigest digest startswith endswith isdigit index find count __class__ __len__ close closed is_alive fileno more'.split(' '));

export const CARRIERS = /^(?:base64\.\w+|binascii\.(?:a2b|un)\w*|builtins\.(?:bytes|bytearray|memoryview|str|list|tuple|dict|set|iter|next|reversed|sorted|zip|enumerate|filter|aiter|anext)(?:\.fromhex|\.fromkeys)?|(?:zlib|gzip|bz2|lzma|zstandard|zstd|pyzstd|snappy|brotli|brotlicffi|blosc2?|lz4(?:\.\w+)?)\.\w*(?:decompress|uncompress|unpack)\w*|(?:gzip|bz2|lzma|lz4\.frame)\.(?:GzipFile|BZ2File|LZMAFile|open)|io\.(?:BytesIO|StringIO|BufferedReader|TextIOWrapper|BufferedRandom)|(?:c?StringIO|six)\.(?:StringIO|BytesIO)|(?:json|ujson|orjson|simplejson|rapidjson|msgpack|umsgpack|ormsgpack|cbor2?|bson|tomllib|msgspec\.\w+)\.(?:load|loads|unpack|unpackb|decode)|numpy\.(?:frombuffer|fromstring|array|asarray|ascontiguousarray)|torch\.(?:frombuffer|tensor|as_tensor|from_numpy)|pyarrow\.(?:py_buffer|BufferReader|deserialize)|copy\.(?:copy|deepcopy)|struct\.(?:unpack|unpack_from)|urllib\.parse\.(?:unquote\w*|parse_qs\w*)|codecs\.(?:decode|encode)|asyncio\.(?:wait_for|shield|run|gather|create_task|ensure_future|run_coroutine_threadsafe)|itertools\.\w+|functools\.reduce|os\.fsencode|typing\.cast|google\.protobuf\.\w+\.\w+|ctypes\.string_at|werkzeug\.utils\.\w+|contextlib\.closing|requests_toolbelt\.\w+)$/;
export const CARRIER_NAME = /(?:decod|decompress|decrypt|unpack|unquote|fromhex|b(?:ase)?64|hex_to|to_bytes|tobytes|as_bytes|BytesIO|BytesStream|frombuffer|FromString|SerializeToString|deflate|inflate|gunzip|unzip|decapsul|strip|join|concat|read_all|readall|parse_message|get_payload|extract|ensure_bytes|to_buffer|unframe|^read|getvalue|getbuffer|^encode|^copy$)/i;
export const OTHER_RESULTS = /^(?:builtins|os|sys|pathlib|posixpath|ntpath|shutil|glob|tempfile|logging|warnings|time|datetime|hashlib|hmac|secrets|re|uuid|random|math|inspect|types|typing|subprocess|threading|multiprocessing|asyncio|concurrent|functools|itertools|operator|numpy|torch|pandas|socket|select|struct|string|json|html|urllib\d?|requests|http|redis|sqlalchemy|django|flask)(?:\.|$)/;
export const LOOKS_UP = /^[A-Z]|^_*(?:get|fetch|find|query|look|search|open|download|load|read|resolve|select|make|create|build|new|init|is|has|check|validate|verify|assert|log|print|len|count|size|hash|digest|format|register|start|run|send|write|save|store|put|set|delete|remove|connect|hget|exec|call)(?![a-z])|path|file|name|key|url|uri|addr|host|port|_id$|size|length|shape|dtype|exists/;
export const BYTES_STREAM = /(?:^|\.)(?:BytesIO|StringIO|BufferReader|BytesStream)$/;
export const COMPARE = /^(?:hmac\.compare_digest|secrets\.compare_digest|_operator\._compare_digest|cryptography\.hazmat\.primitives\.constant_time\.bytes_eq|django\.utils\.crypto\.constant_time_compare|werkzeug\.security\.safe_str_cmp)$/;
export const DIFFER = /^pyramid\.util\.strings_differ$/;
export const CONVERTER_NAME = /^_?(?:(?:to|as|ensure|force|want|smart|native|make)_)?(?:bytes|binary|str|text|unicode|native)_?$/;
export const MAC = /^(?:hmac\.(?:new|digest|HMAC)|hashlib\.blake2[bs]|django\.utils\.crypto\.salted_hmac|cryptography\.hazmat\.primitives\.hmac\.HMAC|Crypto\.Hash\.HMAC\.new|Cryptodome\.Hash\.HMAC\.new)$/;
export const OPENERS = /(?:^cryptography\.fernet\.(?:Multi)?Fernet\(\)\.decrypt|^cryptography\..*(?:AESGCM\w*|ChaCha20Poly1305|AESCCM|AESSIV|AESOCB3)\(\)\.decrypt|^nacl\.\w+\.\w+\(\)\.(?:decrypt|verify)|^itsdangerous\.\w*(?:\.\w+)*\(\)\.(?:unsign|loads)|^django\.core\.signing\.\w+(?:\(\)\.unsign)?)$/;
export const VERIFIERS = /(?:public_?key|verify_?key|verifier|pub_?key|^pub$|^key$|signer|cert)/i;
export const NUMBER_PARAMETERS = /^(?:\w+_)?(?:timeout|ttl|expires?|expiry|expiration|max_age|maxsize|retries|timeout_m?s|timeout_secs|seconds|threshold)$/;
export const LOCAL_STORES = /^(?:sqlite3\.connect|aiosqlite\.connect|apsw\.Connection|lmdb\.(?:open|Environment|aio\.open)|plyvel\.DB|diskcache\.(?:Cache|FanoutCache)|sqlitedict\.SqliteDict|dbm(?:\.\w+)?\.open|duckdb\.connect|sqlalchemy(?:\.ext\.asyncio)?\.create_(?:async_)?engine|(?:fsspec|smart_open)\.open)$/;
export const LOADS_DOWNLOAD = /^torch\.hub\.(?:load|list|help|load_state_dict_from_url|download_url_to_file)$/;
export const DOWNLOADS = /download|fetch|(?:^|_)retriev|urlretrieve|urlopen|from_url|from_hub|hub_(?:load|file)|cached_path|cached_file|^get_file$|get_from_cache|wget|(?:^|_)pull(?:_|$)/i;
export const FILLS = /download|fetch|(?:^|_)retriev|urlretrieve|^get_file$|wget|(?:^|_)pull(?:_|$)/i;
export const CLIENT_MODULES = /^(?:requests|httpx|aiohttp|urllib3|urllib2|urllib\.request|wget|gdown|huggingface_hub|boto3|botocore|ftplib|paramiko|google\.cloud)(?:\.|$)/;
export const SHARED_PATH = /^(?:\/mnt|\/nfs|\/efs|\/shared|\/net|\/Volumes|\/gpfs|\/lustre|\/tmp|\/var\/tmp|\/dev\/shm|\\\\|\/\/)/;
export const COMMAND_MODULES = /^(?:click|rich_click|asyncclick|cloup|typer)(?:\.|$)/;
export const UNPICKLER = /(?:^|[._])(?:c?[pP]ickle5?|_pickle|cloudpickle(?:\.cloudpickle)?|dill(?:\._dill)?|zodbpickle|pickle_compat|compress_pickle|serialize_with_dill|hickle)\._?Unpickler$/;
export const TENSOR_COLLECTIVES = /^torch\.distributed\.(?:distributed_c10d\.)?(?:recv|irecv|broadcast|scatter|all_gather|all_gather_into_tensor|all_to_all|all_to_all_single)$|^torch_xla\.core\.xla_model\.collective_broadcast$/;
export const COLLECTIVE_NAME = /(?:^|\.)(?:i?recv_?|broadcast_?)$/;
export const NEW_TENSOR = /^torch\.(?:empty|zeros|ones|full|(?:cuda\.)?(?:Byte|Char)Tensor)\(\)(?:\.\w+\(\))*$/;
export const COLLECTIVES = /^torch\.distributed\.(?:distributed_c10d\.)?(?:recv_object_list|broadcast_object_list|scatter_object_list|gather_object|all_gather_object)$/;
export const MANAGERS = /^multiprocess(?:ing)?\.managers\.(?:BaseManager|SyncManager)$/;
export const PICKLE_MEDIA_TYPE = /^(?:application|binary|text)\/(?:x-)?(?:[\w.]+[.+])?(?:python-)?(?:pickle[d]?|python-serialize|cloudpickle|dill|joblib|pickle-v\d)(?:\s*;.*)?$/i;
export const TYPED_PARAMETERS = /(?:(?<!Infer|Inference)Request|WebSocket\w*|StreamReader|BackgroundTasks|Response)\(\)$/;
export const INJECTED = /(?:^|\.)(?:Depends|Security|Inject|Provide|State|FromDishka)\(\)$/;
export const NEVER_RETURNS = /^(?:flask\.abort|werkzeug\.exceptions\.abort|bottle\.abort|quart\.abort|sanic\.exceptions\.abort|aiohttp\.web\.abort|sys\.exit|os\._exit|os\.abort|builtins\.(?:exit|quit))$/;
export const NETWORK_MODULES = /^(?:socket|socketserver|SocketServer|ssl|asyncore|asynchat|xmlrpc|SimpleXMLRPCServer|xmlrpclib|http\.(?:client|server)|BaseHTTPServer|httplib|urllib\.request|urllib[23]|wsgiref|ftplib|zmq|aiozmq|pynng|nanomsg|grpc|grpclib|thrift|flask|quart|fastapi|starlette|uvicorn|aiohttp|sanic|django(?!\.(?:db|core\.cache)\b)|rest_framework|tornado|falcon|bottle|litestar|werkzeug|pyramid|webob|web|cherrypy|gevent|eventlet|twisted|trio|anyio|curio|litestar|channels|autobahn|websockets|websocket|socketio|flask_socketio|simple_websocket|httpx_ws|streamlit|gradio|chainlit|zeroconf|imaplib|poplib|nntplib|telnetlib|telnetlib3|aioftp|asyncssh|fabric|pysftp|zerorpc|nameko|distributed|e2b\w*|requests|httpx|rpyc|Pyro[45]?|paramiko|jupyter_client|ipykernel|bentoml|mlserver|kserve|tritonclient|ray|ucp|(?:PyQt\d|PySide\d?|qtpy)\.QtNetwork)(?:\.|$)/;
export const NETWORK_HELPERS = /^django\.(?:apps|conf|dispatch|utils|core\.(?:checks|exceptions|management|signals|validators))(?:\.|$)/;
export const OWN_NAME = /^(?:gethostname|getfqdn|gethostbyname(?:_ex)?|error|gaierror|herror|timeout)$/;
export const STORE_MODULES = /^(?:redis|aioredis|rediscluster|django_redis|coredis|valkey|walrus|django\.(?:db|core\.cache)|flask_sqlalchemy|tortoise|ormar|beanie|databases|aiopg|aiomysql|aioodbc|gcsfs|adlfs|fsspec|pyarrow\.fs|petrel_client|aoss_client|hazelcast|aerospike|pyignite|couchbase|couchdb|elasticsearch|opensearchpy|aiormq|amqp|rq|huey|arq|taskiq|aiomqtt|asyncio_mqtt|etcd3gw|aetcd3?|memcache|pylibmc|pymemcache|bmemcached|aiomcache|emcache|uwsgi|kafka|confluent_kafka|aiokafka|faust|pulsar|pika|aio_pika|kombu|celery|dramatiq|stomp|nats|paho|boto3?|botocore|aiobotocore|aioboto3|google\.(?:cloud|appengine)|gcloud|azure|minio|oss2|s3fs|gcsfs|smart_open|pymongo|motor|mongoengine|gridfs|psycopg2?|asyncpg|MySQLdb|pymysql|mysql|sqlalchemy|sqlmodel|peewee|cx_Oracle|oracledb|pyodbc|kazoo|etcd3?|consul|rethinkdb|cassandra|hdfs|rados)(?:\.|$)/;
export const NETWORK_WORDS = /(?:^|[._])(?:clients?|servers?|remote|remoting|rpc|networks?|networking|transports?|sockets?|websockets?|comms?|endpoints?|tcp|udp|mqtt|zmq|nng)(?:[._]|$)/;
export const STORE_WORDS = /(?:^|[._])(?:redis|mongo(?:db)?|memcached?|kafka|rabbitmq|amqp|storages?|stores?|datastores?|databases?|db|postgres\w*|mysql|s3|gcs|blobs?|buckets?|brokers?|cloud)(?:[._]|$)/;
export const QUIET_MODULES = /^(?:__future__|_?sqlite3|queue|logging|http|email|typing\w*|urllib|concurrent|importlib|multiprocess(?:ing)?|asyncio|torch|tensorflow|keras|jax|numpy|scipy|pandas|sklearn|matplotlib|networkx|google\.protobuf|h5py|tables|pkg_resources|setuptools|distutils|pytest|unittest|mock)(?:\.|$)/;
export const WORKER_MODULES = /^(?:multiprocess(?:ing)?\.(?:connection|managers|shared_memory)|torch\.distributed|mpi4py)(?:\.|$)/;
export const SWALLOWERS = /(?:^|\.)(?:suppress|ExitStack|AsyncExitStack|move_on_after|move_on_at|fail_silently|raises|assertRaises(?:Regex)?)\(\)/;
export const TRANSPARENT = /^(?:builtins\.open|io|os|gzip|bz2|lzma|mmap|tarfile|zipfile|tempfile|shelve|socket|ssl|threading|multiprocessing|concurrent\.futures|asyncio\.(?:\w*Lock|\w*Semaphore|Condition|timeout\w*)|contextlib\.(?:closing|nullcontext|redirect_\w+|chdir)|warnings|decimal|torch|numpy|sqlite3|psycopg2?|sqlalchemy|redis|requests|httpx|aiohttp|urllib\d?|subprocess|zmq|grpc|filelock|fasteners|portalocker|opentelemetry|unittest\.mock)\b.*\(\)/;
