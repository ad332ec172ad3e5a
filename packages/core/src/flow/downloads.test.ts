import { describe, expect, test } from 'vitest';
import { flows, unshown } from '../../test/flow-kit.js';

/** Files into which a client writes what a store gives, and that are opened by their path. */

const of = (body: string, head = 'import boto3, joblib, pickle\ns3 = boto3.client("s3")\n'): string[] =>
  flows(`${head}def f(key, c, path="a.pkl"):\n${body.replaceAll(/^/gm, '    ')}\n`);

describe('what was downloaded into a file', () => {
  test.each([
    ['is loaded from its path', 's3.download_file("b", key, path)\njoblib.load(path)', '5:5 flow joblib.load'],
    [
      'is loaded from the open file',
      's3.download_file("b", key, path)\npickle.load(open(path, "rb"))',
      '5:5 flow pickle.load',
    ],
    [
      'is loaded in a block',
      's3.download_file("b", key, path)\nwith open(path, "rb") as g:\n    pickle.load(g)',
      '6:9 flow pickle.load',
    ],
    [
      'by keyword',
      's3.download_file(Bucket="b", Key=key, Filename=path)\npickle.load(open(path, "rb"))',
      '5:5 flow pickle.load',
    ],
    [
      'into an attribute',
      's3.download_file("b", key, c.path)\npickle.load(open(c.path, "rb"))',
      '5:5 flow pickle.load',
    ],
  ])('%s', (_name, body, found) => expect(of(body)).toEqual([`${found} from object storage`]));

  test('by a storage of the package, whatever is given behind the path', () => {
    const body = 'c.file_access.get_data(key, path, False)\npickle.load(open(path, "rb"))';
    expect(of(body, 'import pickle\n')).toEqual(['4:5 flow pickle.load from storage of the package']);
  });

  test.each([
    ['another file', 's3.download_file("b", key, path)\npickle.load(open(c.other, "rb"))'],
    [
      'a path that was received is no file that was',
      'path = s3.get_object(Key=key)["Body"].read()\npickle.load(open(path, "rb"))',
    ],
    ['a file that was there before', 'pickle.load(open(path, "rb"))'],
  ])('not: %s', (_name, body) => expect(of(body)).toEqual([]));
});

test.each(['stream', 'buffer', 'buf'])('a parameter that is called %s is no path', (name) => {
  expect(flows(`import pickle\ndef decode(${name}):\n    return pickle.load(${name})\n`)).toEqual([
    '3:12 codec pickle.load',
  ]);
});

test('a function that gives the same bytes in other letters', () => {
  const text =
    'import pickle\nfrom p import force_bytes\ndef decode(value):\n    return pickle.loads(force_bytes(value))\n';
  expect(flows(text)).toEqual(['4:12 codec pickle.loads']);
  expect(flows(text.replaceAll('force_bytes', 'other'))).toEqual([]);
});

test('a parameter that may be a file or its path is its callers', () => {
  expect(flows('import pickle\ndef decode(file):\n    return pickle.load(file)\n')).toEqual([]);
});

describe('a client of a store', () => {
  const store = (line: string): string[] => flows(`import pickle\n${line}\n`);
  test.each([
    [
      'that another module has made',
      'from .db import redis_client\ndef f(k):\n    return pickle.loads(redis_client.get(k))',
    ],
    [
      'that a function with its name gives',
      'from . import util\nc = util.get_redis_client()\ndef f(k):\n    return pickle.loads(c.hget("h", k))',
    ],
    [
      'of a pipeline of such a one',
      'from . import util\nc = util.get_redis_client()\ndef f(k):\n    p = c.pipeline()\n    return pickle.loads(p.execute()[0])',
    ],
    [
      'that a request was given to',
      'from flask import request\nclass A:\n    def __init__(self, redis):\n        self.redis = redis\n    def f(self, k):\n        return pickle.loads(self.redis.get(k))\na = A(request.args)',
    ],
  ])('%s', (_name, text) => {
    expect(store(text)).toEqual([expect.stringMatching(/flow pickle\.loads from Redis$/)]);
  });

  test('and what a request holds stays a request', () => {
    const text = 'from flask import request\ndef f():\n    return pickle.loads(request.form.get("redis"))';
    expect(store(text)).toEqual([expect.stringMatching(/from HTTP request$/)]);
  });

  test.each(['storage.get_object(k)', 'self._storage_client.read_bytes(k)', 'Storage().get_blob(k)'])('%s', (call) => {
    expect(store(`from .s import Storage\ndef f(self, storage, k):\n    return pickle.loads(${call})`)).toEqual([
      expect.stringMatching(/from storage of the package$/),
    ]);
  });
});

test('an object of the module with methods of a file', () => {
  const text =
    'import io, pickle, zlib\nclass Inflate:\n    def __init__(self, f):\n        self.f = f\n    def read(self, n):\n        return zlib.decompress(self.f.read(n))\ndef decode(data):\n    return pickle.load(Inflate(io.BytesIO(data)))\n';
  expect(flows(text)).toEqual(['8:12 codec pickle.load']);
});

describe('a call that says that it downloads, of which nothing else is known', () => {
  const listed = (body: string): string[] =>
    unshown(`import pickle, socket, joblib\ndef f(c, key, path):\n${body.replaceAll(/^/gm, '    ')}\n`);
  test.each([
    'c.download_blob(key, path)\npickle.load(open(path, "rb"))',
    'download(key, path)\nwith open(path, "rb") as g:\n    pickle.load(g)',
    'path = c.get_local_copy()\npickle.load(open(path, "rb"))',
    'path = c.download_artifact(key)\nwith open(path, "rb") as g:\n    pickle.loads(g.read())',
  ])('%s', (body) => expect(listed(body)).toHaveLength(1));
  test.each([
    'c.download_dir(key, path)\npickle.load(open(path, "rb"))',
    'c.download_blob(key, path)\npickle.load(open(c.other, "rb"))',
    'c.download_blob(key, path)\njoblib.load(path)',
    'c.Downloader(key, path)\npickle.load(open(path, "rb"))',
  ])('not: %s', (body) => expect(listed(body)).toEqual([]));
});
