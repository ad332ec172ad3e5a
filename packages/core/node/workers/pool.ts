// Recursion in this file: each turn ends a worker that is there; others come by events of their own.
import { Task, type FailureReason, type JobOptions, type Outcome } from './job.js';
import { isFromWorker, type FromWorker, type Job, type StartWorker, type WorkerLoss } from './protocol.js';
import { WorkerSlot } from './slot.js';

export interface PoolOptions<J, R, P> {
  /** Most workers (CWE-770). */
  readonly workers: number;
  readonly start: StartWorker<J, P>;
  /** All are started at once, and again when they end; otherwise as jobs wait for them. */
  readonly isEager?: boolean;
  /** Jobs that one worker has before it, so that it goes on while this thread is busy; one that is larger comes alone. */
  readonly ahead: { readonly jobs: number; readonly bytes: number };
  /** Jobs that wait or run (CWE-770); one more fails. */
  readonly queue: number;
  /** What the job in hand may take before its worker counts as hung. */
  readonly deadlineMs: (payload: J) => number;
  /** What a worker says may be anything. */
  readonly isResult: (value: unknown) => value is R;
  /**
   * Workers that one job may end. 1: the job in hand fails with its worker. More: all jobs of the worker are given to others
   * one by one, and a job fails with the last of those that it ended alone; for results that come in groups, by which
   * nobody knows which job is in hand.
   */
  readonly attempts: number;
  /** A worker that does not come up: another is tried, later each time, or none is, and jobs fail as `unavailable`. */
  readonly onFailedStart: 'retry' | 'give up';
  /** What has come of jobs takes all the room that there is: nothing is given out until `resume` is called. */
  readonly isFull?: () => boolean;
  readonly onLoss?: (loss: WorkerLoss) => void;
}

/** What a worker may take to come up before it counts as hung. */
const START_MS = 30_000;
/** A worker that does not come up is started again after so long, doubled each time. */
const RESTART_MS = 50;
const LONGEST_RESTART_MS = 5_000;

/** Workers in isolation, which take jobs. One that dies or hangs costs no more than the job that it had in hand. */
export class WorkerPool<J, R, P = never> {
  readonly #options: PoolOptions<J, R, P>;
  readonly #slots = new Set<WorkerSlot<J, R, P>>();
  /** Those that a lost worker had come first. */
  #waiting: Task<J, R, P>[] = [];
  #nextId = 1;
  #pending = 0;
  /** Starts that failed in a row. */
  #failedStarts = 0;
  #restart: NodeJS.Timeout | null = null;
  #isUnavailable = false;
  #isClosed = false;

  constructor(options: PoolOptions<J, R, P>) {
    this.#options = options;
    this.#grow();
  }

  get isReady(): boolean {
    return [...this.#slots].some(({ isReady }) => isReady);
  }

  /** Jobs that wait or run. */
  get pending(): number {
    return this.#pending;
  }

  submit(payload: J, options: JobOptions<R, P>): void {
    const refusal = this.#refusal();
    if (refusal !== null) {
      options.settle({ failure: { reason: refusal, detail: null } });
      return;
    }
    const task = new Task(this.#nextId, payload, options);
    this.#nextId += 1;
    this.#pending += 1;
    this.#waiting.push(task);
    task.onCancel(() => this.#cancel(task));
    this.#handOut();
  }

  /**
   * Takes back the first job that waits, for the caller to do itself. None that a worker was lost with: it may end this
   * thread as well.
   */
  claim(
    wanted: (payload: J) => boolean,
  ): { readonly payload: J; readonly settle: (outcome: Outcome<R>) => void } | null {
    const [task] = this.#waiting;
    if (task === undefined || task.alone || this.#isFull() || !wanted(task.payload)) return null;
    this.#waiting.shift();
    return { payload: task.payload, settle: (outcome) => this.#settle(task, outcome) };
  }

  /** There is room again for what comes of jobs. */
  resume(): void {
    this.#handOut();
  }

  /** Ends all workers; all other jobs fail. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#restart !== null) clearTimeout(this.#restart);
    const left = [...this.#waiting.splice(0), ...[...this.#slots].flatMap(({ tasks }) => tasks.splice(0))];
    for (const slot of this.#slots) slot.stop();
    this.#slots.clear();
    for (const task of left) this.#fail(task, 'closing');
  }

  #refusal(): FailureReason | null {
    if (this.#isClosed) return 'closing';
    if (this.#isUnavailable && this.#slots.size === 0) return 'unavailable';
    return this.#pending >= this.#options.queue ? 'queue' : null;
  }

  #isFull(): boolean {
    return this.#options.isFull?.() ?? false;
  }

  #settle(task: Task<J, R, P>, outcome: Outcome<R>): void {
    this.#pending -= 1;
    task.settle(outcome);
  }

  #fail(task: Task<J, R, P>, reason: FailureReason, detail: string | null = null): void {
    this.#settle(task, { failure: { reason, detail } });
  }

  #cancel(task: Task<J, R, P>): void {
    const at = this.#waiting.indexOf(task);
    if (at === -1) return;
    this.#waiting.splice(at, 1);
    this.#fail(task, 'cancelled');
    this.#handOut();
  }

  #grow(): void {
    const { workers, start, isEager } = this.#options;
    if (this.#isClosed || this.#isUnavailable || this.#restart !== null) return;
    let starting = [...this.#slots].filter(({ isReady }) => !isReady).length;
    for (; this.#slots.size < workers && (isEager === true || this.#waiting.length > starting); starting += 1) {
      const slot = new WorkerSlot<J, R, P>(start, (self) => ({
        message: (value) => {
          if (this.#slots.has(self)) this.#receive(self, value);
        },
        gone: (loss) => this.#lose(self, loss),
      }));
      this.#slots.add(slot);
      this.#watch(slot);
    }
  }

  /** The clock runs for the job in hand, or for the start. */
  #watch(slot: WorkerSlot<J, R, P>): void {
    const [task] = slot.tasks;
    const own = task === undefined || slot.waits > 0 ? null : this.#options.deadlineMs(task.payload);
    slot.watch(slot.isReady ? own : START_MS, () => {
      const detail = slot.isReady ? 'it did not answer in time' : 'it did not come up in time';
      this.#lose(slot, { cause: 'deadline', detail });
    });
  }

  #handOut(): void {
    const { ahead } = this.#options;
    const given = new Map<WorkerSlot<J, R, P>, Job<J>[]>();
    // In groups: one at a time would be two messages for each job.
    for (const slot of this.#slots) slot.isOpen = slot.tasks.length <= ahead.jobs / 2;
    for (let task = this.#waiting[0]; task !== undefined; task = this.#waiting[0]) {
      // The job of a lost worker may be the one that all others wait for.
      if (this.#isFull() && !task.alone) break;
      const slot = this.#idlest(task);
      if (slot === null) {
        this.#grow();
        break;
      }
      this.#waiting.shift();
      slot.push(task);
      if (slot.tasks.length === 1) this.#watch(slot);
      const job = { id: task.id, payload: task.payload };
      const jobs = given.get(slot);
      if (jobs === undefined) given.set(slot, [job]);
      else jobs.push(job);
    }
    for (const [{ link }, jobs] of given) link.send({ kind: 'jobs', jobs });
  }

  /** Who has the least to do, and room for it. */
  #idlest(task: Task<J, R, P>): WorkerSlot<J, R, P> | null {
    let idlest: WorkerSlot<J, R, P> | null = null;
    for (const slot of this.#slots) {
      const isIdler = idlest === null || slot.tasks.length < idlest.tasks.length;
      if (isIdler && slot.hasRoom(task, this.#options.ahead)) idlest = slot;
    }
    return idlest;
  }

  #receive(slot: WorkerSlot<J, R, P>, value: unknown): void {
    if (!isFromWorker(value) || (value.kind === 'ready') === slot.isReady) {
      this.#lose(slot, NO_ANSWER);
      return;
    }
    if (value.kind === 'request') {
      this.#provide(slot, value);
      return;
    }
    if (value.kind === 'results') {
      for (const { id, result } of value.results) {
        const [task] = slot.tasks;
        if (task?.id !== id || !this.#options.isResult(result)) {
          this.#lose(slot, NO_ANSWER);
          return;
        }
        slot.shift();
        this.#settle(task, { result });
      }
    } else {
      slot.isReady = true;
      this.#failedStarts = 0;
    }
    this.#watch(slot);
    this.#handOut();
  }

  /** Of the job in hand alone. */
  #provide(slot: WorkerSlot<J, R, P>, { job, request, asks }: FromWorker<R, unknown> & { kind: 'request' }): void {
    const [task] = slot.tasks;
    const provider = task?.id === job ? task.provider : null;
    const coming = provider?.provide(asks) ?? null;
    if (task === undefined || coming === null) {
      this.#lose(slot, NO_ANSWER);
      return;
    }
    void this.#reply(slot, task, request, coming);
  }

  async #reply(
    slot: WorkerSlot<J, R, P>,
    task: Task<J, R, P>,
    request: number,
    coming: Promise<P | null>,
  ): Promise<void> {
    const stopsClock = task.provider?.stopsClock === true;
    if (stopsClock) {
      slot.waits += 1;
      this.#watch(slot);
    }
    const reply = await coming;
    if (!this.#slots.has(slot) || slot.tasks[0] !== task) return;
    if (stopsClock) {
      slot.waits -= 1;
      this.#watch(slot);
    }
    if (reply === null) this.#lose(slot, { cause: 'crash', detail: 'what it asked for cannot be had' });
    else slot.link.send({ kind: 'reply', request, reply });
  }

  #lose(slot: WorkerSlot<J, R, P>, loss: WorkerLoss): void {
    if (!this.#slots.delete(slot)) return;
    slot.stop();
    this.#options.onLoss?.(loss);
    const tasks = slot.tasks.splice(0);
    if (tasks.length === 0) this.#failedToServe(slot.isReady);
    this.#waiting = [...this.#blame(tasks, loss), ...this.#waiting];
    if (this.#isUnavailable && this.#slots.size === 0)
      for (const task of this.#waiting.splice(0)) this.#fail(task, 'unavailable', loss.detail);
    this.#grow();
    this.#handOut();
  }

  /** Those jobs of a lost worker that go on. */
  #blame(tasks: readonly Task<J, R, P>[], { cause, detail }: WorkerLoss): readonly Task<J, R, P>[] {
    const { attempts } = this.#options;
    const [first, ...others] = tasks;
    if (first === undefined) return tasks;
    if (others.length === 0 || attempts === 1) {
      first.losses += 1;
      if (first.losses >= attempts) {
        this.#fail(first, cause, detail);
        return others;
      }
    }
    for (const task of tasks) task.alone = true;
    return tasks;
  }

  /** A worker ended before it had anything to do. */
  #failedToServe(wasReady: boolean): void {
    if (this.#options.onFailedStart === 'give up') {
      this.#isUnavailable ||= !wasReady;
      return;
    }
    if (this.#restart !== null) return;
    const wait = Math.min(LONGEST_RESTART_MS, RESTART_MS * 2 ** this.#failedStarts);
    this.#failedStarts += 1;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      this.#grow();
    }, wait).unref();
  }
}

const NO_ANSWER: WorkerLoss = { cause: 'protocol', detail: 'what it sent is no answer' };
