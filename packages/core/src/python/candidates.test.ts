import { expect, test } from 'vitest';
import { Candidates } from './candidates.js';
import { PythonModule } from './module.js';

/** What may be a watched name: the callees of calls, and the expressions below a namespace. */
function candidates(text: string, fromTree: readonly string[] = []): readonly [callees: string, members: string] {
  const module = PythonModule.readText(text);
  const own = new Candidates(module.scope.all, fromTree);
  const callees = module.calls.flatMap(({ call }) => (own.has(call.callee) ? [module.textOf(call.callee)] : []));
  const members = module.uses.flatMap(({ value }) => (own.mayBeMember(value) ? [module.textOf(value)] : []));
  return [callees.join(' '), members.join(' ')];
}

test.each<readonly [string, string, string]>([
  ['from torch import load as x\nx(f)', 'x', ''],
  // The last name of what is imported counts.
  ['import torch.load.z as y\ny(f)', '', ''],
  ['import load.z\nload(f)', 'load', ''],
  ['a = torch.load\nb = a\nc = b\nc(f)\nd(f)', 'c', ''],
  ['a = b\nb = a\na(f)', '', ''],
  ['x = getattr(torch, n)\nx(f)', 'getattr x', ''],
  ['x = g(y)\nx(f)', '', ''],
  ['x = (y or torch.load)\nx(f)', 'x', ''],
  ['x = y if z else torch.load\nx(f)', 'x', ''],
  ['x = torch.load if y else z\nx(f)', 'x', ''],
  // A condition gives no meaning.
  ['x = y if torch.load else z\nx(f)', '', ''],
  ['x = (y := torch.load)\nx(f)', 'x', ''],
  ['x = {"a": torch.load}\nx[k](f)', 'x[k]', ''],
  ['x = {torch.load: y}\nx[k](f)', '', ''],
  ['x = [*torch.load]\nx[0](f)', 'x[0]', ''],
  ['x.__call__(f)', 'x.__call__', ''],
  ['x.__func__(f)', 'x.__func__', ''],
  ['x.__wrapped__(f)', 'x.__wrapped__', ''],
  ['x.func(f)', 'x.func', ''],
  ['x.other(f)', '', ''],
  ['(lambda: load)(f)', '', ''],
  ['ns = torch.ops\nns.a.b', '', 'torch.ops ns.a.b'],
  ['ns = torch.ops\nns.a.b(f)', 'ns.a.b', 'torch.ops'],
  ['import torch.ops.a as o\no.b', '', 'o.b'],
  ['from torch import ops\nns = ops.a\nns.b', '', 'ops.a ns.b'],
  ['x = getattr(torch, n).y\nx(f)', 'getattr x', 'getattr(torch, n).y'],
  ['(a or torch.ops).b.c', '', '(a or torch.ops).b.c torch.ops'],
  ['(a or b).c.d', '', ''],
  ['f(x).y', '', ''],
])('%j', (text, callees, members) => expect(candidates(text)).toEqual([callees, members]));

test('names from files of the tree, and what is bound to them', () => {
  expect(candidates('a.b(x)\nc.d(x)\na.b', ['a'])).toEqual(['a.b', 'a.b']);
  expect(candidates('b = a\nb.c(x)\nb.c\nd.e', ['a'])).toEqual(['b.c', 'b.c']);
  expect(candidates('b = a\nb.c(x)\nb.c\nd.e')).toEqual(['', '']);
});

test('what is asked twice has the same answer, and so have its parts', () => {
  const text = '((a or torch.load)[0])(f)\n(b or c)[0](f)';
  const module = PythonModule.readText(text);
  const own = new Candidates(module.scope.all, []);
  const ask = (): boolean[] => module.calls.map(({ call }) => own.has(call.callee));
  const parts = (): boolean[] =>
    module.calls.map(({ call: { callee } }) => callee.kind === 'subscript' && own.has(callee.object));
  expect([ask(), parts(), ask(), parts()]).toEqual(Array.from({ length: 4 }, () => [true, false]));
});
