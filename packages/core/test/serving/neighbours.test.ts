import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memorySource } from '@artifact-sentinel/core';
import { portablePlatform } from '@artifact-sentinel/core/internal';
import { sourceNeighbours } from '@artifact-sentinel/core/node/internal';
import { collect } from '../../src/collect.js';
import type { SourceNeighbours } from '../../src/model/neighbours.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-neighbours-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

async function collected(name: string, text: string, neighbours: SourceNeighbours, now?: () => number) {
  const bytes = new TextEncoder().encode(text);
  const input = { path: join(root, name), source: memorySource(bytes), size: bytes.length };
  return collect(input, {
    sources: ['source.call', 'source.flow'],
    neighbours,
    ...(now === undefined ? {} : { platform: { ...portablePlatform, now }, limits: { artifactMs: 1000 } }),
  });
}

async function reasons(name: string, text: string, neighbours = sourceNeighbours([root])): Promise<string[]> {
  return (await collected(name, text, neighbours)).notices.map(({ reason }) => reason.replaceAll(root, ''));
}

const LONG = `def load(path): return path\n#${' '.repeat(17 * 2 ** 20)}`;
const SERVER = `from flask import Flask, request
from codec import decode
app = Flask("a")
@app.post("/f")
def f(): return decode(request.data)
`;

test('names of a file that is too long to be read leave what uses them incomplete', async () => {
  put({ 'long.py': LONG, 'passed.py': 'from long import load' });
  const expected = ['names of /long.py are used, and not all of it was read: it has more than 16777216 bytes'];
  expect(await reasons('a.py', 'from long import load\nload("m.pt")\n')).toEqual(expected);
  expect(await reasons('b.py', 'from passed import load\nload("m.pt")\n')).toEqual(expected);
  expect(await reasons('c.py', 'import json\njson.load("m.pt")\n')).toEqual([]);
});

test('functions of such a file leave a server that gives bytes to them incomplete', async () => {
  put({ 'codec.py': LONG });
  expect((await reasons('server.py', SERVER))[0]).toContain('/codec.py');
});

test('functions of a file whose own data flow was cut off leave what calls them incomplete, and nothing else', async () => {
  const lambdas = Array.from({ length: 400 }, (_, i) => `l${i} = lambda x: l${i + 1}(x)\n`).join('');
  put({
    'codec.py': `import pickle, socket\ns = socket.socket()\n${lambdas}l400 = lambda x: pickle.loads(x)\ndef decode(data):\n    return l0(data)\nl0(s.recv(10))\n`,
  });
  expect(await reasons('server.py', SERVER)).toEqual([
    expect.stringMatching(/^functions of \/codec\.py are called, and not all of it was followed: .*too deep/),
  ]);
  expect(
    await reasons('other.py', SERVER.replace('from codec import decode', 'from json import loads as decode')),
  ).toEqual([]);
});

test('a file whose reading was cut short by the time of one source is read anew for the next', async () => {
  put({ 'passed.py': `import torch\n${'x = 1\n'.repeat(20_000)}from torch import load\n` });
  const own = sourceNeighbours([root]);
  let isRead = false;
  const neighbours: SourceNeighbours = {
    moduleOf: (path) => own.moduleOf(path),
    requirements: (from) => own.requirements(from),
    find: (from, module) => {
      const file = own.find(from, module);
      return file === null ? null : { ...file, read: () => ((isRead = true), file.read()) };
    },
  };
  const text = 'from passed import load\nload("m.pt")\n';
  let asked = 0;
  // Time is up in the middle of the neighbour.
  const cut = await collected('a.py', text, neighbours, () => (isRead && (asked += 1) > 4 ? 5000 : 0));
  expect(cut.notices).toHaveLength(1);
  const { facts, notices } = await collected('b.py', text, neighbours);
  expect(notices).toEqual([]);
  expect(facts.map((fact) => fact.kind === 'source.call' && fact.target)).toEqual(['torch.load']);
});

test('the root of a project is found however deep a source lies in it', async () => {
  put({ 'setup.py': '', 'passed.py': 'from torch import load' });
  const folder = Array.from({ length: 20 }, (_, i) => `f${i}`).join('/');
  put({ [`${folder}/a.py`]: '' });
  const neighbours = sourceNeighbours([join(root, folder, 'a.py')]);
  const { facts } = await collected(`${folder}/a.py`, 'from passed import load\nload("m.pt")\n', neighbours);
  expect(facts.map((fact) => fact.kind === 'source.call' && fact.target)).toEqual(['torch.load']);
});

test('a lambda that a function calls sees the lambdas beside it', async () => {
  const text = `import pickle
l0 = lambda x: l1(x)
l1 = lambda x: pickle.loads(x)
def decode(data): return l0(data)
`;
  const { facts } = await collected('a.py', text, sourceNeighbours([root]));
  expect(facts.map((fact) => fact.kind === 'source.flow' && fact.what)).toEqual(['codec']);
});

test.each([
  ['from kazoo.client import KazooClient', 'KazooClient().get("/a")[0]', 'ZooKeeper'],
  ['from sqlalchemy import create_engine', 'create_engine(u).connect().execute(q).scalar()', 'database'],
  ['import pynng', 'pynng.Pair0().recv()', 'nng'],
  ['import boto3', 'boto3.resource("s3").Object("b", "k").get()["Body"].read()', 'object storage'],
])('what a client gives to a loader of another file: %s', async (imports, bytes, protocol) => {
  put({ 'codec.py': 'import pickle\ndef decode(data):\n    return pickle.loads(data)\n' });
  const text = `from codec import decode\n${imports}\ndecode(${bytes})\n`;
  const { facts } = await collected('client.py', text, sourceNeighbours([root]));
  expect(facts.flatMap((fact) => (fact.kind === 'source.flow' ? [fact.origin?.protocol] : []))).toEqual([protocol]);
});
