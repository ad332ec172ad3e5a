import { describe, expect, test } from 'vitest';
import { flows, stepsOf } from '../../test/flow-kit.js';

const HEAD = `import hmac, pickle, socket
s = socket.create_connection(("h", 1))
`;
/** What a source does that has a socket `s`; its first line is line 3. Facts on other addresses are left out. */
const found = (text: string): string[] => flows(`${HEAD}${text}\n`).filter((line) => !line.includes(' bind'));
const steps = (text: string): string[] => stepsOf(`${HEAD}${text}\n`);

/** A load at a line and column, of the socket's bytes. */
const load = (at: string): string => `${at} flow pickle.loads from socket`;

describe('bytes go on', () => {
  test.each([
    ['through a carrier', 'import base64\npickle.loads(base64.b64decode(s.recv(1)))', [load('4:1')]],
    ['through a keyword', 'import base64\npickle.loads(base64.b64decode(s=s.recv(1)))', [load('4:1')]],
    ['by keyword', 'pickle.loads(data=s.recv(1))', [load('3:1')]],
    ['through a decoder that is known by its name', 'pickle.loads(decrypt_all(s.recv(1)))', [load('3:1')]],
    ['through a function that is not known', 'pickle.loads(compute(s.recv(1)))', [load('3:1')]],
    ['through one that is imported', 'from kit import want_bytes\npickle.loads(want_bytes(s.recv(1)))', [load('4:1')]],
    ['not through one that fetches by it', 'pickle.loads(fetch_blob(s.recv(1)))', []],
    ['not through one that makes a name of it', 'pickle.loads(cache_key(s.recv(1)))', []],
    ['not through a class', 'pickle.loads(Message(s.recv(1)))', []],
    ['not through the standard library', 'import os\npickle.loads(os.stat(s.recv(1)))', []],
    ['not what is read of a file', 'from kit import load_file\npickle.loads(load_file(s.recv(1)))', []],
    ['through a method of theirs', 'pickle.loads(s.recv(1).strip())', [load('3:1')]],
    ['through a decoding method of another', 'pickle.loads(box.unpack(s.recv(1)))', [load('3:1')]],
    ['not through another method of another', 'pickle.loads(box.compute(s.recv(1)))', []],
    ['not through what has none of them', 'pickle.loads(s.recv(1).count(b"a"))', []],
    ['through a stream', 'import io\npickle.load(io.BytesIO(s.recv(1)))', ['4:1 flow pickle.load from socket']],
    ['into a list', 'x = []\nx.append(s.recv(1))\npickle.loads(b"".join(x))', [load('5:1')]],
    ['into an attribute of a list', 'x.y = []\nx.y.append(s.recv(1))\npickle.loads(b"".join(x.y))', [load('5:1')]],
    ['into a buffer', 'x = bytearray(9)\ns.recv_into(x)\npickle.loads(x)', [load('5:1')]],
    ['into a slice of a buffer', 'x = bytearray(9)\ns.recv_into(memoryview(x)[1:])\npickle.loads(x)', []],
    ['out of a file on the socket', 'f = s.makefile("rb")\npickle.load(f)', ['4:1 flow pickle.load from socket']],
    [
      'into an unpickler',
      'f = s.makefile("rb")\npickle.Unpickler(f).load()',
      ['4:1 flow pickle.Unpickler.load from socket'],
    ],
    [
      'into an unpickler by keyword',
      'pickle.Unpickler(file=s.makefile("rb")).load()',
      ['3:1 flow pickle.Unpickler.load from socket'],
    ],
  ])('%s', (_name, text, expected) => expect(found(text)).toEqual(expected));

  test('with a step for each decoder, none for what only copies', () => {
    expect(steps('import base64\nx = bytes(base64.b64decode(s.recv(1)))\npickle.loads(x)')).toEqual([
      '4 bytes from socket',
      '4 through base64.b64decode',
      '5 loaded by pickle.loads',
    ]);
  });
});

describe('functions of the module', () => {
  test.each([
    ['a parameter', 'def f(a, b):\n    pickle.loads(b)\nf(1, s.recv(1))', ['4:5 flow pickle.loads from socket']],
    ['another parameter', 'def f(a, b):\n    pickle.loads(a)\nf(1, s.recv(1))', ['4:5 codec pickle.loads']],
    ['by keyword', 'def f(a, b):\n    pickle.loads(a)\nf(b=1, a=s.recv(1))', ['4:5 flow pickle.loads from socket']],
    [
      'more than there are',
      'def f(*a):\n    pickle.loads(a[1])\nf(1, s.recv(1))',
      ['4:5 flow pickle.loads from socket'],
    ],
    ['stars', 'def f(a, b):\n    pickle.loads(b)\nx = [1, s.recv(1)]\nf(*x)', ['4:5 codec pickle.loads']],
    ['a result', 'def f():\n    return s.recv(1)\npickle.loads(f())', [load('5:1')]],
    [
      'what it is given comes back',
      'def f(a, b):\n    return b\npickle.loads(f(1, s.recv(1)))\npickle.loads(f(s.recv(1), 1))',
      [load('5:1')],
    ],
    [
      'yielded',
      'def f():\n    yield s.recv(1)\nfor x in f():\n    pickle.loads(x)',
      ['6:5 flow pickle.loads from socket'],
    ],
    [
      'a method',
      'class A:\n    def f(self, a):\n        pickle.loads(a)\nA().f(s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'a method of a class',
      'class A:\n    def f(self, a):\n        pickle.loads(a)\nA.f(A(), s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'a class method',
      'class A:\n    @classmethod\n    def f(cls, a):\n        pickle.loads(a)\nA.f(s.recv(1))',
      ['6:9 flow pickle.loads from socket'],
    ],
    [
      'a static method',
      'class A:\n    @staticmethod\n    def f(a):\n        pickle.loads(a)\nA.f(s.recv(1))',
      ['6:9 flow pickle.loads from socket'],
    ],
    [
      'a constructor',
      'class A:\n    def __init__(self, a):\n        pickle.loads(a)\nA(s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'an attribute',
      'class A:\n    def __init__(self):\n        self.x = s.recv(1)\n    def f(self):\n        pickle.loads(self.x)',
      ['7:9 flow pickle.loads from socket'],
    ],
    [
      'an attribute of a base',
      'class A:\n    def g(self):\n        self.x = s.recv(1)\nclass B(A):\n    def f(self):\n        pickle.loads(self.x)',
      ['8:9 flow pickle.loads from socket'],
    ],
    [
      'an attribute of another class',
      'class A:\n    def g(self):\n        self.x = s.recv(1)\nclass B:\n    def f(self):\n        pickle.loads(self.x)',
      [],
    ],
    [
      'an attribute that is put into the class itself',
      'class A:\n    def f(self):\n        pickle.loads(self.x)\nA.x = s.recv(1)',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'what is awaited of a member',
      'def f(self):\n    pickle.loads((await self.sock).recv(1))',
      ['4:5 flow pickle.loads from socket'],
    ],
    [
      'super',
      'class A:\n    def f(self, a):\n        pickle.loads(a)\nclass B(A):\n    def f(self, a):\n        super().f(a)\nB().f(s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'a field of a data class',
      'class A:\n    x: bytes\ndef f():\n    return A(x=s.recv(1))\npickle.loads(f().x)',
      [load('7:1')],
    ],
    [
      'the only method of a name',
      'class A:\n    def take_all(self, a):\n        pickle.loads(a)\ndef g(x):\n    x.take_all(s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'one of two methods of a name',
      'class A:\n    def take_all(self, a):\n        pickle.loads(a)\nclass B:\n    def take_all(self, a):\n        pass\ndef g(x):\n    x.take_all(s.recv(1))',
      ['5:9 codec pickle.loads'],
    ],
    [
      'a short name of a method',
      'class A:\n    def take(self, a):\n        pickle.loads(a)\ndef g(x):\n    x.take(s.recv(1))',
      ['5:9 codec pickle.loads'],
    ],
    [
      'a function as a value',
      'def f(a):\n    pickle.loads(a)\ng = f\ng(s.recv(1))',
      ['4:5 flow pickle.loads from socket'],
    ],
    ['a table of functions', 'T = {"a": pickle.loads}\nT["a"](s.recv(1))', ['4:1 flow pickle.loads from socket']],
    [
      'a method of an object in whose place a class may be',
      'class A:\n    def m(self, x):\n        pickle.loads(x)\nclass B: pass\nt = B if a else A()\nt.m(s.recv(1))',
      ['5:9 flow pickle.loads from socket'],
    ],
    [
      'two functions that call each other',
      'def f(a):\n    g(a)\ndef g(a):\n    f(a)\n    pickle.loads(a)\nf(s.recv(1))',
      ['7:5 flow pickle.loads from socket'],
    ],
  ])('%s', (_name, text, expected) => expect(found(text)).toEqual(expected));

  test('a check of an attribute lasts while nothing from outside is put into the object', () => {
    const after = (put: string): string[] =>
      found(
        `def f(m):\n  if not hmac.compare_digest(hmac.new(K, m.body, "sha256").digest(), m.mac):\n    raise ValueError\n  ${put}\n  pickle.loads(m.body)\nf(s.recv(9))`,
      );
    expect(after('m["seen"] = 1')).toEqual(['7:3 flow pickle.loads from socket guard 7 a checked code']);
    expect(after('m["seen"] = s.recv(1)')).toEqual(['7:3 flow pickle.loads from socket +1']);
  });

  test('steps name the call and the parameter, or where it is returned', () => {
    expect(steps('def f(a):\n    return a\ndef g(b):\n    pickle.loads(b)\ng(f(s.recv(1)))')).toEqual([
      '7 bytes from socket',
      '7 given to f as a',
      '3 parameter a of f',
      '7 given to g as b',
      '5 parameter b of g',
      '6 loaded by pickle.loads',
    ]);
    expect(steps('def f():\n    return s.recv(1)\npickle.loads(f())')).toEqual([
      '4 bytes from socket',
      '5 returned by f',
      '5 loaded by pickle.loads',
    ]);
    expect(
      steps('class A:\n    def g(self):\n        self.x = s.recv(1)\n    def f(self):\n        pickle.loads(self.x)'),
    ).toEqual(['5 bytes from socket', '5 kept in self.x', '7 loaded by pickle.loads']);
  });
});

describe('functions that call others', () => {
  test.each([
    ['map', 'list(map(pickle.loads, [s.recv(1)]))', ['3:6 flow pickle.loads from socket']],
    ['an executor', 'pool.submit(pickle.loads, s.recv(1))', ['3:1 flow pickle.loads from socket']],
    [
      'an executor with other arguments first',
      'def f(a, b):\n    pickle.loads(b)\npool.submit(f, 1, s.recv(1))',
      ['4:5 flow pickle.loads from socket'],
    ],
    ['a loop', 'loop.run_in_executor(None, pickle.loads, s.recv(1))', ['3:1 flow pickle.loads from socket']],
    [
      'a thread',
      'import threading\nthreading.Thread(target=pickle.loads, args=(s.recv(1),))',
      ['4:1 flow pickle.loads from socket'],
    ],
    [
      'a thread with a function',
      'import threading\ndef f(a):\n    pickle.loads(a)\nthreading.Thread(target=f, args=[s.recv(1)])',
      ['5:5 flow pickle.loads from socket'],
    ],
    ['a thread without arguments', 'import threading\nthreading.Thread(target=pickle.loads)', []],
    [
      'partial of a loader',
      'import functools\nf = functools.partial(pickle.loads)\nf(s.recv(1))',
      ['4:5 codec pickle.loads', '5:1 flow pickle.loads from socket'],
    ],
    [
      'a value deserializer',
      'KafkaConsumer("t", value_deserializer=pickle.loads)',
      ['3:1 flow pickle.loads from Kafka'],
    ],
    [
      'a lambda as a deserializer',
      'KafkaConsumer("t", value_deserializer=lambda m: pickle.loads(m))',
      ['3:49 flow pickle.loads from Kafka'],
    ],
    [
      'a function as a deserializer',
      'def f(m):\n    pickle.loads(m)\nKafkaConsumer("t", value_deserializer=f)',
      ['4:5 flow pickle.loads from Kafka'],
    ],
    ['another keyword', 'KafkaConsumer("t", other=pickle.loads)', []],
    [
      'recv_serialized',
      'import zmq\nz = zmq.Context().socket(zmq.REP)\nz.recv_serialized(pickle.loads)',
      ['5:1 flow pickle.loads from ZeroMQ'],
    ],
    [
      'recv_serialized by keyword',
      'import zmq\nz = zmq.Context().socket(zmq.REP)\nz.recv_serialized(deserialize=lambda m: pickle.loads(m))',
      ['5:41 flow pickle.loads from ZeroMQ'],
    ],
    ['recv_pyobj', 'import zmq\nz = zmq.Context().socket(zmq.REP)\nz.recv_pyobj()', ['5:1 receives recv_pyobj']],
    [
      'a listener',
      'from multiprocessing.connection import Listener\nc = Listener(("", 1)).accept()\nc.recv()',
      ['5:1 receives Connection.recv'],
    ],
    [
      'collectives, once',
      'import torch.distributed as dist\ndist.broadcast_object_list(x)\ndist.all_gather_object(x, y)\ndist.recv_object_list(x)',
      ['4:1 receives torch.distributed.broadcast_object_list +2'],
    ],
  ])('%s', (_name, text, expected) => expect(found(text)).toEqual(expected));
});

describe('what vouches for bytes', () => {
  const data = 'def take(tag, key):\n    data = s.recv(1)\n';
  test.each([
    [
      'a code of the whole',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data).digest(), tag):\n        pickle.loads(data)`,
      5,
    ],
    [
      'by keyword',
      `${data}    if hmac.compare_digest(hmac.new(b"k", msg=data).digest(), tag):\n        pickle.loads(data)`,
      5,
    ],
    [
      'a code that is filled',
      `${data}    h = hmac.new(b"k", digestmod="x")\n    h.update(data)\n    if hmac.compare_digest(h.digest(), tag):\n        pickle.loads(data)`,
      7,
    ],
    [
      'a function that is not known, over it',
      `${data}    if hmac.compare_digest(sign(data), tag):\n        pickle.loads(data)`,
      5,
    ],
    [
      'a function of the module',
      `def sign(x):\n    return hmac.new(b"k", x).digest()\n${data}    if hmac.compare_digest(sign(data), tag):\n        pickle.loads(data)`,
      7,
    ],
    [
      'a check of the module',
      `def check(x, tag):\n    if not hmac.compare_digest(hmac.new(b"k", x).digest(), tag):\n        raise ValueError\n${data}    check(data, tag)\n    pickle.loads(data)`,
      8,
    ],
    [
      'a check of the module, of an attribute',
      `def check(x, tag):\n    if not hmac.compare_digest(hmac.new(b"k", x).digest(), tag):\n        raise ValueError\ndef take(m, tag):\n    check(m.x, tag)\n    pickle.loads(m.x)\ntake(s.recv(1), 1)`,
      8,
    ],
    [
      'a test of the module',
      `def good(x, tag):\n    return hmac.compare_digest(hmac.new(b"k", x).digest(), tag)\n${data}    if good(data, tag):\n        pickle.loads(data)`,
      7,
    ],
    ['a signature', `${data}    public_key.verify(tag, data)\n    pickle.loads(data)`, 5],
    ['a code that is verified', `${data}    h = hmac.new(b"k", data)\n    h.verify(tag)\n    pickle.loads(data)`, 6],
    [
      'parts of it',
      `${data}    body = data[4:]\n    if hmac.compare_digest(hmac.new(b"k", body).digest(), data[:4]):\n        pickle.loads(body)`,
      6,
    ],
    ...[
      'data.encode()',
      'b"".join([tag, data])',
      'b"%s.%s" % (tag, data)',
      'b"v1" + data',
      'f"{tag}.{data}".encode()',
      'hashlib.sha256(data).digest()',
      'sha3_256(data).hexdigest()',
      'bytes(data)',
      'canonical(data, tag)',
    ].map((over): [string, string, number] => [
      `a code of ${over}`,
      `${data}    if hmac.compare_digest(hmac.new(b"k", ${over}).digest(), tag):\n        pickle.loads(data)`,
      5,
    ]),
    ...['data[4:]', 'data[:-4]', 'data[4:-len(tag)]', 'data[:len(data) - 4]'].map((part): [string, string, number] => [
      `${part}: the rest is the code`,
      `def good(x):\n    return hmac.compare_digest(hmac.new(b"k", ${part.replaceAll('data', 'x')}).digest(), x[:4])\n${data}    if good(data):\n        pickle.loads(data[2:])`,
      7,
    ]),
    [
      'an item that is checked and loaded',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data[1] + data[2]).digest(), data[0]):\n        pickle.loads(data[2])`,
      6,
    ],
    [
      'a part that is checked and loaded',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data[4:key]).digest(), data[:4]):\n        pickle.loads(data[4:key])`,
      6,
    ],
    [
      'a part that a check of the module is given',
      `def check(x, tag):\n    if not hmac.compare_digest(hmac.new(b"k", x).digest(), tag):\n        raise ValueError\n${data}    check(data[:9], tag)\n    pickle.loads(data[:9])`,
      9,
    ],
    [
      'an attribute',
      `def take(self, tag):\n    self.x = s.recv(1)\n    if hmac.compare_digest(hmac.new(b"k", self.x).digest(), tag):\n        pickle.loads(self.x)`,
      6,
    ],
    ['decryption', `from cryptography.fernet import Fernet\n${data}    pickle.loads(Fernet(key).decrypt(data))`, 6],
  ])('%s', (_name, text, line) => {
    const [first = '', ...others] = found(text);
    expect(others).toEqual([]);
    expect(first).toContain('flow pickle.loads from socket guard');
    expect(/ guard (\d+) /.exec(first)?.[1]).toBe(String(line));
  });

  test.each([
    [
      'a code of other bytes',
      `${data}    if hmac.compare_digest(hmac.new(b"k", key).digest(), tag):\n        pickle.loads(data)`,
    ],
    ...['data[:9]', 'data[0]', 'data[key]', 'data[2:9]', 'data[::2]', 'data[4:, 0]'].map((part): [string, string] => [
      `a code of ${part}`,
      `${data}    if hmac.compare_digest(hmac.new(b"k", ${part}).digest(), tag):\n        pickle.loads(data[9:])`,
    ]),
    ...[
      'tag or data',
      'tag if key else data',
      'data & key',
      'str(len(data))',
      'zlib.crc32(data)',
      'hashlib.md5(data).digest()',
      'sha256.digest()',
      'state(data).digest()',
      'data.count(b"x")',
      'f"{data:.2}"',
      'b"data"',
    ].map((over): [string, string] => [
      `a code of ${over}`,
      `${data}    if hmac.compare_digest(hmac.new(b"k", ${over}).digest(), tag):\n        pickle.loads(data)`,
    ]),
    [
      'a code of an item that is another one since',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data[key]).digest(), tag):\n        key = 1\n        pickle.loads(data[key])`,
    ],
    [
      'a code of what a call gave before',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data[key()]).digest(), tag):\n        pickle.loads(data[key()])`,
    ],
    [
      'a code of a long expression that begins the same',
      `${data}    if hmac.compare_digest(hmac.new(b"k", data["${'a'.repeat(80)}b"]).digest(), tag):\n        pickle.loads(data["${'a'.repeat(80)}c"])`,
    ],
    ['a comparison of no code', `${data}    if data == tag:\n        pickle.loads(data)`],
    [
      'a check that returns',
      `def check(x, tag):\n    if hmac.compare_digest(hmac.new(b"k", x).digest(), tag):\n        return\n${data}    check(data, tag)\n    pickle.loads(data)`,
    ],
    ['a verification of another object', `${data}    form.verify(tag, data)\n    pickle.loads(data)`],
    [
      'a check whose result is not used',
      `${data}    hmac.compare_digest(hmac.new(b"k", data).digest(), tag)\n    pickle.loads(data)`,
    ],
    [
      'a check of what was',
      `${data}    ok = hmac.compare_digest(hmac.new(b"k", data).digest(), tag)\n    data = s.recv(2)\n    ok = False\n    pickle.loads(data)`,
    ],
  ])('not %s', (_name, text) => {
    const lines = found(text).filter((line) => line.includes('flow'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('guard');
  });

  test('an unpickler of its own, by what its find_class lets through', () => {
    const unpickler = (condition: string): string =>
      `import io\nclass U(pickle.Unpickler):\n    def find_class(self, module, name):\n        ${condition}\n            return super().find_class(module, name)\n        raise ValueError\nU(io.BytesIO(s.recv(1))).load()`;
    expect(found(unpickler('if (module, name) in A:'))).toEqual([
      '9:1 flow pickle.Unpickler.load from socket guard 5 U.find_class has an allowlist',
    ]);
    expect(found(unpickler('if module in A:'))).toEqual([
      '9:1 flow pickle.Unpickler.load from socket weak 5 U.find_class holds no allowlist of exact names',
    ]);
    expect(found(unpickler('if True:'))).toEqual(['9:1 flow pickle.Unpickler.load from socket']);
  });
});

describe('functions that a library calls', () => {
  test('by a keyword that is known for it', () => {
    expect(found('consume(value_deserializer=lambda b: pickle.loads(b))')).toEqual([
      '3:38 flow pickle.loads from Kafka',
    ]);
  });

  test.each(['key', 'constructor', 'toString'])('not by %s', (keyword) => {
    expect(found(`consume(${keyword}=lambda b: pickle.loads(b))`)).toEqual([]);
  });
});

describe('facts of a module', () => {
  test('a client with TLS and a constant host', () => {
    const of = (url: string) => `import requests\npickle.loads(requests.get(${url}).content)`;
    expect(found(of('"https://h.example/a"'))).toEqual(['4:1 flow pickle.loads from HTTP response']);
    expect(found(of('url'))).toEqual(['4:1 flow pickle.loads from HTTP response']);
  });

  test('a loader of something unknown counts where an interface is open, once', () => {
    const two = 'pickle.loads(SPOOL.next())\npickle.loads(SPOOL.next())';
    expect(found(two)).toEqual([]);
    expect(found(`${two}\ns.bind(("", 1))`)).toEqual(['3:1 unknown pickle.loads']);
    expect(found(`${two}\ns.bind(("127.0.0.1", 1))`)).toEqual([]);
    expect(found('def f(path):\n    pickle.load(path)\ns.bind(("", 1))')).toEqual([]);
    expect(found('pickle.load(open("f"))\ns.bind(("", 1))')).toEqual([]);
  });

  test('a shelf on a shared path', () => {
    expect(found('import shelve\nshelve.open("/mnt/a")')).toEqual(['4:1 shelf shelve.open']);
    expect(found('import shelve\nshelve.open("a")')).toEqual([]);
    expect(found('import shelve\nshelve.open(path)')).toEqual([]);
  });

  test('every interface that is bound beside an open loader, none beside guarded or safe ones', () => {
    const bound = (text: string): boolean =>
      flows(`${HEAD}${text}\ns.bind(("", 1))\n`).some((line) => line.includes(' bind'));
    expect(bound('pickle.loads(s.recv(1))')).toBe(true);
    expect(bound('import torch\ntorch.load(s.recv(1), weights_only=True)')).toBe(false);
    expect(bound('public_key.verify(1, x)\nx = s.recv(1)\nkey.verify(b"", x)\npickle.loads(x)')).toBe(false);
    expect(bound('x = 1')).toBe(false);
  });
});
