import type { Task } from './job.js';
import type { LinkEvents, StartWorker, WorkerLink } from './protocol.js';

/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One worker of a pool, and what it has been given. */
export class WorkerSlot<J, R, P> {
  readonly link: WorkerLink<J, P>;
  /** In the order in which it takes them: the first is in hand. */
  readonly tasks: Task<J, R, P>[] = [];
  isReady = false;
  /** Gets more, until it has enough. */
  isOpen = true;
  /** Requests of the job in hand that wait for others than the worker. */
  waits = 0;
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(start: StartWorker<J, P>, events: (slot: WorkerSlot<J, R, P>) => LinkEvents) {
    this.link = start(events(this));
  }

  push(task: Task<J, R, P>): void {
    this.tasks.push(task);
    this.#bytes += task.bytes;
  }

  shift(): void {
    this.#bytes -= this.tasks.shift()?.bytes ?? 0;
    this.waits = 0;
  }

  /** Whether it may be given one more. One that is to be alone goes to a worker that has nothing else. */
  hasRoom({ alone, bytes }: Task<J, R, P>, ahead: { readonly jobs: number; readonly bytes: number }): boolean {
    if (!this.isReady) return false;
    const { length } = this.tasks;
    if (length === 0) return true;
    if (alone || !this.isOpen || this.tasks[0]?.alone === true) return false;
    return length < ahead.jobs && this.#bytes + bytes <= ahead.bytes;
  }

  /** Counts from now on, instead of what was counted before; null: no time passes. */
  watch(ms: number | null, late: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === null) return;
    const timer = setTimeout(
      () => {
        // The answer may lie there unread: this thread was busy too.
        setImmediate(() => {
          if (this.#timer === timer) late();
        });
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
    timer.unref();
    this.#timer = timer;
  }

  stop(): void {
    this.watch(null, () => {});
    this.link.stop();
  }
}
