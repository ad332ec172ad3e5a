import { describe, expect, test } from 'vitest';
import { knowsRegistry, registryLogin } from './docker-config.js';

const HOME = { HOME: '/h' };
const CONFIG = '/h/.docker/config.json';

/** The login that these variables and files give for a registry; a document stands for its JSON. */
function loginOf(
  variables: Readonly<Record<string, string>>,
  files: Readonly<Record<string, unknown>>,
  host = 'r.example',
  repository = 'org/model',
) {
  const texts = new Map(
    Object.entries(files).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
  const context = {
    variable: (name: string) => variables[name],
    readText: (path: string) => texts.get(path) ?? null,
  };
  return { context, ...registryLogin(context, host, repository) };
}
const basicOf = (...given: Parameters<typeof loginOf>): string | null => loginOf(...given).basic;
const auths = (entries: Readonly<Record<string, string>>) => ({
  auths: Object.fromEntries(Object.entries(entries).map(([name, login]) => [name, { auth: btoa(login) }])),
});

describe('the files', () => {
  const own = auths({ 'r.example': 'a:b' });

  test.each([
    [HOME, CONFIG],
    [{ USERPROFILE: '/u' }, '/u/.docker/config.json'],
    [{ HOME: '', USERPROFILE: '/u' }, '/u/.docker/config.json'],
    [{ HOME: '/h', DOCKER_CONFIG: '/d' }, '/d/config.json'],
    [{ XDG_RUNTIME_DIR: '/run' }, '/run/containers/auth.json'],
    [{ REGISTRY_AUTH_FILE: '/auth.json' }, '/auth.json'],
  ])('of %j: %s', (variables, path) => {
    expect(basicOf(variables, { [path]: own })).toBe('a:b');
    expect(basicOf(variables, { '/elsewhere': own })).toBeNull();
  });

  test('are asked one after the other, and those that are none are passed over', () => {
    const variables = { ...HOME, REGISTRY_AUTH_FILE: '/first', XDG_RUNTIME_DIR: '/run' };
    const other = auths({ 'r.example': 'c:d' });
    expect(basicOf(variables, { '/first': own, [CONFIG]: other })).toBe('a:b');
    expect(basicOf(variables, { '/run/containers/auth.json': own, [CONFIG]: other })).toBe('a:b');
    for (const none of ['{', '5', 'null', '{}', '{"auths": 5}', '{"auths": {"r.example": 5}}'])
      expect(basicOf(variables, { '/first': none, [CONFIG]: other })).toBe('c:d');
  });
});

describe('the entry of a registry', () => {
  test.each([
    ['r.example'],
    ['r.example/org'],
    ['r.example/org/model'],
    ['https://r.example'],
    ['https://r.example/v1/'],
    ['https://r.example/v2/'],
  ])('is that of %s', (name) => expect(basicOf(HOME, { [CONFIG]: auths({ [name]: 'a:b' }) })).toBe('a:b'));

  test.each([['other.example'], ['r.example/other'], ['https://index.docker.io/v1/'], ['model']])(
    'is not that of %s',
    (name) => expect(basicOf(HOME, { [CONFIG]: auths({ [name]: 'a:b' }) })).toBeNull(),
  );

  test('is the most exact one', () => {
    const entries = {
      'https://r.example': '1:',
      'r.example': '2:',
      'r.example/org': '3:',
      'r.example/org/model': '4:',
    };
    const names = Object.keys(entries);
    for (let left = names.length; left > 0; left -= 1)
      expect(basicOf(HOME, { [CONFIG]: auths(Object.fromEntries(Object.entries(entries).slice(0, left))) })).toBe(
        `${left}:`,
      );
  });

  test.each(['docker.io', 'index.docker.io'])('of %s has the address of its first version as well', (host) => {
    for (const name of ['https://index.docker.io/v1/', 'index.docker.io'])
      expect(basicOf(HOME, { [CONFIG]: auths({ [name]: 'a:b' }) }, host)).toBe('a:b');
  });

  const entryOf = (entry: unknown) => {
    const { basic, identityToken } = loginOf(HOME, { [CONFIG]: { auths: { 'r.example': entry } } });
    return [basic, identityToken];
  };
  test.each([
    [{ auth: btoa('a:b') }, ['a:b', null]],
    [{ auth: ` ${btoa('a:b')}\n` }, ['a:b', null]],
    [{ auth: btoa('a:') }, ['a:', null]],
    [{ auth: btoa('ab') }, [null, null]],
    [{ auth: 'YTpi=YTpi' }, [null, null]],
    [{ auth: 'YTpiY' }, [null, null]],
    [{ auth: '' }, [null, null]],
    [{ auth: 5 }, [null, null]],
    [{ identitytoken: 'id' }, [null, 'id']],
    [{ identitytoken: 'a b' }, [null, null]],
    [{ identitytoken: 5 }, [null, null]],
    [{ auth: btoa('a:b'), identitytoken: 'id' }, ['a:b', 'id']],
    [[], [null, null]],
  ])('%j says %j', (entry, expected) => expect(entryOf(entry)).toEqual(expected));

  test('an entry that says nothing lets the next one speak', () => {
    const entries = { auths: { 'r.example/org': { auth: 'x' }, 'r.example': { auth: btoa('a:b') } } };
    expect(basicOf(HOME, { [CONFIG]: entries })).toBe('a:b');
  });
});

test.each([
  [{ credsStore: 'desktop' }, 'desktop'],
  [{ credsStore: '' }, null],
  [{ credsStore: 5 }, null],
  [{ credsStore: 'desktop', credHelpers: { 'r.example': 'own' } }, 'own'],
  [{ credsStore: 'desktop', credHelpers: { other: 'own' } }, 'desktop'],
  [{ credsStore: 'desktop', credHelpers: 5 }, 'desktop'],
  [{ credHelpers: { other: 'own' } }, null],
])('the helper of %j is %s', (config, helper) => {
  expect(loginOf(HOME, { [CONFIG]: config })).toMatchObject({ basic: null, identityToken: null, helper });
});

test('a login is better than a helper, and of helpers the first one is named', () => {
  const variables = { ...HOME, REGISTRY_AUTH_FILE: '/first' };
  const login = { ...auths({ 'r.example': 'a:b' }), credsStore: 'second' };
  expect(loginOf(variables, { '/first': { credsStore: 'first' }, [CONFIG]: login })).toMatchObject({
    basic: 'a:b',
    helper: null,
  });
  expect(loginOf(variables, { '/first': { credsStore: 'first' }, [CONFIG]: { credsStore: 'second' } }).helper).toBe(
    'first',
  );
});

test('a registry is known where somebody logged in to it', () => {
  const known = (entry: unknown, address = 'oci://r.example/org/model'): boolean =>
    knowsRegistry(address, loginOf(HOME, { [CONFIG]: { auths: { 'r.example': entry } } }).context);
  expect(known({ auth: btoa('a:b') })).toBe(true);
  expect(known({ identitytoken: 'id' })).toBe(true);
  expect(known({})).toBe(false);
  expect(known({ auth: btoa('a:b') }, 'oci://other.example/a')).toBe(false);
});
