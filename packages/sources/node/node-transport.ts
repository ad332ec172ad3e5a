import { lookup, type LookupAddress } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import {
  refusalOf,
  SourceError,
  type Addresses,
  type Transport,
  type TransportAnswer,
  type TransportRequest,
} from '@artifact-sentinel/sources';
import { ProxyTunnels, proxyFor, type Proxy } from './proxy.js';

/** Connections that stay open to one host while nothing is asked for. */
const IDLE_SOCKETS = 16;
const KEPT_MS = 5_000;

/** Errors that another attempt would only repeat. */
const FINAL = new Set(['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface NodeTransportOptions {
  /** Of HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in lower case too. */
  readonly variable: (name: string) => string | undefined;
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** Requests by `node:http`. Addresses are checked when a name is resolved, and once more when the connection stands. */
export function nodeTransport({ variable }: NodeTransportOptions): Transport {
  const keep = { keepAlive: true, keepAliveMsecs: KEPT_MS, maxFreeSockets: IDLE_SOCKETS, scheduling: 'lifo' as const };
  const direct: Agents = { http: new HttpAgent(keep), https: new HttpsAgent(keep) };
  const tunnels = new ProxyTunnels(keep);
  return {
    send(request) {
      const proxy = proxyFor(request.url, variable);
      return proxy === null ? sendDirect(request, direct) : sendThrough(request, proxy, direct.http, tunnels);
    },
    close() {
      direct.http.destroy();
      direct.https.destroy();
      tunnels.close();
    },
  };
}

function sendDirect({ url, method, headers, body, addresses, signal }: TransportRequest, agents: Agents) {
  const isTls = url.protocol === 'https:';
  const options = { method, headers, signal, lookup: checkedLookup(addresses) };
  return answered(
    () =>
      isTls
        ? httpsRequest(url, { ...options, agent: agents.https })
        : httpRequest(url, { ...options, agent: agents.http }),
    body,
    (socket) => refusalOf(socket.remoteAddress ?? '', addresses),
  );
}

/** The proxy resolves the name: which address it goes to is its decision, and its own address is the user's. */
function sendThrough(
  { url, method, headers, body, signal }: TransportRequest,
  proxy: Proxy,
  agent: HttpAgent,
  tunnels: ProxyTunnels,
): Promise<TransportAnswer> {
  if (url.protocol === 'https:')
    return answered(() => httpsRequest(url, { method, headers, signal, agent: tunnels.agentFor(proxy) }), body, null);
  const { hostname, port } = proxy.url;
  return answered(
    () =>
      httpRequest({
        agent,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port: port === '' ? 80 : Number(port),
        // RFC 9112, 3.2.2: the whole address.
        path: url.href,
        method,
        signal,
        headers: { ...headers, host: url.host, ...proxy.headers },
      }),
    body,
    null,
  );
}

function answered(
  start: () => ReturnType<typeof httpRequest>,
  body: Uint8Array | undefined,
  check: ((socket: Socket) => string | null) | null,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const request = start();
    request.on('response', (response) => resolve(answerOf(response)));
    request.on('error', (error) => reject(plainError(error)));
    if (check !== null)
      request.on('socket', (socket) => {
        const refuse = (): void => {
          const refused = check(socket);
          if (refused !== null) request.destroy(new SourceError('private-address', refused));
        };
        if (socket.connecting) socket.once('connect', refuse);
        else refuse();
      });
    request.end(body);
  });
}

function answerOf(response: IncomingMessage): TransportAnswer {
  return {
    status: response.statusCode ?? 0,
    header(name) {
      const value = response.headers[name];
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
    },
    body: response as AsyncIterable<Uint8Array>,
    close() {
      if (!response.complete) response.destroy();
      else response.resume();
    },
  };
}

/** Resolves a name, and refuses it where one of its addresses is refused: which one a connection takes is chance. */
function checkedLookup(allowed: Addresses): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      for (const { address } of found) {
        const refused = refusalOf(address, allowed);
        if (refused === null) continue;
        callback(new SourceError('private-address', `${hostname}: ${refused}`), '', 0);
        return;
      }
      const [first] = found;
      if (options.all === true) callback(null, found);
      else callback(null, first?.address ?? '', first?.family ?? isIP(first?.address ?? ''));
    });
  };
}

/** An error of a connection in one line; a final one as a `SourceError`, which is not tried again. */
export function plainError(error: Error): Error {
  if (error instanceof SourceError) return error;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const first = inner instanceof Error ? inner : error;
  const code = 'code' in first && typeof first.code === 'string' ? first.code : '';
  const isFinal = FINAL.has(code) || code.includes('CERT') || code.startsWith('ERR_TLS');
  const message = first.message === '' ? code : first.message;
  return isFinal ? new SourceError('unreachable', `no connection: ${message}`) : new Error(message);
}
