import { FrameReader, frame } from './frames.js';
import type { Order, WorkerSetup } from './messages.js';
import { Inspecting, useNativeEngines } from './serve.js';

/**
 * The entry of a process under Node's permission model: no files beyond its own code, no processes, no workers, no
 * environment. The setup is the first frame; one order after the other follows.
 */
let inspecting: Inspecting | null = null;
let before: Promise<void> = Promise.resolve();

function send(message: unknown): void {
  process.stdout.write(frame(message, null));
}

/** One message after the other; an error that it does not expect ends the process. */
async function afterwards(previous: Promise<void>, message: unknown, body: Uint8Array): Promise<void> {
  await previous;
  if (inspecting === null) {
    useNativeEngines();
    inspecting = new Inspecting(message as WorkerSetup);
    send('ready');
    return;
  }
  const { id, job } = message as Order;
  send(await inspecting.answer({ id, job: { ...job, body } }));
}

const reader = new FrameReader((message, body) => {
  before = afterwards(before, message, body);
});
process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
process.stdin.on('end', () => process.exit(0));
