import { describe, expect, test } from 'vitest';
import { PythonModule } from '../python/module.js';
import { PathOrigins } from './path-origins.js';

/** The origins of the path of the last `torch.load`, each with its text and line; `named`: what other files have in them. */
function origins(code: string, named: readonly string[] = []): readonly string[] {
  const module = PythonModule.readText(`import os, sys, torch\n${code}\n`);
  const site = module.calls.findLast(({ call }) => module.textOf(call.callee) === 'torch.load');
  if (site === undefined) throw new TypeError('no call');
  const walk = new PathOrigins(module, {
    checkTime: () => {},
    received: () => [],
    isNamedElsewhere: (name) => named.includes(name),
    textsElsewhere: () => null,
  });
  return walk
    .ofCall(site, 'torch.load', module.arguments(site, []))
    .map(({ kind, text, line }) => `${kind} ${line}: ${text}`);
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
    ['that is a method', method('class A:\n    def p(self):\n        return "a.pt"\n'), ['unknown 6: self.p']],
    ['of a class that is its own base', method('class A(A):\n'), ['unknown 4: self.p']],
  ])('%s', (_what, code, expected) => expect(origins(code)).toEqual(expected));
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
