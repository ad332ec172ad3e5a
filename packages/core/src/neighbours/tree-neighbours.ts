import { MAX_MODULE_BYTES, MAX_REQUIREMENTS_BYTES } from '../model/limits.js';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';

/** Folders whose lists are cached (CWE-770). */
const MAX_FOLDERS = 20_000;
const PROJECT = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg'];
const REQUIREMENTS =
  /^(?:requirements.*\.(?:txt|in)|constraints.*\.txt|pyproject\.toml|setup\.(?:cfg|py)|Pipfile|environment.*\.ya?ml|conda.*\.ya?ml)$/i;
const INIT = '__init__.py';

/** What a host does with absolute paths. */
export interface PathWords {
  basename(path: string): string;
  /** The folder above; that of the highest one is itself. */
  dirname(path: string): string;
  join(folder: string, name: string): string;
  /** Whether a path is a folder, or lies in it. */
  isWithin(path: string, folder: string): boolean;
}

/** Paths that begin with `/` and have it between names, wherever the program runs. */
export const SLASH_PATHS: PathWords = {
  basename: (path) => path.slice(path.lastIndexOf('/') + 1),
  dirname: (path) => path.slice(0, Math.max(1, path.lastIndexOf('/'))),
  join: (folder, name) => (folder.endsWith('/') ? folder + name : `${folder}/${name}`),
  isWithin: (path, folder) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`),
};

/** Files in folders, by absolute paths. Folders are listed once. */
export interface FileTree {
  readonly paths: PathWords;
  /** The absolute path of a file as reports name it. */
  full(path: string): string;
  /** The name in findings of a file at an absolute path. */
  named(full: string): string;
  /** The same as people would name it from where they stand. */
  shown(full: string): string;
  /** Names in a folder; or why it cannot be listed, `null` where it is not there. */
  list(folder: string): readonly string[] | { readonly closed: string | null };
  /** The bytes, or why there are none. */
  read(path: string, most: number): Uint8Array | string;
  /** See `SourceNeighbours.behindLinks`; `folder`: that of the file that names it. Absent where there are no links. */
  behindLinks?(folder: string, name: string, roots: readonly string[]): string;
}

/** The files around sources in a tree: within what was named (`roots`), and within the project that it is part of. */
export function treeNeighbours(tree: FileTree, roots: readonly string[]): SourceNeighbours {
  return new Neighbours(tree, roots);
}

class Neighbours implements SourceNeighbours {
  readonly #tree: FileTree;
  readonly #paths: PathWords;
  readonly #roots: readonly string[];
  readonly #folders = new Map<string, ReadonlySet<string>>();
  readonly #tops = new Map<string, string>();
  /** Whether a folder holds a file that may mark a repository. */
  readonly #marked = new Map<string, boolean>();
  /** Folders that are there and cannot be listed, with the reason. */
  readonly #closed = new Map<string, string>();

  constructor(tree: FileTree, roots: readonly string[]) {
    this.#tree = tree;
    this.#paths = tree.paths;
    this.#roots = roots.map((root) => tree.full(root));
  }

  moduleOf(path: string): { module: string; isPackage: boolean } | null {
    const full = this.#tree.full(path);
    const isPackage = this.#paths.basename(full) === INIT;
    const parts = isPackage ? [] : [this.#paths.basename(full).replace(/\.pyw?$/i, '')];
    let folder = this.#paths.dirname(full);
    for (; this.#has(folder, INIT) && this.#paths.dirname(folder) !== folder; folder = this.#paths.dirname(folder))
      parts.unshift(this.#paths.basename(folder));
    return parts.length > (isPackage ? 0 : 1) ? { module: parts.join('.'), isPackage } : null;
  }

  find(from: string, module: string): NeighbourFile | null {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const names = module
      .slice(dots)
      .split('.')
      .filter((name) => name !== '');
    if (names.some((name) => name.includes('/') || name.includes('\\'))) return null;
    const own = this.#paths.dirname(this.#tree.full(from));
    if (dots > 0)
      return this.#module(
        Array.from({ length: dots - 1 }).reduce<string>((at) => this.#paths.dirname(at), own),
        names,
        from,
      );
    const top = this.#top(own);
    for (let folder = own; ; folder = this.#paths.dirname(folder)) {
      const found = this.#module(folder, names, from);
      if (found !== null) return found;
      if (folder === top || this.#paths.dirname(folder) === folder) break;
    }
    // Beside a package may lie everything that is installed: only the package itself is part of the tree.
    const outermost = this.#package(own);
    if (
      outermost === null ||
      this.#paths.basename(outermost) !== names[0] ||
      this.#paths.isWithin(this.#paths.dirname(outermost), top)
    )
      return null;
    return this.#module(this.#paths.dirname(outermost), names, from);
  }

  packageOf(path: string): { root: string; modules: Iterable<NeighbourFile> } | null {
    const root = this.#wholePackage(this.#paths.dirname(this.#tree.full(path)));
    return root === null ? null : { root: this.#tree.named(root), modules: this.#modulesIn(root) };
  }

  *#modulesIn(root: string): Generator<NeighbourFile> {
    const waiting = [root];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const names = [...this.#list(folder)].toSorted();
      for (const name of names) {
        const path = this.#paths.join(folder, name);
        if (name.endsWith('.py')) {
          const file = this.#read(path, '');
          if (file !== null) yield file;
        } else if (!name.includes('.') && (this.#has(path, INIT) || this.#hasModules(path))) {
          waiting.push(path);
        }
      }
    }
  }

  liesInRepository(path: string, mayMark: (name: string) => boolean): boolean {
    const full = this.#paths.dirname(this.#tree.full(path));
    const root = this.#roots.find((one) => this.#paths.isWithin(full, one)) ?? full;
    for (let folder = full; ; folder = this.#paths.dirname(folder)) {
      if (this.#isMarked(folder, mayMark)) return true;
      if (folder === root || this.#paths.dirname(folder) === folder) return false;
    }
  }

  behindLinks(from: string, name: string): string {
    const folder = this.#paths.dirname(this.#tree.full(from));
    return this.#tree.behindLinks?.(folder, name, this.#roots) ?? name;
  }

  #isMarked(folder: string, mayMark: (name: string) => boolean): boolean {
    const known = this.#marked.get(folder);
    if (known !== undefined) return known;
    let isMarked = false;
    // The list of a folder that holds no sources is not worth its memory.
    for (const name of this.#folders.get(folder) ?? this.#names(folder)) if (mayMark(name)) isMarked = true;
    if (this.#marked.size >= MAX_FOLDERS) this.#marked.clear();
    this.#marked.set(folder, isMarked);
    return isMarked;
  }

  /** Empty for a folder that cannot be listed: the walk reports it. */
  #names(folder: string): readonly string[] {
    const found = this.#tree.list(folder);
    return 'closed' in found ? [] : found;
  }

  /** The outermost package that a folder is part of. */
  #package(folder: string): string | null {
    let found: string | null = null;
    for (let at = folder; this.#has(at, INIT) && this.#paths.dirname(at) !== at; at = this.#paths.dirname(at))
      found = at;
    return found;
  }

  /** The same with folders in a package that have no `__init__.py`: Python imports from them as well (PEP 420). */
  #wholePackage(folder: string): string | null {
    let found: string | null = null;
    for (let at = folder; this.#paths.dirname(at) !== at; at = this.#paths.dirname(at)) {
      if (this.#has(at, INIT)) found = at;
      else if (!this.#has(this.#paths.dirname(at), INIT)) break;
    }
    return found;
  }

  #hasModules(folder: string): boolean {
    for (const name of this.#list(folder)) if (name.endsWith('.py')) return true;
    return false;
  }

  *requirements(from: string): Generator<{ path: string; text: string }> {
    const own = this.#paths.dirname(this.#tree.full(from));
    const top = this.#top(own);
    for (let folder = own; ; folder = this.#paths.dirname(folder)) {
      let isFound = false;
      for (const searched of [folder, this.#paths.join(folder, 'requirements')]) {
        for (const name of this.#list(searched)) {
          if (!(searched === folder ? REQUIREMENTS.test(name) : /\.(?:txt|in)$/i.test(name))) continue;
          const path = this.#paths.join(searched, name);
          const bytes = this.#tree.read(path, MAX_REQUIREMENTS_BYTES);
          if (typeof bytes === 'string') continue;
          isFound = true;
          yield { path: this.#tree.shown(path), text: new TextDecoder().decode(bytes) };
        }
      }
      if (isFound || folder === top || this.#paths.dirname(folder) === folder) return;
    }
  }

  /** `a/b/__init__.py` or `a/b.py` below a folder. */
  #module(folder: string, names: readonly string[], from: string): NeighbourFile | null {
    let at = folder;
    for (const name of names.slice(0, -1)) {
      if (!this.#has(at, name)) return null;
      at = this.#paths.join(at, name);
    }
    const last = names.at(-1);
    const asPackage = last === undefined ? at : this.#paths.join(at, last);
    // What cannot be listed may be a package, and hold the module.
    for (const inside of [names.length > 1 ? at : null, last !== undefined && this.#has(at, last) ? asPackage : null]) {
      const reason = inside === null ? null : this.#whyClosed(inside);
      if (inside !== null && reason !== null)
        return { path: this.#tree.named(inside), read: () => reason, module: names.join('.'), isPackage: true };
    }
    if ((last === undefined || this.#has(at, last)) && this.#has(asPackage, INIT))
      return this.#read(this.#paths.join(asPackage, INIT), from);
    return last !== undefined && this.#has(at, `${last}.py`)
      ? this.#read(this.#paths.join(at, `${last}.py`), from)
      : null;
  }

  #read(path: string, from: string): NeighbourFile | null {
    if (from !== '' && path === this.#tree.full(from)) return null;
    const name = this.#tree.named(path);
    const known = this.moduleOf(name);
    const module = known?.module ?? this.#paths.basename(path).replace(/\.py$/i, '');
    const isPackage = known?.isPackage ?? this.#paths.basename(path) === INIT;
    return { path: name, read: () => this.#tree.read(path, MAX_MODULE_BYTES), module, isPackage };
  }

  /** The highest folder in which names are searched for. */
  #top(folder: string): string {
    const known = this.#tops.get(folder);
    if (known !== undefined) return known;
    let top = folder;
    for (const root of this.#roots) if (this.#paths.isWithin(folder, root) && root.length < top.length) top = root;
    for (let at = folder; this.#paths.dirname(at) !== at; at = this.#paths.dirname(at)) {
      // What is installed within a project is no part of it.
      if (/^(?:site|dist)-packages$/.test(this.#paths.basename(at))) break;
      if (!PROJECT.some((name) => this.#has(at, name))) continue;
      if (at.length < top.length) top = at;
      break;
    }
    if (this.#tops.size >= MAX_FOLDERS) this.#tops.clear();
    this.#tops.set(folder, top);
    return top;
  }

  #has(folder: string, name: string): boolean {
    return this.#list(folder).has(name);
  }

  #whyClosed(folder: string): string | null {
    this.#list(folder);
    return this.#closed.get(folder) ?? null;
  }

  #list(folder: string): ReadonlySet<string> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const found = this.#tree.list(folder);
    const names = new Set('closed' in found ? [] : found);
    const reason = 'closed' in found ? found.closed : null;
    if (this.#folders.size >= MAX_FOLDERS) {
      this.#folders.clear();
      this.#closed.clear();
    }
    this.#folders.set(folder, names);
    if (reason !== null) this.#closed.set(folder, reason);
    return names;
  }
}
