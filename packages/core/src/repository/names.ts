import { MAX_REPOSITORY_NAMES } from '../model/limits.js';
import { folderOf } from './paths.js';

/** The files of a run by their names, so that it can be said whether what a configuration names is there. */
export class FileNames {
  readonly #folders = new Map<string, Set<string>>();
  /** Folders of which not all names are remembered. */
  readonly #partly = new Set<string>();
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

  /** The same for file systems that take no account of case: not asked. */
  has(path: string): 'present' | 'missing' | 'unknown' {
    const folder = folderOf(path);
    if (this.#folders.get(folder)?.has(path.slice(folder.length)) === true) return 'present';
    return this.#count >= MAX_REPOSITORY_NAMES &&
      (this.#partly.has(folder) || this.#partly.size >= MAX_REPOSITORY_NAMES)
      ? 'unknown'
      : 'missing';
  }
}
