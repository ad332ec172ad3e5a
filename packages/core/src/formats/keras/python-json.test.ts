import { describe, expect, test } from 'vitest';
import { parsePythonJson } from './python-json.js';

const parse = (text: string): unknown => parsePythonJson(new TextEncoder().encode(text));

describe('what json.loads reads', () => {
  test.each<[string, unknown]>([
    ['{"a": [1, "b", null]}', { a: [1, 'b', null] }],
    ['NaN', null],
    ['[Infinity,-Infinity]', [null, null]],
    ['{"a":NaN,"b":-Infinity}', { a: null, b: null }],
    ['[NaN, "NaN", "-Infinity", 1]', [null, 'NaN', '-Infinity', 1]],
    ['[NaN, "a\\"NaN", -1, "\\\\", NaN]', [null, 'a"NaN', -1, '\\', null]],
    ['["I",NaN]', ['I', null]],
  ])('%s', (text, value) => {
    expect(parse(text)).toEqual({ value });
  });
});

describe('what cannot be read', () => {
  const problem = 'it is no JSON';

  test.each([
    ['[Infinit]', false],
    ['-NaN', false],
    ['[1 NaN]', false],
    ['["NaN', false],
    ['["NaN\\', false],
    ['"class_name" x', true],
    ['class', false],
    ['"\\u0063lass_name', true],
    ['c\0l\0', true],
  ])('%s may name classes: %s', (text, mayNameClasses) => {
    expect(parse(text)).toEqual({ problem, mayNameClasses });
  });

  test('what is no UTF-8 may name classes', () => {
    expect(parsePythonJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
      problem: 'it is no UTF-8',
      mayNameClasses: true,
    });
  });
});
