import { expect, test } from 'vitest';
import { flows, unshown } from '../../test/flow-kit.js';

/** Loaders of bytes of unknown origin, in a module that imports what talks to others. */

const of = (imports: string, body: string): string[] => unshown(`import io, pickle\n${imports}\n${body}\n`);
const LOAD = 'def _f(x):\n    return pickle.loads(x)';

test.each([
  ['import socket', 'network (socket)'],
  ['import zmq.asyncio', 'network (zmq.asyncio)'],
  ['from urllib import request', 'network (urllib.request)'],
  ['import redis', 'store (redis)'],
  ['from google.cloud import storage', 'store (google.cloud.storage)'],
  ['import redis, socket', 'network (socket)'],
  ['import torch.distributed as dist', 'worker (torch.distributed)'],
])('%s', (imports, origin) => {
  expect(of(imports, LOAD)).toEqual([`4:12 unshown pickle.loads from ${origin} @4`]);
});

test.each(['import os', 'from . import socket_like', 'import sqlite3', 'from .requests import get', 'import asyncio'])(
  'nothing beside %s',
  (imports) => expect(of(imports, LOAD)).toEqual([]),
);

test.each([
  ['an attribute of an object', 'def f(self):\n    return pickle.loads(self.queue.take())', ['4']],
  ['a stream of unknown bytes', 'def _f(x):\n    return pickle.load(io.BytesIO(x))', ['4']],
  ['an unpickler of unknown bytes', 'def _f(x):\n    return pickle.Unpickler(io.BytesIO(x)).load()', ['4']],
  ['several calls are one', `${LOAD}\ndef _g(y):\n    return pickle.loads(y)`, ['4,6']],
  ['what a method gives', 'def f(x):\n    return pickle.loads(x.fetch())', ['4']],
  ['a file', 'def f():\n    return pickle.load(open("f", "rb"))', []],
  ['bytes of a file', 'def f():\n    with open("f", "rb") as g:\n        return pickle.loads(g.read())', []],
  ['a file of the caller', 'def f(path):\n    return pickle.load(path)', []],
  ['what is read from a file of the caller', 'def _f(g):\n    return pickle.loads(g.read())', []],
  ['a constant', 'x = pickle.loads(b"I1\\n.")', []],
  ['a round trip', 'def f(x):\n    return pickle.loads(pickle.dumps(x))', []],
  [
    'the state of a pickle',
    'class A:\n    def __setstate__(self, state):\n        self.a = pickle.loads(state["a"])',
    [],
  ],
  ['a dict in memory', 'cache = {}\ndef f(k):\n    return pickle.loads(cache.get(k))', []],
  [
    'an unpickler with an allowlist',
    'class U(pickle.Unpickler):\n    def find_class(self, m, n):\n        if (m, n) in A: return super().find_class(m, n)\n        raise E\ndef _f(x):\n    return U(io.BytesIO(x)).load()',
    [],
  ],
] as const)('%s', (_name, body, lines) => {
  expect(of('import redis', body).map((line) => line.replace(/.*@/, ''))).toEqual(lines);
});

test('many calls are listed up to a number', () => {
  const text = `import pickle, socket\ndef _f(x):\n${'    pickle.loads(x)\n'.repeat(30)}`;
  expect(unshown(text)[0]).toMatch(/ \+6 @3,4,/);
});

test('a path that is shown is said as such, and the rest is still listed', () => {
  const text = `import pickle, socket\ns = socket.create_connection(("h", 1))\npickle.loads(s.recv(9))\n${LOAD}\n`;
  expect(flows(text)).toEqual(['3:1 flow pickle.loads from socket']);
  expect(unshown(text)).toEqual(['5:12 unshown pickle.loads from network (socket) @5']);
});

test('an attribute of a parameter of a public function, where the module talks to others', () => {
  const text = 'import pickle\ndef read(row):\n    return pickle.loads(row.data)\n';
  expect(flows(text)).toEqual([]);
  expect(flows(`import socket\n${text}`)).toEqual(['4:12 codec pickle.loads']);
  expect(flows(`import socket\n${text.replace('row.data', 'row.get("data")')}`)).toEqual(['4:12 codec pickle.loads']);
  expect(flows(`import socket\n${text.replace('read', '_read')}`)).toEqual([]);
});
