import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { traceparentOf, type Trace } from '@artifact-sentinel/core/node/internal';
import { MAX_HEADERS } from '../model/limits.js';
import { clientRequestId } from '../model/request-id.js';
import type { GateRule } from '../model/rules.js';

/** RFC 9110, section 7.6.1, and what is of the same kind. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'http2-settings',
]);
/** Set by the gate; those of a client count only where it is a trusted proxy, but for an id of its own. */
export const FORWARDED: ReadonlySet<string> = new Set([
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-client-cert',
  'x-real-ip',
  'x-request-id',
]);

export interface HeadFault {
  readonly rule: GateRule;
  readonly signal: string;
  readonly detail: string;
}

/**
 * Under this name an object of JavaScript has no field of its own: Node leaves such a header out of `headers`, by which it is
 * decided, and not out of `rawHeaders`, which go on (CWE-1321).
 */
export const NAMELESS = '__proto__';

/** An object of headers, in which no name is there before one came (`constructor`), with repeated ones joined. */
export function joinedHeaders(headers: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const joined = Object.create(null) as Record<string, string>;
  for (const [name, value] of headers) {
    const known = joined[name];
    joined[name] = known === undefined ? value : `${known}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return joined;
}

/** Header names and values in the order in which they came. */
export function* pairs(rawHeaders: readonly string[]): Generator<readonly [name: string, value: string]> {
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) yield [rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''];
}

function valuesOf(request: IncomingMessage, wanted: string): string[] {
  const values: string[] = [];
  for (const [name, value] of pairs(request.rawHeaders)) if (name.toLowerCase() === wanted) values.push(value);
  return values;
}

/**
 * What could make the gate and the upstream see different requests (request smuggling, CWE-444). Node's parser is strict
 * and refuses most of it by itself; what it lets pass because it is harmless to it is refused here.
 */
export function faultOfHead(request: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>): HeadFault | null {
  const { rawHeaders, httpVersion } = request;
  const fault = (signal: string, detail: string): HeadFault => ({ rule: 'GATE-HTTP', signal, detail });
  // A server of Node has no more of them in `headers`, by which it is decided, and some more in `rawHeaders`, which go on.
  if (rawHeaders.length > 2 * MAX_HEADERS)
    return { rule: 'GATE-HEADERS', signal: 'header-count', detail: `more than ${MAX_HEADERS} headers` };
  // Node's parser takes other versions too, and reads them as 1.1.
  if (httpVersion !== '1.1' && httpVersion !== '1.0')
    return fault('version', 'a version of HTTP other than 1.0 and 1.1');
  let lengths = 0;
  let codings = 0;
  let hosts = 0;
  let single = 0;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const value = rawHeaders[i + 1] ?? '';
    // Node joins nothing here, but servers differ in what they make of such bytes.
    if (/[\0\r\n]/.test(value)) return fault('header-value', 'a control character in a header');
    const name = (rawHeaders[i] ?? '').toLowerCase();
    switch (name) {
      case 'content-length':
        lengths += 1;
        if (lengths > 1 || !/^\d{1,15}$/.test(value))
          return fault('content-length', 'a Content-Length that is repeated or no number');
        break;
      case 'transfer-encoding':
        codings += 1;
        if (codings > 1 || value.toLowerCase() !== 'chunked')
          return fault('transfer-encoding', 'a Transfer-Encoding other than chunked alone');
        break;
      case 'host':
        hosts += 1;
        if (!/^[A-Za-z0-9._~:[\]-]*$/.test(value)) return fault('host', 'a Host header that is no host');
        break;
      case 'x-http-method-override':
      case 'x-http-method':
      case 'x-method-override':
      case 'x-original-url':
      case 'x-rewrite-url':
        return fault('override', 'a header that says another method or target than the request does');
      case NAMELESS:
        return fault('header-name', `a header of the name ${NAMELESS}`);
      default: {
        const bit = SINGLE.get(name) ?? 0;
        if ((single & bit) !== 0) return fault('repeated-header', `${name} is repeated`);
        single |= bit;
        // CGI-like servers read both as one name.
        if (name.includes('_') && ALIASED.has(name))
          return fault('header-name', 'a header whose name is another one to some servers');
      }
    }
  }
  if (lengths > 0 && codings > 0)
    return fault('length-and-chunked', 'Content-Length and Transfer-Encoding in one request');
  if (codings > 0 && request.httpVersion !== '1.1') return fault('chunked-in-1.0', 'Transfer-Encoding before HTTP/1.1');
  if (hosts > 1 || (hosts === 0 && request.httpVersion !== '1.0')) return fault('host', 'not exactly one Host header');
  return null;
}

/** The bits of headers of which there is one: of most of them Node keeps the first in `headers`, and forwards all. */
const SINGLE: ReadonlyMap<string, number> = new Map(
  [
    'content-type',
    'content-encoding',
    'inference-header-content-length',
    'age',
    'authorization',
    'etag',
    'expires',
    'from',
    'if-modified-since',
    'if-unmodified-since',
    'last-modified',
    'location',
    'max-forwards',
    'proxy-authorization',
    'referer',
    'retry-after',
    'server',
    'user-agent',
  ].map((name, index) => [name, 1 << index]),
);
const ALIASED: ReadonlySet<string> = new Set([
  'content_length',
  'transfer_encoding',
  'content_type',
  'content_encoding',
]);

const NO_NAMES: ReadonlySet<string> = new Set();

function connectionNames(request: IncomingMessage): ReadonlySet<string> {
  const { connection } = request.headers;
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return NO_NAMES;
  const names = valuesOf(request, 'connection').flatMap((value) => value.split(','));
  return new Set(names.map((name) => name.trim().toLowerCase()).filter((name) => name !== ''));
}

export interface ForwardOptions {
  /** Null where it gets the Host header of the client. */
  readonly upstreamHost: string | null;
  readonly client: string;
  readonly isTrusted: boolean;
  /** The gate's, for a request without a valid id of its client. */
  readonly requestId: string;
  /** Bytes of the body; null where it is sent chunk by chunk. */
  readonly length: number | null;
  readonly upgrade?: boolean;
  /** The gate's span, which the server behind goes on from; null where the client's header passes as it is. */
  readonly trace?: Trace | null;
}

/** The headers that the upstream gets: the client's without those of the hop, and the gate's own. */
export function forwardedHeaders(request: IncomingMessage, options: ForwardOptions): string[] {
  const dropped = connectionNames(request);
  const out: string[] = ['Host', options.upstreamHost ?? request.headers.host ?? ''];
  const before: string[] = [];
  let host = '';
  const tls = tlsOf(request.socket);
  let protocol = tls === null ? 'http' : 'https';
  for (const [name, value] of pairs(request.rawHeaders)) {
    const key = name.toLowerCase();
    if (key === 'host') host = value;
    if (options.isTrusted && key === 'x-forwarded-for') before.push(value);
    if (options.isTrusted && key === 'x-forwarded-proto' && /^https?$/.test(value)) protocol = value;
    if (key === 'host' || key === 'content-length') continue;
    // Compressed frames could not be inspected; without an offer none are sent (RFC 7692, section 5).
    if (options.upgrade === true && key === 'sec-websocket-extensions') continue;
    if (key === 'traceparent' && (options.trace ?? null) !== null) continue;
    if (HOP_BY_HOP.has(key) || FORWARDED.has(key) || (dropped.has(key) && !KEPT.has(key))) continue;
    out.push(name, value);
  }
  if (options.upgrade === true) out.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  if (options.length !== null && (options.length > 0 || request.headers['content-length'] !== undefined))
    out.push('Content-Length', String(options.length));
  out.push('X-Forwarded-For', [...before, options.client].join(', '), 'X-Forwarded-Proto', protocol);
  if (host !== '') out.push('X-Forwarded-Host', host);
  const certificate = tls?.authorized === true ? tls.getPeerX509Certificate() : undefined;
  if (certificate !== undefined)
    out.push('X-Forwarded-Client-Cert', `Hash=${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`);
  if (options.trace !== undefined && options.trace !== null) out.push('traceparent', traceparentOf(options.trace));
  out.push('X-Request-Id', clientRequestId(valuesOf(request, 'x-request-id')) ?? options.requestId);
  return out;
}

function tlsOf(socket: Socket): TLSSocket | null {
  return socket instanceof TLSSocket ? socket : null;
}

/** Headers that describe the body are never hop by hop, even if Connection lists them (CWE-444). */
const KEPT: ReadonlySet<string> = new Set([
  'content-type',
  'content-encoding',
  'inference-header-content-length',
  'authorization',
  'cookie',
]);

/** Whether clients could take an answer for another type or coding than the gate does: they differ in which one counts. */
export function isAmbiguous({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): boolean {
  const seen = new Set<string>();
  for (const [name] of pairs(rawHeaders)) {
    const key = name.toLowerCase();
    if (key !== 'content-type' && key !== 'content-encoding') continue;
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

/** The headers of an answer without those of the hop. */
export function answerHeaders(response: IncomingMessage): string[] {
  const dropped = connectionNames(response);
  const out: string[] = [];
  for (const [name, value] of pairs(response.rawHeaders)) {
    const key = name.toLowerCase();
    if (!HOP_BY_HOP.has(key) && !dropped.has(key)) out.push(name, value);
  }
  return out;
}
