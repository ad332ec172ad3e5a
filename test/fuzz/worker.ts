import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError, LimitError, PolicyError, UnsupportedError } from '../../packages/core/src/model/errors.js';
import { seeded } from '../../packages/core/test/random-pickle.js';
import { targets, type Target } from './targets.js';

/** What the main thread tells a worker. The last input lies in `shared`, so that one that never ends can be saved. */
export interface Order {
  readonly root: string;
  readonly out: string;
  readonly inputs: number;
  readonly seed: number;
  readonly only: string;
  readonly coverage: boolean;
  /** Int32: number of the input, its length, index of the target. Then the input itself. */
  readonly shared: SharedArrayBuffer;
}

export interface Result {
  readonly target: string;
  readonly inputs: number;
  readonly seconds: number;
  readonly ours: number;
  readonly slowestMs: number;
  readonly slowest: string;
  readonly peakMb: number;
  readonly crashes: readonly string[];
}

export const HEADER_BYTES = 16;
/** Crashes kept of one target: they are mostly the same one. */
const MOST_CRASHES = 5;
const MEMORY_STEP = 2000;
/** A scan of one artifact may hold this much: retained bytes and windows (megabytes). */
const MOST_MEMORY = 800;

function isOurs(error: unknown): boolean {
  return (
    error instanceof InputError ||
    error instanceof UnsupportedError ||
    error instanceof LimitError ||
    error instanceof PolicyError
  );
}

function memoryMb(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

async function runTarget(order: Order, target: Target, index: number): Promise<Result> {
  const state = new Int32Array(order.shared, 0, 4);
  const copy = new Uint8Array(order.shared, HEADER_BYTES);
  const wanted = Math.round((order.inputs * target.share) / 1000);
  const crashes: string[] = [];
  let ours = 0;
  let slowestMs = 0;
  let slowest = '';
  let peakMb = 0;
  const started = performance.now();
  for (let i = 0; i < wanted; i += 1) {
    // Each input has a seed of its own: one can be made again without the others.
    const bytes = target.make(seeded(Math.imul(order.seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ i));
    copy.set(bytes.subarray(0, copy.length));
    Atomics.store(state, 1, bytes.length);
    Atomics.store(state, 2, index);
    Atomics.add(state, 0, 1);
    const before = performance.now();
    try {
      await target.run(bytes);
    } catch (error) {
      if (isOurs(error)) ours += 1;
      else if (crashes.length < MOST_CRASHES) {
        const file = join(order.out, `crash-${index}-${i}.bin`);
        writeFileSync(file, bytes);
        crashes.push(`${file}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
    const ms = performance.now() - before;
    if (ms > slowestMs) {
      slowestMs = ms;
      slowest = join(order.out, `slowest-${index}.bin`);
      if (ms > 50) writeFileSync(slowest, bytes);
    }
    if (i % MEMORY_STEP === 0) {
      const mb = memoryMb();
      peakMb = Math.max(peakMb, mb);
      if (mb > MOST_MEMORY) crashes.push(`${Math.round(mb)} MB in use behind input ${i}`);
    }
  }
  return {
    target: target.name,
    inputs: wanted,
    seconds: (performance.now() - started) / 1000,
    ours,
    slowestMs,
    slowest,
    peakMb,
    crashes,
  };
}

/** V8's own block coverage of the bundle that runs, taken without a tool. */
async function withCoverage(enabled: boolean, run: () => Promise<void>): Promise<unknown> {
  if (!enabled) {
    await run();
    return null;
  }
  const session = new Session();
  session.connect();
  const post = (method: string, parameters: object = {}): Promise<{ result?: unknown }> =>
    new Promise((resolve, reject) => {
      session.post(method, parameters, (error, result) =>
        error === null ? resolve(result as { result?: unknown }) : reject(error),
      );
    });
  await post('Profiler.enable');
  await post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  await run();
  return (await post('Profiler.takePreciseCoverage')).result;
}

/** To the main thread. */
function tell(message: object): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
  parentPort?.postMessage(message);
}

const order = workerData as Order;
const coverage = await withCoverage(order.coverage, async () => {
  const all = targets(order.root);
  for (const [index, target] of all.entries()) {
    if (!target.name.includes(order.only)) continue;
    tell({ result: await runTarget(order, target, index) });
  }
});
tell({ done: true, coverage });
