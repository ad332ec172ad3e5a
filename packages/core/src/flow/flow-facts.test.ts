import { describe, expect, test } from 'vitest';
import { factsOf, shortOf } from '../../test/flow-kit.js';
import type { SourceFlowFact } from '../model/flow-fact.js';
import { ADDRESSES_OF_A_KIND, LISTED_LOADERS } from './limits.js';

const HEAD = 'import pickle, socket\ns = socket.create_connection(("h", 1))\n';
const first = (text: string, path?: string): SourceFlowFact => {
  const [fact] = factsOf(`${HEAD}${text}\n`, path);
  if (fact === undefined) throw new TypeError('no fact');
  return fact;
};

test('a fact says where, by whom and under which condition', () => {
  const fact = first(
    'class A:\n    def f(self):\n        if   self.x  ==  1:\n            pickle.loads(s.recv(1))  # nosec B301',
  );
  expect(fact).toMatchObject({
    what: 'flow',
    at: { line: 6, column: 13, endLine: 6, endColumn: 36 },
    scope: 'A.f',
    text: 'pickle.loads(s.recv(1))',
    condition: 'if self.x == 1',
    sink: { family: 'pickle', name: 'pickle.loads', setting: 'unsafe' },
    origin: { reach: 'network', protocol: 'socket', isClient: false, hasFixedHost: false },
    isDecodedOnReceipt: false,
    entry: null,
    guard: null,
    more: 0,
    registers: false,
    comments: [{ line: 6, tool: 'other' }],
    isTest: false,
    detail: '',
  });
  expect(fact.steps.map(({ at, text, code }) => [at.line, at.column, text, code])).toEqual([
    [6, 26, 'bytes from socket', 's.recv(1)'],
    [6, 13, 'loaded by pickle.loads', 'pickle.loads(s.recv(1))'],
  ]);
});

test('a client with a fixed host, and what is decoded on receipt', () => {
  const client = first('import requests\npickle.loads(requests.get("https://h.example/a").content)');
  expect(client.origin).toEqual({ reach: 'network', protocol: 'HTTP response', isClient: true, hasFixedHost: true });
  const other = first('import requests\npickle.loads(requests.get(url).content)');
  expect(other.origin).toMatchObject({ isClient: true, hasFixedHost: false });
  const decoded = first('import zmq\nz = zmq.Context().socket(zmq.REP)\nz.recv_serialized(pickle.loads)');
  expect(decoded.isDecodedOnReceipt).toBe(true);
});

test.each([
  ['tests/a.py', true],
  ['src/tests/deep/er/a.py', true],
  ['src/tests/deep/er/still/a.py', false],
  ['testing/a.ipynb', true],
  ['benchmark/a.py', true],
  ['test_a.py', true],
  ['a_test.py', true],
  ['conftest.py', true],
  ['bench_a.py', true],
  ['src\\test_a.py', true],
  ['latest/a.py', false],
  ['src/a.py', false],
  ['contest_a.py', false],
])('%s is a test: %s', (path, expected) => expect(first('pickle.loads(s.recv(1))', path).isTest).toBe(expected));

describe('around a load', () => {
  test('the addresses of the module, few of a kind, and who is asked', () => {
    const binds = Array.from({ length: ADDRESSES_OF_A_KIND + 3 }, (_, i) => `s.bind(("10.0.0.${i}", 1))\n`).join('');
    const fact = first(`pickle.loads(s.recv(1))\n${binds}s.connect(("h", 2))\nx = Listener(1, authkey=KEY)  `);
    expect(fact.addresses.map(({ use }) => use)).toEqual([
      'connect',
      ...Array.from({ length: ADDRESSES_OF_A_KIND }, () => 'bind'),
      'connect',
    ]);
    expect(fact.addresses[0]).toMatchObject({ at: { line: 2, column: 5 }, address: 'h:1', reach: 'host' });
    expect(fact.authentication).toMatchObject({ at: { line: 24, column: 17 }, text: 'x = Listener(1, authkey=KEY)' });
    expect(first('pickle.loads(s.recv(1))').authentication).toBeNull();
  });

  test('settings of a module are one fact', () => {
    const facts = factsOf('import celery\ntask_serializer = "pickle"\naccept_content = ["pickle"]\n');
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      what: 'setting',
      at: { line: 2 },
      detail: 'task_serializer = "pickle"; accept_content = ["pickle"]',
      steps: [{ text: 'task_serializer = "pickle"', code: '"pickle"' }, { text: 'accept_content = ["pickle"]' }],
    });
  });

  test('facts stand in the order of their lines', () => {
    const facts = factsOf(
      `${HEAD}def f():\n    pickle.loads(s.recv(1))\npickle.loads(s.recv(2)); pickle.loads(s.recv(3))\n`,
    );
    expect(facts.map(({ at }) => `${at.line}:${at.column}`)).toEqual(['4:5', '5:1', '5:26']);
  });

  test('a registry of codecs is said of every fact', () => {
    const fact = first('register("application/x-pickle", f)\npickle.loads(s.recv(1))');
    expect(fact.registers).toBe(true);
  });

  test('of several sources the worst is shown, the others are counted', () => {
    const fact = first('import redis\nx = redis.Redis().get("a")\nif y:\n    x = s.recv(1)\npickle.loads(x)');
    expect([fact.origin?.protocol, fact.more]).toEqual(['socket', 1]);
  });
});

describe('the identity', () => {
  const identity = (text: string): unknown => first(text).identity;
  const base = 'def f(k):\n    x = s.recv(1)\n    return pickle.loads(x)';

  test('stays when lines, comments and blanks change', () => {
    expect(identity(`\n# new\n${base}`)).toEqual(identity(base));
    expect(identity(base.replace('s.recv(1)', 's.recv( 1 )  # one'))).toEqual(identity(base));
  });

  test.each([
    ['the source', base.replace('s.recv(1)', 's.recv(2)')],
    ['the load', base.replace('pickle.loads(x)', 'pickle.loads(x, encoding="x")')],
    ['the function', base.replace('def f', 'def g')],
    ['a condition', base.replace('    return', '    if k: return')],
    ['an address', `${base}\ns.bind(("10.0.0.1", 1))`],
    ['authentication', `${base}\nx = Listener(1, authkey=KEY)`],
  ])('changes with %s', (_name, text) => expect(identity(text)).not.toEqual(identity(base)));
});

describe('loads of unknown bytes', () => {
  const short = (text: string): readonly string[] => factsOf(text).map(shortOf);

  test('the addresses of a module stand beside flows and beside loads of unknown bytes', () => {
    const unknown = 'def f():\n    return pickle.loads(g())\n';
    for (const text of ['pickle.loads(s.recv(1))\n', unknown, `pickle.loads(s.recv(1))\n${unknown}`])
      expect(factsOf(HEAD + text).map(({ addresses }) => addresses.map(({ address }) => address))).toEqual(
        factsOf(HEAD + text).map(() => ['h:1']),
      );
    expect(factsOf(`${HEAD}pickle.loads(s.recv(1))\n${unknown}`)).toHaveLength(2);
  });

  test('are one fact for each peer, which lists the first of them and counts the others', () => {
    const loads = Array.from({ length: LISTED_LOADERS + 2 }, (_, i) => `def f${i}():\n    pickle.loads(g${i}())\n`);
    const [fact, ...others] = factsOf(HEAD + loads.join(''));
    expect(others).toEqual([]);
    expect([fact?.what, fact?.at.line, fact?.more, fact?.steps.length]).toEqual(['unshown', 4, 2, LISTED_LOADERS]);
    expect(fact?.steps.at(-1)).toMatchObject({
      at: { line: 2 + 2 * LISTED_LOADERS, column: 5 },
      text: 'pickle.loads of bytes of unknown origin',
      code: 'pickle.loads(g23())',
    });
    const [few] = factsOf(HEAD + loads.slice(0, 2).join(''));
    expect([few?.more, few?.steps.length]).toEqual([0, 2]);
  });

  test('beside an open interface are one fact for each kind of loader', () => {
    const open = `import io, pickle, torch, yaml
from flask import Flask
app = Flask("a")
@app.post("/f")
def f(): pass
def a(): return torch.load(io.BytesIO(h()))
def b(): return pickle.loads(h())
def c(): return pickle.loads(h())
def d(): return yaml.load(h())
`;
    expect(short(open)).toEqual(['6:17 unknown torch.load[default]', '7:17 unknown pickle.loads']);
    expect(factsOf(open).map(({ steps, more }) => [steps.map(({ at }) => at.line), more])).toEqual([
      [[], 0],
      [[7, 8], 0],
    ]);
  });
});

describe('an address that is open to all', () => {
  const binds = (text: string): readonly string[] =>
    factsOf(text).flatMap(({ what, text: shown }) => (what === 'bind' ? [shown] : []));
  const CHECKED = `import hmac
def f(k):
    x = s.recv(64)
    if not hmac.compare_digest(hmac.new(k, x[32:], "sha256").digest(), x[:32]):
        raise E
    return pickle.loads(x[32:])
`;

  test('is a fact of its own beside an open load, and any other is none', () => {
    const bound = 's.bind(("0.0.0.0", 1))\ns.bind(("10.0.0.1", 1))\ns.connect(("0.0.0.0", 2))\n';
    expect(binds(`${HEAD}pickle.loads(s.recv(1))\n${bound}`)).toEqual(['0.0.0.0:1']);
    expect(binds(`${HEAD}import torch\ntorch.load(s.recv(1), weights_only=True)\n${bound}`)).toEqual([]);
    expect(binds(`${HEAD}${CHECKED}${bound}`)).toEqual([]);
    expect(binds(`${HEAD}${CHECKED}pickle.loads(s.recv(1))\n${bound}`)).toEqual(['0.0.0.0:1']);
  });

  test('a guard stands where its test begins', () => {
    expect(first(CHECKED).guard).toMatchObject({
      at: { offset: 109, line: 6, column: 8, endLine: 6, endColumn: 9 },
      isWeak: false,
    });
  });
});

test('collectives of a module are one fact that counts the others', () => {
  const facts = factsOf(
    'import torch.distributed as dist\ndist.all_gather_object(a, b)\ndist.broadcast_object_list(a)\ndist.recv_object_list(a)\n',
  );
  expect(facts.map(shortOf)).toEqual(['2:1 receives torch.distributed.all_gather_object +2']);
});

test('a shelf is one where its path is shared', () => {
  const facts = factsOf(
    `${HEAD}import shelve\nshelve.open("/tmp/a")\nshelve.open("a")\nshelve.open(f"/tmp/b")\nshelve.open(x)\n`,
  );
  expect(facts.map(({ what, at, detail }) => [what, at.line, detail])).toEqual([
    ['shelf', 4, '/tmp/a'],
    ['shelf', 6, '/tmp/b'],
  ]);
});
