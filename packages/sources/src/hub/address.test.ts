import { describe, expect, test } from 'vitest';
import { SourceError } from '../model/source-error.js';
import { endpointOf, hubAddressOfUrl, hubName, isFilePath, parseHubAddress } from './address.js';

const none = (): undefined => undefined;

test.each([
  ['hf://org/name', 'models', 'org/name', null, ''],
  ['HF://org/name/', 'models', 'org/name', null, ''],
  ['hf://gpt2', 'models', 'gpt2', null, ''],
  ['hf://gpt2@v1/a.bin', 'models', 'gpt2', 'v1', 'a.bin'],
  ['hf://org/name@v1.0', 'models', 'org/name', 'v1.0', ''],
  ['hf://org/name/folder/a.bin', 'models', 'org/name', null, 'folder/a.bin'],
  ['hf://org/name@refs/pr/10/folder/a.bin', 'models', 'org/name', 'refs/pr/10', 'folder/a.bin'],
  ['hf://org/name@refs%2Fpr%2F10/a.bin', 'models', 'org/name', 'refs/pr/10', 'a.bin'],
  ['hf://org/name@feature%2Fx', 'models', 'org/name', 'feature/x', ''],
  ['hf://org/name/a@b.bin', 'models', 'org/name', null, 'a@b.bin'],
  ['hf://org/name@main/a@b%20.bin', 'models', 'org/name', 'main', 'a@b%20.bin'],
  ['hf://datasets/org/name@main/x', 'datasets', 'org/name', 'main', 'x'],
  ['hf://models/org/name', 'models', 'org/name', null, ''],
  ['hf://spaces/org/name', 'spaces', 'org/name', null, ''],
])('%s', (address, kind, repository, revision, path) =>
  expect(parseHubAddress(address)).toEqual({ kind, repository, revision, path }),
);

test.each([
  'hf://',
  'hf://@x',
  'hf://org/',
  'hf://org/na me',
  'hf://org/..',
  'hf://o--rg/x',
  'hf://org/name@',
  'hf://org/name@m/a/../b',
  'hf://org/name@..',
  'hf://org/name@a%2F..%2Fb',
  'hf://org/name//a',
])('%s is none', (address) => {
  if (address === 'hf://org/') expect(parseHubAddress(address).repository).toBe('org');
  else expect(() => parseHubAddress(address)).toThrow(SourceError);
});

test('the name in a report leads back to the file', () => {
  for (const path of ['a.bin', 'x/y z/ü@1#?.bin', 'refs/pr/1'])
    for (const kind of ['models', 'datasets'] as const) {
      const name = hubName({ kind, repository: 'org/name' }, 'a'.repeat(40), path);
      expect(parseHubAddress(name)).toEqual({ kind, repository: 'org/name', revision: 'a'.repeat(40), path });
    }
});

describe('web addresses', () => {
  const of = (address: string, endpoint?: string) =>
    hubAddressOfUrl(new URL(address), (name) => (name === 'HF_ENDPOINT' ? endpoint : undefined));

  test.each([
    ['https://huggingface.co/org/name', 'models', 'org/name', null, ''],
    ['https://hf.co/org/name/tree/main', 'models', 'org/name', 'main', ''],
    ['https://huggingface.co/org/name/blob/main/a%20b.bin', 'models', 'org/name', 'main', 'a b.bin'],
    ['https://huggingface.co/org/name/resolve/v1/x/a.bin?download=true', 'models', 'org/name', 'v1', 'x/a.bin'],
    ['https://huggingface.co/org/name/tree/refs%2Fpr%2F3/x', 'models', 'org/name', 'refs/pr/3', 'x'],
    ['https://huggingface.co/datasets/org/name/resolve/main/a', 'datasets', 'org/name', 'main', 'a'],
    ['https://huggingface.co/gpt2/tree/main', 'models', 'gpt2', 'main', ''],
  ])('%s', (address, kind, repository, revision, path) =>
    expect(of(address)).toEqual({ kind, repository, revision, path }),
  );

  test.each([
    'https://huggingface.co/docs/hub/index',
    'https://huggingface.co/api/models/org/name',
    'https://huggingface.co/org/name/discussions/1',
    'https://example.org/org/name',
    'http://huggingface.co/org/name',
    'https://huggingface.co.example.org/org/name',
  ])('%s is about no repository', (address) => expect(of(address)).toBeNull());

  test('belong to the endpoint of the environment, and to no other', () => {
    expect(of('https://hub.example.org/mirror/org/name', 'https://hub.example.org/mirror/')).toMatchObject({
      repository: 'org/name',
    });
    expect(of('https://hub.example.org/org/name', 'https://hub.example.org/mirror/')).toBeNull();
    expect(of('https://huggingface.co/org/name', 'https://hub.example.org')).toBeNull();
  });

  test('a path that leads elsewhere is refused', () => {
    expect(() => of('https://huggingface.co/org/name/resolve/main/x%2F..%2Fy')).toThrow(SourceError);
  });
});

test('an endpoint that is no web address is refused', () => {
  expect(endpointOf(none).href).toBe('https://huggingface.co/');
  expect(() => endpointOf(() => 'file:///x')).toThrow(/HF_ENDPOINT/);
  expect(isFilePath('a/../b')).toBe(false);
});

describe('what is beside an address', () => {
  const of = (address: string, endpoint?: string) =>
    hubAddressOfUrl(new URL(address), (name) => (name === 'HF_ENDPOINT' ? endpoint : undefined));

  test.each([
    'https://huggingface.co/',
    'https://huggingface.co/datasets',
    'https://huggingface.co/org/name/tree',
    'https://huggingface.co/org/na%20me',
    'https://huggingface.co/a--b/name/tree/main',
    'https://hub.example.org/mirrored/org/name',
  ])('%s is about no repository', (address) => {
    expect(of(address, 'https://hub.example.org/mirror')).toBeNull();
    expect(of(address)).toBeNull();
  });

  test.each([
    ['https://www.huggingface.co/org/name', undefined],
    ['https://huggingface.co/org/name', ''],
    ['http://127.0.0.1:8080/org/name', 'http://127.0.0.1:8080'],
    ['https://hub.example.org/mirror/org/name', 'https://hub.example.org/mirror'],
  ])('%s with the endpoint %s is', (address, endpoint) => {
    expect(of(address, endpoint)).toMatchObject({ kind: 'models', repository: 'org/name', revision: null, path: '' });
  });

  test('other names of the Hub are names of its default endpoint only', () => {
    expect(of('https://hf.co/org/name', 'https://hub.example.org')).toBeNull();
    expect(of('http://hf.co/org/name')).toBeNull();
    expect(of('http://huggingface.co/org/name', 'http://huggingface.co')).toMatchObject({ repository: 'org/name' });
  });

  test('a repository may be called as a kind or a verb is, in its second part', () => {
    expect(of('https://huggingface.co/org/datasets')).toMatchObject({ kind: 'models', repository: 'org/datasets' });
    expect(of('https://huggingface.co/org/tree/tree/main')).toMatchObject({ repository: 'org' });
    expect(of('https://huggingface.co/a/b/c%zz/main')).toBeNull();
    expect(of('https://huggingface.co/a/b/raw/main/c%25.bin')).toMatchObject({ path: 'c%.bin' });
    expect(of('https://huggingface.co/a/b/raw/main/c%zz.bin')).toMatchObject({ path: 'c%zz.bin' });
  });

  test.each(['ftp://host', 'no address'])('the endpoint %s is none', (text) => {
    expect(() => endpointOf(() => text)).toThrow('HF_ENDPOINT is no web address');
  });

  test('an endpoint may be in clear', () => expect(endpointOf(() => 'http://h/x').href).toBe('http://h/x'));
});

test.each([
  ['a', true],
  ['a/b', true],
  ['...', true],
  ['a'.repeat(4_096), true],
  ['a'.repeat(4_097), false],
  ['', false],
  ['/a', false],
  ['a/', false],
  ['./a', false],
  ['a/..', false],
])('isFilePath(%j)', (path, expected) => expect(isFilePath(path)).toBe(expected));
