import { runIsOver, type Collected, type RunDeadline } from '@artifact-sentinel/core/internal';
import { findFiles, now, type FindOptions, type Input } from '@artifact-sentinel/core/node/internal';
import { collectInput } from './collect-input.js';
import { collectOptions } from './collect-options.js';
import type { InputTurn } from './input-turn.js';
import type { CollectSetup } from './messages.js';
import { localPaths, isAddress } from '../sources/address.js';
import type { RemoteOptions } from '../sources/options.js';
import { readStandardInput, STANDARD_INPUT } from './standard-input.js';

/** More threads wait for the one that judges, which is one of them. */
const MOST_WORKERS = 4;
/** A worker takes some 150 ms of processor time before they give anything back; so many small files take 700 ms. */
const FILES_THAT_PAY = 1_000;
/** Fewer files, but slow ones: the scan has shown it, and the next ones may be as slow. */
const MS_THAT_PAY = 500;

export interface TurnOptions {
  /** Threads that collect; 1: none besides this one. Undefined: as many as pay. */
  readonly jobs: number | undefined;
  readonly collecting: CollectSetup;
  readonly followLinks: boolean;
  /** What holds for addresses among the paths. */
  readonly remote: RemoteOptions;
}

/** As many as there are cores, and none where they are busy: threads then share the time that one would have. */
function workersThatPay(): number {
  const { availableParallelism, loadavg } = process.getBuiltinModule('node:os');
  const cores = availableParallelism();
  return (loadavg()[0] ?? 0) < cores ? Math.min(cores, MOST_WORKERS) : 1;
}

/**
 * The files below `paths`, in a stable order, collected by this thread, or by several where that pays; then those at
 * addresses of remote sources.
 */
export async function* turnsOf(named: readonly string[], options: TurnOptions): AsyncGenerator<InputTurn> {
  const { jobs, followLinks, remote, collecting } = options;
  const { runDeadline } = collecting;
  const paths = localPaths(named);
  const over = (): string | null => (runDeadline !== null && now() > runDeadline.end ? runIsOver(runDeadline) : null);
  if (paths.length > 0)
    yield* turnsOfInputs(inputsOf(paths, { followLinks, over }, runDeadline), paths, jobs, collecting);
  if (paths.length === named.length) return;
  const { remoteTurns } = await import('../sources/remote-turns.js');
  yield* remoteTurns(named.filter(isAddress), collecting, remote);
}

/** Standard input first, where it is named, then the files. */
async function* inputsOf(
  paths: readonly string[],
  walk: FindOptions,
  runDeadline: RunDeadline | null,
): AsyncGenerator<Input> {
  const files = paths.filter((path) => path !== STANDARD_INPUT);
  if (files.length < paths.length)
    yield await readStandardInput(runDeadline === null ? null : Math.max(0, runDeadline.end - now()));
  yield* findFiles(files, walk);
}

/** The same for inputs of any kind. `roots`: what was named, around which sources may look. */
export async function* turnsOfInputs(
  found: AsyncGenerator<Input>,
  roots: readonly string[],
  jobs: number | undefined,
  everyArtifact: CollectSetup,
): AsyncGenerator<InputTurn> {
  const setup = { ...everyArtifact, roots };
  const collecting = collectOptions(setup);
  const inputs = new LookAhead(found);
  const collectHere = (input: Input): Promise<Collected> => collectInput(input, collecting);
  let workers = jobs;
  const enough = (): boolean => (workers ??= workersThatPay()) > 1;
  const started = now();
  // What was asked for is done, but for a single file.
  let pays = (await inputs.has(jobs === undefined ? FILES_THAT_PAY : 2)) && enough();
  while (!pays) {
    const input = await inputs.take();
    if (input === undefined) return;
    yield { path: input.name, input, collected: () => collectHere(input) };
    pays = now() - started > MS_THAT_PAY && (await inputs.has(2)) && enough();
  }
  const { ArtifactPool } = await import('./pool.js');
  // This thread is one of those that collect: it has little else to do.
  const pool = new ArtifactPool({ workers: (workers ?? 2) - 1, setup, collectHere, helps: true });
  yield* pool.turns(inputs.rest());
}

/** Inputs that are known before their turn. */
class LookAhead {
  readonly #inputs: AsyncGenerator<Input>;
  readonly #known: Input[] = [];

  constructor(inputs: AsyncGenerator<Input>) {
    this.#inputs = inputs;
  }

  async has(count: number): Promise<boolean> {
    while (this.#known.length < count) {
      const next = await this.#inputs.next();
      if (next.done === true) return false;
      this.#known.push(next.value);
    }
    return true;
  }

  async take(): Promise<Input | undefined> {
    return (await this.has(1)) ? this.#known.shift() : undefined;
  }

  async *rest(): AsyncGenerator<Input> {
    for (let input = await this.take(); input !== undefined; input = await this.take()) yield input;
  }
}
