import { describe, expect, test } from 'vitest';
import { PythonModule } from '../python/module.js';
import { PathOrigins } from './path-origins.js';

/** The origins of the paths of each `torch.load`, with their texts and lines; `named`: what other files have in them. */
function allOrigins(code: string, named: readonly string[] = []): readonly (readonly string[])[] {
  const module = PythonModule.readText(`import os, sys, torch\n${code}\n`);
  const sites = module.calls.filter(({ call }) => module.textOf(call.callee) === 'torch.load');
  const walk = new PathOrigins(module, {
    checkTime: () => {},
    received: () => [],
    isNamedElsewhere: (name) => named.includes(name),
    textsElsewhere: () => null,
  });
  return sites.map((site) =>
    walk
      .ofCall(site, 'torch.load', module.arguments(site, []))
      .map(({ kind, text, line }) => `${kind} ${line}: ${text}`),
  );
}

/** Of the last one. */
function origins(code: string, named: readonly string[] = []): readonly string[] {
  const found = allOrigins(code, named).at(-1);
  if (found === undefined) throw new TypeError('no call');
  return found;
}

describe('an attribute of an object', () => {
  const method = (head: string): string => `${head}    def _f(self):\n        torch.load(self.p)`;

  test.each<[string, string, readonly string[]]>([
    ['that nobody sets', method('class A:\n'), ['unknown 4: self.p']],
    ['that the class sets', method('class A:\n    p = "a.pt"\n'), ['constant 3: "a.pt"']],
    ['that a base sets', method('class B:\n    p = "a.pt"\nclass A(B):\n'), ['constant 3: "a.pt"']],
    [
      'that a base over another one sets',
      method('class C:\n    p = "c.pt"\nclass B(C): pass\nclass A(B):\n'),
      ['constant 3: "c.pt"'],
    ],
    ['that two bases do not set', method('class B: pass\nclass A(B, B):\n'), ['unknown 5: self.p']],
    [
      'that the class sets, whatever its base does',
      method('class B:\n    p = sys.argv[1]\nclass A(B):\n    p = "a.pt"\n'),
      ['constant 5: "a.pt"'],
    ],
    [
      'that is a property',
      method('class A:\n    @property\n    def p(self):\n        return sys.argv[1]\n'),
      ['user 5: sys.argv'],
    ],
    ['that is one of two', method('class A:\n    p, q = sys.argv\n'), ['user 3: sys.argv']],
    ['that is a target of a loop', method('class A:\n    for p in sys.argv:\n        pass\n'), ['user 3: sys.argv']],
    ['that a statement opens', method('class A:\n    with f() as p:\n        pass\n'), ['unknown 3: f()']],
    ['that was imported', method('class A:\n    from m import p\n'), ['unknown 5: m.p']],
    ['that is a method', method('class A:\n    def p(self):\n        return "a.pt"\n'), ['unknown 6: self.p']],
    ['of a class that is its own base', method('class A(A):\n'), ['unknown 4: self.p']],
  ])('%s', (_what, code, expected) => expect(origins(code)).toEqual(expected));
});

test('a class that is its own base takes nothing from what is asked next', () => {
  expect(
    allOrigins('class A(A):\n    def _f(self):\n        torch.load(self.p)\ndef _g(p):\n    torch.load(p)\n_g("a.pt")'),
  ).toEqual([['unknown 4: self.p'], ['constant 7: "a.pt"']]);
});

describe('a file that is filled', () => {
  const URL = 'from urllib.request import urlretrieve\nURL = "https://h/a"\n';

  test.each<[string, string, readonly string[]]>([
    ['within a call', `${URL}p = "a.pt"\nurlretrieve(URL, str(p))\ntorch.load(p)`, ['network 5', 'constant 4']],
    ['by a sum', `${URL}p = "a"\nurlretrieve(URL, p + ".pt")\ntorch.load(p + ".pt")`, ['network 5', 'constant 6']],
    ['by a text', `${URL}p = "a"\nurlretrieve(URL, f"{p}.pt")\ntorch.load(p)`, ['network 5', 'constant 4']],
    ['as an attribute', `${URL}urlretrieve(URL, c.p)\ntorch.load(c.p)`, ['network 4', 'unknown 5']],
    ['as another attribute', `${URL}urlretrieve(URL, c.q)\ntorch.load(c.p)`, ['unknown 5']],
    ['as a text', `${URL}urlretrieve(URL, "a.pt")\ntorch.load("a.pt")`, ['network 4', 'constant 5']],
    ['as another text', `${URL}urlretrieve(URL, "b.pt")\ntorch.load("a.pt")`, ['constant 5']],
    [
      'as a method of the path',
      `import requests\np = "a.pt"\np.write_bytes(x)\ntorch.load(p)`,
      ['network 4', 'constant 3'],
    ],
    [
      'by a name in another function',
      `${URL}def f():\n    p = "a"\n    urlretrieve(URL, p)\ndef _g():\n    p = "b"\n    torch.load(p)`,
      ['constant 8'],
    ],
    [
      'opened to be added to',
      'import requests\np = "a.pt"\nopen(p, mode="ab")\ntorch.load(p)',
      ['network 4', 'constant 3'],
    ],
    ['opened to be read', 'import requests\np = "a.pt"\nopen(p, mode="rb")\ntorch.load(p)', ['constant 3']],
    ['opened without a mode', 'import requests\np = "a.pt"\nopen(p)\ntorch.load(p)', ['constant 3']],
    ['opened, without a client', 'import requester\np = "a.pt"\nopen(p, "wb")\ntorch.load(p)', ['constant 3']],
    [
      'beside a client that is imported by its name',
      'from google import cloud\np = "a.pt"\nopen(p, "wb")\ntorch.load(p)',
      ['network 4', 'constant 3'],
    ],
  ])('%s', (_what, code, expected) => expect(origins(code).map((line) => line.replace(/:.*/, ''))).toEqual(expected));
});

describe('what is given to a function', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'a cast has its value second',
      'from typing import cast\ntorch.load(cast("x.pt", sys.argv[1]))',
      ['user 3: sys.argv'],
    ],
    [
      'a name of a call that is no path',
      'torch.load(os.path.join("a", x=sys.argv[1]))',
      ['constant 2: "a"', 'user 2: sys.argv'],
    ],
    ['what parses the command line', 'torch.load(parser.parse_args())', ['user 2: parser.parse_args()']],
    ['what downloads', 'torch.load(download(sys.argv[1]))', ['network 2: download(sys.argv[1])']],
    ['nothing that is returned', 'def _f(): pass\ntorch.load(_f())', ['unknown 3: _f()']],
    ['the file itself', 'torch.load(__file__)', ['constant 2: __file__']],
    ['a builtin that is not called', 'torch.load(input)', ['user 2: builtins.input']],
    ['a number', 'torch.load(3)', ['constant 2: a number']],
    ['no text', 'torch.load("")', ['unknown 2: nothing that it could be is seen']],
    ['None or a text', 'torch.load(None or "a.pt")', ['constant 2: "a.pt"']],
    ['a class', 'class A: pass\ntorch.load(A)', ['unknown 3: A']],
  ])('%s', (_what, code, expected) => expect(origins(code)).toEqual(expected));
});

describe('a parameter', () => {
  const hidden = 'def _f(p):\n    torch.load(p)\n';

  test.each<[string, string, readonly string[]]>([
    ['of a public function', 'def f(p):\n    torch.load(p)', ['parameter 2: parameter p of f']],
    ['of a private one that nobody calls', hidden, ['unknown 2: parameter p of _f']],
    ['of a private one', `${hidden}_f("a.pt")`, ['constant 4: "a.pt"']],
    ['with a default', 'def _f(p="b.pt"):\n    torch.load(p)\n_f()', ['constant 2: "b.pt"']],
    ['given by stars', `${hidden}_f(*x)`, ['unknown 4: p of _f(*x)']],
  ])('%s', (_what, code, expected) => expect(origins(code)).toEqual(expected));

  test('of a private function that another file names may be given anything', () => {
    expect(origins(`${hidden}_f("a.pt")`, ['_f'])).toEqual(['unknown 2: parameter p of _f', 'constant 4: "a.pt"']);
  });

  test('of a function that gives it back is what this call gives', () => {
    const code = 'def g(p):\n    return p\ng(sys.argv[1])\ntorch.load(g("a.pt"))';
    expect(origins(code)).toEqual(['constant 5: "a.pt"']);
  });
});

describe('a name of a comprehension', () => {
  test.each<[string, string, readonly string[]]>([
    ['is an item of what it goes through', '[torch.load(p) for p in sys.argv]', ['user 2: sys.argv']],
    ['also in a pair', 'p = "x.pt"\n[torch.load(p) for q, p in sys.argv]', ['user 3: sys.argv']],
    ['also in a pair of a pair', 'p = "x.pt"\n[torch.load(p) for q, (r, p) in sys.argv]', ['user 3: sys.argv']],
    ['also behind a star', 'p = "x.pt"\n[torch.load(p) for q, *p in sys.argv]', ['user 3: sys.argv']],
    ['is not that of another one', 'p = "x.pt"\n[torch.load(p) for q in sys.argv]', ['constant 2: "x.pt"']],
  ])('%s', (_what, code, expected) => expect(origins(code)).toEqual(expected));
});
