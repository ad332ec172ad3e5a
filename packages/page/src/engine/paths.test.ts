import { expect, test } from 'vitest';
import { comparePaths, rootOf } from './paths.js';

test.each([
  ['a', 'a', 0],
  ['a', 'b', -1],
  ['a/b', 'a', 1],
  ['a/b', 'a.b', -1],
  ['a/z', 'a/b/c', 1],
  ['ab', 'a', 1],
  ['Z', 'a', -1],
  ['\uffee', '\u{1f600}', -1],
  ['\u00e9', 'z', 1],
  ['a/b/c', 'a/b/d', -1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(comparePaths(a, b))).toBe(sign);
  expect(Math.sign(comparePaths(b, a)) + sign).toBe(0);
});

test.each([
  ['model/a.pkl', 'model'],
  ['model', 'model'],
  ['model2/a.pkl', 'model2'],
  ['modelled', 'modelled'],
])('%s lies in %s', (path, root) => {
  expect(rootOf(path, ['model', 'model2'])).toBe(root);
});
