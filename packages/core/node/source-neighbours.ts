import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { NeighbourFile, SourceNeighbours } from '@artifact-sentinel/core/internal';
import { isWithin, pathOf } from './file-name.js';
import { OPEN_FLAGS } from './file-source.js';
import { isSystemError, systemReason } from './system-error.js';
import { MAX_MODULE_BYTES, MAX_REQUIREMENTS_BYTES } from './limits.js';

/** Folders whose lists are cached (CWE-770). */
const MAX_FOLDERS = 20_000;
const PROJECT = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg'];
const REQUIREMENTS =
  /^(?:requirements.*\.(?:txt|in)|constraints.*\.txt|pyproject\.toml|setup\.(?:cfg|py)|Pipfile|environment.*\.ya?ml|conda.*\.ya?ml)$/i;
const INIT = '__init__.py';

/** The files around sources on this machine: within what was named, and within the project that it is part of. */
export function sourceNeighbours(roots: readonly string[]): SourceNeighbours {
  return new Neighbours(THIS_MACHINE, roots);
}

/** Files in folders, by absolute paths. Folders are listed once. */
export interface FileTree {
  /** The absolute path of a file as reports name it. */
  full(path: string): string;
  /** The name in findings of a file at an absolute path. */
  named(full: string): string;
  /** Names in a folder; or why it cannot be listed, `null` where it is not there. */
  list(folder: string): readonly string[] | { readonly closed: string | null };
  /** The bytes, or why there are none. */
  read(path: string, most: number): Uint8Array | string;
  /** A folder without links in its path; null where that is not known. Absent where there are no links. */
  real?(folder: string): string | null;
}

/** The same for any tree. */
export function treeNeighbours(tree: FileTree, roots: readonly string[]): SourceNeighbours {
  return new Neighbours(tree, roots);
}

const THIS_MACHINE: FileTree = {
  full: (path) => resolve(path),
  named: (full) => full,
  list(folder) {
    try {
      return readdirSync(pathOf(folder));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return { closed: error.code === 'ENOENT' || error.code === 'ENOTDIR' ? null : systemReason(error) };
    }
  },
  read: readUpTo,
  real(folder) {
    try {
      return realpathSync(folder);
    } catch (error) {
      if (isSystemError(error)) return null;
      throw error;
    }
  },
};

class Neighbours implements SourceNeighbours {
  readonly #tree: FileTree;
  readonly #roots: readonly string[];
  readonly #folders = new Map<string, ReadonlySet<string>>();
  readonly #tops = new Map<string, string>();
  /** Whether a folder holds a file that may mark a repository. */
  readonly #marked = new Map<string, boolean>();
  /** Folders that are there and cannot be listed, with the reason. */
  readonly #closed = new Map<string, string>();

  constructor(tree: FileTree, roots: readonly string[]) {
    this.#tree = tree;
    this.#roots = roots.map((root) => tree.full(root));
  }

  moduleOf(path: string): { module: string; isPackage: boolean } | null {
    const full = this.#tree.full(path);
    const isPackage = basename(full) === INIT;
    const parts = isPackage ? [] : [basename(full).replace(/\.pyw?$/i, '')];
    let folder = dirname(full);
    for (; this.#has(folder, INIT) && dirname(folder) !== folder; folder = dirname(folder))
      parts.unshift(basename(folder));
    return parts.length > (isPackage ? 0 : 1) ? { module: parts.join('.'), isPackage } : null;
  }

  find(from: string, module: string): NeighbourFile | null {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    const names = module
      .slice(dots)
      .split('.')
      .filter((name) => name !== '');
    if (names.some((name) => name.includes('/') || name.includes('\\'))) return null;
    const own = dirname(this.#tree.full(from));
    if (dots > 0)
      return this.#module(
        Array.from({ length: dots - 1 }).reduce<string>((at) => dirname(at), own),
        names,
        from,
      );
    const top = this.#top(own);
    for (let folder = own; ; folder = dirname(folder)) {
      const found = this.#module(folder, names, from);
      if (found !== null) return found;
      if (folder === top || dirname(folder) === folder) break;
    }
    // Beside a package may lie everything that is installed: only the package itself is part of the tree.
    const outermost = this.#package(own);
    if (outermost === null || basename(outermost) !== names[0] || isWithin(dirname(outermost), top)) return null;
    return this.#module(dirname(outermost), names, from);
  }

  packageOf(path: string): { root: string; modules: Iterable<NeighbourFile> } | null {
    const root = this.#wholePackage(dirname(this.#tree.full(path)));
    return root === null ? null : { root: this.#tree.named(root), modules: this.#modulesIn(root) };
  }

  *#modulesIn(root: string): Generator<NeighbourFile> {
    const waiting = [root];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const names = [...this.#list(folder)].toSorted();
      for (const name of names) {
        const path = join(folder, name);
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
    const full = dirname(this.#tree.full(path));
    const root = this.#roots.find((one) => isWithin(full, one)) ?? full;
    for (let folder = full; ; folder = dirname(folder)) {
      if (this.#isMarked(folder, mayMark)) return true;
      if (folder === root || dirname(folder) === folder) return false;
    }
  }

  behindLinks(from: string, name: string): string {
    const own = dirname(this.#tree.full(from));
    const target = join(own, name);
    // Names that leave what was named are asked for nowhere.
    if (dirname(target) === own || !this.#roots.some((root) => isWithin(target, root))) return name;
    const folder = this.#tree.real?.(dirname(target)) ?? null;
    const start = this.#tree.real?.(own) ?? null;
    if (folder === null || start === null) return name;
    const real = join(folder, basename(target));
    const isInside = this.#roots.some((root) => isWithin(real, this.#tree.real?.(root) ?? root));
    return isInside ? relative(start, real).split(sep).join('/') : name;
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
    for (let at = folder; this.#has(at, INIT) && dirname(at) !== at; at = dirname(at)) found = at;
    return found;
  }

  /** The same with folders in a package that have no `__init__.py`: Python imports from them as well (PEP 420). */
  #wholePackage(folder: string): string | null {
    let found: string | null = null;
    for (let at = folder; dirname(at) !== at; at = dirname(at)) {
      if (this.#has(at, INIT)) found = at;
      else if (!this.#has(dirname(at), INIT)) break;
    }
    return found;
  }

  #hasModules(folder: string): boolean {
    for (const name of this.#list(folder)) if (name.endsWith('.py')) return true;
    return false;
  }

  *requirements(from: string): Generator<{ path: string; text: string }> {
    const own = dirname(this.#tree.full(from));
    const top = this.#top(own);
    for (let folder = own; ; folder = dirname(folder)) {
      let isFound = false;
      for (const searched of [folder, join(folder, 'requirements')]) {
        for (const name of this.#list(searched)) {
          if (!(searched === folder ? REQUIREMENTS.test(name) : /\.(?:txt|in)$/i.test(name))) continue;
          const path = join(searched, name);
          const bytes = this.#tree.read(path, MAX_REQUIREMENTS_BYTES);
          if (typeof bytes === 'string') continue;
          isFound = true;
          yield { path: shown(this.#tree.named(path)), text: new TextDecoder().decode(bytes) };
        }
      }
      if (isFound || folder === top || dirname(folder) === folder) return;
    }
  }

  /** `a/b/__init__.py` or `a/b.py` below a folder. */
  #module(folder: string, names: readonly string[], from: string): NeighbourFile | null {
    let at = folder;
    for (const name of names.slice(0, -1)) {
      if (!this.#has(at, name)) return null;
      at = join(at, name);
    }
    const last = names.at(-1);
    const asPackage = last === undefined ? at : join(at, last);
    // What cannot be listed may be a package, and hold the module.
    for (const inside of [names.length > 1 ? at : null, last !== undefined && this.#has(at, last) ? asPackage : null]) {
      const reason = inside === null ? null : this.#whyClosed(inside);
      if (inside !== null && reason !== null)
        return { path: this.#tree.named(inside), read: () => reason, module: names.join('.'), isPackage: true };
    }
    if ((last === undefined || this.#has(at, last)) && this.#has(asPackage, INIT))
      return this.#read(join(asPackage, INIT), from);
    return last !== undefined && this.#has(at, `${last}.py`) ? this.#read(join(at, `${last}.py`), from) : null;
  }

  #read(path: string, from: string): NeighbourFile | null {
    if (from !== '' && path === this.#tree.full(from)) return null;
    const name = this.#tree.named(path);
    const known = this.moduleOf(name);
    const module = known?.module ?? basename(path).replace(/\.py$/i, '');
    const isPackage = known?.isPackage ?? basename(path) === INIT;
    return { path: name, read: () => this.#tree.read(path, MAX_MODULE_BYTES), module, isPackage };
  }

  /** The highest folder in which names are searched for. */
  #top(folder: string): string {
    const known = this.#tops.get(folder);
    if (known !== undefined) return known;
    let top = folder;
    for (const root of this.#roots) if (isWithin(folder, root) && root.length < top.length) top = root;
    for (let at = folder; dirname(at) !== at; at = dirname(at)) {
      // What is installed within a project is no part of it.
      if (/^(?:site|dist)-packages$/.test(basename(at))) break;
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

/** As people would name it from where they stand. */
function shown(path: string): string {
  if (!isAbsolute(path)) return path;
  const near = relative('', path);
  return near.startsWith('..') || near === '' ? path : near;
}

/** The bytes, or why there are none. */
function readUpTo(path: string, most: number): Uint8Array | string {
  let file: number;
  try {
    file = openSync(pathOf(path), OPEN_FLAGS);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return systemReason(error);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return 'it is no file';
    if (stats.size > most) return `it has more than ${most} bytes`;
    const bytes = new Uint8Array(stats.size);
    let at = 0;
    for (let read = -1; read !== 0 && at < bytes.length; at += read)
      read = readSync(file, bytes, at, bytes.length - at, at);
    return bytes.subarray(0, at);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return systemReason(error);
  } finally {
    closeSync(file);
  }
}
