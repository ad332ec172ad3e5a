import { expect, test } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { ARRAY_WINDOW, mayNameSomething } from './array-opcodes.js';

const may = (bytes: Uint8Array, from = 0, length = bytes.length): boolean => mayNameSomething(bytes, from, length);
const NAMING = [op.global('os', 'system'), op.inst('os', 'system'), op.stackGlobal, op.ext1(1), op.ext2(1), op.ext4(1)];

test('opcodes that name something are seen, wherever they stand', () => {
  for (const name of NAMING) {
    expect(may(name)).toBe(true);
    expect(may(pickle(op.none, op.binUnicode('a'), name, op.stop))).toBe(true);
    expect(may(pickle(op.stop, name), 1)).toBe(true);
  }
});

test('nothing goes on behind STOP, or behind what is no opcode', () => {
  expect(may(pickle(op.none, op.stop, op.stackGlobal))).toBe(false);
  expect(may(pickle(op.none, Uint8Array.of(0xff), op.stackGlobal))).toBe(false);
  expect(may(pickle(Uint8Array.of(0), op.stackGlobal))).toBe(false);
});

test('opcodes to the very end name nothing', () => {
  expect(may(new Uint8Array())).toBe(false);
  expect(may(op.none)).toBe(false);
  expect(may(pickle(op.none, op.pop))).toBe(false);
});

test('an argument that goes on behind what is there may have a name behind it, unless the array ends before', () => {
  const text = op.binUnicode('-'.repeat(9));
  expect(may(text.subarray(0, 8), 0, 9)).toBe(false);
  expect(may(text.subarray(0, 8), 0, text.length + 1)).toBe(true);
  expect(may(text.subarray(0, 8))).toBe(false);
  expect(may(text)).toBe(false);
  expect(may(pickle(text, op.none).subarray(0, text.length), 0, text.length + 1)).toBe(true);
  expect(may(pickle(text, op.stackGlobal), 0, text.length)).toBe(false);
  expect(may(pickle(text, op.stackGlobal), 0, text.length - 1)).toBe(false);
});

test('what is looked at is a part of an array: as far as one can see it is opcodes', () => {
  const window = pickle(...Array.from({ length: ARRAY_WINDOW }, () => op.none));
  expect(may(window, 0, ARRAY_WINDOW + 1)).toBe(true);
  expect(may(window, 0, ARRAY_WINDOW)).toBe(false);
  expect(may(window, ARRAY_WINDOW, ARRAY_WINDOW)).toBe(false);
});
