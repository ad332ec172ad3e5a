import { notCollected, type Collected, type Turn } from '@artifact-sentinel/core/internal';
import { Collector, type CollectorAnswer, type CollectorRequest, type CollectSetup } from './collector.js';
import type { DroppedTree } from './dropped-tree.js';

/** Files that a worker has before it: it need not wait for this thread between two small ones. */
const GIVEN_AHEAD = 4;
/** Files that are collected before their turn (CWE-770). */
const AHEAD = 256;

interface Waiting {
  readonly promise: Promise<Collected>;
  readonly settle: (collected: Collected) => void;
}

interface Helper {
  readonly port: MessagePort;
  hasEnded: boolean;
  readonly inHand: Set<number>;
}

/** The files of a scan, collected here or by other workers, in turns that have the order of the files. */
export class CollectQueue {
  readonly #setup: CollectSetup;
  readonly #here: Collector;
  readonly #onBytes: (bytes: number) => void;
  readonly #helpers: Helper[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  /** The turn that is judged; files far behind it are not collected yet. */
  #turn = 0;

  constructor(setup: CollectSetup, tree: DroppedTree, onBytes: (bytes: number) => void) {
    this.#setup = setup;
    this.#here = new Collector(setup, tree);
    this.#onBytes = onBytes;
  }

  /** Another worker that collects. */
  add(port: MessagePort): void {
    const helper: Helper = { port, hasEnded: false, inHand: new Set() };
    this.#helpers.push(helper);
    port.addEventListener('message', ({ data }: MessageEvent<CollectorAnswer>) => {
      helper.inHand.delete(data.index);
      this.#onBytes(data.collected.bytesRead);
      this.#waiting.get(data.index)?.settle(data.collected);
      this.#give(helper);
    });
    port.start();
    port.postMessage({ kind: 'setup', setup: this.#setup } satisfies CollectorRequest);
    this.#give(helper);
  }

  /** The worker that was added as so many-th has ended: what it had in hand is incomplete. */
  lose(which: number, reason: string): void {
    const helper = this.#helpers[which];
    if (helper === undefined) return;
    helper.hasEnded = true;
    for (const index of helper.inHand) {
      const given = this.#setup.files[index];
      const why = `it ended the thread that analysed it: ${reason}`;
      if (given !== undefined)
        this.#waiting.get(index)?.settle(notCollected(given.path, given.file.size, { cause: 'limit', reason: why }));
    }
  }

  *turns(): Generator<Turn> {
    for (const [index, { path }] of this.#setup.files.entries())
      yield { path, collected: () => this.#collected(index) };
  }

  async #collected(index: number): Promise<Collected> {
    this.#turn = index;
    for (const helper of this.#helpers) this.#give(helper);
    const waiting = this.#waiting.get(index);
    if (waiting === undefined) {
      // Nobody has it, nor will: it is taken here.
      this.#next = Math.max(this.#next, index + 1);
      return this.#here.collect(index, this.#onBytes);
    }
    const collected = await waiting.promise;
    this.#waiting.delete(index);
    return collected;
  }

  #give(helper: Helper): void {
    while (
      helper.inHand.size < GIVEN_AHEAD &&
      this.#next < this.#setup.files.length &&
      this.#next < this.#turn + AHEAD &&
      !helper.hasEnded
    ) {
      const index = this.#next;
      this.#next += 1;
      let settle: (collected: Collected) => void = () => undefined;
      const promise = new Promise<Collected>((resolve) => {
        settle = resolve;
      });
      this.#waiting.set(index, { promise, settle });
      helper.inHand.add(index);
      helper.port.postMessage({ kind: 'collect', index } satisfies CollectorRequest);
    }
  }
}
