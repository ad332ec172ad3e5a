import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const LOGIN = 'someone:pass word';
const TOKEN = 'token.of-the_double';

export interface RegistryAsked {
  readonly origin: 'registry' | 'tokens' | 'storage';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface Layer {
  readonly bytes: Uint8Array;
  readonly title?: string;
  readonly mediaType?: string;
  /** Members of the descriptor besides, or instead of its own. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A registry for one test: manifests, blobs with ranges, a server of tokens and a storage that blobs are redirected to. */
export class RegistryDouble {
  readonly asked: RegistryAsked[] = [];
  readonly #blobs = new Map<string, Uint8Array>();
  readonly #manifests = new Map<string, Uint8Array>();
  readonly #servers: Readonly<Record<RegistryAsked['origin'], Server>>;
  auth: 'none' | 'basic' | 'bearer' = 'none';
  /** Whether a token is given only to who logs in. */
  needsLogin = false;
  realm = '';
  redirects = false;
  /** Answers instead of the double where it returns true. */
  fault: (asked: RegistryAsked, response: ServerResponse) => boolean = () => false;

  private constructor() {
    const serve = (origin: RegistryAsked['origin']): Server =>
      createServer((request, response) => void this.#serve(origin, request, response));
    this.#servers = { registry: serve('registry'), tokens: serve('tokens'), storage: serve('storage') };
  }

  static async start(): Promise<RegistryDouble> {
    const double = new RegistryDouble();
    for (const server of Object.values(double.#servers))
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
    double.reset();
    return double;
  }

  async close(): Promise<void> {
    for (const server of Object.values(this.#servers)) {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }

  reset(): void {
    this.asked.length = 0;
    this.#blobs.clear();
    this.#manifests.clear();
    this.auth = 'none';
    this.needsLogin = false;
    this.realm = `${this.origin('tokens')}/token`;
    this.redirects = false;
    this.fault = () => false;
  }

  origin(of: RegistryAsked['origin']): string {
    return `http://127.0.0.1:${(this.#servers[of].address() as AddressInfo).port}`;
  }

  get host(): string {
    return this.origin('registry').slice('http://'.length);
  }

  /** Puts an artifact under a reference; its digest. */
  push(reference: string, layers: readonly Layer[], more: Readonly<Record<string, unknown>> = {}): string {
    const config = this.#descriptor({ bytes: Buffer.from('{}'), mediaType: 'application/vnd.oci.empty.v1+json' });
    return this.put(reference, {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config,
      layers: layers.map((layer) => this.#descriptor(layer)),
      ...more,
    });
  }

  /** Puts any document as a manifest. */
  put(reference: string, document: unknown): string {
    const bytes = Buffer.from(JSON.stringify(document));
    const digest = digestOf(bytes);
    this.#manifests.set(reference, bytes);
    this.#manifests.set(digest, bytes);
    return digest;
  }

  manifest(reference: string): { digest: string; size: number; mediaType: string } {
    const bytes = this.#manifests.get(reference) ?? new Uint8Array(0);
    return { digest: digestOf(bytes), size: bytes.length, mediaType: 'application/vnd.oci.image.manifest.v1+json' };
  }

  #descriptor({ bytes, title, mediaType = 'application/octet-stream', more = {} }: Layer): unknown {
    const digest = digestOf(bytes);
    this.#blobs.set(digest, bytes);
    const annotations = title === undefined ? {} : { annotations: { 'org.opencontainers.image.title': title } };
    return { mediaType, digest, size: bytes.length, ...annotations, ...more };
  }

  async #serve(origin: RegistryAsked['origin'], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://double');
    let body = '';
    for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString('utf8');
    const query = body === '' ? url.searchParams : new URLSearchParams(body);
    const { headers, method = '' } = request;
    const asked: RegistryAsked = { origin, method, path: url.pathname, query, headers };
    this.asked.push(asked);
    if (this.fault(asked, response)) return;
    if (origin === 'tokens') return this.#token(asked, response);
    const digest = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    if (origin === 'storage') return this.#blob(asked, response, digest);
    if (!this.#isAllowed(headers.authorization)) {
      const basic = 'Basic realm="registry, with a comma"';
      const bearer = `Bearer realm="${this.realm}",service="the double",scope="repository:org/model:pull,push"`;
      response.writeHead(401, { 'www-authenticate': this.auth === 'basic' ? basic : bearer });
      return void response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
    }
    const match = /^\/v2\/org\/model\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname);
    if (match === null) return refuse(response, 404, 'NAME_UNKNOWN', 'repository name not known to registry');
    if (match[1] === 'manifests') return this.#manifest(response, digest);
    if (!this.redirects) return this.#blob(asked, response, digest);
    response.writeHead(307, { location: `${this.origin('storage')}/signed/${digest}` }).end();
  }

  #isAllowed(authorization: string | undefined): boolean {
    if (this.auth === 'none') return true;
    if (this.auth === 'basic') return authorization === `Basic ${btoa(LOGIN)}`;
    return authorization === `Bearer ${TOKEN}`;
  }

  #token({ query, headers, method }: RegistryAsked, response: ServerResponse): void {
    const isKnown =
      headers.authorization === `Basic ${btoa(LOGIN)}` ||
      (method === 'POST' && query.get('refresh_token') === 'identity-of-someone');
    if (query.get('scope') !== 'repository:org/model:pull' || (this.needsLogin && !isKnown))
      return refuse(response, 401, 'DENIED', 'no');
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: TOKEN }));
  }

  #manifest(response: ServerResponse, reference: string): void {
    const bytes = this.#manifests.get(reference);
    if (bytes === undefined) return refuse(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    response.writeHead(200, { 'content-length': bytes.length, 'docker-content-digest': digestOf(bytes) }).end(bytes);
  }

  #blob({ headers }: RegistryAsked, response: ServerResponse, digest: string): void {
    const bytes = this.#blobs.get(digest);
    if (bytes === undefined) return refuse(response, 404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    response.setHeader('ETag', `"${digest}"`);
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
    if (range === null) return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    const first = Number(range[1]);
    const end = Math.min(Number(range[2]) + 1, bytes.length);
    response.writeHead(206, {
      'content-range': `bytes ${first}-${end - 1}/${bytes.length}`,
      'content-length': end - first,
    });
    response.end(bytes.subarray(first, end));
  }
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}
