import { describe, expect, test } from 'vitest';
import { SourceError } from '../model/source-error.js';
import { isDigest, ociName, parseOciAddress, registryOf } from './address.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const LONG = `sha512:${'b'.repeat(128)}`;

test.each([
  ['oci://h/a', { host: 'h', repository: 'a', reference: 'latest', path: '' }],
  ['OCI://H.example:5000/a/b:v1', { host: 'h.example:5000', repository: 'a/b', reference: 'v1', path: '' }],
  ['oci://[::1]:5000/a', { host: '[::1]:5000', repository: 'a', reference: 'latest', path: '' }],
  [`oci://h/a@${DIGEST}`, { host: 'h', repository: 'a', reference: DIGEST, path: '' }],
  [`oci://h/a:v1@${LONG}/x/y/`, { host: 'h', repository: 'a', reference: LONG, path: 'x/y' }],
  [`oci://h/a@${DIGEST}/`, { host: 'h', repository: 'a', reference: DIGEST, path: '' }],
  ['oci://h/a-b.c_d__e--f:_', { host: 'h', repository: 'a-b.c_d__e--f', reference: '_', path: '' }],
  [`oci://h/a:${'v'.repeat(128)}`, { host: 'h', repository: 'a', reference: 'v'.repeat(128), path: '' }],
  [`oci://h/${'a'.repeat(255)}`, { host: 'h', repository: 'a'.repeat(255), reference: 'latest', path: '' }],
])('%s is read', (address, expected) => expect(parseOciAddress(address)).toEqual(expected));

test.each([
  ['oci:/h/a', 'it names no repository of a registry'],
  ['oci://h/', 'it names no repository of a registry'],
  ['oci://-h/a', 'it names no repository of a registry'],
  ['oci://h:123456/a', 'it names no repository of a registry'],
  ['oci://h/a//b', 'it names no repository;'],
  ['oci://h/:v1', 'it names no repository;'],
  ['oci://h/a...b', 'it names no repository;'],
  [`oci://h/${'a'.repeat(256)}`, 'it names no repository;'],
  ['oci://h/a:', 'behind the colon there is no tag'],
  ['oci://h/a:v1:v2', 'behind the colon there is no tag'],
  ['oci://h/a:-', 'behind the colon there is no tag'],
  [`oci://h/a:${'v'.repeat(129)}`, 'behind the colon there is no tag'],
  ['oci://h/a@', 'behind the @ there is no digest'],
  ['oci://h/a@v1', 'behind the @ there is no digest'],
])('%s is refused', (address, words) => {
  expect(() => parseOciAddress(address)).toThrow(SourceError);
  expect(() => parseOciAddress(address)).toThrow(words);
});

test('digests are those of two algorithms', () => {
  expect([DIGEST, LONG, DIGEST.toUpperCase(), `${DIGEST}a`, `sha512:${'b'.repeat(64)}`].map(isDigest)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('names have the digest, and a path where there is one', () => {
  const address = parseOciAddress('oci://h/a/b:v1');
  expect([ociName(address, 'd'), ociName(address, 'd', 'x/y')]).toEqual(['oci://h/a/b@d', 'oci://h/a/b@d/x/y']);
});

describe('where a registry answers', () => {
  test.each([
    ['oci://docker.io/model', 'https://registry-1.docker.io', 'library/model'],
    ['oci://index.docker.io/ai/model', 'https://registry-1.docker.io', 'ai/model'],
    ['oci://ghcr.io/model', 'https://ghcr.io', 'model'],
    ['oci://localhost:5000/model', 'http://localhost:5000', 'model'],
    ['oci://localhost/model', 'http://localhost', 'model'],
    ['oci://127.0.0.1:5000/model', 'http://127.0.0.1:5000', 'model'],
    ['oci://[::1]:5000/model', 'http://[::1]:5000', 'model'],
    ['oci://localhost.example/model', 'https://localhost.example', 'model'],
    ['oci://1.127.0.0/model', 'https://1.127.0.0', 'model'],
  ])('%s: %s', (address, origin, repository) => {
    const found = registryOf(parseOciAddress(address));
    expect([found.origin.origin, found.repository]).toEqual([origin, repository]);
  });

  test('a port that there is not is no host', () =>
    expect(() => registryOf(parseOciAddress('oci://h:99999/a'))).toThrow('oci://h:99999: it names no host'));
});
