/**
 * One snippet or more for each library of the tables clients.txt and peers.txt: how its users load what it gives them. The
 * last word of a name says which of several ways. `pickle` is imported; the protocol is the one that the finding shows.
 */
export interface ClientCase {
  /** As in the field `read` of the tables. */
  readonly library: string;
  readonly protocol: string;
  readonly text: string;
}

const cases: ClientCase[] = [];

function of(library: string, protocol: string, ...texts: readonly string[]): void {
  for (const text of texts) cases.push({ library, protocol, text: `import pickle\n${text}\n` });
}

// Stores

of(
  'kazoo',
  'ZooKeeper',
  'from kazoo.client import KazooClient\nzk = KazooClient()\ndata, stat = zk.get("/a")\npickle.loads(data)',
  'import kazoo\ndef f(zk):\n    pickle.loads(zk.get_async("/a").get()[0])',
  'from kazoo.client import KazooClient\nzk = KazooClient()\n@zk.DataWatch("/a")\ndef seen(data, stat):\n    pickle.loads(data)',
  'from kazoo.client import KazooClient\nzk = KazooClient()\ndef seen(data, stat):\n    pickle.loads(data)\nzk.DataWatch("/a", seen)',
);
of(
  'etcd3',
  'etcd',
  'import etcd3\nclient = etcd3.client()\nvalue, meta = client.get("a")\npickle.loads(value)',
  'import etcd3\nfor value, meta in etcd3.client().get_prefix("a"):\n    pickle.loads(value)',
  'import etcd3\nclient = etcd3.client()\nclient.add_watch_callback("a", lambda event: pickle.loads(event.value))',
);
of(
  'python-consul',
  'Consul',
  'import consul\nindex, found = consul.Consul().kv.get("a")\npickle.loads(found["Value"])',
);
of(
  'redis',
  'Redis',
  'import redis\npipe = redis.Redis().pipeline()\npipe.get("a")\nfirst, = pipe.execute()\npickle.loads(first)',
  'import redis\ndef f(pipe):\n    for item in pipe.execute():\n        pickle.loads(item)',
  'import redis\npickle.loads(redis.Redis().blmpop(1, 1, "a", direction="LEFT")[1][0])',
  'import redis\npickle.loads(redis.Redis()["a"])',
  'import redis\nfor message in redis.Redis().pubsub().listen():\n    pickle.loads(message["data"])',
);
of('walrus', 'Redis', 'from walrus import Database\nstore = Database()\npickle.loads(store["a"])');
of(
  'pymemcache',
  'memcached',
  'from pymemcache.client.base import Client\nclient = Client(("h", 1))\npickle.loads(client.gets_many(["a"])["a"][0])',
);
of('python-memcached', 'memcached', 'import memcache\npickle.loads(memcache.Client(["h:1"]).get_multi(["a"])["a"])');
of(
  'pylibmc',
  'memcached',
  'import pylibmc\nclient = pylibmc.Client(["h"])\npickle.loads(client.get("a"))',
  'import pylibmc\npickle.loads(pylibmc.Client(["h"])["a"])',
);
of('aiomcache', 'memcached', 'import aiomcache\nasync def f(client):\n    pickle.loads(await client.gets(b"a"))');
of(
  'appengine-python-standard',
  'memcached',
  'from google.appengine.api import memcache\npickle.loads(memcache.get("a"))',
  'from google.appengine.api import memcache\npickle.loads(memcache.Client().get("a"))',
);
of(
  'appengine-python-standard',
  'App Engine datastore',
  'from google.appengine.ext import db\nitem = db.Model.get_by_key_name("a")\npickle.loads(item.data)',
  'def f(model):\n    pickle.loads(str(model.get_by_key_name("a").data))',
);
of(
  'google-cloud-ndb',
  'App Engine datastore',
  'from google.cloud import ndb\npickle.loads(ndb.Key("M", 1).get().data)',
);
of(
  'google-cloud-datastore',
  'App Engine datastore',
  'from google.cloud import datastore\npickle.loads(datastore.Client().get(key)["data"])',
);
of(
  'uWSGI',
  'uWSGI cache',
  'import uwsgi\npickle.loads(uwsgi.cache_get("a"))',
  'class C:\n    def get(self, key):\n        return pickle.loads(self._uwsgi.cache_get(key, self.cache))',
);
of(
  'python3-rados',
  'Ceph',
  'import rados\npool = rados.Rados(conffile="c").open_ioctx("p")\npickle.loads(pool.read("a"))',
  'import rados\ndef f(ioctx):\n    pickle.loads(ioctx.get_xattr("a", "b"))',
);
of('mmengine', 'Ceph', 'from petrel_client.client import Client\npickle.loads(Client("c").get("s3://b/k"))');
of(
  'boto3',
  'object storage',
  'import boto3\npickle.loads(boto3.resource("s3").Object("b", "k").get()["Body"].read())',
  'import boto3\nfor item in boto3.resource("s3").Bucket("b").objects.all():\n    pickle.loads(item.get()["Body"].read())',
  'import boto3\npickle.loads(boto3.Session().client("s3").get_object(Bucket="b", Key="k")["Body"].read())',
  'import boto3, io\nbuffer = io.BytesIO()\nboto3.resource("s3").Bucket("b").download_fileobj("k", buffer)\npickle.loads(buffer.getvalue())',
);
of(
  'boto3',
  'database',
  'import boto3\npickle.loads(boto3.resource("dynamodb").Table("t").get_item(Key=k)["Item"]["data"].value)',
);
of(
  'boto3',
  'Kinesis',
  'import boto3\nfor record in boto3.client("kinesis").get_records(ShardIterator=i)["Records"]:\n    pickle.loads(record["Data"])',
);
of(
  'amazon-kclpy',
  'Kinesis',
  'from amazon_kclpy import kcl\nclass P(kcl.RecordProcessorBase):\n    def process_records(self, process_records_input):\n        for record in process_records_input.records:\n            pickle.loads(record.binary_data)',
);
of(
  's3fs',
  'object storage',
  'import s3fs\nwith s3fs.S3FileSystem().open("b/k", "rb") as file:\n    pickle.load(file)',
  'import s3fs\npickle.loads(s3fs.S3FileSystem().cat_file("b/k"))',
);
of(
  'gcsfs',
  'object storage',
  'import gcsfs\nwith gcsfs.GCSFileSystem().open("b/k", "rb") as file:\n    pickle.load(file)',
);
of(
  'adlfs',
  'object storage',
  'import adlfs\nwith adlfs.AzureBlobFileSystem().open("b/k", "rb") as file:\n    pickle.load(file)',
);
of(
  'fsspec',
  'object storage',
  'import fsspec\nwith fsspec.open(url, "rb") as file:\n    pickle.load(file)',
  'import fsspec\npickle.loads(fsspec.filesystem("s3").cat("b/k"))',
  'import fsspec\npickle.loads(fsspec.get_mapper(url)["k"])',
);
of(
  'smart-open',
  'object storage',
  'from smart_open import open\nwith open("s3://b/k", "rb") as file:\n    pickle.load(file)',
);
of(
  'google-cloud-storage',
  'object storage',
  'from google.cloud import storage\npickle.loads(storage.Client().bucket("b").blob("k").download_as_bytes())',
);
of(
  'azure-storage-blob',
  'object storage',
  'from azure.storage.blob import BlobClient\npickle.loads(BlobClient(u).download_blob().readall())',
);
of('minio', 'object storage', 'from minio import Minio\npickle.loads(Minio("h").get_object("b", "k").read())');
of(
  'pyarrow',
  'object storage',
  'from pyarrow import fs\nwith fs.S3FileSystem().open_input_stream("b/k") as file:\n    pickle.load(file)',
);
of(
  'hdfs',
  'HDFS',
  'from hdfs import InsecureClient\nwith InsecureClient("u").read("/a") as reader:\n    pickle.loads(reader.read())',
);
of(
  'sqlalchemy',
  'database',
  'from sqlalchemy import create_engine\nwith create_engine("postgresql://h/d").connect() as conn:\n    pickle.loads(conn.execute(q).scalar())',
  'import sqlalchemy\ndef f(conn):\n    pickle.loads(conn.execute(q).scalar_one())',
  'from sqlalchemy.orm import Session\ndef f(session: Session):\n    pickle.loads(session.get(Model, 1).data)',
  'import sqlalchemy\ndef f(session):\n    pickle.loads(session.get(Model, 1).data)',
  'from sqlalchemy.orm import sessionmaker\nsession = sessionmaker()()\npickle.loads(session.query(Model).filter_by(id=1).first().data)',
  'import sqlalchemy\ndef f(session):\n    pickle.loads(session.query(Model).filter(Model.id == 1).first().data)',
  'from sqlalchemy import create_engine\nfor row in create_engine(u).connect().execute(q):\n    pickle.loads(row[0])',
  'from sqlalchemy import Column, LargeBinary\nclass Blob(Base):\n    data = Column(LargeBinary)\n    def value(self):\n        return pickle.loads(self.data)',
);
of(
  'flask-sqlalchemy',
  'database',
  'from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\npickle.loads(db.session.get(Model, 1).data)',
  'from flask_sqlalchemy import SQLAlchemy\nclass S:\n    def f(self):\n        return pickle.loads(self.model.query.filter_by(id=1).first().data)',
);
of(
  'django',
  'database',
  'from django.db import models\nclass Blob(models.Model):\n    data = models.BinaryField()\ndef f(k):\n    return pickle.loads(Blob.objects.get(pk=k).data)',
  'from django.db import models\nclass Blob(models.Model):\n    data = models.BinaryField()\n    def value(self):\n        return pickle.loads(self.data)',
  'from .models import Blob\nfor blob in Blob.objects.filter(a=1):\n    pickle.loads(blob.data)',
  'from .models import Blob\npickle.loads(Blob.objects.values_list("data").latest()[0])',
);
of(
  'mongoengine',
  'database',
  'import mongoengine\nclass Blob(mongoengine.Document):\n    data = mongoengine.BinaryField()\ndef f(k):\n    return pickle.loads(Blob.objects.get(id=k).data)',
);
of(
  'peewee',
  'database',
  'import peewee\nclass Blob(peewee.Model):\n    data = peewee.BlobField()\n    def value(self):\n        return pickle.loads(self.data)',
  'import peewee\npickle.loads(peewee.SqliteDatabase("a").execute_sql("q").fetchone()[0])',
);
of(
  'tortoise-orm',
  'database',
  'from tortoise import fields, models\nclass Blob(models.Model):\n    data = fields.BinaryField()\n    def value(self):\n        return pickle.loads(self.data)',
);
of('beanie', 'database', 'import beanie\nasync def f():\n    pickle.loads((await beanie.Document.find_one({})).data)');
of(
  'psycopg',
  'database',
  'import psycopg\nwith psycopg.connect() as conn:\n    for row in conn.cursor():\n        pickle.loads(row[0])',
  'import psycopg\npickle.loads(psycopg.connect().execute(q).fetchone()[0])',
);
of(
  'asyncpg',
  'database',
  'import asyncpg\nasync def f():\n    conn = await asyncpg.connect()\n    pickle.loads((await conn.fetch(q))[0]["data"])',
);
of(
  'PyMySQL',
  'database',
  'import pymysql\nwith pymysql.connect().cursor() as cursor:\n    for row in cursor:\n        pickle.loads(row[0])',
  'import pymysql\ncursor = pymysql.connect().cursor()\npickle.loads(cursor.fetchone()[0])',
);
of(
  'databases',
  'database',
  'import databases\nasync def f():\n    pickle.loads(await databases.Database("u").fetch_val(q))',
  'import databases\nasync def f():\n    async for row in databases.Database("u").iterate(q):\n        pickle.loads(row[0])',
);
of(
  'cassandra-driver',
  'database',
  'from cassandra.cluster import Cluster\nsession = Cluster().connect()\npickle.loads(session.execute(q)[0].data)',
);
of('rethinkdb', 'database', 'import rethinkdb as r\npickle.loads(r.table("a").get(1).run(conn)["data"])');
of(
  'pymongo',
  'database',
  'import pymongo\nfor item in pymongo.MongoClient().db.things.find({}):\n    pickle.loads(item["data"])',
  'import pymongo\ndef f(collection):\n    pickle.loads(collection.find_one_and_update(a, b)["data"])',
  'import gridfs\nfs = gridfs.GridFS(db)\npickle.loads(fs.get(1).read())',
  'import gridfs, io\nbuffer = io.BytesIO()\ngridfs.GridFSBucket(db).download_to_stream(1, buffer)\npickle.loads(buffer.getvalue())',
);
of(
  'hazelcast-python-client',
  'data grid',
  'import hazelcast\npickle.loads(hazelcast.HazelcastClient().get_map("m").get("a"))',
);
of('aerospike', 'data grid', 'import aerospike\npickle.loads(aerospike.client({}).connect().get(k)[2]["data"])');
of(
  'couchbase',
  'data grid',
  'from couchbase.cluster import Cluster\npickle.loads(Cluster("u").bucket("b").default_collection().get("a").value)',
);
of('pyignite', 'data grid', 'import pyignite\npickle.loads(pyignite.Client().get_cache("c").get("a"))');
of(
  'elasticsearch',
  'search index',
  'from elasticsearch import Elasticsearch\nimport base64\npickle.loads(base64.b64decode(Elasticsearch().get(index="i", id=1)["_source"]["data"]))',
);
of(
  'opensearch-py',
  'search index',
  'from opensearchpy import OpenSearch\npickle.loads(OpenSearch().search(index="i")["hits"])',
);
of(
  'lmdb',
  'file that others can write',
  'import lmdb\nwith lmdb.open("/mnt/cache").begin() as txn:\n    pickle.loads(txn.get(b"a"))',
  'import lmdb\nfor key, value in lmdb.open("/nfs/a").begin():\n    pickle.loads(value)',
);
of(
  'sqlite3',
  'file that others can write',
  'import sqlite3\npickle.loads(sqlite3.connect("/mnt/a.db").execute(q).fetchone()[0])',
  'import sqlite3\nfor row in sqlite3.connect("/shared/a.db").execute(q):\n    pickle.loads(row[0])',
);
of('plyvel', 'file that others can write', 'import plyvel\npickle.loads(plyvel.DB("/efs/a").get(b"a"))');

// Queues and streams

of(
  'pika',
  'message queue',
  'import pika\nchannel = pika.BlockingConnection().channel()\nfor method, properties, body in channel.consume("q"):\n    pickle.loads(body)',
  'import pika\ndef f(channel):\n    method, properties, body = channel.basic_get("q")\n    pickle.loads(body)',
  'import pika\nchannel = pika.BlockingConnection().channel()\ndef seen(a, b, c, d):\n    pickle.loads(d)\nchannel.basic_consume("q", seen)',
);
of(
  'aio-pika',
  'message queue',
  'import aio_pika\nasync def f(queue: aio_pika.Queue):\n    async with queue.iterator() as messages:\n        async for message in messages:\n            pickle.loads(message.body)',
  'import aio_pika\nasync def f(queue):\n    pickle.loads((await queue.get()).body)',
  'import aio_pika\nasync def seen(m: aio_pika.IncomingMessage):\n    pickle.loads(m.body)',
  'import aio_pika\nasync def seen(m):\n    pickle.loads(m.body)\nasync def f(queue: aio_pika.Queue):\n    await queue.consume(seen)',
);
of('kombu', 'message queue', 'from kombu import Message\ndef seen(m: Message):\n    pickle.loads(m.body)');
of(
  'azure-servicebus',
  'message queue',
  'from azure.servicebus import ServiceBusClient\nwith ServiceBusClient(u).get_queue_receiver("q") as receiver:\n    for m in receiver:\n        pickle.loads(b"".join(m.body))',
);
of(
  'azure-eventhub',
  'message queue',
  'from azure.eventhub import EventHubConsumerClient\ndef seen(context, event):\n    pickle.loads(event.body)\nEventHubConsumerClient(u).receive(on_event=seen)',
);
of(
  'google-cloud-pubsub',
  'Pub/Sub',
  'from google.cloud import pubsub_v1\ndef seen(m):\n    pickle.loads(m.data)\npubsub_v1.SubscriberClient().subscribe("s", callback=seen)',
  'from google.cloud import pubsub_v1\nfor m in pubsub_v1.SubscriberClient().pull(request=r).received_messages:\n    pickle.loads(m.message.data)',
  'from google.cloud import pubsub_v1\ndef seen(message):\n    pickle.loads(message.data)',
);
of(
  'kafka-python',
  'Kafka',
  'from kafka import KafkaConsumer\nfor record in KafkaConsumer("t"):\n    pickle.loads(record.value)',
);
of(
  'aiokafka',
  'Kafka',
  'from aiokafka import AIOKafkaConsumer\nasync def f():\n    async for record in AIOKafkaConsumer("t"):\n        pickle.loads(record.value)',
);
of(
  'confluent-kafka',
  'Kafka',
  'from confluent_kafka import Consumer\nmsg = Consumer({}).poll(1)\npickle.loads(msg.value())',
  'import confluent_kafka\ndef f(msg):\n    pickle.loads(msg.value())',
);
of(
  'faust-streaming',
  'Kafka',
  'import faust\napp = faust.App("a")\n@app.agent(topic)\nasync def seen(stream):\n    async for item in stream:\n        pickle.loads(item)',
  'import faust\nasync def f():\n    async for item in faust.App("a").stream(topic):\n        pickle.loads(item)',
);
of(
  'pulsar-client',
  'message queue',
  'import pulsar\nmsg = pulsar.Client("u").subscribe("t", "s").receive()\npickle.loads(msg.data())',
  'import pulsar\ndef f(msg):\n    pickle.loads(msg.data())',
  'import pulsar\npulsar.Client("u").subscribe("t", "s", message_listener=lambda m: pickle.loads(m))',
);
of(
  'nats-py',
  'NATS',
  'import nats\nasync def f():\n    nc = await nats.connect()\n    pickle.loads((await nc.request("a")).data)',
  'import nats\nasync def f():\n    nc = await nats.connect()\n    sub = await nc.subscribe("a")\n    async for m in sub.messages:\n        pickle.loads(m.data)',
  'import nats\nasync def seen(m):\n    pickle.loads(m.data)\nasync def f():\n    nc = await nats.connect()\n    await nc.subscribe("a", "q", seen)',
);
of(
  'aiomqtt',
  'MQTT',
  'import aiomqtt\nasync def f():\n    async with aiomqtt.Client("h") as client:\n        async for m in client.messages:\n            pickle.loads(m.payload)',
);
of(
  'paho-mqtt',
  'MQTT',
  'from paho.mqtt.client import Client\ndef seen(a, b, m):\n    pickle.loads(m.payload)\nClient().message_callback_add("t", seen)',
  'import paho.mqtt.subscribe as subscribe\npickle.loads(subscribe.simple("t").payload)',
);
of(
  'stomp.py',
  'message queue',
  'import stomp\nclass L(stomp.ConnectionListener):\n    def on_message(self, frame):\n        pickle.loads(frame.body)',
);
of(
  'celery',
  'Celery task',
  'from celery.result import AsyncResult\npickle.loads(AsyncResult("a").get())',
  'from celery.result import AsyncResult\npickle.loads(AsyncResult("a").result)',
);
of(
  'huey',
  'Celery task',
  'from huey import RedisHuey\nhuey = RedisHuey()\n@huey.task()\ndef work(data):\n    pickle.loads(data)',
);
of('dramatiq', 'Celery task', 'import dramatiq\n@dramatiq.actor\ndef work(data):\n    pickle.loads(data)');
of('rq', 'Celery task', 'from rq.decorators import job\n@job("default")\ndef work(data):\n    pickle.loads(data)');
of('taskiq', 'Celery task', 'import taskiq\n@job\ndef work(data):\n    pickle.loads(data)');
of(
  'apache-airflow',
  'Airflow XCom',
  'def work(**context):\n    pickle.loads(context["ti"].xcom_pull(task_ids="a"))',
  'from airflow.models.xcom import BaseXCom\nclass X(BaseXCom):\n    @staticmethod\n    def deserialize_value(result):\n        return pickle.loads(result.value)',
  'def deserialize(cls, version, data):\n    return pickle.loads(data)',
);

// Peers

of(
  'pynng',
  'nng',
  'import pynng\nwith pynng.Pair0() as s:\n    pickle.loads(s.recv())',
  'import pynng\npickle.loads(pynng.Sub0().recv_msg().bytes)',
  'import pynng\nasync def f():\n    async for m in pynng.Sub0():\n        pickle.loads(m.bytes)',
);
of(
  'ftplib',
  'FTP server',
  'import ftplib, io\nbuffer = io.BytesIO()\nftplib.FTP("h").retrbinary("RETR a", buffer.write)\npickle.loads(buffer.getvalue())',
  'import ftplib\npickle.loads(ftplib.FTP("h").transfercmd("RETR a").recv(9))',
);
of(
  'aioftp',
  'FTP server',
  'import aioftp\nasync def f():\n    async with aioftp.Client().download_stream("a") as stream:\n        pickle.loads(await stream.read())',
);
of(
  'paramiko',
  'SSH server',
  'import paramiko\nwith paramiko.SSHClient().open_sftp().open("a") as file:\n    pickle.load(file)',
  'import paramiko\na, b, c = paramiko.SSHClient().exec_command("x")\npickle.loads(b.read())',
  'import paramiko, io\nbuffer = io.BytesIO()\nparamiko.SSHClient().open_sftp().getfo("a", buffer)\npickle.loads(buffer.getvalue())',
);
of(
  'asyncssh',
  'SSH server',
  'import asyncssh\nasync def f():\n    async with asyncssh.connect("h") as conn:\n        pickle.loads((await conn.run("x")).stdout)',
);
of('fabric', 'SSH server', 'import fabric\npickle.loads(fabric.Connection("h").run("x").stdout)');
of(
  'aiohttp',
  'WebSocket',
  'from aiohttp import web\nasync def handle(r):\n    ws = web.WebSocketResponse()\n    async for m in ws:\n        pickle.loads(m.data)',
  'import aiohttp\nasync def f():\n    async with aiohttp.ClientSession().ws_connect("u") as ws:\n        pickle.loads(await ws.receive_bytes())',
);
of(
  'aiohttp',
  'HTTP request',
  'from aiohttp import web\nasync def handle(request):\n    async for part in await request.multipart():\n        pickle.loads(await part.read())',
);
of(
  'websockets',
  'WebSocket',
  'import websockets\nasync def f():\n    async with websockets.connect("u") as ws:\n        async for m in ws:\n            pickle.loads(m)',
);
of(
  'httpx-ws',
  'WebSocket',
  'import httpx_ws\nwith httpx_ws.connect_ws("u") as ws:\n    pickle.loads(ws.receive_bytes())',
);
of(
  'litestar',
  'WebSocket',
  'from litestar import WebSocket\nasync def f(s: WebSocket):\n    pickle.loads(await s.receive_data(mode="binary"))',
);
of(
  'litestar',
  'HTTP request',
  'from litestar import post\n@post("/")\nasync def take(data: bytes) -> None:\n    pickle.loads(data)',
);
of(
  'python-socketio',
  'WebSocket',
  'import socketio\nsio = socketio.Server()\n@sio.on("a")\ndef seen(sid, data):\n    pickle.loads(data)',
  'import socketio\nclass N(socketio.Namespace):\n    def on_work(self, sid, data):\n        pickle.loads(data)',
);
of(
  'flask-socketio',
  'WebSocket',
  'from flask_socketio import SocketIO\nsocketio = SocketIO()\n@socketio.on("a")\ndef seen(data):\n    pickle.loads(data)',
);
of(
  'channels',
  'WebSocket',
  'from channels.generic.websocket import WebsocketConsumer\nclass C(WebsocketConsumer):\n    def receive(self, text_data=None, bytes_data=None):\n        pickle.loads(bytes_data)',
);
of(
  'autobahn',
  'WebSocket',
  'from autobahn.asyncio.websocket import WebSocketServerProtocol\nclass P(WebSocketServerProtocol):\n    def onMessage(self, payload, isBinary):\n        pickle.loads(payload)',
);
of(
  'starlette',
  'WebSocket',
  'from starlette.endpoints import WebSocketEndpoint\nclass E(WebSocketEndpoint):\n    async def on_receive(self, websocket, data):\n        pickle.loads(data)',
);
of(
  'django',
  'HTTP request',
  'from django.views import View\nclass V(View):\n    def get(self, request):\n        return pickle.loads(request.COOKIES["a"])',
  'from django.views import View\nclass V(View):\n    def load(self):\n        return pickle.loads(self.request.body)',
  'from django.http import HttpResponse\ndef view(request):\n    return pickle.loads(request.raw_post_data)',
  'from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef view(request):\n    return pickle.loads(request.read())',
);
of(
  'falcon',
  'HTTP request',
  'import falcon\nclass R:\n    def on_post(self, req, resp):\n        pickle.loads(req.get_media())',
);
of('sanic', 'HTTP request', 'from sanic import Sanic\ndef f(request):\n    pickle.loads(request.match_info["a"])');
of(
  'tornado',
  'HTTP request',
  'from tornado.web import RequestHandler\nclass H(RequestHandler):\n    def post(self):\n        pickle.loads(self.request.body)',
);
of('quart', 'HTTP request', 'import quart\nasync def f():\n    pickle.loads(await quart.request.get_data())');
of('bottle', 'HTTP request', 'import bottle\npickle.loads(bottle.request.get_cookie("a"))');
of('asgiref', 'HTTP request', 'async def app(scope, receive, send):\n    pickle.loads((await receive())["body"])');
of('wsgiref', 'HTTP request', 'def app(environ, start_response):\n    pickle.load(environ["wsgi.input"])');
of(
  'tornado',
  'asyncio stream',
  'from tornado.tcpserver import TCPServer\nclass S(TCPServer):\n    async def handle_stream(self, stream, address):\n        pickle.loads(await stream.read_until(b"a"))',
  'from tornado.iostream import IOStream\nasync def f(stream: IOStream):\n    pickle.loads(await stream.read_bytes(9))',
);
of(
  'tornado',
  'HTTP response',
  'from tornado.httpclient import AsyncHTTPClient\nasync def f(u):\n    pickle.loads((await AsyncHTTPClient().fetch(u)).body)',
);
of(
  'twisted',
  'Twisted protocol',
  'from twisted.internet.protocol import Protocol\nclass P(Protocol):\n    def dataReceived(self, data):\n        pickle.loads(data)',
);
of(
  'twisted',
  'XML-RPC',
  'from twisted.web.xmlrpc import XMLRPC\nclass S(XMLRPC):\n    def xmlrpc_work(self, a):\n        pickle.loads(a.data)',
);
of(
  'trio',
  'asyncio stream',
  'import trio\nasync def f():\n    pickle.loads(await (await trio.open_tcp_stream("h", 1)).receive_some())',
);
of(
  'anyio',
  'asyncio stream',
  'import anyio\nasync def f():\n    stream = await anyio.connect_tcp("h", 1)\n    pickle.loads(await stream.receive())',
);
of(
  'urllib3',
  'HTTP response',
  'import urllib3\npickle.loads(urllib3.PoolManager().request("GET", u).data)',
  'import urllib3\npickle.loads(b"".join(urllib3.PoolManager().request("GET", u).stream()))',
);
of(
  'httpx',
  'HTTP response',
  'import httpx\nwith httpx.stream("GET", u) as r:\n    pickle.loads(b"".join(r.iter_bytes()))',
  'import httpx\nasync def f():\n    async with httpx.AsyncClient().stream("GET", u) as r:\n        async for part in r.aiter_bytes():\n            pickle.loads(part)',
);
of('requests', 'HTTP response', 'import requests\nfor part in requests.get(u, stream=True):\n    pickle.loads(part)');
of(
  'xmlrpc',
  'XML-RPC',
  'from xmlrpc.server import SimpleXMLRPCServer\ndef work(data):\n    pickle.loads(data.data)\nSimpleXMLRPCServer(("h", 1)).register_function(work, "w")',
  'from xmlrpc.server import SimpleXMLRPCServer\nserver = SimpleXMLRPCServer(("h", 1))\n@server.register_function\ndef work(data):\n    pickle.loads(data.data)',
);
of(
  'xmlrpc',
  'XML-RPC answer',
  'from xmlrpc.client import ServerProxy\npickle.loads(ServerProxy("http://h").work().data)',
);
of(
  'rpyc',
  'remote call',
  'import rpyc\nclass S(rpyc.Service):\n    def exposed_work(self, data):\n        pickle.loads(data)',
  'import rpyc\npickle.loads(rpyc.connect("h", 1).root.work())',
);
of(
  'Pyro5',
  'remote call',
  'import Pyro5.api\n@Pyro5.api.expose\nclass S:\n    def work(self, data):\n        pickle.loads(data)',
  'import Pyro5.api\nclass S:\n    @Pyro5.api.expose\n    def work(self, data):\n        pickle.loads(data)',
  'import Pyro5.api\npickle.loads(Pyro5.api.Proxy("u").work())',
);
of('zerorpc', 'remote call', 'import zerorpc\npickle.loads(zerorpc.Client().work())');
of(
  'nameko',
  'remote call',
  'from nameko.rpc import rpc\nclass S:\n    @rpc\n    def work(self, data):\n        pickle.loads(data)',
);
of(
  'streamlit',
  'HTTP request',
  'import streamlit as st\npickle.load(st.file_uploader("a"))',
  'import streamlit as st\npickle.loads(st.sidebar.file_uploader("a").getvalue())',
);
of(
  'gradio',
  'HTTP request',
  'import gradio as gr\ndef work(file):\n    return pickle.loads(file)\ngr.Interface(fn=work, inputs=gr.File(type="binary"))',
  'import gradio as gr\ndef work(file):\n    return pickle.loads(file)\nwith gr.Blocks():\n    gr.Button().click(work, inputs=[a])',
);
of(
  'ray',
  'Ray',
  'import ray\n@ray.remote\nclass A:\n    def work(self, data):\n        return pickle.loads(data)',
  'import ray\n@ray.remote\ndef work(data):\n    return pickle.loads(data)',
  'import ray\npickle.loads(ray.get(ref))',
);
of(
  'distributed',
  'Dask',
  'from distributed.core import Server\nclass S(Server):\n    async def work(self, comm, data=None):\n        pickle.loads(data)',
  'import distributed\nasync def f(comm):\n    pickle.loads(await comm.read())',
);
of(
  'e2b-code-interpreter',
  'code sandbox or kernel',
  'import base64\nfrom e2b_code_interpreter import Sandbox\nwith Sandbox() as sandbox:\n    pickle.loads(base64.b64decode(sandbox.run_code("x").text))',
);
of(
  'e2b',
  'code sandbox or kernel',
  'from e2b import Sandbox\npickle.loads(Sandbox().files.read("a", format="bytes"))',
  'from e2b import Sandbox\nimport base64\npickle.loads(base64.b64decode(Sandbox().commands.run("x").stdout))',
);
of(
  'docker',
  'code sandbox or kernel',
  'import docker\npickle.loads(docker.from_env().containers.get("a").exec_run("x").output)',
);
of(
  'jupyter_client',
  'code sandbox or kernel',
  'from jupyter_client import BlockingKernelClient\npickle.loads(BlockingKernelClient().execute("x"))',
);
of(
  'imaplib',
  'mail',
  'import imaplib, email\nkind, data = imaplib.IMAP4("h").fetch("1", "(RFC822)")\npickle.loads(data[0][1])',
);
of('poplib', 'mail', 'import poplib\npickle.loads(b"".join(poplib.POP3("h").retr(1)[1]))');
of(
  'zeroconf',
  'zeroconf announcement',
  'from zeroconf import Zeroconf\npickle.loads(Zeroconf().get_service_info("t", "n").properties[b"a"])',
);

export const CLIENT_CASES: readonly ClientCase[] = cases;
