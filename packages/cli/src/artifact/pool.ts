import { Worker } from 'node:worker_threads';
import { DEFAULT_LIMITS, notCollected, weightOf, type Collected } from '@artifact-sentinel/core/internal';
import {
  now,
  threadLink,
  WorkerPool,
  type Input,
  type JobFailure,
  type Outcome,
} from '@artifact-sentinel/core/node/internal';
import type { InputTurn } from './input-turn.js';
import { LARGEST_ANSWER, type Answer, type WorkerSetup } from './messages.js';

/** Files that a worker has before it; large ones wait for a free worker. */
const GIVEN_AHEAD = { jobs: 128, bytes: 256 * 1024 };
/** Files that are handed out or collected before their turn: one slow file keeps nobody waiting for a second or so. */
const AHEAD = 1_024;
/** Facts that wait for their turn (CWE-770); with those of running jobs less than one artifact may have on one thread. */
const WAITING_FACTS = 100_000;
/** What a worker may take beyond the deadline of an artifact before it counts as hung. */
const MARGIN_MS = 30_000;
/** Heap of one worker (CWE-770): the most facts that an artifact may have are some 600 MB. */
const WORKER_HEAP_MB = 1_024;
/** Half of what V8 takes for new objects by default: 14 MB less for each worker, in the same time. */
const WORKER_YOUNG_MB = 24;
/** Files that the main thread takes on while it waits: they hold it up no longer than they hold a worker up. */
const HELPED_BYTES = 64 * 1024;
/** Files between two looks of the main thread at what the workers have sent: a look costs a turn of the event loop. */
const HELPED_FILES = 8;
/** One worker may end by bad luck while it has a file in hand. */
const ATTEMPTS = 2;

export interface ArtifactPoolOptions {
  readonly workers: number;
  readonly setup: WorkerSetup;
  /** How an input is collected on this thread. */
  readonly collectHere: (input: Input) => Promise<Collected>;
  /** This thread collects small files too while it has nothing to judge: one worker less to start and to hear from. */
  readonly helps?: boolean;
  /** What a worker may take beyond the deadline of an artifact. */
  readonly marginMs?: number;
  /** Starts one worker. */
  readonly start?: (setup: WorkerSetup) => Worker;
}

function startWorker(workerData: WorkerSetup): Worker {
  return new Worker(new URL('worker.cjs', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: WORKER_YOUNG_MB },
  });
}

/** An input before its turn. */
interface Ordered {
  readonly input: Input;
  readonly outcome: Promise<Outcome<Answer>>;
  isSettled: boolean;
}

/** Worker threads that collect inputs. No result is lost with a thread, and the turns come in the order of the inputs. */
export class ArtifactPool {
  readonly #options: ArtifactPoolOptions;
  readonly #pool: WorkerPool<Input, Answer>;
  #waitingFacts = 0;

  constructor(options: ArtifactPoolOptions) {
    this.#options = options;
    const { setup, workers, start = startWorker, marginMs = MARGIN_MS } = options;
    const artifactMs = setup.limits.artifactMs ?? DEFAULT_LIMITS.artifactMs;
    const leftMs = (): number => (setup.runDeadline === null ? Infinity : Math.max(0, setup.runDeadline.end - now()));
    this.#pool = new WorkerPool({
      workers,
      start: (events) => threadLink(start(setup), events, { keepsAlive: true }),
      ahead: GIVEN_AHEAD,
      queue: AHEAD,
      deadlineMs: () => Math.min(artifactMs, leftMs()) + marginMs,
      // The thread runs our own code on its own heap.
      isResult: (value): value is Answer => typeof value === 'object',
      attempts: ATTEMPTS,
      onFailedStart: 'give up',
      isFull: () => this.#waitingFacts >= WAITING_FACTS,
    });
  }

  async *turns(inputs: AsyncIterable<Input>): AsyncGenerator<InputTurn> {
    const ahead: Ordered[] = [];
    try {
      for await (const input of inputs) {
        ahead.push(this.#order(input));
        if (ahead.length < AHEAD) continue;
        const first = ahead.shift();
        if (first !== undefined) yield this.#turn(first);
      }
      for (const ordered of ahead) yield this.#turn(ordered);
    } finally {
      this.#pool.close();
    }
  }

  #turn(ordered: Ordered): InputTurn {
    const { input } = ordered;
    return {
      path: input.name,
      input,
      collected: async () => {
        if (this.#options.helps === true) await this.#helpUntil(ordered);
        const outcome = await ordered.outcome;
        if ('failure' in outcome) return this.#failed(input, outcome.failure);
        if (outcome.result.kind === 'left') return this.#options.collectHere(input);
        this.#waitingFacts -= outcome.result.weight;
        this.#pool.resume();
        return outcome.result.collected;
      },
    };
  }

  #order(input: Input): Ordered {
    let settled: (outcome: Outcome<Answer>) => void = () => {};
    const outcome = new Promise<Outcome<Answer>>((resolve) => {
      settled = resolve;
    });
    const ordered: Ordered = { input, outcome, isSettled: false };
    const settle = (known: Outcome<Answer>): void => {
      if ('result' in known && known.result.kind === 'collected') this.#waitingFacts += known.result.weight;
      ordered.isSettled = true;
      settled(known);
    };
    if (input.kind === 'unreadable' || this.#options.workers === 0) settle(HERE);
    else this.#pool.submit(input, { bytes: input.size, settle });
    return ordered;
  }

  /** Collects small inputs that no worker has yet, until one is answered that this thread waits for. */
  async #helpUntil(awaited: Ordered): Promise<void> {
    for (let count = 1; !awaited.isSettled; count += 1) {
      const job = this.#pool.claim(({ size }) => size <= HELPED_BYTES);
      if (job === null) return;
      // What fails will fail again on its own turn, and is reported there.
      const collected = await this.#options.collectHere(job.payload).catch(() => null);
      const weight = collected === null ? 0 : weightOf(collected);
      if (collected === null || weight > LARGEST_ANSWER) job.settle(HERE);
      else job.settle({ result: { kind: 'collected', collected, weight } });
      if (count % HELPED_FILES === 0) await nextTurn();
    }
  }

  #failed(input: Input, { reason, detail }: JobFailure): Collected | Promise<Collected> {
    if (reason === 'unavailable' || reason === 'queue') return this.#options.collectHere(input);
    const why = `it ended the thread that analysed it, ${ATTEMPTS} times: ${detail ?? 'no error was given'}`;
    return notCollected(input.name, input.size, { cause: 'limit', reason: why });
  }
}

/** For the main thread to collect, when its turn has come. */
const HERE: Outcome<Answer> = { result: { kind: 'left' } };

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
