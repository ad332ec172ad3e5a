import { describe, expect, test } from 'vitest';
import type { Value } from '../model/fact.js';
import { arrayWrapper, inputOf, op, pickle, WRAPPER_CLASS, type Op } from '../../test/kit.js';
import { layoutOf, locateArray } from './joblib-array.js';
import { analyseStream } from '../streams/stream.js';
import type { StreamResult } from '../streams/stream-result.js';

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
  const shape = (...sizes: readonly Op[]): Op => pickle(op.binUnicode('shape'), op.mark, ...sizes, op.tuple);
  const type = (code: string): Op =>
    pickle(op.binUnicode('dtype'), op.global('numpy', 'dtype'), op.binUnicode(code), op.tuple1, op.reduce);
  const pairs = [shape(op.binInt1(2)), type('f8')];
  const alignment = (value: Op): Op => pickle(op.binUnicode('numpy_array_alignment_bytes'), value);
  const locate = async (attributes: readonly Op[], keepsAttributes = false) => {
    const wrapper = pickle(WRAPPER_CLASS, op.emptyTuple, op.newObj, op.emptyDict, op.mark);
    const bytes = pickle(op.proto(4), wrapper, ...attributes, op.setItems, op.build, new Uint8Array(99));
    const { machine } = await analyseStream(inputOf(bytes), 0);
    return locateArray(3, 0, machine.arrayState, keepsAttributes);
  };

  test('tells where the data ends', async () => {
    expect(await locate(pairs)).toEqual({ kind: 'raw', start: 0, end: 16 });
    expect(await locate([...pairs, alignment(op.none)])).toEqual({ kind: 'raw', start: 0, end: 16 });
    expect(await locate([...pairs, alignment(op.binInt1(16))])).toEqual({ kind: 'raw', start: 4, end: 20 });
  });

  test('says so where no file is as large', async () => {
    const of = (first: number, second: number) => locate([shape(op.binInt(first), op.binInt(second)), type('f8')]);
    expect(await of(2 ** 25, 2 ** 24)).toEqual({ kind: 'raw', start: 0, end: 2 ** 52 });
    expect(await of(2 ** 25, 2 ** 25)).toEqual({
      kind: 'unknown',
      reason: 'the array is declared larger than any file',
    });
  });

  test.each([
    ['a long line', 'I16\n', 16],
    ['a long of Python 2', 'L16L\n', 16],
    ['BININT2', 'M\u0010\0', 16],
    ['BININT', 'J\u0010\0\0\0', 16],
    ['LONG1', '\u008a\u0001\u0010', 16],
    ['True', '\u0088', 1],
    ['False', '\u0089', 0],
  ])('tells a size that is written as %s', async (_how, code, size) => {
    const size8 = Uint8Array.from(code, (letter) => letter.charCodeAt(0));
    expect(await locate([shape(size8), type('u1')])).toEqual({ kind: 'raw', start: 0, end: size });
  });

  test.each([
    ['below zero', 'J\u00ff\u00ff\u00ff\u00ff'],
    ['behind more blanks than are looked at', `I${' '.repeat(90)}16\n`],
    ['behind more zeros than are looked at', `I${'0'.repeat(90)}16\n`],
    ['as an octal number of older readers', 'I016\n'],
    ['as no number', 'G\0\0\0\0\0\0\0\0'],
  ])('does not guess a size that stands there %s', async (_how, code) => {
    const size = Uint8Array.from(code, (letter) => letter.charCodeAt(0));
    expect((await locate([shape(size), type('u1')])).kind).toBe('unknown');
  });

  test('sets an attribute twice: the last value counts', async () => {
    expect(await locate([...pairs, shape(op.binInt1(5))])).toEqual({ kind: 'raw', start: 0, end: 40 });
  });

  test('is not guessed where it is not all known, or attributes come from elsewhere', async () => {
    const order = pickle(op.binUnicode('order'), op.none);
    const many = Array.from({ length: 40 }, () => order);
    expect((await locate([...pairs, ...many])).kind).toBe('unknown');
    expect((await locate([op.global('numpy', 'ndarray'), op.none, ...pairs])).kind).toBe('unknown');
    expect((await locate([...pairs, alignment(op.emptyList)])).kind).toBe('unknown');
    expect((await locate([type('f8'), op.binUnicode('shape'), op.global('torch', 'Size')])).kind).toBe('unknown');
    expect((await locate(pairs, true)).kind).toBe('unknown');
  });

  test.each(['read_array', 'safe_get_numpy_array_alignment_bytes', 'anything'])(
    'is not guessed where it puts something in the place of a method: %s',
    async (name) => {
      expect((await locate([...pairs, op.binUnicode(name), op.none])).kind).toBe('unknown');
    },
  );

  test('of objects that may be mapped is not guessed: mapping goes on behind the pointers', async () => {
    const objects = [type('O8')];
    const mapped = (value: number): Op => pickle(op.binUnicode('allow_mmap'), Uint8Array.of(value));
    expect((await locate(objects)).kind).toBe('pickle');
    expect((await locate([...objects, mapped(0x89)])).kind).toBe('pickle');
    expect((await locate([...objects, mapped(0x88)])).kind).toBe('unknown');
    expect((await locate(objects, true)).kind).toBe('unknown');
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
