import { expect, test } from 'vitest';
import { isVersion, keyProblem, objectName, parseBucketAddress } from './address.js';

test.each([
  ['s3://abc', { scheme: 's3', bucket: 'abc', key: '', version: null }],
  ['S3://abc/', { scheme: 's3', bucket: 'abc', key: '', version: null }],
  ['GS://a.b/x/y/', { scheme: 'gs', bucket: 'a.b', key: 'x/y/', version: null }],
  ['s3://abc/x?versionId=v-1', { scheme: 's3', bucket: 'abc', key: 'x', version: 'v-1' }],
  ['s3://abc/x?versionId=1?versionId=2', { scheme: 's3', bucket: 'abc', key: 'x?versionId=1', version: '2' }],
  // What is no version belongs to the key.
  ['s3://abc/x?versionId=', { scheme: 's3', bucket: 'abc', key: 'x?versionId=', version: null }],
  ['s3://abc/x?versionId=a b', { scheme: 's3', bucket: 'abc', key: 'x?versionId=a b', version: null }],
  ['s3://abc//x\ny', { scheme: 's3', bucket: 'abc', key: '/x\ny', version: null }],
  [`s3://${'a'.repeat(255)}/x`, { scheme: 's3', bucket: 'a'.repeat(255), key: 'x', version: null }],
])('%j is read', (address, expected) => expect(parseBucketAddress(address)).toEqual(expected));

test.each([
  ['s3:/abc', 'it names no bucket; addresses are s3://bucket'],
  ['gs://ab', 'it names no bucket; addresses are gs://bucket'],
  ['s3://-abc', 'it names no bucket'],
  ['s3://abc-', 'it names no bucket'],
  ['s3://a..b', 'it names no bucket'],
  [`s3://${'a'.repeat(256)}`, 'it names no bucket'],
  ['s3://abc/./x', 'a segment . or ..'],
  ['s3://abc/x/..', 'a segment . or ..'],
  ['s3://abc/x/?versionId=v1', 'only one object has a version'],
  ['s3://abc/?versionId=v1', 'only one object has a version'],
])('%j is refused', (address, words) => expect(() => parseBucketAddress(address)).toThrow(words));

test.each([
  ['a/b', null],
  ['a/.b/c..', null],
  ['...', null],
  ['\u{1f600}', null],
  ['.', 'a segment . or ..'],
  ['a/../b', 'a segment . or ..'],
  ['a\0b', 'a NUL or half a character'],
  ['a\ud800', 'a NUL or half a character'],
])('the key %j: %s', (key, problem) => {
  if (problem === null) expect(keyProblem(key)).toBeNull();
  else expect(keyProblem(key)).toContain(problem);
});

test('versions have so many characters of a kind', () =>
  expect(['a', 'a.b_c~d-', 'x'.repeat(1024), 'x'.repeat(1025), '', 'a/b'].map(isVersion)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]));

test('names are addresses', () => {
  const address = parseBucketAddress('gs://abc');
  expect([objectName(address, 'x/y'), objectName(address, 'x', 'v1'), objectName(address, '')]).toEqual([
    'gs://abc/x/y',
    'gs://abc/x?versionId=v1',
    'gs://abc/',
  ]);
});
