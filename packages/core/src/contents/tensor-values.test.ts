import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../test/kit.js';
import { MAX_TENSOR_DIMENSIONS } from '../model/limits.js';
import { namedTensors } from './named-tensors.js';
import { tensorValues } from './tensor-values.js';

const int = (value: number): Op => op.binInt1(value);
/** A tensor in the storage of that key, as `torch.save` writes it; `shape` are the opcodes of its sizes, else it is 2 × 3. */
function tensor(
  key: string,
  type = 'FloatStorage',
  callee = '_rebuild_tensor_v2',
  shape: readonly Op[] = [int(2), int(3)],
): Op[] {
  return [
    op.global('torch._utils', callee),
    op.mark,
    op.mark,
    op.unicode('storage'),
    op.global('torch', type),
    op.unicode(key),
    op.unicode('cpu'),
    int(6),
    op.tuple,
    op.binPersId,
    int(0),
    op.mark,
    ...shape,
    op.tuple,
    int(3),
    int(1),
    op.tuple2,
    op.tuple,
    op.reduce,
  ];
}

function names(...ops: Op[]): string[] | null {
  const root = tensorValues(pickle(op.proto(2), ...ops, op.stop));
  if (root === null) return null;
  return [...namedTensors(root)].map(([name, { storage, shape }]) => `${name} ${storage.key} ${shape.join('x')}`);
}

describe('the names of tensors', () => {
  test('are the keys that lead to them', () => {
    const inner = [op.emptyDict, op.unicode('w'), ...tensor('0'), op.setItem];
    expect(names(op.emptyDict, op.unicode('model'), ...inner, op.setItem)).toEqual(['model.w 0 2x3']);
  });

  test('leave out what a state dict leaves out', () => {
    const parameters = [op.emptyDict, op.unicode('weight'), ...tensor('1'), op.setItem];
    const state = [op.emptyDict, op.unicode('_parameters'), ...parameters, op.setItem];
    expect(names(op.global('m', 'Net'), op.emptyTuple, op.newObj, ...state, op.build)).toEqual(['weight 1 2x3']);
  });

  test('of an OrderedDict, which is made by a call and filled', () => {
    const made = [op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce];
    expect(names(...made, op.mark, op.unicode('a'), ...tensor('2'), op.setItems)).toEqual(['a 2 2x3']);
  });

  test('of a list that holds itself: each is listed once', () => {
    expect(names(op.emptyList, op.binPut(0), op.binGet(0), op.append, ...tensor('3'), op.append)).toEqual(['1 3 2x3']);
  });

  test('a call of another name makes none', () => {
    expect(names(...tensor('4', 'FloatStorage', '_rebuild_other'))).toEqual([]);
  });

  test('a pickle that breaks gives nothing', () => {
    expect(names(op.pop, op.pop)).toBeNull();
  });

  const sized = (...shape: Op[]): string[] | null =>
    names(op.emptyDict, op.unicode('w'), ...tensor('0', 'FloatStorage', '_rebuild_tensor_v2', shape), op.setItem);
  const long = (...bytes: number[]): Op => op.long1(Uint8Array.from(bytes));

  test.each([
    ['one byte', [7], '7'],
    ['2^31, as Python writes it', [0, 0, 0, 0x80, 0], '2147483648'],
    ['every byte counts', [1, 2, 3], '197121'],
    ['a byte of 127 is the last one without a sign', [0x7f], '127'],
    ['eight bytes', [0, 0, 0, 0, 0, 1, 0, 0], '1099511627776'],
    ['no byte at all is zero', [], '0'],
  ])('a size as LONG1: %s', (_name, bytes, size) => {
    expect(sized(long(...bytes))).toEqual([`w 0 ${size}`]);
  });

  test.each([
    ['a negative one', [0x80]],
    ['a negative one of two bytes', [0, 0xff]],
    ['nine bytes', [1, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])('a size that is none makes no tensor: %s', (_name, bytes) => {
    expect(sized(long(...bytes))).toEqual([]);
  });

  test('no tensor has more dimensions than are shown', () => {
    const ones = (n: number): Op[] => Array.from({ length: n }, () => int(1));
    expect(sized(...ones(MAX_TENSOR_DIMENSIONS))).toEqual([`w 0 ${'1x'.repeat(MAX_TENSOR_DIMENSIONS - 1)}1`]);
    expect(sized(...ones(MAX_TENSOR_DIMENSIONS + 1))).toEqual([]);
  });
});
