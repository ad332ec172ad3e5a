import { describe, expect, test } from 'vitest';
import type { Value } from '../../model/fact.js';
import { arrayWrapper, inputOf, op, pickle, WRAPPER_CLASS, type Op } from '../../../test/kit.js';
import { layoutOf, locateArray } from './joblib-array.js';
import { analyseStream, type StreamResult } from './stream.js';

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
    ['V16', 16, -112, { itemSize: 16, object: false }],
    ['V16', 16, -111, { itemSize: 16, object: true }],
  ])('fits %s', (code, size, flags, expected) => {
    expect(layoutOf(dtype(code, size, flags))).toEqual(expected);
  });

  test('is none where numpy makes a dtype of texts of any length, which joblib pickles', () => {
    const callee = 'numpy._core._internal._convert_to_stringdtype_kwargs';
    const made: Value = { kind: 'call', callee, offset: 0, args: [int(1)] };
    expect(layoutOf(made)).toEqual({ itemSize: 16, object: true });
    expect(layoutOf({ ...made, state: none })).toBeNull();
  });

  test.each([
    ['makes objects of floats', 'f8', -1, 1],
    ['makes numbers of objects', 'O8', -1, 0],
    ['gives texts another size', 'S5', 9, 0],
    ['gives records another size', 'V8', 4, 0],
    ['has flags that numpy does not know', 'V8', 8, 256],
    ['has flags below a signed char', 'V8', 8, -129],
  ])('is not guessed where it %s', (_, code, size, flags) => {
    expect(layoutOf(dtype(code, size, flags))).toBeNull();
  });
});

test("a dtype's flags may be written as Python writes numbers in its source: they are not guessed", () => {
  const items = [int(3), str('|'), none, none, none, int(8), int(1), { kind: 'int', text: '1_1' } as const];
  const state = { kind: 'tuple', items, length: items.length } as const;
  const value: Value = { kind: 'call', callee: 'numpy.dtype', offset: 0, args: [str('V8')], state };
  expect(layoutOf(value)).toBeNull();
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
  const locate = (state: Value, keepsAttributes = false) => locateArray(3, 0, state, keepsAttributes);
  const alignment = (value: Value): readonly [Value, Value] => [str('numpy_array_alignment_bytes'), value];

  test('tells where the data ends', () => {
    expect(locate(stateOf(pairs))).toEqual({ kind: 'raw', start: 0, end: 16 });
    expect(locate(stateOf([...pairs, alignment(none)]))).toEqual({ kind: 'raw', start: 0, end: 16 });
    expect(locate(stateOf([...pairs, alignment(int(16))]))).toEqual({ kind: 'raw', start: 4, end: 20 });
  });

  test('sets an attribute twice: the last value counts', () => {
    const more: readonly (readonly [Value, Value])[] = [[str('shape'), { kind: 'tuple', items: [int(5)], length: 1 }]];
    expect(locate(stateOf([...pairs, ...more]))).toEqual({ kind: 'raw', start: 0, end: 40 });
  });

  test('is not guessed where it is not all known, or attributes come from elsewhere', () => {
    expect(locate(stateOf(pairs, 40)).kind).toBe('unknown');
    expect(locate(stateOf([[{ kind: 'unknown' }, none], ...pairs])).kind).toBe('unknown');
    expect(locate(stateOf([...pairs, alignment({ kind: 'unknown' })])).kind).toBe('unknown');
    expect(locate(stateOf(pairs), true).kind).toBe('unknown');
  });

  test.each(['read_array', 'safe_get_numpy_array_alignment_bytes', 'anything'])(
    'is not guessed where it puts something in the place of a method: %s',
    (name) => {
      expect(locate(stateOf([...pairs, [str(name), none]])).kind).toBe('unknown');
    },
  );

  test('of objects that may be mapped is not guessed: mapping goes on behind the pointers', () => {
    const objects: readonly (readonly [Value, Value])[] = [[str('dtype'), dtype('O8', -1, 63)]];
    const mapped = (value: boolean): readonly [Value, Value] => [str('allow_mmap'), { kind: 'bool', value }];
    expect(locate(stateOf(objects)).kind).toBe('pickle');
    expect(locate(stateOf([...objects, mapped(false)])).kind).toBe('pickle');
    expect(locate(stateOf([...objects, mapped(true)])).kind).toBe('unknown');
    expect(locate(stateOf(objects), true).kind).toBe('unknown');
  });
});

describe('an array between opcodes', () => {
  const run = (...ops: readonly Uint8Array[]): Promise<StreamResult> =>
    analyseStream(inputOf(pickle(op.proto(4), ...ops)), 0);
  const modules = (result: StreamResult): readonly string[] =>
    [result, ...result.inner]
      .flatMap((one) =>
        one.facts.flatMap((fact) => (fact.kind === 'pickle.global' && fact.name === 'f' ? [fact.module] : [])),
      )
      .toSorted();

  const payload = pickle(op.global('posix', 'system'), op.binUnicode('id'), op.tuple1, op.reduce, op.stop);
  test.each([
    ['at once', payload],
    ['behind a byte string', pickle(Uint8Array.of(0x42, 200, 0, 0, 0), new Uint8Array(200), payload)],
    ['behind constants', pickle(...Array.from({ length: 300 }, () => op.none), payload)],
  ])('of numbers, behind an honest one, whose bytes call something dangerous %s', async (_where, bytes) => {
    const shape = [op.binUnicode('shape'), Uint8Array.of(0x4d, bytes.length & 255, bytes.length >> 8), op.tuple1];
    const result = await run(
      arrayWrapper('u1'),
      Uint8Array.of(0),
      op.pop,
      arrayWrapper('u1', { more: shape }),
      bytes,
      op.stop,
    );
    expect(result.stream.end).toBe('stop');
    const called = result.facts.flatMap((fact) =>
      fact.kind === 'pickle.global' && fact.callCount > 0 ? [`${fact.module}.${fact.name}`] : [],
    );
    expect(called).toContain('posix.system');
  });

  test.each([
    ['zeros', new Uint8Array(200)],
    ['small numbers', Uint8Array.from({ length: 200 }, (_, i) => i)],
    ['a word', new TextEncoder().encode('cposix system\n'.padEnd(200, 'N'))],
    ['a name that nobody calls', pickle(op.global('posix', 'system'), op.stop, new Uint8Array(180))],
  ])('of numbers that are %s gives nothing', async (_what, bytes) => {
    const shape = [op.binUnicode('shape'), Uint8Array.of(0x4b, bytes.length), op.tuple1];
    const first = [arrayWrapper('u1'), Uint8Array.of(0), op.pop];
    const result = await run(...first, arrayWrapper('u1', { more: shape }), bytes, op.stop);
    expect(result.stream.end).toBe('stop');
    expect(result.facts.some((fact) => fact.kind === 'pickle.global' && fact.module === 'posix')).toBe(false);
  });

  test('of objects, whose pickle stops within its frame, is left at two places', async () => {
    const inside = pickle(op.pop, op.global('inside', 'f'), op.stop);
    const object = pickle(op.proto(4), op.frame([op.none, op.stop, inside]));
    const result = await run(arrayWrapper('O8'), object, op.pop, op.global('behind', 'f'), op.stop);
    expect(modules(result)).toEqual(['behind', 'inside']);
  });

  test('whose wrapper was made with arguments may be aligned without saying so', async () => {
    const made = [op.emptyTuple, op.emptyTuple, op.binUnicode('C'), op.tuple3, op.reduce];
    const result = await run(arrayWrapper('u1', { made }), Uint8Array.of(0), op.stop);
    expect(result.notice?.reason).toContain('alignment');
  });

  test('keeps what an earlier state said of the alignment', async () => {
    const aligned = arrayWrapper('u1', { more: [op.binUnicode('numpy_array_alignment_bytes'), op.binInt1(16)] });
    const result = await run(aligned, Uint8Array.of(1, 0xff, 0), op.pop, arrayWrapper('u1'), Uint8Array.of(0), op.stop);
    expect(result.notice?.reason).toContain('alignment');
  });

  test('is aligned by the fifth wrapper that is made with arguments, as by the first', async () => {
    const made = [op.emptyTuple, op.emptyTuple, op.binUnicode('C'), op.tuple3, op.reduce];
    const idle = pickle(WRAPPER_CLASS, op.emptyTuple, op.newObj, op.pop);
    const result = await run(idle, idle, idle, idle, arrayWrapper('u1', { made }), Uint8Array.of(0), op.stop);
    expect(result.notice?.reason).toContain('alignment');
  });

  test.each([
    ['joblib', 'numpy_pickle.NumpyArrayWrapper'],
    ['joblib._store_backends', 'numpy_pickle.NumpyArrayWrapper'],
    ['a.module.that.imports.it', 'NumpyArrayWrapper'],
  ])('is found by another name of its class: %s, %s', async (module, name) => {
    const cls = pickle(op.binUnicode(module), op.binUnicode(name), op.stackGlobal);
    // To a plain reader the array is STOP.
    const result = await run(arrayWrapper('u1', { cls }), Uint8Array.of(0x2e), op.global('behind', 'f'), op.stop);
    expect(modules(result)).toEqual(['behind']);
  });

  test('has the dtype that was built last', async () => {
    const state = (...last: readonly Op[]): Op =>
      pickle(op.mark, op.binInt1(3), op.binUnicode('|'), op.none, op.none, op.none, ...last, op.tuple, op.build);
    const twice = [
      state(op.binInt1(2), op.binInt1(1), op.binInt1(0)),
      state(op.binInt1(2), op.binInt1(1), op.binInt1(1)),
    ];
    const object = pickle(op.proto(2), op.global('object', 'f'), op.stop);
    const result = await run(arrayWrapper('V2', { more: twice }), object, op.global('behind', 'f'), op.stop);
    expect(result.inner).toHaveLength(1);
    expect(modules(result)).toContain('behind');
  });

  test('is nowhere to be told where a call may have made its wrapper', async () => {
    const make = pickle(
      op.global('copyreg', '__newobj_ex__'),
      WRAPPER_CLASS,
      op.tuple1,
      op.reduce,
      op.emptyDict,
      op.build,
    );
    expect((await run(make, Uint8Array.of(0x2e))).notice?.reason).toContain('array wrapper');
    const honest = pickle(op.global('collections', 'Counter'), op.emptyTuple, op.reduce, op.emptyDict, op.build);
    const result = await run(arrayWrapper('u1'), Uint8Array.of(0x2e), honest, op.stop);
    expect(result.notice).toBeNull();
  });

  test('is told where copyreg makes its wrapper, as protocols 0 and 1 have it, once for each class that is pushed', async () => {
    const made = (args: Op): Op => pickle(op.global('copyreg', '_reconstructor'), args, op.reduce);
    const args = pickle(WRAPPER_CLASS, op.global('builtins', 'object'), op.none, op.tuple3);
    const other = pickle(op.global('collections', 'Counter'), op.emptyTuple, op.reduce, op.emptyDict, op.build, op.pop);
    expect((await run(made(args), op.pop, other, op.none, op.stop)).notice).toBeNull();
    const again = [made(pickle(args, op.binPut(0))), made(op.binGet(0)), WRAPPER_CLASS];
    expect((await run(...again, other, op.none, op.stop)).notice?.reason).toContain('array wrapper');
  });

  test('is nowhere to be told where the class of its wrapper is patched', async () => {
    const patch = pickle(WRAPPER_CLASS, op.none, op.emptyDict, op.tuple2, op.build, op.pop);
    const result = await run(patch, arrayWrapper('u1'), Uint8Array.of(0x2e), op.stop);
    expect(result.notice?.reason).toContain('patched');
  });
});
