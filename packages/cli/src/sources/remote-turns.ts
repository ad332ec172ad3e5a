import {
  ANY_FINDING,
  DEFAULT_LIMITS,
  EVERY_ARTIFACT,
  IN_FINDINGS,
  runIsOver,
  plural,
  showBytes,
  UsageError,
  type Collected,
  type CollectOptions,
  type SourceNeighbours,
} from '@artifact-sentinel/core/internal';
import { collect, nodePlatform, now, openInput, type Input } from '@artifact-sentinel/core/node/internal';
import {
  HttpClient,
  isOn,
  isSource,
  MAX_DOWNLOAD_BYTES,
  openSource,
  RepositoryTree,
  SourceError,
  schemeOf,
  type Source,
  type SourceContext,
  type SourceEntry,
  type SourceProblem,
  type Spooling,
} from '@artifact-sentinel/sources';
import {
  cachedFiles,
  isCacheAddress,
  nodeTransport,
  readSmallText,
  temporaryFiles,
} from '@artifact-sentinel/sources/node';
import type { InputTurn } from '../artifact/input-turn.js';
import { VERSION } from '../version.js';
import { isAddress, shownAddress } from './address.js';
import { inOrder } from './in-order.js';
import type { RemoteOptions } from './options.js';

const variable = (name: string): string | undefined => process.env[name];

/** The files at addresses, in a stable order, collected by this thread many at a time. */
export async function* remoteTurns(
  addresses: readonly string[],
  options: CollectOptions,
  remote: RemoteOptions,
): AsyncGenerator<InputTurn> {
  const reading = new RemoteReading(options, remote);
  remote.onStart?.(() => reading.status());
  try {
    yield* inOrder(reading.inputs(addresses), (input) => reading.collect(input));
  } finally {
    reading.close();
  }
}

/** The same for a source that is open already, such as one of files that were downloaded. */
export async function* turnsOfSource(
  source: Source,
  options: CollectOptions,
  remote: RemoteOptions,
): AsyncGenerator<InputTurn> {
  const reading = new RemoteReading(options, remote);
  try {
    yield* inOrder(reading.ofSource(source), (input) => reading.collect(input));
  } finally {
    reading.close();
  }
}

/** The addresses among what was named, with their revisions pinned; the rest as it stands. */
export async function pinAddresses(
  named: readonly string[],
  remote: Pick<RemoteOptions, 'allowPrivate' | 'offline' | 'onLine'>,
): Promise<string[]> {
  const context = contextOf(remote, new AbortController().signal);
  try {
    return await Promise.all(
      named.map(async (path) => {
        const isPinned = !isAddress(path) || isCacheAddress(path) || remote.offline;
        return isPinned ? path : (await openSource(path, context)).pinned;
      }),
    );
  } catch (error) {
    if (error instanceof SourceError) throw new UsageError(error.message);
    throw error;
  } finally {
    context.client.close();
  }
}

/** Of the files that a server gives whole only. */
type SpoolingOptions = Pick<RemoteOptions, 'onLine'> & Partial<Pick<RemoteOptions, 'maxDownload' | 'notes'>>;

/** Where a file goes that has to be downloaded to be scanned. That is said, and noted. */
export function spoolingOf(remote: SpoolingOptions): Spooling {
  const { maxDownload: most = MAX_DOWNLOAD_BYTES, notes } = remote;
  const onOpen = (shown: string, size: number | null): void => {
    const what = size === null ? 'it, which has no announced size,' : `its ${showBytes(size)}`;
    const line = `${shown}: the server ignores ranges; ${what} went to a temporary file to be scanned (at most ${showBytes(most)})`;
    notes?.push(line);
    remote.onLine(line);
  };
  return temporaryFiles({ most, onOpen });
}

/** What requests to sources are made with. */
export function contextOf(
  remote: Pick<RemoteOptions, 'allowPrivate'> & SpoolingOptions,
  signal: AbortSignal,
): SourceContext {
  const client = new HttpClient({
    transport: nodeTransport({ variable }),
    addresses: remote.allowPrivate ? 'any' : 'public',
    userAgent: `sentinel/${VERSION}`,
    signal,
    onWait: remote.onLine,
  });
  return { client, variable, readText: readSmallText, spooling: spoolingOf(remote), signal };
}

class RemoteReading {
  readonly #options: CollectOptions;
  readonly #remote: RemoteOptions;
  readonly #ending = new AbortController();
  readonly #context: SourceContext;
  readonly #timer: NodeJS.Timeout | null;
  /** For each source file, the files around it. */
  readonly #trees = new WeakMap<Input, RepositoryTree>();
  readonly #deadlines = new Set<ArtifactDeadline>();
  #total = 0;

  constructor(options: CollectOptions, remote: RemoteOptions) {
    this.#options = { interest: IN_FINDINGS, ...options };
    this.#remote = remote;
    this.#context = remote.context ?? contextOf(remote, this.#ending.signal);
    const { runDeadline = null } = options;
    const end = (): void => {
      const reason = new Error(runDeadline === null ? '' : runIsOver(runDeadline));
      this.#ending.abort(reason);
      for (const deadline of this.#deadlines) deadline.end(reason);
    };
    this.#timer = runDeadline === null ? null : setTimeout(end, Math.max(0, runDeadline.end - now()));
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#remote.context === undefined) this.#context.client.close();
  }

  /** Bytes that came, listings and errors too, those in the files of the sources, and requests. */
  status(): string {
    const { bytes, requests } = this.#context.client.traffic;
    return `${showBytes(bytes)} received, files of ${showBytes(this.#total)}, ${plural(requests, 'request')}`;
  }

  async *inputs(addresses: readonly string[]): AsyncGenerator<Input> {
    for (const address of addresses) {
      try {
        yield* this.#inputsOf(address);
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        // What was listed before stands.
        const name = shownAddress(address);
        yield { kind: 'unreadable', name, size: 0, problem: withoutName(error.message, name) };
      }
    }
  }

  async *#inputsOf(address: string): AsyncGenerator<Input> {
    const isHub = schemeOf(address) === 'hf';
    const isOffline = this.#remote.offline || (isHub && isOn(variable('HF_HUB_OFFLINE')));
    if (isCacheAddress(address) || (isOffline && isHub)) yield* cachedInputs(address);
    else if (isOffline)
      throw new SourceError('offline', `${shownAddress(address)}: --offline reads caches only, and none has it`);
    else yield* this.#listed(address);
  }

  async *#listed(address: string): AsyncGenerator<Input> {
    const source = await openSource(address, this.#context);
    this.#remote.onPinned(address, source.pinned);
    yield* this.ofSource(source);
  }

  async *ofSource(source: Source): AsyncGenerator<Input> {
    try {
      // All of it is listed before the first file: sources give each other names.
      const { entries, problem } = await listed(source, this.#ending.signal);
      const files = entries.filter((entry): entry is SourceEntry => entry.kind === 'file');
      const tree = files.length > 1 && files.some(({ path }) => isSource(path)) ? new RepositoryTree(files) : null;
      for (const entry of entries) yield this.#inputOf(entry, tree);
      if (problem !== null) throw problem;
    } finally {
      for (const note of source.notes) this.#remote.notes.push(`${source.pinned}: ${note}`);
    }
  }

  #inputOf(entry: SourceEntry | SourceProblem, tree: RepositoryTree | null): Input {
    const { name } = entry;
    if (entry.kind === 'problem') return { kind: 'unreadable', name, size: 0, problem: entry.reason };
    this.#remote.onEntry?.(entry);
    const size = entry.size ?? 0;
    this.#total += size;
    const input: Input = { kind: 'source', name, size, open: (signal) => entry.open(signal) };
    if (tree !== null && isSource(entry.path)) this.#trees.set(input, tree);
    return input;
  }

  async #neighboursOf(input: Input): Promise<SourceNeighbours | undefined> {
    if ((this.#options.sources ?? []).length === 0) return undefined;
    return this.#trees.get(input)?.neighbours(this.#ending.signal);
  }

  /** Within the deadline of one artifact, in which waits for rate limits do not count. */
  async collect(input: Input): Promise<Collected> {
    if (input.kind !== 'source') return collect(await openInput(input), { ...this.#options, neighbours: undefined });
    const neighbours = await this.#neighboursOf(input);
    const { client } = this.#context;
    const { hash, thorough } = this.#remote;
    const artifactMs = this.#options.limits?.artifactMs ?? DEFAULT_LIMITS.artifactMs;
    const deadline = new ArtifactDeadline(artifactMs, () => nodePlatform.now() - client.rateWaitMs);
    this.#deadlines.add(deadline);
    if (this.#ending.signal.aborted) deadline.end(this.#ending.signal.reason);
    const isHashed = hash === 'all' || (hash === 'findings' && isSource(input.name));
    const all = isHashed ? [EVERY_ARTIFACT] : hash === 'findings' ? [ANY_FINDING] : [];
    try {
      const opened = await input.open(deadline.signal);
      if (input.size === 0) this.#total += opened.size;
      return await collect(opened, {
        ...this.#options,
        neighbours,
        thorough,
        hashWhere: [...(this.#options.hashWhere ?? []), ...all],
        platform: { ...nodePlatform, now: deadline.now },
      });
    } finally {
      deadline.stop();
      this.#deadlines.delete(deadline);
    }
  }
}

/** What a source lists, and why that is not all of it. */
async function listed(
  source: Source,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly (SourceEntry | SourceProblem)[]; readonly problem: SourceError | null }> {
  const entries: (SourceEntry | SourceProblem)[] = [];
  try {
    for await (const entry of source.list(signal)) entries.push(entry);
  } catch (error) {
    if (error instanceof SourceError) return { entries, problem: error };
    throw error;
  }
  return { entries, problem: null };
}

/** Ends the requests of one artifact when its time is over. */
class ArtifactDeadline {
  readonly now: () => number;
  readonly #controller = new AbortController();
  readonly #end: number;
  readonly #seconds: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(ms: number, clock: () => number) {
    this.now = clock;
    this.#end = clock() + ms;
    this.#seconds = ms / 1000;
    this.#wait();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(reason: unknown): void {
    this.#controller.abort(reason);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #wait(): void {
    const left = this.#end - this.now();
    if (left > 0) this.#timer = setTimeout(() => this.#wait(), left);
    else this.end(new Error(`the deadline of ${this.#seconds} s for one artifact was reached`));
  }
}

function* cachedInputs(address: string): Generator<Input> {
  const scheme = isCacheAddress(address) ? 'hf-cache:' : 'hf://';
  for (const item of cachedFiles(address, { variable, scheme }))
    yield item.kind === 'problem'
      ? { kind: 'unreadable', name: item.name, size: 0, problem: item.reason }
      : { kind: 'file', name: item.name, at: item.at, size: item.size };
}

/** A message behind the name that it is shown with: the name is not said twice. */
function withoutName(message: string, name: string): string {
  return message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;
}
