import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import { MAX_CHAIN } from '../model/limits.js';
import { analyseStream } from '../streams/stream.js';

/** The steps of the global `a.B`: opcode, offset and text. */
async function chainOf(...ops: readonly Op[]): Promise<readonly string[]> {
  const { facts } = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
  const fact = facts.find((one) => one.kind === 'pickle.global' && one.name === 'B');
  if (fact?.kind !== 'pickle.global') throw new Error('a.B is not looked up');
  return fact.chain.map(({ opcode, offset, text }) => `${opcode} @${offset} ${text}`);
}

const names = pickle(op.shortBinUnicode('a'), op.binPut(7), op.pop, op.shortBinUnicode('B'), op.longBinPut(0x10203));

test.each<[string, readonly Op[], readonly string[]]>([
  [
    'one byte and four bytes',
    [names, op.pop, op.binGet(7), op.longBinGet(0x10203)],
    [
      'BINPUT @5 stores the module in memo slot 7',
      'BINGET @17 takes the module from memo slot 7',
      'LONG_BINPUT @11 stores the name in memo slot 66051',
      'LONG_BINGET @19 takes the name from memo slot 66051',
    ],
  ],
  [
    'a line of digits',
    [op.shortBinUnicode('a'), op.shortBinUnicode('B'), op.put('1042'), op.pop, op.get('1042')],
    ['PUT @8 stores the name in memo slot 1042', 'GET @15 takes the name from memo slot 1042'],
  ],
  [
    'a line of more digits than the slot needs',
    [op.shortBinUnicode('a'), op.shortBinUnicode('B'), op.put('12'), op.pop, op.get(' 00_12 ')],
    ['PUT @8 stores the name in memo slot 12', 'GET @13 takes the name from memo slot 12'],
  ],
  ['no memo at all', [op.shortBinUnicode('a'), op.dup, op.pop, op.shortBinUnicode('B')], []],
])('a name goes through the memo: slots written as %s', async (_how, ops, steps) => {
  const chain = await chainOf(...ops, op.stackGlobal);
  expect(chain.filter((step) => /memo slot/.test(step))).toEqual(steps);
});

test('a name that stands on the stack twice is pushed again', async () => {
  const chain = await chainOf(op.shortBinUnicode('B'), op.dup, op.stackGlobal);
  expect(chain).toContain('DUP @5 pushes the name again');
});

describe('items that go into what a call gave', () => {
  const made = (module: string, name: string): Op => pickle(op.global(module, name), op.emptyTuple, op.reduce);
  const other = made('c', 'D');
  const own = made('a', 'B');
  test.each<[string, readonly Op[], readonly string[]]>([
    ['one', [other, own, op.binInt1(1), op.append], ['APPEND @18 adds to its result: [1]']],
    [
      'several',
      [other, own, op.mark, op.binInt1(1), op.none, op.appends],
      ['APPENDS @20 adds to its result: [1, None]'],
    ],
    ['none', [other, own, op.mark, op.appends], []],
    ['a pair', [other, own, op.none, op.binInt1(1), op.setItem], ['SETITEM @19 sets items on its result: {None: 1}']],
    [
      'pairs',
      [own, op.mark, op.none, op.binInt1(1), op.setItems],
      ['SETITEMS @13 sets items on its result: {None: 1}'],
    ],
    ['those of another', [own, other, op.binInt1(1), op.append], []],
    ['into another', [other, own, op.append], ['APPEND @16 puts its result into the result of c.D']],
    [
      'into another, as a value',
      [other, op.shortBinUnicode('k'), own, op.setItem],
      ["SETITEM @19 puts its result into the result of c.D, as 'k'"],
    ],
    [
      'into another, as a key',
      [other, own, op.none, op.setItem],
      ['SETITEM @17 puts its result into the result of c.D'],
    ],
    ['into a global', [op.global('c', 'D'), own, op.append], ['APPEND @14 puts its result into c.D']],
    ['on the global itself', [op.global('a', 'B'), op.binInt1(1), op.append], ['APPEND @9 adds to it: [1]']],
  ])('%s', async (_what, ops, steps) => {
    const chain = await chainOf(...ops);
    expect(chain.filter((step) => /adds to|sets items|puts/.test(step))).toEqual(steps);
  });
});

test('a value of a dict goes where the dict goes, under its key', async () => {
  const other = op.global('c', 'D');
  const dict = pickle(op.emptyDict, op.binUnicode('key'), op.global('a', 'B'), op.setItem);
  const inDict = await chainOf(other, dict, op.tuple1, op.reduce);
  expect(inDict).toContain("REDUCE @23 gives it to c.D({'key': a.B}), as 'key'");
  const list = pickle(op.emptyList, op.global('a', 'B'), op.append);
  expect(await chainOf(other, list, op.tuple1, op.reduce)).toContain('REDUCE @15 gives it to c.D([a.B])');
});

describe('what holds a global may use it', () => {
  // The class is patched with it; then an instance is made.
  const holder = pickle(op.global('c', 'D'), op.global('a', 'B'), op.build, op.emptyTuple, op.reduce);
  test.each<[string, readonly Op[], readonly string[]]>([
    ['when it is filled', [holder, op.none, op.append], ['APPEND @16 fills an object of c.D, into which it was put']],
    [
      'when its state is set',
      [holder, op.emptyDict, op.build],
      ['BUILD @16 sets the state of an object of c.D, into which it was put'],
    ],
    ['and else not', [holder, op.emptyList, op.none, op.append], []],
  ])('%s', async (_when, ops, steps) => {
    const chain = await chainOf(...ops);
    expect(chain.filter((step) => /, into which it/.test(step))).toEqual([
      'REDUCE @14 calls c.D, into which it was put',
      ...steps,
    ]);
  });

  test('a state that it is put into, and a global that is patched with it', async () => {
    const other = pickle(op.global('c', 'D'), op.emptyTuple, op.reduce);
    expect(await chainOf(other, op.global('a', 'B'), op.build)).toContain(
      'BUILD @14 puts it into the state of the result of c.D',
    );
    expect(await chainOf(op.global('c', 'D'), op.global('a', 'B'), op.build)).toContain('BUILD @12 puts it into c.D');
    expect(await chainOf(op.global('a', 'B'), op.binInt1(1), op.build)).toContain('BUILD @9 patches it with 1');
    expect(await chainOf(op.global('a', 'B'), op.emptyTuple, op.reduce, op.none, op.build)).toContain(
      'BUILD @10 sets the state of its result: None',
    );
  });

  test('what a call gave holds what it was given: when that is called', async () => {
    const result = pickle(op.global('c', 'D'), op.global('a', 'B'), op.tuple1, op.reduce);
    const chain = await chainOf(result, op.emptyTuple, op.reduce);
    expect(chain.filter((step) => /calls/.test(step))).toEqual([
      'REDUCE @15 calls the result of c.D, into which it went',
    ]);
  });

  test('what the stream gives back, or to persistent_load', async () => {
    expect(await chainOf(op.global('a', 'B'))).toContain('STOP @7 returns it');
    expect(await chainOf(op.global('a', 'B'), op.emptyTuple, op.reduce)).not.toContain('STOP @9 returns its result');
    expect(await chainOf(op.global('a', 'B'), op.tuple1, op.binPersId)).toContain(
      'BINPERSID @8 gives it to persistent_load',
    );
  });
});

test('of very many items that go into what a call gave the first are looked at', async () => {
  const steps = async (before: number): Promise<number> => {
    const other = pickle(op.global('c', 'D'), op.emptyTuple, op.reduce);
    const chain = await chainOf(other, op.mark, repeat(before, op.none), op.global('a', 'B'), op.appends);
    return chain.filter((step) => /puts it into/.test(step)).length;
  };
  expect([await steps(0), await steps(64), await steps(70)]).toEqual([1, 1, 0]);
});

test('so many steps are kept, and each once', async () => {
  const fact = async (times: number) => {
    const { facts } = await analyseStream(
      inputOf(pickle(op.proto(4), ...Array.from({ length: times }, () => op.global('a', 'B')), op.stop)),
      0,
    );
    const [found] = facts.flatMap((one) => (one.kind === 'pickle.global' ? [one] : []));
    return [found?.chain.length, found?.moreSteps];
  };
  // The first is where it is imported, the last where it is given back.
  const [length = 0] = await fact(3);
  const spare = MAX_CHAIN - length;
  expect(await fact(3 + spare)).toEqual([MAX_CHAIN, undefined]);
  const [kept = 0, more = 0] = await fact(3 + spare + 2);
  expect([kept + more, more > 0]).toEqual([MAX_CHAIN + 2, true]);
});
