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
