/** A source file of the tree that another one lies in. */
export interface NeighbourFile {
  readonly path: string;
  /** Its bytes, or why there are none: it cannot be read, or is too long. */
  readonly read: () => Uint8Array | string;
  /** Full name of the module, from the packages that it lies in. */
  readonly module: string;
  readonly isPackage: boolean;
}

/**
 * The files around a source, for names that another file gives and for the versions that the project asks for. The core
 * reads no disk: the caller that scans files passes this in.
 */
export interface SourceNeighbours {
  /** The full name of the module in a file; null where nothing says it is part of a package. */
  moduleOf(path: string): { readonly module: string; readonly isPackage: boolean } | null;
  /** The source of a module as an import in the file at `from` finds it; leading dots are relative to its folder. */
  find(from: string, module: string): NeighbourFile | null;
  /**
   * The outermost package that a source lies in, with its modules in a fixed order; null where it lies in none. A caller
   * that cannot list files has no such method.
   */
  packageOf?(path: string): { readonly root: string; readonly modules: Iterable<NeighbourFile> } | null;
  /**
   * Whether the folder of a file, or one above it within what was named, holds a file of a name for which `mayMark` is true. A
   * caller that cannot list files has no such method.
   */
  liesInRepository?(path: string, mayMark: (name: string) => boolean): boolean;
  /**
   * The name, relative to the folder of `from`, by which a scan comes upon a file that is named there and lies in a folder that a
   * link leads to; any other name as it is. A caller without links has no such method.
   */
  behindLinks?(from: string, name: string): string;
  /** Files next to the source or above it that name the versions of packages, the nearest folder that has some. */
  requirements(from: string): Iterable<{ readonly path: string; readonly text: string }>;
}
