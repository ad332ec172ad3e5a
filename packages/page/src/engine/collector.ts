import { blobSource } from '@artifact-sentinel/core';
import {
  collect,
  IN_FINDINGS,
  notCollected,
  type Collected,
  type CollectOptions,
} from '@artifact-sentinel/core/internal';
import { DroppedTree } from './dropped-tree.js';
import type { GivenFile } from './protocol.js';

/** What collecting needs on whichever thread: plain data, but for the files. */
export interface CollectSetup {
  readonly files: readonly GivenFile[];
  readonly roots: readonly string[];
  readonly options: Pick<CollectOptions, 'hashWhere' | 'sources' | 'repositories' | 'digests'>;
}

/** Bytes → members → facts of dropped files, on this thread. */
export class Collector {
  readonly #files: readonly GivenFile[];
  readonly #options: CollectOptions;

  constructor({ files, roots, options }: CollectSetup, tree: DroppedTree = new DroppedTree(files)) {
    this.#files = files;
    this.#options = { interest: IN_FINDINGS, ...options, neighbours: tree.neighbours(roots) };
  }

  /** `onBytes` is called for each read. */
  collect(index: number, onBytes: (bytes: number) => void = () => undefined): Promise<Collected> {
    const given = this.#files[index];
    if (given === undefined)
      return Promise.resolve(notCollected('', 0, { cause: 'unreadable', reason: `there is no file ${index}` }));
    const { path, file, problem } = given;
    if (problem !== undefined) return Promise.resolve(notCollected(path, 0, { cause: 'unreadable', reason: problem }));
    const source = blobSource(file);
    const counted = {
      ...source,
      read: async (offset: number, length: number) => {
        const bytes = await source.read(offset, length);
        onBytes(bytes.length);
        return bytes;
      },
    };
    return collect({ path, source: counted, size: file.size }, this.#options);
  }
}

/** What a collecting worker is asked, and answers, through its port. */
export type CollectorRequest =
  | { readonly kind: 'setup'; readonly setup: CollectSetup }
  | { readonly kind: 'collect'; readonly index: number };
export interface CollectorAnswer {
  readonly index: number;
  readonly collected: Collected;
}

/** Serves the port until the worker is terminated. */
export function serveCollector(port: MessagePort): void {
  let collector: Collector | null = null;
  port.addEventListener('message', ({ data }: MessageEvent<CollectorRequest>) => {
    if (data.kind === 'setup') {
      collector = new Collector(data.setup);
      return;
    }
    if (collector === null) throw new Error('a collector was asked before it was set up');
    const { index } = data;
    // `collect` rejects for an aborted signal alone, and there is none.
    void collector.collect(index).then((collected) => port.postMessage({ index, collected } satisfies CollectorAnswer));
  });
  port.start();
}
