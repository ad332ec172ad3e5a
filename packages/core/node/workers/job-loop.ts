import type { FromWorker, Job, JobResult, ToWorker } from './protocol.js';

/** What a worker does with one job. `ask` gets something from the host meanwhile. */
export type Work<J, R, Q, P> = (payload: J, ask: (asks: Q) => Promise<P>) => Promise<R>;

/** Results that are sent together. A message wakes the host, which costs more than a small job does. */
export interface Grouping {
  readonly results: number;
  /** None waits longer than this for others. */
  readonly ms: number;
  readonly now: () => number;
}

/** The working side: one job after the other. An error that the work does not expect ends the worker, and shall. */
export class JobLoop<J, R, Q = never, P = never> {
  readonly #post: (message: FromWorker<R, Q>) => void;
  readonly #work: Work<J, R, Q, P>;
  readonly #grouping: Grouping | null;
  readonly #asked = new Map<number, (reply: P) => void>();
  #requests = 0;
  #before: Promise<void> = Promise.resolve();
  #left = 0;
  #results: JobResult<R>[] = [];
  #sent = 0;

  constructor(post: (message: FromWorker<R, Q>) => void, work: Work<J, R, Q, P>, grouping: Grouping | null = null) {
    this.#post = post;
    this.#work = work;
    this.#grouping = grouping;
    this.#sent = grouping?.now() ?? 0;
    post({ kind: 'ready' });
  }

  receive(message: ToWorker<J, P>): void {
    if (message.kind === 'reply') {
      const go = this.#asked.get(message.request);
      this.#asked.delete(message.request);
      go?.(message.reply);
      return;
    }
    this.#left += message.jobs.length;
    this.#before = this.#workOn(message.jobs, this.#before);
  }

  async #workOn(jobs: readonly Job<J>[], before: Promise<void>): Promise<void> {
    await before;
    for (const { id, payload } of jobs) {
      const result = await this.#work(payload, (asks) => this.#ask(id, asks));
      // What this job has asked for and did not wait for is no other job's.
      this.#asked.clear();
      this.#results.push({ id, result });
      this.#left -= 1;
      if (this.#isDue()) this.#send();
    }
  }

  #isDue(): boolean {
    if (this.#grouping === null || this.#left === 0) return true;
    const { results, ms, now } = this.#grouping;
    return this.#results.length >= results || now() - this.#sent > ms;
  }

  #send(): void {
    this.#post({ kind: 'results', results: this.#results });
    this.#results = [];
    this.#sent = this.#grouping?.now() ?? 0;
  }

  #ask(job: number, asks: Q): Promise<P> {
    return new Promise((resolve) => {
      this.#requests += 1;
      this.#asked.set(this.#requests, resolve);
      this.#post({ kind: 'request', job, request: this.#requests, asks });
    });
  }
}
