import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { PassThrough } from 'node:stream';
import { TLSSocket } from 'node:tls';
import {
  answerHeaders,
  faultOfHead,
  forwardedHeaders,
  isAmbiguous,
  joinedHeaders,
  pairs,
  type ForwardOptions,
} from './headers.ts';

/** A request with these headers, one text each. */
function request(lines: readonly string[], httpVersion = '1.1'): IncomingMessage {
  const rawHeaders = lines.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs(rawHeaders)) headers[name.toLowerCase()] = value;
  return { rawHeaders, headers, httpVersion } as unknown as IncomingMessage;
}
const fault = (lines: readonly string[], version?: string): string | null =>
  faultOfHead(request(lines, version))?.signal ?? null;

test('pairs are in their order', () =>
  expect([...pairs(['a', '1', 'b', '2', 'c'])]).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]));

test('headers that are repeated are joined, cookies in their own way', () => {
  const joined = joinedHeaders([
    ['a', '1'],
    ['cookie', 'x'],
    ['a', '2'],
    ['cookie', 'y'],
    ['constructor', 'z'],
  ]);
  expect(Object.entries(joined)).toEqual([
    ['a', '1, 2'],
    ['cookie', 'x; y'],
    ['constructor', 'z'],
  ]);
});

describe('a head', () => {
  test.each<[string, string[], string | null]>([
    ['a host', ['Host: a.b:80'], null],
    ['an address', ['Host: [::1]:80'], null],
    ['no host', [], 'host'],
    ['two hosts', ['Host: a', 'host: a'], 'host'],
    ['an empty host', ['Host: '], null],
    ['a host that is none', ['Host: a/b'], 'host'],
    ['a length', ['Host: a', 'Content-Length: 12'], null],
    ['the longest length', ['Host: a', 'Content-Length: 123456789012345'], null],
    ['a length of too many digits', ['Host: a', 'Content-Length: 1234567890123456'], 'content-length'],
    ['a length with a sign', ['Host: a', 'Content-Length: +1'], 'content-length'],
    ['two lengths', ['Host: a', 'Content-Length: 1', 'Content-Length: 1'], 'content-length'],
    ['chunks', ['Host: a', 'Transfer-Encoding: Chunked'], null],
    ['chunks twice', ['Host: a', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], 'transfer-encoding'],
    ['another coding', ['Host: a', 'Transfer-Encoding: gzip, chunked'], 'transfer-encoding'],
    ['both', ['Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked'], 'length-and-chunked'],
    [
      'each of what describes it',
      ['Host: a', 'Content-Type: a', 'Content-Encoding: b', 'Inference-Header-Content-Length: 1'],
      null,
    ],
    ['two types', ['Host: a', 'Content-Type: a', 'content-type: a'], 'repeated-header'],
    ['two encodings', ['Host: a', 'Content-Encoding: a', 'Content-Type: x', 'Content-Encoding: a'], 'repeated-header'],
    [
      'two lengths of inference',
      ['Host: a', 'Inference-Header-Content-Length: 1', 'Inference-Header-Content-Length: 1'],
      'repeated-header',
    ],
    ...'Authorization ETag From Referer User-Agent Location Server If-Modified-Since If-Unmodified-Since Age Expires Last-Modified Max-Forwards Proxy-Authorization Retry-After'
      .split(' ')
      .map((name): [string, string[], string] => [
        `${name} twice`,
        ['Host: a', `${name}: a`, `${name.toLowerCase()}: b`],
        'repeated-header',
      ]),
    ['cookies and own headers twice', ['Host: a', 'Cookie: a', 'Cookie: b', 'X-A: a', 'X-A: b'], null],
    ['as many as may be', ['Host: a', ...Array.from({ length: 999 }, () => 'a: b')], null],
    ['more than that', ['Host: a', ...Array.from({ length: 1_000 }, () => 'a: b')], 'header-count'],
    ['another method', ['Host: a', 'X-HTTP-Method-Override: GET'], 'override'],
    ['another target', ['Host: a', 'x-rewrite-url: /'], 'override'],
    ...['X-HTTP-Method', 'X-Method-Override', 'X-Original-URL'].map((name): [string, string[], string] => [
      name,
      ['Host: a', `${name}: a`],
      'override',
    ]),
    ...['Content_Length', 'Transfer_Encoding', 'Content_Type', 'Content_Encoding'].map(
      (name): [string, string[], string] => [name, ['Host: a', `${name}: 1`], 'header-name'],
    ),
    ['a name with an underscore', ['Host: a', 'my_header: 1'], null],
    ['a name that Node leaves out', ['Host: a', '__Proto__: 1'], 'header-name'],
    ['a name that objects have', ['Host: a', 'constructor: 1'], null],
    ['a control character', ['Host: a', 'X: a\0'], 'header-value'],
    ['a line feed', ['Host: a', 'X: a\n'], 'header-value'],
  ])('with %s', (_, lines, signal) => expect(fault(lines)).toBe(signal));

  test('of other versions', () => {
    expect(fault([], '1.0')).toBeNull();
    expect(fault(['Host: a', 'Host: a'], '1.0')).toBe('host');
    expect(fault(['Transfer-Encoding: chunked'], '1.0')).toBe('chunked-in-1.0');
    expect(fault(['Host: a'], '2.0')).toBe('version');
  });
});

test('an answer whose type or coding is there twice', () => {
  const isTwice = (...rawHeaders: string[]): boolean => isAmbiguous({ rawHeaders });
  expect(isTwice('Content-Type', 'a', 'X', 'b', 'content-type', 'a')).toBe(true);
  expect(isTwice('Content-Encoding', 'a', 'Content-encoding', 'b')).toBe(true);
  expect(isTwice('Content-Type', 'a', 'Content-Encoding', 'b', 'Set-Cookie', 'a', 'Set-Cookie', 'b')).toBe(false);
});

describe('what is forwarded', () => {
  const OPTIONS: ForwardOptions = {
    upstreamHost: 'up:80',
    client: '10.0.0.1',
    isTrusted: false,
    requestId: 'id',
    length: 3,
  };
  const forwarded = (lines: string[], options: Partial<ForwardOptions> = {}): string[] =>
    [...pairs(forwardedHeaders(request(lines), { ...OPTIONS, ...options }))].map(
      ([name, value]) => `${name}: ${value}`,
    );

  test('has the host of the upstream, and says who asked', () => {
    expect(forwarded(['Host: me', 'Accept: a', 'Content-Length: 3'])).toEqual([
      'Host: up:80',
      'Accept: a',
      'Content-Length: 3',
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: me',
      'X-Request-Id: id',
    ]);
    expect(forwarded([])).not.toContainEqual(expect.stringContaining('X-Forwarded-Host'));
  });

  test('believes trusted proxies alone', () => {
    const lines = ['X-Forwarded-For: 1.1.1.1', 'X-Forwarded-Proto: https', 'X-Real-IP: 2', 'X-Request-Id: mine'];
    expect(forwarded(lines)).toEqual([
      'Host: up:80',
      'Content-Length: 3',
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Proto: http',
      'X-Request-Id: mine',
    ]);
    expect(forwarded(lines, { isTrusted: true })).toEqual([
      'Host: up:80',
      'Content-Length: 3',
      'X-Forwarded-For: 1.1.1.1, 10.0.0.1',
      'X-Forwarded-Proto: https',
      'X-Request-Id: mine',
    ]);
    expect(forwarded(['X-Forwarded-Proto: gopher'], { isTrusted: true })).toContain('X-Forwarded-Proto: http');
  });

  test('has nothing of the hop, but what describes the body', () => {
    const lines = [
      'Connection: close, X-Mine, Content-Type',
      'X-Mine: 1',
      'Content-Type: a',
      'TE: b',
      'Expect: c',
      'Keep-Alive: d',
    ];
    expect(forwarded(lines).slice(1, 3)).toEqual(['Content-Type: a', 'Content-Length: 3']);
    expect(forwarded(['Connection: close', 'close: 1']).slice(1, 2)).toEqual(['close: 1']);
  });

  test('says its length where it has one', () => {
    const length = (lines: string[], given: number | null) =>
      forwarded(lines, { length: given }).filter((line) => line.startsWith('Content-Length'));
    expect(length([], 0)).toEqual([]);
    expect(length(['Content-Length: 0'], 0)).toEqual(['Content-Length: 0']);
    expect(length([], 1)).toEqual(['Content-Length: 1']);
    expect(length(['Content-Length: 5'], null)).toEqual([]);
  });

  test('upgrades without extensions', () => {
    const lines = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Extensions: x', 'Sec-WebSocket-Key: y'];
    expect(forwarded(lines, { upgrade: true, length: null }).slice(1, 4)).toEqual([
      'Sec-WebSocket-Key: y',
      'Connection: Upgrade',
      'Upgrade: websocket',
    ]);
    expect(forwarded(lines)).toContain('Sec-WebSocket-Extensions: x');
  });

  test.each<[what: string, lines: string[], kept: string[]]>([
    ['connection', ['Connection: X-A , x-b,, ', 'X-A: 1', 'X-B: 2', 'X-C: 3'], ['X-C: 3']],
    ['connections', ['Connection: X-A', 'Connection: x-b', 'X-A: 1', 'X-B: 2'], []],
    ['keep-alive', ['Connection: keep-alive', 'Keep-Alive: 1', 'close: 2'], ['close: 2']],
    [
      'the body',
      ['Connection: cookie, authorization, x', 'Cookie: 1', 'Authorization: 2', 'X: 3'],
      ['Cookie: 1', 'Authorization: 2'],
    ],
    ['forwarding', ['Forwarded: 1', 'X-Forwarded-Port: 2', 'X-Real-IP: 3', 'X-Forwarded-Client-Cert: 4'], []],
    [
      'the hop',
      ['TE: 1', 'Trailer: 2', 'Upgrade: 3', 'Transfer-Encoding: 4', 'Proxy-Connection: 5', 'HTTP2-Settings: 6'],
      [],
    ],
  ])('of %s goes on what may', (_what, lines, kept) => {
    const own = /^(?:Host|Content-Length|X-Forwarded-For|X-Forwarded-Proto|X-Request-Id): /;
    expect(forwarded(lines).filter((line) => !own.test(line))).toEqual(kept);
  });

  test('has the host of the client where that is kept', () => {
    expect(forwarded(['Host: me'], { upstreamHost: null })[0]).toBe('Host: me');
    expect(forwarded([], { upstreamHost: null })[0]).toBe('Host: ');
  });

  test('goes on in the span of the gate, where there is one', () => {
    const lines = [`traceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`];
    const trace = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), parentId: null, isSampled: true };
    const spans = (options: Partial<ForwardOptions>): string[] =>
      forwarded(lines, options).filter((line) => line.startsWith('traceparent'));
    expect([spans({}), spans({ trace: null })]).toEqual([lines, lines]);
    expect(spans({ trace })).toEqual([`traceparent: 00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`]);
  });

  test.each([
    [true, ['X-Forwarded-Client-Cert: Hash=ab0c']],
    [false, []],
  ])('over TLS says so, and which certificate the client has shown, if that is good: %s', (authorized, shown) => {
    const socket = new TLSSocket(new PassThrough());
    Object.assign(socket, { authorized, getPeerX509Certificate: () => ({ fingerprint256: 'AB:0C' }) });
    const given = Object.assign(request(['Host: me']), { socket });
    const lines = [...pairs(forwardedHeaders(given, OPTIONS))].map(([name, value]) => `${name}: ${value}`);
    expect(lines).toContain('X-Forwarded-Proto: https');
    expect(lines.filter((line) => line.startsWith('X-Forwarded-Client-Cert'))).toEqual(shown);
  });

  test('of an answer has nothing of the hop', () => {
    expect(answerHeaders(request(['Connection: x-a', 'X-A: 1', 'X-B: 2', 'Trailer: t', 'Content-Type: a']))).toEqual([
      'X-B',
      '2',
      'Content-Type',
      'a',
    ]);
  });
});
