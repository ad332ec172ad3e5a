import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, repeat, type Op } from '../../../test/kit.js';
import { renderValue } from '../../model/render-value.js';
import type { Machine } from './operations.js';
import type { GlobalRecord } from './record.js';
import { analyseStream } from './stream.js';

/** Calls that are only counted once the first ones are kept. */

const scalar = op.global('numpy.core.multiarray', 'scalar');
/** A dtype, memoized in slot 0. */
const dtype = pickle(op.global('numpy', 'dtype'), op.shortBinUnicode('f8'), op.tuple1, op.reduce, op.binPut(0));
const call = (second: Op): Op => pickle(scalar, op.binGet(0), second, op.tuple2, op.reduce);
const usual = call(op.shortBinBytes('12345678'));

async function machineOf(...calls: readonly Op[]): Promise<Machine> {
  const bytes = pickle(op.proto(4), op.mark, dtype, ...calls, op.tuple, op.stop);
  const { machine } = await analyseStream(inputOf(bytes), 0);
  expect(machine.error).toBeNull();
  return machine;
}

async function scalarsIn(...calls: readonly Op[]): Promise<GlobalRecord> {
  const record = (await machineOf(...calls)).records.find(({ name }) => name === 'scalar');
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

  test('are no objects with a making of their own once the first ones are', async () => {
    const { made } = await machineOf(repeat(100, usual));
    expect(made.map(({ call: { args } }) => args.length)).toEqual([1, 2, 2, 2, 2]);
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

describe('what a dangerous call is given', () => {
  const argument = async (made: (last: string) => Op, last: string): Promise<string> => {
    const calls = pickle(repeat(6, made('12345678')), made(last), op.binPut(1), op.pop);
    const bytes = pickle(
      op.proto(4),
      op.mark,
      dtype,
      calls,
      op.global('posix', 'system'),
      op.binGet(1),
      op.tuple1,
      op.reduce,
      op.tuple,
      op.stop,
    );
    const { facts, machine } = await analyseStream(inputOf(bytes), 0);
    expect(machine.error).toBeNull();
    const system = facts.find((fact) => fact.kind === 'pickle.global' && fact.name === 'system');
    if (system?.kind !== 'pickle.global') throw new TypeError('no system');
    return system.calls.map(({ args }) => args.map((arg) => renderValue(arg)).join(', ')).join('; ');
  };

  test.each([
    [
      'a scalar',
      (text: string) => call(op.shortBinBytes(text)),
      "numpy.core.multiarray.scalar(numpy.dtype('f8'), b'id; uname')",
    ],
    [
      'an object of a known class',
      (text: string) => pickle(op.global('pathlib', 'PurePosixPath'), op.shortBinUnicode(text), op.tuple1, op.reduce),
      "pathlib.PurePosixPath('id; uname')",
    ],
  ])('is kept where it is %s, however many were made before', async (_name, made, expected) => {
    expect(await argument(made, 'id; uname')).toBe(expected);
    expect(await argument(made, 'true')).toBe(expected.replace('id; uname', 'true'));
  });

  test('takes a second run, which nothing else does', async () => {
    const runs = async (...more: readonly Op[]): Promise<boolean> => {
      const path = pickle(op.global('pathlib', 'PurePosixPath'), op.emptyTuple, op.reduce);
      return (await machineOf(repeat(9, path), repeat(9, usual), ...more)).exact;
    };
    expect(await runs()).toBe(false);
    expect(await runs(op.global('posix', 'system'), op.emptyTuple, op.reduce)).toBe(false);
    const object = pickle(op.global('pathlib', 'PurePosixPath'), op.emptyTuple, op.reduce);
    expect(await runs(op.global('posix', 'system'), object, op.tuple1, op.reduce)).toBe(true);
  });
});

test('the places of arrays are found in a second run as in the first', async () => {
  const arrays = repeat(2, arrayWrapper('u1'), Uint8Array.of(0), op.pop);
  const path = pickle(op.global('pathlib', 'PurePosixPath'), op.emptyTuple, op.reduce);
  const system = pickle(op.global('posix', 'system'), path, op.tuple1, op.reduce);
  const bytes = pickle(op.proto(4), arrays, repeat(9, path, op.pop), system, op.stop);
  const { machine, notice } = await analyseStream(inputOf(bytes), 0);
  expect({ exact: machine.exact, stopped: machine.stopped, notice }).toEqual({
    exact: true,
    stopped: true,
    notice: null,
  });
});
