import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, type Op } from '../../../test/kit.js';
import { USE_FLAG } from '../../model/use.js';
import { readersOf } from '../readers.js';
import { analyseStream } from '../../streams/stream.js';

const run = async (...ops: readonly Op[]) =>
  (await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0)).machine;
const one = op.binInt1(1);
const open = pickle(op.global('a', 'C'), op.emptyTuple, op.newObj);
const everyone = 'c,c-unbuffered,python';

describe('items go on', () => {
  test.each<[string, Op, string]>([
    ['a list', op.emptyList, everyone],
    ['a bytearray', op.byteArray8('a'), everyone],
    ['a buffer', op.nextBuffer, everyone],
    ['an instance', open, everyone],
    ['a global', op.global('a', 'B'), everyone],
    ['a dict', op.emptyDict, ''],
    ['a set', op.emptySet, ''],
    ['text', op.binUnicode('x'), ''],
  ])('%s by APPEND, with these readers', async (_what, target, readers) => {
    expect(readersOf((await run(target, one, op.append)).alive).join()).toBe(readers);
    expect(readersOf((await run(target, op.mark, one, op.appends)).alive).join()).toBe(readers);
  });

  test.each<[string, Op, Op, string]>([
    ['APPENDS of a number', one, op.appends, 'c,c-unbuffered'],
    ['APPENDS of a list', op.emptyList, op.appends, everyone],
    ['ADDITEMS of a number', one, op.addItems, 'c,c-unbuffered'],
    ['ADDITEMS of a set', op.emptySet, op.addItems, everyone],
    ['SETITEMS of a number', one, op.setItems, everyone],
  ])('%s with nothing to add', async (_what, target, opcode, readers) => {
    expect(readersOf((await run(target, op.mark, opcode)).alive).join()).toBe(readers);
  });

  test.each<[string, Op, boolean]>([
    ['a set', op.emptySet, true],
    ['an instance', open, true],
    ['a list', op.emptyList, false],
    ['a number', one, false],
  ])('%s by ADDITEMS: %s', async (_what, target, isFit) => {
    expect((await run(target, op.mark, one, op.addItems)).stopped).toBe(isFit);
  });

  test.each<[string, Op, boolean]>([
    ['a dict', op.emptyDict, true],
    ['an instance', open, true],
    ['what persistent_load gave', op.persId('k'), true],
    ['a list', op.emptyList, true],
    ['a bytearray', op.byteArray8('a'), true],
    ['a buffer', op.nextBuffer, true],
    ['a set', op.emptySet, false],
    ['a tuple', pickle(one, op.tuple1), false],
    ['a number', one, false],
  ])('%s by SETITEM: %s', async (_what, target, isFit) => {
    expect((await run(target, one, one, op.setItem)).stopped).toBe(isFit);
  });

  test('what persistent_load gave: it is said', async () => {
    expect((await run(op.persId('k'), one, op.append)).signals.get('attribute-state')?.offset).toBe(7);
    expect((await run(open, one, op.append)).signals.has('attribute-state')).toBe(false);
  });

  test('a global: with the items', async () => {
    expect((await run(op.global('a', 'B'), one, op.none, op.setItem)).signals.get('setitem-on-global')).toMatchObject({
      offset: 10,
      detail: 'items are set on a.B itself: {1: None}',
    });
  });

  test('what was fetched: it is said', async () => {
    const fetched = [op.emptyList, op.binPut(0), op.pop, op.binGet(0)];
    expect((await run(...fetched, one, op.append)).signals.get('uncanonical')?.offset).toBe(10);
    expect((await run(op.emptyList, op.binPut(0), one, op.append)).signals.has('uncanonical')).toBe(false);
    const dict = [op.emptyDict, op.binPut(0), op.pop, op.binGet(0)];
    expect((await run(...dict, one, one, op.setItem)).signals.get('uncanonical')?.offset).toBe(12);
    expect((await run(open, op.binPut(0), op.pop, op.binGet(0), one, op.append)).signals.has('uncanonical')).toBe(true);
  });
});

describe('keys', () => {
  const kinds: readonly (readonly [string, Op, boolean])[] = [
    ['a number', one, true],
    ['a tuple', pickle(op.emptyList, op.tuple1), true],
    ['a frozenset', pickle(op.mark, op.frozenSet), true],
    ['an instance', open, true],
    ['bytes', op.shortBinBytes('x'), true],
    ['a list', op.emptyList, false],
    ['a dict', op.emptyDict, false],
    ['a set', op.emptySet, false],
    ['a bytearray', op.byteArray8('x'), false],
  ];
  test.each(kinds)('%s can be hashed: %s', async (_what, key, isHashable) => {
    const streams: readonly (readonly Op[])[] = [
      [op.emptyDict, key, one, op.setItem],
      [op.emptyDict, op.mark, one, one, key, one, op.setItems],
      [op.emptySet, op.mark, one, key, op.addItems],
      [op.mark, key, one, op.dict],
      [op.mark, one, key, op.frozenSet],
    ];
    for (const ops of streams) expect((await run(...ops)).stopped).toBe(isHashable);
  });

  test('values need not be', async () => {
    expect((await run(op.emptyDict, one, op.emptyList, op.setItem)).stopped).toBe(true);
    expect((await run(op.mark, one, op.emptyList, op.dict)).stopped).toBe(true);
    expect((await run(op.mark, op.emptyList, op.list)).stopped).toBe(true);
  });

  test('in which no object lies are nothing, however deep', async () => {
    const plain = pickle(one, repeat(40, op.tuple1));
    const { signals, keysUnknown, stopped } = await run(op.emptyDict, plain, one, op.setItem);
    expect([signals.has('uncanonical'), keysUnknown, stopped]).toEqual([false, false, true]);
    const many = pickle(op.mark, ...Array.from({ length: 3000 }, () => one), op.tuple);
    expect((await run(op.emptyDict, many, one, op.setItem)).keysUnknown).toBe(false);
  });

  const nested = (depth: number): Op => pickle(open, repeat(depth, op.tuple1));
  async function keyUses(key: Op) {
    const { machine, facts } = await analyseStream(
      inputOf(pickle(op.proto(4), op.emptyDict, key, one, op.setItem, op.stop)),
      0,
    );
    const uses = facts.flatMap((fact) => (fact.kind === 'pickle.global' ? fact.uses.map(({ event }) => event) : []));
    return { isKey: uses.includes('key'), isUnknown: machine.keysUnknown, signals: [...machine.signals.keys()] };
  }

  test('an object in a key is found through tuples, up to a depth', async () => {
    for (const depth of [0, 1, 3])
      expect(await keyUses(nested(depth))).toEqual({ isKey: true, isUnknown: false, signals: [] });
    const deep = await keyUses(nested(40));
    expect([deep.isUnknown, deep.signals, deep.isKey]).toEqual([true, ['uncanonical'], true]);
  });

  test('among more items than are kept nobody knows', async () => {
    expect((await keyUses(pickle(op.mark, open, repeat(63, one), op.tuple))).isUnknown).toBe(false);
    const many = await keyUses(pickle(op.mark, open, repeat(100, one), op.frozenSet));
    expect([many.isUnknown, many.signals]).toEqual([true, ['uncanonical']]);
  });

  /** Whether a use of `a.B` says that its state has a special key. */
  async function isDunder(...dict: readonly Op[]): Promise<boolean> {
    const cls = pickle(op.global('a', 'B'), op.emptyTuple, op.newObj);
    const { facts } = await analyseStream(inputOf(pickle(op.proto(4), cls, ...dict, op.build, op.stop)), 0);
    const uses = facts.flatMap((fact) => (fact.kind === 'pickle.global' && fact.name === 'B' ? fact.uses : []));
    const state = uses.find(({ event }) => event === 'build');
    if (state === undefined) throw new Error('no state');
    return (state.flags & USE_FLAG.dunder) !== 0;
  }
  const text = op.binUnicode;
  const array = pickle(op.global('datetime', 'date'), op.emptyTuple, op.newObj);
  const items = pickle(op.global('collections', 'OrderedDict'), op.emptyTuple, op.reduce);

  test('of a state: which are special', async () => {
    const cases: readonly (readonly [string, Op, Op])[] = [
      ['plain', text('k'), one],
      ['plain of Python 2', op.binString('k'), one],
      ['special', text('__class__'), one],
      ['special of Python 2', op.binString('__class__'), one],
      ['number', one, one],
      ['object', open, one],
      ['persistent', op.persId('k'), one],
      ['keys of a number', text('keys'), one],
      ['keys of a global', text('keys'), op.global('a', 'C')],
      ['keys of an object', text('keys'), open],
      ['keys of a date', text('keys'), array],
      ['dict of a dict', text('_cache'), op.emptyDict],
      ['dict of its like', text('_cache'), items],
      ['dict of a number', text('_cache'), one],
    ];
    const special: string[] = [];
    for (const [name, key, value] of cases) {
      const isOne = await isDunder(op.emptyDict, key, value, op.setItem);
      expect(await isDunder(op.mark, key, value, op.dict)).toBe(isOne);
      if (isOne) special.push(name);
    }
    expect(special).toEqual([
      'special',
      'special of Python 2',
      'number',
      'object',
      'persistent',
      'keys of a global',
      'keys of an object',
      'dict of a number',
    ]);
  });
});
