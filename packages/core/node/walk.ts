import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
import type { ScanInput } from '@sentinel/core';
import { isWithin, pathOf, shownBytes } from './file-name.js';
import { identityOf, openFile, type FileSource } from './file-source.js';
import { isSystemError, systemReason } from './system-error.js';

/**
 * What a walk comes upon: a file with its size, not opened yet, or what is no file. Plain data, for another thread.
 * `shown` is the path as reports have it; `pathOf` makes of it what the system takes.
 */
export interface FoundFile {
  readonly shown: string;
  readonly size: number;
  /** Why it cannot be scanned. */
  readonly problem?: string;
}

export interface WalkOptions {
  /** Enters links that lead out of what was named. They are problems unless told otherwise. */
  readonly followLinks?: boolean | undefined;
  /** Why the walk has to end now, or null: asked before each step. The place that was not reached is its last problem. */
  readonly over?: (() => string | null) | undefined;
}

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, what is no file, and what a link
 * leads out to comes as a problem, so that it gets its line in the report; no folder is entered twice. Paths are given as
 * reports have them, see `shownName`.
 */
export async function* walk(paths: readonly string[], options: WalkOptions = {}): AsyncGenerator<ScanInput> {
  for (const found of findFiles(paths, options)) yield openFound(found);
}

/** The first half of `walk`: what there is to open, in the same order. */
export function* findFiles(paths: readonly string[], options: WalkOptions = {}): Generator<FoundFile> {
  const tree = new Tree(paths, options.followLinks === true);
  for (let step = tree.next(); step !== null; step = tree.next()) {
    const reason = options.over?.() ?? null;
    if (reason !== null) {
      yield notAFile(step.shown, `${reason}: neither this nor what comes behind it was scanned`);
      return;
    }
    const found = tree.visit(step);
    if (found !== null) yield found;
  }
}

/** The second half of `walk`. What is no regular file any more is a problem. */
export function openFound({ shown, problem }: FoundFile): ScanInput {
  if (problem !== undefined) return unreadable(shown, problem);
  try {
    const { source, stats } = openFile(pathOf(shown));
    if (!stats.isFile()) {
      source.close();
      return unreadable(shown, `${kindOf(stats)}, not a file`);
    }
    return new OpenFile(shown, source, stats);
  } catch (error) {
    return unreadable(shown, explain(error, shown));
  }
}

/** A class, since V8 gives every literal with a getter a shape of its own. */
class OpenFile implements ScanInput {
  readonly path: string;
  readonly source: FileSource;
  readonly size: number;
  readonly #stats: Stats;

  constructor(path: string, source: FileSource, stats: Stats) {
    this.path = path;
    this.source = source;
    this.size = source.size;
    this.#stats = stats;
  }

  get identity(): string {
    return identityOf(this.#stats);
  }

  close(): string | null {
    return this.source.close();
  }
}

/** What is still to be visited, as a list of its own: how deep folders lie in each other is for strangers to say (CWE-674). */
class Tree {
  readonly #followLinks: boolean;
  /** The real folders that were named. Whatever lies in them is visited without the help of a link. */
  readonly #roots: readonly string[];
  /** Real folders that were entered. */
  readonly #seen = new Set<string>();
  /** The next one last. */
  readonly #open: Step[];

  constructor(paths: readonly string[], followLinks: boolean) {
    this.#followLinks = followLinks;
    this.#roots = paths.flatMap((path) => realFolder(path) ?? []);
    this.#open = paths.map((shown) => ({ shown, parent: null })).toReversed();
  }

  next(): Step | null {
    return this.#open.pop() ?? null;
  }

  /** The file or the problem that it is; a folder puts what it holds before everything else. */
  visit({ shown, parent }: Step): FoundFile | null {
    const path = pathOf(shown);
    try {
      const link = lstatSync(path);
      const isLink = link.isSymbolicLink();
      const stats = isLink ? statSync(path) : link;
      // What was named itself is what was asked for, wherever it leads.
      if (isLink && parent !== null) {
        const real = realPath(path);
        const inside = this.#roots.some((root) => isWithin(real, root));
        if (!inside && !this.#followLinks && !isOwnBlob(parent, real))
          return notAFile(
            shown,
            'a link that leads out of what is scanned, which only `artifact --follow-links` follows',
          );
        // It is visited where it lies.
        if (inside && stats.isDirectory()) return null;
      }
      if (stats.isDirectory()) {
        this.#enter(shown, path, isLink || parent === null ? realPath(path) : join(parent, latin1Name(path)));
        return null;
      }
      return stats.isFile() ? { shown, size: stats.size } : notAFile(shown, `${kindOf(stats)}, not a file`);
    } catch (error) {
      return notAFile(shown, explain(error, shown));
    }
  }

  #enter(shown: string, path: string | Buffer, real: string): void {
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    for (const inside of list(shown, path).toReversed()) this.#open.push({ shown: inside, parent: real });
  }
}

/** A place to visit. `parent`: the real path of its folder, null of what was named. */
interface Step {
  readonly shown: string;
  readonly parent: string | null;
}

/** Real paths are told by their bytes, one character for each: names need not be UTF-8. */
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
 * `models--owner--name/snapshots/REVISION`: part of the same download, wherever in it a scan begins.
 */
function isOwnBlob(folder: string, target: string): boolean {
  const parts = folder.split(sep);
  const at = parts.lastIndexOf('snapshots');
  if (at < 1 || !/^(?:models|datasets|spaces)--./.test(parts[at - 1] ?? '')) return false;
  return isWithin(target, [...parts.slice(0, at), 'blobs'].join(sep));
}

function list(shown: string, path: string | Buffer): string[] {
  const names = readdirSync(path, { encoding: 'buffer' });
  // What `join` makes of the folder, once for all of its names.
  const prefix = join(shown, 'x').slice(0, -1);
  return names.sort((a, b) => Buffer.compare(a, b)).map((name) => prefix + shownBytes(name));
}

function notAFile(shown: string, reason: string): FoundFile {
  return { shown, size: 0, problem: reason };
}

function unreadable(path: string, reason: string): ScanInput {
  return { path, source: null, size: 0, problem: { cause: 'unreadable', reason } };
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'something else';
}

function explain(error: unknown, shown: string): string {
  if (!isSystemError(error)) throw error;
  try {
    if (error.code === 'ENOENT' && lstatSync(pathOf(shown)).isSymbolicLink())
      return 'a symbolic link that leads nowhere';
  } catch (second) {
    // It is gone altogether: the first reason stands.
    if (!isSystemError(second)) throw second;
  }
  return error.code === 'ENOENT' ? `there is ${systemReason(error)}` : systemReason(error);
}
