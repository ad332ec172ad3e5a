import { request as httpRequest, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import { IDLE_MS, SourceError } from '@artifact-sentinel/sources';

/** A proxy for one request. */
export interface Proxy {
  readonly url: URL;
  /** What the proxy gets besides: its credentials. */
  readonly headers: Readonly<Record<string, string>>;
}

type Variable = (name: string) => string | undefined;

function either(variable: Variable, name: string): string | undefined {
  const lower = variable(name.toLowerCase());
  return lower === undefined || lower === '' ? variable(name) : lower;
}

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for, as curl reads them: lower case first, and ALL_PROXY where
 * there is none for the scheme. Null where there is none.
 */
export function proxyFor(url: URL, variable: Variable): Proxy | null {
  const own = either(variable, url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const named = own === undefined || own === '' ? either(variable, 'ALL_PROXY') : own;
  if (named === undefined || named === '' || isExempt(url, either(variable, 'NO_PROXY') ?? '')) return null;
  const text = named.includes('://') ? named : `http://${named}`;
  if (!URL.canParse(text)) throw new SourceError('usage', 'the proxy of the environment is no address');
  const proxy = new URL(text);
  if (proxy.protocol !== 'http:')
    throw new SourceError('usage', `a proxy with the scheme ${proxy.protocol.slice(0, -1)} is not supported`);
  const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const credentials = proxy.username === '' && proxy.password === '' ? null : Buffer.from(user).toString('base64');
  return { url: proxy, headers: credentials === null ? {} : { 'proxy-authorization': `Basic ${credentials}` } };
}

/** Names in NO_PROXY stand for themselves and all that lies below them; `*` for all. A port has to be the same. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list.split(/[\s,]+/).some((item) => {
    if (item === '*') return true;
    const named = nameAndPort(item.toLowerCase());
    const name = named.name.replace(/^\*?\./, '').replace(/^\[|\]$/g, '');
    if (name === '' || (named.port !== null && named.port !== port)) return false;
    return host === name || host.endsWith(`.${name}`);
  });
}

/** `host:port`; an IPv6 address has its port behind brackets. */
function nameAndPort(item: string): { readonly name: string; readonly port: string | null } {
  const colon = item.lastIndexOf(':');
  const isAddress = item.indexOf(':') < colon && !item.slice(0, colon).endsWith(']');
  const port = item.slice(colon + 1);
  return colon < 0 || isAddress || !/^\d+$/.test(port)
    ? { name: item, port: null }
    : { name: item.slice(0, colon), port };
}

/** TLS through `CONNECT` (RFC 9110, 9.3.6): one agent for each proxy, so that connections are used again. */
export class ProxyTunnels {
  readonly #options: AgentOptions;
  readonly #agents = new Map<string, HttpsAgent>();

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  agentFor(proxy: Proxy): HttpsAgent {
    const known = this.#agents.get(proxy.url.href);
    if (known !== undefined) return known;
    const agent = new TunnelAgent(proxy, this.#options);
    this.#agents.set(proxy.url.href, agent);
    return agent;
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
  }
}

type Connected = (error: Error | null, stream: Duplex) => void;

class TunnelAgent extends HttpsAgent {
  readonly #proxy: Proxy;
  readonly #opening = new Set<ClientRequest>();

  constructor(proxy: Proxy, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: RequestOptions & ConnectionOptions, connected: Connected = () => {}): undefined {
    // Node takes an error alone, which its types do not say.
    const fail = connected as (error: Error) => void;
    const { url, headers } = this.#proxy;
    const target = `${options.host ?? ''}:${options.port ?? 443}`;
    const opening = httpRequest({
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 80 : Number(url.port),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...headers },
      agent: false,
    });
    this.#opening.add(opening);
    opening.on('close', () => this.#opening.delete(opening));
    opening.setTimeout(IDLE_MS, () => opening.destroy(new Error('it does not answer')));
    opening.on('connect', (answer, socket) => {
      this.#opening.delete(opening);
      socket.setTimeout(0);
      if (answer.statusCode === 200) connected(null, connect({ ...options, socket }));
      else {
        socket.destroy();
        const { statusCode = 0 } = answer;
        fail(new SourceError('unreachable', `the proxy ${url.host} refuses the connection (${statusCode})`));
      }
    });
    opening.on('error', (error) => {
      fail(new SourceError('unreachable', `the proxy ${url.host} cannot be reached: ${error.message}`));
    });
    opening.end();
    return undefined;
  }

  override destroy(): void {
    for (const opening of this.#opening) opening.destroy();
    super.destroy();
  }
}
