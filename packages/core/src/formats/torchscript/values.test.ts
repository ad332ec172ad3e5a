import { describe, expect, test } from 'vitest';
import { op, pickle, type Op } from '../../../test/kit.js';
import { InputError } from '../../model/errors.js';
import { readScriptPickle, type ScriptValue } from './values.js';

const other: ScriptValue = { kind: 'other' };
const text = (value: string, offset: number): ScriptValue => ({ kind: 'text', text: value, offset });
const items = (...all: ScriptValue[]): ScriptValue => ({ kind: 'items', items: all });
const global: ScriptValue = { kind: 'global', name: 'm.f', offset: 0 };
const f = op.global('m', 'f');
const a = op.binUnicode('a');

describe('values', () => {
  test.each<[string, Op[], ScriptValue]>([
    ['a text, with its offset', [op.proto(2), op.binUnicode('é\ufeff'), op.stop], text('é\ufeff', 2)],
    [
      'numbers and constants',
      [op.mark, op.binInt(1), op.none, op.newTrue, op.binFloat(1), op.long1('\x01'), op.tuple, op.stop],
      items(other, other, other, other, other),
    ],
    [
      'old texts and bytes are no names',
      [op.binString('m.f'), op.binBytes('m.f'), op.tuple2, op.stop],
      items(other, other),
    ],
    ['a global', [f, op.stop], global],
    [
      'a list',
      [op.emptyList, a, op.append, op.mark, a, a, op.appends, op.stop],
      items(text('a', 1), text('a', 9), text('a', 15)),
    ],
    ['a dict holds keys and values', [op.emptyDict, a, op.none, op.setItem, op.stop], items(text('a', 1), other)],
    [
      'what is appended to a text is gone',
      [a, op.none, op.append, op.mark, op.none, op.appends, op.stop],
      text('a', 0),
    ],
    ['a call', [f, op.none, op.reduce, op.stop], items(global, other)],
    ['an instance', [f, op.none, op.newObj, op.stop], items(global, other)],
    ['a state', [f, a, op.build, op.stop], items(global, text('a', 5))],
    ['a persistent ID', [a, op.binPersId, op.stop], other],
    ['the memo', [a, op.binPut(3), op.pop, op.binGet(3), op.stop], text('a', 0)],
    ['an empty slot of the memo', [op.binGet(3), op.stop], other],
    ['fewer values than a tuple takes', [a, op.tuple3, op.stop], items(text('a', 0))],
    [
      'a tuple takes nothing from below a mark',
      [a, op.mark, op.none, op.tuple2, op.tuple, op.stop],
      items(items(other)),
    ],
  ])('%s', (_name, ops, expected) => {
    expect(readScriptPickle(pickle(...ops))).toEqual(expected);
  });
});

describe('the end', () => {
  test.each<[string, Op[], string, number]>([
    ['cut between opcodes', [a, op.none], 'truncated: the pickle is cut', 7],
    ['cut in an opcode', [op.none, op.binUnicode('x', 9)], 'truncated: the pickle is cut', 7],
    ['no opcode of PyTorch', [op.none, op.dup, op.stop], "the opcode 0x32, which PyTorch's reader does not know", 1],
    ['the same, cut', [op.none, op.shortBinUnicode('x', 9)], 'truncated: the pickle is cut', 4],
    [
      'the same, whole',
      [op.none, op.shortBinUnicode('x'), op.stop],
      "the opcode 0x8c, which PyTorch's reader does not know",
      1,
    ],
    ['an empty stack', [op.stop], 'a value is expected on the stack', 0],
    ['no mark', [a, op.tuple, op.stop], 'a mark is expected on the stack', 6],
    ['POP of a mark', [op.mark, op.pop, op.none, op.stop], 'a value is expected on the stack', 1],
  ])('%s', (_name, ops, message, offset) => {
    let error: unknown;
    try {
      readScriptPickle(pickle(...ops));
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ message, offset });
  });
});
