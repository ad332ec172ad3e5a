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

/** The longest that can be written, by their bytes. */
test.each([
  ['x'.repeat(255), null],
  ['x'.repeat(256), 'a part of its name is longer than file systems take'],
  ['ü'.repeat(128), 'a part of its name is longer than file systems take'],
  [`${'x/'.repeat(2047)}xx`, null],
  [`${'x/'.repeat(2047)}xxx`, 'its name is longer than a path can be'],
  [`${'ü/'.repeat(1365)}xx`, 'its name is longer than a path can be'],
])('the length of a name', (path, problem) => {
  expect(nameProblem(path, 'linux')).toBe(problem);
});

test('each reason is said', () => {
  expect(['a//b', 'a\nb', 'a\\b'].map((path) => nameProblem(path, 'linux'))).toEqual([
    'its name has an empty part, . or ..',
    'its name has control characters',
    'its name has a backslash, which Windows takes for a slash',
  ]);
  expect(nameProblem('aux.h', 'win32')).toBe('Windows has another meaning for its name');
  expect(['a/b.c', 'console', 'com', 'lpt10', 'a.b'].map((path) => nameProblem(path, 'win32'))).toEqual(
    Array(5).fill(null),
  );
});

describe('together', () => {
  test('a name that cannot be written, and folders of any depth', () => {
    expect(nameProblems(files('a\\b', 'c'), 'linux')).toEqual([
      'a\\b: its name has a backslash, which Windows takes for a slash',
    ]);
    expect(nameProblems(files('a/b/c', 'a/b'), 'linux')).toEqual(['a/b: a folder has this name as well']);
    expect(nameProblems(files('a/b/c', 'A/B'), 'win32')).toEqual(['A/B: a folder has this name as well']);
    expect(nameProblems(files('a', 'a'), 'linux')).toEqual(['a: another file has this name']);
    expect(nameProblems(files('a', 'A'), 'win32')).toEqual(['A: another file has this name, but for its case']);
  });

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
