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
