import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SparseFile } from './double-files.js';

/** A file of a repository of the double. */
export interface DoubleFile {
  readonly content: SparseFile;
  /** Behind LFS: a redirect to a signed address of the second origin. Files above 10 MB are, unless said. */
  readonly lfs: boolean;
  /** What the Hub's scanners say, as `securityFileStatus` has it. */
  readonly security?: unknown;
}

export interface DoubleRepository {
  /** Its files by their paths. */
  readonly files: Map<string, DoubleFile>;
  commit: string;
  gated?: boolean;
  disabled?: boolean;
  isPrivate?: boolean;
  /** It goes by this name now. */
  renamedTo?: string;
  /** Entries that are listed besides, whatever they are. */
  listedToo?: readonly unknown[];
}

/** What was asked, in its order. */
export interface Asked {
  readonly origin: 'api' | 'cdn';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Of the request, where it was read. */
  body: string;
  status: number;
  bytes: number;
}

/** Answers instead of the double where it returns true. */
export type Fault = (asked: Asked, response: ServerResponse, request: IncomingMessage) => boolean;

const LFS_FROM = 10 * 2 ** 20;
const KEY = 'the key of the double';
/** What the Hub lets pages read of its answers. */
const EXPOSED =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';
export const TOKEN = 'hf_doubletoken';

/**
 * A Hub that exists for one test: two origins, one for the API and one with the files behind LFS at signed addresses that
 * expire; small files at a second address of the first one; gated, private, renamed and disabled repositories; pages of a
 * listing; rate limits, faults and latency on demand; counters of requests and bytes.
 */
export class HubDouble {
  readonly repositories = new Map<string, DoubleRepository>();
  readonly asked: Asked[] = [];
  /** Milliseconds before each answer. */
  latencyMs = 0;
  /** How long a signed address is good for. */
  signedMs = 60_000;
  pageSize = 1_000;
  fault: Fault = () => false;
  /** Lets pages of other origins read it, as the Hub and its storages do: without an answer to OPTIONS. */
  cors = false;
  /** Requests that are left, and the seconds until there are more; null for no limit. */
  limit: { left: number; seconds: number; since: number } | null = null;
  /** The most requests that were open at a time. */
  mostOpen = 0;
  #open = 0;
  readonly #api: Server;
  readonly #cdn: Server;
  #signatures = 0;

  private constructor() {
    this.#api = createServer((request, response) => this.#serve('api', request, response));
    this.#cdn = createServer((request, response) => this.#serve('cdn', request, response));
  }

  static async start(): Promise<HubDouble> {
    const double = new HubDouble();
    await Promise.all([listening(double.#api), listening(double.#cdn)]);
    return double;
  }

  async close(): Promise<void> {
    for (const server of [this.#api, this.#cdn]) server.closeAllConnections();
    await Promise.all([closed(this.#api), closed(this.#cdn)]);
  }

  /** As it was when it started, but for its addresses. */
  reset(): void {
    this.repositories.clear();
    this.asked.length = 0;
    this.latencyMs = 0;
    this.signedMs = 60_000;
    this.pageSize = 1_000;
    this.limit = null;
    this.cors = false;
    this.fault = () => false;
    this.mostOpen = 0;
  }

  get endpoint(): string {
    return originOf(this.#api);
  }

  get cdn(): string {
    return originOf(this.#cdn);
  }

  /** Bytes of bodies. */
  get bytes(): number {
    return this.asked.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** `name` with its kind where it is no model, such as `datasets/org/name`. */
  add(
    name: string,
    files: Readonly<Record<string, Uint8Array | string | SparseFile | Omit<DoubleFile, never>>>,
  ): DoubleRepository {
    const repository: DoubleRepository = {
      files: new Map(Object.entries(files).map(([path, given]) => [path, fileOf(given)] as const)),
      commit: createHash('sha1').update(name).digest('hex'),
    };
    this.repositories.set(name, repository);
    return repository;
  }

  #serve(origin: Asked['origin'], request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.endpoint);
    const asked: Asked = {
      origin,
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: '',
      status: 0,
      bytes: 0,
    };
    this.asked.push(asked);
    this.#open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
    response.on('close', () => {
      this.#open -= 1;
      asked.status = response.statusCode;
    });
    if (this.cors) this.#allow(origin, request, response);
    setTimeout(() => {
      if (this.fault(asked, response, request)) return;
      if (origin === 'cdn') this.#serveSigned(asked, response);
      else if (this.#isLimited(response)) response.writeHead(429).end();
      else void this.#serveApi(asked, request, response);
    }, this.latencyMs);
  }

  #allow(origin: Asked['origin'], request: IncomingMessage, response: ServerResponse): void {
    const from = request.headers.origin;
    if (from === undefined) return;
    response.setHeader('Access-Control-Allow-Origin', origin === 'api' ? from : '*');
    response.setHeader('Access-Control-Expose-Headers', origin === 'api' ? EXPOSED : '*');
    response.setHeader('Vary', 'Origin');
  }

  #isLimited(response: ServerResponse): boolean {
    const { limit } = this;
    if (limit === null) return false;
    const elapsed = (Date.now() - limit.since) / 1000;
    if (elapsed >= limit.seconds) {
      this.limit = null;
      return false;
    }
    limit.left -= 1;
    const seconds = Math.ceil(limit.seconds - elapsed);
    response.setHeader('RateLimit', `"api";r=${Math.max(0, limit.left)};t=${seconds}`);
    return limit.left < 0;
  }

  async #serveApi(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('X-Request-Id', `Root=1-${this.asked.length}`);
    const isApi = asked.path.startsWith('/api/');
    const parts = asked.path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    const isCache = parts[1] === 'resolve-cache';
    if (isApi) parts.splice(0, isCache ? 2 : 1);
    const kind = /^(?:models|datasets|spaces)$/.test(parts[0] ?? '') ? (parts.shift() ?? '') : 'models';
    const name = parts.splice(0, 2).join('/');
    const key = kind === 'models' ? name : `${kind}/${name}`;
    const repository = this.repositories.get(key);
    if (repository === undefined || (repository.isPrivate === true && !hasToken(asked)))
      return refuse(response, hasToken(asked) ? 404 : 401, 'RepoNotFound', 'Repository not found');
    if (repository.renamedTo !== undefined) {
      response.writeHead(307, { location: asked.path.replace(name, repository.renamedTo) + searchOf(asked) }).end();
      return;
    }
    if (repository.disabled === true) return refuse(response, 403, null, 'Access to this resource is disabled.');
    const verb = isCache ? 'cache' : (parts.shift() ?? '');
    if (isApi && verb === 'refs') return this.#json(asked, response, refsOf(repository));
    if (isApi && verb === 'scan') return this.#json(asked, response, scanOf(repository));
    const revision = parts.shift() ?? 'main';
    if (revision !== 'main' && revision !== repository.commit)
      return refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
    const path = parts.join('/');
    if (verb === 'revision' || verb === '') return this.#json(asked, response, infoOf(name, repository));
    if (verb === 'tree') return this.#tree(asked, response, repository, path);
    if (verb === 'paths-info') return this.#pathsInfo(asked, request, response, repository);
    if (repository.gated === true && !hasToken(asked))
      return refuse(response, 401, 'GatedRepo', 'Access to model is restricted.');
    const file = repository.files.get(path);
    if (file === undefined) return refuse(response, 404, 'EntryNotFound', 'Entry not found');
    response.setHeader('X-Repo-Commit', repository.commit);
    if (verb === 'resolve') return this.#resolve(asked, response, { key, kind, name, path, file, repository });
    response.setHeader('ETag', `"${gitOid(file)}"`);
    sendRange(asked, response, file.content);
  }

  #resolve(
    asked: Asked,
    response: ServerResponse,
    at: { key: string; kind: string; name: string; path: string; file: DoubleFile; repository: DoubleRepository },
  ): void {
    const escaped = at.path.split('/').map(encodeURIComponent).join('/');
    response.setHeader('X-Linked-Size', at.file.content.size);
    response.setHeader('X-Linked-ETag', `"${at.file.lfs ? sha256Of(at.file) : gitOid(at.file)}"`);
    if (!at.file.lfs) {
      const { commit } = at.repository;
      response.writeHead(307, {
        location: `/api/resolve-cache/${at.kind}/${at.name}/${commit}/${escaped}${searchOf(asked)}`,
      });
    } else response.writeHead(302, { location: this.#signed(`/${at.key}/${escaped}`) });
    asked.bytes += 10;
    response.end('redirected');
  }

  #signed(path: string): string {
    this.#signatures += 1;
    const expires = String(Date.now() + this.signedMs);
    return `${this.cdn}${path}?Expires=${expires}&n=${this.#signatures}&Signature=${signatureOf(path, expires)}`;
  }

  #serveSigned(asked: Asked, response: ServerResponse): void {
    const expires = asked.query.get('Expires') ?? '';
    if (asked.query.get('Signature') !== signatureOf(asked.path, expires) || Number(expires) < Date.now()) {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end(
        '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
      );
      return;
    }
    const parts = asked.path.slice(1).split('/').map(decodeURIComponent);
    const length = /^(?:datasets|spaces)$/.test(parts[0] ?? '') ? 3 : 2;
    const file = this.repositories.get(parts.slice(0, length).join('/'))?.files.get(parts.slice(length).join('/'));
    if (file === undefined) return void response.writeHead(404).end();
    // Not the file's SHA-256: that of the parts of an upload.
    response.setHeader('ETag', `"${gitOid(file)}-2"`);
    sendRange(asked, response, file.content);
  }

  #tree(asked: Asked, response: ServerResponse, repository: DoubleRepository, path: string): void {
    const prefix = path === '' ? '' : `${path}/`;
    const isExpanded = asked.query.get('expand') === 'true';
    const files = [...repository.files].filter(([name]) => name.startsWith(prefix));
    if (files.length === 0 && path !== '') return refuse(response, 404, 'EntryNotFound', 'Entry not found');
    const folders = new Set(
      files.flatMap(([name]) =>
        name
          .split('/')
          .slice(0, -1)
          .map((_, i, all) => all.slice(0, i + 1).join('/')),
      ),
    );
    const entries = [
      ...[...folders].map((name) => ({ type: 'directory', oid: '0'.repeat(40), size: 0, path: name })),
      ...files.map(([name, file]) => (isExpanded ? expandedOf(name, file) : entryOf(name, file))),
      ...(repository.listedToo ?? []),
    ];
    const start = Number(asked.query.get('cursor') ?? 0);
    const end = start + Math.min(this.pageSize, Number(asked.query.get('limit') ?? this.pageSize));
    if (end < entries.length) {
      const next = new URL(asked.path, this.endpoint);
      for (const [key, value] of asked.query) next.searchParams.set(key, value);
      next.searchParams.set('cursor', String(end));
      response.setHeader('Link', `<${next.href}>; rel="next"`);
    }
    this.#json(asked, response, entries.slice(start, end));
  }

  async #pathsInfo(
    asked: Asked,
    request: IncomingMessage,
    response: ServerResponse,
    repository: DoubleRepository,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    asked.body = text;
    // huggingface-hub sends a form, and so do we.
    const form = new URLSearchParams(text);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const { paths, expand } = isForm
      ? { paths: form.getAll('paths'), expand: form.get('expand') === 'true' }
      : (JSON.parse(text) as { paths: string[]; expand: boolean });
    const found = paths.flatMap((path): readonly unknown[] => {
      const file = repository.files.get(path);
      if (file !== undefined) return [expand ? expandedOf(path, file) : entryOf(path, file)];
      const isFolder = [...repository.files.keys()].some((name) => name.startsWith(`${path}/`));
      return isFolder ? [{ type: 'directory', oid: '0'.repeat(40), size: 0, path }] : [];
    });
    this.#json(asked, response, found);
  }

  #json(asked: Asked, response: ServerResponse, value: unknown): void {
    const text = JSON.stringify(value);
    asked.bytes += text.length;
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  }
}

function infoOf(name: string, { commit, files }: DoubleRepository): unknown {
  const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
  return {
    _id: '1',
    id: name,
    modelId: name,
    sha: commit,
    private: false,
    gated: false,
    disabled: false,
    tags: [],
    siblings,
  };
}

function refsOf({ commit }: DoubleRepository): unknown {
  return { branches: [{ name: 'main', ref: 'refs/heads/main', targetCommit: commit }], tags: [], converts: [] };
}

/** The security status of a repository: the files on which its scanners have a verdict that is not quiet. */
function scanOf({ files }: DoubleRepository): unknown {
  const filesWithIssues = [...files].flatMap(([path, { security }]) => {
    const level = (security as { readonly status?: string } | undefined)?.status;
    return level === undefined || level === 'safe' ? [] : [{ path, level }];
  });
  return { scansDone: true, filesWithIssues };
}

function fileOf(given: Uint8Array | string | SparseFile | DoubleFile): DoubleFile {
  if (typeof given === 'object' && 'content' in given) return given;
  const content =
    given instanceof SparseFile ? given : SparseFile.of(typeof given === 'string' ? Buffer.from(given) : given);
  return { content, lfs: content.size >= LFS_FROM };
}

function entryOf(path: string, file: DoubleFile): Readonly<Record<string, unknown>> {
  const { size } = file.content;
  const plain = { type: 'file', oid: gitOid(file), size, path };
  return file.lfs ? { ...plain, lfs: { oid: sha256Of(file), size, pointerSize: 135 } } : plain;
}

function expandedOf(path: string, file: DoubleFile): Readonly<Record<string, unknown>> {
  const { security } = file;
  const lastCommit = { id: '0'.repeat(40), title: 'Upload', date: '2026-11-23T00:00:00.000Z' };
  return { ...entryOf(path, file), lastCommit, ...(security === undefined ? {} : { securityFileStatus: security }) };
}

/** Large ones are mostly zeros: their beginning stands for them. */
const HASHED = 32 * 2 ** 20;

function sha256Of({ content }: DoubleFile): string {
  const hash = createHash('sha256').update(content.read(0, Math.min(content.size, HASHED)));
  return (content.size <= HASHED ? hash : hash.update(String(content.size))).digest('hex');
}

function gitOid({ content }: DoubleFile): string {
  return createHash('sha1')
    .update(content.read(0, Math.min(content.size, HASHED)))
    .update(String(content.size))
    .digest('hex');
}

function hasToken({ headers }: Asked): boolean {
  return headers.authorization === `Bearer ${TOKEN}`;
}

function searchOf({ query }: Asked): string {
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function signatureOf(path: string, expires: string): string {
  return createHmac('sha256', KEY).update(`${path}\n${expires}`).digest('hex');
}

function refuse(response: ServerResponse, status: number, code: string | null, message: string): void {
  if (code !== null) response.setHeader('X-Error-Code', code);
  response.setHeader('X-Error-Message', message);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: message }));
}

/** A range as storages answer it, `If-Range` included. */
export function sendRange(asked: Asked, response: ServerResponse, content: SparseFile): void {
  const { size } = content;
  response.setHeader('Accept-Ranges', 'bytes');
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '');
  const ifRange = asked.headers['if-range'];
  const isSame = ifRange === undefined || ifRange === response.getHeader('etag');
  if (wanted === null || !isSame) {
    response.writeHead(200, { 'content-length': size });
    send(asked, response, content, 0, size);
    return;
  }
  const start = Number(wanted[1]);
  const end = Math.min(size, wanted[2] === '' ? size : Number(wanted[2]) + 1);
  if (start >= size) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  response.writeHead(206, { 'content-length': end - start, 'content-range': `bytes ${start}-${end - 1}/${size}` });
  send(asked, response, content, start, end);
}

const CHUNK = 2 ** 20;

function send(asked: Asked, response: ServerResponse, content: SparseFile, start: number, end: number): void {
  const next = (from: number): void => {
    for (let at = from; at < end && !response.destroyed;) {
      const to = Math.min(end, at + CHUNK);
      asked.bytes += to - at;
      const goesOn = response.write(content.read(at, to));
      at = to;
      if (goesOn) continue;
      response.once('drain', () => next(at));
      return;
    }
    response.end();
  };
  next(start);
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
