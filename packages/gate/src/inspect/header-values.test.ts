import { expect, test } from 'vitest';
import { headerLeaves } from './header-values.ts';

const leaves = (value: string): string[] => [...headerLeaves(value)].map((leaf) => leaf.toString('latin1'));

test.each<[string, string[]]>([
  ['', ['']],
  ['a', ['a']],
  ['a; b', ['a; b', 'a', 'b']],
  ['a=1;b=2', ['a=1;b=2', '1', '2']],
  ['a;', ['a;', 'a']],
  // Quotes and escapes; a semicolon in them separates nothing.
  ['a="x;y";b=z', ['a="x;y";b=z', 'x;y', 'z']],
  ['a="x\\"y;";b=z', ['a="x\\"y;";b=z', 'x"y;', 'z']],
  ['a=x\\;b=y', ['a=x\\;b=y', 'x\\', 'y']],
  ['a="x', ['a="x', 'x']],
  ['a="', ['a="', '']],
  ['a=""', ['a=""', '']],
  [' A = " x " ', [' A = " x " ', ' x ']],
  // Extended values: behind the name of an encoding and of a language.
  ["a*=utf-8''%41b", ["a*=utf-8''%41b", "utf-8''%41b", 'Ab']],
  ["a*=utf-8'en'%41b", ["a*=utf-8'en'%41b", "utf-8'en'%41b", 'Ab']],
  ["a*=x'y", ["a*=x'y", "x'y", "x'y"]],
  ['a=%41', ['a=%41', '%41', 'A']],
  ['a=b', ['a=b', 'b']],
  // Continued ones, together as well.
  ['f*0=ab;f*1=cd', ['f*0=ab;f*1=cd', 'ab', 'ab', 'cd', 'cd', 'abcd']],
  ['F*0=ab;f*1*=%43d;g*0=x', ['F*0=ab;f*1*=%43d;g*0=x', 'ab', 'ab', '%43d', 'Cd', 'x', 'x', 'abCd']],
  // Encoded words.
  ['=?utf-8?b?YWI=?=', ['=?utf-8?b?YWI=?=', '?utf-8?b?YWI=?=', 'ab']],
  [
    '=?utf-8?B?YWI=?= =?x?q?c=64?=',
    ['=?utf-8?B?YWI=?= =?x?q?c=64?=', '?utf-8?B?YWI=?= =?x?q?c=64?=', 'ab', 'cd', 'abcd'],
  ],
  ['=?utf-8?x?YWI=?=', ['=?utf-8?x?YWI=?=', '?utf-8?x?YWI=?=']],
  ['=?utf-8?b?YWI=', ['=?utf-8?b?YWI=', '?utf-8?b?YWI=']],
  ['x =?a?b?YQ==?=', ['x =?a?b?YQ==?=', '?a?b?YQ==?=', 'a']],
])('%j holds %j', (value, expected) => expect(leaves(value)).toEqual(expected));

test('the head of an encoded word has 64 bytes at most', () => {
  const word = (length: number): string => `=?${'c'.repeat(length)}?b?YWI=?=`;
  expect(leaves(word(60))).toContain('ab');
  expect(leaves(word(61))).not.toContain('ab');
});
