import { SLASH_PATHS, treeNeighbours, type FileTree, type SourceNeighbours } from '@artifact-sentinel/core/internal';
import { MAX_REPOSITORY_MODULE_BYTES, MAX_REPOSITORY_MODULES } from './model/limits.js';
import type { SourceEntry } from './source.js';

const SOURCE = /\.(?:pyw?|ipynb)$/i;
/** What neighbours are read for: modules, and the versions that a project asks for. */
const WANTED = /(?:\.pyw?|\.txt|\.in|\.toml|\.cfg|\.ya?ml|(?:^|\/)Pipfile)$/i;

/** Whether a file is a source, around which others count. */
export function isSource(name: string): boolean {
  return SOURCE.test(name);
}

/**
 * The files of a repository for names that sources give each other. Reading them is no waiting in the core: they are read
 * before the first source is analysed.
 */
export class RepositoryTree {
  readonly #files = new Map<string, SourceEntry>();
  readonly #folders = new Map<string, Set<string>>();
  readonly #bytes = new Map<string, Uint8Array | string>();
  readonly #root: string;
  #loading: Promise<SourceNeighbours> | null = null;

  /** `entries` are the files of one source; the first one says how names begin. */
  constructor(entries: readonly SourceEntry[]) {
    const [first] = entries;
    this.#root = first === undefined ? '' : first.name.slice(0, first.name.length - first.path.length - 1);
    for (const entry of entries) this.#add(entry);
  }

  neighbours(signal: AbortSignal): Promise<SourceNeighbours> {
    return (this.#loading ??= this.#load(signal));
  }

  #add(entry: SourceEntry): void {
    const parts = entry.path.split('/');
    this.#files.set(`/${entry.path}`, entry);
    for (let depth = parts.length; depth > 0; depth -= 1) {
      const folder = `/${parts.slice(0, depth - 1).join('/')}`;
      const names = this.#folders.get(folder);
      const name = parts[depth - 1] ?? '';
      if (names?.has(name) === true) return;
      if (names === undefined) this.#folders.set(folder, new Set([name]));
      else names.add(name);
    }
  }

  async #load(signal: AbortSignal): Promise<SourceNeighbours> {
    let files = 0;
    let bytes = 0;
    const reading: Promise<void>[] = [];
    for (const [full, entry] of this.#files) {
      if (!WANTED.test(entry.path)) continue;
      const size = entry.size ?? 0;
      if (files === MAX_REPOSITORY_MODULES || bytes + size > MAX_REPOSITORY_MODULE_BYTES) break;
      files += 1;
      bytes += size;
      reading.push(this.#read(full, entry, signal));
    }
    await Promise.all(reading);
    return treeNeighbours(this.#tree(), [`${this.#root}/`]);
  }

  async #read(full: string, entry: SourceEntry, signal: AbortSignal): Promise<void> {
    const opened = await entry.open(signal);
    const { source, problem } = opened;
    try {
      if (source === null) this.#bytes.set(full, problem?.reason ?? 'it cannot be opened');
      else this.#bytes.set(full, await source.read(0, source.size));
    } catch (error) {
      // Said where a name leads there; as an artifact of its own it says it too.
      if (!(error instanceof Error)) throw error;
      this.#bytes.set(full, error.message);
    } finally {
      opened.close?.();
    }
  }

  /** Folders begin at `/`, which is the root of the repository. */
  #tree(): FileTree {
    return {
      paths: SLASH_PATHS,
      full: (name) => (name.startsWith(`${this.#root}/`) ? name.slice(this.#root.length) : name),
      named: (full) => `${this.#root}${full}`,
      shown: (full) => `${this.#root}${full}`,
      list: (folder) => {
        const names = this.#folders.get(folder);
        return names === undefined ? { closed: null } : [...names];
      },
      read: (path, most) => {
        const bytes = this.#bytes.get(path) ?? 'it was not read: the repository has too many sources';
        if (typeof bytes === 'string') return bytes;
        return bytes.length > most ? `it has more than ${most} bytes` : bytes;
      },
    };
  }
}
