import { expect, test } from 'vitest';
import { MOST_JOBS } from '../limits.js';
import { seconds } from './seconds.js';
import { threads } from './threads.js';

test.each([
  ['1', 1],
  ['0.001', 0.001],
  ['1e3', 1_000],
  ['0.5', 0.5],
])('%j seconds', (value, number) => expect(seconds(value)).toBe(number));

test.each(['', ' ', '0', '-1', 'x', 'Infinity', 'NaN', '1s'])('%j are no seconds', (value) => {
  expect(() => seconds(value)).toThrow('A number of seconds above 0 is needed.');
});

test.each([
  ['1', 1],
  ['2', 2],
  ['007', 7],
  [String(MOST_JOBS), MOST_JOBS],
])('%j threads', (value, number) => expect(threads(value)).toBe(number));

test.each(['', '0', '-1', '1.5', 'x', '0001', String(MOST_JOBS + 1), '999'])('%j are no threads', (value) => {
  expect(() => threads(value)).toThrow(`A whole number from 1 to ${MOST_JOBS} is needed.`);
});
