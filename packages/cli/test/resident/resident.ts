import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that a run may take. */
const PATIENCE = 60_000;
const LATE_MS = 5;
const LATE_WAITS = 400;

/**
 * The built command line in one process for many runs, each in a folder and with an environment of its own: a tenth of the
 * time of starting it. What a test says about processes (signals, pipes, standard input, how the program ends when a part
 * is missing) needs one of its own.
 */
export class Resident {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sentinel-resident-'));
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));
  #answers = new MessageChannel();
  readonly #bundle: string;
  #thread: Worker;

  constructor(bundle: string) {
    this.#bundle = bundle;
    this.#thread = this.#started();
  }

  #started(): Worker {
    return new Worker(new URL('thread.mjs', import.meta.url), {
      workerData: {
        bundle: this.#bundle,
        folder: this.#folder,
        answered: this.#answered,
        answers: this.#answers.port2,
      },
      transferList: [this.#answers.port2],
    });
  }

  /** As `run`, while this thread goes on: it may serve what is read. One at a time. */
  async runBeside(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
    Atomics.store(this.#answered, 0, 0);
    this.#thread.postMessage({ cwd, args, env }, []);
    for (let waits = 0; Atomics.load(this.#answered, 0) === 0 && waits < PATIENCE / LATE_MS; waits += 1)
      await new Promise((resolve) => setTimeout(resolve, LATE_MS));
    return this.#answer(args);
  }

  run(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv): Run {
    Atomics.store(this.#answered, 0, 0);
    this.#thread.postMessage({ cwd, args, env }, []);
    if (Atomics.wait(this.#answered, 0, 0, PATIENCE) === 'timed-out') {
      // With its thread goes the process: its late answer must not be taken for that of the next run.
      void this.#thread.terminate();
      this.#answers = new MessageChannel();
      this.#thread = this.#started();
      throw new Error(`sentinel ${args.join(' ')}: no end after ${PATIENCE} ms`);
    }
    return this.#answer(args);
  }

  #answer(args: readonly string[]): Run {
    // The word that it is there may be here before the answer is.
    let answer = receiveMessageOnPort(this.#answers.port1);
    for (let waits = 0; answer === undefined && waits < LATE_WAITS; waits += 1) {
      Atomics.wait(this.#answered, 0, 1, LATE_MS);
      answer = receiveMessageOnPort(this.#answers.port1);
    }
    if (answer === undefined) throw new Error(`sentinel ${args.join(' ')}: no answer`);
    return answer.message as Run;
  }

  close(): void {
    this.#thread.postMessage(null, []);
    this.#answers.port1.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
