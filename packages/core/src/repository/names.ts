import { MAX_REPOSITORY_NAMES } from '../model/limits.js';
import { folderOf, parentOf } from './paths.js';

/** The files of a run by their names, so that it can be said whether what a configuration names is there. */
export class FileNames {
  readonly #folders = new Map<string, Set<string>>();
  /** Folders of which not all names are remembered. */
  readonly #partly = new Set<string>();
  /** What is there and could not be opened, folders too. */
  readonly #closed = new Set<string>();
  #count = 0;

  add(path: string): void {
    const folder = folderOf(path);
    if (this.#count >= MAX_REPOSITORY_NAMES) {
      if (this.#partly.size < MAX_REPOSITORY_NAMES) this.#partly.add(folder);
      return;
    }
    const names = this.#folders.get(folder);
    const name = path.slice(folder.length);
    if (names === undefined) this.#folders.set(folder, new Set([name]));
    else names.add(name);
    this.#count += 1;
  }

  /** A file or folder that is listed and was not read: a link that leads out, a folder that may not be entered. */
  addClosed(path: string): void {
    if (this.#closed.size < MAX_REPOSITORY_NAMES) this.#closed.add(path);
  }

  /** The same for file systems that take no account of case: not asked. */
  has(path: string): 'present' | 'missing' | 'unknown' {
    const folder = folderOf(path);
    if (this.#folders.get(folder)?.has(path.slice(folder.length)) === true) return 'present';
    if (this.#isClosed(path, folder)) return 'unknown';
    return this.#count >= MAX_REPOSITORY_NAMES &&
      (this.#partly.has(folder) || this.#partly.size >= MAX_REPOSITORY_NAMES)
      ? 'unknown'
      : 'missing';
  }

  /** The file itself, or a folder that it would lie in. */
  #isClosed(path: string, folder: string): boolean {
    if (this.#closed.size === 0) return false;
    if (this.#closed.has(path) || this.#closed.size >= MAX_REPOSITORY_NAMES) return true;
    for (let at: string | null = folder; at !== null && at !== ''; at = parentOf(at))
      if (this.#closed.has(at.slice(0, -1))) return true;
    return false;
  }
}
