import { JobLoop, type ToWorker } from '@artifact-sentinel/core/node/internal';
import type { InspectionJob } from '../model/route-policy.js';
import { FrameReader, frame } from './frames.js';
import type { Given, Verdict, Wanted, WorkerSetup } from './messages.js';
import { inspecting } from './serve.js';

/**
 * The entry of a process under Node's permission model: no files beyond its own code, no processes, no workers, no
 * environment. The setup is the first frame; jobs and replies follow, each with its bytes behind it.
 */
let loop: JobLoop<InspectionJob, Verdict, Wanted, Given> | null = null;

const reader = new FrameReader((message, bytes) => {
  if (loop !== null) {
    loop.receive(withBytes(message as ToWorker<InspectionJob, Given>, bytes));
    return;
  }
  loop = new JobLoop((answer) => process.stdout.write(frame(answer, null)), inspecting(message as WorkerSetup));
});

/** One job comes in each frame. */
function withBytes(message: ToWorker<InspectionJob, Given>, bytes: Uint8Array): ToWorker<InspectionJob, Given> {
  if (message.kind === 'reply') return { ...message, reply: { ...message.reply, given: bytes } };
  return { ...message, jobs: message.jobs.map(({ id, payload }) => ({ id, payload: { ...payload, body: bytes } })) };
}

process.stdin.on('data', (chunk: Buffer) => reader.push(chunk));
process.stdin.on('end', () => process.exit(0));
