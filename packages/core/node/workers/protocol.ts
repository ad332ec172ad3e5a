/*
 * What a host and its workers say to each other. A worker takes one job at a time, in the order in which they come; while
 * it has one in hand, it may ask the host for something, such as the next bytes of a body.
 */

/** `J`: what a job says; plain data. */
export interface Job<J> {
  readonly id: number;
  readonly payload: J;
}

/** `P`: what a worker is given that asked. */
export type ToWorker<J, P> =
  | { readonly kind: 'jobs'; readonly jobs: readonly Job<J>[] }
  | { readonly kind: 'reply'; readonly request: number; readonly reply: P };

export interface JobResult<R> {
  readonly id: number;
  readonly result: R;
}

/** `R`: what comes of a job. `Q`: what a worker asks for. `ready` comes once, and first. */
export type FromWorker<R, Q> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'results'; readonly results: readonly JobResult<R>[] }
  | { readonly kind: 'request'; readonly job: number; readonly request: number; readonly asks: Q };

/** Whether a message has the form of one: it may come from a process that a stranger's bytes have taken over. */
export function isFromWorker(value: unknown): value is FromWorker<unknown, unknown> {
  if (!isRecord(value)) return false;
  if (value['kind'] === 'ready') return true;
  if (value['kind'] === 'request') return Number.isSafeInteger(value['job']) && Number.isSafeInteger(value['request']);
  const { results } = value;
  return value['kind'] === 'results' && Array.isArray(results) && results.length > 0 && results.every(isRecord);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Why a worker is gone. `protocol`: what it sent was no answer to what it was asked. */
export interface WorkerLoss {
  readonly cause: 'memory' | 'crash' | 'deadline' | 'protocol';
  /** In words, where anything is known. */
  readonly detail: string | null;
}

/** A worker as its pool sees it, thread or process. */
export interface WorkerLink<J, P> {
  send(message: ToWorker<J, P>): void;
  /** Ends it at once; nothing is heard of it afterwards. */
  stop(): void;
}

export interface LinkEvents {
  /** A `FromWorker`, as far as the worker is what it should be. */
  readonly message: (value: unknown) => void;
  /** It is gone, and all that it had sent before has been heard. */
  readonly gone: (loss: WorkerLoss) => void;
}

/** Starts one worker. */
export type StartWorker<J, P> = (events: LinkEvents) => WorkerLink<J, P>;
