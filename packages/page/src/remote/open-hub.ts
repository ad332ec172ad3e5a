import type { ByteSource } from '@artifact-sentinel/core';
import {
  collect,
  IN_FINDINGS,
  notCollected,
  plural,
  showBytes,
  UsageError,
  type Collected,
  type CollectOptions,
  type Turn,
} from '@artifact-sentinel/core/internal';
import {
  fetchTransport,
  HttpClient,
  isSource,
  openSource,
  RepositoryTree,
  Slots,
  SourceError,
  type Source,
  type SourceEntry,
  type SourceProblem,
} from '@artifact-sentinel/sources';
import type { OpenRemote, RemoteFiles } from '../engine/remote-files.js';
import { MAX_RECEIVED_BYTES, MAX_REMOTE_AHEAD } from '../limits.js';
import { HUB } from './hub.js';
import { pageTransport } from './page-transport.js';

/** Files at a time: each waits for the network most of its time. */
const AT_ONCE = 12;

type Listed = SourceEntry | SourceProblem;
type Collecting = Parameters<RemoteFiles['turns']>[0];

/** Lists a repository of the Hub that the page was built for. Nothing is asked of any other host: the page's policy holds it. */
export const openHub: OpenRemote = async (address, { onBytes, onLine }) => {
  const signal = new AbortController().signal;
  const client = new HttpClient({
    transport: pageTransport(fetchTransport(), { most: MAX_RECEIVED_BYTES, onBytes }),
    // A page cannot look addresses up; its policy names the hosts.
    addresses: 'any',
    onWait: onLine,
  });
  // Without a token: a page has none, and asks for none.
  const variable = (name: string): string | undefined => (name === 'HF_ENDPOINT' ? HUB.endpoint : undefined);
  try {
    const source = await openSource(address, { client, variable, readText: () => null, signal });
    const items: Listed[] = [];
    let problem: SourceError | null = null;
    try {
      for await (const item of source.list(signal)) items.push(item);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      problem = error;
    }
    // What was listed before stands, and the rest is not passed over.
    if (problem !== null) items.push({ kind: 'problem', name: source.pinned, reason: problem.message });
    return new HubFiles(source, items, client, signal);
  } catch (error) {
    if (error instanceof SourceError) throw new UsageError(error.message);
    throw error;
  }
};

class HubFiles implements RemoteFiles {
  readonly pinned: string;
  readonly files: RemoteFiles['files'];
  readonly #source: Source;
  readonly #items: readonly Listed[];
  readonly #byName: ReadonlyMap<string, SourceEntry>;
  readonly #client: HttpClient;
  readonly #signal: AbortSignal;
  readonly #tree: RepositoryTree | null;
  readonly #slots = new Slots(AT_ONCE);

  constructor(source: Source, items: readonly Listed[], client: HttpClient, signal: AbortSignal) {
    const entries = items.filter((item): item is SourceEntry => item.kind === 'file');
    this.pinned = source.pinned;
    this.files = items.map((item) => ({ path: item.name, size: sizeOf(item) }));
    this.#source = source;
    this.#items = items;
    this.#byName = new Map(entries.map((entry) => [entry.name, entry]));
    this.#client = client;
    this.#signal = signal;
    this.#tree = entries.length > 1 && entries.some(({ path }) => isSource(path)) ? new RepositoryTree(entries) : null;
  }

  *turns(options: Collecting): Generator<Turn> {
    const ahead: { readonly path: string; readonly collected: Promise<Collected> }[] = [];
    const next = this.#items.values();
    for (;;) {
      while (ahead.length < MAX_REMOTE_AHEAD) {
        const item = next.next();
        if (item.done === true) break;
        ahead.push({ path: item.value.name, collected: this.#collect(item.value, options) });
      }
      const first = ahead.shift();
      if (first === undefined) return;
      yield { path: first.path, collected: () => first.collected };
    }
  }

  async source(path: string): Promise<ByteSource> {
    const { source, problem } = (await this.#byName.get(path)?.open(this.#signal)) ?? { source: null };
    if (source === null) throw new UsageError(problem?.reason ?? 'it is not listed');
    return source;
  }

  notes(): readonly string[] {
    const { requests, bytes } = this.#client.traffic;
    const total = this.files.reduce((sum, { size }) => sum + size, 0);
    const received = `${showBytes(bytes)} were received of ${HUB.endpoint} and its storage, in ${plural(requests, 'request')}; its files have ${showBytes(total)}.`;
    return [...this.#source.notes, received].map((note) => `${this.pinned}: ${note}`);
  }

  async #collect(item: Listed, options: CollectOptions): Promise<Collected> {
    if (item.kind === 'problem') return notCollected(item.name, 0, { cause: 'unreadable', reason: item.reason });
    const release = await this.#slots.take('');
    try {
      const hasNeighbours = this.#tree !== null && isSource(item.path) && (options.sources ?? []).length > 0;
      const neighbours = hasNeighbours ? await this.#tree?.neighbours(this.#signal) : undefined;
      return await collect(await item.open(this.#signal), { interest: IN_FINDINGS, ...options, neighbours });
    } finally {
      release();
    }
  }
}

function sizeOf(item: Listed): number {
  return item.kind === 'file' ? (item.size ?? 0) : 0;
}
