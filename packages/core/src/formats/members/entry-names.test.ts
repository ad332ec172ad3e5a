import { expect, test } from 'vitest';
import { EntryNames, nthName } from './entry-names.js';

test('names are counted as they land, and told apart by their case', () => {
  const names = new EntryNames();
  expect(['a/b', 'a//b', 'x', './a/b', 'A/b', 'A/b', 'a/B', 'X', 'x'].map((name) => names.add(name))).toEqual([
    { occurrence: 1, foldedFrom: null },
    { occurrence: 2, foldedFrom: null },
    { occurrence: 1, foldedFrom: null },
    { occurrence: 3, foldedFrom: null },
    { occurrence: 1, foldedFrom: 'a/b' },
    { occurrence: 2, foldedFrom: null },
    { occurrence: 1, foldedFrom: 'a/b' },
    { occurrence: 1, foldedFrom: 'x' },
    { occurrence: 2, foldedFrom: null },
  ]);
});

test('the first of a name needs no number', () => {
  expect([nthName('a', 1), nthName('a', 2)]).toEqual(['a', 'a [2]']);
});
