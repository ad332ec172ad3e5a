import { expect, test } from 'vitest';
import { SHOWN_CONFIG_KEYS, SHOWN_KEY } from '../../model/limits.js';
import { parseJson } from './parse-json.js';
import { entriesIn, isList, isMap, keyPathOf, textsIn, valuesOf, type Tree } from './tree.js';

function tree(value: unknown): Tree {
  const parsed = parseJson(typeof value === 'string' ? value : JSON.stringify(value));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

test('what a value is', () => {
  const values = [tree({}), tree([]), null, 'x', 5, true, undefined];
  expect(values.map(isMap)).toEqual([true, false, false, false, false, false, false]);
  expect(values.map(isList)).toEqual([false, true, false, false, false, false, false]);
});

test('the values of a key, in their order', () => {
  const map = tree('{"a": 1, "b": 2, "a": 3}');
  expect(isMap(map) ? valuesOf(map, 'a').map(({ value, at }) => [value, at]) : []).toEqual([
    [1, 1],
    [3, 17],
  ]);
});

test('texts over all depths, in their order', () => {
  expect([...textsIn(tree(['a', { k: 'b', l: ['c', 5, null] }, 'd', [], {}]))]).toEqual(['a', 'b', 'c', 'd']);
  expect([...textsIn('x')]).toEqual(['x']);
  expect([...textsIn(5)]).toEqual([]);
});

const pathsOf = (value: unknown): readonly string[] => [...entriesIn(tree(value))].map(keyPathOf);

test('entries and where they lie', () => {
  expect(pathsOf({ a: { b: 1 }, c: [1, { d: 2 }, [{ e: 3 }]], f: null })).toEqual([
    'a',
    'a.b',
    'c',
    'c[1].d',
    'c[0].e',
    'f',
  ]);
  expect(pathsOf([{ a: 1 }, { b: 2 }])).toEqual(['[0].a', '[1].b']);
  expect(pathsOf('5')).toEqual([]);
});

test('the parents of an entry, and the map that holds it', () => {
  const visited = [...entriesIn(tree({ a: { b: 1, c: 2 } }))];
  expect(visited.map(({ parent }) => parent?.entry.key ?? null)).toEqual([null, 'a', 'a']);
  expect(visited.map(({ map }) => map.entries.length)).toEqual([1, 2, 2]);
  expect(visited.map(({ index }) => index)).toEqual([null, null, null]);
});

test('of a deep entry the last keys, of a long key its beginning', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : { [`k${depth}`]: nested(depth - 1) });
  const whole = pathsOf(nested(SHOWN_CONFIG_KEYS)).at(-1);
  expect(whole?.split('.')).toHaveLength(SHOWN_CONFIG_KEYS);
  expect(whole).not.toContain('…');
  const cut = pathsOf(nested(SHOWN_CONFIG_KEYS + 1)).at(-1);
  expect(cut?.startsWith(`….k${SHOWN_CONFIG_KEYS}.`)).toBe(true);
  expect(pathsOf({ ['x'.repeat(SHOWN_KEY + 1)]: 1 })).toEqual(['x'.repeat(SHOWN_KEY)]);
});
