import { describe, expect, test } from 'vitest';
import { factsOf } from '../../test/flow-kit.js';
import type { SourceFlowFact } from '../model/flow-fact.js';
import { ADDRESSES_OF_A_KIND } from './limits.js';

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
