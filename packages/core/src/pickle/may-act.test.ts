import { expect, test } from 'vitest';
import { courseOf, leadsTo, stepBudget } from './may-act.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const course = (text: string, isMarked = false, steps = 1_000): string =>
  courseOf(bytes(text), 0, isMarked, stepBudget(steps));

test.each([
  ['cos\nsystem\n)R', 'acts'],
  ['cos\nsystem\n.', 'ends'],
  ['cos\nsystem\nR', 'ends'],
  ['(ios\nsystem\n', 'acts'],
  ['ios\nsystem\n', 'ends'],
  ['(cos\nsystem\no', 'acts'],
  ['(o', 'ends'],
  ['\x8c\x01a\x8c\x01b\x93', 'acts'],
  ['\x8c\x01a\x93', 'ends'],
  ['\x8c\x01a02\x93', 'ends'],
  ['N2\x93', 'acts'],
  ['((0\x8c\x01a\x8c\x01bt\x93', 'ends'],
  ['((0NN\x93', 'acts'],
  ['](NNeN\x93', 'acts'],
  ['(NNe', 'ends'],
  ['N\xff', 'ends'],
  ['\x8c\x7fabc', 'open'],
  ['VNo end', 'open'],
  // Values of opcodes alone are no functions and no classes, and have no state.
  ['NNR', 'ends'],
  ['NN\x81', 'ends'],
  ['(NNo', 'ends'],
  ['NNbN\x93', 'acts'],
  ['NNb.', 'ends'],
  ['cos\nsystem\nNb', 'acts'],
  ['P1\nNR', 'acts'],
  // A text that is no UTF-8 ends every reader.
  ['\x8c\x01\x8cN\x93', 'ends'],
  ['\x8c\x02a\xc3N\x93', 'ends'],
  ['\x8c\x02\xc3\xa9N\x93', 'acts'],
  ['\x8c\x03\xed\xa0\x80N\x93', 'acts'],
  ['X\x02\x00\x00\x00\xa0\xa0N\x93', 'ends'],
  ['U\x01\x8cN\x93', 'acts'],
])('%j: %s', (text, wanted) => expect(course(text)).toBe(wanted));

test('a name counts where PROTO says that it is a pickle', () => {
  expect([course('cos\nsystem\n.', true), course('\x82\x01.', true), course('\x82\x01.')]).toEqual([
    'acts',
    'acts',
    'ends',
  ]);
});

test('as many opcodes as may be looked at, and lines by their length', () => {
  expect([course('NNNN\x93', false, 5), course('NNNN\x93', false, 4)]).toEqual(['acts', 'open']);
  expect(course(`V${'x'.repeat(640)}\nN\x93`, false, 11)).toBe('open');
});

test('opcodes lead to an offset, or over it', () => {
  const lead = (text: string, end: number): boolean => leadsTo(bytes(text), 0, end, stepBudget(9));
  expect([lead('(N)', 2), lead('(K)c', 2), lead('\xffN', 1), lead('(N)', 0)]).toEqual([true, false, false, true]);
});
