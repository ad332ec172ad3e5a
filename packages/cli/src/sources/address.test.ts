import { expect, test } from 'vitest';
import { fullPath, isAddress, localPaths, shownAddress } from './address.js';

test.each([
  ['hf://org/model', true],
  ['HTTPS://example.org/a.pkl', true],
  ['s3://bucket/key', true],
  ['hf-cache:org/model', true],
  ['a+b.c-d://x', true],
  ['models/a.pkl', false],
  ['C:/models/a.pkl', false],
  ['c://a', false],
  ['hf:org/model', false],
  ['./hf://org/model', false],
  ['1x://a', false],
])('%s is an address: %s', (named, is) => expect(isAddress(named)).toBe(is));

test.each([
  ['https://me:secret@example.org/a.pkl?token=x#y', 'https://example.org/a.pkl'],
  ['https://example.org/a@b', 'https://example.org/a@b'],
  ['https://example.org/a.pkl?x\ny', 'https://example.org/a.pkl'],
  ['s3://key:secret@bucket/a?b#c', 's3://bucket/a?b#c'],
  ['gs://bucket/a?b', 'gs://bucket/a?b'],
  ['oci://me:secret@host/a:b', 'oci://host/a:b'],
  ['hf://org/model@main/a?b#c', 'hf://org/model@main/a?b#c'],
  ['hf-cache:org/model@main', 'hf-cache:org/model@main'],
  ['models/a?b@c', 'models/a?b@c'],
])('%s is shown as %s', (named, shown) => expect(shownAddress(named)).toBe(shown));

test('paths are of this machine', () => {
  expect(localPaths(['a', 'hf://org/m', '/b'])).toEqual(['a', '/b']);
  expect([fullPath('a', '/x'), fullPath('/a', '/x'), fullPath('hf://org/m', '/x')]).toEqual([
    '/x/a',
    '/a',
    'hf://org/m',
  ]);
});
