import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memorySource, scan } from '@artifact-sentinel/core';
import { selectRules } from '@artifact-sentinel/core/internal';
import { sourceNeighbours } from '@artifact-sentinel/core/node/internal';
import { collect } from '../collect.js';
import { judge } from '../scan.js';

/** Scans files of a package as they lie beside each other, and gives `file:line rule` with the steps. */
async function scanned(files: Readonly<Record<string, string>>): Promise<{ found: string[]; steps: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-tree-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const neighbours = sourceNeighbours([folder]);
    async function* turns() {
      for (const [name, text] of Object.entries(files)) {
        const bytes = new TextEncoder().encode(text);
        const path = join(folder, name);
        const input = { path, source: memorySource(bytes), size: bytes.length };
        yield { path, collected: () => collect(input, { sources: ['source.flow'], neighbours }) };
      }
    }
    const report = await judge(turns(), { rules: selectRules(['SERVING']) });
    const short = (path: string): string => path.slice(folder.length + 1);
    return {
      found: report.findings.map(({ ruleId, location }) => `${short(location.path)}:${location.line} ${ruleId}`),
      steps: report.findings.flatMap(({ flow = [] }) =>
        flow.map(({ at, text }) => `${short(at.path)}:${at.line} ${text}`),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const SERVER = `from flask import Flask, request
from .codec import decode, Codec
app = Flask("a")
@app.post("/f")
def f():
    return decode(request.data)
@app.post("/m")
def m():
    return Codec().take(request.data)
`;

const RELATIVE = `from flask import Flask, request
from . import pickle
app = Flask("a")
@app.post("/f")
def f():
    return pickle.loads(request.data)
`;

test('a module of the package that is called pickle is another one', async () => {
  const of = async (pickle: string) => {
    const { found } = await scanned({ 'pkg/__init__.py': '', 'pkg/server.py': RELATIVE, 'pkg/pickle.py': pickle });
    return found.filter((line) => line.startsWith('pkg/server.py'));
  };
  expect(await of('import json\ndef loads(data):\n    return json.loads(data)\n')).toEqual([]);
  // One that hands Python's own on, and one that calls it.
  expect(await of('from pickle import *\n')).toEqual(['pkg/server.py:6 SERVING-PICKLE-NETWORK']);
  expect(await of('from cloudpickle import loads\n')).toEqual(['pkg/server.py:6 SERVING-PICKLE-NETWORK']);
  expect(await of('import marshal\ndef loads(data):\n    return marshal.loads(data)\n')).toHaveLength(1);
});

test('where the package has no such module, the name may be an import of the package', async () => {
  const files = { 'pkg/__init__.py': 'import pickle\n', 'pkg/server.py': RELATIVE };
  expect((await scanned(files)).found).toContain('pkg/server.py:6 SERVING-PICKLE-NETWORK');
});

test('a loader in another file of the package is reached, and both files are reported', async () => {
  const codec = `import pickle
def decode(data):
    return pickle.loads(data)
class Codec:
    def take(self, data):
        return decode(data)
`;
  const { found, steps } = await scanned({ 'pkg/__init__.py': '', 'pkg/server.py': SERVER, 'pkg/codec.py': codec });
  expect(found.toSorted()).toEqual([
    'pkg/codec.py:3 SERVING-CODEC-EXPORT',
    'pkg/server.py:6 SERVING-PICKLE-NETWORK',
    'pkg/server.py:9 SERVING-PICKLE-NETWORK',
  ]);
  expect(steps).toEqual(
    expect.arrayContaining(['pkg/server.py:6 given to decode as data', 'pkg/codec.py:3 loaded by pickle.loads']),
  );
});

test('a loader of another file that is handed on as a function is reached', async () => {
  const server = SERVER.replace('return decode(request.data)', 'return pool.submit(decode, request.data)');
  const codec = 'import pickle\ndef decode(data):\n    return pickle.loads(data)\n';
  const { found } = await scanned({ 'pkg/__init__.py': '', 'pkg/server.py': server, 'pkg/codec.py': codec });
  expect(found.toSorted()).toEqual(['pkg/codec.py:3 SERVING-CODEC-EXPORT', 'pkg/server.py:6 SERVING-PICKLE-NETWORK']);
});

test('a codec that checks, or that has no code, is quiet', async () => {
  const codec = `import json, pickle
def decode(data):
    return json.loads(data)
class Codec:
    def take(self, data):
        return json.loads(data)
def own():
    return pickle.loads(pickle.dumps(1))
`;
  expect((await scanned({ 'pkg/__init__.py': '', 'pkg/server.py': SERVER, 'pkg/codec.py': codec })).found).toEqual([]);
});

describe('over several files', () => {
  const LOADS = 'import pickle\ndef decode(data):\n    return pickle.loads(data)\n';
  const SERVE = (imports: string): string =>
    `from flask import Flask, request\n${imports}\napp = Flask("a")\n@app.post("/f")\ndef f():\n    return decode(request.data)\n`;
  const served = async (files: Readonly<Record<string, string>>): Promise<string[]> =>
    (await scanned({ 'p/__init__.py': '', ...files })).found.filter((line) => line.startsWith('p/server.py'));

  test.each<[string, Record<string, string>]>([
    [
      'a function that calls one of a third file',
      {
        'p/low.py': LOADS,
        'p/mid.py':
          'import pickle\nfrom . import low\nOWN = pickle.loads(pickle.dumps(1))\ndef decode(data):\n    return low.decode(data)\n',
        'p/server.py': SERVE('from .mid import decode'),
      },
    ],
    [
      'files that import each other',
      {
        'p/a.py':
          'import pickle\nfrom . import b\ndef decode(data):\n    return b.inner(data)\ndef last(data):\n    return pickle.loads(data)\n',
        'p/b.py':
          'import pickle\nfrom . import a\nOWN = pickle.loads(pickle.dumps(1))\ndef inner(data):\n    return a.last(data)\n',
        'p/server.py': SERVE('from .a import decode'),
      },
    ],
    [
      'a name that a package passes on',
      {
        'p/__init__.py': 'import pickle\nfrom .low import decode\n',
        'p/low.py': LOADS,
        'p/server.py': SERVE('from p.low import decode'),
      },
    ],
    [
      'a loader that another file has imported',
      {
        'p/compat.py': 'try:\n    from cPickle import loads\nexcept ImportError:\n    from pickle import loads\n',
        'p/server.py': SERVE('from .compat import loads as decode'),
      },
    ],
  ])('%s', async (_name, files) => expect(await served(files)).toEqual(['p/server.py:6 SERVING-PICKLE-NETWORK']));

  test('what is found does not depend on which file is read first', async () => {
    const files = {
      'p/__init__.py': '',
      'p/a.py':
        'import pickle\nfrom . import b\ndef decode(data):\n    return b.inner(data)\ndef last(data):\n    return pickle.loads(data)\n',
      'p/b.py':
        'import pickle, socket\nfrom . import a, c\nOWN = pickle.loads(pickle.dumps(1))\ndef inner(data):\n    return a.last(c.more(data))\n',
      'p/c.py':
        'import pickle\nfrom . import a\nOWN = pickle.loads(pickle.dumps(1))\ndef more(data):\n    return a.decode(data)\n',
      'p/server.py': SERVE('from .a import decode'),
    };
    const forth = await scanned(files);
    const back = await scanned(Object.fromEntries(Object.entries(files).toReversed()));
    expect(forth.found.length).toBeGreaterThan(1);
    expect(back.found.toSorted()).toEqual(forth.found.toSorted());
    expect(back.steps.toSorted()).toEqual(forth.steps.toSorted());
  });
});

test('files without neighbours are read alone', async () => {
  const bytes = new TextEncoder().encode(SERVER);
  const report = await scan([{ path: 'server.py', source: memorySource(bytes), size: bytes.length }], {
    rules: selectRules(['SERVING']),
  });
  expect(report.findings).toEqual([]);
});

describe('what another file has opened', () => {
  const LOADS = (line: string): string =>
    `import pickle\nfrom . import util\nclass A:\n    def __init__(self):\n        self.c = util.client()\n    def go(self, k):\n        return pickle.loads(${line})\n`;
  const found = async (util: string, line: string): Promise<string[]> => {
    const files = { 'p/__init__.py': '', 'p/util.py': util, 'p/a.py': LOADS(line) };
    return (await scanned(files)).found;
  };

  test.each([
    [
      'a client of a store',
      'import redis\ndef client():\n    return redis.Redis()\n',
      'self.c.hget("h", k)',
      'STORE-PICKLE',
    ],
    [
      'a socket',
      'import socket\ndef client():\n    return socket.create_connection(A)\n',
      'self.c.recv(9)',
      'PICKLE-NETWORK',
    ],
    [
      'a client of object storage',
      'import boto3\ndef client():\n    global C\n    C = boto3.client("s3")\n    return C\n',
      'self.c.get_object(Key=k)["Body"].read()',
      'STORE-PICKLE',
    ],
  ])('%s', async (_name, util, line, rule) => expect(await found(util, line)).toEqual([`p/a.py:7 SERVING-${rule}`]));

  test('what is not known to talk gives bytes of unknown origin', async () => {
    expect(await found('def client():\n    return dict()\n', 'self.c.get(k)')).toEqual([
      'p/a.py:7 SERVING-PICKLE-NETWORK',
    ]);
  });
});

describe('a check of another file', () => {
  const KEYS =
    'import hashlib, hmac\ndef code(key, message):\n    return hmac.new(key, msg=message, digestmod=hashlib.sha256)\ndef is_genuine(key, message, tag):\n    return hmac.compare_digest(code(key, message).digest(), tag)\ndef equal(a, b):\n    return not sum(x != y for x, y in zip(a, b)) and len(a) == len(b)\ndef other(key, message, tag):\n    return hmac.compare_digest(code(key, b"").digest(), tag)\n';
  const WIRE = (condition: string): string =>
    `import pickle, socketserver\nfrom . import keys\nclass Wire:\n    def read(self, rfile):\n        tag = rfile.read(32)\n        message = rfile.read(100)\n        if not ${condition}:\n            raise ValueError\n        return pickle.loads(message)\n`;
  const found = async (condition: string): Promise<string[]> =>
    (await scanned({ 'p/__init__.py': '', 'p/keys.py': KEYS, 'p/wire.py': WIRE(condition) })).found;

  test('closes the finding, though nothing in that file loads', async () => {
    expect(await found('keys.is_genuine(self.key, message, tag)')).toEqual([]);
    expect(await found('keys.equal(keys.code(self.key, message).digest(), tag)')).toEqual([]);
    expect(await found('keys.is_genuine(key=self.key, tag=tag, message=message)')).toEqual([]);
    expect(await found('keys.equal(keys.code(message=message, key=self.key).digest(), tag)')).toEqual([]);
  });

  test('has to be one of these bytes', async () => {
    const open = ['p/wire.py:9 SERVING-PICKLE-NETWORK'];
    expect(await found('keys.is_genuine(self.key, tag, tag)')).toEqual(open);
    expect(await found('keys.other(self.key, message, tag)')).toEqual(open);
    expect(await found('keys.equal(message, tag)')).toEqual(open);
    expect(await found('keys.unknown(self.key, message, tag)')).toEqual(open);
    expect(await found('keys.is_genuine(key=self.key, tag=message, message=tag)')).toEqual(open);
  });
});

test('a file of the tree that cannot be read leaves what is handed to it unknown, with the reason', async () => {
  const files: Readonly<Record<string, string>> = {
    'p/__init__.py': '',
    'p/server.py': SERVER,
    'p/codec.py': 'import pickle\ndef decode(data):\n    return pickle.loads(data)\n',
  };
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-tree-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const text = files['p/server.py'] ?? '';
    const bytes = new TextEncoder().encode(text);
    const noticesOf = async (reason: string | null): Promise<readonly string[]> => {
      const neighbours = sourceNeighbours([folder]);
      const find = neighbours.find.bind(neighbours);
      if (reason !== null)
        neighbours.find = (path, name) => {
          const file = find(path, name);
          return file === null ? null : { ...file, read: () => reason };
        };
      const input = { path: join(folder, 'p/server.py'), source: memorySource(bytes), size: bytes.length };
      const { notices } = await collect(input, { sources: ['source.flow'], neighbours });
      return notices.map((notice) => notice.reason);
    };
    expect(await noticesOf(null)).toEqual([]);
    expect(await noticesOf('permission denied')).toEqual([expect.stringContaining('permission denied')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
