import { PgBoss, type Job as BossJob } from 'pg-boss';
import * as z from 'zod';
import type { Queries, Transaction } from '../database/pool.js';
import { JOB_BATCH, QUEUE_CONNECTIONS, SUPERVISE_SECONDS } from '../limits.js';
import type { FleetEvent } from '../model/ports.js';

/** One artifact, or all Python sources of an intake: their facts depend on each other. `again`: also where all of it is known.
 * `rescan`: the analysis changed, and the artifact keeps its verdict until there is another one. */
export type ScanJob =
  | { readonly artifact: string; readonly again?: true; readonly rescan?: true }
  | { readonly sourcesOf: string };

/** What jobs say. Ids only: what they stand for is read from the tables when the job is done. */
export interface JobData {
  /** Lists a source. */
  readonly list: { readonly intake: string };
  /** Reads one artifact. */
  readonly scan: ScanJob;
  /** All artifacts of an intake have a verdict: the repository is judged as a whole. */
  readonly conclude: { readonly intake: string };
  /**
   * Catalogue, policy or waivers changed: verdicts are made again from facts, of all artifacts behind the given one, or of these
   * only.
   */
  readonly rejudge: { readonly after: string | null } | { readonly artifacts: readonly string[] };
  /** An event for one webhook. `id` is the same for all attempts, `at` is ISO 8601. */
  readonly deliver: { readonly id: string; readonly webhook: string; readonly event: FleetEvent; readonly at: string };
}
export type QueueName = keyof JobData;

interface Settings {
  /** How long a job may be in hand. */
  readonly expireInSeconds: number;
  /** Without a sign of life for so long, another worker fetches it. */
  readonly heartbeatSeconds?: number;
  readonly retryLimit: number;
  readonly retryDelay: number;
  readonly retryBackoff?: boolean;
  readonly retryDelayMax?: number;
}

/** A worker that is killed takes part in a try: many may be killed before a job is given up. */
const MANY_TRIES = 100;
const YEAR = 365 * 24 * 3600;

const SETTINGS: { readonly [Name in QueueName]: Settings } = {
  list: {
    expireInSeconds: 12 * 3600,
    heartbeatSeconds: 10,
    retryLimit: MANY_TRIES,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 300,
  },
  scan: {
    expireInSeconds: 6 * 3600,
    heartbeatSeconds: 10,
    retryLimit: MANY_TRIES,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
  },
  conclude: { expireInSeconds: 3600, heartbeatSeconds: 10, retryLimit: MANY_TRIES, retryDelay: 1 },
  rejudge: { expireInSeconds: 3600, heartbeatSeconds: 10, retryLimit: MANY_TRIES, retryDelay: 1 },
  deliver: {
    expireInSeconds: 120,
    heartbeatSeconds: 30,
    retryLimit: 12,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 3600,
  },
};
/** What is done about those that failed for good is tried for as long as it takes. */
const DEAD = { retryLimit: 10_000, retryDelay: 5, retryBackoff: true, retryDelayMax: 300 };
export const QUEUES = Object.keys(SETTINGS) as readonly QueueName[];

/** Where jobs come to rest that failed for good. */
export function deadLetters(name: QueueName): string {
  return `${name}-dead`;
}

export interface Job<Name extends QueueName> {
  readonly id: string;
  /** Fetched before, and not completed. */
  readonly retryCount: number;
  readonly data: JobData[Name];
  /** `traceparent` of what it follows from. */
  readonly trace?: string | undefined;
}

/** A job that failed for good, in the queue of those. */
export interface DeadLetter<Name extends QueueName> extends Job<Name> {
  /** How often it was tried. */
  readonly tries: number;
  /** Why the last try failed; null where its worker did not say so. */
  readonly reason: string | null;
}

export interface NewJob<Name extends QueueName> {
  readonly data: JobData[Name];
  /** Higher is sooner. */
  readonly importance: number;
  /** Not before so many seconds. */
  readonly delay?: number;
  /** `traceparent` of what it follows from. */
  readonly trace?: string | undefined;
}

/** What lies in the queue. */
type StoredData<Name extends QueueName> = JobData[Name] & { readonly trace?: string };

export interface QueueCounts {
  readonly name: QueueName;
  readonly queued: number;
  readonly active: number;
  readonly dead: number;
}

/** What a try leaves that fails: of `fail`, or of the supervision, whose words are within `value`. */
const outputShape = z.union([
  z.object({ message: z.string() }).transform(({ message }) => message),
  z.object({ value: z.object({ message: z.string() }) }).transform(({ value }) => value.message),
  z.unknown().transform(() => null),
]);

/** The types of pg-boss do not say what a command gives back. */
const commandShape = z.object({ affected: z.int() });

/** Jobs in the database: pg-boss with our queues. */
export class Queue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** `supervises`: looks for jobs whose worker is gone, as one process of a fleet has to. */
  static async open(url: string, { supervises = true }: { readonly supervises?: boolean } = {}): Promise<Queue> {
    const boss = new PgBoss({
      connectionString: url,
      max: QUEUE_CONNECTIONS,
      application_name: 'sentinel-queue',
      // Jobs lie in their order in an index of pg-boss. After a large listing the statistics of the table are old: without this the
      // planner sorts all that wait for each batch (measured: 135 ms of 100,000).
      options: '-c enable_sort=off',
      supervise: supervises,
      schedule: false,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    // The database may be away for a while: what was asked for fails by itself, and the supervision goes on.
    boss.on('error', () => undefined);
    await boss.start();
    for (const name of QUEUES) {
      await boss.createQueue(deadLetters(name), { ...DEAD, retentionSeconds: YEAR });
      const deadLetter = deadLetters(name);
      await boss.createQueue(name, { ...SETTINGS[name], retentionSeconds: YEAR, deleteAfterSeconds: 3600, deadLetter });
    }
    return new Queue(boss);
  }

  /** Adds jobs in the transaction that they follow from. */
  async send<Name extends QueueName>(db: Queries, name: Name, jobs: readonly NewJob<Name>[]): Promise<void> {
    if (jobs.length === 0) return;
    const rows = jobs.map(({ data, importance, delay, trace }) => ({
      data: trace === undefined ? data : { ...data, trace },
      priority: importance,
      ...(delay === undefined ? {} : { startAfter: delay }),
    }));
    await this.#boss.insert(name, rows, { db: adapter(db), returnId: false });
  }

  /** Fetches jobs, the most important first. They come again when this process gives no sign of life. */
  async fetch<Name extends QueueName>(name: Name, most: number = JOB_BATCH): Promise<readonly Job<Name>[]> {
    const jobs: BossJob<StoredData<Name>>[] = await this.#boss.fetch<StoredData<Name>>(name, { batchSize: most });
    return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, data, trace: data.trace }));
  }

  /** Fetches jobs that failed for good in a queue. They come again when they are not buried. */
  async fetchDead<Name extends QueueName>(name: Name): Promise<readonly DeadLetter<Name>[]> {
    const found = await this.#boss.fetch<StoredData<Name>>(deadLetters(name), {
      batchSize: JOB_BATCH,
      includeMetadata: true,
    });
    return found.map(({ id, retryCount, data, sourceRetryCount, sourceOutput }) => ({
      id,
      retryCount,
      data,
      trace: data.trace,
      tries: (sourceRetryCount ?? 0) + 1,
      reason: outputShape.parse(sourceOutput),
    }));
  }

  /** Ends one that failed for good, in the transaction of what follows from that. Throws a LostLeaseError as `complete` does. */
  async bury(transaction: Transaction, name: QueueName, letter: DeadLetter<QueueName>): Promise<void> {
    await this.#complete(transaction, deadLetters(name), [letter]);
  }

  /**
   * Ends jobs in the transaction of their results. Throws a LostLeaseError where one of them was given to another worker: the
   * results are not written then.
   */
  async complete(transaction: Transaction, name: QueueName, jobs: readonly Job<QueueName>[]): Promise<void> {
    await this.#complete(transaction, name, jobs);
  }

  async #complete(transaction: Transaction, name: string, jobs: readonly Job<QueueName>[]): Promise<void> {
    if (jobs.length === 0) return;
    const done = await this.#boss.complete(name, attempts(jobs), null, { db: adapter(transaction) });
    if (commandShape.parse(done).affected !== jobs.length) throw new LostLeaseError(name);
  }

  /** A sign of life. */
  async touch(name: QueueName, jobs: readonly Job<QueueName>[]): Promise<void> {
    if (jobs.length > 0) await this.#boss.touch(name, attempts(jobs));
  }

  /** Counts as a try: after all of them the job is a dead letter. */
  async fail(name: QueueName, jobs: readonly Job<QueueName>[], reason: string): Promise<void> {
    if (jobs.length > 0) await this.#boss.fail(name, attempts(jobs), { message: reason });
  }

  async counts(): Promise<readonly QueueCounts[]> {
    const found = await this.#boss.getQueues();
    const byName = new Map(found.map((queue) => [queue.name, queue]));
    return QUEUES.map((name) => ({
      name,
      queued: byName.get(name)?.queuedCount ?? 0,
      active: byName.get(name)?.activeCount ?? 0,
      dead: byName.get(deadLetters(name))?.queuedCount ?? 0,
    }));
  }

  /** Looks at once for jobs whose worker is gone. */
  supervise(): Promise<void> {
    return this.#boss.supervise();
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: true });
  }
}

/** Another worker has the job: what this one found is not to be written. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
  constructor(queue: string) {
    super(`a job of the queue ${queue} was given to another worker`);
  }
}

function attempts(jobs: readonly Job<QueueName>[]): { id: string; retryCount: number }[] {
  return jobs.map(({ id, retryCount }) => ({ id, retryCount }));
}

function adapter(db: Queries) {
  return { executeSql: (text: string, values?: unknown[]) => db.query(text, values) };
}
