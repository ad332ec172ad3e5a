import { describe, expect, test } from 'vitest';
import { TemplateError } from './errors.js';
import { tokenize, type LexerOptions } from './tokens.js';

const PLAIN: LexerOptions = { trimBlocks: false, lstripBlocks: false };
const CHAT: LexerOptions = { trimBlocks: true, lstripBlocks: true };
const SHORT: Readonly<Record<string, string>> = {
  variable_begin: '{{',
  variable_end: '}}',
  block_begin: '{%',
  block_end: '%}',
};

/** Tokens in short: texts in quotes, names and operators as they are, digits with their kind. */
function tokens(text: string, options = PLAIN): string[] {
  return tokenize(text, options, 100)
    .slice(0, -1)
    .map(
      ({ type, value }) =>
        SHORT[type] ?? (type === 'name' || type === 'operator' ? value : `${type} ${JSON.stringify(value)}`),
    );
}

/** Data in its pieces. */
const data = (text: string, options = PLAIN): string[] =>
  tokenize(text, options, 100).flatMap(({ type, value }) => (type === 'data' ? [value] : []));

/** What is within a tag. */
const inside = (text: string): string[] => tokens(`{{${text}}}`).slice(1, -1);

describe('text and tags', () => {
  test.each<readonly [string, readonly string[]]>([
    ['', []],
    ['a', ['data "a"']],
    ['a{b', ['data "a{b"']],
    ['a{', ['data "a{"']],
    ['{ {', ['data "{ {"']],
    ['{{{x}}}', ['{{', '{', 'x', '}', '}}']],
    ['{a{{x}}b', ['data "{a"', '{{', 'x', '}}', 'data "b"']],
    ['{{x}}{{y}}', ['{{', 'x', '}}', '{{', 'y', '}}']],
    ['{%if%}', ['{%', 'if', '%}']],
    ['{#{{x}}#}a', ['data "a"']],
    ['{##}a', ['data "a"']],
    ['{#-#}a', ['data "a"']],
    ['{{ {"}}": 1}["}}"] }}', ['{{', '{', 'string "}}"', ':', 'integer "1"', '}', '[', 'string "}}"', ']', '}}']],
    ['{{ x', ['{{', 'x']],
  ])('%j', (text, expected) => expect(tokens(text)).toEqual(expected));

  test('offsets are those of the text', () => {
    expect(tokenize('ab{{ x+1 }}', PLAIN, 100).map(({ from }) => from)).toEqual([0, 2, 5, 6, 7, 9, 11]);
  });

  test.each([
    ['{# a', 'Missing end of comment tag'],
    ['{% raw %} a', 'Missing end of raw directive'],
    ['{{ (] }}', "unexpected ']'"],
    ['{{ ) }}', "unexpected ')'"],
    ['{{ ! }}', 'unexpected character "!"'],
    ['{{ \u00b2 }}', 'Invalid character in identifier'],
    ["{{ '\\x1' }}", 'a string literal with an escape that Python does not know'],
    ["{{ 'a }}", 'unexpected character "\'"'],
  ])('%j is an error', (text, message) => {
    expect(() => tokens(text)).toThrow(message);
  });

  test('nothing behind the beginning of a comment or of raw text is no error', () => {
    expect(tokens('a{#')).toEqual(['data "a"']);
    expect(tokens('a{% raw %}')).toEqual(['data "a"']);
  });

  test('as many tokens as are allowed, with the end', () => {
    expect(tokenize('{{x}}', PLAIN, 4)).toHaveLength(4);
    expect(() => tokenize('{{x}}', PLAIN, 3)).toThrow(new TemplateError('more than 3 tokens', 5, true));
  });
});

describe('white space', () => {
  test.each<readonly [string, readonly string[]]>([
    ['a \n {{- x -}} \n b', ['a', 'b']],
    ['a \n {{+ x }} \n b', ['a \n ', ' \n b']],
    ['a \n {%- if -%} \n b', ['a', 'b']],
    ['a \n {%+ if +%} \n b', ['a \n ', ' \n b']],
    ['a \n {#- c -#} \n b', ['a', 'b']],
    ['a \n {# c +#} \n b', ['a \n ', ' \n b']],
    [' \n {{- x }}', []],
  ])('%j is stripped where it says so', (text, expected) => expect(data(text)).toEqual(expected));

  test.each<readonly [string, readonly string[]]>([
    ['a\n  {% if %}\nb', ['a\n', 'b']],
    ['  {% if %}  b', ['  b']],
    ['a  {% if %}\n\nb', ['a  ', '\nb']],
    ['a\n  {%+ if +%}\nb', ['a\n  ', '\nb']],
    ['a\n  {# c #}\nb', ['a\n', 'b']],
    ['a\n  {{ x }}\nb', ['a\n  ', '\nb']],
    ['{% if %}  {% if %}', ['  ']],
    ['{% if %}\n  {% if %}', []],
    ['{{ x }}  {% if %}', ['  ']],
    ['\n\n  {% if %}', ['\n\n']],
    ['{# c #}\n  {% if %}', []],
  ])('%j loses the line of a block where the program says so', (text, expected) =>
    expect(data(text, CHAT)).toEqual(expected),
  );

  test('without these options lines stay', () => {
    expect(data('a\n  {% if %}\nb')).toEqual(['a\n  ', '\nb']);
    expect(data('a\n  {% if %}\nb', { trimBlocks: true, lstripBlocks: false })).toEqual(['a\n  ', 'b']);
    expect(data('a\n  {% if %}\nb', { trimBlocks: false, lstripBlocks: true })).toEqual(['a\n', '\nb']);
  });
});

describe('raw text', () => {
  test.each<readonly [string, readonly string[]]>([
    ['{% raw %}{{ x }}{% endraw %}', ['{{ x }}']],
    ['{%raw%} a {%endraw%}', [' a ']],
    ['{% raw -%} a {%- endraw -%} b', ['a', 'b']],
    ['{%- raw %} a {% endraw %} b', [' a ', ' b']],
    ['a {%- raw %}b{% endraw %}', ['a', 'b']],
    ['{% raw %}{% a %}{% endra %}{% endraw x %}{% endraw %}', ['{% a %}{% endra %}{% endraw x %}']],
    ['{% raw %}{% endraw +%}\nb', ['\nb']],
    ['{% raw %}{% endraw %}{% raw %}c{% endraw %}', ['c']],
  ])('%j', (text, expected) => expect(data(text)).toEqual(expected));

  test.each(['{% rawx %}', '{% raw x %}', '{% ra %}', '{% raw +%}'])('%s is none', (text) => {
    expect(tokens(text)[0]).toBe('{%');
  });
});

describe('numbers', () => {
  test.each<readonly [string, readonly string[]]>([
    ['0', ['integer "0"']],
    ['00', ['integer "00"']],
    ['0_0', ['integer "00"']],
    ['01', ['integer "0"', 'integer "1"']],
    ['12_345', ['integer "12345"']],
    ['9', ['integer "9"']],
    ['0b101', ['integer "0b101"']],
    ['0b_1', ['integer "0b1"']],
    ['0B1', ['integer "0B1"']],
    ['0b2', ['integer "0"', 'b2']],
    ['0o17', ['integer "0o17"']],
    ['0o8', ['integer "0"', 'o8']],
    ['0xaF9', ['integer "0xaF9"']],
    ['0x_f', ['integer "0xf"']],
    ['0xg', ['integer "0"', 'xg']],
    ['1.5', ['float "1.5"']],
    ['1_0.5_0', ['float "10.50"']],
    ['1e5', ['float "1e5"']],
    ['1E+5', ['float "1E+5"']],
    ['1.5e-5', ['float "1.5e-5"']],
    ['1.e5', ['integer "1"', '.', 'e5']],
    ['1e', ['integer "1"', 'e']],
    ['1.', ['integer "1"', '.']],
    ['a.1.2', ['a', '.', 'integer "1"', '.', 'integer "2"']],
    ['1__0', ['integer "1"', '__0']],
    ['1_', ['integer "1"', '_']],
    ['1\u0661', ['integer "1\u0661"']],
  ])('%s', (text, expected) => expect(inside(text)).toEqual(expected));

  test('floats with other digits are an error', () => {
    expect(() => inside('\u0661.5')).toThrow('invalid number');
  });
});

describe('names, texts and operators', () => {
  test.each<readonly [string, readonly string[]]>([
    ['_a1', ['_a1']],
    ['\u00e9\u0301a', ['\u00e9\u0301a']],
    ['\'a\' "b"', ['string "a"', 'string "b"']],
    [String.raw`'a\'b'`, ['string "a\'b"']],
    [String.raw`'\\'`, ['string "\\\\"']],
    ["''", ['string ""']],
    ['a//b**c', ['a', '//', 'b', '**', 'c']],
    ['a==b!=c>=d<=e', ['a', '==', 'b', '!=', 'c', '>=', 'd', '<=', 'e']],
    ['a<b>c=d', ['a', '<', 'b', '>', 'c', '=', 'd']],
    ['[(a)]', ['[', '(', 'a', ')', ']']],
    ['a|b~c;', ['a', '|', 'b', '~', 'c', ';']],
    [' \t\n\u00a0a\u2028', ['a']],
  ])('%j', (text, expected) => expect(inside(text)).toEqual(expected));

  test('a character that is not known makes a text uncertain', () => {
    const uncertain = (text: string) => tokenize(`{{${text}}}`, PLAIN, 100)[1]?.uncertain;
    expect([uncertain(String.raw`'\N{low line}'`), uncertain(String.raw`'\N{black heart suit}'`)]).toEqual([
      undefined,
      true,
    ]);
  });
});
