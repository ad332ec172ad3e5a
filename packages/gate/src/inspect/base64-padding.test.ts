import { expect, test } from 'vitest';
import { goesOnBehindPadding } from './base-n.ts';

test.each([
  ['', false],
  ['QUJD', false],
  ['QQ==', false],
  ['==', false],
  ['QQ==\n.', false],
  ['QQ==QQ==', true],
  ['QQ= =_', true],
])('behind the padding of %j digits go on: %s', (text, expected) => {
  expect(goesOnBehindPadding(Buffer.from(text))).toBe(expected);
});
