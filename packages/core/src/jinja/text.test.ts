import { describe, expect, test } from 'vitest';
import { isAllSpace, isSpace, skipSpace, trimEnd } from './characters.js';
import { fieldsOf } from './format-fields.js';
import { unescapeString } from './strings.js';
import { templateText } from './text.js';

test.each([
  ['', '', [[0, 0, 1]]],
  [
    'ab',
    'ab',
    [
      [0, 0, 1],
      [2, 2, 1],
    ],
  ],
  [
    'a\nb\n',
    'a\nb',
    [
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 2],
      [3, 3, 2],
    ],
  ],
  [
    'a\r\nb\rc\n\n',
    'a\nb\nc\n',
    [
      [0, 0, 1],
      [1, 1, 1],
      [2, 3, 2],
      [3, 4, 2],
      [4, 5, 3],
      [6, 7, 4],
    ],
  ],
  [
    '\r\n\r\na',
    '\n\na',
    [
      [0, 0, 1],
      [1, 2, 2],
      [2, 4, 3],
    ],
  ],
] as const)('the text of %j, and where its characters stand', (given, text, positions) => {
  const source = templateText(given);
  expect(source.text).toBe(text);
  for (const [at, offset, line] of positions) expect([at, source.position(at)]).toEqual([at, { offset, line }]);
});

test('white space is that of Python', () => {
  for (const char of '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000')
    expect([char, isSpace(char.charCodeAt(0))]).toEqual([char, true]);
  for (const char of '\x08\x0e\x1b!\u0084\u0086\u200b\u180e\ufeff\u2060')
    expect([char, isSpace(char.charCodeAt(0))]).toEqual([char, false]);
  expect([skipSpace('a  b', 1), skipSpace('a  b', 0), skipSpace('a  ', 1)]).toEqual([3, 0, 3]);
  expect([trimEnd('a b \n'), trimEnd(' '), trimEnd('a'), trimEnd('')]).toEqual(['a b', '', 'a', '']);
  expect([isAllSpace(' \n'), isAllSpace(''), isAllSpace(' a')]).toEqual([true, false, false]);
});

describe('escapes of a text', () => {
  test.each<readonly [string, string | null]>([
    ['plain', 'plain'],
    [String.raw`a\\b\'c\"d`, 'a\\b\'c"d'],
    [String.raw`\a\b\f\n\r\t\v`, '\x07\b\f\n\r\t\v'],
    ['a\\\nb', 'ab'],
    [String.raw`\x5f\x5F`, '__'],
    [String.raw`\u005f\U0000005f\U0010ffff`, '__\u{10ffff}'],
    [String.raw`\137\7\0\18\400`, '_\x07\0\x018\u0100'],
    [String.raw`\1370`, '_0'],
    [String.raw`\8\z\_`, '\\8\\z\\_'],
    ['\\\u00e9', '\\xe9'],
    ['\\\u0100', '\\u0100'],
    ['\\\uffff', '\\uffff'],
    ['\\\u{10000}a', '\\U00010000a'],
    ['\\\u{1f600}', '\\U0001f600'],
    ['\u00e9', '\u00e9'],
    [String.raw`\N{LATIN CAPITAL LETTER Q}\N{latin small letter z}\N{DIGIT NINE}\N{FULL STOP}`, 'Qz9.'],
    [String.raw`\x5`, null],
    [String.raw`\x5g`, null],
    [String.raw`\u12`, null],
    [String.raw`\U00110000`, null],
    [String.raw`\N`, null],
    [String.raw`\N{`, null],
    [String.raw`\N{}`, null],
    [String.raw`\N {SPACE}`, null],
    ['\\', null],
  ])('%j', (raw, value) => {
    expect(unescapeString(raw)).toEqual(value === null ? null : { value, uncertain: false });
  });

  test('a name that is not known is uncertain, and so is the text around it', () => {
    expect(unescapeString(String.raw`a\N{SNOWMAN}b\n`)).toEqual({ value: 'a\ufffdb\n', uncertain: true });
  });
});

test.each<readonly [string, readonly string[] | null]>([
  ['', []],
  ['a', []],
  ['{}', []],
  ['{0}{name}', []],
  ['{0.a}', ['a']],
  ['{0.a[b].c}', ['a', 'b', 'c']],
  ['{.a}{[b]}', ['a', 'b']],
  ['{0.a!r:>10}', ['a']],
  ['{0!r:.a}', []],
  ['{{0.a}}', []],
  ['{{{0.a}}}', ['a']],
  ['a}}b{0.c}', ['c']],
  ['a}b', null],
  ['{', null],
  ['{0', null],
  ['{0:{1}}', null],
])('the fields of %j', (format, names) => expect(fieldsOf(format)).toEqual(names));
