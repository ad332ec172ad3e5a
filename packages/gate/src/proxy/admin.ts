import { Worker } from 'node:worker_threads';
import { UsageError } from '@artifact-sentinel/core/internal';
import type { Address } from '../config/gate-config.js';
import { BEAT, READY, type AdminSetup, type FromAdmin, type ToAdmin } from './admin-messages.js';

export interface AdminOptions {
  /** The built file of `admin-thread.ts`. */
  readonly entry: string;
  readonly metrics: () => string;
  readonly isReady: () => boolean;
}

const BEAT_MS = 100;

/** /metrics, /healthz and /readyz, on an address of their own and in a thread of their own: none of it is for clients. */
export class Admin {
  readonly #options: AdminOptions;
  readonly #state = new Float64Array(new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT));
  #worker: Worker | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: AdminOptions) {
    this.#options = options;
  }

  /** Listens; the port that was given. */
  listen({ host, port }: Address): Promise<number> {
    this.beat();
    this.#timer = setInterval(() => this.beat(), BEAT_MS).unref();
    const worker = new Worker(this.#options.entry, {
      workerData: { host, port, shared: this.#state.buffer } satisfies AdminSetup,
      env: {},
      argv: [],
      execArgv: [],
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: FromAdmin) => {
        if (message.kind === 'listening') resolve(message.port);
        else if (message.kind === 'failed')
          reject(new UsageError(`admin: ${host}:${port} cannot be listened on (${message.reason})`));
        else this.#send({ kind: 'metrics', id: message.id, text: this.#options.metrics() });
      });
    });
  }

  /** Says how it is; also called where that has changed. */
  beat(): void {
    this.#state[READY] = this.#options.isReady() ? 1 : 0;
    this.#state[BEAT] = Date.now();
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    const worker = this.#worker;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#send({ kind: 'close' });
    await ended;
  }

  #send(message: ToAdmin): void {
    this.#worker?.postMessage(message);
  }
}
