import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { perObject } from '../model/lazy.js';
import { MAX_SHARED_TEXT } from './limits.js';
import { PythonModule } from './module.js';
import { isOfSource } from './source.js';

/** A source, and the name that its module has. */
type Named = Pick<NeighbourFile, 'path'> & { readonly module?: string; readonly isPackage?: boolean };

interface Shared {
  readonly bytes: Uint8Array;
  readonly module: PythonModule;
}

/**
 * The modules of a tree, each of them parsed once for all that read it: the inspection of the file itself, and what
 * follows names, texts and data through it. The oldest are dropped beyond a limit, and parsed again.
 */
export class SharedModules {
  readonly #known = new Map<string, Shared>();
  #size = 0;
  #generation = 0;
  #now: () => void = () => undefined;

  /** Whose time is spent from now on: `checkTime` throws when it is up. */
  spend(checkTime: () => void): this {
    this.#now = checkTime;
    return this;
  }

  /** Throws when time is up. What was being worked out then is in no known state: all is dropped. */
  readonly checkTime = (): void => {
    let isUp = true;
    try {
      this.#now();
      isUp = false;
    } finally {
      if (isUp) this.#drop();
    }
  };

  /** Another number where modules were dropped since, because time was up. */
  get generation(): number {
    return this.#generation;
  }

  /** The module of a file around a source, or why it cannot be read. */
  of(file: NeighbourFile): PythonModule | string {
    const bytes = file.read();
    if (typeof bytes === 'string') return bytes;
    try {
      return this.read(bytes, file);
    } catch (error) {
      if (!isOfSource(error)) throw error;
      return error.message;
    }
  }

  /** Throws the errors of `PythonModule.read`. The bytes are compared: a file may change between two reads. */
  read(bytes: Uint8Array, { path, module, isPackage }: Named): PythonModule {
    const key = `${path}\0${module ?? ''}\0${isPackage === true}`;
    const before = this.#known.get(key);
    if (before !== undefined && sameBytes(before.bytes, bytes)) return before.module;
    const made = PythonModule.read(bytes, {
      ...(module === undefined ? {} : { module }),
      ...(isPackage === undefined ? {} : { isPackage }),
      checkTime: this.checkTime,
    });
    if (before !== undefined) this.#size -= before.bytes.length;
    this.#known.delete(key);
    this.#known.set(key, { bytes, module: made });
    this.#size += bytes.length;
    for (const [oldest, { bytes: of }] of this.#known) {
      if (this.#size <= MAX_SHARED_TEXT || oldest === key) break;
      this.#known.delete(oldest);
      this.#size -= of.length;
    }
    return made;
  }

  #drop(): void {
    this.#known.clear();
    this.#size = 0;
    this.#generation += 1;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** The modules of a tree, for as long as somebody scans it. */
export const sharedModulesOf = perObject((_neighbours: SourceNeighbours) => new SharedModules());
