import { expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, type Op } from '../../test/kit.js';
import type { Use } from '../model/use.js';
import { analyseStream } from '../streams/stream.js';

/** What lies on the stack above and below an array of joblib is none of its business. */

async function usesOf(name: string, ...ops: readonly Op[]): Promise<readonly Omit<Use, 'offset'>[]> {
  const { machine, facts } = await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0);
  expect([machine.stopped, machine.error]).toEqual([true, null]);
  const fact = facts.find((one) => one.kind === 'pickle.global' && one.name === name);
  if (fact?.kind !== 'pickle.global') throw new Error(`${name} is not looked up`);
  return fact.uses.map(({ offset: _offset, ...use }) => use);
}

const array = pickle(arrayWrapper('u1'), Uint8Array.of(0));
const open = pickle(op.global('a', 'C'), op.emptyTuple, op.reduce);

test('an array is an inert value, for the call that gets it', async () => {
  const uses = await usesOf('B', op.global('a', 'B'), array, op.tuple1, op.reduce);
  const plain = await usesOf(
    'B',
    op.global('a', 'B'),
    op.global('numpy', 'dtype'),
    op.shortBinUnicode('f8'),
    op.tuple1,
    op.reduce,
    op.tuple1,
    op.reduce,
  );
  expect(uses).toEqual(plain);
  expect(uses).toMatchObject([{ event: 'call', size: 1 }]);
});

test('what lies below an array is what it was', async () => {
  const behind = await usesOf('B', op.global('a', 'B'), open, array, op.pop, op.tuple1, op.reduce);
  const alone = await usesOf('B', op.global('a', 'B'), open, op.tuple1, op.reduce);
  expect(behind).toEqual(alone);
});
