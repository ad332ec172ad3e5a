import { describe, expect, test } from 'vitest';
import { readContentRange } from './content-range.js';
import { shownUrl } from './shown-url.js';
import { isSameState, validatorOf } from './validator.js';

const headers = (values: Readonly<Record<string, string>>) => ({ header: (name: string) => values[name] ?? null });

test.each([
  ['bytes 0-9/100', { first: 0, last: 9, size: 100 }],
  ['bytes 5-5/*', { first: 5, last: 5, size: null }],
  ['bytes */100', { first: null, last: null, size: 100 }],
  ['Bytes 1-2/3', { first: 1, last: 2, size: 3 }],
  ['bytes 9-5/100', null],
  ['items 0-9/100', null],
  ['bytes 0-9', null],
  ['bytes 0-9999999999999999999/1', null],
  ['', null],
  [null, null],
])('Content-Range: %s', (value, range) => expect(readContentRange(value)).toEqual(range));

describe('validators', () => {
  test.each([
    [{ etag: '"a"', 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT' }, '"a"'],
    // A weak one may stand for other bytes, and a date beside it is no better.
    [{ etag: 'W/"a"', 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT' }, null],
    [{ 'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [{ 'last-modified': 'long ago' }, null],
    [{ etag: 'a' }, null],
    [{}, null],
  ])('%j asks by %j', (values, ifRange) => expect(validatorOf(headers(values)).ifRange).toBe(ifRange));

  test('an answer of another state is noticed where If-Range is ignored', () => {
    const state = (values: Readonly<Record<string, string>>) => validatorOf(headers(values));
    expect(isSameState(state({ etag: '"a"' }), state({ etag: '"b"' }))).toBe(false);
    expect(isSameState(state({ etag: 'W/"a"' }), state({ etag: '"a"' }))).toBe(true);
    expect(isSameState(state({ 'last-modified': 'x' }), state({ 'last-modified': 'y' }))).toBe(false);
    expect(isSameState(state({ 'last-modified': 'x' }), state({}))).toBe(true);
    expect(isSameState(state({}), state({ etag: '"a"' }))).toBe(true);
  });
});

test('an address is shown without what may be secret', () => {
  expect(shownUrl(new URL('https://user:pass@h.example:8443/a%20b?X-Amz-Signature=s#f'))).toBe(
    'https://h.example:8443/a%20b',
  );
});
