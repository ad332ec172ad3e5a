import { expect, test } from 'vitest';
import { readTable } from '../../../../tools/catalogue/table.js';
import { tableTexts } from '../../../../tools/catalogue/tables.js';
import type { Kind } from '../../../../tools/catalogue/kinds.js';
import { CLIENT_CASES } from '../../test/client-cases.js';
import { factsOf } from '../../test/flow-kit.js';
import { found } from '../../test/source-kit.js';

/** Rows of the tables of clients and peers: each library has a snippet that a row finds, and the rule that reports it. */

const RULE = {
  network: 'SERVING-PICKLE-NETWORK',
  store: 'SERVING-STORE-PICKLE',
  worker: 'SERVING-WORKER-HANDOFF',
  local: '',
} as const;

test.each(CLIENT_CASES)('$library: $text', async ({ protocol, text }) => {
  const facts = factsOf(text).filter(({ what }) => what === 'flow');
  expect(facts.map(({ origin }) => origin?.protocol)).toEqual([protocol]);
  const [fact] = facts;
  const findings = await found(RULE[fact?.origin?.reach ?? 'local'], text);
  expect(findings.map(({ location }) => location.line)).toContain(fact?.at.line);
});

const TABLES = /^python-source\/(?:clients|peers)\.txt$/;
const KINDS: readonly Kind[] = [
  'source-member',
  'source-call',
  'source-path',
  'callback-member',
  'callback',
  'entry-point',
  'receiving-sink',
];
const blocks = [...tableTexts()]
  .filter(([path]) => TABLES.test(path))
  .flatMap(([path, text]) => readTable(path, text).blocks)
  .filter(({ kind }) => KINDS.includes(kind));
const librariesOf = (read: string): string[] => read.split(', ').map((item) => item.replace(/ \S+$/, ''));

test('each row says what was read for it', () => {
  expect(blocks.length).toBeGreaterThan(100);
  for (const { fields, line } of blocks) expect([line, fields.get('read')]).not.toContain(undefined);
});

test('each library has a case', () => {
  const known = new Set(CLIENT_CASES.map(({ library }) => library));
  const named = new Set(
    blocks
      .filter(({ kind }) => kind !== 'receiving-sink')
      .flatMap(({ fields }) => librariesOf(fields.get('read') ?? '')),
  );
  expect([...named].filter((library) => !known.has(library))).toEqual([]);
  expect([...known].filter((library) => !named.has(library))).toEqual([]);
});

test('each block of members has a case that calls one of them', () => {
  const untested = blocks.filter(({ kind, fields, entries }) => {
    if (kind !== 'source-member' && kind !== 'callback-member') return false;
    const libraries = new Set(librariesOf(fields.get('read') ?? ''));
    const names = entries.map(({ words: [name = ''] }) => new RegExp(`\\.${name}\\b`));
    return !CLIENT_CASES.some(({ library, text }) => libraries.has(library) && names.some((name) => name.test(text)));
  });
  expect(untested.map(({ line, fields }) => [line, fields.get('read')])).toEqual([]);
});

test.each([
  ['a database in memory', 'import sqlite3\npickle.loads(sqlite3.connect(":memory:").execute(q).fetchone()[0])'],
  ['a database of this host', 'import sqlite3\npickle.loads(sqlite3.connect("cache.db").execute(q).fetchone()[0])'],
  [
    'an engine in memory',
    'from sqlalchemy import create_engine\nwith create_engine("sqlite://").connect() as c:\n    pickle.loads(c.execute(q).scalar())',
  ],
  [
    'an engine of a file of this host',
    'from sqlalchemy import create_engine\nwith create_engine("sqlite:///a.db").connect() as c:\n    pickle.loads(c.execute(q).fetchone()[0])',
  ],
  ['an LMDB of this host', 'import lmdb\npickle.loads(lmdb.open("cache").begin().get(b"a"))'],
  ['an LMDB on a path that is not known', 'import lmdb\npickle.loads(lmdb.open(path).begin().get(b"a"))'],
  ['a local file through fsspec', 'import fsspec\nwith fsspec.open("a.pkl", "rb") as f:\n    pickle.load(f)'],
  [
    'a local file through smart_open',
    'import smart_open\nwith smart_open.open("a.pkl", "rb") as f:\n    pickle.load(f)',
  ],
  ['JSON of a store', 'import redis, json\njson.loads(redis.Redis().pipeline().execute()[0])'],
  ['a constant', 'import redis\npickle.loads(b"I1\\n.")'],
  ['a round trip', 'import kazoo\npickle.loads(pickle.dumps(x))'],
  ['a dict of the process', 'cache = {}\ndef f(k):\n    return pickle.loads(cache[k])'],
  [
    'keys beside the values',
    'def f(keys, table):\n    for key, value in zip(keys, [b""]):\n        pickle.loads(value)',
  ],
  ['a counter beside the values', 'def f(n):\n    for i, x in enumerate([b""], n):\n        pickle.loads(x)'],
  [
    'a key beside the value',
    'd = {}\ndef f(key, value):\n    d.setdefault(key, pickle.dumps(value))\n    return pickle.loads(d[key])',
  ],
  [
    'a time beside the value',
    'd = {}\ndef f(timeout):\n    d[1] = (timeout, pickle.dumps(1))\n    a, b = d[1]\n    return pickle.loads(b)',
  ],
  [
    'a manager of its own',
    'from multiprocessing.managers import SyncManager\nclass M(SyncManager):\n    pass\nM().start()\nSyncManager().start()',
  ],
  [
    'a path from outside',
    'import rpyc, os, joblib\nclass S(rpyc.Service):\n    def exposed_a(self, d):\n        joblib.load(os.path.join(d, "m"))',
  ],
  ['a widget that gives a text', 'import streamlit as st\npickle.loads(st.text_input)'],
  ['buffers of MPI', 'from mpi4py import MPI\nMPI.COMM_WORLD.Recv(buf)'],
])('quiet: %s', (_name, text) => {
  expect(factsOf(`import pickle\n${text}\n`).filter(({ what }) => what !== 'unshown')).toEqual([]);
});

test.each([
  'MPI.COMM_WORLD.recv(source=0)',
  'comm = MPI.COMM_WORLD\ncomm.bcast(x)',
  'def f(comm):\n    comm.gather(x)',
])('mpi4py: %s', (text) => {
  expect(factsOf(`from mpi4py import MPI\n${text}\n`).map(({ what, sink }) => `${what} ${sink?.name}`)).toEqual([
    'receives MPI communicator',
  ]);
});
