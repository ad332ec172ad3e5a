import { isChance } from '../model/plausibility.js';
import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../test/kit.js';
import { concatAll, fields } from '../../test/zip-builder.js';
import { LimitError } from '../model/errors.js';
import { analyseSequence } from './sequence.js';
import { analyseStream } from './stream.js';
import type { StreamResult } from './stream-result.js';

async function sequence(bytes: Uint8Array): Promise<{ results: StreamResult[]; limit: string | null }> {
  const input = inputOf(bytes);
  const results: StreamResult[] = [];
  try {
    for await (const result of analyseSequence(input, await analyseStream(input, 0))) results.push(result);
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    return { results, limit: error.limit };
  }
  return { results, limit: null };
}

/** Globals that any load in a row looks up, without those of chance readings. */
function meant(results: readonly StreamResult[]): readonly string[] {
  return results.flatMap(({ facts }) =>
    facts.flatMap((fact) => (fact.kind === 'pickle.global' && !isChance(fact.plausibility) ? [fact.module] : [])),
  );
}

describe('streams in a row', () => {
  test('plain pickle, stumbling over an array, hides no stream that others come to', async () => {
    // To plain pickle the array's byte is SHORT_BINSTRING and POP its length, 48 bytes: up to the STOP of the second stream.
    const first = pickle(op.proto(2), arrayWrapper('u1'), Uint8Array.of(0x55), op.pop, op.none, op.stop);
    const second = pickle(op.proto(2), op.binUnicode('-'.repeat(39)), op.stop);
    const third = pickle(op.proto(2), op.global('third', 'f'), op.stop);
    const { results } = await sequence(concatAll([first, second, third]));
    expect(results[0]?.alternates).toEqual([first.length + second.length]);
    expect(meant(results)).toContain('third');
  });

  /** An object array of joblib within a pickle whose first two memo slots are these texts; `behind` follows it. */
  function mixed(module: string, name: string, inner: Op, behind: Op): Uint8Array {
    const entry = (key: string, ...value: readonly Op[]): Op => pickle(op.binUnicode(key), ...value);
    return pickle(
      op.proto(4),
      pickle(op.binUnicode(module), op.binPut(0), op.pop, op.binUnicode(name), op.binPut(1), op.pop),
      pickle(op.global('joblib.numpy_pickle', 'NumpyArrayWrapper'), op.emptyTuple, op.newObj, op.emptyDict, op.mark),
      entry('shape', op.binInt1(1), op.tuple1),
      entry('dtype', op.global('numpy', 'dtype'), op.binUnicode('O8'), op.tuple1, op.reduce),
      entry('allow_mmap', Uint8Array.of(0x89)),
      pickle(op.setItems, op.build),
      inner,
      behind,
    );
  }
  const call = pickle(op.binGet(0), op.binGet(1), op.stackGlobal, op.emptyTuple, op.reduce, op.stop);
  const texts = (module: string, name: string): Op =>
    pickle(op.proto(4), op.binUnicode(module), op.memoize, op.pop, op.binUnicode(name), op.memoize, op.pop);

  test('a name that plain pickle puts together of texts within an array of joblib is meant', async () => {
    const inner = pickle(texts('collections', 'OrderedDict'), call);
    expect(meant((await sequence(mixed('evil.x', 'run', inner, op.stop))).results)).toContain('evil.x');
    expect(meant((await sequence(mixed('evil', 'run', inner, op.stop))).results)).toContain('evil');
    expect(meant((await sequence(mixed('evil.x', 'OrderedDict', inner, op.stop))).results)).toContain('evil.x');
  });

  test('the same name, with a word of the data in the place of its module, is chance', async () => {
    const honest = pickle(
      texts('collections', 'OrderedDict'),
      pickle(op.binGet(0), op.binUnicode('OrderedDict')),
      op.stackGlobal,
      op.emptyTuple,
      op.reduce,
      op.stop,
    );
    expect(meant((await sequence(mixed('weights', 'x', honest, op.stop))).results)).not.toContain('weights');
    expect(
      meant((await sequence(mixed('joblib.numpy_pickle', 'x', honest, op.stop))).results).filter(
        (one) => one === 'joblib.numpy_pickle',
      ),
    ).toHaveLength(1);
  });

  test('what is judged by its arguments is judged by those that plain pickle gives it', async () => {
    const called = pickle(op.global('builtins', 'getattr'), op.binGet(0), op.binGet(1), op.tuple2, op.reduce, op.stop);
    const { results } = await sequence(mixed('a', 'b', pickle(texts('x', 'y'), called), op.stop));
    const calls = results.flatMap(({ facts }) =>
      facts.flatMap((fact) =>
        fact.kind === 'pickle.global' && fact.name === 'getattr' && !isChance(fact.plausibility)
          ? fact.calls.map(({ args }) => args.map((arg) => (arg.kind === 'str' ? arg.value : '')))
          : [],
      ),
    );
    expect(calls).toContainEqual(['a', 'b']);
  });

  test('what plain pickle calls when it is asked again, behind the array, is meant', async () => {
    const again = pickle(op.global('evil', 'run'), op.emptyTuple, op.reduce, op.stop);
    const { results } = await sequence(mixed('a', 'b', pickle(op.proto(4), op.none, op.stop), again));
    expect(meant(results)).toContain('evil');
  });

  /** Each stops within a frame that ends where all others do, so that each leads there. */
  function framesTogether(count: number): Uint8Array {
    const length = pickle(op.proto(4), Uint8Array.of(0x95), fields([0, 8]), op.none, op.memoize, op.stop).length;
    const stream = (i: number): Op =>
      pickle(op.proto(4), Uint8Array.of(0x95), fields([(count - i) * length - 11, 8]), op.none, op.memoize, op.stop);
    return concatAll(Array.from({ length: count }, (_, i) => stream(i)));
  }

  test('more ways to one of them than are followed are a limit', async () => {
    const last = pickle(op.proto(4), op.binGet(0), op.stop);
    expect((await sequence(concatAll([framesTogether(2), last]))).limit).toBeNull();
    expect((await sequence(concatAll([framesTogether(7), last]))).limit).toBe('MAX_WAYS');
  });
});
