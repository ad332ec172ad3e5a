import { describe, expect, test } from 'vitest';
import { factsOf, flowOf, flows, shortOf, unshown } from '../../test/flow-kit.js';
import { flowFacts } from './flow-facts.js';
import type { Talk } from './package-imports.js';

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
  ['from multiprocessing import shared_memory', 'worker (multiprocessing.shared_memory)'],
  ['from PySide6.QtNetwork import QTcpSocket', 'network (PySide6.QtNetwork.QTcpSocket)'],
])('%s', (imports, origin) => {
  expect(of(imports, LOAD)).toEqual([`4:12 unshown pickle.loads from ${origin} @4`]);
});

test.each([
  ['import socket, redis\nname = socket.gethostname()', 'store (redis)'],
  ['import redis\nimport socket\ntry:\n    name = socket.getfqdn()\nexcept socket.error:\n    pass', 'store (redis)'],
  // More than its own name is asked for, or that is not known.
  ['import socket, redis\nname = socket.gethostname()\ns = socket.socket()', 'network (socket)'],
  ['import socket, redis\nname = socket.gethostname()\nf(socket)', 'network (socket)'],
  ['import socket, redis', 'network (socket)'],
  // Where nobody else is there, it still counts.
  ['import socket\nname = socket.gethostname()', 'network (socket)'],
  ['from django.db import connections\nfrom django.utils.timezone import now', 'store (django.db.connections)'],
  ['from django.db import connections\nfrom django.http import HttpRequest', 'network (django.http.HttpRequest)'],
  ['from django.conf import settings', 'network (django.conf.settings)'],
])('what by itself talks to nobody: %s', (imports, origin) => {
  const [found] = of(imports, LOAD);
  expect(found?.replace(/^.* from | @\d+$/g, '')).toBe(origin);
});

test.each(['import os', 'from . import sock_like', 'import sqlite3', 'from .requests import get', 'import asyncio'])(
  'no peer beside %s',
  (imports) => expect(of(imports, LOAD)).toEqual(['4:12 unshown pickle.loads from network (not shown) @4']),
);

describe('where no import shows who gives the bytes', () => {
  const facts = (body: string) => factsOf(`import copyreg, io, pickle\n${body}\n`);

  test('they are said by the words of the function, once for all of them', () => {
    const body =
      'class C:\n    def get(self, key):\n        return pickle.loads(self.client.get(key))\n    def take(self):\n        return pickle.loads(self.sock.take())\n';
    const [fact, another] = facts(body);
    expect(another).toBeUndefined();
    expect(fact?.origin).toMatchObject({ reach: 'store', protocol: 'store (not shown)' });
    expect([fact?.detail, fact?.peerShownBy]).toEqual(['no import shows who gives them', null]);
    expect(fact?.steps.map(({ at }) => at.line)).toEqual([4, 6]);
  });

  test.each([
    ['a constant', 'pickle.loads(b"x")'],
    ['a round trip', 'def _f(x):\n    return pickle.loads(pickle.dumps(x))'],
    ['a file of this host', 'with open("x", "rb") as f:\n    pickle.load(f)'],
    ['a file of the caller', 'def _f(file):\n    return pickle.load(file)'],
    ['what a pickle restores', 'class C:\n    def __setstate__(self, x):\n        self.a = pickle.loads(x)'],
    ['a loader that is handed on', 'copyreg.register(pickle.loads)'],
    [
      'checked bytes',
      'import hmac\ndef _f(x, t):\n    if hmac.compare_digest(hmac.digest(K, x, "sha256"), t):\n        return pickle.loads(x)',
    ],
  ])('%s needs no word', (_name, body) => expect(facts(body).map(({ what }) => what)).toEqual([]));
});

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
  ['bytes of a text in some encoding', 'def _f(x):\n    return pickle.loads(x.take().encode("latin-1"))', ['4']],
  [
    'a module by default',
    'def f(self, x):\n    lib = getattr(self, "library", pickle)\n    return lib.loads(x.take())',
    ['5'],
  ],
  ['a constant', 'x = pickle.loads(b"I1\\n.")', []],
  ['a round trip', 'def f(x):\n    return pickle.loads(pickle.dumps(x))', []],
  [
    'the state of a pickle',
    'class A:\n    def __setstate__(self, state):\n        self.a = pickle.loads(state["a"])',
    [],
  ],
  [
    'what a restored object gives',
    'class A:\n    def __setstate__(self, state):\n        self.c = state["c"]\n    def get(self, k):\n        return pickle.loads(self.c.take(k))',
    ['7'],
  ],
  ['the module of the loaders for somebody else', 'class A:\n    steps = [Stage(pickle)]', ['4']],
  ['the module of the loaders in a list', 'STEPS = [pickle, zlib]', ['3']],
  ['the module of the loaders that is asked', 'x = hasattr(pickle, "loads") or isinstance(y, type(pickle))', []],
  ['the module of the loaders behind a signature', 'def f(k):\n    return Pipe([Stage(pickle), signer_stage(k)])', []],
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

describe('an unpickler that was handed on and is kept', () => {
  const kept = (body: string): string =>
    `class C:\n    def __init__(self, reader=pickle.Unpickler, hook=None):\n        self.reader = reader\n        self.hook = hook\n    def _take(self, owner, size):\n${body}`;
  test.each([
    ['bytes of a peer that nothing is known of', 'file = io.BytesIO(owner.take(size))', ['9']],
    ['bytes that nothing is known of', 'file = io.BytesIO(self.peer.fetch())', ['9']],
    ['an open file', 'file = open("f", "rb")', []],
    ['a file of the caller', 'file = owner', []],
  ])('%s', (_name, line, lines) => {
    const body = `        ${line}\n        u = self.reader(file)\n        return u.load()`;
    const found = of('import socket', kept(body)).map((fact) => fact.replace(/.*@/, ''));
    expect(found).toEqual(lines.map((at) => String(Number(at) + 1)));
  });

  test('where its hooks are set as well', () => {
    const body =
      '        file = io.BytesIO(owner.take(size))\n        u = self.reader(file)\n        u.persistent_load = self.hook\n        return u.load()';
    expect(of('import socket', kept(body)).map((fact) => fact.replace(/.*@/, ''))).toEqual(['11']);
  });
});

describe('the nearest peer', () => {
  const two = 'import pickle, socket, redis\n';

  test('is the one that the function uses', () => {
    const text = `${two}def _f(x):\n    redis.Redis().set("a", 1)\n    return pickle.loads(x)\ndef _g(x):\n    socket.socket()\n    return pickle.loads(x)\n`;
    expect(unshown(text)).toEqual([
      '4:12 unshown pickle.loads from store (redis) @4',
      '7:12 unshown pickle.loads from network (socket) @7',
    ]);
  });

  test('is the one that the class uses, or imports', () => {
    const text = `import pickle, socket\nclass A:\n    def __init__(self):\n        import uwsgi\n        self.u = uwsgi\n    def f(self, k):\n        return pickle.loads(self.u.take(k))\ndef _g(x):\n    return pickle.loads(x)\n`;
    expect(unshown(text)).toEqual([
      '7:16 unshown pickle.loads from store (uwsgi) @7',
      '9:12 unshown pickle.loads from network (socket) @9',
    ]);
  });

  test('is what a class of the module is made from', () => {
    const text = `import pickle, redis, http.client\nclass Link(http.client.HTTPConnection):\n    pass\nclass A:\n    def f(self):\n        redis.Redis().set("a", 1)\n        self.link = Link("h")\n    def g(self):\n        return pickle.loads(self.link.take())\n`;
    expect(unshown(text)).toEqual(['9:16 unshown pickle.loads from network (http.client.HTTPConnection) @9']);
    expect(unshown(text.replace('= Link(', '= other('))).toEqual(['9:16 unshown pickle.loads from store (redis) @9']);
  });

  test('is none that only the own name is asked of, or that talks to nobody by itself', () => {
    const text = `import pickle, redis, socket\nclass A:\n    def f(self, q):\n        self.n = socket.gethostname()\n        return pickle.loads(q.take())\n`;
    expect(unshown(text)).toEqual(['5:16 unshown pickle.loads from store (redis) @5']);
    const django = `import pickle\nfrom django.db import connections\nfrom django.utils.timezone import now\ndef _f(q):\n    now()\n    return pickle.loads(q.take())\n`;
    expect(unshown(django)).toEqual(['6:12 unshown pickle.loads from store (django.db.connections) @6']);
  });

  test('is none that is only written to', () => {
    const text = `import pickle, socket\nfrom lib.redis import x\nfrom redis import client as cache\ndef _f(q):\n    d = pickle.loads(q.take())\n    cache.set("a", d)\n`;
    expect(unshown(text)).toEqual(['5:9 unshown pickle.loads from network (socket) @5']);
    expect(unshown(text.replace('cache.set', 'cache.get'))).toEqual([
      '5:9 unshown pickle.loads from store (redis.client) @5',
    ]);
  });

  test('is the worst of the module where none is near', () => {
    expect(unshown(`${two}def _f(x):\n    return pickle.loads(x)\n`)).toEqual([
      '3:12 unshown pickle.loads from network (socket) @3',
    ]);
  });

  test('is said to be the module, or what it is guessed to be', () => {
    const said = (imports: string) =>
      factsOf(`import pickle, ${imports}\ndef _f(x):\n    return pickle.loads(x)\n`).map(({ peerShownBy, detail }) => [
        peerShownBy,
        detail,
      ]);
    expect(said('socket')).toEqual([['module', 'the module imports socket']]);
    expect(said('acme_storage')).toEqual([['package', 'the package imports acme_storage']]);
  });

  test('is not what was put into an item, and may be what lies beside a part that was put there', () => {
    const put = (at: string): string[] =>
      unshown(
        `import pickle, socket\ndef _f(buf, x):\n    buf[${at}] = pickle.dumps(x)\n    return pickle.loads(buf)\n`,
      );
    expect(put('0')).toEqual([]);
    for (const part of ['0:9', ':', 'k, 1:2'])
      expect(put(part)).toEqual(['4:12 unshown pickle.loads from network (socket) @4']);
  });

  test('is the package, where the module talks to workers only, and not there', () => {
    const head = 'import pickle\nfrom multiprocessing.connection import Listener\n';
    const talk: Talk = { reach: 'network', by: 'grpc', isOwn: false };
    const listed = (text: string): (string | null)[][] =>
      flowFacts(flowOf(head + text), 'a.py', { talk: () => talk, opensConnections: () => false })
        .filter(({ what }) => what === 'unshown')
        .map((fact) => [shortOf(fact), fact.peerShownBy]);
    expect(listed('def _f(x):\n    return pickle.loads(x)')).toEqual([
      ['4:12 unshown pickle.loads from network (grpc)', 'package'],
    ]);
    expect(listed('def _f(x):\n    Listener()\n    return pickle.loads(x)')).toEqual([
      ['5:12 unshown pickle.loads from worker (multiprocessing.connection.Listener)', 'module'],
    ]);
  });
});

test.each([
  [
    'a stream of bytes in memory',
    'import torch\nwith io.BytesIO(backend.take(x)) as b:\n    torch.load(b)',
    ['torch.load'],
  ],
  ['a path', 'import torch\ntorch.load(x)', []],
  ['weights only', 'import torch\ntorch.load(io.BytesIO(take(x)), weights_only=True)', ['torch.load[safe]']],
  ['marshal', 'import marshal\ndef _f(m):\n    marshal.loads(m.x)', ['marshal.loads']],
  ['jsonpickle', 'import jsonpickle\ndef _f(m):\n    jsonpickle.decode(m)', ['jsonpickle.decode']],
  ['a configuration', 'import yaml\ndef _f(m):\n    yaml.load(m, Loader=yaml.Loader)', []],
  [
    'each kind of loader by itself',
    'import torch\ndef _f(m):\n    pickle.loads(m)\n    torch.load(io.BytesIO(m))',
    ['pickle.loads', 'torch.load[default]'],
  ],
  [
    'a function that a pickle calls',
    'def rebuild(x):\n    return pickle.loads(x)\nclass A:\n    def __reduce__(self):\n        return rebuild, (1,)\n_rebuild = rebuild',
    [],
  ],
])('%s', (_name, body, loaders) => {
  const found = of('import socket', body).map((line) => / unshown (\S+) /.exec(line)?.[1]?.replace('[default]', ''));
  expect(found).toEqual(loaders.map((name) => name.replace('[default]', '')));
});

test('what lies in a file that was loaded is of the file', () => {
  const body = 'def f(p):\n    with open(p, "rb") as g:\n        d = pickle.load(g)\n    return pickle.loads(d["x"])';
  expect(of('import socket', body)).toEqual([]);
});

describe('a connection that was handed on', () => {
  const text = 'def work(conn):\n    if conn.poll(1):\n        return conn.recv()\n';
  const received = (body: string, opens: boolean): string[] =>
    flowFacts(flowOf(body), 'a.py', { talk: () => null, opensConnections: () => opens }).map(shortOf);

  test('counts where the package opens some', () => {
    expect(received(text, true)).toEqual(['3:16 receives Connection.recv {if conn.poll(1)}']);
    expect(received(text, false)).toEqual([]);
    expect(flowFacts(flowOf(text), 'a.py')).toEqual([]);
  });
  test.each([
    ['is not polled', text.replace('conn.poll(1)', 'other.poll(1)')],
    ['is of ZeroMQ', `import zmq\n${text}`],
    ['is a pipe', `from multiprocessing import Pipe\n${text}`],
    ['takes a size', text.replace('recv()', 'recv(9)')],
    ['has another name', text.replaceAll('conn', 'thing')],
  ])('not where it %s', (_name, body) => expect(received(body, true)).toEqual([]));
});

test('beside an open interface each of the calls is listed', () => {
  const text = (body: string): string =>
    `import pickle\nfrom flask import Flask\napp = Flask("a")\n@app.post("/f")\ndef f():\n    return ""\ndef _g(x, y):\n    pickle.loads(x.take())\n${body}`;
  const listed = (body: string): string[] =>
    factsOf(text(body))
      .filter(({ what }) => what === 'unknown')
      .map((fact) => `${shortOf(fact)} @${fact.steps.map(({ at }) => at.line).join()}`);
  expect(listed('    pickle.loads(y.take())\n')).toEqual(['8:5 unknown pickle.loads @8,9']);
  expect(listed('')).toEqual(['8:5 unknown pickle.loads @']);
  expect(listed('    pickle.loads(y.take())\n'.repeat(30))[0]).toMatch(/ \+7 @8,9,10,/);
});

describe('imports that no table has, by their words', () => {
  test.each([
    ['import acme_redis_pool', 'store (acme_redis_pool)'],
    ['from acme.storage import Client', 'store (acme.storage.Client)'],
    ['from acme import client', 'network (acme.client)'],
    ['from acme import storage', 'store (acme.storage)'],
    ['from .transport import link', 'network (.transport.link)'],
    ['import redis\nfrom .transport import link', 'store (redis)'],
  ])('%s', (imports, origin) => {
    const [found] = of(imports, LOAD);
    expect(found?.replace(/^.* from | @\d+$/g, '')).toBe(origin);
  });

  test.each([
    'from google.protobuf import message',
    'import torch.utils.cpp',
    'import sqlite3',
    'from . import restore',
  ])('not %s', (imports) => expect(of(imports, LOAD)[0]).toMatch(/ \(not shown\) @/));

  test('a guess is told as one of the package', () => {
    const [fact] = factsOf(`import pickle\nfrom acme import storage\n${LOAD}\n`);
    expect(fact?.detail).toBe('the package imports acme.storage');
  });
});

describe('a function that speaks of a store alone', () => {
  const text = (body: string): string => `import pickle, redis, socket\ndef _f(x):\n    return pickle.loads(${body})\n`;
  test.each([
    ['x.cache_get(1)', 'store (redis)'],
    ['x.take(session)', 'store (redis)'],
    ['x.take()', 'network (socket)'],
    ['x.cache_get(message)', 'network (socket)'],
    ['x.restored()', 'network (socket)'],
  ])('%s', (body, origin) => expect(unshown(text(body))).toEqual([`3:12 unshown pickle.loads from ${origin} @3`]));
});

describe('an open file of which nothing is known', () => {
  const load = (file: string, head = 'self, x'): string[] =>
    unshown(`import pickle, socket\nclass A:\n    def _f(${head}):\n        return pickle.load(${file})\n`);
  test.each(['self._file', 'x.stream', 'x.take()', 'helper()'])('%s', (file) =>
    expect(load(file)).toEqual(['4:16 unshown pickle.load from network (socket) @4']),
  );
  test.each(['x', 'open(x, "rb")', 'x.open("rb")', 'self.p.open("rb")'])('not: %s', (file) =>
    expect(load(file)).toEqual([]),
  );
});

describe('an object that is named a pickler', () => {
  const load = (receiver: string, head = 'self, x'): string[] =>
    unshown(`import conf, socket\nclass A:\n    def _f(${head}):\n        return ${receiver}.loads(x.take())\n`);
  test.each(['self._pickler', 'self.pickle_module', 'conf.settings().PICKLER'])('%s', (receiver) =>
    expect(load(receiver)).toHaveLength(1),
  );
  test.each(['self.codec', 'x', 'conf.pickler'])('not: %s', (receiver) => expect(load(receiver)).toEqual([]));
});
