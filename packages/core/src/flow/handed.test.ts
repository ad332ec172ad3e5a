import { describe, expect, test } from 'vitest';
import { flows, stepsOf, unshown } from '../../test/flow-kit.js';

const HEAD = 'import json, pickle, socket\ns = socket.socket()\n';
/** What is loaded of the bytes of the socket. */
const shown = (body: string): string[] => flows(HEAD + body).filter((line) => / flow (?:pickle|torch)\./.test(line));
const bodyOf = (body: string, args = ''): string => `def go(${args}):\n  ${body}\n`;

describe('a loader that is handed on', () => {
  test.each<[string, string]>([
    ['as an argument', 'def d(m, f):\n  return f(m)\ndef go():\n  d(s.recv(9), pickle.loads)\n'],
    ['by keyword', 'def d(m, *, f=None):\n  return f(m)\ndef go():\n  d(s.recv(9), f=pickle.loads)\n'],
    ['over two functions', 'def d(m, f):\n  f(m)\ndef e(m, g):\n  d(m, g)\ndef go():\n  e(s.recv(9), pickle.loads)\n'],
    ['with the arguments of a star', 'def d(f, *a):\n  return f(*a)\ndef go():\n  d(pickle.loads, s.recv(9))\n'],
    [
      'to a function inside',
      'def d(m, f):\n  def g():\n    return f(m)\n  return g\ndef go():\n  d(s.recv(9), pickle.loads)\n',
    ],
    [
      'to a constructor',
      'class C:\n  def __init__(self, f):\n    self.f = f\n  def go(self):\n    self.f(s.recv(9))\nC(pickle.loads)\n',
    ],
    [
      'to a method',
      'class C:\n  def on(self, f):\n    self.f = f\n  def go(self):\n    self.f(s.recv(9))\nC().on(pickle.loads)\n',
    ],
    [
      'as its module',
      'class C:\n  def __init__(self, m):\n    self.m = m\n  def go(self):\n    self.m.loads(s.recv(9))\nC(pickle)\n',
    ],
    ['as an unpickler', 'import io\ndef d(m, u):\n  u(io.BytesIO(m))\ndef go():\n  d(s.recv(9), pickle.Unpickler)\n'],
    [
      'as a default that is kept',
      'import io\nclass C:\n  def __init__(self, u=pickle.Unpickler):\n    self.u = u\n  def go(self):\n    u = self.u(io.BytesIO(s.recv(9)))\n    u.load()\n',
    ],
    ['in a dict', bodyOf("return {'p': pickle.loads}[f](s.recv(9))", 'f')],
    ['by get of a dict', `L = {'p': pickle.loads}\n${bodyOf('return L.get(f)(s.recv(9))', 'f')}`],
    ['in a dict of keywords', `L = dict(p=pickle.loads)\n${bodyOf('return L[f](s.recv(9))', 'f')}`],
    [
      'in a dict of an attribute',
      "class C:\n  def __init__(self):\n    self.l = {'p': pickle.loads}\n  def go(self, f):\n    self.l[f](s.recv(9))\n",
    ],
    ['in a pair', `L = {'p': (pickle.dumps, pickle.loads)}\n${bodyOf('_, f = L[k]\n  f(s.recv(9))', 'k')}`],
    ['by a key', `L = {}\nL['p'] = pickle.loads\n${bodyOf('L[k](s.recv(9))', 'k')}`],
    [
      'by a registry',
      `L = {}\ndef register(k, f):\n  L[k] = f\nregister('p', pickle.loads)\n${bodyOf('L[k](s.recv(9))', 'k')}`,
    ],
    [
      'by a partial of a parameter',
      'import functools\ndef d(f):\n  g = functools.partial(f)\n  g(s.recv(9))\nd(pickle.loads)\n',
    ],
    ['with the bytes, by a partial', `import functools\n${bodyOf('functools.partial(pickle.loads, s.recv(9))()')}`],
    ['by what a function returns', `def f():\n  return pickle.loads\n${bodyOf('f()(s.recv(9))')}`],
    [
      'by a property',
      'class C:\n  @property\n  def f(self):\n    return pickle.loads\n  def go(self):\n    self.f(s.recv(9))\n',
    ],
    [
      'by a field',
      'from dataclasses import dataclass, field\n@dataclass\nclass C:\n  f: object = field(default=pickle.loads)\n  def go(self):\n    self.f(s.recv(9))\n',
    ],
    ['by setattr', `class C: pass\nsetattr(C, 'f', pickle.loads)\n${bodyOf('C.f(s.recv(9))')}`],
    ['to a pool', bodyOf('pool.submit(pickle.loads, s.recv(9))', 'pool')],
    ['to a loop', bodyOf('loop.call_soon(pickle.loads, s.recv(9))', 'loop')],
    [
      'to the executor of an attribute',
      'class C:\n  async def go(self):\n    await self.l.run_in_executor(None, pickle.loads, s.recv(9))\n',
    ],
    ['as a lambda', 'def d(f, m):\n  return f(m)\ndef go():\n  d(lambda b: pickle.loads(b), s.recv(9))\n'],
    [
      'as a function of the module',
      'def l(b):\n  return pickle.loads(b)\ndef d(f, m):\n  return f(m)\ndef go():\n  d(l, s.recv(9))\n',
    ],
    [
      'as an object that is called',
      `class C:\n  def __call__(self, b):\n    pickle.loads(b)\nc = C()\n${bodyOf('c(s.recv(9))')}`,
    ],
    ['by a name that is put together', bodyOf("getattr(pickle, 'lo' + 'ads')(s.recv(9))")],
    ['by a name that is not known', bodyOf('getattr(pickle, n)(s.recv(9))', 'n')],
    ['by attrgetter', `import operator\n${bodyOf("operator.attrgetter('loads')(pickle)(s.recv(9))")}`],
    ['by methodcaller', `import operator\n${bodyOf("operator.methodcaller('loads', s.recv(9))(pickle)")}`],
  ])('%s', (_name, body) => {
    expect(shown(body)).not.toEqual([]);
  });

  test('is reported where it is handed on, with what happens to the bytes', () => {
    const text = `${HEAD}def d(m, f):\n  return f(m)\ndef go():\n  m = s.recv(9)\n  return d(m, pickle.loads)\n`;
    expect(flows(text)).toEqual(['7:10 flow pickle.loads from socket']);
    expect(stepsOf(text)).toEqual([
      '6 bytes from socket',
      '7 given to d as m',
      '3 parameter m of d',
      '7 loaded by pickle.loads',
    ]);
  });

  test('is called only for those who hand it on', () => {
    const text =
      'def d(m, f):\n  return f(m)\ndef a():\n  d(s.recv(9), json.loads)\ndef b():\n  d(open(p).read(), pickle.loads)\n';
    expect(shown(text)).toEqual([]);
    expect(
      shown(
        `import torch\n${bodyOf("torch.empty(1, dtype=getattr(torch, s.recv(9)['d']))\n  getattr(torch, n)(s.recv(9))", 'n')}`,
      ),
    ).toEqual([]);
    // A dict of readers without a loader, and a class that is asked for.
    expect(shown(`x = pickle.dumps\nL = {'j': json.loads}\n${bodyOf('L[f](s.recv(9))', 'f')}`)).toEqual([]);
  });

  test('to itself, or in a circle, comes to an end', () => {
    const circle =
      'def f(g, d):\n  g(g, d)\n  return f(g, d)\ndef h(a, d):\n  f(h, d)\n  a(f, d)\n  a(d)\nf(f, s.recv(9))\nh(pickle.loads, s.recv(9))\n';
    expect(shown(circle)).not.toEqual([]);
    expect(shown('x = pickle.loads\nl = lambda f, d: f(f, d)\nl(l, s.recv(9))\n')).toEqual([]);
  });

  test('to what nothing is known of is listed', () => {
    const unknown = (body: string): string[] => unshown(HEAD + body).map((line) => line.replace(/.*@/, ''));
    expect(unknown('import lib\nlib.configure(deserializer=pickle.loads)\n')).toEqual(['4']);
    expect(unknown('import lib\nclass C(lib.C):\n  def f(self):\n    return pickle.loads\n')).toEqual(['6']);
    expect(unknown('import lib\nlib.on(lambda b: pickle.loads(b))\n')).toEqual(['4']);
    // Once for a module, with all of its lines.
    expect(unknown('import lib\nlib.a(pickle.loads)\nlib.b(pickle.loads)\n')).toEqual(['4,5']);
    for (const body of [
      'class U(pickle.Unpickler): pass\n',
      'def f(x):\n  return isinstance(x, pickle.Unpickler)\n',
      'def f(x: pickle.Unpickler): pass\n',
      'import lib\nlib.a(pickle.dumps)\n',
      'class C:\n  def __reduce__(self):\n    return (pickle.loads, (pickle.dumps(self.x),))\n',
    ])
      expect(unknown(body)).toEqual([]);
    // Without anybody to talk to it is nobody's.
    expect(unshown('import lib, pickle\nlib.configure(deserializer=pickle.loads)\n')).toEqual([]);
  });
});

describe('bytes that Python gives by itself', () => {
  test.each<[string, string]>([
    [
      'a property',
      'class C:\n  @property\n  def d(self):\n    return s.recv(9)\n  def go(self):\n    pickle.loads(self.d)\n',
    ],
    [
      'a manager',
      `class M:\n  def __enter__(self):\n    return s.recv(9)\n  def __exit__(self, *a): pass\n${bodyOf('with M() as d:\n    pickle.loads(d)')}`,
    ],
    [
      'an iterator',
      `class M:\n  def __next__(self):\n    return s.recv(9)\n${bodyOf('for d in M():\n    pickle.loads(d)')}`,
    ],
    [
      'a generator of a class',
      `class M:\n  def __iter__(self):\n    yield s.recv(9)\n${bodyOf('[pickle.loads(d) for d in M()]')}`,
    ],
    [
      'an item',
      `class M:\n  def __getitem__(self, k):\n    return s.recv(9)\nm = M()\n${bodyOf('pickle.loads(m[1])')}`,
    ],
  ])('by %s', (_name, body) => {
    expect(shown(body)).not.toEqual([]);
  });
});
