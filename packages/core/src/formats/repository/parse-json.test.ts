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
});
