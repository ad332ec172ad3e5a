import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Refusal, Unsupported } from '../attest/dsse.js';
import { readManifest, refuseEarliest } from './manifest.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
type Resource = { name: string; algorithm: string; digest: string };
const file = (name: string, more: Partial<Resource> = {}): Resource => ({
  name,
  algorithm: 'sha256',
  digest: digest(name),
  ...more,
});
const root = (resources: readonly Resource[]): string =>
  createHash('sha256')
    .update(Buffer.from(resources.map((one) => one.digest).join(''), 'hex'))
    .digest('hex');

interface Parts {
  resources?: readonly Resource[];
  serialization?: object;
  statement?: object;
  subject?: unknown;
}
function payload({
  resources = [file('a'), file('b/c')],
  serialization = {},
  statement = {},
  subject,
}: Parts = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: subject ?? [{ name: 'model', digest: { sha256: root(resources) } }],
      predicateType: 'https://model_signing/signature/v1.0',
      predicate: {
        serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ...serialization },
        resources,
      },
      ...statement,
    }),
  );
}
const read = (parts?: Parts) => readManifest(payload(parts));
const SHARDS = { method: 'shards', shard_size: 10 };
const shards = (...names: string[]): Parts => ({ serialization: SHARDS, resources: names.map((name) => file(name)) });

test('files have their digests', () => {
  expect(read()).toEqual({
    model: 'model',
    hash: 'sha256',
    shardSize: null,
    followsLinks: false,
    ignored: [],
    files: new Map([
      ['a', [{ start: 0, end: null, digest: digest('a') }]],
      ['b/c', [{ start: 0, end: null, digest: digest('b/c') }]],
    ]),
  });
  expect(read({ serialization: { allow_symlinks: true, ignore_paths: ['.git', 'x'] } })).toMatchObject({
    followsLinks: true,
    ignored: ['.git', 'x'],
  });
  const blake = [file('a', { algorithm: 'blake2b', digest: 'ab'.repeat(64) })];
  expect(read({ serialization: { hash_type: 'blake2b' }, resources: blake }).hash).toBe('blake2b512');
  expect([...read({ resources: [file('.')] }).files.keys()]).toEqual(['.']);
});

test('parts follow one another from the first byte', () => {
  const { files, shardSize } = read(shards('a:10:20', 'a:0:10', 'b:c:0:3', 'a:20:21'));
  expect(shardSize).toBe(10);
  expect(files.get('a')?.map(({ start, end }) => [start, end])).toEqual([
    [0, 10],
    [10, 20],
    [20, 21],
  ]);
  expect(files.get('b:c')?.map(({ start, end }) => [start, end])).toEqual([[0, 3]]);
  const sharded = [file('a:0:5', { algorithm: 'sha256-sharded-10' })];
  expect(read({ serialization: SHARDS, resources: sharded }).files.size).toBe(1);
});

describe('what is refused', () => {
  const gap = 'the parts of a leave bytes out, or cover them twice';
  test.each<[string, Parts, string]>([
    ['no file', { resources: [] }, 'it signs no file'],
    ['a file twice', { resources: [file('a'), file('a')] }, 'a is signed twice'],
    ['another algorithm', { resources: [file('a', { algorithm: 'md5' })] }, 'a is hashed otherwise than the rest'],
    [
      'an algorithm of parts',
      { resources: [file('a', { algorithm: 'sha256-sharded-10' })] },
      'a is hashed otherwise than the rest',
    ],
    [
      'parts of another size',
      { serialization: SHARDS, resources: [file('a:0:5', { algorithm: 'sha256-sharded-11' })] },
      'a:0:5 is hashed otherwise than the rest',
    ],
    ['a short digest', { resources: [file('a', { digest: 'ab' })] }, 'a has no sha256 as its digest'],
    ['a digest in capitals', { resources: [file('a', { digest: 'AB'.repeat(32) })] }, 'a has no sha256 as its digest'],
    ['a path upwards', { resources: [file('a/../b')] }, 'a signed name is no path below the model: "a/../b"'],
    ['a path of the root', { resources: [file('/a')] }, 'a signed name is no path'],
    ['a path with a point', { resources: [file('./a')] }, 'a signed name is no path'],
    ['a path with a NUL', { resources: [file('a\0')] }, 'a signed name is no path'],
    ['a part without places', shards('a'), '"a" is no part of a file'],
    ['an empty part', shards('a:10:10'), 'is no part of a file'],
    ['a part that is too long', shards('a:0:11'), 'is no part of a file'],
    ['a part that begins between others', shards('a:5:10'), 'is no part of a file'],
    ['a part with zeros', shards('a:00:10'), 'is no part of a file'],
    ['a gap', shards('a:0:10', 'a:20:30'), gap],
    ['no first part', shards('a:10:20'), gap],
    ['a part twice', shards('a:0:10', 'a:0:10'), gap],
    ['a short part within', shards('a:0:9', 'a:10:20'), gap],
    [
      'another digest of the whole',
      { subject: [{ name: 'm', digest: { sha256: 'ab' } }] },
      'the digest of the model is not that of its files',
    ],
    ['no model', { subject: [] }, 'it has to be about one model'],
    ['two models', { subject: [{ name: 'm' }, { name: 'n' }] }, 'it has to be about one model'],
    [
      'another predicate',
      { statement: { predicateType: 'x' } },
      'the predicate type is "x", not https://model_signing/signature/v1.0',
    ],
  ])('%s', (_, parts, message) => {
    expect(() => read(parts)).toThrow(Refusal);
    expect(() => read(parts)).toThrow(message);
  });

  test('another method, another statement, no size of parts', () => {
    expect(() => read({ serialization: { method: 'x' } })).toThrow(Refusal);
    expect(() => read({ statement: { _type: 'x' } })).toThrow(Refusal);
    expect(() => read({ serialization: { method: 'shards', shard_size: 0 } })).toThrow(Refusal);
  });

  test('what is known and not checked is no refusal', () => {
    expect(() => read({ serialization: { hash_type: 'sha3' } })).toThrow(Unsupported);
    expect(() => read({ serialization: { hash_type: 'toString' } })).toThrow(Unsupported);
    expect(() => read({ statement: { predicateType: 'https://model_signing/Digests/v0.1' } })).toThrow(Unsupported);
    expect(() => refuseEarliest(Buffer.from('{"a":"https://model_signing/Digests/v0.1"}'))).toThrow(Unsupported);
    expect(() => refuseEarliest(payload())).not.toThrow();
  });
});
