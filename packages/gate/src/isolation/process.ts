import { FrameReader, frame } from './frames.js';
import type { Given, Order, WorkerSetup } from './messages.js';
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
    inspecting = new Inspecting(message as WorkerSetup, send);
    send('ready');
    return;
  }
  const { id, job } = message as Order;
  send(await inspecting.answer({ id, job: { ...job, body } }));
}

function isGiven(message: unknown): message is Omit<Given, 'given'> {
  return typeof message === 'object' && message !== null && 'offset' in message;
}

const reader = new FrameReader((message, body) => {
  if (isGiven(message)) {
    // What is in hand waits for it.
    inspecting?.given({ ...message, given: body });
    return;
  }
  before = afterwards(before, message, body);
});
process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
process.stdin.on('end', () => process.exit(0));
