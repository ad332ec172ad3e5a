import { describe, expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import {
  checkedType,
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
    ['a/b;x="\\\\"', 'a/b', { x: '\\' }],
    ['a/b;x="\\a\\;b";y=2', 'a/b', { x: 'a;b', y: '2' }],
    ['a/b;x=1;y=2', 'a/b', { x: '1', y: '2' }],
    ["!#$&-^_.+'/x~", "!#$&-^_.+'/x~", {}],
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
    'a/b;x="1\\',
    'a/b;x="1\\"',
    'a/b;x="1"2',
    'a/b;x=1\\;y=2',
    'a/b;x y=1',
    'a/(b',
    'é/b',
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
  ['application/dill', true],
  ['application/x-marshal', true],
  ['application/vnd.x.skops', true],
  ['application/pytorch', true],
  ['application/cloudpickle9', true],
  ['application/pickle10', false],
  ['application/9', false],
  ['application/python-object', true],
  ['application/x-python-pickle', true],
  ['application/x-python', false],
  ['application/serialize-python', false],
  ['application/object', false],
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

test.each(['payload-meta', 'payload-container', 'payload-type', 'object-format', 'encoding-format'])(
  'a header may be about a %s',
  (pair) => {
    const [first = '', second = ''] = pair.split('-');
    expect(executableHeader({ [pair]: 'pickle' })).toBe(pair);
    expect(executableHeader({ [`x-${pair}-y`]: 'a, pickle' })).toBe(pair);
    expect(executableHeader({ [first]: 'pickle', [second]: 'pickle', [`${second}-${first}`]: 'pickle' })).toBeNull();
    expect(executableHeader({ [pair]: 'json' })).toBeNull();
  },
);

test('the first header that declares an executable format counts', () => {
  expect(executableHeader({ a: undefined, 'x-serializer': 'json', 'payload-type': 'marshal' })).toBe('payload-type');
  expect(['joblib', 'pyobj', 'dill'].map(isExecutableWord)).toEqual([true, true, true]);
});

describe('the type of a body', () => {
  /** The type that counts, or the signal of the refusal. */
  function checked(type: string | null, contentTypes: readonly string[], protocol: 'plain' | 'json' = 'plain'): string {
    try {
      return checkedType(type, { contentTypes, protocol }).essence;
    } catch (error) {
      if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}`;
      throw error;
    }
  }

  test.each<[string | null, readonly string[], 'plain' | 'json', string]>([
    [null, ['application/json'], 'json', 'application/json'],
    [null, ['application/json'], 'plain', 'GATE-MEDIA-TYPE none'],
    [null, ['application/octet-stream'], 'plain', 'application/octet-stream'],
    [null, ['*/*'], 'plain', 'application/octet-stream'],
    ['text/plain', ['text/*'], 'plain', 'text/plain'],
    ['text/plain', ['image/*'], 'plain', 'GATE-MEDIA-TYPE not-listed'],
    ['text', ['*/*'], 'plain', 'GATE-MEDIA-TYPE malformed'],
    ['application/x-pickle', ['*/*'], 'plain', 'GATE-PICKLE-TYPE content-type'],
    ['application/json; charset=UTF-8', ['*/*'], 'plain', 'application/json'],
    ['application/json; charset=utf8', ['*/*'], 'plain', 'application/json'],
    ['application/json; charset=latin-1', ['*/*'], 'plain', 'GATE-MEDIA-TYPE charset'],
    ['application/x-ndjson; charset=latin-1', ['*/*'], 'plain', 'GATE-MEDIA-TYPE charset'],
    ['application/x-ndjson; charset=utf-8', ['*/*'], 'plain', 'application/x-ndjson'],
    ['application/x-www-form-urlencoded; charset=latin-1', ['*/*'], 'plain', 'application/x-www-form-urlencoded'],
    ['application/x-www-form-urlencoded; charset=utf-16', ['*/*'], 'plain', 'GATE-MEDIA-TYPE charset'],
    ['multipart/form-data; boundary=b; charset=utf-16', ['*/*'], 'plain', 'GATE-MEDIA-TYPE charset'],
    ['multipart/form-data; boundary=b; charset=utf-8', ['*/*'], 'plain', 'multipart/form-data'],
    ['text/plain; charset=utf-16', ['*/*'], 'plain', 'text/plain'],
  ])('%s of %j, %s: %s', (type, contentTypes, protocol, expected) =>
    expect(checked(type, contentTypes, protocol)).toBe(expected),
  );
});
