import { describe, expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, repeat, type Op } from '../../../test/kit.js';
import { readersOf } from '../readers.js';
import { analyseStream } from '../../streams/stream.js';

const one = op.binInt1(1);
const list = (...items: readonly Op[]): Op => pickle(op.emptyList, op.mark, ...items, op.appends);
const tuple = (...items: readonly Op[]): Op => pickle(op.mark, ...items, op.tuple);
const open = pickle(op.global('a', 'C'), op.emptyTuple, op.newObj);

/** What a stream does with each global, and its signals. */
async function seen(bytes: Uint8Array, observed = false) {
  const input = observed ? { ...inputOf(bytes), observe: () => ({ event: () => undefined }) } : inputOf(bytes);
  const { machine, facts } = await analyseStream(input, 0);
  return {
    end: [machine.stopped, machine.error?.offset],
    signals: [...machine.signals].map(([signal, { offset }]) => `${signal}@${offset}`),
    globals: facts.flatMap((fact) =>
      fact.kind === 'pickle.global'
        ? [[`${fact.module}.${fact.name}`, fact.callCount, fact.uses, fact.calls.length]]
        : [],
    ),
    called: machine.records.map(({ called, madeWithArguments, calleeUses }) => [called, madeWithArguments, calleeUses]),
    loose: machine.looseWrappers,
  };
}

/** Calls of allowed names, whose short forms stand for the complete ones from the fifth on. */
describe('the thousandth call is what the first is', () => {
  const timedelta = op.global('datetime', 'timedelta');
  const reconstruct = op.global('numpy._core.multiarray', '_reconstruct');
  const ndarray = op.global('numpy', 'ndarray');
  const letter = op.shortBinBytes('b');
  const array = pickle(reconstruct, ndarray, tuple(op.binInt1(0)), letter, op.tuple3, op.reduce);
  const dtype = pickle(
    op.global('numpy', 'dtype'),
    op.binUnicode('f8'),
    op.newFalse,
    op.newTrue,
    op.tuple3,
    op.reduce,
    tuple(op.binInt1(3), op.binUnicode('<'), op.none, op.none, op.none, op.binInt(-1), op.binInt(-1), op.binInt1(0)),
    op.build,
  );
  const state = (data: Op): Op => tuple(one, tuple(one), dtype, op.newFalse, data);
  const bytes = op.shortBinBytes('12345678');
  const span = pickle(timedelta, tuple(one, one, one), op.reduce);
  const bare = pickle(timedelta, op.emptyTuple, op.newObj);
  const dict = pickle(op.emptyDict, op.binUnicode('k'), one, op.setItem);

  test.each<[string, Op, Op]>([
    ['the same call', span, span],
    ['a call of other arguments', span, pickle(timedelta, tuple(one, open), op.reduce)],
    ['a call of no arguments', span, pickle(timedelta, op.emptyTuple, op.reduce)],
    ['a call of a list', span, pickle(timedelta, list(one), op.reduce)],
    ['a call of globals', span, pickle(timedelta, tuple(op.global('a', 'C')), op.reduce)],
    ['NEWOBJ', span, bare],
    ['a call behind NEWOBJ', bare, span],
    ['a call of what was made', span, pickle(span, op.emptyTuple, op.reduce)],
    ['a state', pickle(span, dict, op.build), pickle(span, dict, op.build)],
    ['a state where none was', span, pickle(span, dict, op.build)],
    ['a state of two parts', pickle(span, dict, op.build), pickle(span, tuple(op.none, dict), op.build)],
    ['a state of three', pickle(span, dict, op.build), pickle(span, tuple(one, one, one), op.build)],
    ['a state of an object', pickle(span, dict, op.build), pickle(span, open, op.build)],
    ['a second state', pickle(span, dict, op.build), pickle(span, dict, op.build, dict, op.build)],
    [
      'a state of what was fetched',
      pickle(span, dict, op.build),
      pickle(span, op.binPut(0), op.pop, op.binGet(0), dict, op.build),
    ],
    ['an array', array, array],
    ['an array of a shape', array, pickle(reconstruct, ndarray, tuple(one), letter, op.tuple3, op.reduce)],
    ['an array by NEWOBJ', array, pickle(reconstruct, ndarray, tuple(one), letter, op.tuple3, op.newObj)],
    ['an array with its state', pickle(array, state(bytes), op.build), pickle(array, state(bytes), op.build)],
    ['an array with a wrong state', pickle(array, state(bytes), op.build), pickle(array, state(op.none), op.build)],
    [
      'a set of objects',
      pickle(op.global('builtins', 'set'), tuple(list(one)), op.reduce),
      pickle(op.global('builtins', 'set'), tuple(list(open)), op.reduce),
    ],
    [
      'an ordered dict of objects',
      pickle(op.global('collections', 'OrderedDict'), tuple(list(tuple(one, one))), op.reduce),
      pickle(op.global('collections', 'OrderedDict'), tuple(list(tuple(open, one))), op.reduce),
    ],
    ['a call after a stranger', span, pickle(op.global('os', 'system'), tuple(span), op.reduce)],
    ['a state after a stranger', pickle(span, dict, op.build), pickle(span, op.global('os', 'system'), op.build)],
  ])('%s', async (_what, before, last) => {
    for (const count of [1, 4, 5, 6]) {
      const stream = pickle(op.proto(4), op.mark, repeat(count, before), last, one, last, op.tuple, op.stop);
      // With an observer every opcode takes its complete form.
      expect(await seen(stream)).toEqual(await seen(stream, true));
    }
  });

  test('of wrappers of joblib: each one that has no array is counted', async () => {
    const cls = op.global('joblib.numpy_pickle', 'NumpyArrayWrapper');
    const bareWrapper = pickle(cls, op.emptyTuple, op.newObj);
    for (const last of [bareWrapper, pickle(cls, op.emptyTuple, op.reduce), pickle(cls, tuple(one), op.newObj), cls]) {
      const stream = pickle(op.proto(4), op.mark, repeat(6, bareWrapper), last, op.tuple, op.stop);
      expect(await seen(stream)).toEqual(await seen(stream, true));
    }
    const joblibArray = pickle(arrayWrapper('u1'), Uint8Array.of(0));
    const { machine } = await analyseStream(
      inputOf(pickle(op.proto(4), op.mark, repeat(7, joblibArray), op.tuple, op.stop)),
      0,
    );
    expect([machine.stopped, machine.looseWrappers]).toEqual([true, 0]);
  });
});

describe('what copyreg makes', () => {
  const copyreg = (name: string, ...args: readonly Op[]): Op =>
    pickle(op.global('copyreg', name), tuple(...args), op.reduce);
  const cls = op.global('a', 'B');
  const base = (name: string, module = 'builtins'): Op => op.global(module, name);
  const zone = pickle(base('tzinfo', 'datetime'), op.emptyTuple, op.reduce);

  /** The uses of `a.B`: event and number of arguments. */
  async function usesOf(...ops: readonly Op[]): Promise<readonly string[]> {
    const { facts } = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
    const fact = facts.find((each) => each.kind === 'pickle.global' && each.name === 'B');
    return fact?.kind === 'pickle.global' ? fact.uses.map(({ event, size }) => `${event}${size}`) : [];
  }

  test.each<[string, Op, string]>([
    ['_reconstructor of object', copyreg('_reconstructor', cls, base('object'), op.none), 'new0'],
    ['_reconstructor of a dict', copyreg('_reconstructor', cls, base('dict'), op.emptyDict), 'new1'],
    ['_reconstructor of a text', copyreg('_reconstructor', cls, base('str'), op.binUnicode('x')), 'new1'],
    [
      '_reconstructor of Python 2',
      copyreg('_reconstructor', cls, base('unicode', '__builtin__'), op.binUnicode('x')),
      'new1',
    ],
    ['_reconstructor of a zone', copyreg('_reconstructor', cls, base('tzinfo', 'datetime'), zone), 'new0'],
    ['__newobj__ of a class alone', copyreg('__newobj__', cls), 'new0'],
    ['__newobj__ of arguments', copyreg('__newobj__', cls, one, one), 'new2'],
  ])('%s is an instance', async (_what, made, use) => {
    expect(await usesOf(made)).toEqual([use]);
  });

  test.each<[string, Op, readonly (readonly string[])[]]>([
    ['__newobj__', copyreg('__newobj__', cls, one, op.none), [['int', 'none']]],
    ['__newobj__ of a class alone', copyreg('__newobj__', cls), [[]]],
    ['_reconstructor', copyreg('_reconstructor', cls, base('dict'), op.emptyDict), [['dict']]],
    ['_reconstructor of object', copyreg('_reconstructor', cls, base('object'), op.none), [[]]],
  ])('%s gives a class its own arguments', async (_what, made, expected) => {
    const { facts } = await analyseStream(inputOf(pickle(op.proto(4), made, op.stop)), 0);
    const fact = facts.find((each) => each.kind === 'pickle.global' && each.name === 'B');
    const calls = fact?.kind === 'pickle.global' ? fact.calls : [];
    expect(calls.map(({ args }) => args.map(({ kind }) => kind))).toEqual(expected);
  });

  test.each<[string, Op]>([
    ['another function', copyreg('other', cls, base('object'), op.none)],
    ['no argument', copyreg('_reconstructor')],
    ['no class', copyreg('__newobj__', op.none)],
    ['two arguments', copyreg('_reconstructor', cls, base('object'))],
    ['four arguments', copyreg('_reconstructor', cls, base('object'), op.none, op.none)],
    ['a base that is a text', copyreg('_reconstructor', cls, op.binUnicode('object'), op.none)],
    ['object with a state', copyreg('_reconstructor', cls, base('object'), one)],
    ['a base of another module', copyreg('_reconstructor', cls, base('dict', 'x'), op.emptyDict)],
    ['a base that runs code', copyreg('_reconstructor', cls, base('eval'), one)],
    ['tzinfo with no zone', copyreg('_reconstructor', cls, base('tzinfo', 'datetime'), one)],
    ['tzinfo with itself', copyreg('_reconstructor', cls, base('tzinfo', 'datetime'), base('tzinfo', 'datetime'))],
    ['another of datetime', copyreg('_reconstructor', cls, base('date', 'datetime'), zone)],
    ['a function of another module', pickle(op.global('x', '__newobj__'), tuple(cls), op.reduce)],
  ])('%s makes none that is known', async (_what, made) => {
    expect(await usesOf(made)).toEqual([]);
  });

  const keys = async (...ops: readonly Op[]): Promise<boolean> => {
    const { facts } = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
    return facts.some((fact) => fact.kind === 'pickle.global' && fact.uses.some(({ event }) => event === 'key'));
  };
  const pairs = (key: Op, value: Op): Op => list(tuple(key, value));

  test.each<[string, boolean, Op]>([
    ['a set', true, copyreg('_reconstructor', cls, base('set'), list(open))],
    ['a frozenset', true, copyreg('_reconstructor', cls, base('frozenset'), list(open))],
    ['a list', false, copyreg('_reconstructor', cls, base('list'), list(open))],
    ['a dict by its keys', true, copyreg('_reconstructor', cls, base('dict'), pairs(open, one))],
    ['a dict by its values', false, copyreg('_reconstructor', cls, base('dict'), pairs(one, open))],
    ['a set by its name', true, pickle(base('set'), tuple(list(open)), op.reduce)],
    ['a frozenset by its name', true, pickle(base('frozenset'), tuple(list(open)), op.reduce)],
    ['a set of Python 2', true, pickle(base('set', '__builtin__'), tuple(list(open)), op.reduce)],
    ['a set of another module', false, pickle(base('set', 'x'), tuple(list(open)), op.reduce)],
    ['a list by its name', false, pickle(base('list'), tuple(list(open)), op.reduce)],
    ['an OrderedDict of C', true, pickle(base('OrderedDict', '_collections'), tuple(pairs(open, one)), op.reduce)],
    [
      'an OrderedDict of Python 2.6',
      true,
      pickle(base('OrderedDict', 'ordereddict'), tuple(pairs(open, one)), op.reduce),
    ],
    ['an OrderedDict of another module', false, pickle(base('OrderedDict', 'x'), tuple(pairs(open, one)), op.reduce)],
    [
      'an OrderedDict of objects that are no pairs',
      true,
      pickle(base('OrderedDict', 'collections'), tuple(list(open)), op.reduce),
    ],
    [
      'an OrderedDict of three',
      true,
      pickle(base('OrderedDict', 'collections'), tuple(list(tuple(one, one, open))), op.reduce),
    ],
    [
      'a value of the second pair',
      false,
      pickle(base('OrderedDict', 'collections'), tuple(list(tuple(one, open), tuple(one, open))), op.reduce),
    ],
    [
      'a key of the second pair',
      true,
      pickle(base('OrderedDict', 'collections'), tuple(list(tuple(one, one), tuple(open, one))), op.reduce),
    ],
    [
      'values of a dict that is given',
      false,
      pickle(base('OrderedDict', 'collections'), tuple(pickle(op.emptyDict, one, open, op.setItem)), op.reduce),
    ],
  ])('hashes what becomes a key: %s: %s', async (_what, isKey, made) => {
    expect(await keys(made)).toBe(isKey);
  });
});

describe('arguments that are no tuple', () => {
  const python = 'python';
  test.each<[string, Op, string]>([
    ['a list', op.emptyList, python],
    ['a dict', op.emptyDict, python],
    ['text', op.binUnicode('ab'), python],
    ['text of Python 2', op.binString('ab'), python],
    ['bytes', op.shortBinBytes('ab'), python],
    ['a bytearray', op.byteArray8('ab'), python],
    ['a buffer', op.nextBuffer, python],
    ['a number', one, ''],
    ['None', op.none, ''],
    ['a float', op.binFloat(1), ''],
    ['an object', open, 'c,c-unbuffered,python'],
  ])('%s', async (_what, args, readers) => {
    for (const call of [op.reduce, op.newObj]) {
      const { machine } = await analyseStream(
        inputOf(pickle(op.proto(4), op.global('a', 'B'), args, call, op.stop)),
        0,
      );
      expect(readersOf(machine.alive).join()).toBe(readers);
    }
  });
});

test.each<[number, string, Op, boolean]>([
  [1, 'OBJ', pickle(op.mark, op.global('a', 'B'), op.obj), false],
  [2, 'OBJ', pickle(op.mark, op.global('a', 'B'), op.obj), true],
  [0, 'INST', pickle(op.mark, op.inst('a', 'B')), false],
  [1, 'INST', pickle(op.mark, op.inst('a', 'B')), true],
])('protocol %i: %s is written by no pickler: %s', async (version, _name, ops, isOdd) => {
  const { machine } = await analyseStream(inputOf(pickle(op.proto(version), ops, op.stop)), 0);
  expect(machine.signals.has('legacy-instance-opcode')).toBe(isOdd);
});

test.each([
  ['OBJ', (count: number) => pickle(op.mark, op.global('a', 'B'), repeat(count, one), op.obj)],
  ['INST', (count: number) => pickle(op.mark, repeat(count, one), op.inst('a', 'B'))],
])('%s: 32 arguments are known, of more the first', async (_name, ops) => {
  const callOf = async (count: number) =>
    (await analyseStream(inputOf(pickle(ops(count), op.stop)), 0)).machine.records[0]?.calls[0];
  expect(await callOf(32)).toMatchObject({ argsKnown: true, args: { length: 32 } });
  expect(await callOf(33)).toMatchObject({ argsKnown: false, args: { length: 32 } });
});
