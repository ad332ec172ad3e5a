import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import { analyseStream } from '../../streams/stream.js';

const run = async (...ops: readonly Op[]) => (await analyseStream(inputOf(pickle(...ops, op.stop)), 0)).machine;
const named = async (protocol: number, module: string, name: string) => {
  const [record] = (await run(op.proto(protocol), op.global(module, name))).records;
  if (record === undefined) throw new Error('no global');
  return record;
};

describe('a name', () => {
  test.each<readonly [string, string, boolean]>([
    ['a', 'B', false],
    ['a.b', 'B.c', false],
    ['a b', 'B', true],
    ['a', 'B ', true],
    ['a', 'B\t', true],
    ['', 'B', true],
    ['a', '', true],
    ['é', 'B', false],
    ['a\u00a0', 'B', true],
    ['a', 'B\u200b', true],
    ['a', '\u202eB', true],
    ['a\ufeff', 'B', true],
  ])('%j %j is malformed: %s', async (module, name, isMalformed) => {
    const { signals } = await run(op.proto(4), op.global(module, name));
    expect(signals.get('malformed-name')?.offset ?? null).toBe(isMalformed ? 2 : null);
  });

  test('is walked by its dots from protocol 4 on, and mapped before protocol 3', async () => {
    const of = async (protocol: number) => {
      const { walksDots, beforeProtocol3, mapped } = await named(protocol, '__builtin__', 'eval');
      return [walksDots, beforeProtocol3, mapped === null ? null : `${mapped.module}.${mapped.name}`];
    };
    expect([await of(2), await of(3), await of(4)]).toEqual([
      [false, true, 'builtins.eval'],
      [false, false, null],
      [true, false, null],
    ]);
  });

  test('that is looked up by other rules is another one', async () => {
    const keys = async (...ops: readonly Op[]) =>
      (await run(...ops)).records.map(({ count, walksDots }) => [count, walksDots]);
    const global = op.global('a', 'B');
    expect(await keys(op.proto(4), global, global)).toEqual([[2, true]]);
    expect(await keys(op.proto(2), global, op.proto(4), global)).toEqual([
      [1, false],
      [1, true],
    ]);
  });

  test('that nobody knows is one to be asked about, and one that is allowed is none', async () => {
    const of = async (module: string, name: string) => (await named(4, module, name)).stranger;
    expect([await of('a', 'B'), await of('os', 'system'), await of('collections', 'OrderedDict')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('that is imported again: it is said once for each time', async () => {
    const steps = async (times: number) => {
      const globals = Array.from({ length: times }, () => op.global('a', 'B'));
      const { facts } = await analyseStream(inputOf(pickle(op.proto(4), ...globals, op.stop)), 0);
      return facts.flatMap((fact) =>
        fact.kind === 'pickle.global'
          ? fact.chain.filter(({ text }) => text === 'imports it again').map(({ offset }) => offset)
          : [],
      );
    };
    expect([await steps(1), await steps(2), await steps(3)]).toEqual([[], [7], [7, 12]]);
  });
});

describe('names that are looked at more closely', () => {
  test.each<readonly [string, string, Readonly<Record<string, unknown>>]>([
    ['numpy', 'dtype', { dtype: true, array: false, routine: false }],
    ['numpy.core', 'dtype', { dtype: false }],
    ['numpy.core.multiarray', '_reconstruct', { array: true }],
    ['numpy.ma.core', '_mareconstruct', { array: true }],
    ['numpyx.core', '_reconstruct', { array: false }],
    ['numpy.core.multiarray', 'scalar', { array: false }],
    ['joblib.numpy_pickle', 'NumpyArrayWrapper', { arrayWrapper: true }],
    ['joblib', 'numpy_pickle.NumpyArrayWrapper', { arrayWrapper: true }],
    ['joblib', 'MyNumpyArrayWrapper', { arrayWrapper: false }],
    ['pandas.core.arrays', 'Categorical', { awaitsState: true }],
    ['pandas._libs.arrays', '__pyx_unpickle_NDArrayBacked', { awaitsState: true }],
    ['pandas.core.arrays', 'Other', { awaitsState: false }],
    ['other.arrays', 'Categorical', { awaitsState: false }],
    ['_codecs', 'encode', { carries: 'text', routine: false }],
    ['io', 'BytesIO', { carries: 'bytes', routine: false }],
    ['builtins', 'bytearray', { carries: 'bytes', routine: false }],
    ['io', 'StringIO', { carries: null }],
    ['collections', 'OrderedDict', { routine: true, carries: null, stranger: false }],
    ['a', 'B', { routine: false, stranger: true }],
    ['copyreg', '_reconstructor', { routine: false }],
    ['builtins', 'getattr', { routine: false }],
  ])('%s %s', async (module, name, expected) => expect(await named(4, module, name)).toMatchObject(expected));

  test('wrappers of arrays that are not used up are counted', async () => {
    const loose = async (...ops: readonly Op[]) => {
      const { looseWrappers, namesWrapper } = await run(op.proto(4), ...ops);
      return [looseWrappers, namesWrapper];
    };
    const wrapper = op.global('joblib.numpy_pickle', 'NumpyArrayWrapper');
    expect(await loose(op.global('a', 'B'))).toEqual([0, false]);
    expect(await loose(wrapper)).toEqual([1, true]);
    expect(await loose(wrapper, wrapper)).toEqual([2, true]);
    expect(await loose(wrapper, op.dup)).toEqual([2, true]);
    expect(await loose(wrapper, op.memoize, op.binGet(0))).toEqual([2, true]);
    expect(await loose(wrapper, op.emptyTuple, op.newObj)).toEqual([0, true]);
  });
});
