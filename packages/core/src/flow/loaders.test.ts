import { expect, test } from 'vitest';
import { factsOf, flows } from '../../test/flow-kit.js';

/** Loaders under other names, connections that are handed on, tensors that collectives fill. */

const HEAD = 'import pickle, socket\ns = socket.create_connection(("h", 1))\n';

test.each([
  ['of a module', 'loads = pickle.loads', ['3:9 codec pickle.loads']],
  ['of a class', 'class A:\n    loads = pickle.loads', ['4:13 codec pickle.loads']],
  ['that is static', 'class A:\n    loads = staticmethod(pickle.loads)', ['4:13 codec pickle.loads']],
  ['by getattr', 'loads = getattr(pickle, "loads")', ['3:9 codec pickle.loads']],
  ['in two branches', 'if s:\n    loads = pickle.loads\nelse:\n    loads = None', ['4:13 codec pickle.loads']],
  ['that is private', '_loads = pickle.loads', []],
  ['of a private class', 'class _A:\n    loads = pickle.loads', []],
  ['of a function', 'def f():\n    loads = pickle.loads', []],
  ['of a file', 'load = pickle.load', []],
  ['of a writer', 'dumps = pickle.dumps', []],
] as const)('an alias %s', (_name, body, expected) => expect(flows(`${HEAD}${body}\n`)).toEqual(expected));

test.each([
  ['pickle.loads(s.recv(9))', 'getattr(pickle, "loads")(s.recv(9))'],
  ['loads(s.recv(9))', 'import importlib\nimportlib.import_module("pickle").loads(s.recv(9))'],
])('a loader that is looked up by its name: %s', (_name, body) => {
  expect(flows(HEAD + body)).toEqual([expect.stringContaining('flow pickle.loads from socket')]);
});

test.each([
  ['import socket', 'bufs.pop(0)', ['5:12 codec pickle.loads']],
  ['import socket', 'bufs.pop(0).data', ['5:12 codec pickle.loads']],
  ['import os', 'bufs[0]', ['5:12 codec pickle.loads']],
  ['import socket', 'bufs.copy_of()', []],
])('buffers in a list beside %s: %s', (imports, part, expected) => {
  const body = `def f(buffers):\n    bufs = list(buffers)\n    return pickle.loads(${part})\n`;
  expect(flows(`import pickle\n${imports}\n${body}`)).toEqual(expected);
});

const OPENS = 'from multiprocessing.connection import Client, Listener';

test.each([
  [OPENS, 'def f(conn):\n    return conn.recv()', true],
  [OPENS, 'class A:\n    def f(self):\n        return self.conn.recv()', true],
  [OPENS, 'class A:\n    def f(self):\n        return self.conn_clients[0]["exe"].recv()', true],
  [OPENS, 'def f(conn):\n    return conn.recv(1024)', false],
  [OPENS, 'def f(queue):\n    return queue.recv()', false],
  [`${OPENS}\nimport zmq`, 'def f():\n    client = zmq.Context().socket(zmq.PULL)\n    return client.recv()', false],
  ['import multiprocessing', 'def f(conn):\n    return conn.recv()', false],
  ['from multiprocessing.connection import wait', 'def f(conn):\n    return conn.recv()', false],
])('%s: %s', (imports, body, isFound) => {
  const found = flows(`import pickle\n${imports}\n${body}\npickle.load(open("f"))\n`);
  expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual(isFound ? ['receives Connection.recv'] : []);
});

const TENSORS = 'import io, pickle, torch\nimport torch.distributed as dist\n';

test.each([
  ['dist.recv(t, src=0)', 'pickle.loads(t.numpy().tobytes())', true],
  ['dist.broadcast(t, src=0)', 'pickle.loads(t.cpu().numpy().tobytes())', true],
  ['torch.distributed.broadcast(t, 0)', 'pickle.loads(bytes(t.tolist()))', true],
  ['dist.all_gather(parts, t)', 'pickle.loads(parts[1].numpy().tobytes())', true],
  ['dist.recv(t, src=0)', '_load(t)', true],
  ['dist.send(t, dst=0)', 'pickle.loads(t.numpy().tobytes())', false],
  ['dist.all_reduce(t)', 'pickle.loads(t.numpy().tobytes())', false],
  ['dist.recv(t, src=0)', 'pickle.loads(u.numpy().tobytes())', false],
])('a tensor: %s, %s', (collective, load, isFound) => {
  const helper = 'def _load(x):\n    return pickle.loads(x.numpy().tobytes())\n';
  const body = `def f(u):\n    t = torch.empty(9)\n    parts = [t]\n    ${collective}\n    return ${load}\n`;
  const found = flows(TENSORS + helper + body);
  expect(found.filter((line) => line.includes('flow'))).toEqual(
    isFound ? [expect.stringContaining('flow pickle.loads from torch.distributed tensor')] : [],
  );
});

test('an alias in a copy of a module of loaders: who calls it is reported', () => {
  const names = (path: string): string[] =>
    factsOf('import pickle\nload, loads = pickle.load, pickle.loads\nloads = pickle.loads\n', path).map(
      ({ what }) => what,
    );
  expect(names('a/externals/cloudpickle.py')).toEqual([]);
  expect(names('a/codec.py')).toEqual(['codec']);
});

test.each([
  ['a text', 'def parse(text):\n    return yaml.load(text, Loader=yaml.Loader)', ['codec yaml.load']],
  ['bytes in a file', 'def parse(file: bytes):\n    return yaml.load(file, Loader=yaml.Loader)', ['codec yaml.load']],
  ['an open file', 'def parse(file):\n    return yaml.load(file, Loader=yaml.Loader)', []],
] as const)('unsafe YAML of %s', (_name, body, expected) => {
  expect(flows(`import yaml\n${body}\n`).map((line) => line.replace(/^\S+ /, ''))).toEqual(expected);
});

test('an attribute of a class that its instances set', () => {
  const text = `${HEAD}class A:\n    one = None\n    def __init__(self):\n        A.one = self\n    def take(self):\n        return s.recv(9)\n    @staticmethod\n    def f():\n        return pickle.loads(A.one.take())\n`;
  expect(flows(text)).toEqual(['11:16 flow pickle.loads from socket']);
});

test.each([
  ['each value of zip', 'for k, v in zip(keys, [s.recv(9)]):\n    pickle.loads(v)', ['4:5']],
  ['not the other one', 'for k, v in zip(keys, [s.recv(9)]):\n    pickle.loads(k)', []],
  ['what enumerate counts', 'for i, v in enumerate([s.recv(9)]):\n    pickle.loads(v)', ['4:5']],
  ['not the count', 'for i, v in enumerate([s.recv(9)]):\n    pickle.loads(i)', []],
  ['in a comprehension', '[pickle.loads(v) for k, v in zip(keys, [s.recv(9)])]', ['3:2']],
  ['one name for both', 'for x in zip(keys, [s.recv(9)]):\n    pickle.loads(x[1])', ['4:5']],
  ['next of a consumer', 'from kafka import KafkaConsumer\npickle.loads(next(KafkaConsumer("t")).value)', ['4:1']],
])('%s', (_name, body, at) => {
  expect(flows(HEAD + body).map((line) => line.split(' ')[0])).toEqual(at);
});
