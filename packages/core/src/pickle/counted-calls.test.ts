import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import type { GlobalRecord } from './record.js';
import { analyseStream } from '../streams/stream.js';

/** Calls of which the first ones are kept, and those of another shape. */

const scalar = op.global('numpy.core.multiarray', 'scalar');
/** A dtype, memoized in slot 0. */
const dtype = pickle(op.global('numpy', 'dtype'), op.shortBinUnicode('f8'), op.tuple1, op.reduce, op.binPut(0));
const call = (second: Op): Op => pickle(scalar, op.binGet(0), second, op.tuple2, op.reduce);
const usual = call(op.shortBinBytes('12345678'));

async function scalarsIn(...calls: readonly Op[]): Promise<GlobalRecord> {
  const bytes = pickle(op.proto(4), op.mark, dtype, ...calls, op.tuple, op.stop);
  const { machine } = await analyseStream(inputOf(bytes), 0);
  expect(machine.error).toBeNull();
  const record = machine.records.find(({ name }) => name === 'scalar');
  if (record === undefined) throw new TypeError('no scalar');
  return record;
}

describe('scalars of bytes', () => {
  test('are counted, the first ones kept', async () => {
    const { callCount, calls, unusualCalls, called, calleeUses } = await scalarsIn(repeat(9, usual));
    expect({ callCount, kept: calls.length, unusualCalls, called, calleeUses }).toEqual({
      callCount: 9,
      kept: 4,
      unusualCalls: 0,
      called: true,
      calleeUses: 9,
    });
  });

  test.each([
    ['an object', op.emptyList],
    ['a global', op.global('collections', 'OrderedDict')],
    ['a bytearray that another call made', pickle(op.global('builtins', 'bytearray'), op.emptyTuple, op.reduce)],
  ])('%s behind them is kept as another use', async (_name, second) => {
    const record = await scalarsIn(repeat(6, usual), call(second), repeat(3, usual));
    expect(record).toMatchObject({ callCount: 10, unusualCalls: 1, watched: true });
    expect(record.calls).toHaveLength(5);
  });

  test.each([
    ['one more argument', pickle(scalar, op.binGet(0), op.shortBinBytes('1'), op.none, op.tuple3, op.reduce)],
    ['another way of calling', pickle(scalar, op.binGet(0), op.shortBinBytes('1'), op.tuple2, op.newObj)],
  ])('%s is kept as another use', async (_name, other) => {
    expect((await scalarsIn(repeat(6, usual), other)).unusualCalls).toBe(1);
  });
});
