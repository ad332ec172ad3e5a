import { expect, test } from 'vitest';
import { backslashDecoded, hexDecoded, jsonDecoded, percentDecoded, percentKept, quotedDecoded } from './escapes.ts';

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
  ['\\r\\f\\v\\a\\b', '0d0c0b0708'],
  ['\\"\\\'', '2227'],
  ['\\u20ac', 'e282ac'],
  ['no escape', null],
  ['\\q', null],
  ['\\xzz', null],
  ['\\x4', null],
  ['\\u004', null],
  // What is no escape stays, and what follows it is one.
  ['\\x4g\\x41', '5c78346741'],
  ["b'\\x41'", '41'],
  ['"""\\x41"""', '41'],
  ["'\\x41", '2741'],
])('escapes %j are %s', (text, expected) => {
  expect(hex(backslashDecoded(Buffer.from(text)))).toBe(expected);
});

test.each([
  ['a%41%zz%4', false, 'aA%zz%4'],
  ['a+%2b', false, 'a++'],
  ['a+%2b', true, 'a +'],
  ['a+b', true, 'a b'],
  ['a+b', false, 'a+b'],
])('escapes of a URL %j, of a form: %s, are %j', (text, isForm, expected) => {
  expect(percentDecoded(Buffer.from(text), isForm).toString()).toBe(expected);
});

test.each([
  ['a\xc3\xa9', null],
  ['a\xff', 'a%FF'],
  // A first byte of a character without what follows it, within and at the end.
  ['\xc3(b', '%C3(b'],
  ['\xe2\x82', '%E2%82'],
  ['\xff\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.', '%FF\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80.'],
])('bytes that are no UTF-8, as Werkzeug leaves them: %j is %j', (text, expected) => {
  expect(percentKept(Buffer.from(text, 'latin1'))?.toString('latin1') ?? null).toBe(expected);
});

test.each([
  ['=80=04', '8004'],
  ['=4g', '3d3467'],
  ['a=\nb', '6162'],
  ['a= \t\r\nb', '6162'],
  ['a= x', '613d2078'],
  ['a=', '613d'],
])('quoted-printable %j is %s', (text, expected) => {
  expect(hex(quotedDecoded(Buffer.from(text)))).toBe(expected);
});

test.each([
  ['a\\n\\r\\t\\f\\b', '610a0d090c08'],
  ['\\"\\\\\\/', '225c2f'],
  ['\\u0041\\u20ac', '41e282ac'],
  ['\\ud83d\\ude00', 'f09f9880'],
  ['\\u00g1', '30306731'],
  ['a\\', '615c'],
])('escapes of JSON %j are %s', (text, expected) => {
  expect(hex(jsonDecoded(Buffer.from(text)))).toBe(expected);
});
