import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import { USE_FLAG } from '../model/use.js';
import { capture } from './constants.js';
import { readersOf } from './readers.js';
import { analyseStream } from '../streams/stream.js';

/*
 * The loop has a short form of many opcodes, which it takes from the second time on that one stands in a stream. What they do
 * behind streams that used all of them is what they do at the first time.
 */

const VALUES: readonly Op[] = [
  op.none,
  op.newTrue,
  op.binInt1(7),
  op.binInt2(700),
  op.binInt(-7),
  op.long1('ab'),
  op.binFloat(1.5),
  op.int('12'),
  op.int('01'),
  op.int('00'),
  op.int('+3'),
  op.long('5L'),
  op.float('2.5'),
  op.unicode('a'),
  op.unicode('a\\u0062'),
  op.unicode('__class__'),
  op.shortBinUnicode('a'),
  op.shortBinUnicode('__class__'),
  op.shortBinUnicode('_a'),
  op.binUnicode('b'),
  op.binUnicode('__class__'),
  op.binUnicode('x'.repeat(300)),
  op.binUnicode('\u0080abc'),
  op.shortBinBytes('ab'),
  op.shortBinBytes(Uint8Array.of(0x80, 4, 0x4e, 0x2e)),
  op.emptyTuple,
  op.emptyList,
  op.emptyDict,
  op.emptySet,
];
const OTHERS: readonly Op[] = [
  op.mark,
  op.pop,
  op.tuple1,
  op.tuple2,
  op.tuple3,
  op.tuple,
  op.list,
  op.dict,
  op.append,
  op.appends,
  op.setItem,
  op.setItems,
];
/** Of the others each, and nothing is left of it. */
const CONTAINERS = pickle(
  pickle(op.none, op.tuple1, op.none, op.tuple2, op.none, op.none, op.tuple3, op.pop),
  pickle(op.mark, op.none, op.tuple, op.pop, op.mark, op.none, op.list, op.pop, op.mark, op.dict, op.pop),
  pickle(op.emptyList, op.none, op.append, op.mark, op.none, op.appends, op.pop),
  pickle(op.emptyDict, op.none, op.none, op.setItem, op.mark, op.none, op.none, op.setItems, op.pop),
);
const USED = repeat(2, pickle(...VALUES.flatMap((one) => [one, op.pop]), CONTAINERS));

/** What comes of a stream that begins with these opcodes and goes on with those. */
async function outcome(before: Op, ops: readonly Op[]) {
  const { machine } = await analyseStream(inputOf(pickle(op.proto(4), before, ...ops, op.stop)), 0);
  const { alive, stopped, sp, markCount, nested } = machine;
  const result = stopped ? capture(machine, machine.result.hi, machine.result.lo) : null;
  return {
    signals: new Set(machine.signals.keys()),
    nested: nested.length,
    others: { readers: readersOf(alive), alive, stopped, result, sp, markCount },
  };
}

test('an opcode does the same at any time', async () => {
  const alone = await outcome(USED, [op.none]);
  expect(alone.others).toEqual((await outcome(pickle(), [op.none])).others);
  const value = fc.constantFrom(...VALUES);
  const other = fc.constantFrom(...OTHERS);
  const any = fc.oneof({ weight: 5, arbitrary: value }, { weight: 6, arbitrary: other });
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 24 }), async (ops) => {
      // Values below, so that few opcodes find nothing to take.
      const all = [op.emptyDict, op.emptyList, op.mark, op.emptyList, op.none, ...ops];
      const [first, later] = [await outcome(pickle(), all), await outcome(USED, all)];
      expect(later.others).toEqual(first.others);
      expect(later.nested - alone.nested).toBe(first.nested);
      expect(later.signals).toEqual(new Set([...alone.signals, ...first.signals]));
    }),
    { numRuns: 500 },
  );
});

test('what keys of a state are is seen at any time', async () => {
  const object = pickle(op.global('a', 'C'), op.emptyTuple, op.newObj);
  /** How often each use occurs of objects that get a state with such a key, one behind the other. */
  const uses = async (key: Op, set: (key: Op) => Op) => {
    const states = repeat(4, object, op.emptyDict, set(key), op.build);
    const { facts } = await analyseStream(inputOf(pickle(op.proto(4), states, op.stop)), 0);
    return facts.flatMap((fact) =>
      fact.kind === 'pickle.global'
        ? fact.uses
            .filter(({ event }) => event === 'build')
            .map(({ count, flags }) => [count, (flags & USE_FLAG.dunder) !== 0])
        : [],
    );
  };
  const one = (key: Op): Op => pickle(key, op.none, op.setItem);
  const several = (key: Op): Op => pickle(op.mark, key, op.none, op.shortBinUnicode('z'), op.none, op.setItems);
  for (const set of [one, several]) {
    for (const key of [
      op.shortBinUnicode('a'),
      op.binUnicode('a'),
      op.unicode('a'),
      op.shortBinString('a'),
      op.shortBinUnicode('closed'),
      op.binUnicode('clos'),
      op.unicode('loses'),
    ])
      expect(await uses(key, set)).toEqual([[4, false]]);
    for (const key of [
      op.shortBinUnicode('__class__'),
      op.binUnicode('__class__'),
      // Methods that BUILD of allowed classes calls.
      op.shortBinUnicode('close'),
      op.binUnicode('close'),
      op.unicode('close'),
      op.binInt1(1),
      op.none,
      op.emptyTuple,
    ])
      expect(await uses(key, set)).toEqual([[4, true]]);
  }
});
