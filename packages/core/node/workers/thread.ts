import { deserialize } from 'node:v8';
import type { Transferable, Worker } from 'node:worker_threads';
import type { LinkEvents, ToWorker, WorkerLink, WorkerLoss } from './protocol.js';

export interface ThreadLinkOptions<J, P> {
  /** The process stays alive for it. */
  readonly keepsAlive: boolean;
  /** What of a message is handed over instead of copied; the message may be another one for it. */
  readonly transfer?: (message: ToWorker<J, P>) => {
    readonly message: ToWorker<J, P>;
    readonly transferred: readonly Transferable[];
  };
}

/** A thread that runs `serveThread`. */
export function threadLink<J, P>(
  worker: Worker,
  events: LinkEvents,
  { keepsAlive, transfer }: ThreadLinkOptions<J, P>,
): WorkerLink<J, P> {
  let loss: WorkerLoss = { cause: 'crash', detail: null };
  worker.on('message', (bytes: Uint8Array) => events.message(deserialize(bytes)));
  worker.on('error', (error: unknown) => {
    loss = lossOf(error);
  });
  worker.on('messageerror', () => {
    loss = { cause: 'protocol', detail: 'what it sent cannot be read' };
    void worker.terminate();
  });
  // Results that it sent before it ended come before this.
  worker.on('exit', () => events.gone(loss));
  if (!keepsAlive) worker.unref();
  return {
    send(given) {
      const { message, transferred } = transfer?.(given) ?? { message: given, transferred: [] };
      worker.postMessage(message, transferred);
    },
    stop: () => void worker.terminate(),
  };
}

function lossOf(error: unknown): WorkerLoss {
  if (!(error instanceof Error)) return { cause: 'crash', detail: String(error) };
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { cause: isMemory ? 'memory' : 'crash', detail: error.message };
}
