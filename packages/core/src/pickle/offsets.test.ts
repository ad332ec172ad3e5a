import { expect, test } from 'vitest';
import { arrayWrapper, inputOf, op, pickle, repeat, type Op } from '../../test/kit.js';
import { analyseStream } from '../streams/stream.js';

/** Bytes come in windows. Offsets count from the beginning of the source, in whatever window an opcode lies. */

const B = op.global('a', 'B');
const one = op.binInt1(1);
const words = (text: string): Op => new TextEncoder().encode(text);
const made = pickle(B, op.emptyTuple, op.reduce);
const state = pickle(op.emptyDict, op.shortBinUnicode('k'), one, op.setItem);
const reconstruct = pickle(op.global('numpy._core.multiarray', '_reconstruct'), op.global('numpy', 'ndarray'));
const letter = op.shortBinBytes(Uint8Array.of(0x62));
/** An index of times that is given an array of numbers. */
const numbers = pickle(reconstruct, op.binInt1(0), op.tuple1, letter, op.tuple3, op.reduce);
const index = pickle(
  op.global('pandas.core.indexes.datetimes', '_new_DatetimeIndex'),
  op.global('pandas.core.indexes.datetimes', 'DatetimeIndex'),
  op.emptyDict,
  op.mark,
  op.binUnicode('data'),
  numbers,
  op.setItems,
  op.tuple2,
  op.reduce,
);

const CASES: readonly (readonly [string, readonly Op[]])[] = [
  ['a call', [made]],
  ['a call of what a call gave', [made, op.emptyTuple, op.reduce]],
  ['a call whose result is dropped', [made, op.pop, op.none]],
  ['NEWOBJ', [B, op.emptyTuple, op.newObj, state, op.build]],
  ['NEWOBJ_EX', [B, op.emptyTuple, state, op.newObjEx]],
  ['OBJ', [op.mark, B, one, op.obj]],
  ['INST', [op.mark, one, op.inst('a', 'B')]],
  ['a state', [made, state, op.build]],
  ['a state of a global', [B, state, op.build]],
  ['items of a global', [B, one, one, op.setItem]],
  ['items of an instance', [made, op.mark, one, one, op.setItems]],
  ['an item that an instance gets', [made, one, op.append]],
  ['what is fetched gets a state', [made, op.binPut(1), op.pop, op.binGet(1), state, op.build]],
  ['a persistent ID', [op.shortBinUnicode('k'), op.binPersId, op.emptyTuple, op.reduce]],
  ['items of what persistent_load gives', [op.persId('k'), one, one, op.setItem]],
  ['a code of the registry', [op.ext1(7), op.ext2(300), op.ext4(70_000), op.tuple3]],
  ['a name on the stack', [op.shortBinUnicode('a'), op.binPut(0), op.shortBinUnicode('B'), op.stackGlobal]],
  ['a computed name', [made, op.shortBinUnicode('x'), op.stackGlobal]],
  ['a slot that is written again', [one, op.binPut(0), op.none, op.binPut(0), op.tuple2]],
  ['a slot that is missing', [op.binGet(9)]],
  ['a dict as a key', [op.emptyDict, op.emptyDict, one, op.setItem]],
  ['an operand that is wrong', [one, op.emptyTuple, op.reduce]],
  ['text that not every reader takes as a number', [op.int('0x10')]],
  ['a name with a break', [op.global('a\rb', 'B')]],
  ['an unknown opcode', [Uint8Array.of(0xff)]],
  ['a pickle in bytes', [op.binBytes(pickle(op.proto(2), op.global('c', 'D'), op.stop))]],
  ['an array that is made of a shape', [reconstruct, op.binInt1(9), op.tuple1, letter, op.tuple3, op.reduce]],
  ['an index of times of numbers', [index]],
  ['a name that breaks off behind a frame', [op.frame([words('c')]), words('os')]],
  ['a name that breaks off behind a line in a frame', [op.frame([words('cos\n')]), words('x')]],
  ['a name that breaks off within a frame', [op.frame([words('cos')], 9)]],
  ['an array of joblib', [arrayWrapper('u1'), Uint8Array.of(0)]],
  ['protocols', [op.proto(2), one, op.tuple1]],
];

/** Behind bytes: the signals, the facts and the fault, with offsets that count from the first opcode that matters. */
async function seen(behind: number, ops: readonly Op[]) {
  const bytes = pickle(op.proto(4), repeat(behind / 2, op.none, op.pop), ...ops, op.stop);
  const { machine, facts, nested } = await analyseStream(inputOf(bytes), 0).then((result) => ({
    ...result,
    nested: result.machine.nested.map(({ offset }) => offset - behind),
  }));
  const less = (_key: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || !('offset' in value)) return value;
    return {
      ...value,
      offset: typeof value.offset === 'number' && value.offset > 2 ? value.offset - behind : value.offset,
    };
  };
  return {
    signals: [...machine.signals].map(([signal, { offset }]) => [signal, offset - behind]),
    error: machine.error === null ? null : machine.error.offset - behind,
    end: machine.stopped,
    uses: facts.flatMap((fact) =>
      fact.kind === 'pickle.global'
        ? [[fact.name, JSON.parse(JSON.stringify([fact.at, fact.uses, fact.calls, fact.chain], less))]]
        : [],
    ),
    nested,
  };
}

test.each(CASES)('%s', async (_name, ops) => {
  const here = await seen(0, ops);
  for (const behind of [3_000, 60_000]) expect(await seen(behind, ops)).toEqual(here);
});
