import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { hubName, SourceError } from '@artifact-sentinel/sources';
import type { Pool, Queries } from '../database/pool.js';
import { HUB_DOCUMENT_MS, MAX_HUB_BODY, MAX_HUB_PATHS, MAX_REMEMBERED, REVISION_MS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { Actor, FleetEvent, Intakes } from '../model/ports.js';
import { withoutXet } from './cleaned.js';
import { Copies } from './copies.js';
import { Decisions } from './decision.js';
import { listingDocument, repositoryDocument } from './documents.js';
import { Files } from './files.js';
import { Refusal } from './refusal.js';
import { Remembered } from './remembered.js';
import { readHubRequest, type HubRequest } from './requests.js';
import { decidingIntake } from './rows.js';
import { Upstream, UpstreamError, type Pinned, type UpstreamOptions } from './upstream.js';

export interface HubGateOptions {
  readonly pool: Pool;
  readonly intakes: Pick<Intakes, 'create'>;
  /** Who asks, by a bearer token of role `client` or more. Throws a RefusedError. No cookie is taken: a browser has nothing to do here. */
  readonly authenticate: (request: FastifyRequest) => Promise<Actor>;
  readonly upstream: UpstreamOptions;
  /** Writes down for webhooks what happened, in the transaction in which it did. */
  readonly emit?: (db: Queries, events: readonly FleetEvent[]) => Promise<void>;
  /** A folder of this process for checked copies; it is emptied. */
  readonly copies: { readonly folder: string; readonly most: number };
  /** As clients and people reach this server, without a slash at its end. */
  readonly publicUrl: string;
  /** Whether a revision whose analysis is incomplete is refused; true unless given. */
  readonly refusesIncomplete?: boolean;
  /** Whether a revision that is not known is taken in when it is asked for; true unless given. */
  readonly takesIn?: boolean;
  /** How long an answer waits for an analysis, in milliseconds. Clients of the Hub wait for ten seconds unless set (HF_HUB_ETAG_TIMEOUT). */
  readonly waitMs?: number;
}

const WAIT_MS = 8_000;
/** Paths under which the Hub has files: of models with and without a namespace, of datasets, of spaces. */
const FILES = ['/:name/resolve/*', '/:space/:name/resolve/*'].flatMap((path) => [
  path,
  `/datasets${path}`,
  `/spaces${path}`,
]);

/** The Hub's read API for revisions that pass: what `HF_ENDPOINT` points to. */
export function hubGate(options: HubGateOptions): FastifyPluginAsync {
  return async (app) => {
    const gate = await Gate.of(options);
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_HUB_BODY },
      (_request, body, done) => done(null, formOf(body.toString())),
    );
    // What is refused anyway is not read.
    app.addContentTypeParser('*', (_request, _payload, done) => done(null, null));
    // A source that fails before the first byte of a file went out.
    app.setErrorHandler((error, request, reply) => sendError(request, reply, error, null));
    const handler = (request: FastifyRequest, reply: FastifyReply) => gate.answer(request, reply);
    const onRequest = (request: FastifyRequest, reply: FastifyReply) => gate.authenticate(request, reply);
    const reads: ('GET' | 'HEAD')[] = ['GET', 'HEAD'];
    const writes: ('POST' | 'PUT' | 'PATCH' | 'DELETE')[] = ['POST', 'PUT', 'PATCH', 'DELETE'];
    const common = { onRequest, handler, exposeHeadRoute: false, bodyLimit: MAX_HUB_BODY };
    app.route({ ...common, method: [...reads, ...writes], url: '/api/*' });
    for (const url of FILES) app.route({ ...common, method: reads, url });
  };
}

class Gate {
  readonly #options: HubGateOptions;
  readonly #upstream: Upstream;
  readonly #decisions: Decisions;
  readonly #files: Files;
  readonly #revisions = new Remembered<Pinned>(MAX_REMEMBERED, REVISION_MS);
  readonly #actors = new WeakMap<FastifyRequest, Actor>();

  private constructor(options: HubGateOptions, copies: Copies) {
    const { pool, intakes, publicUrl, refusesIncomplete = true, takesIn = true, waitMs = WAIT_MS } = options;
    this.#options = options;
    this.#upstream = new Upstream(options.upstream);
    this.#decisions = new Decisions({ pool, intakes, refusesIncomplete, takesIn, waitMs, publicUrl });
    const { emit = () => Promise.resolve() } = options;
    this.#files = new Files({ pool, upstream: this.#upstream, copies, publicUrl, emit });
  }

  static async of(options: HubGateOptions): Promise<Gate> {
    return new Gate(options, await Copies.at(options.copies.folder, options.copies.most));
  }

  /** Before a body is read. */
  async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      this.#actors.set(request, await this.#options.authenticate(request));
    } catch (error) {
      await sendError(request, reply, error, null);
    }
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const by = this.#actors.get(request);
    if (by === undefined) throw new Error('a request reached the gate without authentication');
    let pinned: Pinned | null = null;
    const closed = new AbortController();
    reply.raw.once('close', () => closed.abort(new Error('the client went away')));
    try {
      const asked = readHubRequest(request.method, request.raw.url ?? '');
      if (asked.what === 'none') {
        const code = asked.status === 403 ? 'GatedRepo' : 'EntryNotFound';
        throw new Refusal(asked.status, code, asked.message);
      }
      if (asked.what === 'file') {
        pinned = await this.#pin(asked, this.#limited(closed.signal));
        const allowed = await this.#decisions.of(pinned, by, closed.signal);
        const { headers } = request;
        const answer = await this.#files.answer(
          pinned,
          allowed,
          { method: request.method, path: asked.path, range: headers.range, ifRange: headers['if-range']?.toString() },
          closed.signal,
        );
        reply.code(answer.status).headers(answer.headers);
        return await (answer.body === null ? reply.send() : reply.send(answer.body));
      }
      const { value, link, commit } = await this.#document(asked, by, request, this.#limited(closed.signal));
      if (link !== null) reply.header('link', link);
      if (commit !== null) reply.header('x-repo-commit', commit);
      return await reply.type('application/json').header('cache-control', 'no-store').send(JSON.stringify(value));
    } catch (error) {
      return sendError(request, reply, error, pinned);
    }
  }

  /** For documents: a Hub that lets its clients wait is not waited for. */
  #limited(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(HUB_DOCUMENT_MS)]);
  }

  /** Which commit is asked for: known here, remembered for some seconds, or asked of the Hub. */
  async #pin(asked: HubRequest, signal: AbortSignal): Promise<Pinned> {
    const { kind, repository, revision } = asked;
    if (/^[0-9a-f]{40}$/.test(revision)) {
      const pinned = { kind, repository, commit: revision };
      if ((await decidingIntake(this.#options.pool, hubName(pinned, revision))) !== null) return pinned;
    }
    const key = `${kind}/${repository}@${revision}`;
    const known = this.#revisions.get(key);
    if (known !== undefined) return known;
    const { pinned } = await this.#upstream.resolve(asked, new URLSearchParams(), signal);
    this.#revisions.set(key, pinned);
    return pinned;
  }

  async #document(
    asked: HubRequest,
    by: Actor,
    request: FastifyRequest,
    signal: AbortSignal,
  ): Promise<{ readonly value: unknown; readonly link: string | null; readonly commit: string | null }> {
    const { pool } = this.#options;
    if (asked.what === 'refs') {
      const value = withoutXet(
        await this.#upstream.refs(asked, picked(asked.query, ['include_prs', 'include_pull_requests']), signal),
      );
      return { value, link: null, commit: null };
    }
    if (asked.what === 'info') {
      const query = picked(asked.query, ['blobs', 'securityStatus', 'expand', 'expand[]']);
      const { pinned, info } = await this.#upstream.resolve(asked, query, signal);
      this.#revisions.set(`${asked.kind}/${asked.repository}@${asked.revision}`, pinned);
      const allowed = await this.#decisions.of(pinned, by, signal);
      return { value: await repositoryDocument(pool, allowed, pinned, info), link: null, commit: pinned.commit };
    }
    const pinned = await this.#pin(asked, signal);
    const allowed = await this.#decisions.of(pinned, by, signal);
    if (asked.what === 'paths-info') {
      const { paths, expand } = pathsOf(request.body);
      const found = await this.#upstream.pathsInfo(pinned, paths, expand, signal);
      return {
        value: await listingDocument(pool, this.#files, allowed, pinned, found),
        link: null,
        commit: pinned.commit,
      };
    }
    const query = picked(asked.query, ['recursive', 'expand', 'limit', 'cursor']);
    const { value, cursor } = await this.#upstream.tree(pinned, asked.path, query, signal);
    const clean = await listingDocument(pool, this.#files, allowed, pinned, value);
    return { value: clean, link: cursor === null ? null : this.#nextPage(asked, query, cursor), commit: pinned.commit };
  }

  /** The next page is asked for here, with the cursor of the Hub. */
  #nextPage({ kind, repository, revision, path }: HubRequest, query: URLSearchParams, cursor: string): string {
    const parts = [...repository.split('/'), 'tree', revision, ...(path === '' ? [] : path.split('/'))];
    const url = new URL(`${this.#options.publicUrl}/api/${kind}/${parts.map(encodeURIComponent).join('/')}`);
    for (const [key, value] of query) if (key !== 'cursor') url.searchParams.append(key, value);
    url.searchParams.set('cursor', cursor);
    return `<${url.href}>; rel="next"`;
  }
}

function picked(query: URLSearchParams, names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => names.includes(name)));
}

function formOf(body: string): unknown {
  const form = new URLSearchParams(body);
  return { paths: form.getAll('paths'), expand: form.get('expand')?.toLowerCase() === 'true' };
}

/** A form, as huggingface_hub sends it, or JSON. */
function pathsOf(body: unknown): { readonly paths: readonly string[]; readonly expand: boolean } {
  const { paths, expand } = (typeof body === 'object' && body !== null ? body : {}) as {
    paths?: unknown;
    expand?: unknown;
  };
  const isList = Array.isArray(paths) && paths.length <= MAX_HUB_PATHS;
  if (!isList || !paths.every((path) => typeof path === 'string'))
    throw new Refusal(400, 'BadRequest', `paths-info takes up to ${MAX_HUB_PATHS} paths`);
  return { paths, expand: expand === true };
}

async function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
  pinned: Pinned | null,
): Promise<FastifyReply> {
  const refusal = refusalOf(error);
  if (refusal.status === 500) request.log.error({ err: error }, 'the gate for the Hub failed');
  reply.code(refusal.status).headers(refusal.headers).type('application/json');
  // Clients remember that a file is not there by the commit.
  if (pinned !== null) reply.header('x-repo-commit', pinned.commit);
  return reply.send(refusal.body);
}

/** What went wrong, as an answer. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof RefusedError) {
    const hint = error.status === 401 ? '. HF_TOKEN has to be a token of Sentinel' : '';
    return new Refusal(error.status, 'GatedRepo', `Sentinel: ${error.message}${hint}`);
  }
  if (error instanceof UpstreamError) {
    const { status, code, message } = error;
    if (code !== null && code !== 'GatedRepo') return new Refusal(404, code, message);
    const isDenied = status === 401 || status === 403 || code === 'GatedRepo';
    return new Refusal(isDenied ? 403 : 502, 'GatedRepo', `Sentinel gets no answer that it can pass on: ${message}`);
  }
  if (error instanceof SourceError) {
    const isLater = error.code === 'rate-limited' || error.code === 'aborted' || error.code === 'timeout';
    const words = `Sentinel cannot ask the Hub: ${error.message}`;
    return isLater ? new Refusal(503, 'GatedRepo', words, 30) : new Refusal(502, 'GatedRepo', words);
  }
  return new Refusal(500, 'GatedRepo', 'Sentinel failed; its log says why');
}
