import { PythonModule } from '../python/module.js';
import type { Scope } from '../python/scope.js';
import { LimitError, UnsupportedError } from '../model/errors.js';
import { MAX_MODULES, MAX_REEXPORTS } from '../model/limits.js';

/** Where the source of a module lies. */
export type SourceFile =
  | { readonly kind: 'source'; readonly path: string; readonly bytes: Uint8Array; readonly isPackage: boolean }
  /** A compiled module, which nothing can be read of. */
  | { readonly kind: 'extension'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

/** Finds the source of a module by its full name; null where there is none. */
export type FindSource = (module: string) => SourceFile | null;

/** A module of the tree, or why it cannot be read. */
export type TreeModule =
  | { readonly kind: 'module'; readonly name: string; readonly path: string; readonly python: PythonModule }
  | { readonly kind: 'unread'; readonly name: string; readonly path: string; readonly reason: string };

/** A class, a function or another value of a module of the tree. */
export interface Definition {
  readonly module: TreeModule & { readonly kind: 'module' };
  /** Null where the name is assigned, not defined. */
  readonly scope: Scope | null;
  /** Full name of what was found. */
  readonly name: string;
}

const IDENTIFIER = /^[\p{ID_Start}_]\p{ID_Continue}*$/u;

/** The modules of a source tree, read when they are asked for. */
type Found = Definition | (TreeModule & { readonly kind: 'unread' }) | null;

export class SourceTree {
  readonly #find: FindSource;
  readonly #modules = new Map<string, TreeModule | null>();

  constructor(find: FindSource) {
    this.#find = find;
  }

  module(name: string): TreeModule | null {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    // Only names: a part such as `..` would lead out of the tree.
    const parts = name.split('.');
    const found = parts.every((part) => IDENTIFIER.test(part)) ? this.#read(name) : null;
    this.#modules.set(name, found);
    return found;
  }

  #read(name: string): TreeModule | null {
    const file = this.#find(name);
    if (file === null) return null;
    const { path } = file;
    if (file.kind === 'extension')
      return { kind: 'unread', name, path, reason: 'a compiled module, which cannot be read' };
    if (file.kind === 'unreadable') return { kind: 'unread', name, path, reason: file.reason };
    if (this.#modules.size >= MAX_MODULES)
      return { kind: 'unread', name, path, reason: `more than ${MAX_MODULES} modules` };
    try {
      const python = PythonModule.read(file.bytes, { module: name, isPackage: file.isPackage });
      return { kind: 'module', name, path, python };
    } catch (error) {
      if (!(error instanceof LimitError || error instanceof UnsupportedError)) throw error;
      return { kind: 'unread', name, path, reason: error.message };
    }
  }

  /**
   * What a full name stands for in the tree, through re-exports; a module that cannot be read; or null.
   * Recursion: MAX_REEXPORTS.
   */
  find(path: string, depth = 0, seen = new Set<string>()): Found {
    // Modules that import from each other in a ring, and names that are reached through several modules.
    if (seen.has(path)) return null;
    seen.add(path);
    if (depth > MAX_REEXPORTS) {
      const reason = `re-exported more than ${MAX_REEXPORTS} times`;
      return { kind: 'unread', name: path, path, reason };
    }
    for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      const module = this.module(path.slice(0, dot));
      if (module === null) continue;
      if (module.kind === 'unread') return module;
      const name = path.slice(dot + 1);
      const scope = module.python.definitions.get(name);
      if (scope !== undefined) return { module, scope, name: path };
      const found = this.#reexport(module, name, depth, seen);
      if (found !== null) return found;
      if (module.python.scope.bindings.has(name)) return { module, scope: null, name: path };
    }
    return null;
  }

  #reexport(module: TreeModule & { readonly kind: 'module' }, name: string, depth: number, seen: Set<string>): Found {
    const [first = '', ...rest] = name.split('.');
    const own = module.python.scope;
    for (const binding of own.bindings.get(first) ?? []) {
      if (binding.kind !== 'import') continue;
      const found = this.find([module.python.absolute(binding.path), ...rest].join('.'), depth + 1, seen);
      if (found !== null) return found;
    }
    if (own.bindings.has(first)) return null;
    for (const star of own.stars) {
      const found = this.find(`${module.python.absolute(star)}.${name}`, depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
}
