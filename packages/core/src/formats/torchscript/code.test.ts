import { describe, expect, test } from 'vitest';
import { MAX_ATTRIBUTES } from '../../model/limits.js';
import { scriptCode } from './code.js';

const names = (body: string): string[] =>
  scriptCode(
    new TextEncoder().encode(
      `class M(Module):\n  ops : int\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n${body}\n`,
    ),
  ).names.map(({ what, name }) => `${what} ${name}`);

describe("PyTorch's own namespaces", () => {
  test.each([
    ['torch', '    return torch.my_backdoor(x)', ['operator aten::my_backdoor']],
    ['torch.autograd', '    return torch.autograd.my_backdoor(x)', ['operator aten::my_backdoor']],
    ['an alias', '    t = torch\n    return t.my_backdoor(x)', ['operator aten::my_backdoor']],
    ['ops.aten', '    return ops.aten.my_backdoor(x)', ['operator aten::my_backdoor']],
    ['one that there is', '    return torch.add(x, x, alpha=1)', []],
    ['one of PyTorch 1.8', '    return torch.symeig(x, True)', []],
    ['one that ends as such', '    return torch.add_(x, x)', []],
    ['a namespace of torch', '    return torch.nn.my_backdoor(x)', []],
    ['a part of torch.autograd', '    return torch.autograd.a.b(x)', []],
    ['torch.autograd itself', '    return torch.autograd(x)', []],
    ['torch itself', '    return torch(x)', []],
  ])('%s', (_name, body, expected) => {
    expect(names(body)).toEqual(expected);
  });
});

describe('operators', () => {
  test.each([
    ['a call', '    return ops.ns.op(x)'],
    ['in brackets', '    return (ops).ns.op(x)'],
    ['over lines', '    return (ops\n      .ns\n      .op)(x)'],
    ['with a backslash', '    return ops. \\\n      ns.op(x)'],
    ['an alias', '    o = ops\n    return o.ns.op(x)'],
    ['an alias of the namespace', '    n = ops.ns\n    return n.op(x)'],
    ['an alias of the operator', '    f = ops.ns.op\n    return f(x)'],
    ['a tuple of aliases', '    a, b = (ops, x)\n    return a.ns.op(b)'],
    ['getattr', '    return getattr(ops, "ns").op(x)'],
    ['getattr twice', '    return getattr(getattr(ops, "ns"), "op")(x)'],
    ['getattr with joined literals', '    return getattr(ops.ns, "o" "p")(x)'],
    ['what never runs', '    if False:\n      y = ops.ns.op(x)\n    return x'],
    ['before the name is assigned', '    y = ops.ns.op(x)\n    ops = y\n    return ops'],
    ['in an argument', '    return torch.add(x, ops.ns.op(x))'],
    ['behind a comment', '    # coding: utf-7\n    return ops.ns.op(x)'],
  ])('%s', (_name, body) => {
    expect(names(body)).toContain('operator ns::op');
  });

  test.each([
    ['an attribute that is called ops', '    return self.ops.ns.op(x)'],
    ['a method that is called ops', '    return (self).ops(x)'],
    ['a text', '    print("ops.ns.op(x)")\n    return x'],
    ['a comment', '    # ops.ns.op(x)\n    return x'],
    ["PyTorch's own functions", '    return torch.linear(x, x, None)'],
  ])('is quiet on %s', (_name, body) => {
    expect(names(body)).toEqual([]);
  });

  test('a parameter hides the name', () => {
    const source = 'def f(ops: Tensor) -> Tensor:\n  return ops.ns.op(ops)\n';
    expect(scriptCode(new TextEncoder().encode(source)).names).toEqual([]);
  });
});

test('classes by annotations, constructors and attributes', () => {
  expect(names('    y : __torch__.torch.classes.ns.Thing = x\n    return x')).toContain('class ns::Thing');
  expect(names('    return __torch__.torch.classes.ns.Other(x)')).toContain('class ns::Other');
  const source =
    'class M(Module):\n  packed : __torch__.torch.classes.quantized.Packed\n  def f(self, a: List[__torch__.torch.classes.ns.In]) -> None:\n    pass\n';
  expect(scriptCode(new TextEncoder().encode(source)).names.map(({ name }) => name)).toEqual([
    'quantized::Packed',
    'ns::In',
  ]);
});

test('places are those of the bytes', () => {
  const source = 'def f(x):\n  # \u00e4\u4e2d\n  return ops.ns.op(x)\n';
  const bytes = new TextEncoder().encode(source);
  const [found] = scriptCode(bytes).names;
  expect(found).toMatchObject({ line: 3, text: 'ops.ns.op' });
  expect(new TextDecoder().decode(bytes.subarray(found?.offset, (found?.offset ?? 0) + 9))).toBe('ops.ns.op');
});

test('what is no Python is told, and the rest is read', () => {
  const { names: found, problem } = scriptCode(
    new TextEncoder().encode('def f(x):\n  y = = 1\n  return ops.ns.op(x)\n'),
  );
  expect(found.map(({ name }) => name)).toEqual(['ns::op']);
  expect(problem).not.toBeNull();
});

test('a name of more attributes than any is told, and what else is there is read', () => {
  const found = (count: number): ReturnType<typeof scriptCode> =>
    scriptCode(new TextEncoder().encode(`def f(s):\n  y = s${'.s'.repeat(count)}\n  return ops.ns.op(y)\n`));
  expect(found(256)).toMatchObject({ names: [{ name: 'ns::op' }], problem: null });
  expect(found(64_000)).toMatchObject({
    names: [{ name: 'ns::op' }],
    problem: { offset: 16, message: 'a name has more than 256 attributes' },
  });
});

describe('names of libraries', () => {
  test.each([
    ['an operator', '    return ops.ns.f(x)', ['operator ns::f']],
    ['an operator that is not called', '    y = ops.ns.f', ['operator ns::f']],
    ['twice', '    y = ops.ns.f(ops.ns.f(x))', ['operator ns::f', 'operator ns::f']],
    ['a namespace alone', '    return ops.ns(x)', []],
    ['more parts than its reader takes', '    return ops.ns.f.out(x)', []],
    ['another root', '    return other.ns.f(x)', []],
    ['behind a name of its own', '    ops = x\n    return ops.ns.f(x)', ['operator ns::f']],
    [
      'a class',
      '    y : __torch__.torch.classes.ns.C = x\n    return __torch__.torch.classes.ns.C(x)',
      ['class ns::C'],
    ],
    ['a namespace of classes alone', '    return __torch__.torch.classes.ns(x)', []],
  ])('%s', (_name, body, expected) => {
    expect([...new Set(names(body))]).toEqual([...new Set(expected)]);
  });

  test('a parameter of that name hides the operators', () => {
    const code = (parameter: string): number =>
      scriptCode(new TextEncoder().encode(`def f(${parameter}):\n  return ops.ns.f(1)\n`)).names.length;
    expect([code('x'), code('ops')]).toEqual([1, 0]);
  });
});

test('a call is one use of its name', () => {
  expect(names('    return ops.ns.f(x)')).toEqual(['operator ns::f']);
  expect(names('    return (ops.ns.f(x), ops.ns.f(x))')).toEqual(['operator ns::f', 'operator ns::f']);
});

describe('where a name is', () => {
  test.each([
    ['', 0],
    ['é', 1],
    ['\u07ff', 1],
    ['\u0800', 2],
    ['\ud7ff', 2],
    ['\u{10000}', 2],
    ['\u{10ffff}', 2],
    ['\ue000', 2],
    ['\uffff', 2],
    ['😀', 2],
    ['\u007f', 0],
  ])('behind %j', (before, more) => {
    // `more`: bytes beyond the UTF-16 units.
    const source = `x = "${before}"\ny = ops.ns.f(1)\n`;
    const [found] = scriptCode(new TextEncoder().encode(source)).names;
    expect(found).toMatchObject({ offset: source.indexOf('ops') + more, line: 2, text: 'ops.ns.f' });
  });

  test('a long expression is shown in part', () => {
    const source = (arguments_: number): string => `ops.ns.f(${'x'.repeat(arguments_)}).y\n`;
    const texts = scriptCode(new TextEncoder().encode(source(2_000))).names.map(({ text = '' }) => text.length);
    expect(texts.every((length) => length <= 1_000)).toBe(true);
  });
});

describe('what is not read', () => {
  const problem = (text: string): unknown => scriptCode(new TextEncoder().encode(text)).problem;
  const attributes = (count: number): string => `x${'.a'.repeat(count)}(1)\n`;
  test.each([
    ['nothing', 'y = 1\n', null],
    ['no Python', 'y = 1\nx = = 1\n', { offset: 10, message: 'an expression is expected' }],
    ['a name of the longest form', attributes(MAX_ATTRIBUTES), null],
    [
      'a name that is longer',
      `y = 1\n${attributes(MAX_ATTRIBUTES + 1)}`,
      { offset: 6, message: `a name has more than ${MAX_ATTRIBUTES} attributes` },
    ],
  ])('%s', (_name, text, expected) => {
    expect(problem(text)).toEqual(expected);
  });
});
