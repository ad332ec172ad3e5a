import { expect, test } from 'vitest';
import { componentsFrom } from './components.js';

const of = (edges: Readonly<Record<string, string>>, start: string): string[] =>
  componentsFrom(
    start,
    (node) => [...(edges[node] ?? '')],
    () => {},
  ).map((group) => group.toSorted().join(''));

test.each<[string, Record<string, string>, string[]]>([
  ['one by itself', {}, ['a']],
  ['itself', { a: 'a' }, ['a']],
  ['a chain comes from its end', { a: 'b', b: 'c' }, ['c', 'b', 'a']],
  ['a circle is one group', { a: 'b', b: 'c', c: 'a' }, ['abc']],
  ['a circle behind another', { a: 'b', b: 'ac', c: 'd', d: 'c' }, ['cd', 'ab']],
  ['a node that two lead to comes once', { a: 'bc', b: 'd', c: 'd' }, ['d', 'b', 'c', 'a']],
  ['two circles that share a node', { a: 'b', b: 'ac', c: 'b' }, ['abc']],
])('%s', (_name, edges, groups) => expect(of(edges, 'a')).toEqual(groups));

test('a long chain needs no stack', () => {
  const groups = componentsFrom(
    0,
    (node) => (node < 100_000 ? [node + 1] : []),
    () => {},
  );
  expect(groups).toHaveLength(100_001);
});
