import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, type Op } from '../../test/kit.js';
import type { Value } from '../model/fact.js';
import { analyseStream } from '../streams/stream.js';
import { bulkOf, capture, captureState, codeOf, sizeOf } from './constants.js';

const machineOf = async (...ops: readonly Op[]) =>
  (await analyseStream(inputOf(pickle(op.proto(4), ...ops, op.stop)), 0)).machine;

describe('the letter of a dtype', () => {
  const letterOf = async (...ops: readonly Op[]): Promise<string> => {
    const machine = await machineOf(...ops);
    return String.fromCharCode(codeOf(machine, machine.result.hi, machine.result.lo));
  };
  const made = (module: string, name: string, code: Op): Op =>
    pickle(op.global(module, name), code, op.tuple1, op.reduce);

  test.each<[string, Op, string]>([
    ['a dtype of numpy', made('numpy', 'dtype', op.binUnicode('M8')), 'M'],
    ['another class', made('a', 'B', op.binUnicode('M8')), '\0'],
    ['a dtype without a code', made('numpy', 'dtype', op.binUnicode('')), '\0'],
    ['a dtype of a class', made('numpy', 'dtype', op.global('a', 'B')), '\0'],
    ['a letter beyond ASCII', made('numpy', 'dtype', op.binUnicode('\u00e98')), '\0'],
    ['the class itself', op.global('numpy', 'dtype'), '\0'],
    ['text', op.binUnicode('M8'), '\0'],
  ])('%s', async (_what, value, letter) => {
    expect(await letterOf(value)).toBe(letter);
  });
});

describe('a state of which some keys count', () => {
  const text = (value: string): Value => ({ kind: 'str', value, length: value.length });
  const int = (value: number): Value => ({ kind: 'int', text: String(value) });
  const leftOut: Value = { kind: 'unknown', leftOut: true };
  const dict = (...pairs: readonly (readonly [string, number])[]): Op =>
    pickle(
      op.emptyDict,
      op.mark,
      ...pairs.flatMap(([key, value]) => [op.binUnicode(key), op.binInt1(value)]),
      op.setItems,
    );
  const stateOf = async (...ops: readonly Op[]): Promise<Value> => {
    const machine = await machineOf(...ops);
    return captureState(machine, new Set(['b', 'd']), machine.result.hi, machine.result.lo);
  };

  test('has the keys of a dict, and the values of those', async () => {
    expect(await stateOf(dict(['a', 1], ['b', 2], ['c', 3], ['d', 4]))).toEqual({
      kind: 'dict',
      items: [
        [text('a'), leftOut],
        [text('b'), int(2)],
        [text('c'), leftOut],
        [text('d'), int(4)],
      ],
      length: 4,
    });
  });

  test('has those of both dicts of a pair, and None as it is', async () => {
    expect(await stateOf(dict(['a', 1], ['b', 2]), dict(['d', 4]), op.tuple2)).toEqual({
      kind: 'tuple',
      items: [
        {
          kind: 'dict',
          items: [
            [text('a'), leftOut],
            [text('b'), int(2)],
          ],
          length: 2,
        },
        { kind: 'dict', items: [[text('d'), int(4)]], length: 1 },
      ],
      length: 2,
    });
    expect(await stateOf(op.none, dict(['a', 1]), op.tuple2)).toEqual({
      kind: 'tuple',
      items: [{ kind: 'none' }, { kind: 'dict', items: [[text('a'), leftOut]], length: 1 }],
      length: 2,
    });
  });

  test('has all values where it is no dict and no pair', async () => {
    expect(await stateOf(dict(['a', 1]), op.tuple1)).toEqual({
      kind: 'tuple',
      items: [{ kind: 'dict', items: [[text('a'), int(1)]], length: 1 }],
      length: 1,
    });
  });
});

test('a line longer than a name is shown from its beginning, with the length of what was read', async () => {
  const machine = await machineOf(op.unicode(`begin${'x'.repeat(300_000)}`));
  const text = capture(machine, machine.result.hi, machine.result.lo);
  expect(text).toMatchObject({ kind: 'str', value: expect.stringMatching(/^beginx+$/) });
  expect(text.kind === 'str' && text.length > 65_536).toBe(true);
});

describe('how large a value is', () => {
  const int: Value = { kind: 'int', text: '1' };
  const text = (length: number): Value => ({ kind: 'str', value: 'x'.repeat(length), length });
  const list: Value = { kind: 'list', items: [int, int], length: 2 };
  const call = (more: object): Value => ({ kind: 'call', callee: 'a.B', offset: 0, args: [], ...more });
  test.each<[string, Value, number, number]>([
    ['a number', int, 1, 1],
    ['a short text', text(31), 1, 1],
    ['a long text', text(64), 1, 3],
    ['a list', list, 3, 3],
    ['a list of lists', { kind: 'tuple', items: [list, int], length: 2 }, 5, 5],
    ['a dict', { kind: 'dict', items: [[int, list]], length: 1 }, 5, 5],
    ['a call', call({}), 1, 1],
    ['a call with arguments', call({ args: [int, list] }), 5, 1],
    ['a call of what a call gave', call({ args: [int], on: call({}) }), 3, 1],
  ])('%s', (_what, value, size, bulk) => expect([sizeOf(value), bulkOf(value)]).toEqual([size, bulk]));
});

test.each<[string, Op, string]>([
  ['as much as six bytes hold', op.long1(Uint8Array.of(255, 255, 255, 255, 255, 127)), '140737488355327'],
  ['as little', op.long1(Uint8Array.of(0, 0, 0, 0, 0, 128)), '-140737488355328'],
  ['as much as eight hold', op.long1(Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127)), '9223372036854775807'],
  ['as little', op.long1(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 128)), '-9223372036854775808'],
  ['-1 in nine bytes', op.long1(new Uint8Array(9).fill(255)), '-1'],
  ['one of 32 bytes', op.long1(new Uint8Array(32).fill(255, 0, 1)), '255'],
  ['one of more', op.long1(new Uint8Array(33).fill(255, 0, 1)), 'int of 33 bytes'],
  ['none', op.long1(''), '0'],
  ['a byte without a sign', op.binInt1(255), '255'],
  ['two of them', op.binInt2(65_535), '65535'],
  ['four with one', op.binInt(-2), '-2'],
])('an int is shown in decimal: %s', async (_what, value, expected) => {
  const machine = await machineOf(value);
  expect(capture(machine, machine.result.hi, machine.result.lo)).toEqual({ kind: 'int', text: expected });
});
