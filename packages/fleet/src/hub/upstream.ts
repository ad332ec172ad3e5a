import {
  hubName,
  HubApi,
  nextPage,
  parseHubAddress,
  SourceError,
  type HttpAnswer,
  type HttpClient,
  type RepositoryKind,
} from '@artifact-sentinel/sources';
import { MAX_HUB_DOCUMENT } from '../limits.js';

/** A repository at one commit. */
export interface Pinned {
  readonly kind: RepositoryKind;
  /** As the Hub calls it now. */
  readonly repository: string;
  readonly commit: string;
}

/** What the Hub answers instead of what it was asked for. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly status: number;
  /** `X-Error-Code` of the Hub, such as `RepoNotFound`. */
  readonly code: string | null;

  constructor(status: number, code: string | null, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface UpstreamOptions {
  readonly client: HttpClient;
  /** The Hub, or a mirror of it. */
  readonly endpoint: URL;
  /** Of the service, never that of a client; null for none. */
  readonly token: string | null;
}

/** A page of a listing. */
interface Page {
  readonly value: unknown;
  /** What the Hub calls the next page; null for the last one. */
  readonly cursor: string | null;
}

const CODES = new Set(['RepoNotFound', 'RevisionNotFound', 'EntryNotFound', 'GatedRepo']);

/** The Hub as the gate asks it: with the token of the service, by checked addresses, and never for more than a client gets. */
export class Upstream {
  readonly #api: HubApi;

  constructor({ client, endpoint, token }: UpstreamOptions) {
    const { signal } = new AbortController();
    this.#api = new HubApi({ client, variable: () => undefined, readText: () => null, signal }, endpoint, token);
  }

  /** Which commit a revision is, under which name, and what the Hub says of it. */
  async resolve(
    at: { readonly kind: RepositoryKind; readonly repository: string; readonly revision: string },
    query: URLSearchParams,
    signal: AbortSignal,
  ): Promise<{ readonly pinned: Pinned; readonly info: Readonly<Record<string, unknown>> }> {
    const { kind, repository, revision } = at;
    const { value } = await this.#json(at, ['revision', revision], query, signal);
    if (!isRecord(value)) throw badAnswer(repository, 'no repository');
    const { sha, id } = value;
    if (typeof sha !== 'string' || !/^[0-9a-f]{40}$/.test(sha))
      throw badAnswer(repository, `no commit for ${revision}`);
    if (/^[0-9a-f]{40}$/.test(revision) && revision !== sha) throw badAnswer(repository, 'another commit');
    return { pinned: { kind, repository: nameOf(kind, repository, id), commit: sha }, info: value };
  }

  async tree(pinned: Pinned, path: string, query: URLSearchParams, signal: AbortSignal): Promise<Page> {
    const parts = ['tree', pinned.commit, ...(path === '' ? [] : path.split('/'))];
    const { value, answer } = await this.#json(atOf(pinned), parts, query, signal, path);
    const next = nextPage(answer.header('link'), answer.url);
    return { value, cursor: next?.searchParams.get('cursor') ?? null };
  }

  async pathsInfo(pinned: Pinned, paths: readonly string[], expand: boolean, signal: AbortSignal): Promise<unknown> {
    const form = new URLSearchParams({ expand: String(expand) });
    for (const path of paths) form.append('paths', path);
    const { value } = await this.#exchange(
      {
        url: this.#api.apiUrl(addressOf(atOf(pinned)), ['paths-info', pinned.commit]),
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new TextEncoder().encode(form.toString()),
        signal,
      },
      atOf(pinned),
    );
    return value;
  }

  async refs(
    at: { kind: RepositoryKind; repository: string },
    query: URLSearchParams,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { value } = await this.#json({ ...at, revision: 'main' }, ['refs'], query, signal);
    return value;
  }

  /**
   * The bytes of a file from an offset on, redirects followed. The connection is tried again until an answer comes; what breaks
   * while `take` reads is its own: nothing is asked a second time behind its back.
   */
  async bytes<T>(
    pinned: Pinned,
    path: string,
    from: number,
    signal: AbortSignal,
    take: (body: AsyncIterable<Uint8Array>, length: number | null) => Promise<T>,
  ): Promise<T> {
    const { kind, repository, commit } = pinned;
    const at = atOf(pinned);
    const name = hubName(pinned, commit, path);
    const outcome = await this.#api.client.exchange(
      {
        url: this.#api.fileUrl(addressOf({ kind, repository, revision: commit }), commit, path),
        headers: from === 0 ? {} : { range: `bytes=${from}-` },
        secrets: this.#api.secrets,
        bucket: 'resolvers',
        signal,
      },
      async (answer): Promise<{ readonly value: T } | { readonly error: unknown }> => {
        if (answer.status !== 200 && answer.status !== 206) throw await this.#error(answer, at, path);
        const coding = answer.header('content-encoding') ?? 'identity';
        if (coding !== 'identity') throw badAnswer(name, `the coding ${coding.slice(0, 40)}`);
        if (from > 0 && !(answer.header('content-range') ?? '').startsWith(`bytes ${from}-`))
          throw badAnswer(name, 'another range');
        const length = answer.header('content-length');
        try {
          const known = length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
          return { value: await take(answer.body, known) };
        } catch (error) {
          // A connection that broke is no SourceError here, but has one: the client would ask again by itself.
          return { error: error instanceof Error && 'error' in error ? error.error : error };
        }
      },
    );
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  #json(at: At, parts: readonly string[], query: URLSearchParams, signal: AbortSignal, path = '') {
    const url = this.#api.apiUrl(addressOf(at), parts);
    for (const [key, value] of query) url.searchParams.append(key, value);
    return this.#exchange({ url, signal }, at, path);
  }

  #exchange(
    request: Omit<Parameters<HttpClient['exchange']>[0], 'secrets' | 'bucket'>,
    at: At,
    path = '',
  ): Promise<{ readonly value: unknown; readonly answer: HttpAnswer }> {
    const { secrets } = this.#api;
    return this.#api.client.exchange({ ...request, secrets, bucket: 'api' }, async (answer) => {
      if (answer.status !== 200) throw await this.#error(answer, at, path);
      return { value: await jsonOf(answer, at.repository), answer };
    });
  }

  async #error(answer: HttpAnswer, at: At, path: string): Promise<UpstreamError> {
    const code = answer.header('x-error-code') ?? '';
    const { message } = await this.#api.error(answer, this.#api.asked(addressOf(at), path));
    return new UpstreamError(answer.status, CODES.has(code) ? code : null, message);
  }
}

interface At {
  readonly kind: RepositoryKind;
  readonly repository: string;
  readonly revision: string;
}

function atOf({ kind, repository, commit }: Pinned): At {
  return { kind, repository, revision: commit };
}

function addressOf(at: At): At & { readonly path: '' } {
  return { ...at, path: '' };
}

async function jsonOf(answer: HttpAnswer, repository: string): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > MAX_HUB_DOCUMENT) throw badAnswer(repository, `more than ${MAX_HUB_DOCUMENT} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw badAnswer(repository, 'no JSON');
    throw error;
  }
}

/** The name that the Hub redirected to; that of the request where it is the same but for capitals. */
function nameOf(kind: RepositoryKind, asked: string, id: unknown): string {
  if (typeof id !== 'string' || id.toLowerCase() === asked.toLowerCase()) return asked;
  try {
    const { repository } = parseHubAddress(`hf://${kind}/${id}`);
    if (repository === id) return id;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  throw badAnswer(asked, 'a name that is none');
}

function badAnswer(what: string, answer: string): UpstreamError {
  return new UpstreamError(502, null, `${what}: the Hub answers with ${answer}`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
