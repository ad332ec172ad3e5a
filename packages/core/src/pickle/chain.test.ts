import { expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../test/kit.js';
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

test('a value of a dict goes where the dict goes, under its key', async () => {
  const other = op.global('c', 'D');
  const dict = pickle(op.emptyDict, op.binUnicode('key'), op.global('a', 'B'), op.setItem);
  const inDict = await chainOf(other, dict, op.tuple1, op.reduce);
  expect(inDict).toContain("REDUCE @23 gives it to c.D({'key': a.B}), as 'key'");
  const list = pickle(op.emptyList, op.global('a', 'B'), op.append);
  expect(await chainOf(other, list, op.tuple1, op.reduce)).toContain('REDUCE @15 gives it to c.D([a.B])');
});
