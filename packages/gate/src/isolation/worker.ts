import { parentPort, workerData } from 'node:worker_threads';
import type { Given, Order, WorkerSetup } from './messages.js';
import { Inspecting, useNativeEngines } from './serve.js';

/** The entry of a worker thread. One order after the other; an error that it does not expect ends it. */
const port = parentPort;
if (port !== null) {
  useNativeEngines();
  const inspecting = new Inspecting(workerData as WorkerSetup, (wanted) => port.postMessage(wanted));
  let before: Promise<void> = Promise.resolve();
  port.on('message', (order: Order | Given) => {
    if ('given' in order) {
      inspecting.given(order);
      return;
    }
    const previous = before;
    before = (async () => {
      await previous;
      port.postMessage(await inspecting.answer(order));
    })();
  });
  port.postMessage('ready');
}
