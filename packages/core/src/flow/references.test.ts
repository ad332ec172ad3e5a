import { expect, test } from 'vitest';
import { flowOf } from '../../test/flow-kit.js';
import type { Expression } from '../python/syntax.js';
import { handedLoaders, isHanded, isLoaderModule } from './references.js';

/** What a module hands on, as it is written there, with the loader that it is. */
function handed(code: string, known: readonly string[] = []): readonly string[] {
  const flow = flowOf(`import pickle\n${code}\n`);
  const { text } = flow.module.source;
  const expressions = known.map((part): Expression => {
    const from = text.indexOf(part);
    return { kind: 'name', id: part, from, to: from + part.length };
  });
  return handedLoaders(flow, expressions).map(({ from, to, sink }) => `${text.slice(from, to)}: ${sink.name}`);
}

test.each<[string, string, readonly string[]]>([
  ['an argument', 'register(pickle.loads)', ['pickle.loads: pickle.loads']],
  ['an alias', 'loads = pickle.loads', ['pickle.loads: pickle.loads']],
  ['a part of another expression', 'register(pickle.loads if x else y)', ['pickle.loads: pickle.loads']],
  ['an unpickler', 'register(pickle.Unpickler)', ['pickle.Unpickler: pickle.Unpickler().load']],
  ['the module', 'Stage(pickle)', ['pickle: pickle.loads']],
  ['an item', 'x = (pickle.loads, a)', ['pickle.loads: pickle.loads']],
  ['what setattr sets', 'setattr(x, "a", pickle.loads)', ['pickle.loads: pickle.loads']],
  ['an unpickler of an annotation', 'def f(a: pickle.Unpickler): pass', []],
  ['an unpickler as a base', 'class A(pickle.Unpickler): pass', []],
  ['a question', 'isinstance(x, pickle.Unpickler)', []],
  ['an object that setattr changes', 'setattr(pickle.loads, "a", b)', []],
  ['what __reduce__ gives', 'x = (pickle.loads, (a,))', []],
  ['the module beside a signature', 'def f():\n    return [Stage(pickle), Signer(k)]', []],
  ['the module in an expression', 'x = pickle or y', []],
  ['a reader of files', 'register(pickle.load)', []],
  ['loaders of other kinds', 'import marshal\nregister(marshal.loads)', []],
  ['a call that gives one', 'register(getattr(pickle, "loads"))', []],
])('%s', (_what, code, expected) => expect(handed(code)).toEqual(expected));

test('a loader that is reported as an alias is not handed on, and neither is a part of it', () => {
  expect(handed('loads = pickle.loads', ['pickle.loads'])).toEqual([]);
  expect(handed('loads = pickle.loads', ['loads = pickle.loads'])).toEqual([]);
  expect(handed('loads = pickle.loads', ['pickle.load'])).toEqual(['pickle.loads: pickle.loads']);
  expect(handed('loads = pickle.loads', ['ickle.loads'])).toEqual(['pickle.loads: pickle.loads']);
});

test('a chain of names that is longer than a loader is none', () => {
  const alias = (length: number): string => 'p'.repeat(length);
  const code = (length: number): string => `import pickle as ${alias(length)}\nregister(${alias(length)}.loads)`;
  expect(handed(code(154))).toEqual([`${alias(154)}.loads: pickle.loads`]);
  expect(handed(code(155))).toEqual([]);
});

test('modules of loaders, and what hands them on', () => {
  expect(['pickle', 'dill', 'cloudpickle', 'marshal', 'json', ''].filter(isLoaderModule)).toEqual([
    'pickle',
    'dill',
    'cloudpickle',
  ]);
  expect([isHanded('argument'), isHanded('item'), isHanded('plain'), isHanded('result')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
