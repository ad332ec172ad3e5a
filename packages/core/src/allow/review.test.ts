import { describe, expect, test } from 'vitest';
import { MAX_DANGERS, MAX_FOLLOWED } from '../model/limits.js';
import { checkAllowEntry } from './check.js';
import type { FindSource } from './source-tree.js';

/** A source tree in memory; a path ending in `.so` is a compiled module. */
function tree(files: Readonly<Record<string, string>>): FindSource {
  return (module) => {
    const base = module.replaceAll('.', '/');
    for (const [path, isPackage] of [
      [`${base}/__init__.py`, true],
      [`${base}.py`, false],
    ] as const) {
      const text = files[path];
      if (text !== undefined) return { kind: 'source', path, bytes: new TextEncoder().encode(text), isPackage };
    }
    return files[`${base}.so`] === undefined ? null : { kind: 'extension', path: `${base}.so` };
  };
}

/** `path:line callee via` of each dangerous call. */
function dangers(files: Readonly<Record<string, string>>, entry = 'mylib.model.Net'): string[] {
  const { source } = checkAllowEntry(entry, tree({ 'mylib/__init__.py': '', ...files }));
  return (source?.dangers ?? []).map(({ path, line, callee, via }) => `${path}:${line} ${callee} ${via}`);
}

test('a plain class is clear', () => {
  const model = `
import torch
from torch import nn

class Net(nn.Module):
    """torch.load("x")"""
    def __init__(self, size):
        super().__init__()
        self.layer = nn.Linear(size, size)
        self.scale = getattr(self, "scale", 1)
    def forward(self, x):
        return eval("x")
    def save(self, path):
        torch.save(self, open(path, "wb"))
`;
  const check = checkAllowEntry('mylib.model.Net', tree({ 'mylib/__init__.py': '', 'mylib/model.py': model }));
  expect(check).toMatchObject({
    verdict: 'clear',
    source: {
      found: 'class',
      definition: null,
      where: { path: 'mylib/model.py', line: 5 },
      methods: [{ name: 'mylib.model.Net.__init__', line: 7 }],
      dangers: [],
      unseen: [],
      imports: ['torch'],
    },
  });
});

describe('dangerous calls', () => {
  test.each([
    [
      'in the constructor',
      'class Net:\n  def __init__(self, p):\n    open(p)',
      ['mylib/model.py:3 builtins.open mylib.model.Net.__init__'],
    ],
    [
      'in the state method',
      'import os\nclass Net:\n  def __setstate__(self, s):\n    os.system(s["c"])',
      ['mylib/model.py:4 os.system mylib.model.Net.__setstate__'],
    ],
    [
      'in a helper',
      'class Net:\n  def __setstate__(self, s):\n    self.fill(s)\n  def fill(self, s):\n    work(s)\ndef work(s):\n  eval(s)',
      ['mylib/model.py:7 builtins.eval mylib.model.Net.__setstate__'],
    ],
    [
      'under another name',
      'from torch import load as l\nclass Net:\n  def __new__(cls, p):\n    return l(p)',
      ['mylib/model.py:4 torch.load mylib.model.Net.__new__'],
    ],
    [
      'when the module is imported',
      'import subprocess\nsubprocess.run(["true"])\nclass Net: pass',
      ['mylib/model.py:2 subprocess.run import of mylib.model'],
    ],
    [
      'as a program only',
      'import subprocess\nclass Net: pass\nif __name__ == "__main__":\n  subprocess.run(["true"])',
      [],
    ],
    [
      'in a property setter',
      'class Net:\n  @property\n  def x(self): return 1\n  @x.setter\n  def x(self, v): exec(v)',
      ['mylib/model.py:5 builtins.exec mylib.model.Net.x (setter)'],
    ],
    ['in a method that no load runs', 'class Net:\n  def run(self, p): eval(p)', []],
    [
      'an attribute by a name that is given',
      'class Net:\n  def __init__(self, n):\n    self.f = getattr(self, n)',
      ['mylib/model.py:3 builtins.getattr mylib.model.Net.__init__'],
    ],
    [
      'calling what it is given',
      'class Net:\n  def __init__(self, factory, *a):\n    self.f = factory(*a)\n    a[0]()',
      ['mylib/model.py:3 factory mylib.model.Net.__init__', 'mylib/model.py:4 a[0] mylib.model.Net.__init__'],
    ],
    [
      'handed on',
      'import os\nclass Net:\n  def __init__(self, n):\n    self.f = list(map(os.system, n))',
      ['mylib/model.py:4 os.system mylib.model.Net.__init__'],
    ],
    [
      'in a function that is assigned as a method',
      'def work(self, s): eval(s)\nclass Net:\n  __setstate__ = work',
      ['mylib/model.py:1 builtins.eval mylib.model.Net.__setstate__'],
    ],
    [
      'assigned as a method',
      'class Net:\n  __setstate__ = eval',
      ['mylib/model.py:2 builtins.eval mylib.model.Net.__setstate__'],
    ],
    [
      'in a lambda',
      'class Net:\n  def __init__(self, n):\n    self.f = lambda: eval(n)',
      ['mylib/model.py:3 builtins.eval mylib.model.Net.__init__'],
    ],
    [
      'in the metaclass',
      'class M(type):\n  def __call__(cls, *a): eval(a[0])\nclass Net(metaclass=M): pass',
      ['mylib/model.py:2 builtins.eval mylib.model.M.__call__'],
    ],
  ])('%s', (_name, model, expected) => {
    expect(dangers({ 'mylib/model.py': model })).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    [
      'in the constructor of what it makes',
      'class Net:\n  def __init__(self, p): Part(p)\nclass Part:\n  def __init__(self, p): eval(p)\n  def run(self, p): exec(p)',
      ['mylib/model.py:4 builtins.eval mylib.model.Net.__init__'],
    ],
    [
      'once where it is reached twice',
      'class Net:\n  def __init__(self, p): work(p)\n  def __setstate__(self, p): work(p)\ndef work(p): eval(p)',
      ['mylib/model.py:4 builtins.eval mylib.model.Net.__setstate__'],
    ],
    [
      'in the order of the lines',
      'class Net:\n  def __setstate__(self, p): eval(p); exec(p)\n  def __init__(self, p): eval(p)',
      [
        'mylib/model.py:2 builtins.eval mylib.model.Net.__setstate__',
        'mylib/model.py:2 builtins.exec mylib.model.Net.__setstate__',
        'mylib/model.py:3 builtins.eval mylib.model.Net.__init__',
      ],
    ],
    [
      'a call of a parameter that is hidden by a local name',
      'class Net:\n  def __init__(self, f):\n    def g(f=len): f(1)\n',
      [],
    ],
    ['an attribute by a constant', 'class Net:\n  def __init__(self, n):\n    setattr(self, "x", n)', []],
    [
      'an attribute without a name',
      'class Net:\n  def __init__(self, n):\n    getattr(*n)',
      ['mylib/model.py:3 builtins.getattr mylib.model.Net.__init__'],
    ],
  ])('%s', (_name, model, expected) => {
    expect(dangers({ 'mylib/model.py': model })).toEqual(expected);
  });

  test.each([
    [MAX_DANGERS, []],
    [MAX_DANGERS + 1, [`1 further calls, or functions behind ${MAX_FOLLOWED} others`]],
  ])('%i of them', (count, unseen) => {
    const model = `class Net:\n  def __init__(self, p):\n${'    eval(p)\n'.repeat(count)}`;
    const check = checkAllowEntry('mylib.model.Net', tree({ 'mylib/__init__.py': '', 'mylib/model.py': model }));
    expect(check.source?.dangers).toHaveLength(MAX_DANGERS);
    expect(check.source?.unseen).toEqual(unseen);
  });

  test('in a base class of another module, and in what importing that one runs', () => {
    expect(
      dangers({
        'mylib/model.py': 'from .base import Base as B\nclass Net(B): pass',
        'mylib/base.py': 'from mylib import more\nclass Base:\n  def __setstate__(self, s): more.work(s)',
        'mylib/more.py': 'import os\nos.remove("x")\ndef work(s): os.system(s)',
      }),
    ).toEqual([
      'mylib/more.py:2 os.remove import of mylib.more',
      'mylib/more.py:3 os.system mylib.base.Base.__setstate__',
    ]);
  });

  test('of a function', () => {
    expect(dangers({ 'mylib/model.py': 'def build(p):\n  return exec(p)' }, 'mylib.model.build')).toEqual([
      'mylib/model.py:2 builtins.exec mylib.model.build',
    ]);
  });

  test('behind a re-export', () => {
    const files = {
      'mylib/__init__.py': 'from .model import *',
      'mylib/model.py': 'class Net:\n  def __init__(self, p): eval(p)',
    };
    const check = checkAllowEntry('mylib.Net', tree(files));
    expect(check).toMatchObject({
      verdict: 'review',
      source: { definition: 'mylib.model.Net', dangers: [{ line: 2, column: 26 }] },
    });
  });
});

describe('what cannot be seen is said', () => {
  test.each<[string, Readonly<Record<string, string>>, ...string[]]>([
    ['not there', {}, 'mylib.model.Net is not in the source'],
    ['compiled', { 'mylib/model.so': '' }, 'mylib/model.so: a compiled module, which cannot be read'],
    [
      'assigned',
      { 'mylib/model.py': 'Net = make()' },
      'mylib.model.Net is assigned, not defined: what it is shows only when mylib.model runs',
    ],
    [
      'a base elsewhere',
      { 'mylib/model.py': 'from other import Base\nclass Net(Base): pass' },
      'base class other.Base: not in the source',
    ],
    [
      'a base that is a function of the allowlist',
      { 'mylib/model.py': 'from numpy import add\nclass Net(add): pass' },
      'base class numpy.add: not in the source',
    ],
    [
      'a base that is a function of its own',
      { 'mylib/model.py': 'def f(): pass\nclass Net(f): pass' },
      'mylib.model.Net: its base class mylib.model.f is no class',
    ],
    [
      'bases that are put together',
      { 'mylib/model.py': 'class Net(*bases): pass' },
      'mylib.model.Net: bases or keywords that are put together while it runs',
    ],
    [
      'a metaclass elsewhere',
      { 'mylib/model.py': 'from other import M\nclass Net(metaclass=M): pass' },
      'metaclass other.M: not in the source',
    ],
    [
      'a compiled base',
      { 'mylib/model.py': 'from .c import Base\nclass Net(Base): pass', 'mylib/c.so': '' },
      'mylib/c.so: a compiled module, which cannot be read',
      'base class mylib.c.Base: a compiled module, which cannot be read',
    ],
    [
      'a computed base',
      { 'mylib/model.py': 'class Net(make()): pass' },
      'mylib.model.Net: its base class make() is computed',
    ],
    [
      'a decorator',
      { 'mylib/model.py': 'from other import wrap\n@wrap\nclass Net: pass' },
      'mylib.model.Net: what its decorator wrap makes of it',
    ],
    [
      'broken',
      { 'mylib/model.py': 'class Net: pass\nx = = 1' },
      'mylib/model.py:2: no valid Python: an expression is expected; what could be read was read',
    ],
  ])('%s', (_name, files, ...unseen) => {
    const check = checkAllowEntry('mylib.model.Net', tree({ 'mylib/__init__.py': '', ...files }));
    expect(check.verdict).toBe('review');
    expect(check.source?.unseen).toEqual(unseen);
  });

  test.each(['collections.Counter', 'abc.ABC', 'typing.Generic[T]', 'enum.Enum'])('%s as a base is plain', (base) => {
    const model = `import abc, collections, enum, typing\nclass Net(${base}): pass`;
    expect(checkAllowEntry('mylib.model.Net', tree({ 'mylib/__init__.py': '', 'mylib/model.py': model })).verdict).toBe(
      'clear',
    );
  });

  test.each(['dataclasses.dataclass', 'dataclasses.dataclass(frozen=True)', 'functools.total_ordering'])(
    '%s as a decorator is plain',
    (decorator) => {
      const model = `import dataclasses, functools\n@${decorator}\nclass Net: pass`;
      expect(
        checkAllowEntry('mylib.model.Net', tree({ 'mylib/__init__.py': '', 'mylib/model.py': model })).verdict,
      ).toBe('clear');
    },
  );

  test('a name that would lead out of the tree is looked up nowhere', () => {
    const asked: string[] = [];
    checkAllowEntry('../../etc/passwd.x', (module) => {
      asked.push(module);
      return null;
    });
    expect(asked).toEqual([]);
  });
});

test('what is refused or allowed already is not looked up', () => {
  const find: FindSource = () => {
    throw new Error('looked up');
  };
  expect(checkAllowEntry('os.system', find)).toMatchObject({ verdict: 'refused', source: null });
  expect(checkAllowEntry('collections.OrderedDict', find)).toMatchObject({ verdict: 'unneeded', source: null });
});

describe('a function that may be called (role maker)', () => {
  const model = `
STORE = {}

def fresh(value):
    return [len(value)]

def same(value, other=None):
    copy = value
    return copy if other is None else other

def inside(value):
    return (1, [value])

def nested(value):
    if value:
        copy = value
        return copy

def keeps(key, value):
    STORE[key] = value

def plain(value):
    one: int
    two = 1
    return two
`;
  const find = tree({ 'mylib/__init__.py': '', 'mylib/model.py': model });
  const found = (name: string, role: 'bare' | 'maker'): string[] =>
    (checkAllowEntry(`mylib.model.${name}`, find, role).source?.dangers ?? []).map(({ line, why }) => `${line} ${why}`);
  test.each([
    ['fresh', []],
    ['same', ['9 It hands back its argument other']],
    ['inside', ['12 It hands back its argument value']],
    ['nested', ['17 It hands back its argument copy']],
    ['keeps', ['20 It keeps its argument value']],
    ['plain', []],
  ])('%s', (name, starts) => {
    const reasons = found(name, 'maker');
    expect(reasons.map((danger) => danger.slice(0, danger.indexOf(':')))).toEqual(starts);
    expect(found(name, 'bare')).toEqual([]);
  });
});
