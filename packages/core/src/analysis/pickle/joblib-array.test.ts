import { describe, expect, test } from 'vitest';
import { memorySource } from '../../bytes/source.js';
import type { Value } from '../../model/fact.js';
import { op, pickle, inputOf, type Op } from '../../../test/kit.js';
import { layoutOf, locateArray } from './joblib-array.js';
import { analyseStream, type StreamResult } from './sequence.js';

const int = (value: number): Value => ({ kind: 'int', text: String(value) });
const str = (value: string): Value => ({ kind: 'str', value, length: value.length });
const none: Value = { kind: 'none' };

function dtype(code: string, size: number, flags: number): Value {
  const items = [int(3), str('|'), none, none, none, int(size), int(1), int(flags)];
  return {
    kind: 'call',
    callee: 'numpy.dtype',
    offset: 0,
    args: [str(code)],
    state: { kind: 'tuple', items, length: items.length },
  };
}

describe("a dtype's state", () => {
  test.each([
    ['f8', -1, 0, { itemSize: 8, object: false }],
    ['O8', -1, 63, { itemSize: 8, object: true }],
    ['S5', 5, 0, { itemSize: 5, object: false }],
    ['U2', 8, 8, { itemSize: 8, object: false }],
    ['V12', 12, 27, { itemSize: 12, object: true }],
    ['V12', 12, 16, { itemSize: 12, object: false }],
  ])('fits %s', (code, size, flags, expected) => {
    expect(layoutOf(dtype(code, size, flags))).toEqual(expected);
  });

  test.each([
    ['makes objects of floats', 'f8', -1, 1],
    ['makes numbers of objects', 'O8', -1, 0],
    ['gives texts another size', 'S5', 9, 0],
    ['gives records another size', 'V8', 4, 0],
  ])('is not guessed where it %s', (_, code, size, flags) => {
    expect(layoutOf(dtype(code, size, flags))).toBeNull();
  });
});

describe("an array wrapper's state", () => {
  const pairs: readonly (readonly [Value, Value])[] = [
    [str('shape'), { kind: 'tuple', items: [int(2)], length: 1 }],
    [str('dtype'), dtype('f8', -1, 0)],
  ];
  const stateOf = (items: readonly (readonly [Value, Value])[], length = items.length): Value => ({
    kind: 'dict',
    items: items.map(([key, value]) => [key, value]),
    length,
  });
  const locate = (state: Value, keepsAttributes = false) =>
    locateArray(memorySource(Uint8Array.of(3, 0, 0, 0)), 0, state, keepsAttributes);
  const alignment = (value: Value): readonly [Value, Value] => [str('numpy_array_alignment_bytes'), value];

  test('tells where the data ends', async () => {
    expect(await locate(stateOf(pairs))).toEqual({ kind: 'raw', end: 16 });
    expect(await locate(stateOf([...pairs, alignment(none)]))).toEqual({ kind: 'raw', end: 16 });
    expect(await locate(stateOf([...pairs, alignment(int(16))]))).toEqual({ kind: 'raw', end: 20 });
  });

  test('sets an attribute twice: the last value counts', async () => {
    const more: readonly (readonly [Value, Value])[] = [[str('shape'), { kind: 'tuple', items: [int(5)], length: 1 }]];
    expect(await locate(stateOf([...pairs, ...more]))).toEqual({ kind: 'raw', end: 40 });
  });

  test('is not guessed where it is not all known, or attributes come from elsewhere', async () => {
    expect((await locate(stateOf(pairs, 40))).kind).toBe('unknown');
    expect((await locate(stateOf([[{ kind: 'unknown' }, none], ...pairs]))).kind).toBe('unknown');
    expect((await locate(stateOf([...pairs, alignment({ kind: 'unknown' })]))).kind).toBe('unknown');
    expect((await locate(stateOf(pairs), true)).kind).toBe('unknown');
  });
});

describe('an array between opcodes', () => {
  const wrapper = (made: readonly Op[], code: string, more: readonly Op[] = []): Uint8Array =>
    pickle(
      op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'),
      ...made,
      op.emptyDict,
      op.mark,
      op.binUnicode('shape'),
      op.binInt1(1),
      op.tuple1,
      op.binUnicode('dtype'),
      op.global('numpy', 'dtype'),
      op.binUnicode(code),
      op.tuple1,
      op.reduce,
      ...more,
      op.setItems,
      op.build,
    );
  const fresh = [op.emptyTuple, op.newObj];
  const run = (...ops: readonly Uint8Array[]): Promise<StreamResult> =>
    analyseStream(inputOf(pickle(op.proto(4), ...ops)), 0);
  const modules = (result: StreamResult): readonly string[] =>
    [result, ...result.inner]
      .flatMap((one) =>
        one.facts.flatMap((fact) => (fact.kind === 'pickle.global' && fact.name === 'f' ? [fact.module] : [])),
      )
      .toSorted();

  test('of objects, whose pickle stops within its frame, is left at two places', async () => {
    const inside = pickle(op.pop, op.global('inside', 'f'), op.stop);
    const object = pickle(op.proto(4), op.frame([op.none, op.stop, inside]));
    const result = await run(wrapper(fresh, 'O8'), object, op.pop, op.global('behind', 'f'), op.stop);
    expect(modules(result)).toEqual(['behind', 'inside']);
  });

  test('whose wrapper was made with arguments may be aligned without saying so', async () => {
    const made = [op.emptyTuple, op.emptyTuple, op.binUnicode('C'), op.tuple3, op.reduce];
    const result = await run(wrapper(made, 'u1'), Uint8Array.of(0), op.stop);
    expect(result.notice?.reason).toContain('alignment');
  });

  test('keeps what an earlier state said of the alignment', async () => {
    const aligned = wrapper(fresh, 'u1', [op.binUnicode('numpy_array_alignment_bytes'), op.binInt1(16)]);
    const result = await run(
      aligned,
      Uint8Array.of(1, 0xff, 0),
      op.pop,
      wrapper(fresh, 'u1'),
      Uint8Array.of(0),
      op.stop,
    );
    expect(result.notice?.reason).toContain('alignment');
  });
});
