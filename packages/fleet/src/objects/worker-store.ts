import type { Readable } from 'node:stream';
import type { ObjectStore } from '../model/ports.js';

/** The store as a worker sees it. */
export interface WorkerStore extends Pick<ObjectStore, 'get'> {
  /** Where the bytes lie in a file of this machine; null where they do not. */
  path(sha256: string): string | null;
  /** Folders of this machine that it reads from. */
  readonly folders: readonly string[];
  get(sha256: string): Promise<Readable | null>;
}
