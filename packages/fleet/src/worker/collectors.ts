import { DEFAULT_LIMITS } from '@artifact-sentinel/core/internal';
import { WorkerPool, type Outcome } from '@artifact-sentinel/core/node/internal';
import { CHILD_AHEAD_BYTES, CHILD_ATTEMPTS, CHILD_MARGIN_MS } from '../limits.js';
import type { ChildAnswer, ChildJob } from './messages.js';
import { startProcess } from './process-link.js';

export interface CollectorsOptions {
  readonly processes: number;
  /** Folders in which what is to be analysed lies. */
  readonly readable: readonly string[];
}

/** Child processes that read what strangers made. A file that ends one costs that process and nothing else. */
export class Collectors {
  readonly #pool: WorkerPool<ChildJob, ChildAnswer>;

  constructor({ processes, readable }: CollectorsOptions) {
    this.#pool = new WorkerPool({
      workers: processes,
      start: startProcess(readable),
      ahead: { jobs: 4, bytes: CHILD_AHEAD_BYTES },
      queue: 10_000,
      deadlineMs: () => DEFAULT_LIMITS.artifactMs + CHILD_MARGIN_MS,
      isResult: isAnswer,
      attempts: CHILD_ATTEMPTS,
      onFailedStart: 'retry',
    });
  }

  run(job: ChildJob, bytes: number, signal?: AbortSignal): Promise<Outcome<ChildAnswer>> {
    return new Promise((settle) => {
      this.#pool.submit(job, { bytes, settle, ...(signal === undefined ? {} : { signal }) });
    });
  }

  close(): void {
    this.#pool.close();
  }
}

function isAnswer(value: unknown): value is ChildAnswer {
  return typeof value === 'object' && value !== null && 'judged' in value && 'collected' in value;
}
