import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refuseGlob } from './glob-syntax.js';
import { matchesAny, matchesGlob } from './glob.js';

test.each([
  ['vendor/**', 'vendor/a.pt'],
  ['vendor/**', 'vendor/a/b/c.pt'],
  ['**/*.pkl', 'a.pkl'],
  ['**/*.pkl', 'x/.hidden/a.pkl'],
  ['a/**/z', 'a/z'],
  ['a/**/z', 'a/b/c/z'],
  ['*.pkl', '.pkl'],
  ['model-?.pt', 'model-é.pt'],
  ['a*b*c', 'a1b2b3c'],
  ['/srv/**', '/srv/x'],
  ['**', 'a/b'],
])('%s names %s', (glob, path) => {
  expect(matchesGlob(glob, path)).toBe(true);
});

test.each([
  ['vendor/*', 'vendor/a/b.pt'],
  ['vendor/**', 'vendors/a.pt'],
  ['vendor/**', 'x/vendor/a.pt'],
  ['*.pkl', 'a/b.pkl'],
  ['model-?.pt', 'model-.pt'],
  ['a.pt', 'aXpt'],
  ['a/**/z', 'a/bz'],
  ['Vendor/**', 'vendor/a'],
])('%s does not name %s', (glob, path) => {
  expect(matchesGlob(glob, path)).toBe(false);
});

test('an exclamation mark takes artifacts out again, anywhere in the list', () => {
  expect(matchesAny(['vendor/**', '!vendor/own/**'], 'vendor/a.pt', '/r/vendor/a.pt')).toBe(true);
  expect(matchesAny(['!vendor/own/**', 'vendor/**'], 'vendor/own/a.pt', '/r/vendor/own/a.pt')).toBe(false);
  expect(matchesAny(['/r/**', '!own/**'], 'own/a.pt', '/r/own/a.pt')).toBe(false);
  expect(matchesAny(['/r/**'], 'own/a.pt', '/r/own/a.pt')).toBe(true);
});

test.each([
  ['', /empty/],
  ['!', /empty/],
  ['a\\b', /separated by \//],
  ['a[0]', /"\[" is not supported/],
  ['{a,b}', /not supported/],
  ['+(a)', /not supported/],
  ['vendor/', /write "vendor\/\*\*"/],
  ['./a', /from the folder of the policy/],
  ['a/../b', /from the folder of the policy/],
  ['/../b', /from the folder of the policy/],
  ['a//b', /an empty name/],
  ['a**', /stands alone/],
  ['a'.repeat(257), /more than 256/],
])('%j is refused', (glob, reason) => {
  expect(refuseGlob(glob)).toMatch(reason);
});

/** The same language as a regular expression: right, and slow where somebody wants it to be. */
function asRegExp(glob: string): RegExp {
  const segments = glob.split('/');
  const source = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '**') return last ? '(?:[^/]+(?:/[^/]+)*)?' : '(?:[^/]+/)*';
    const name = segment
      .replace(/[.+^$|]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]');
    return last ? name : `${name}/`;
  });
  // A last `**` may also stand for nothing, and then the slash before it is not there.
  return new RegExp(`^${source.join('')}$`, 'u');
}

describe('properties', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 4 });
  const part = fc.oneof(
    fc
      .string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 5 })
      .filter((s) => !s.includes('**')),
    fc.constant('**'),
  );

  test('names what the regular expression of the glob names', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 5 }),
        fc.array(name, { minLength: 1, maxLength: 5 }),
        (parts, names) => {
          // `a/**` names what lies below a, and a itself no more than a regular expression with its slash does.
          fc.pre(parts.at(-1) !== '**' || parts.length === 1);
          expect(matchesGlob(parts.join('/'), names.join('/'))).toBe(asRegExp(parts.join('/')).test(names.join('/')));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('a glob built to be slow comes to an end (CWE-1333)', () => {
    const glob = `${'*a'.repeat(100)}b`;
    expect(matchesGlob(glob, 'a'.repeat(4096))).toBe(false);
    expect(matchesGlob(`${'**/a/'.repeat(50)}b`, `${'a/'.repeat(2000)}c`)).toBe(false);
  });
});
