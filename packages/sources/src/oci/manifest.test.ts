import { describe, expect, test } from 'vitest';
import { MAX_CHALLENGE } from '../model/limits.js';
import { parseJson } from './api.js';
import { readChallenge } from './challenge.js';
import { isBad, readManifest, untitled } from './manifest.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const of = (more: object) => {
  const found = readManifest({ layers: [{ mediaType: 'm', digest: DIGEST, size: 1, ...more }] });
  const [descriptor] = typeof found === 'string' || found.kind === 'index' ? [] : found.blobs;
  if (descriptor === undefined) throw new Error('none');
  return descriptor;
};

describe('a descriptor', () => {
  test.each([
    [{}, { mediaType: 'm', digest: DIGEST, size: 1, title: null, data: null }],
    [{ size: 0 }, { size: 0 }],
    [{ size: Number.MAX_SAFE_INTEGER }, { size: Number.MAX_SAFE_INTEGER }],
    [{ mediaType: 5 }, { mediaType: '' }],
    [{ data: 'eA==' }, { data: 'eA==' }],
    [{ data: 5 }, { data: null }],
    [{ annotations: { 'org.opencontainers.image.title': 'a' } }, { title: 'a' }],
    [{ annotations: { 'org.opencontainers.image.title': '', 'org.cncf.model.filepath': 'b' } }, { title: 'b' }],
    [{ annotations: { 'org.opencontainers.image.title': 5, 'org.cnai.model.filepath': 'c' } }, { title: 'c' }],
    [{ annotations: { 'org.opencontainers.image.title': 'x'.repeat(100_000) } }, { title: null }],
    [{ annotations: { title: 'a' } }, { title: null }],
    [{ annotations: 'a' }, { title: null }],
  ])('%j', (more, expected) => expect(of(more)).toMatchObject(expected));

  test.each([
    [{ size: -1 }, 'a descriptor without a size'],
    [{ size: 1.5 }, 'a descriptor without a size'],
    [{ size: 2 ** 60 }, 'a descriptor without a size'],
    [{ size: '1' }, 'a descriptor without a size'],
    [{ digest: 'md5:0' }, 'a descriptor without a digest'],
    [{ digest: 5 }, 'a descriptor without a digest'],
    [{ digest: `sha256:${'a'.repeat(63)}` }, 'a descriptor without a digest'],
  ])('%j is none', (more, reason) => {
    const found = of(more);
    expect(isBad(found) ? found.reason : null).toContain(reason);
  });
});

test.each([
  [5, 'it is no manifest'],
  [{}, 'it has neither layers nor manifests'],
  [{ manifests: 5 }, 'it has neither layers nor manifests'],
  [{ layers: 5 }, 'its layers are no list'],
  [{ layers: [], blobs: {} }, 'its layers are no list'],
  [{ manifests: [], layers: [] }, 'an index and a manifest at the same time'],
  [{ manifests: [], blobs: [] }, 'an index and a manifest at the same time'],
  [{ manifests: [], config: {} }, 'an index and a manifest at the same time'],
])('%j is refused', (value, reason) => expect(readManifest(value)).toContain(reason));

test.each<readonly [unknown, string, number]>([
  [{ manifests: [] }, 'index', 0],
  [{ manifests: [5] }, 'index', 1],
  [{ layers: [] }, 'manifest', 0],
  [{ layers: [5], blobs: [5, 5], config: 5 }, 'manifest', 4],
  [{ config: {} }, 'manifest', 1],
])('%j is an %s of %i', (value, kind, count) => {
  const found = readManifest(value);
  if (typeof found === 'string') throw new Error(found);
  expect([found.kind, (found.kind === 'index' ? found.manifests : found.blobs).length]).toEqual([kind, count]);
});

test.each([
  ['application/x.gguf', '.gguf'],
  ['application/vnd.docker.ai.safetensors', '.safetensors'],
  ['a.tar+gzip', '.tar.gz'],
  ['a.tar.gzip', '.tar.gz'],
  ['a.tar+zstd', '.tar.zst'],
  ['a.tar', '.tar'],
  ['a+json', '.json'],
  ['a', ''],
])('a blob of %s without a title ends with %s', (mediaType, ending) => {
  expect(untitled({ digest: DIGEST, mediaType, size: 1, title: null, data: null })).toBe(
    `sha256-${'a'.repeat(64)}${ending}`,
  );
});

test('what is no JSON, or no UTF-8, is no document', () => {
  expect([parseJson(Buffer.from('{"a": 1}')), parseJson(Buffer.from('null'))]).toEqual([{ a: 1 }, null]);
  expect([parseJson(Buffer.from('{')), parseJson(Uint8Array.of(0x22, 0xff, 0x22))]).toEqual([undefined, undefined]);
});

test('a challenge may be so long', () => {
  const long = (length: number): string => `Basic realm="${'x'.repeat(length - 14)}"`;
  expect(long(100)).toHaveLength(100);
  expect(readChallenge(long(MAX_CHALLENGE))).toEqual({ scheme: 'basic' });
  expect(readChallenge(long(MAX_CHALLENGE + 1))).toBeNull();
});
