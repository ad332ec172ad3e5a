import { lstatSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isWithin, pathOf, shownBytes } from './file-name.js';
import { kindOf, whyClosed } from './inputs/file.js';
import type { Input } from './inputs/input.js';
import { isSystemError } from './system-error.js';

export interface FindOptions {
  /** Enters links that lead out of what was named. They are problems by default. */
  readonly followLinks?: boolean | undefined;
  /** Why the walk has to end now, or null: asked before each step. The path that was not reached is its last problem. */
  readonly over?: (() => string | null) | undefined;
}

/** Steps after which timers and other threads are heard: some milliseconds. */
const STEPS_OF_A_TURN = 128;

/**
 * The files below `paths`, in a stable order, not opened yet. What is no file, and what a link leads out to comes as a
 * problem, so that it gets its line in the report; no folder is entered twice. Paths are given as reports have them, see
 * `shownName`. Folders are listed in the background, for one may
 * hold millions of names. Files are asked for their size at once: that takes 3 µs, and in the background ten times as long.
 */
export async function* findFiles(paths: readonly string[], options: FindOptions = {}): AsyncGenerator<Input> {
  const tree = new Tree(paths, options.followLinks === true);
  let steps = 0;
  for (let step = tree.next(); step !== null; step = tree.next()) {
    const reason = options.over?.() ?? null;
    if (reason !== null) {
      yield notAFile(step.shown, `${reason}: neither this nor what comes behind it was scanned`);
      return;
    }
    const found = await tree.visit(step);
    if (found !== null) yield found;
    steps += 1;
    if (steps % STEPS_OF_A_TURN === 0) await nextTurn();
  }
}

/** A path to visit. `parent`: the real path of its folder, null of what was named. */
interface Step {
  readonly shown: string;
  readonly parent: string | null;
}

/** A folder that was entered: what of it is still to be visited. */
interface Folder {
  /** The prefix of its names in a report. */
  readonly prefix: string;
  readonly real: string;
  /** One character for each byte, which takes less memory than buffers or steps; the next one last. */
  readonly names: string[];
}

/** What is still to be visited, as a list of its own: the depth of folders is untrusted (CWE-674). */
class Tree {
  readonly #followLinks: boolean;
  /** The real folders that were named. Everything in them is visited without following a link. */
  readonly #roots: readonly string[];
  /** Real folders that were entered. */
  readonly #seen = new Set<string>();
  /** What was named; the next one last. */
  readonly #named: string[];
  /** Each lies in the one before it. */
  readonly #folders: Folder[] = [];

  constructor(paths: readonly string[], followLinks: boolean) {
    this.#followLinks = followLinks;
    this.#roots = paths.flatMap((path) => realFolder(path) ?? []);
    this.#named = paths.toReversed();
  }

  next(): Step | null {
    for (let folder = this.#folders.at(-1); folder !== undefined; folder = this.#folders.at(-1)) {
      const name = folder.names.pop();
      if (name !== undefined)
        return { shown: folder.prefix + shownBytes(Buffer.from(name, 'latin1')), parent: folder.real };
      this.#folders.pop();
    }
    const shown = this.#named.pop();
    return shown === undefined ? null : { shown, parent: null };
  }

  /** The file or the problem that it is; a folder puts what it holds before everything else. */
  async visit(step: Step): Promise<Input | null> {
    const { shown } = step;
    try {
      const found = this.#look(step);
      if (!('folder' in found)) return found;
      if (found.folder !== null) await this.#enter(shown, found.folder);
      return null;
    } catch (error) {
      return notAFile(shown, whyClosed(error, shown));
    }
  }

  /** `folder`: the real path of one, null where it is visited elsewhere. */
  #look({ shown, parent }: Step): Input | { readonly folder: string | null } {
    const path = pathOf(shown);
    const link = lstatSync(path);
    const isLink = link.isSymbolicLink();
    const stats = isLink ? statSync(path) : link;
    // A link that was named is followed to any target.
    if (isLink && parent !== null) {
      const real = realPath(path);
      const inside = this.#roots.some((root) => isWithin(real, root));
      if (!inside && !this.#followLinks && !isOwnBlob(parent, real))
        return notAFile(
          shown,
          'a link that leads out of what is scanned, which only `artifact --follow-links` follows',
        );
      // It is visited where it lies.
      if (inside && stats.isDirectory()) return { folder: null };
    }
    if (stats.isDirectory())
      return { folder: isLink || parent === null ? realPath(path) : join(parent, latin1Name(path)) };
    return stats.isFile()
      ? { kind: 'file', name: shown, size: stats.size }
      : notAFile(shown, `${kindOf(stats)}, not a file`);
  }

  async #enter(shown: string, real: string): Promise<void> {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    const names = await readdir(pathOf(shown), 'latin1');
    // By their bytes, as characters of one byte are sorted.
    names.sort();
    names.reverse();
    // What `join` makes of the folder, once for all of its names.
    this.#folders.push({ prefix: join(shown, 'x').slice(0, -1), real, names });
  }
}

/** Real paths are compared by their bytes, one character for each: names need not be UTF-8. */
function realPath(path: string | Buffer): string {
  return realpathSync.native(path, { encoding: 'buffer' }).toString('latin1');
}

function realFolder(shown: string): string | null {
  const path = pathOf(shown);
  try {
    return statSync(path).isDirectory() ? realPath(path) : null;
  } catch (error) {
    // It gets its line when it is visited.
    if (!isSystemError(error)) throw error;
    return null;
  }
}

function latin1Name(path: string | Buffer): string {
  const bytes = Buffer.from(path).toString('latin1');
  return bytes.slice(bytes.lastIndexOf(sep) + 1);
}

/**
 * Hugging Face's cache has the files of a repository in `models--owner--name/blobs`, and links to them in
 * `models--owner--name/snapshots/REVISION`: they are part of the same download, from any starting folder of the scan.
 */
function isOwnBlob(folder: string, target: string): boolean {
  const parts = folder.split(sep);
  const at = parts.lastIndexOf('snapshots');
  if (at < 1 || !/^(?:models|datasets|spaces)--./.test(parts[at - 1] ?? '')) return false;
  return isWithin(target, [...parts.slice(0, at), 'blobs'].join(sep));
}

function notAFile(name: string, problem: string): Input {
  return { kind: 'unreadable', name, size: 0, problem };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
