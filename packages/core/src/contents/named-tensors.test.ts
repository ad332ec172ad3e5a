import { describe, expect, test } from 'vitest';
import { MAX_TENSOR_NAME } from '../model/limits.js';
import { namedTensors } from './named-tensors.js';
import type { TensorValue } from './tensor-values.js';

const storage = { kind: 'storage', type: 'torch.FloatStorage', key: '0' } as const;
const tensor = (offset = 0): TensorValue => ({ kind: 'tensor', storage, offset, shape: [1], dtype: null });
const text = (value: string): TensorValue => ({ kind: 'text', text: value });
const int = (value: number): TensorValue => ({ kind: 'int', value });
const items = (...list: TensorValue[]): TensorValue => ({ kind: 'items', items: list });
const dict = (...entries: TensorValue[]): TensorValue => ({ kind: 'dict', entries });
const object = (...parts: TensorValue[]): TensorValue => ({ kind: 'object', parts });
const OTHER: TensorValue = { kind: 'other' };

const names = (root: TensorValue): string[] => [...namedTensors(root)].map(([name, { offset }]) => `${name} ${offset}`);

describe('the names of tensors', () => {
  test.each<[string, TensorValue, readonly string[]]>([
    ['one alone', tensor(), ['tensor 0']],
    ['what holds none', text('a'), []],
    ['a list, by the places of all items', items(text('a'), tensor(1), OTHER, tensor(2)), ['1 1', '3 2']],
    ['a dict, by texts and numbers', dict(text('a'), tensor(1), int(7), tensor(2)), ['a 1', '7 2']],
    ['a dict with another key', dict(OTHER, tensor(1)), ['? 1']],
    ['a dict with a key that is a tensor', dict(tensor(1), text('a')), []],
    ['a dict whose last key has no value', dict(text('a'), tensor(1), tensor(2)), ['a 1']],
    ['an object, without a name of its own', dict(text('a'), object(items(tensor(1)), tensor(2))), ['a.0 1', 'a 2']],
    [
      'all kinds in each other',
      items(dict(text('a'), items(tensor(1))), object(dict(text('b'), tensor(2)))),
      ['0.a.0 1', '1.b 2'],
    ],
    [
      'what a state dict leaves out',
      dict(text('_modules'), dict(text('fc'), dict(text('_buffers'), dict(text('n'), tensor(3))))),
      ['fc.n 3'],
    ],
    ['no other name with a line', dict(text('_other'), tensor(1)), ['_other 1']],
    ['an empty key', dict(text('a'), dict(text(''), tensor(1))), ['a. 1']],
  ])('%s', (_, root, expected) => {
    expect(names(root)).toEqual(expected);
  });

  test('a value that lies in several others, or in itself, is gone through once', () => {
    const shared = items(tensor(1));
    const own: { readonly kind: 'items'; readonly items: TensorValue[] } = { kind: 'items', items: [shared, shared] };
    own.items.push(own, tensor(2));
    expect(names(own)).toEqual(['0.0 1', '3 2']);
  });

  test('a tensor that lies in several is listed for each', () => {
    const shared = tensor(1);
    expect(names(items(shared, shared))).toEqual(['0 1', '1 1']);
  });

  test('a name ends where it is cut', () => {
    const long = 'a'.repeat(MAX_TENSOR_NAME);
    const nested = (depth: number): TensorValue => (depth === 0 ? tensor() : dict(text('b'), nested(depth - 1)));
    const [whole] = [...namedTensors(dict(text(long), tensor()))];
    expect(whole?.[0]).toBe(long);
    const [once, twice] = [1, 2].map((depth) => [...namedTensors(dict(text(long), nested(depth)))][0]?.[0]);
    expect(once).toMatch(/^a+…/);
    expect(twice).toBe(once);
  });
});
