import { expect, test } from 'vitest';
import { PythonModule } from './module.js';
import { sourceFacts } from './source-facts.js';

const HEAD = 'import torch, functools\n';

/** What is reported below the imports: `line use target(arguments)`. */
function reported(text: string): string[] {
  const module = PythonModule.readText(HEAD + text);
  return sourceFacts(module, {
    role: 'module',
    module: null,
    locate: (from) => ({ path: 'a.py', ...module.position(from) }),
    checkTime: () => undefined,
  }).map(({ at, use, target, positional, keywords }) => {
    const given = [...positional.map((one) => one.text), ...keywords.map(({ name }) => `${name}=`)];
    return `${(at.line ?? 0) - 1} ${use} ${target}(${given.join(', ')})`;
  });
}

test.each<readonly [string, readonly string[]]>([
  ['functools.partial(torch.load, f)(g)', ['1 call torch.load(f, g)']],
  [
    'p = functools.partial(functools.partial(torch.load, f), weights_only=x)\np(g)',
    ['2 call torch.load(f, g, weights_only=)'],
  ],
  // What a partial holds goes to its calls, and not to those of its function.
  ['functools.partial(torch.load, f).func(g)', ['1 call torch.load(g)']],
  ['p = functools.partial(torch.load, weights_only=True)\np.func(g)', ['2 call torch.load(g)']],
  ['functools.partial(torch.load).func(g)', ['1 call torch.load(g)']],
  ['p = functools.partial(torch.load)\nq = p\nq.func(g)', ['3 call torch.load(g)']],
  ['p = torch.load\np = functools.partial(torch.load)\np.func(g)', ['3 call torch.load(g)']],
  ['functools.partial(functools.partial(torch.load, f)).func(g)', ['1 call torch.load(g)']],
  ['functools.partial(torch.load, f).func.func(g)', []],
  ['functools.partial(torch.load, f).keywords(g)', []],
  ['torch.load.func(g)', []],
  ['torch.func.load(g)', []],
])('a partial and its function: %j', (text, expected) => expect(reported(text)).toEqual(expected));

test.each([
  'torch.load.__call__(g)',
  'torch.load.__call__.__call__(g)',
  'staticmethod(torch.load).__func__(g)',
  'staticmethod(torch.load).__wrapped__(g)',
  'functools.cache(torch.load).__wrapped__(g)',
  'functools.partial(torch.load).__call__(g)',
])('a member that does the same: %s', (text) => expect(reported(text)).toEqual(['1 call torch.load(g)']));

test('the function of a partial may be one of the module, and is what it was', () => {
  const module = PythonModule.readText(
    'from functools import partial\ndef f(x): pass\npartial(f, 1).func(2)\nf.func(3)',
  );
  const shown = module.calls.map((site) =>
    module.targets(site).map((of) => (of.kind === 'definition' ? of.scope.path : of.kind)),
  );
  const bound = module.calls.flatMap((site) =>
    module.targets(site).flatMap((of) => (of.kind === 'definition' ? [of.bound.length] : [])),
  );
  expect([shown, bound]).toEqual([[['f'], ['path'], ['unknown']], [0]]);
});

test('names of relative modules start from the package', () => {
  const of = (module: string | null, isPackage: boolean, path: string) =>
    PythonModule.read(new TextEncoder().encode('x'), { ...(module === null ? {} : { module }), isPackage }).absolute(
      path,
    );
  expect(of('a.b.c', false, '.d')).toBe('a.b.d');
  expect(of('a.b.c', true, '.d')).toBe('a.b.c.d');
  expect(of('a.b.c', false, '..d')).toBe('a.d');
  // There is nothing above the first package.
  expect(of('a.b.c', false, '.....d')).toBe('.....d');
  expect(of('a.b.c', true, '.....d')).toBe('.....d');
  expect(of('a.b.c', false, '.')).toBe('a.b');
  expect(of('a.b.c', false, 'd.e')).toBe('d.e');
  expect(of(null, false, '.d')).toBe('.d');
});

test('a name that is assigned to among others is not handed on', () => {
  expect(reported('from torch import load\nload, x = a, b\nfor load, x in a: pass')).toEqual([]);
  expect(reported('torch.load, x = a, b')).toEqual([]);
  expect(reported('x, y = torch.load, [torch.load]')).toEqual(['1 value torch.load()']);
});

test.each<readonly [string, readonly string[]]>([
  ['getattr(torch, "load")(g)', ['1 call torch.load(g)']],
  ['getattr(torch, "load", None)(g)', ['1 call torch.load(g)']],
  ['getattr(torch, "hub.load")(g)', []],
  ['vars(torch)["load"](g)', ['1 call torch.load(g)']],
  ['globals()["torch"].load(g)', ['1 call torch.load(g)']],
  ['sorted(torch)["load"](g)', []],
  ['other(torch, "load")(g)', []],
  ['getattr(torch)(g)', []],
  ['getattr()(g)', []],
  ['getattr(*a, "load")(g)', []],
  ['getattr(torch, x)(g)', []],
  ['x = "load"\nx = "save"\ngetattr(torch, x)(g)', ['3 call torch.load(g)']],
  ['functools.partial(a[0], 1)(g)', []],
  ['functools.partial(a()(), 1)(g)', []],
  ['functools.partial(*torch.load)(g)', []],
  ['functools.partial()(g)', []],
  ['class A: pass\nfunctools.partial(A(), 1)(g)', []],
  ['__import__("torch.hub").load(g)', ['1 call torch.load(g)']],
  ['__import__("torch", x, y).load(g)', ['1 call torch.load(g)']],
  ['__import__("torch.hub", x, y).load(g)', ['1 call torch.load(g)']],
  ['__import__("torch.hub", x, y, ["z"]).load(g)', ['1 call torch.hub.load(g)']],
  ['__import__("torch.hub", fromlist=["z"]).load(g)', ['1 call torch.hub.load(g)']],
  ['__import__("torch.hub", globals={}).load(g)', ['1 call torch.load(g)']],
  ['import importlib\nimportlib.import_module("torch.hub").load(g)', ['2 call torch.hub.load(g)']],
  ['import typing\ntyping.cast(x, torch.load)(g)', ['2 call torch.load(g)']],
  ['import typing\ntyping.cast(x)(g)', []],
  ['staticmethod()(g)', []],
  ['vars()["torch"].load(g)', ['1 call torch.load(g)']],
  ['vars(torch)[x](g)', []],
  ['import sys\nsys.modules["torch"].load(g)', ['2 call torch.load(g)']],
  ['torch.__dict__["load"](g)', ['1 call torch.load(g)']],
  ['torch.other["load"](g)', []],
  ['a = [torch.load]\na[0](g)', ['2 call torch.load(g)', '1 value torch.load()']],
  ['a = {"x": torch.load}\nb = a\nb["x"](g)', ['3 call torch.load(g)', '1 value torch.load()']],
  ['def f(): x = torch.load\nf.x(g)', []],
  ['class A: x = torch.load\nA.x(g)\nA().x(g)', ['2 call torch.load(g)', '3 call torch.load(g)']],
  ['class A: x = torch.load\nclass B(A, metaclass=C): pass\nB.x(g)', ['3 call torch.load(g)']],
  ['class A: x = torch.load\nclass B(m=A): pass\nB.x(g)', []],
  ['class A: x = torch.load\nclass B(*A): pass\nB.x(g)', []],
  ['class A: x = torch.load\nclass B(A): x = 1\nB.x(g)', []],
  ['def f(x=torch.load): x(g)', ['1 call torch.load(g)']],
  ['(torch.load and x)(g)', ['1 call torch.load(g)']],
  ['(torch.load + x)(g)', []],
  ['[torch.load][0](g)', ['1 call torch.load(g)', '1 value torch.load()']],
  ['from torch import *\nload(g)', ['2 call torch.load(g)']],
  ['from torch import *\n_load(g)', []],
  ['from torch import *\nload = x\nload(g)', ['3 call torch.load(g)']],
  // A name that is made of itself comes to an end.
  ['node = torch\nwhile x:\n  node = node.next\nnode.load(g)', ['4 call torch.load(g)']],
])('%j', (text, expected) => expect(reported(text).toSorted()).toEqual(expected.toSorted()));

test('what a function is under its other names', () => {
  const module = PythonModule.readText('def f(): x = g\nf.__call__()\nf.x()\nclass A: pass\nA()\nA()()');
  const shown = module.calls.map((site) =>
    module.targets(site).map((of) => (of.kind === 'definition' ? of.scope.path : of.kind)),
  );
  expect(shown).toEqual([['f'], ['unknown'], ['A'], ['instance'], ['A']]);
});
