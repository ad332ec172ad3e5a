import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, isDatabaseAway, type Pool } from '../database/pool.js';
import { DELIVERIES_AT_ONCE, DELIVERY_POLL_MS, DELIVERY_TOUCH_MS } from '../limits.js';
import { LostLeaseError, type Job, type Queue } from '../queue/queue.js';
import { DeliveryError, type Deliverer } from './deliver.js';

export interface DeliveryLoopOptions {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly deliverer: Deliverer;
  /** How one delivery went. */
  readonly onOutcome?: (outcome: 'taken' | 'refused') => void;
  readonly onError?: (error: unknown) => void;
}

/** Takes deliveries out of the queue until it is stopped, some at a time. A slow receiver holds up those of its batch until its time is over. */
export class DeliveryLoop {
  readonly #options: DeliveryLoopOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: DeliveryLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#options.deliverer.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const found = await this.round().catch((error: unknown) => {
        if (!isDatabaseAway(error)) this.#options.onError?.(error);
        return 0;
      });
      if (found === 0) await sleep(DELIVERY_POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One batch; gives how many there were. */
  async round(): Promise<number> {
    const { queue } = this.#options;
    const jobs = await queue.fetch('deliver', DELIVERIES_AT_ONCE);
    if (jobs.length === 0) return 0;
    const alive = setInterval(() => void queue.touch('deliver', jobs).catch(() => undefined), DELIVERY_TOUCH_MS);
    try {
      await Promise.all(jobs.map((job) => this.#one(job)));
    } finally {
      clearInterval(alive);
    }
    return jobs.length;
  }

  async #one(job: Job<'deliver'>): Promise<void> {
    const { pool, queue, deliverer, onOutcome } = this.#options;
    try {
      await deliverer.deliver(job);
      await inTransaction(pool, (transaction) => queue.complete(transaction, 'deliver', [job]));
      onOutcome?.('taken');
    } catch (error) {
      // Another process sends it again: receivers recognise it by its ID.
      if (error instanceof LostLeaseError) return;
      if (!(error instanceof DeliveryError)) throw error;
      await queue.fail('deliver', [job], error.message);
      onOutcome?.('refused');
    }
  }
}
