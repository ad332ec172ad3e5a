import { describe, expect, test } from 'vitest';
import { entryPathProblems, linkEscape, normalEntryName, quoteName } from './entry-path.js';

const problems = (name: string): string[] => entryPathProblems(name).map(({ problem }) => problem);

describe('entryPathProblems', () => {
  test.each([
    ['../x', ['parent-directory']],
    ['a/../../x', ['parent-directory']],
    ['a/..//../x', ['parent-directory']],
    ['..', ['parent-directory']],
    ['/etc/passwd', ['absolute']],
    ['//server/share', ['absolute']],
    ['\\\\server\\share\\x', ['absolute']],
    ['/../x', ['absolute', 'parent-directory']],
    ['C:/x', ['drive-letter']],
    ['c:\\x', ['drive-letter']],
    ['C:..\\x', ['drive-letter']],
    ['..\\x', ['backslash']],
    ['a\\..\\..\\x', ['backslash']],
    ['a/..\\..\\x', ['backslash']],
    ['\\x', ['backslash']],
    ['a\0.txt', ['nul-byte']],
  ])('reports %j', (name, expected) => {
    expect(problems(name)).toEqual(expected);
  });

  test.each([
    'a',
    'a/b.pkl',
    'a/../b',
    './a',
    'a//b',
    '...',
    'a/..b',
    'a..',
    '.data/x',
    'dir\\file',
    'a\\..\\b',
    'w:0.npy',
    'C:',
    'ab:/x',
    '',
    'ü/é',
  ])('is quiet on %j', (name) => {
    expect(problems(name)).toEqual([]);
  });
});

describe('linkEscape', () => {
  test.each([
    ['a/b', '../x', 'symlink', false],
    ['a', 'b', 'symlink', false],
    ['a/b/c', '../../x', 'symlink', false],
    ['a/b', '../../x', 'symlink', true],
    ['a', '..', 'symlink', true],
    ['a', '/etc', 'symlink', true],
    ['a', 'C:\\x', 'symlink', true],
    ['a', '..\\x', 'symlink', true],
    ['a/b', 'c/d', 'hardlink', false],
    ['a/b', '../x', 'hardlink', true],
    ['a/b', '/x', 'hardlink', true],
  ] as const)('%s -> %s as a %s: %s', (name, target, kind, escapes) => {
    expect(linkEscape(name, target, kind) !== null).toBe(escapes);
  });
});

test.each([
  ['a/./b', 'a/b'],
  ['a//b', 'a/b'],
  ['./a', 'a'],
  ['a/x/../b', 'a/b'],
  ['../a', '../a'],
  ['a/b/', 'a/b'],
  ['a.b/c', 'a.b/c'],
])('%s lands where %s does', (name, expected) => {
  expect(normalEntryName(name)).toBe(expected);
});

test('a long name is cut for people', () => {
  expect(quoteName('x'.repeat(161))).toBe(`'${'x'.repeat(160)}…' (161 characters)`);
  expect(quoteName('x'.repeat(160))).toBe(`'${'x'.repeat(160)}'`);
  expect(quoteName('a')).toBe("'a'");
});

test.each([
  ['a/b', 'a/b'],
  ['a//b/', 'a/b'],
  ['./a/./b', 'a/b'],
  ['a/../b', 'b'],
  ['a/b/../../c', 'c'],
  ['../a', '../a'],
  ['../../a', '../../a'],
  ['../a/../b', '../b'],
  ['a/../../b', '../b'],
  ['..', '..'],
  ['.', ''],
  ['a..b/...c', 'a..b/...c'],
])('%s lands at %s', (name, normal) => expect(normalEntryName(name)).toBe(normal));
