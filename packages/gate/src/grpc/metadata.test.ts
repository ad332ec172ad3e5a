import type { IncomingHttpHeaders, IncomingHttpStatusHeader } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { answerMetadata, faultOfMetadata, forwardedMetadata, isGrpc, metadataValues } from './metadata.ts';

const BASE = [
  ':method',
  'POST',
  ':path',
  '/s/m',
  ':authority',
  'gate',
  'te',
  'trailers',
  'content-type',
  'application/grpc',
];

function objectOf(raw: readonly string[]): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>;
  for (let i = 0; i < raw.length; i += 2) headers[raw[i] ?? ''] ??= raw[i + 1] ?? '';
  return headers;
}

const faultOf = (...more: string[]): string | null => {
  const raw = [...BASE, ...more];
  const fault = faultOfMetadata(objectOf(raw), raw, 1_000);
  return fault === null ? null : `${fault.rule} ${fault.signal}`;
};

test('what is a call', () => {
  const ofType = (type: string, method = 'POST'): boolean => isGrpc({ ':method': method, 'content-type': type });
  expect(['application/grpc', 'application/grpc+proto', 'Application/gRPC; a=b'].map((type) => ofType(type))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['application/grpc+json', 'application/grpc-web', 'application/json', ''].map((type) => ofType(type))).toEqual(
    [false, false, false, false],
  );
  expect(ofType('application/grpc', 'GET')).toBe(false);
});

test('what metadata are refused for', () => {
  expect(faultOf('x-a', '1', 'x-a', '2', 'grpc-timeout', '1S')).toBeNull();
  expect(faultOf('content-type', 'application/grpc')).toBe('GATE-HTTP repeated-header');
  expect(faultOf('grpc-encoding', 'gzip', 'grpc-encoding', 'identity')).toBe('GATE-HTTP repeated-header');
  expect(faultOf('__proto__', 'a')).toBe('GATE-HTTP header-name');
  expect(faultOf('constructor', 'a')).toBeNull();
  expect(faultOf('grpc-timeout', '1s')).toBe('GATE-HTTP grpc-timeout');
  expect(faultOf('content-encoding', 'gzip')).toBe('GATE-CODING content-encoding');
  expect(faultOf('x-a', 'y'.repeat(1_000))).toBe('GATE-HEADERS headers');
  expect(faultOf('x-serializer', 'pickle')).toBe('GATE-PICKLE-TYPE metadata');
  expect(faultOfMetadata({ te: 'gzip' }, [], 1_000)?.signal).toBe('te');
});

test('values that are inspected', () => {
  const bytes = Buffer.of(0x80, 4, 0x95, 1, 2, 3, 4, 5, 6);
  const values = metadataValues([
    ...BASE,
    'user-agent',
    'grpc-python/1.85.1',
    'x-short',
    'abc',
    'x-long',
    'abcdefgh',
    // The padding of base64 may be missing.

    'x-other',
    'not binary',
    'a-bin',
    `${bytes.toString('base64').replaceAll('=', '')}, ${Buffer.from('déjà vu!').toString('base64')}`,
    'authorization',
    'Bearer 0123456789',
    'cookie',
    'a=0123456789; b=1',
  ]);
  expect(values.map(({ text }) => text)).toEqual([
    'abcdefgh',
    'not binary',
    bytes.toString('latin1'),
    'déjà vu!',
    '0123456789',
    '0123456789',
  ]);
  expect(new Set(values.map(({ where }) => where))).toEqual(new Set(['metadata']));
});

describe('what the upstream gets', () => {
  const call = {
    authority: 'up:1',
    scheme: 'http',
    client: '10.0.0.9',
    isTrusted: false,
    requestId: 'id',
    timeout: '5m',
    trace: null,
  };
  const raw = [
    ...BASE,

    'x-a',
    '1',
    'x-a',
    '2',
    'x-a',
    '3',
    'trace-bin',
    'AAEC',
    'grpc-timeout',
    '1S',
    'content-length',
    '5',
    'host',
    'h',
    'x-forwarded-for',
    '1.1.1.1',
    'x-request-id',
    'theirs',
    'proxy-authorization',
    'secret',
    'user-agent',
    'u',
  ];

  test('metadata of a name that objects have', () => {
    const sent = forwardedMetadata([...BASE, 'constructor', '1', 'constructor', '2'], '/s/m', call);
    expect(sent['constructor']).toEqual(['1', '2']);
    const answered = answerMetadata(objectOf([':status', '200', '__proto__', 'a', 'constructor', 'b']), false);
    expect(Object.entries(answered)).toEqual([
      [':status', '200'],
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  test('all metadata but those of the hop, and the gate’s own', () => {
    expect(forwardedMetadata(raw, '/s/m', call)).toEqual({
      ':method': 'POST',
      ':scheme': 'http',
      ':path': '/s/m',
      ':authority': 'up:1',
      te: 'trailers',
      'content-type': 'application/grpc',
      'x-a': ['1', '2', '3'],
      'trace-bin': 'AAEC',
      'user-agent': 'u',
      'grpc-timeout': '5m',
      'x-forwarded-for': '10.0.0.9',
      'x-forwarded-host': 'gate',
      'x-request-id': 'theirs',
    });
    const twice = [...raw, 'x-request-id', 'another'];
    expect(forwardedMetadata(twice, '/s/m', call)['x-request-id']).toBe('id');
  });

  test('a trusted proxy’s client stays, and no timeout is made up', () => {
    const out = forwardedMetadata(raw, '/s/m', { ...call, isTrusted: true, timeout: null });
    expect([out['x-forwarded-for'], out['grpc-timeout']]).toEqual(['1.1.1.1, 10.0.0.9', undefined]);
  });

  test("the gate's span is the parent of the server's", () => {
    const trace = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null, isSampled: true };
    const out = forwardedMetadata([...raw, 'traceparent', 'theirs'], '/s/m', { ...call, trace });
    expect(out['traceparent']).toBe(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`);
  });
});

test('answers and trailers', () => {
  const withStatus = (headers: IncomingHttpHeaders): IncomingHttpHeaders & IncomingHttpStatusHeader =>
    Object.assign(headers, { ':status': 200 });
  const stays = { 'content-type': 'application/grpc', 'x-a': 'b', 'set-cookie': ['a', 'b'] };
  expect(answerMetadata(withStatus({ ...stays, connection: 'x' }), false)).toEqual({ ...stays, ':status': 200 });
  expect(answerMetadata(withStatus({ 'grpc-status': '0' }), true)).toEqual({ 'grpc-status': '0' });
});

describe('bounds', () => {
  test('the type is what stands before the first parameter, with or without spaces', () => {
    const ofType = (type: string): boolean => isGrpc({ ':method': 'POST', 'content-type': type });
    expect([' application/grpc ;a', 'application/grpc;a;b'].map((type) => ofType(type))).toEqual([true, true]);
    expect([';application/grpc', 'text/plain;application/grpc'].map((type) => ofType(type))).toEqual([false, false]);
    expect(isGrpc({ ':method': 'POST' })).toBe(false);
  });

  test.each([
    [3 * 32 + 3 * (4 + 5), null],
    [3 * 32 + 3 * (4 + 5) - 1, 'GATE-HEADERS'],
  ])('three fields of nine bytes, where %i are the limit', (limit, rule) => {
    const raw = ['x-aa', '12345', 'x-bb', '12345', 'x-cc', '12345'];
    expect(faultOfMetadata({ te: 'trailers' }, raw, limit)?.rule ?? null).toBe(rule);
  });

  test.each([
    ['1234567', []],
    ['12345678', ['12345678']],
  ])('the value %s', (value, texts) => {
    expect(metadataValues(['x-a', value]).map(({ text }) => text)).toEqual(texts);
    expect(metadataValues([':path', value, 'te', value])).toEqual([]);
  });

  test('values that are short once they are decoded, or parts of a cookie or of credentials', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    const raw = ['a-bin', base64('1234567'), 'b-bin', base64('12345678'), 'c-bin', base64('binary\xff').slice(0, 8)];
    expect(metadataValues(raw).map(({ text }) => text)).toEqual(['12345678']);
    expect(metadataValues(['cookie', 'a=1234567;b=12345678; no-value; c=a=b-12345'])).toMatchObject([
      { text: '12345678' },
      { text: 'no-value' },
      { text: 'a=b-12345' },
    ]);
    expect(
      metadataValues(['authorization', 'a 1234567', 'authorization', 'a 12345678', 'authorization', 'none-at-all']),
    ).toMatchObject([{ text: '12345678' }, { text: 'none-at-all' }]);
  });

  test('only the status of an answer is one of its pseudo-headers, and no trailer has one', () => {
    const head = {
      ':status': 200,
      ':other': 'x',
      'x-a': undefined,
      te: 'trailers',
      'x-b': 'c',
    } as unknown as IncomingHttpHeaders & IncomingHttpStatusHeader;
    expect(answerMetadata(head, false)).toEqual({ ':status': 200, 'x-b': 'c' });
    expect(answerMetadata(head, true)).toEqual({ 'x-b': 'c' });
  });

  test('a call without an authority has no host before the gate', () => {
    const call = {
      authority: 'up:1',
      scheme: 'http',
      client: '10.0.0.9',
      isTrusted: true,
      requestId: 'id',
      timeout: null,
      trace: null,
    };
    const out = forwardedMetadata(['x-forwarded-for', '1.1.1.1', 'x-forwarded-for', '2.2.2.2', 'x-a', '1'], '/p', call);
    expect(out).toEqual({
      ':method': 'POST',
      ':scheme': 'http',
      ':path': '/p',
      ':authority': 'up:1',
      te: 'trailers',
      'x-a': '1',
      'x-forwarded-for': '1.1.1.1, 2.2.2.2, 10.0.0.9',
      'x-request-id': 'id',
    });
  });
});
