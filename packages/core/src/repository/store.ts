import { MAX_REPOSITORY_FILES } from '../model/limits.js';
import type { RepositoryFact, RepositoryFile } from '../model/repository.js';
import { groupFiles, isWeak } from './group.js';
import { linkRepository, type LinkedRepository } from './link.js';
import { FileNames } from './names.js';

/** The repositories of a run, and for each artifact in them what its files say, linked. */
export interface FoundRepositories<Holder> {
  readonly repositories: readonly LinkedRepository[];
  /** In the order in which the artifacts came; `root`: the folder of the repository that the facts are about. */
  readonly byHolder: ReadonlyMap<Holder, readonly { readonly fact: RepositoryFact; readonly root: string }[]>;
}

/** Gathers what the files of a run say, until all of them are known. `Holder`: what the caller knows of an artifact. */
export class RepositoryStore<Holder> {
  readonly #names = new FileNames();
  readonly #files: RepositoryFile[] = [];
  readonly #holders = new Map<string, Holder>();

  /** A file that was scanned, whatever it is. */
  name(path: string): void {
    this.#names.add(path);
  }

  /** What is there, and incomplete: it could not be opened. */
  nameClosed(path: string): void {
    this.#names.addClosed(path);
  }

  /** False where there are too many: what the file says is then left out. */
  add(file: RepositoryFile, holder: Holder): boolean {
    if (this.#files.length >= MAX_REPOSITORY_FILES) return false;
    this.#names.add(file.path);
    this.#files.push(file);
    this.#holders.set(file.path, holder);
    return true;
  }

  found(): FoundRepositories<Holder> {
    const repositories: LinkedRepository[] = [];
    const byHolder = new Map<Holder, { fact: RepositoryFact; root: string }[]>();
    for (const group of groupFiles(this.#files)) {
      const linked = linkRepository(group, this.#names);
      if (!isWeak(linked)) repositories.push(linked);
      for (const fact of linked.facts) {
        const holder = this.#holders.get(fact.at.path);
        if (holder === undefined) continue;
        const known = byHolder.get(holder);
        if (known === undefined) byHolder.set(holder, [{ fact, root: linked.root }]);
        else known.push({ fact, root: linked.root });
      }
    }
    return { repositories, byHolder };
  }
}
