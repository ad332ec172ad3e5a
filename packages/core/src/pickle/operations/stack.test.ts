import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, type Op } from '../../../test/kit.js';
import { readersOf } from '../readers.js';
import { analyseStream } from '../../streams/stream.js';

const analysed = (...ops: readonly Op[]) => analyseStream(inputOf(pickle(...ops)), 0);
const run = async (...ops: readonly Op[]) => (await analysed(op.proto(4), ...ops)).machine;

/** A signal as `offset detail`; null where there is none. */
async function signal(name: Parameters<typeof find>[1], ...ops: readonly Op[]): Promise<string | null> {
  return find(await run(...ops), name);
}
function find(
  { signals }: Awaited<ReturnType<typeof run>>,
  name: Parameters<(typeof signals)['get']>[0],
): string | null {
  const found = signals.get(name);
  return found === undefined ? null : `${found.offset} ${found.detail}`;
}

/** Why every reader stops; null where one goes on. */
const failure = ({ alive, signals }: Awaited<ReturnType<typeof run>>): string | null =>
  alive === 0 ? ([...signals.keys()].at(-1) ?? '') : null;

const one = op.binInt1(1);
const made = pickle(op.global('a', 'B'), op.emptyTuple, op.reduce);

describe('STOP', () => {
  test.each<readonly [string, readonly Op[], string | null]>([
    ['one value', [one, op.stop], null],
    ['two values', [one, one, op.stop], '6 1 values and 0 marks are left on the stack at STOP'],
    ['a mark below it', [op.mark, one, op.stop], '5 0 values and 1 marks are left on the stack at STOP'],
    [
      'values and marks',
      [one, op.mark, one, op.mark, one, op.stop],
      '10 2 values and 2 marks are left on the stack at STOP',
    ],
  ])('%s: what is left is said', async (_what, ops, said) => {
    expect(await signal('values-left-at-stop', ...ops)).toBe(said);
  });

  test('within a frame readers go on at different offsets', async () => {
    const at = (length?: number) => signal('frame-mismatch', op.frame([one, op.stop], length), one, one);
    expect(await at()).toBeNull();
    expect(await at(4)).toMatch(/^13 STOP stands before its frame has ended/);
    expect(await signal('frame-mismatch', one, op.stop)).toBeNull();
  });

  test('takes no value from below a mark', async () => {
    expect(failure(await run(one, op.mark, op.stop))).toBe('stack-underflow');
  });
});

describe('results of calls that nothing uses', () => {
  test.each<readonly [string, readonly Op[], string | null]>([
    ['dropped by POP', [one, made, op.pop, op.stop], '11 the result of a.B() is not used'],
    ['dropped by POP_MARK', [one, op.mark, made, one, op.popMark, op.stop], '14 the result of a.B() is not used'],
    ['left at STOP', [made, one, op.stop], '11 the result of a.B() is not used'],
    ['below what is dropped', [made, one, op.pop, op.stop], null],
    ['the result itself', [made, op.stop], null],
    [
      'held by the memo',
      [one, made, op.memoize, op.pop, op.binGet(0), op.pop, op.stop],
      '12 the result of a.B() is not used',
    ],
    ['a global that is dropped', [one, op.global('a', 'B'), op.pop, op.stop], null],
    ['what persistent_load gave', [one, op.persId('x'), op.pop, op.stop], null],
  ])('%s', async (_what, ops, said) => expect(await signal('unused-call-result', ...ops)).toBe(said));
});

describe('POP', () => {
  test('takes a value, or the mark where that is on top', async () => {
    const machine = await run(one, op.mark, op.pop, op.stop);
    expect([machine.stopped, machine.markCount, machine.sp]).toEqual([true, 0, 0]);
    expect((await run(op.mark, one, op.pop, op.pop, one, op.stop)).markCount).toBe(0);
    expect(failure(await run(op.pop))).toBe('stack-underflow');
    expect(failure(await run(one, op.popMark))).toBe('mark-underflow');
  });
});

describe('DUP', () => {
  test('pushes what is on top once more, and no pickler writes it', async () => {
    expect(await signal('uncanonical', one, op.dup, op.stop)).toBe('4 DUP: picklers write none');
    expect((await run(one, op.dup, op.tuple2, op.stop)).stopped).toBe(true);
    expect(failure(await run(op.dup))).toBe('stack-underflow');
    expect(failure(await run(one, op.mark, op.dup))).toBe('stack-underflow');
  });

  test('of a global is one more of it', async () => {
    const pushes = async (...ops: readonly Op[]) =>
      (await run(...ops)).records.map((record) => [record.count, record.pushes]);
    expect(await pushes(op.global('a', 'B'), op.stop)).toEqual([[1, 1]]);
    expect(await pushes(op.global('a', 'B'), op.dup, op.dup, op.stop)).toEqual([[1, 3]]);
    expect(await pushes(op.global('a', 'B'), op.global('a', 'B'), op.stop)).toEqual([[2, 2]]);
    expect(await pushes(op.global('a', 'B'), op.global('a', 'C'), op.dup, op.stop)).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });
});

describe('a length', () => {
  test.each<readonly [string, Op, string | null]>([
    ['BINSTRING below zero', op.binString('', 0x8000_0000), 'bad-number'],
    ['LONG4 below zero', op.long4('', 0xffff_ffff), 'bad-number'],
    ['BINSTRING beyond the data', op.binString('', 0x7fff_ffff), 'truncated'],
    ['BINBYTES of more than 2^31', op.binBytes('', 0x8000_0000), 'truncated'],
    ['BINUNICODE of more than 2^31', op.binUnicode('', 0xffff_ffff), 'truncated'],
    ['BINBYTES8 of 2^63', op.binBytes8('', 2n ** 63n), 'bad-number'],
    ['BINBYTES8 of less', op.binBytes8('', 2n ** 63n - 1n), 'truncated'],
    ['BINUNICODE8 of 2^63', op.binUnicode8('', 2n ** 63n), 'bad-number'],
    ['BYTEARRAY8 of 2^64 - 1', op.byteArray8('', 2n ** 64n - 1n), 'bad-number'],
    ['BINBYTES8 of 2^32', op.binBytes8('', 2n ** 32n), 'truncated'],
    ['one that is there', op.binBytes8('abc'), null],
  ])('%s', async (_what, constant, error) => {
    expect(failure(await run(constant, op.stop))).toBe(error);
  });

  test.each<readonly [string, (data: string) => Op]>([
    ['BINBYTES', op.binBytes],
    ['SHORT_BINBYTES', op.shortBinBytes],
    ['BINSTRING', op.binString],
    ['SHORT_BINSTRING', op.shortBinString],
    ['BINUNICODE', op.binUnicode],
    ['LONG1', op.long1],
    ['LONG4', op.long4],
    ['SHORT_BINUNICODE', op.shortBinUnicode],
    ['BINUNICODE8', op.binUnicode8],
    ['BINBYTES8', op.binBytes8],
    ['BYTEARRAY8', op.byteArray8],
  ])('of %s is what is passed over', async (_name, constant) => {
    for (const length of [0, 1, 100]) {
      const data = 'x'.repeat(length);
      const { stopped, error } = await run(constant(data), op.stop);
      expect([stopped, error]).toEqual([true, null]);
      // One byte less is missing at the end.
      const ops = pickle(op.proto(4), constant(data));
      expect(failure((await analysed(ops.subarray(0, -1))).machine)).toBe('truncated');
    }
  });
});

describe('bytes that may be a pickle', () => {
  const inner = '\x80\x04N.';
  const nested = async (...ops: readonly Op[]) =>
    (await run(...ops, op.stop)).nested.map(({ offset, length, form }) => [offset, length, form]);
  const latin1 = Uint8Array.from(inner, (char) => char.charCodeAt(0));

  test.each<readonly [string, Op, number]>([
    ['BINBYTES', op.binBytes(latin1), 7],
    ['SHORT_BINBYTES', op.shortBinBytes(latin1), 4],
    ['BINSTRING', op.binString(latin1), 7],
    ['SHORT_BINSTRING', op.shortBinString(latin1), 4],
    ['BINBYTES8', op.binBytes8(latin1), 11],
    ['BYTEARRAY8', op.byteArray8(latin1), 11],
  ])('in %s', async (_name, constant, offset) => {
    expect(await nested(constant)).toEqual([[offset, 4, 'bytes']]);
  });

  test('in a text, as its characters, where it is not a short one', async () => {
    expect(await nested(op.binUnicode(inner))).toEqual([[7, 5, 'text']]);
    expect(await nested(op.binUnicode8(inner))).toEqual([[11, 5, 'text']]);
    expect(await nested(op.shortBinUnicode(inner))).toEqual([]);
    expect(await nested(op.unicode(latin1))).toEqual([[3, 4, 'line']]);
  });

  test('has four bytes at least, and is none of a number', async () => {
    expect(await nested(op.binBytes(latin1.subarray(0, 3)))).toEqual([]);
    expect(await nested(op.long4(latin1))).toEqual([]);
    expect(await nested(op.binBytes('abcd'))).toEqual([]);
    expect(await nested(op.binUnicode('abcd'))).toEqual([]);
  });
});

test.each<readonly [string, Op, string]>([
  ['a buffer', op.nextBuffer, 'c,c-unbuffered,python'],
  ['bytes', op.shortBinBytes('x'), 'c,c-unbuffered,python'],
  ['a bytearray', op.byteArray8('x'), 'c,c-unbuffered,python'],
  ['what a call gave', made, 'c,c-unbuffered,python'],
  ['a text', op.binUnicode('x'), ''],
  ['a number', one, ''],
])('READONLY_BUFFER of %s', async (_what, value, readers) => {
  expect(readersOf((await run(value, op.readonlyBuffer, op.stop)).alive).join()).toBe(readers);
});

test('READONLY_BUFFER of a text of Python 2 is one of bytes to those who read it so', async () => {
  const { stopped, alive } = await run(op.shortBinString('x'), op.readonlyBuffer, op.stop);
  expect([stopped, readersOf(alive).length > 0]).toEqual([true, true]);
  expect(failure(await run(op.readonlyBuffer))).toBe('stack-underflow');
});

test('marks and values in any number', async () => {
  const deep = await run(repeat(5000, op.mark), repeat(5000, op.list), op.stop);
  expect([deep.stopped, deep.error, deep.markCount]).toEqual([true, null, 0]);
  const wide = await run(op.mark, repeat(5000, one), op.tuple, op.stop);
  expect([wide.stopped, wide.sp]).toEqual([true, 0]);
});
