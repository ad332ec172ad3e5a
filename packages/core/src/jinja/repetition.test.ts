import { expect, test } from 'vitest';
import { templateUses } from './template.js';

/** How often a template is said to take long. */
const long = (template: string): number =>
  templateUses(template).uses.filter(({ kind }) => kind === 'long-rendering').length;
const loop = (range: string, body = ''): string => `{% for i in range(${range}) %}${body}{% endfor %}`;

test.each([
  ['100000', 0],
  ['100001', 1],
  ['5, 100005', 0],
  ['5, 100006', 1],
  ['0, 200000, 2', 0],
  ['0, 200001, 2', 1],
  ['0, -200001, -2', 1],
  ['200001, 0', 0],
  ['0, 10, 0', 0],
  ['n', 0],
  ['n, 100001', 0],
  ['10 ** 5', 0],
  ['10 ** 5 + 1', 1],
  ['10 ** 5 - 1 + 3', 1],
  ['100003 - 4', 0],
  ['2 * 50001', 1],
  ['10 ** 9 / 2', 0],
  ['n or 10 ** 9', 0],
])('a loop over range(%s)', (range, times) => {
  // Once for the loop, and once for the call.
  expect(long(loop(range)) > 0).toBe(times > 0);
});

test('loops within each other are as long as their product, said of the one that makes it too long', () => {
  expect(long(loop('1000', loop('100')))).toBe(0);
  expect(long(loop('1000', loop('101')))).toBe(1);
  expect(long(loop('1000', `{% if a %}${loop('101')}{% endif %}`))).toBe(1);
  expect(long(loop('1000', loop('101', loop('2'))))).toBe(1);
  expect(long(loop('1000') + loop('101'))).toBe(0);
  // One without an end that is written, and one that is never gone through, change nothing.
  expect(long(`{% for m in messages %}${loop('100000')}{% endfor %}`)).toBe(0);
  expect(long(loop('0', loop('100000')))).toBe(0);
  expect(long(loop('3', `{% for m in messages %}${loop('50000')}{% endfor %}`))).toBe(1);
});

test.each([
  ["'a' * 100000", 0],
  ["'a' * 100001", 1],
  ["100001 * 'a'", 1],
  ["'a' * n", 0],
  ["'a' + 100001", 0],
  ['2 ** 1000', 0],
  ['2 ** 1001', 1],
  ['2000 ** 2', 0],
  ["'a'|center(100000)", 0],
  ["'a'|center(100001)", 1],
  ["'a'|center(width=100001)", 1],
  ["'a'|indent(100001)", 1],
  ["'a'|wordwrap(100001)", 1],
  ["'a'|replace('b', 100001)", 0],
  ["'a'.ljust(100001)", 1],
  ["'a'.rjust(5, 100001)", 1],
  ["'a'.zfill(100000)", 0],
  ["'a'.zfill(100001)", 1],
  ["'a'.count(100001)", 0],
  ['zfill(100001)', 0],
  ['range(100001)', 1],
  ['range(100000)', 0],
  ['x.range(100001)', 0],
])('%s', (expression, times) => {
  expect(long(`{{ ${expression} }}`)).toBe(times);
});
