import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { traceparentOf, type Trace } from '@artifact-sentinel/core/node/internal';
import { executableHeader } from '../inspect/media-type.js';
import type { HeadValue } from '../inspect/head-values.js';
import { FORWARDED, NAMELESS, pairs } from '../proxy/headers.js';
import { headRefusal } from '../proxy/problem.js';
import type { Refusal } from '../model/rules.js';
import { timeoutMs } from './status.js';
import { clientRequestId } from '../model/request-id.js';

/** Of the hop, or made anew. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'grpc-timeout',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Metadata with a syntax of its own, in which nobody looks for an object. */
const PLAIN: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'content-length',
  'content-type',
  'grpc-accept-encoding',
  'grpc-encoding',
  'grpc-timeout',
  'host',
  'te',
  'traceparent',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

/** What may be there once only: readers differ in which of two they take, and Node sends no two of them. */
const SINGLE: ReadonlySet<string> = new Set([
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'etag',
  'expires',
  'from',
  'grpc-encoding',
  'grpc-timeout',
  'host',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'range',
  'referer',
  'retry-after',
  'server',
  'te',
  'tk',
  'upgrade-insecure-requests',
  'user-agent',
  'x-content-type-options',
]);

/** Whether it is a call as PROTOCOL-HTTP2.md defines it; anything else is answered as HTTP. */
export function isGrpc(headers: IncomingHttpHeaders): boolean {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return headers[':method'] === 'POST' && (type === 'application/grpc' || type === 'application/grpc+proto');
}

/** Beside name and value, of each field (RFC 9113, section 6.5.2). */
const FIELD_BYTES = 32;

/**
 * What the metadata alone are refused for. `headerBytes`: of all of them; Node holds a client to it that has acknowledged
 * the gate's settings.
 */
export function faultOfMetadata(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  headerBytes: number,
): Refusal | null {
  const seen = new Set<string>();
  let size = 0;
  for (const [name, value] of pairs(rawHeaders)) {
    size += name.length + value.length + FIELD_BYTES;
    if (size > headerBytes) return headRefusal('GATE-HEADERS', 'headers', `more than ${headerBytes} bytes of headers`);
    if (name === NAMELESS) return headRefusal('GATE-HTTP', 'header-name', `metadata of the name ${NAMELESS}`);
    if (seen.has(name) && SINGLE.has(name)) return headRefusal('GATE-HTTP', 'repeated-header', `${name} is repeated`);
    seen.add(name);
  }
  if (headers.te !== 'trailers') return headRefusal('GATE-HTTP', 'te', 'a call without "te: trailers"');
  const timeout = headers['grpc-timeout'];
  if (timeout !== undefined && timeoutMs(String(timeout)) === null)
    return headRefusal('GATE-HTTP', 'grpc-timeout', 'a grpc-timeout that is none');
  if (headers['content-encoding'] !== undefined)
    return headRefusal('GATE-CODING', 'content-encoding', 'a coding of the whole body, which gRPC does not have');
  if (executableHeader(headers) !== null)
    return headRefusal('GATE-PICKLE-TYPE', 'metadata', 'metadata declare an executable object format');
  return null;
}

/** Metadata that may be the disguise of something. Values of `-bin` are bytes in base64, separated by commas. */
export function metadataValues(rawHeaders: readonly string[]): readonly HeadValue[] {
  const values: HeadValue[] = [];
  const add = (text: string): void => {
    if (text.length >= SHORTEST) values.push({ where: 'metadata', text });
  };
  for (const [name, value] of pairs(rawHeaders)) {
    if (value.length < SHORTEST || name.startsWith(':') || PLAIN.has(name)) continue;
    if (name.endsWith('-bin')) {
      for (const part of value.split(',')) {
        const bytes = Buffer.from(part.trim(), 'base64');
        add(bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'));
      }
    } else if (name === 'cookie') for (const part of value.split(';')) add(part.slice(part.indexOf('=') + 1).trim());
    else if (name === 'authorization') add(value.slice(value.indexOf(' ') + 1).trim());
    else add(value);
  }
  return values;
}

/** No pickle that names or calls anything has fewer. */
const SHORTEST = 8;

export interface ForwardedCall {
  readonly authority: string;
  readonly scheme: string;
  readonly client: string;
  readonly isTrusted: boolean;
  readonly requestId: string;
  /** What is left of the client's deadline. */
  readonly timeout: string | null;
  /** The gate's span; null where the client's passes as it is. */
  readonly trace: Trace | null;
}

/** The metadata that the upstream gets: the client's without those of the hop, and the gate's own. */
export function forwardedMetadata(
  rawHeaders: readonly string[],
  path: string,
  { authority, scheme, client, isTrusted, requestId, timeout, trace }: ForwardedCall,
): OutgoingHttpHeaders {
  const out = clean<string | string[]>({
    ':method': 'POST',
    ':scheme': scheme,
    ':path': path,
    ':authority': authority,
    te: 'trailers',
  });
  const before: string[] = [];
  const ids: string[] = [];
  let host = '';
  for (const [name, value] of pairs(rawHeaders)) {
    if (name === 'x-request-id') ids.push(value);
    if (name === ':authority') host = value;
    if (isTrusted && name === 'x-forwarded-for') before.push(value);
    if (name.startsWith(':') || NOT_FORWARDED.has(name) || FORWARDED.has(name)) continue;
    const known = out[name];
    if (known === undefined) out[name] = value;
    else out[name] = typeof known === 'string' ? [known, value] : [...known, value];
  }
  if (timeout !== null) out['grpc-timeout'] = timeout;
  if (trace !== null) out['traceparent'] = traceparentOf(trace);
  out['x-forwarded-for'] = [...before, client].join(', ');
  if (host !== '') out['x-forwarded-host'] = host;
  out['x-request-id'] = clientRequestId(ids) ?? requestId;
  return out;
}

/** The metadata of an answer, or its trailers, without what is of the hop. */
export function answerMetadata(headers: IncomingHttpHeaders, isTrailer: boolean): OutgoingHttpHeaders {
  const out = clean<OutgoingHttpHeaders[string]>({});
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_FORWARDED.has(name) || (name.startsWith(':') && (isTrailer || name !== ':status')))
      continue;
    out[name] = value;
  }
  return out;
}

/** An object in which no name is there that nobody sent, such as `constructor`. */
function clean<Value>(fields: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, fields);
}
