import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from './parse-json.js';
import { isList, isMap, type Tree } from './tree.js';

/** As JSON.parse gives it: of equal keys the last one. */
function plain(tree: Tree): unknown {
  if (isList(tree)) return tree.items.map(plain);
  if (!isMap(tree)) return tree;
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]));
}

function read(text: string): Tree {
  const parsed = parseJson(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

describe('JSON with all of its keys', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        fc.pre(!text.includes('__proto__'));
        expect(plain(read(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('refuses what JSON.parse refuses, but for the numbers of Python', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', ':', '\\', 'x'), (json, at, other) => {
        const cut = json.length === 0 ? 0 : at % json.length;
        const text = `${json.slice(0, cut)}${other}${json.slice(cut + 1)}`;
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) expect(parseJson(text)).toHaveProperty('value');
      }),
    );
  });

  test('equal keys, escapes, and where keys stand', () => {
    const tree = read('{"a": 1, "\\u0061": [2]}');
    expect(isMap(tree) && tree.entries.map(({ key, at }) => [key, at])).toEqual([
      ['a', 1],
      ['a', 9],
    ]);
  });

  test('numbers that only Python reads', () => {
    expect(plain(read('[NaN, -Infinity, Infinity, -1.5e3]'))).toEqual([null, null, null, -1500]);
  });

  test.each(['', '{', '{"a"', '{"a":', '{"a":1', '[1', '[1,', '"a', '{"a":1}x', '{a:1}', '[1 2]', 'nul', '{"a" 1}'])(
    'is no JSON: %s',
    (text) => {
      expect(parseJson(text)).toHaveProperty('problem');
    },
  );

  test('any depth', () => {
    const depth = 300_000;
    expect(parseJson(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`)).toHaveProperty('value');
    expect(parseJson('['.repeat(depth))).toHaveProperty('problem');
  });

  test.each<[string, string, number]>([
    ['', 'it ends too early', 0],
    ['  ', 'it ends too early', 2],
    ['[1,', 'it ends too early', 3],
    ['[x]', 'a value is expected', 1],
    ['{a:1}', 'a key is expected', 1],
    ['{"a" 1}', 'a key is expected', 1],
    ['{"a": 1, }', 'a key is expected', 9],
    ['"a', 'a string does not end', 0],
    ['[1 2]', 'a comma or an end is expected', 3],
    ['[1}', 'a comma or an end is expected', 2],
    ['{"a": 1]', 'a comma or an end is expected', 7],
    ['1 x', 'more follows behind the value', 2],
  ])('says what is wrong and where: %j', (text, problem, at) => expect(parseJson(text)).toEqual({ problem, at }));

  test('a byte order mark, escapes, and what stands for itself', () => {
    expect(read('\ufeff[1]')).toEqual({ kind: 'list', items: [1] });
    expect(read('"\\b\\f\\n\\r\\t\\/\\\\\\"\\u00e9\\ud83d\\ude00"')).toBe('\b\f\n\r\t/\\"é😀');
    expect(read('"\\q\\u12"')).toBe('qu12');
    expect(read('"\\u00e9f"')).toBe('éf');
  });

  test('where each key stands', () => {
    const tree = read('{"a": {"b": 1},\n "c": []}');
    const at = (value: Tree): readonly number[] =>
      isMap(value) ? value.entries.flatMap((entry) => [entry.at, ...at(entry.value)]) : [];
    expect(at(tree)).toEqual([1, 7, 17]);
  });

  test('words and numbers', () => {
    expect(read('[true, false, null, 0, -1.5e+3, 12E2]')).toEqual({
      kind: 'list',
      items: [true, false, null, 0, -1500, 1200],
    });
    expect(read('{}')).toEqual({ kind: 'map', entries: [] });
    expect(read(' [ ] ')).toEqual({ kind: 'list', items: [] });
  });
});
