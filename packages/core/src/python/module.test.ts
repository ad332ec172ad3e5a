import { describe, expect, test } from 'vitest';
import { LimitError, UnsupportedError } from '../model/errors.js';
import { PythonModule } from './module.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every call that can call something named `….load`, as `line:column path`. */
function loads(source: string, wanted = 'torch.load'): string[] {
  const module = PythonModule.read(bytes(source), { module: 'pkg.own' });
  return module.calls
    .filter((site) => module.targets(site).some((of) => of.kind === 'path' && of.path === wanted))
    .map((site) => {
      const { line, column } = module.position(site.call.from);
      return `${line}:${column}`;
    })
    .toSorted();
}

describe('a call resolves to torch.load', () => {
  test.each([
    ['plain', 'import torch\ntorch.load(f)', ['2:1']],
    ['an alias of the module', 'import torch as t\nt.load(f)', ['2:1']],
    ['from', 'from torch import load\nload(f)', ['2:1']],
    ['from with an alias', 'from torch import load as l\nx = [l(f)]', ['2:6']],
    ['from with brackets', 'from torch import (\n  save,\n  load as l,\n)\nl(f)', ['5:1']],
    ['star', 'from torch import *\nload(f)', ['2:1']],
    ['an assignment', 'import torch\nread = torch.load\nread(f)', ['3:1']],
    ['a chain of assignments', 'import torch\na = b = torch\nc = b\nc.load(f)', ['4:1']],
    ['a tuple', 'import torch\na, (b, c) = 1, (2, torch.load)\nc(f)', ['3:1']],
    ['partial', 'import torch, functools\nread = functools.partial(torch.load, map_location="cpu")\nread(f)', ['3:1']],
    ['getattr with a constant', 'import torch\ngetattr(torch, "lo" + "ad")(f)', ['2:1']],
    ['getattr with a constant of the module', 'import torch\nNAME = "load"\ngetattr(torch, NAME)(f)', ['3:1']],
    ['__dict__', 'import torch\ntorch.__dict__["load"](f)', ['2:1']],
    ['vars', 'import torch\nvars(torch)["load"](f)', ['2:1']],
    ['import_module', 'import importlib\nimportlib.import_module("torch").load(f)', ['2:1']],
    ['__import__', '__import__("torch").load(f)', ['1:1']],
    ['sys.modules', 'import sys\nsys.modules["torch"].load(f)', ['2:1']],
    ['a conditional', 'import torch\n(torch.load if a else b)(f)', ['2:1']],
    ['or', 'import torch\n(hook or torch.load)(f)', ['2:1']],
    ['a walrus', 'import torch\nif (read := torch.load):\n  read(f)', ['3:3']],
    ['a default', 'import torch\ndef f(read=torch.load):\n  read(x)', ['3:3']],
    ['a class attribute', 'import torch\nclass A:\n  read = torch.load\nA.read(f)\nA().read(f)', ['4:1', '5:1']],
    [
      'self',
      'import torch\nclass A:\n  def __init__(self):\n    self.r = torch.load\n  def go(self):\n    self.r(f)',
      ['6:5'],
    ],
    [
      'an inherited attribute',
      'import torch\nclass A:\n  r = staticmethod(torch.load)\nclass B(A):\n  def go(self):\n    self.r(f)',
      ['6:5'],
    ],
    ['a loop', 'import torch\nfor r in (open, torch.load):\n  r(f)', ['3:3']],
    ['a comprehension', 'import torch\n[r(f) for r in [torch.load]]', ['2:2']],
    ['a dict', 'import torch\nR = {"a": torch.load}\nR[k](f)', ['3:1']],
    ['a lambda', 'import torch\ng = lambda p: torch.load(p)', ['2:15']],
    ['a decorator', 'import torch\n@torch.load("x")\ndef f(): pass', ['2:2']],
    ['an f-string', 'import torch\nx = f"a{torch.load(p)!r:>{torch.load(w)}}"', ['2:27', '2:9']],
    ['a function inside', 'def f():\n  from torch import load\n  return load(x)', ['3:10']],
    ['global', 'import torch\ndef f():\n  global r\n  r = torch.load\ndef g():\n  r(x)', ['6:3']],
    ['parentheses', 'import torch\n(torch).load(f)', ['2:1']],
    ['over several lines', 'import torch\n(torch\n  .load)(f)', ['2:1']],
    ['a name that is written in other letters', 'import torch\ntorch.ｌoad(f)', ['2:1']],
    ['match', 'import torch\nmatch x:\n  case [a, *_] if torch.load(a):\n    torch.load(a)', ['3:19', '4:5']],
    [
      'Python 2',
      'import torch\nprint torch.load(f), 1\nexec torch.load(f) in {}\ntry:\n  pass\nexcept E, e:\n  torch.load(e)',
      ['2:7', '3:6', '7:3'],
    ],
    ['a broken line', 'import torch\nx = (1 +\ndef f(:\n  torch.load(f)\ny = torch.load(g) z w', ['4:3', '5:5']],
    ['shadowed in a function', 'from torch import load\ndef f(load):\n  load(x)', []],
    ['another attribute', 'import torch\nclass A:\n  def load(self): pass\nA().load(f)\ntorch.save(f)', []],
    ['text', 'import torch\n"torch.load(f)" # torch.load(f)', []],
  ])('%s', (_name, source, expected) => {
    expect(loads(source)).toEqual(expected);
  });

  test('relative imports start from the name of the module', () => {
    expect(loads('from . import io\nio.read(f)', 'pkg.io.read')).toEqual(['2:1']);
    expect(loads('from .io import read\nread(f)', 'pkg.io.read')).toEqual(['2:1']);
    expect(PythonModule.read(bytes('from ..a import b'), { module: 'p.q.r', isPackage: true }).absolute('..a')).toBe(
      'p.q.a',
    );
  });
});

describe('positions', () => {
  test.each([
    ['a byte order mark', '\ufeffload(x)', [1, 1, 3]],
    ['tabs', 'if x:\n\tload(x)', [2, 2, 7]],
    ['CRLF', 'a = 1\r\nload(x)', [2, 1, 7]],
    ['CR', 'a = 1\rload(x)', [2, 1, 6]],
    ['a form feed', 'a = 1\n\f\nload(x)', [3, 1, 8]],
    ['a form feed before the code', 'a = 1\n\fload(x)', [2, 2, 7]],
    ['CRLF behind a backslash', 'a = \\\r\n load(x)', [2, 2, 8]],
    ['characters of several bytes before it', 'a = "äö😀"; load(x)', [1, 13, 16]],
  ])('%s', (_name, source, [line, column, offset]) => {
    const module = PythonModule.read(bytes(source));
    expect(module.problems).toEqual([]);
    expect(module.calls.map(({ call }) => module.position(call.from))).toEqual([{ line, column, offset }]);
  });

  test('a declared encoding', () => {
    const source = Uint8Array.from([
      ...bytes('#!/usr/bin/python\n# -*- coding: latin-1 -*-\nx = "'),
      0xe4,
      ...bytes('"; load()'),
    ]);
    const module = PythonModule.read(source);
    expect(module.source.encoding).toBe('latin_1');
    expect(module.calls.map(({ call }) => module.position(call.from))).toEqual([{ line: 3, column: 10, offset: 53 }]);
    expect(() => PythonModule.read(bytes('# coding: no-such\n'))).toThrow(UnsupportedError);
  });
});

describe('constants', () => {
  const last = (source: string): unknown => {
    const module = PythonModule.read(bytes(source));
    const [found] = module.calls;
    const [argument] = found === undefined ? [] : module.arguments(found).positional;
    return argument === undefined ? null : module.constants(argument);
  };
  test.each([
    ['f(True)', [{ kind: 'bool', value: true }], true],
    ['X = True\nf(X)', [{ kind: 'bool', value: true }], true],
    [
      'X = True\nX = False\nf(X)',
      [
        { kind: 'bool', value: true },
        { kind: 'bool', value: false },
      ],
      true,
    ],
    ['X = True\nX |= y\nf(X)', [{ kind: 'bool', value: true }], false],
    ['f(not False)', [{ kind: 'bool', value: true }], true],
    ['f(None)', [{ kind: 'none' }], true],
    ['f(0x_ff)', [{ kind: 'int', value: 255 }], true],
    ['f(-1)', [{ kind: 'int', value: -1 }], true],
    ['f("a" \'b\' r"\\n" "\\x41\\n")', [{ kind: 'str', value: 'ab\\nA\n' }], true],
    ['V = "v1"\nf(f"org/{V}:{1}{{}}")', [{ kind: 'str', value: 'org/v1:1{}' }], true],
    ['f(b"a")', [{ kind: 'bytes', value: 'a' }], true],
    [
      'f((1, "a"))',
      [
        {
          kind: 'tuple',
          items: [
            { kind: 'int', value: 1 },
            { kind: 'str', value: 'a' },
          ],
        },
      ],
      true,
    ],
    ['f(g)', [], false],
    ['f(1.5)', [], false],
    ['def g(x):\n  f(x)', [], false],
    ['def g(x=1):\n  f(x)', [{ kind: 'int', value: 1 }], false],
    ['for x in 1, 2:\n  f(x)', [], false],
    ['a = b\nb = a\nf(a)', [], false],
    [
      'f(1 if x else True)',
      [
        { kind: 'int', value: 1 },
        { kind: 'bool', value: true },
      ],
      true,
    ],
  ])('%s', (source, values, complete) => {
    expect(last(source)).toEqual({ values, complete });
  });

  test('the constant parts of a text', () => {
    const module = PythonModule.read(bytes('f(f"org/{name}" + ":main")'));
    const [site] = module.calls;
    const [argument] = site === undefined ? [] : module.arguments(site).positional;
    expect(argument === undefined ? null : module.textParts(argument)).toEqual(['org/', null, ':main']);
  });
});

test('arguments: literal dictionaries are taken apart, partials counted in', () => {
  const module = PythonModule.read(
    bytes('from functools import partial as p\nr = p(load, a=1, b=2)\nr(x, b=3, **{"c": 4}, **dict(d=5), **more)'),
  );
  const site = module.calls.find(({ call }) => call.args.length === 5);
  if (site === undefined) throw new Error('no call');
  const [target] = module.targets(site);
  const found = module.arguments(site, target?.kind === 'path' ? target.bound : []);
  const shown = [...found.keywords].map(([name, values]) => [
    name,
    values.map(({ value }) => module.textOf(value)).join(),
  ]);
  expect(shown).toEqual([
    ['a', '1'],
    ['b', '3'],
    ['c', '4'],
    ['d', '5'],
  ]);
  expect([found.positional.length, found.open]).toEqual([1, true]);
});

describe('arguments that are spread', () => {
  /** The positional ones, the keywords, and whether there may be more. */
  const given = (text: string): unknown => {
    const module = PythonModule.readText(text);
    const site = module.calls.find(({ call }) => module.textOf(call.callee) === 'f');
    const { positional, keywords, open } = module.arguments(site ?? raise());
    const shown = [...keywords].map(
      ([name, values]) => `${name}=${values.map((one) => module.textOf(one.value)).join('|')}`,
    );
    return [...positional.map(({ value }) => module.textOf(value)), ...shown, ...(open ? ['…'] : [])];
  };
  test.each<readonly [string, readonly string[]]>([
    ['f(*(a, b), c)', ['a', 'b', 'c']],
    ['f(*[a])', ['a']],
    ['f(*[a], *x)', ['a', '…']],
    ['f(*x, *[a])', ['a', '…']],
    // The order of a set is not known.
    ['f(*{a, b})', ['…']],
    ['f(*[a, *b])', ['…']],
    ['f(*a)', ['…']],
    ['f(*f"a")', ['…']],
    ['f(**{"a": b, "c": d})', ['a=b', 'c=d']],
    ['f(**{"a": b}, **x())', ['a=b', '…']],
    ['f(**x(), **{"a": b})', ['a=b', '…']],
    ['f(**{x: b, "c": d})', ['c=d', '…']],
    ['f(**{**x, "c": d})', ['c=d', '…']],
    ['k = "a"\nk = "b"\nf(**{k: c})', ['…']],
    ['k = "a"\nf(**{k: c})', ['a=c']],
    ['f(**dict(a=b))', ['a=b']],
    ['f(**dict(a=b, **x))', ['a=b', '…']],
    ['f(**dict([x], a=b))', ['a=b', '…']],
    ['f(**other(a=b))', ['…']],
    ['if x: dict = y\nf(**dict(a=b))', ['…']],
    ['f(**a)', ['…']],
    ['def f(a): f(**a)', ['…']],
    // Under a name it can be changed in between.
    ['a = {"b": c}\nf(**a)', ['b=c', '…']],
    ['a = {"b": c}\na = dict(b=d)\nf(**a)', ['b=c|d', '…']],
    ['a = {"b": c}\nfor a in x: f(**a)', ['…']],
    ['f(a=b, **{"a": c})', ['a=b|c']],
    ['f(a=b, a=c)', ['a=c']],
  ])('%j', (text, expected) => expect(given(text)).toEqual(expected));
});

test('when a call runs', () => {
  const module = PythonModule.read(
    bytes('a()\nclass C:\n  b()\n  def m(self, x=c()):\n    d()\nif __name__ == "__main__":\n  e()\nf = lambda: g()'),
  );
  const shown = module.calls.map(({ call, when }) => `${module.textOf(call.callee)} ${when}`);
  expect(shown).toEqual(['a import', 'b import', 'c import', 'd call', 'e main', 'g call']);
});

test('limits: what is too long or too deep is said, and ends nothing else', () => {
  const deep = PythonModule.readText(`${'('.repeat(300)}f()${')'.repeat(300)}\ng()`);
  expect(deep.problems.some(({ limit }) => limit)).toBe(true);
  expect(deep.calls.map(({ call }) => deep.textOf(call))).toContain('g()');
  expect(() => PythonModule.read(new Uint8Array(17 * 1024 * 1024))).toThrow(LimitError);
  const names = Array.from({ length: 40 }, (_, i) =>
    Array.from({ length: 40 }, (_x, j) => `n${i} = n${j} or n${(i + j) % 40}`).join('\n'),
  );
  const tangled = PythonModule.readText(`${names.join('\n')}\nn0()`);
  expect(tangled.targets(tangled.calls[0] ?? raise()).map(({ kind }) => kind)).toContain('unknown');
});

function raise(): never {
  throw new Error('no call');
}
