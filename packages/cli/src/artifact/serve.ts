import { workerData } from 'node:worker_threads';
import { weightOf } from '@artifact-sentinel/core/internal';
import { now, serveThread, type Input } from '@artifact-sentinel/core/node/internal';
import { collectInput } from './collect-input.js';
import { collectOptions } from './collect-options.js';
import { LARGEST_ANSWER, type Answer, type WorkerSetup } from './messages.js';

/** Answers that go together: one message for each small file would cost more than the file does. */
const GROUP = { results: 32, ms: 100, now };

/** What a worker thread does. An error that it does not expect ends it: the pool knows what it was working on. */
export function serve(): void {
  const collecting = collectOptions(workerData as WorkerSetup);
  serveThread(async (input: Input): Promise<Answer> => {
    const collected = await collectInput(input, collecting);
    const weight = weightOf(collected);
    return weight > LARGEST_ANSWER ? { kind: 'left' } : { kind: 'collected', collected, weight };
  }, GROUP);
}
