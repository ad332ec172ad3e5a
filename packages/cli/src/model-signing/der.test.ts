import { expect, test } from 'vitest';
import { DerError, pathLength } from './der.js';

/** SEQUENCE { BOOLEAN true, INTEGER }. */
const constraints = (...integer: number[]): Buffer =>
  Buffer.from([0x30, 5 + integer.length, 1, 1, 0xff, 2, integer.length, ...integer]);

test('the path length of basic constraints', () => {
  expect(pathLength(Buffer.from([0x30, 3, 1, 1, 0xff]))).toBeNull();
  expect(pathLength(constraints(3))).toBe(3);
  expect(pathLength(constraints(1, 0))).toBe(256);
  expect(pathLength(constraints(0x7f, 0, 0, 0))).toBe(0x7f000000);
});

test.each([[[]], [[0xff]], [[0x80, 0, 0, 0]], [[0, 0, 0, 0, 1]]])(
  'one that is no number of certificates: %j',
  (bytes) => {
    expect(() => pathLength(constraints(...bytes))).toThrow(DerError);
  },
);
