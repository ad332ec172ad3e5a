import { serialize } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { JobLoop, type Grouping, type Work } from './job-loop.js';
import type { ToWorker } from './protocol.js';

/**
 * What the entry of a worker thread calls. Messages go out as `node:v8` writes them, which keeps shared objects as
 * `postMessage` does and takes a ninth of its time: that asks of each object whether it can be handed over.
 */
export function serveThread<J, R, Q, P>(work: Work<J, R, Q, P>, grouping: Grouping | null = null): void {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  const loop = new JobLoop<J, R, Q, P>((message) => port.postMessage(serialize(message)), work, grouping);
  port.on('message', (message: ToWorker<J, P>) => loop.receive(message));
}
