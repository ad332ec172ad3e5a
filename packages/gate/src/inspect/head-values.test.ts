import { expect, test } from 'vitest';
import { headValues } from './head-values.ts';
import { SHORTEST_ENCODED } from '../model/limits.ts';

const long = 'x'.repeat(SHORTEST_ENCODED);
const short = long.slice(1);
const of = (headers: Parameters<typeof headValues>[0], url = '/') =>
  headValues(headers, url).map(({ where, text }) => `${where} ${text}`);

test('of headers that have no syntax of their own', () => {
  expect(of({ 'x-a': long, 'x-b': short, host: long, 'user-agent': long, traceparent: long })).toEqual([
    `header ${long}`,
    `header ${long}`,
  ]);
  expect(of({ baggage: `a=${long}1,b=${long}2;c` })).toEqual([
    `header a=${long}1,b=${long}2;c`,
    `header ${long}1`,
    `header ${long}2`,
  ]);
  expect(of({ referer: `https://h/${long}1/?q=${long}2` })).toEqual([
    `header ${long}1`,
    `header q=${long}2`,
    `header ${long}2`,
  ]);
  expect(of({ 'x-c': ['ab', long], 'x-d': undefined })).toEqual([`header ab, ${long}`, `header ${long}`]);
});

test('of cookies, value by value', () => {
  expect(of({ cookie: `a=${long}; b=${short}; c="${long}1"; d = ${long}2 ; ${long}3; e=%41${short}` })).toEqual([
    `cookie ${long}`,
    `cookie ${long}1`,
    `cookie ${long}2`,
    `cookie ${long}3`,
    `cookie A${short}`,
  ]);
});

test('of credentials, without their scheme', () => {
  expect(of({ authorization: `Bearer  ${long} ` })).toEqual([`authorization ${long}`]);
  expect(of({ authorization: long })).toEqual([`authorization ${long}`]);
  expect(of({ authorization: `Basic ${short}` })).toEqual([]);
});

test('of segments of the path, not of the query', () => {
  expect(of({}, `/a/${long}/${short}/%41${long}?${long}`)).toEqual([`path ${long}`, `path A${long}`]);
  expect(of({}, `${long}?x`)).toEqual([`path ${long}`]);
});
