import { describe, expect, test } from 'vitest';
import { nameProblem, nameProblems } from './names.js';

const files = (...paths: readonly string[]) => paths.map((path) => ({ path }));

test.each(['model.pt', 'a/b/c.txt', '.gitattributes', 'ünï 漢字.txt', 'a b', '...', 'x..y', 'con.txt', 'a:b'])(
  '%j can be written',
  (path) => {
    expect(nameProblem(path, 'linux')).toBeNull();
  },
);

test.each([
  '',
  '/a',
  'a/',
  'a//b',
  '.',
  '..',
  'a/../b',
  'a/./b',
  'a\\b',
  'a\0b',
  'a\nb',
  'a\u202eb',
  '\ud800',
  'x'.repeat(256),
])('%j cannot', (path) => {
  expect(nameProblem(path, 'linux')).not.toBeNull();
});

test.each(['a:b', 'C:\\x', 'con', 'CON.txt', 'sub/nul', 'com¹', 'a.', 'a ', 'a?', 'x|y'])(
  '%j cannot on Windows',
  (path) => {
    expect(nameProblem(path, 'win32')).not.toBeNull();
  },
);

describe('together', () => {
  test('two names that are one on systems that ignore case', () => {
    expect(nameProblems(files('a/B.txt', 'A/b.txt'), 'linux')).toEqual([]);
    expect(nameProblems(files('a/B.txt', 'A/b.txt'), 'darwin')).toEqual([expect.stringContaining('but for its case')]);
    expect(nameProblems(files('caf\u00e9', 'cafe\u0301'), 'darwin')).toHaveLength(1);
  });

  test('the same name twice, a file that is a folder, the lock', () => {
    expect(nameProblems(files('a', 'a'), 'linux')).toEqual([expect.stringContaining('another file')]);
    expect(nameProblems(files('a', 'a/b'), 'linux')).toEqual(['a: a folder has this name as well']);
    expect(nameProblems(files('sentinel.lock'), 'linux')).toEqual(['sentinel.lock: the lock has this name']);
    expect(nameProblems(files('Sentinel.LOCK'), 'linux')).toEqual([]);
    expect(nameProblems(files('Sentinel.LOCK'), 'win32')).toHaveLength(1);
    expect(nameProblems(files('sub/sentinel.lock'), 'linux')).toEqual([]);
  });
});
