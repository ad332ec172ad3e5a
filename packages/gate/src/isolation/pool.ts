import {
  WorkerPool,
  type JobFailure,
  type Outcome,
  type Provider,
  type StartWorker,
} from '@artifact-sentinel/core/node/internal';
import { WINDOW_BYTES } from '../inspect/window-source.js';
import { MAX_REASONS } from '../model/limits.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { GATE_RULES, type GateRule } from '../model/rules.js';
import { passingProvider, spooledProvider, type Passing, type Spooled } from './bodies.js';
import type { Given, Verdict } from './messages.js';
import { Turns } from './turns.js';

/** Starts one inspector, thread or process. */
export type StartInspector = (
  policies: readonly RoutePolicy[],
  ...rest: Parameters<StartWorker<InspectionJob, Given>>
) => ReturnType<StartWorker<InspectionJob, Given>>;

export interface InspectorPoolOptions {
  readonly inspectors: number;
  /** Milliseconds from when an inspector takes a request in hand. */
  readonly deadlineMs: number;
  /** Requests that wait or are inspected (CWE-770); one more is refused as busy. */
  readonly queue: number;
  readonly start: StartInspector;
  readonly policies: readonly RoutePolicy[];
  /** One inspector more, for bodies on disk alone: they take long, and nobody else shall wait for them. */
  readonly spools?: boolean;
  /** Inspectors more, for bodies that pass: each has one in hand, however slowly it comes. */
  readonly passing?: number;
  readonly onRestart?: (cause: 'deadline' | 'crash') => void;
}

/** What the inspection of a body on disk may take beyond the deadline: noise, the slowest of honest bytes, takes some 20. */
const MS_PER_MIB = 200;
const MIB = 2 ** 20;
/** Small bodies are handed over ahead, so that an inspector need not wait for the next one; a large one comes alone. */
const AHEAD = { jobs: 16, bytes: 256 * 1024 };
const ALONE = { jobs: 1, bytes: 0 };
/** Small bodies that one inspector has before it, over all clients: the next client would have to wait for more. */
const IN_HAND = 4;
/** One client may have so large a part of the queue. */
const CLIENT_SHARE = 4;

type Inspectors = WorkerPool<InspectionJob, Verdict, Given>;

/** Inspectors in isolation, with a pool for each kind of body. */
export class InspectorPool {
  readonly #options: InspectorPoolOptions;
  readonly #held: Inspectors;
  readonly #spooled: Inspectors;
  readonly #passing: Inspectors;
  /** Whose turn it is: for small bodies, of which a client may send any number at once. */
  readonly #turns: Turns;

  constructor(options: InspectorPoolOptions) {
    this.#options = options;
    const inspectors = (workers: number, ahead: typeof AHEAD): Inspectors =>
      new WorkerPool({
        workers,
        start: (events) => options.start(options.policies, events),
        isEager: true,
        ahead,
        queue: options.queue,
        deadlineMs: (job) => options.deadlineMs + (bytesInHand(job) / MIB) * MS_PER_MIB,
        isResult: isVerdict,
        attempts: 1,
        onFailedStart: 'retry',
        onLoss: ({ cause }) => options.onRestart?.(cause === 'deadline' ? 'deadline' : 'crash'),
      });
    this.#held = inspectors(options.inspectors, AHEAD);
    this.#turns = new Turns(options.inspectors * IN_HAND);
    this.#spooled = inspectors(options.spools === true ? 1 : 0, ALONE);
    this.#passing = inspectors(options.passing ?? 0, ALONE);
  }

  get isReady(): boolean {
    return this.#held.isReady || this.#spooled.isReady || this.#passing.isReady;
  }

  get pending(): number {
    return this.#turns.waiting + this.#held.pending + this.#spooled.pending + this.#passing.pending;
  }

  /** `signal`: aborted where nobody waits for the answer any more. */
  inspect(job: InspectionJob, signal?: AbortSignal): Promise<Verdict> {
    const { client = '' } = job;
    const most = Math.ceil(this.#options.queue / CLIENT_SHARE);
    if (client !== '' && this.#turns.of(client) >= most)
      return Promise.resolve(
        failed('GATE-BUSY', 'client-queue', 'too many requests of one client are being inspected'),
      );
    if (this.pending >= this.#options.queue) return Promise.resolve(this.#failed({ reason: 'queue', detail: null }));
    return new Promise((resolve) => {
      const onAbort = (): void => {
        if (takeBack()) resolve(this.#failed({ reason: 'cancelled', detail: null }));
      };
      // First: the turn may come at once, and then has to find what it takes away.
      signal?.addEventListener('abort', onAbort, { once: true });
      const takeBack = this.#turns.ask(client, () => {
        signal?.removeEventListener('abort', onAbort);
        void this.#served(client, this.#inspect(this.#held, job, signal)).then(resolve);
      });
    });
  }

  /** A turn ends with the verdict. */
  async #served(client: string, verdict: Promise<Verdict>): Promise<Verdict> {
    const given = await verdict;
    this.#turns.done(client);
    return given;
  }

  inspectSpooled(job: InspectionJob, body: Spooled): Promise<Verdict> {
    return this.#inspect(this.#spooled, job, body.signal, spooledProvider(body));
  }

  /** A body that passes: what of it is settled is reported meanwhile. */
  inspectPassing(job: InspectionJob, body: Passing): Promise<Verdict> {
    return this.#inspect(this.#passing, job, body.signal, passingProvider(body));
  }

  /** Requests that still wait are refused. */
  close(): void {
    for (const pool of [this.#held, this.#spooled, this.#passing]) pool.close();
  }

  #inspect(pool: Inspectors, job: InspectionJob, signal?: AbortSignal, provider?: Provider<Given>): Promise<Verdict> {
    if (this.pending >= this.#options.queue) return Promise.resolve(this.#failed({ reason: 'queue', detail: null }));
    return new Promise((resolve) => {
      pool.submit(job, {
        bytes: lengthOf(job),
        settle: (outcome: Outcome<Verdict>) =>
          resolve('result' in outcome ? outcome.result : this.#failed(outcome.failure)),
        ...(signal === undefined ? {} : { signal }),
        ...(provider === undefined ? {} : { provider }),
      });
    });
  }

  #failed({ reason }: JobFailure): Verdict {
    switch (reason) {
      case 'queue':
        return failed('GATE-BUSY', 'queue', 'too many requests are being inspected');
      case 'closing':
        return failed('GATE-BUSY', 'closing', 'the gate is closing');
      case 'cancelled':
        return failed('GATE-ABORTED', 'aborted', 'the client left before the answer');
      case 'deadline':
        return failed('GATE-DEADLINE', 'deadline', `the inspection took more than ${this.#options.deadlineMs} ms`);
      case 'memory':
      case 'crash':
      case 'protocol':
      case 'unavailable':
        return failed('GATE-CRASH', 'crash', 'the inspection ended early');
    }
  }
}

/** Bytes that a job brings. */
function lengthOf({ body, pieces = [body] }: InspectionJob): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** Bytes for which an inspector is given more time: those that it asks for one after the other. */
function bytesInHand({ spooled, passing }: InspectionJob): number {
  return spooled ?? (passing === undefined ? 0 : WINDOW_BYTES);
}

function failed(rule: GateRule, signal: string, detail: string): Verdict {
  return {
    refusal: { rule, signal, path: 'body', offset: null, format: null, sha256: null, detail },
    sha256: null,
  };
}

/** An inspector's answer crosses a boundary of trust: it may only be what an inspector says. */
function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { refusal, also = [], sha256 } = value as Record<string, unknown>;
  return (
    isRefusal(refusal) &&
    Array.isArray(also) &&
    also.length <= MAX_REASONS &&
    also.every((one) => one !== null && isRefusal(one)) &&
    (sha256 === null || typeof sha256 === 'string')
  );
}

function isRefusal(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { rule, signal, path, detail, exception = 0 } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(exception) &&
    typeof rule === 'string' &&
    Object.hasOwn(GATE_RULES, rule) &&
    [signal, path, detail].every((text) => typeof text === 'string' && text.length < 2_000)
  );
}
