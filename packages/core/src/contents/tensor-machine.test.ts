import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { namedTensors } from './named-tensors.js';
import { tensorValues } from './tensor-values.js';

const int = (value: number): Op => op.binInt1(value);
const tuple = (...items: readonly Op[]): Op[] => [op.mark, ...items, op.tuple];
const STORAGE = [op.unicode('storage'), op.global('torch', 'FloatStorage'), op.unicode('7')];
const stored = (...id: readonly Op[]): Op[] => [...tuple(...id), op.binPersId];
const SIZE = tuple(int(2), int(3));
const call = (name: string, ...args: readonly Op[]): Op[] => [
  op.global('torch._utils', name),
  ...tuple(...args),
  op.reduce,
];
const tensor = (...args: readonly Op[]): Op[] => call('_rebuild_tensor_v2', ...args);
const TENSOR = tensor(...stored(...STORAGE), int(4), ...SIZE);

/** `NAME KEY @OFFSET SHAPE DTYPE` of each tensor. */
function found(...ops: readonly Op[]): string[] {
  const root = tensorValues(pickle(op.proto(4), ...ops, op.stop));
  if (root === null) throw new Error('it does not end');
  return [...namedTensors(root)].map(
    ([name, { storage, offset, shape, dtype }]) => `${name} ${storage.key} @${offset} ${shape.join('x')} ${dtype}`,
  );
}

describe('a call makes a tensor', () => {
  const types = [int(1), int(1), op.none, op.global('torch', 'float8_e5m2')];

  test.each<[string, readonly Op[], string]>([
    ['of a storage, an offset and a size', TENSOR, 'tensor 7 @4 2x3 null'],
    ['without dimensions', tensor(...stored(...STORAGE), int(0), op.emptyTuple), 'tensor 7 @0  null'],
    ['of a parameter', call('_rebuild_parameter', ...TENSOR, int(1)), 'tensor 7 @4 2x3 null'],
    ['of a parameter with its state', call('_rebuild_parameter_with_state', ...TENSOR), 'tensor 7 @4 2x3 null'],
    [
      'of a type',
      call('_rebuild_tensor_v3', ...stored(...STORAGE), int(0), ...SIZE, ...types),
      'tensor 7 @0 2x3 float8_e5m2',
    ],
    ['of a type that only v3 has', tensor(...stored(...STORAGE), int(0), ...SIZE, ...types), 'tensor 7 @0 2x3 null'],
    [
      'of a name from the stack',
      [
        op.unicode('torch._utils'),
        op.unicode('_rebuild_tensor'),
        op.stackGlobal,
        ...tuple(...stored(...STORAGE), int(4), ...SIZE),
        op.reduce,
      ],
      'tensor 7 @4 2x3 null',
    ],
  ])('%s', (_, ops, expected) => {
    expect(found(...ops)).toEqual([expected]);
  });

  test.each<[string, readonly Op[]]>([
    ['of no storage', tensor(int(1), int(0), ...SIZE)],
    ['of no offset', tensor(...stored(...STORAGE), op.none, ...SIZE)],
    ['of no size', tensor(...stored(...STORAGE), int(0), int(6))],
    ['of a size that is no number', tensor(...stored(...STORAGE), int(0), ...tuple(op.unicode('2')))],
    ['of what is no tensor', call('_rebuild_parameter', int(1))],
    [
      'of another name',
      [op.global('other', '_rebuild_tensor'), ...tuple(...stored(...STORAGE), int(0), ...SIZE), op.reduce],
    ],
    ['of an ID of another word', tensor(...stored(op.unicode('store'), ...STORAGE.slice(1)), int(0), ...SIZE)],
    ['of an ID of a number', tensor(...stored(int(1), ...STORAGE.slice(1)), int(0), ...SIZE)],
    ['of an ID without a class', tensor(...stored(op.unicode('storage'), op.none, op.unicode('7')), int(0), ...SIZE)],
    ['of an ID without a key', tensor(...stored(...STORAGE.slice(0, 2), int(7)), int(0), ...SIZE)],
    ['of an ID that is no tuple', tensor(op.unicode('storage'), op.binPersId, int(0), ...SIZE)],
    ['of a module that is no text', [int(1), op.unicode('_rebuild_tensor'), op.stackGlobal, ...tuple(), op.reduce]],
  ])('none %s', (_, ops) => {
    expect(found(...ops)).toEqual([]);
  });
});

describe('a tensor lies in', () => {
  const NEW = [op.global('m', 'C'), op.emptyTuple, op.newObj];

  test.each<[string, readonly Op[], readonly string[]]>([
    ['a list', [op.emptyList, op.mark, int(1), ...TENSOR, op.appends], ['1']],
    ['an object that is a list', [...NEW, op.mark, ...TENSOR, op.appends], ['tensor']],
    ['an object that is a dict', [...NEW, op.unicode('a'), ...TENSOR, op.setItem], ['a']],
    ['a set', [op.emptySet, op.mark, ...TENSOR, op.addItems], ['0']],
    ['a frozen set', [op.mark, ...TENSOR, op.frozenSet], ['0']],
    ['the state of an object', [...NEW, op.emptyDict, op.unicode('a'), ...TENSOR, op.setItem, op.build], ['a']],
    ['the arguments of an object', [op.global('m', 'C'), ...tuple(int(1), ...TENSOR), op.newObj], ['1']],
    [
      'the arguments of an object by name',
      [op.global('m', 'C'), ...tuple(...TENSOR), op.emptyDict, op.newObjEx],
      ['0'],
    ],
    ['the arguments of a call', [op.global('m', 'f'), ...tuple(...TENSOR), op.reduce], ['0']],
    ['the arguments of an instance', [op.mark, op.global('m', 'C'), ...TENSOR, op.obj], ['tensor']],
    [
      'the state of what takes none',
      [op.emptyList, op.emptyDict, op.unicode('a'), ...TENSOR, op.setItem, op.build],
      [],
    ],
    ['what is no list', [int(1), ...TENSOR, op.append], []],
    ['what is no dict', [op.emptyList, op.unicode('a'), ...TENSOR, op.setItem], []],
  ])('%s', (_, ops, names) => {
    expect(found(...ops)).toEqual(names.map((name) => `${name} 7 @4 2x3 null`));
  });
});
