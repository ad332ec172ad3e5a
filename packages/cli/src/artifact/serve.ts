import { serialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { collect, setInflateEngine, setSha256, weightOf } from '@sentinel/core';
import { nativeInflate, nativeSha256, nativeSha256Stream, openFound, type FoundFile } from '@sentinel/core/node';
import { now } from '../clock.js';
import { collectOptions } from './collect-options.js';
import { LARGEST_ANSWER, type Answer, type Answers, type Orders, type WorkerSetup } from './messages.js';

/** A message wakes the main thread, which costs more than the answer of a small file does: they go in groups. */
const GROUP = 32;
const GROUP_MS = 100;

/** What a worker thread does. An error that it does not expect ends it: the pool knows what it was working on. */
export function serve(): void {
  const port = parentPort;
  if (port === null) return;
  const collecting = collectOptions(workerData as WorkerSetup, now);
  setInflateEngine(nativeInflate);
  setSha256(nativeSha256, nativeSha256Stream);
  const answer = async (file: FoundFile): Promise<Answer> => {
    const collected = await collect(openFound(file), collecting);
    const weight = weightOf(collected);
    return weight > LARGEST_ANSWER ? { kind: 'left' } : { kind: 'collected', collected, weight };
  };
  let answers: Answer[] = [];
  let sent = now();
  const send = (): void => {
    port.postMessage(serialize(answers satisfies Answers));
    answers = [];
    sent = now();
  };
  let ordered = 0;
  const work = async (files: Orders): Promise<void> => {
    for (const file of files) {
      answers.push(await answer(file));
      ordered -= 1;
      if (ordered === 0 || answers.length === GROUP || now() - sent > GROUP_MS) send();
    }
  };
  let before: Promise<void> = Promise.resolve();
  port.on('message', (files: Orders) => {
    ordered += files.length;
    before = before.then(() => work(files));
  });
  send();
}
