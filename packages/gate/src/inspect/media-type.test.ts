import { describe, expect, test } from 'vitest';
import {
  executableHeader,
  isExecutableType,
  isExecutableWord,
  kindOf,
  mayPassBy,
  maySpool,
  parseMediaType,
} from './media-type.ts';

describe('a media type', () => {
  test.each<[string, string, Record<string, string>]>([
    ['application/json', 'application/json', {}],
    [' Text/Plain ; charset=UTF-8 ', 'text/plain', { charset: 'UTF-8' }],
    ['a/b;;x=1; ;Y="a\\"b; c"', 'a/b', { x: '1', y: 'a"b; c' }],
    ['a/b;', 'a/b', {}],
    ['a/b;x=""', 'a/b', { x: '' }],
  ])('%j', (text, essence, parameters) => {
    const type = parseMediaType(text);
    expect([type?.essence, Object.fromEntries(type?.parameters ?? [])]).toEqual([essence, parameters]);
  });

  test.each([
    '',
    'a',
    'a/',
    '/b',
    'a/b/c',
    'a b/c',
    'a/b;x',
    'a/b;x=',
    'a/b;=1',
    'a/b;x=1;X=2',
    'a/b;x="1',
    'a/b;x=1 2',
    'a/b,c/d',
  ])('%j is none', (text) => {
    expect(parseMediaType(text)).toBeNull();
  });
});

test.each([
  ['application/x-pickle', true],
  ['application/pickle', true],
  ['application/vnd.bentoml+pickle', true],
  ['text/x-python-serialize', true],
  ['application/x-cpickle2', true],
  ['application/joblib', true],
  ['application/x-torch', true],
  ['application/json', false],
  ['application/picklejar', false],
  ['application/prickle', false],
  ['application/torchscriptish', false],
])('%s is executable: %s', (essence, is) => expect(isExecutableType(essence)).toBe(is));

test('a header may name a serializer', () => {
  expect(executableHeader({ 'X-Serializer': 'pickle' })).toBe('serializer');
  expect(executableHeader({ 'x-my-payload-type': ['json', 'Dill'] })).toBe('payload-type');
  expect(executableHeader({ 'serialization-format': 'joblib' })).toBe('serialization');
  expect(executableHeader({ accept: 'pickle', 'x-serializer': undefined, 'object-format': 'json' })).toBeNull();
  expect([isExecutableWord('cloudPICKLE'), isExecutableWord('torch.save'), isExecutableWord('json')]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([
  ['application/json', 'json', false, true],
  ['text/json', 'json', false, true],
  ['application/vnd.a+json', 'json', false, true],
  ['application/x-ndjson', 'ndjson', false, true],
  ['application/jsonl', 'ndjson', false, true],
  ['application/x-www-form-urlencoded', 'form', false, false],
  ['multipart/form-data', 'multipart', true, true],
  ['application/xml', 'xml', false, false],
  ['image/svg+xml', 'xml', false, false],
  ['text/csv', 'csv', false, false],
  ['text/tab-separated-values', 'csv', false, false],
  ['application/vnd.yaml', 'yaml', false, false],
  ['text/x-yaml', 'yaml', false, false],
  ['a/b+yaml', 'yaml', false, false],
  ['text/plain', 'text', false, false],
  ['application/octet-stream', 'opaque', true, true],
  ['application/jsonx', 'opaque', true, true],
])('%s is %s; it may be spooled: %s, may pass by: %s', (essence, kind, spools, passes) => {
  expect([kindOf(essence), maySpool(essence), mayPassBy(essence, false)]).toEqual([kind, spools, passes]);
  expect(mayPassBy(essence, true)).toBe(passes && kind !== 'json');
});
