import { expect, test } from 'vitest';
import { isSameState, validatorOf } from './validator.js';

const DATE = 'Sun, 01 Nov 2026 10:00:00 GMT';
const of = (etag: string | null, lastModified: string | null = null) =>
  validatorOf({ header: (name) => (name === 'etag' ? etag : lastModified) });

test.each([
  ['"a"', null, '"a"'],
  ['"a"', DATE, '"a"'],
  ['""', null, '""'],
  // A weak one may stand for other bytes, and a date is no better than it.
  ['W/"a"', null, null],
  ['W/"a"', DATE, null],
  ['a', DATE, null],
  ['"a"b"', DATE, null],
  [null, DATE, DATE],
  [null, 'some day', null],
  [null, null, null],
])('ETag %s, Last-Modified %s: If-Range %s', (etag, lastModified, ifRange) => {
  expect(of(etag, lastModified)).toEqual({ ifRange, etag, lastModified });
});

test.each([
  [of('"a"'), of('"a"'), true],
  [of('"a"'), of('W/"a"'), true],
  [of('"a"'), of('"b"'), false],
  [of('W/"a"'), of('W/"b"'), false],
  // ETags tell more than dates.
  [of('"a"', DATE), of('"a"', 'another'), true],
  [of('"a"', DATE), of('"b"', DATE), false],
  [of(null, DATE), of(null, DATE), true],
  [of(null, DATE), of(null, 'another'), false],
  [of('"a"', DATE), of(null, 'another'), false],
  [of(null, DATE), of('"a"', 'another'), false],
  [of('"a"'), of(null, DATE), true],
  [of(null, DATE), of(null), true],
])('%j and %j: %s', (before, now, is) => expect(isSameState(before, now)).toBe(is));
