import { expect, test } from 'vitest';
import { backslashDecoded, hexDecoded } from './escapes.ts';

const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null;

test.each([
  ['8004', '8004'],
  ['80:04-4B', '80044b'],
  ['\\x80\\x04', '8004'],
  ['\\x8004', '8004'],
  ['0x80, 0x04', '8004'],
  ['[80|04]', '8004'],
  ['8\n004', '8004'],
  ['8 00\r\n4', '8004'],
  ['8\t\n', null],
  ['8:004', null],
  ['800', null],
  ['80zz04', null],
  ['80x04', null],
])('pairs of hexadecimal digits %j are %s', (text, expected) => {
  expect(hex(hexDecoded(Buffer.from(text)))).toBe(expected);
});

test.each([
  ['\\200\\4\\x4b', '80044b'],
  ['\\778', '3f38'],
  ['\\1234', '5334'],
  ['\\u0080\\U0000004b', '804b'],
  ['\\n\\t\\\\', '0a095c'],
  ['\\u20ac', 'e282ac'],
  ['no escape', null],
  ['\\q', null],
])('escapes %j are %s', (text, expected) => {
  expect(hex(backslashDecoded(Buffer.from(text)))).toBe(expected);
});
