import { expect, test } from 'vitest';
import { LONGEST_SOFT_END } from '../model/limits.ts';
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
  // White space within a pair: from the tab to the carriage return.
  ['8\t004', '8004'],
  ['8\v004', '8004'],
  ['8\r004', '8004'],
  ['8\x08004', null],
  ['8\x0e004', null],
  ['8!004', null],
  ['', ''],
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
  // White space around a literal is no part of it.
  ["  b'\\x41'\n ", '41'],
  [" \t'\\x41'\t ", '41'],
  ["!'\\x41'", '21274127'],
  ["'\\x41'!", '27412721'],
  [" '\\x41'", '41'],
  ["'\\x41' ", '41'],
  ['  \\x41', '202041'],
  ['  ', null],
  ["'", null],
  ["'''\\n'", null],
  // Two letters at most stand before the quote.
  ["rb'\\x41'", '41'],
  ["rbu'\\x41'", '726275274127'],
  ["'''\\n'''", '0a'],
  ["'\\n'", '0a'],
  ["''\\n''", '270a27'],
  ["'x'\\n'''", '78270a2727'],
  // One quote is no literal, and what a backslash ends is none.
  ["\\n'", '0a27'],
  ['\\', null],
  // Octal digits from 0 to 7, three at most, below 256.
  ['\\0', '00'],
  ['\\7', '07'],
  ['\\8', null],
  ['\\/', null],
  ['\\18', '0138'],
  ['\\400', '00'],
  ['\\xff', 'ff'],
  ['\\u00ff', 'ff'],
  ['\\u0100', 'c480'],
  ['\\u0100\\u0101', 'c480c481'],
  ['\\U00110000', 'f48fbfbf'],
  ['\\u0g41\\x41', '5c753067343141'],
  ['\\n\\q', '0a5c71'],
])('escapes %j are %s', (text, expected) => {
  expect(hex(backslashDecoded(Buffer.from(text)))).toBe(expected);
});

test.each([
  ['a%41%zz%4', false, 'aA%zz%4'],
  ['a+%2b', false, 'a++'],
  ['a+%2b', true, 'a +'],
  ['a+b', true, 'a b'],
  ['a+b', false, 'a+b'],
  ['', true, ''],
])('escapes of a URL %j, of a form: %s, are %j', (text, isForm, expected) => {
  expect(percentDecoded(Buffer.from(text), isForm).toString()).toBe(expected);
});

test('escapes of a URL count as they stand where nobody speaks of a form, and text without one is given as it is', () => {
  expect(percentDecoded(Buffer.from('a+%2b')).toString()).toBe('a++');
  const text = Buffer.from('a+b');
  expect(percentDecoded(text)).toBe(text);
  expect(percentDecoded(text, true)).not.toBe(text);
  const words = Buffer.from('a b');
  expect(percentDecoded(words, true)).toBe(words);
  expect(jsonDecoded(words)).toBe(words);
});

test.each([
  ['a\xc3\xa9', null],
  ['a\xff', 'a%FF'],
  // A first byte of a character without what follows it, within and at the end.
  ['\xc3(b', '%C3(b'],
  ['\xe2\x82', '%E2%82'],
  ['\x7f\x80\x80', '\x7f%80%80'],
  ['\xe0\xa0\x80\xff', '\xe0\xa0\x80%FF'],
  ['\xf0\x90\x80\x80\xff', '\xf0\x90\x80\x80%FF'],
  ['\xf0\x9f\x98\x80\xff', '\xf0\x9f\x98\x80%FF'],
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
  ['a=\n', '61'],
  ['a=\tx', '613d0978'],
  ['a=x\nb', '613d780a62'],
  // As many blanks as may stand before the end of a line, and one more.
  [`a=${' '.repeat(LONGEST_SOFT_END - 1)}\nb`, '6162'],
  [`a=${' '.repeat(LONGEST_SOFT_END)}\nb`, `613d${'20'.repeat(LONGEST_SOFT_END)}0a62`],
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
  ['\\u0041', '41'],
  ['\\u004', '303034'],
  ['\\ug041', '67303431'],
  // Halves of a pair that lie apart are none.
  ['\\ud83d\\n', 'efbfbd0a'],
  ['\\ud83d\\u0041', 'efbfbd41'],
  ['\\ud83dxu0041', 'efbfbd787530303431'],
  ['\\ud83d\\xde00', 'efbfbd7864653030'],
  ['\\ud83d\\ude00!', 'f09f988021'],
  ['\\ud83d\\udE00\\ude00', 'f09f9880efbfbd'],
])('escapes of JSON %j are %s', (text, expected) => {
  expect(hex(jsonDecoded(Buffer.from(text)))).toBe(expected);
});
