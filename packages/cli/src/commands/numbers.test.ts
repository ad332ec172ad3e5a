import { expect, test } from 'vitest';
import { MOST_JOBS, MOST_SHARDS } from '../limits.js';
import { byteCount } from './byte-count.js';
import { seconds } from './seconds.js';
import { parseShard } from './shard.js';
import { threads } from './threads.js';
import { workers } from './workers.js';

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

test.each([
  ['0', 0],
  ['1', 1],
  [' 64 ', 64],
  ['3B', 3],
  ['3KiB', 3_072],
  ['3MiB', 3_145_728],
  ['3GiB', 3_221_225_472],
  ['3TiB', 3_298_534_883_328],
  ['8191TiB', 9_006_099_743_113_216],
])('%j bytes', (value, number) => expect(byteCount(value)).toBe(number));

test.each(['', 'MiB', '-1', '1.5MiB', '1 MiB', '1MB', '1mib', '8192TiB', '1000000000000000'])(
  '%j are no bytes',
  (value) => {
    expect(() => byteCount(value)).toThrow('A number of bytes is needed, such as 500MiB or 2GiB.');
  },
);

test.each([
  ['1/1', 1, 1],
  ['1/2', 1, 2],
  ['3/64', 3, 64],
  [`${MOST_SHARDS}/${MOST_SHARDS}`, MOST_SHARDS, MOST_SHARDS],
])('the shard %j', (value, number, of) => expect(parseShard(value)).toEqual({ number, of }));

test.each(['', '1', '0/1', '0/0', '2/1', '1/', '/1', '-1/2', '1.5/2', `1/${MOST_SHARDS + 1}`])(
  '%j is no shard',
  (value) => {
    expect(() => parseShard(value)).toThrow(`NUMBER/OF is needed, such as 3/64, with OF at most ${MOST_SHARDS}.`);
  },
);

test.each([
  ['0', 0],
  ['1', 1],
  [String(MOST_JOBS), MOST_JOBS],
])('%j workers', (value, number) => expect(workers(value)).toBe(number));

test.each(['', '-1', '1.5', 'x', '0001', String(MOST_JOBS + 1)])('%j are no workers', (value) => {
  expect(() => workers(value)).toThrow(`A whole number from 0 to ${MOST_JOBS} is needed.`);
});
