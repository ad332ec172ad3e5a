import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { openPool, isConflict, isDatabaseAway, type Pool } from '../database/pool.js';
import { FLUSH_MS, IDLE_MS, JOB_BATCH, MAX_IDLE_MS, MAX_TREE_PATHS } from '../limits.js';
import { openWorkerStore } from '../objects/open-store.js';
import { LostLeaseError, Queue, type Job, type QueueName } from '../queue/queue.js';
import { Tracer, within, type Span } from '../traces/tracer.js';
import { isSourceName } from '../verdicts/readings.js';
import { VerdictStore } from '../verdicts/verdict-store.js';
import { versions } from '../verdicts/versions.js';
import { markScanning, uncountAttempts, waitingArtifacts } from './artifacts.js';
import { ChildJudges } from './child-judges.js';
import { Collectors } from './collectors.js';
import { concludeIntake } from './conclude.js';
import { finishAll, type Done, type Finished, type FinishOptions } from './finish.js';
import { listIntake } from './list.js';
import { ENDED_QUEUES, giveUp, type EndedQueue } from './given-up.js';
import { Listings } from './listings.js';
import { sourceContext } from './network.js';
import { makeOwnFolder } from './own-folder.js';
import { rejudge } from './rejudge.js';
import { scanArtifact, TryAgainError, type ScanTools } from './scan.js';
import { scanOneSource, scanSources } from './sources.js';

export interface WorkerOptions {
  readonly url: string;
  /** Child processes that read strangers' bytes. */
  readonly processes: number;
  /** Files of a repository up to which its Python sources are analysed together; for tests. */
  readonly mostPaths?: number;
  /** It is closed with the worker. */
  readonly tracer?: Tracer;
  /** Lines for the one who runs it. */
  readonly onLine?: (line: string) => void;
}

const OPEN: readonly string[] = ['received', 'scanning'];
const DONE: readonly string[] = ['passed', 'failed', 'incomplete', 'promoted'];

/** Jobs that failed for good are looked for so often. */
const BURY_MS = 10_000;

/** A sign of life is given so often; the queues wait for one a few times as long. */
const TOUCH_MS = 3_000;

/** A worker: fetches jobs, does them, and writes down what came of them. */
export class Worker {
  readonly #ending = new AbortController();
  readonly #queue: Queue;
  readonly #pool: Pool;
  readonly #tools: ScanTools;
  readonly #finishing: FinishOptions;
  readonly #collectors: Collectors;
  readonly #folder: string;
  readonly #tracer: Tracer;
  readonly #onLine: (line: string) => void;
  readonly #loops: Promise<void>[] = [];
  readonly #held = new Map<QueueName, Set<Job<QueueName>>>();
  #listings: Promise<Listings> | null = null;
  #listingsAt = 0;
  /** Ends the waiting of each loop that found nothing. */
  readonly #resting = new Set<() => void>();
  #saidAwayAt = -Infinity;
  #touching: NodeJS.Timeout | null = null;

  private constructor(
    { onLine = () => undefined, mostPaths = MAX_TREE_PATHS, tracer = new Tracer() }: WorkerOptions,
    parts: {
      readonly queue: Queue;
      readonly pool: Pool;
      readonly collectors: Collectors;
      readonly folder: string;
      readonly verdicts: VerdictStore;
      readonly store: ScanTools['store'];
    },
  ) {
    const { queue, pool, collectors, folder, verdicts, store } = parts;
    this.#queue = queue;
    this.#pool = pool;
    this.#collectors = collectors;
    this.#folder = folder;
    this.#tracer = tracer;
    this.#onLine = onLine;
    const { signal } = this.#ending;
    this.#tools = {
      pool,
      queue,
      verdicts,
      collectors,
      store,
      folder,
      signal,
      listings: () => this.#sources(),
      mostPaths,
    };
    this.#finishing = {
      pool,
      queue,
      policy: verdicts.policy,
      analysis: verdicts.versions.analysis,
      actor: 'worker',
    };
  }

  static async start(options: WorkerOptions): Promise<Worker> {
    const { url, processes } = options;
    const pool = openPool(url);
    const queue = await Queue.open(url);
    const store = await openWorkerStore(pool);
    const folder = await makeOwnFolder();
    const collectors = new Collectors({ processes, readable: [folder, ...store.folders] });
    const judges = new ChildJudges(() => collectors);
    const verdicts = new VerdictStore(pool, await versions(), { judges });
    const worker = new Worker(options, { queue, pool, collectors, folder, verdicts, store });
    worker.#run(processes);
    return worker;
  }

  /** Ends it: what is in hand is given back, for another worker to do. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error('the worker ends'));
    this.#wake();
    if (this.#touching !== null) clearInterval(this.#touching);
    this.#collectors.close();
    await Promise.all(this.#loops);
    for (const [name, jobs] of this.#held) await this.#failed(name, [...jobs], new TryAgainError('the worker ended'));
    await this.#tracer.close();
    await this.#queue.close();
    await this.#pool.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #run(processes: number): void {
    this.#touching = setInterval(() => void this.#touch(), TOUCH_MS);
    const { pool, queue, verdicts } = this.#tools;
    const concluding = { pool, queue, verdicts, actor: 'worker' };
    // Two batches at a time: one is written while the other is read.
    for (let lane = 0; lane < processes + 1; lane += 1)
      this.#loops.push(this.#loop('scan', JOB_BATCH, (jobs) => this.#scan(jobs)));
    for (const name of ENDED_QUEUES) this.#loops.push(this.#burying(name));
    this.#loops.push(
      this.#loop('list', 1, async ([job]) => {
        if (job === undefined) return;
        await this.#traced('list', job, { 'sentinel.intake': job.data.intake }, async (traced) =>
          listIntake(concluding, traced, await sourceContext(pool, this.#ending.signal)),
        );
      }),
      this.#loop('conclude', 1, async ([job]) => {
        if (job === undefined) return;
        await this.#traced('conclude', job, { 'sentinel.intake': job.data.intake }, (traced) =>
          concludeIntake(concluding, traced),
        );
      }),
      this.#loop('rejudge', 1, async ([job]) => {
        if (job !== undefined) await this.#traced('rejudge', job, {}, (traced) => rejudge(concluding, traced));
      }),
    );
  }

  /** Does a job in a span of its own; what follows from the job is given the span's `traceparent`. */
  #traced<Name extends QueueName, Result>(
    name: Name,
    job: Job<Name>,
    attributes: Readonly<Record<string, string>>,
    work: (job: Job<Name> & { readonly span: Span }) => Promise<Result>,
  ): Promise<Result> {
    const span = this.#tracer.begin(name, 'consumer', job.trace, {
      ...attributes,
      'messaging.message.id': job.id,
      'sentinel.retries': job.retryCount,
    });
    return within(span, () => work({ ...job, trace: span.traceparent, span }));
  }

  /** Fetches jobs of one queue and does them, until the worker ends. The database may go and come back. */
  async #loop<Name extends QueueName>(
    name: Name,
    most: number,
    work: (jobs: readonly Job<Name>[]) => Promise<void>,
  ): Promise<void> {
    const { signal } = this.#ending;
    let wait = IDLE_MS;
    while (!signal.aborted) {
      let jobs: readonly Job<Name>[] = [];
      try {
        jobs = await this.#queue.fetch(name, most);
        this.#hold(name, jobs);
        if (jobs.length > 0) await work(jobs);
        this.#release(name, jobs);
        // What a loop did that now begins or ends may have brought jobs to others: a listing those of its files, the last file that
        // of its intake.
        if (jobs.length > 0 !== (wait === 0)) this.#wake();
        wait = jobs.length > 0 ? 0 : Math.min(MAX_IDLE_MS, Math.max(IDLE_MS, wait * 1.5));
      } catch (error) {
        if (signal.aborted) break;
        await this.#failed(name, jobs, error);
        wait = isDatabaseAway(error) ? 500 : 0;
      }
      if (wait > 0 && !signal.aborted) await this.#rest(wait);
    }
  }

  /** Ends what jobs of one queue were about that failed for good. */
  async #burying(name: EndedQueue): Promise<void> {
    const { signal } = this.#ending;
    const { pool, queue, verdicts } = this.#tools;
    while (!signal.aborted) {
      try {
        for (const letter of await queue.fetchDead(name))
          await giveUp({ pool, queue, verdicts, actor: 'worker' }, name, letter);
      } catch (error) {
        // It is fetched again: the letter lies in its queue until it is buried.
        if (isDatabaseAway(error)) this.#sayAway();
        else if (!isConflict(error) && !(error instanceof LostLeaseError)) this.#onLine(`${name}: ${String(error)}`);
      }
      // Not `#rest`: it ends whenever a loop has had work, and then there are no more letters than before.
      await sleep(BURY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((ended) => {
      // Recursion: none; it only takes itself out of the list.
      const end = (): void => {
        clearTimeout(timer);
        this.#resting.delete(end);
        ended();
      };
      const timer = setTimeout(end, ms);
      this.#resting.add(end);
    });
  }

  #wake(): void {
    for (const end of this.#resting) end();
  }

  /** What cannot be written because the database is away is fetched again when it is back: the lease runs out. */
  async #failed(name: QueueName, jobs: readonly Job<QueueName>[], error: unknown): Promise<void> {
    this.#release(name, jobs);
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (isDatabaseAway(error)) this.#sayAway();
    else if (!(error instanceof TryAgainError) && !isConflict(error) && !(error instanceof LostLeaseError))
      this.#onLine(`${name}: ${reason}`);
    // This process lives: the file in hand did not end it.
    const ids = jobs.flatMap(({ data }) => ('artifact' in data ? [data.artifact] : []));
    await uncountAttempts(this.#pool, ids).catch(() => undefined);
    // Jobs that another worker has are left to it.
    await this.#queue.fail(name, jobs, reason).catch(() => undefined);
  }

  /** Once for all loops, and again where it lasts. */
  #sayAway(): void {
    if (performance.now() - this.#saidAwayAt < 30_000) return;
    this.#saidAwayAt = performance.now();
    this.#onLine('the database does not answer; it is asked again');
  }

  /** A batch. What is done is written while the slow ones of it go on. */
  async #scan(jobs: readonly Job<'scan'>[]): Promise<void> {
    const single = jobs.filter((job): job is Job<'scan'> & { data: { artifact: string } } => 'artifact' in job.data);
    const artifacts = new Map(
      (
        await waitingArtifacts(
          this.#pool,
          single.map(({ data }) => data.artifact),
        )
      ).map((one) => [one.id, one]),
    );
    let done: Done[] = [];
    const flush = async (): Promise<void> => {
      const ended = done;
      done = [];
      await finishAll(this.#finishing, ended);
      this.#release(
        'scan',
        ended.map(({ job }) => job),
      );
    };
    const work = jobs.map(async (job) => {
      try {
        if ('sourcesOf' in job.data) {
          const { sourcesOf } = job.data;
          await this.#traced('scan', job, { 'sentinel.intake': sourcesOf }, (traced) =>
            scanSources(this.#tools, this.#finishing, traced, sourcesOf),
          );
          this.#release('scan', [job]);
          return;
        }
        const artifact = artifacts.get(job.data.artifact);
        const { again = false, rescan = false } = job.data;
        let result: Finished | null = null;
        const open = rescan ? [...OPEN, ...DONE] : OPEN;
        if (artifact !== undefined && open.includes(artifact.state)) {
          const isInTree = isSourceName(artifact.path) && artifact.kind !== 'upload';
          await this.#traced('scan', job, { 'sentinel.artifact': artifact.id }, async (traced) => {
            const found = isInTree
              ? await scanOneSource(this.#tools, artifact, traced)
              : await scanArtifact(this.#tools, artifact, traced, again);
            result = { ...found, trace: traced.trace, ...(rescan ? { isRescan: true } : {}) };
          });
        }
        done.push({ job, result });
      } catch (error) {
        if (this.#ending.signal.aborted) return;
        await this.#failed('scan', [job], error);
      }
    });
    const all = Promise.all(work);
    for (let isDone = false; !isDone;) {
      isDone = await Promise.race([all.then(() => true), sleep(FLUSH_MS, false)]);
      if (!isDone)
        await markScanning(
          this.#pool,
          single.map(({ data }) => data.artifact),
        );
      if (done.length > 0) await flush();
    }
  }

  /** Sources are opened with the settings as they are; a changed one counts soon. */
  #sources(): Promise<Listings> {
    if (this.#listings === null || Date.now() - this.#listingsAt > 60_000) {
      this.#listingsAt = Date.now();
      const opened = sourceContext(this.#pool, this.#ending.signal).then((context) => new Listings(context));
      opened.catch(() => (this.#listings = null));
      this.#listings = opened;
    }
    return this.#listings;
  }

  #hold(name: QueueName, jobs: readonly Job<QueueName>[]): void {
    const held = this.#held.get(name) ?? new Set();
    for (const job of jobs) held.add(job);
    this.#held.set(name, held);
  }

  #release(name: QueueName, jobs: readonly Job<QueueName>[]): void {
    for (const job of jobs) this.#held.get(name)?.delete(job);
  }

  async #touch(): Promise<void> {
    for (const [name, jobs] of this.#held) await this.#queue.touch(name, [...jobs]).catch(() => undefined);
  }
}
