import {
  SLASH_PATHS,
  treeNeighbours,
  type FileTree,
  type PathWords,
  type SourceNeighbours,
} from '@artifact-sentinel/core/internal';
import type { GivenFile } from './protocol.js';

/** `FileReaderSync` of a worker, which the types of a page do not know. */
interface SyncReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}
declare const FileReaderSync: new () => SyncReader;

/** The bytes of a small file at once. A file that is gone, or was changed, throws a DOMException. */
export function readNow(file: Blob): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new FileReaderSync().readAsArrayBuffer(file));
}

/** What was dropped, by folders. Absolute paths begin with the `/` that dropped names lie in. */
export class DroppedTree implements FileTree {
  readonly paths: PathWords = SLASH_PATHS;
  readonly #files = new Map<string, File>();
  readonly #folders = new Map<string, Set<string>>();

  constructor(files: readonly GivenFile[]) {
    for (const { path, file } of files) {
      const full = this.full(path);
      this.#files.set(full, file);
      for (let at = full; at !== '/';) {
        const above = SLASH_PATHS.dirname(at);
        const names = this.#folders.get(above);
        const name = SLASH_PATHS.basename(at);
        if (names?.has(name) === true) break;
        if (names === undefined) this.#folders.set(above, new Set([name]));
        else names.add(name);
        at = above;
      }
    }
  }

  full(path: string): string {
    return `/${path}`;
  }

  named(full: string): string {
    return full.slice(1);
  }

  shown(full: string): string {
    return full.slice(1);
  }

  list(folder: string): readonly string[] | { readonly closed: null } {
    const names = this.#folders.get(folder);
    return names === undefined ? { closed: null } : [...names];
  }

  read(full: string, most: number): Uint8Array | string {
    const file = this.#files.get(full);
    if (file === undefined) return 'it is no file';
    if (file.size > most) return `it has more than ${most} bytes`;
    try {
      return readNow(file);
    } catch (error) {
      if (error instanceof DOMException) return error.message;
      throw error;
    }
  }

  /** The file at a path as reports name it. */
  file(path: string): File | undefined {
    return this.#files.get(this.full(path));
  }

  neighbours(roots: readonly string[]): SourceNeighbours {
    return treeNeighbours(this, roots);
  }
}
