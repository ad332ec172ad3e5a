import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../../test/kit.js';
import type { Fact, PickleStructFact } from '../../model/fact.js';
import { standingIn } from '../../rules/standing.js';
import { readersOf } from '../readers.js';
import { analyseStream } from '../../streams/stream.js';

const run = (...ops: readonly Op[]) => analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
const signalsIn = async (...ops: readonly Op[]) => {
  const { machine, facts } = await run(...ops);
  return [...machine.signals.keys(), ...ofKnownClasses(facts).map(({ signal }) => signal)];
};
/** Signals that are ones because the catalogue knows the class. */
const ofKnownClasses = (facts: readonly Fact[]): readonly PickleStructFact[] => {
  const uncertain = facts.filter((fact) => fact.kind === 'pickle.structure' && fact.only !== undefined);
  return standingIn(uncertain).filter((fact) => fact.kind === 'pickle.structure');
};

const one = op.binInt1(1);
const pair = (first: Op, second: Op): Op => pickle(first, second, op.tuple2);
const filled = pickle(op.emptyDict, op.binUnicode('k'), one, op.setItem);
const object = pickle(op.global('a', 'C'), op.emptyTuple, op.reduce);

/** BUILD on an int: C takes None, pure Python whatever is false (`load_build`). */
describe('a state of a value that has no attributes', () => {
  const everyone = 'c,c-unbuffered,python';
  test.each<[string, Op, string]>([
    ['None', op.none, everyone],
    ['False', op.newFalse, 'python'],
    ['True', op.newTrue, ''],
    ['zero', op.binInt1(0), 'python'],
    ['zero as text', op.int('-0'), 'python'],
    ['a number', one, ''],
    ['a float of zero', op.binFloat(0), 'python'],
    ['a float of minus zero', op.float('-0.0'), 'python'],
    ['a float', op.binFloat(0.5), ''],
    ['no text', op.binUnicode(''), 'python'],
    ['no text in a line', op.unicode(''), 'python'],
    ['no text of Python 2', op.string("''"), 'python'],
    ['text', op.binUnicode('x'), ''],
    ['text of Python 2', op.string("'x'"), ''],
    ['a special text', op.binUnicode('__class__'), ''],
    ['a special text of Python 2', op.binString('__class__'), ''],
    ['no bytes', op.shortBinBytes(''), 'python'],
    ['bytes', op.shortBinBytes('x'), ''],
    ['no bytes of a bytearray', op.byteArray8(''), 'python'],
    ['a bytearray', op.byteArray8('x'), ''],
    ['a buffer', op.nextBuffer, 'python'],
    ['an empty tuple', op.emptyTuple, 'python'],
    ['an empty list', op.emptyList, 'python'],
    ['a list', pickle(op.emptyList, one, op.append), ''],
    ['an empty dict', op.emptyDict, 'python'],
    ['a dict', filled, ''],
    ['an empty set', op.emptySet, 'python'],
    ['a set', pickle(op.emptySet, op.mark, one, op.addItems), ''],
    ['an empty frozenset', pickle(op.mark, op.frozenSet), 'python'],
    ['a frozenset', pickle(op.mark, one, op.frozenSet), ''],
    ['a tuple of one', pickle(op.none, op.tuple1), ''],
    ['a tuple of three', pickle(op.none, op.none, op.none, op.tuple3), ''],
    ['None and no slots', pair(op.none, op.emptyDict), everyone],
    ['None and slots', pair(op.none, filled), ''],
    ['None twice', pair(op.none, op.none), 'python'],
    ['two dicts that are empty', pair(op.emptyDict, op.emptyDict), 'python'],
    ['a dict and no slots', pair(filled, op.emptyDict), ''],
    ['None and an empty list', pair(op.none, op.emptyList), 'python'],
    ['an object and no slots', pair(object, op.emptyDict), everyone],
    ['None and an object', pair(op.none, object), everyone],
    ['an object and slots', pair(object, filled), ''],
    ['a number and an object', pair(one, object), ''],
  ])('%s', async (_what, state, readers) => {
    const { machine } = await run(op.binInt1(7), state, op.build);
    expect(readersOf(machine.alive).join()).toBe(readers);
    expect(machine.signals.has('wrong-operand')).toBe(readers !== everyone);
  });

  test('that is an object may be false: all go on, and it is said', async () => {
    const { machine } = await run(op.binInt1(7), object, op.build);
    expect(readersOf(machine.alive).join()).toBe(everyone);
    expect(machine.signals.get('wrong-operand')?.offset).toBe(11);
  });
});

describe('slots that BUILD sets one by one', () => {
  const built = (cls: Op, state: Op): Promise<readonly string[]> =>
    signalsIn(cls, op.emptyTuple, op.newObj, state, op.build);
  const slots = (key: Op): Op => pickle(op.emptyDict, key, one, op.setItem);

  test.each<[string, Op, boolean]>([
    ['of None and a dict', pair(op.none, filled), true],
    ['of two dicts', pair(op.emptyDict, filled), true],
    ['of an empty dict', pair(op.none, op.emptyDict), false],
    ['of None twice', pair(op.none, op.none), false],
    ['of a list', pair(op.none, pickle(op.emptyList, one, op.append)), false],
    ['behind a number', pair(one, filled), false],
    ['in a tuple of three', pickle(op.none, filled, op.none, op.tuple3), false],
    ['in a tuple of one', pickle(filled, op.tuple1), false],
    ['in a dict', filled, false],
  ])('%s', async (_what, state, isSaid) => {
    expect((await built(op.global('datetime', 'timezone'), state)).includes('attribute-state')).toBe(isSaid);
  });

  test.each<[string, string, Op, boolean]>([
    ['dateutil._common', 'weekday', op.binUnicode('n'), false],
    ['dateutil._common', 'weekday', op.binUnicode('__class__'), true],
    ['dateutil._common', 'weekday', op.none, true],
    ['a', 'B', op.binUnicode('n'), false],
    ['a', 'B', op.binUnicode('__class__'), true],
    ['datetime', 'timezone', op.binUnicode('n'), true],
  ])(
    'of %s.%s, row %#: a class whose pickles may have them is not said, names of Python are',
    async (module, name, key, isSaid) => {
      const signals = await built(op.global(module, name), pair(op.none, slots(key)));
      expect(signals.includes('attribute-state')).toBe(isSaid);
    },
  );

  test('are shown with the class, at their BUILD', async () => {
    const cls = op.global('datetime', 'timezone');
    const { facts } = await run(cls, op.emptyTuple, op.newObj, pair(op.none, filled), op.build);
    expect(ofKnownClasses(facts)[0]).toMatchObject({
      at: { offset: 35 },
      detail: "BUILD sets attributes of an instance of datetime.timezone: {'k': 1}",
    });
  });
});

test('BUILD of what persistent_load gave is said, but for None', async () => {
  expect(await signalsIn(op.persId('1'), op.emptyDict, op.build)).toContain('attribute-state');
  expect(await signalsIn(op.persId('1'), op.none, op.build)).not.toContain('attribute-state');
});

describe('a state behind many calls like it', () => {
  const span = pickle(op.global('datetime', 'timedelta'), one, op.tuple1, op.reduce);
  /** Signals of the state of the last object, but that the others are thrown away. */
  const signals = async (count: number, state: Op): Promise<readonly string[]> => {
    const before = Array.from({ length: count }, () => pickle(span, filled, op.build, op.pop));
    const found = await signalsIn(...before, span, state, op.build);
    return found.filter((signal) => signal !== 'unused-call-result');
  };

  test.each([0, 3, 4, 5, 8])('%i of them: slots are said, and a tuple of other lengths is not', async (count) => {
    expect(await signals(count, pair(op.none, filled))).toEqual(['attribute-state']);
    expect(await signals(count, pickle(op.none, filled, op.none, op.tuple3))).toEqual([]);
    expect(await signals(count, pickle(filled, op.tuple1))).toEqual([]);
    expect(await signals(count, filled)).toEqual([]);
    expect(await signals(count, op.emptyTuple)).toEqual([]);
  });
});

test('attributes of instances of one class are one signal, at the first of them, with their number', async () => {
  const slotted = (name: string): Op =>
    pickle(op.global('ourlib', name), op.emptyTuple, op.newObj, pair(op.none, filled), op.build, op.pop);
  const { facts } = await run(slotted('A'), slotted('B'), slotted('A'), slotted('A'));
  const told = facts.flatMap((fact) =>
    fact.kind === 'pickle.structure' && fact.signal === 'attribute-state' ? [`${fact.count} @${fact.at.offset}`] : [],
  );
  const build = slotted('A').length - 2;
  expect(told).toEqual([`3 @${2 + build}`, `1 @${2 + slotted('A').length + build}`]);
});
