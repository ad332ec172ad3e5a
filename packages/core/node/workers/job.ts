import type { WorkerLoss } from './protocol.js';

/**
 * Why a job has no result. Those of a `WorkerLoss`: it ended its worker. `queue`: too many wait. `closing`: the pool
 * closes. `cancelled`: nobody waits for it any more. `unavailable`: no worker comes up.
 */
export type FailureReason = WorkerLoss['cause'] | 'queue' | 'closing' | 'cancelled' | 'unavailable';

export interface JobFailure {
  readonly reason: FailureReason;
  /** In words, where anything is known. */
  readonly detail: string | null;
}

export type Outcome<R> = { readonly result: R } | { readonly failure: JobFailure };

/** What a worker may ask for while it has a job in hand. */
export interface Provider<P> {
  /** Null for a request that the job does not allow, which ends the worker; so does a reply of null. */
  provide(asks: unknown): Promise<P | null> | null;
  /** While the worker waits, no time of its own passes. */
  readonly stopsClock: boolean;
}

export interface JobOptions<R, P> {
  /** Bytes that it brings, or that it is about: small jobs are given ahead. */
  readonly bytes: number;
  /** Called once, as soon as it is known. */
  readonly settle: (outcome: Outcome<R>) => void;
  readonly provider?: Provider<P>;
  /** Nobody waits for it any more: it is not begun. What is in hand goes on to its end, or its deadline. */
  readonly signal?: AbortSignal;
}

/** A job with its state. */
export class Task<J, R, P> {
  readonly id: number;
  readonly payload: J;
  readonly bytes: number;
  readonly provider: Provider<P> | null;
  /** Workers that ended while they had it, and nothing else, in hand. */
  losses = 0;
  /** A worker ended that had it among others: it is given to the next one alone, so that the guilty one shows. */
  alone = false;
  readonly #settle: (outcome: Outcome<R>) => void;
  readonly #signal: AbortSignal | null;
  #onAbort: (() => void) | null = null;

  constructor(id: number, payload: J, { bytes, settle, provider, signal }: JobOptions<R, P>) {
    this.id = id;
    this.payload = payload;
    this.bytes = bytes;
    this.provider = provider ?? null;
    this.#settle = settle;
    this.#signal = signal ?? null;
  }

  onCancel(cancelled: () => void): void {
    if (this.#signal === null) return;
    this.#onAbort = cancelled;
    if (this.#signal.aborted) cancelled();
    else this.#signal.addEventListener('abort', cancelled);
  }

  settle(outcome: Outcome<R>): void {
    if (this.#onAbort !== null) this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#settle(outcome);
  }
}
