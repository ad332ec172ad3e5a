import { expect, test } from 'vitest';
import { courseOf, leadsTo, mayBeUtf8, StackDepth, stepBudget } from './may-act.js';

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

test('over as many opcodes as may be looked at, and none that there is not', () => {
  const lead = (text: string, end: number, steps: number): boolean => leadsTo(bytes(text), 0, end, stepBudget(steps));
  expect([lead('NN.', 2, 2), lead('NN.', 2, 1), lead('NN.', 1, 1), lead('NN.', 1, 0)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([lead('N\xffN', 3, 9), lead('ca\nb', 4, 9), lead('ca\nb\nN', 5, 9), lead('ca\nb\nN', 4, 9)]).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect([lead('\x8c\x02ab', 4, 9), lead('\x8c\x05ab', 4, 9)]).toEqual([true, false]);
});

test('a line costs by its length, once', () => {
  const text = bytes(`V${'x'.repeat(128)}\n`);
  const budget = stepBudget(100);
  expect([leadsTo(text, 0, 130, budget), budget.steps]).toEqual([true, 97]);
  expect([budget.lineFrom, budget.lineEnd]).toEqual([1, 129]);
  const inner = bytes(`VV${'x'.repeat(127)}\n`);
  const again = stepBudget(100);
  expect([leadsTo(inner, 0, 130, again), leadsTo(inner, 1, 130, again), again.steps]).toEqual([true, true, 96]);
});

test.each<[string, readonly number[], boolean]>([
  ['nothing', [], true],
  ['the last of ASCII', [0x7f], true],
  ['a byte that goes on with nothing', [0x80], false],
  ['bytes that begin nothing', [0xc1, 0xbf], false],
  ['the first of two', [0xc2, 0x80], true],
  ['the last of two', [0xdf, 0xbf], true],
  ['two without the second', [0xc2, 0x7f], false],
  ['two that are cut', [0xc2], false],
  ['three', [0xe0, 0xa0, 0x80], true],
  ['three that are cut', [0xe0, 0xa0], false],
  ['four', [0xf0, 0x90, 0x80, 0x80], true],
  ['the last of four', [0xf4, 0x8f, 0xbf, 0xbf], true],
  ['four that are cut', [0xf0, 0x90, 0x80], false],
  ['a byte behind the last of four', [0xf5, 0x80, 0x80, 0x80], false],
])('UTF-8: %s', (_what, text, expected) => {
  expect(mayBeUtf8(Uint8Array.from(text), 0, text.length)).toBe(expected);
  // Between others.
  expect(mayBeUtf8(Uint8Array.from([[0xff], text, [0xff]].flat()), 1, 1 + text.length)).toBe(expected);
});

test('a long text is looked at in its first 255 bytes', () => {
  const text = new Uint8Array(300).fill(0x61);
  text[255] = 0xff;
  expect(mayBeUtf8(text, 0, 300)).toBe(true);
  text[254] = 0xff;
  expect(mayBeUtf8(text, 0, 300)).toBe(false);
  text[254] = 0xc2;
  expect([mayBeUtf8(text, 0, 300), mayBeUtf8(text, 0, 255)]).toEqual([true, false]);
});

test.each([
  ['N', 'T'],
  ['0', 'F'],
  ['N00', 'TTF'],
  ['(1', 'TT'],
  ['(0', 'TT'],
  ['N(0.', 'TTTT'],
  ['(e', 'TF'],
  ['](e', 'TTT'],
  ['](o', 'TTF'],
  ['(No.', 'TTTT'],
  ['(t.', 'TTT'],
  ['](e.0', 'TTTTF'],
  ['N2\x86.', 'TTTT'],
  ['N\x86', 'TF'],
  ['NNs', 'TTF'],
  ['}NNs.', 'TTTTT'],
])('the depth of the stack over %j: %s', (codes, expected) => {
  const stack = new StackDepth();
  expect([...bytes(codes)].map((code) => (stack.apply(code) ? 'T' : 'F')).join('')).toBe(expected);
});
