import { describe, expect, test } from 'vitest';
import { compilePath, Matcher, normalPath } from './match.ts';

const takes = (path: string, target: string): boolean => {
  const pattern = compilePath(path);
  if (typeof pattern === 'string') throw new Error(pattern);
  return pattern.test(target);
};

test.each([
  ['/', '/', true],
  ['/', '/a', false],
  ['/a', '/a', true],
  ['/a', '/a/', false],
  ['/a/', '/a/', true],
  ['/a.b', '/axb', false],
  ['/a+(b)', '/a+(b)', true],
  ['/a/{x}/b', '/a/1/b', true],
  ['/a/{x}/b', '/a//b', false],
  ['/a/{x}/b', '/a/1/2/b', false],
  ['/a/{x}:predict', '/a/m:predict', true],
  ['/a/{x}:predict', '/a/:predict', false],
  ['/a/{x*}', '/a/b/c', true],
  ['/a/{x*}', '/a', false],
  ['/a/{x*}', '/a/', false],
  ['/a/{x*}/c', '/a/b/c', true],
  ['/a/**', '/a', true],
  ['/a/**', '/a/', true],
  ['/a/**', '/a/b/c', true],
  ['/a/**', '/ab', false],
  ['/**', '/', true],
  ['/**', '/a', true],
])('%s takes %s: %s', (path, target, is) => expect(takes(path, target)).toBe(is));

test.each(['/a{', '/{a}b', '/*', '/a/**/b', '/{a}:B', '/./a', '/../a', '/a//b'])('%s is no path', (path) => {
  expect(typeof compilePath(path)).toBe('string');
});

test.each([
  ['/a/b?c=//d', '/a/b'],
  ['/a%20b', '/a b'],
  ['/%C3%A9', '/é'],
  ['/...', '/...'],
  ['a', null],
  ['', null],
  ['//a', null],
  ['/a//b', null],
  ['/a\\b', null],
  ['/a#b', null],
  ['/a b', null],
  ['/é', null],
  ['/%', null],
  ['/%2', null],
  ['/%zz', null],
  ['/a%2fb', '/a%2Fb'],
  ['/a%2f%2fb', null],
  ['/a%2f..%2fb', null],
  ['/a/..;/b', null],
  ['/a/..;x=1/b', null],
  ['/a/.;/b', null],
  ['/a/..%3b/b', null],
  ['/a/b;x=1', '/a/b;x=1'],
  ['/a%2E', null],
  ['/a%5c', null],
  ['/a%0a', null],
  ['/a%1F', null],
  ['/a%7f', null],
  ['/a%25', null],
  ['/./a', null],
  ['/a/..', null],
  ['/%C3', null],
  ['/~', '/~'],
])('%j is read as %j', (target, path) => expect(normalPath(target)).toBe(path));

describe('routes', () => {
  const route = (path: string, ...methods: string[]) => ({ path, methods });
  const routes = [
    route('/**', 'GET'),
    route('/a/{x}', 'GET', 'POST'),
    route('/a/{x}:go', 'POST'),
    route('/a/b', 'PUT'),
    route('/a{', 'GET'),
  ];
  const found = (path: string, method: string) => {
    const { route: one, methods } = new Matcher(routes).find(path, method);
    return [one?.path ?? null, methods];
  };

  test('an escaped slash needs a route of names with slashes', () => {
    const matcher = new Matcher([route('/m/{x*}', 'GET'), route('/a/{x}', 'GET')]);
    expect(matcher.find('/m/org%2Fname', 'GET').route?.path).toBe('/m/{x*}');
    expect(matcher.find('/m/org/name', 'GET').route?.path).toBe('/m/{x*}');
    expect(matcher.find('/a/org%2Fname', 'GET').route).toBeNull();
  });

  test('without wildcards come first, those of everything last', () => {
    expect(found('/a/b', 'PUT')).toEqual(['/a/b', ['PUT']]);
    expect(found('/a/b', 'GET')).toEqual(['/a/{x}', ['GET', 'POST']]);
    expect(found('/a/m:go', 'POST')).toEqual(['/a/{x}:go', ['POST']]);
    expect(found('/z', 'GET')).toEqual(['/**', ['GET']]);
    expect(found('/a/b', 'DELETE')).toEqual([null, ['PUT', 'GET', 'POST', 'GET']]);
  });
});
