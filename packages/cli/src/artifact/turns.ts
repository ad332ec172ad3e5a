import {
  collect,
  runIsOver,
  type Collected,
  type Limits,
  type RunDeadline,
  type SourceFactKind,
  type Turn,
} from '@sentinel/core';
import { collectOptions } from './collect-options.js';
import { findFiles, openFound, type FoundFile } from '@sentinel/core/node';

/** More threads wait for the one that judges, which is one of them. */
const MOST_WORKERS = 4;
/** A worker takes some 150 ms of processor time before they give anything back; so many small files take 700 ms. */
const FILES_THAT_PAY = 1_000;
/** Fewer files, but slow ones: the scan has shown it, and the next ones may be as slow. */
const MS_THAT_PAY = 500;

export interface TurnOptions {
  /** Threads that collect; 1: none besides this one. Undefined: as many as pay. */
  readonly jobs: number | undefined;
  readonly limits: Partial<Limits>;
  /** When the whole run has to be over; null where it may take as long as it does. */
  readonly runDeadline: RunDeadline | null;
  readonly followLinks: boolean;
  /** Whether a report shows the SHA-256 of the streams. */
  readonly digests: boolean;
  /** Whether a file has to be known again, to be hashed. */
  readonly identities: boolean;
  readonly now: () => number;
  /** Globals whose artifacts are hashed, see `CollectOptions`. */
  readonly hashWhere: readonly string[];
  /** Facts about source that rules read. */
  readonly sources: readonly SourceFactKind[];
}

/** As many as there are cores, and none where they are busy: threads then share the time that one would have. */
function workersThatPay(): number {
  const { availableParallelism, loadavg } = process.getBuiltinModule('node:os');
  const cores = availableParallelism();
  return (loadavg()[0] ?? 0) < cores ? Math.min(cores, MOST_WORKERS) : 1;
}

/** The files below `paths`, in a stable order, collected by this thread, or by several where that pays. */
export async function* turnsOf(paths: readonly string[], options: TurnOptions): AsyncGenerator<Turn> {
  const { jobs, limits, runDeadline, followLinks, digests, identities, hashWhere, now } = options;
  const setup = { limits, runDeadline, digests, identities, hashWhere, sources: options.sources, roots: paths };
  const over = (): string | null => (runDeadline !== null && now() > runDeadline.end ? runIsOver(runDeadline) : null);
  const collecting = collectOptions(setup, now);
  const files = new LookAhead(findFiles(paths, { followLinks, over }));
  const collectHere = (file: FoundFile): Promise<Collected> => collect(openFound(file), collecting);
  let workers = jobs;
  const enough = (): boolean => (workers ??= workersThatPay()) > 1;
  const started = now();
  // What was asked for is done, but for a single file.
  let pays = files.has(jobs === undefined ? FILES_THAT_PAY : 2) && enough();
  while (!pays) {
    const file = files.take();
    if (file === undefined) return;
    yield { path: file.shown, collected: () => collectHere(file) };
    pays = now() - started > MS_THAT_PAY && files.has(2) && enough();
  }
  const { Pool } = await import('./pool.js');
  // This thread is one of those that collect: it has little else to do.
  yield* new Pool({ workers: (workers ?? 2) - 1, setup, collectHere, helps: true }).turns(files.rest());
}

/** Files that are known before their turn. */
class LookAhead {
  readonly #files: Iterator<FoundFile, void>;
  readonly #known: FoundFile[] = [];

  constructor(files: Iterator<FoundFile, void>) {
    this.#files = files;
  }

  has(count: number): boolean {
    while (this.#known.length < count) {
      const next = this.#files.next();
      if (next.done === true) return false;
      this.#known.push(next.value);
    }
    return true;
  }

  take(): FoundFile | undefined {
    return this.has(1) ? this.#known.shift() : undefined;
  }

  *rest(): Generator<FoundFile> {
    for (let file = this.take(); file !== undefined; file = this.take()) yield file;
  }
}
