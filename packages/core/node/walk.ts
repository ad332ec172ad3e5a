import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ScanInput } from '@sentinel/core';
import { pathOf, shownBytes } from './file-name.js';
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

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, and what is no file, comes
 * as a problem, so that it gets its line in the report; a folder that a link leads back into is not entered twice.
 * Paths are given as reports have them, see `shownName`.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<ScanInput> {
  for (const found of findFiles(paths)) yield openFound(found);
}

/** The first half of `walk`: what there is to open, in the same order. */
export function* findFiles(paths: readonly string[]): Generator<FoundFile> {
  const seen = new Set<string>();
  for (const path of paths) yield* visit(path, seen);
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

function* visit(shown: string, seen: Set<string>): Generator<FoundFile> {
  let stats: Stats;
  try {
    stats = statSync(pathOf(shown));
  } catch (error) {
    yield notAFile(shown, explain(error, shown));
    return;
  }
  if (stats.isDirectory()) yield* folder(shown, seen);
  else if (stats.isFile()) yield { shown, size: stats.size };
  else yield notAFile(shown, `${kindOf(stats)}, not a file`);
}

function* folder(shown: string, seen: Set<string>): Generator<FoundFile> {
  let inside: string[];
  try {
    const path = pathOf(shown);
    // That of the C library: Node's own takes text only.
    const real = realpathSync.native(path, { encoding: 'buffer' }).toString('latin1');
    // A link to what is scanned anyway: nothing behind it is left out.
    if (seen.has(real)) return;
    seen.add(real);
    inside = list(shown, path);
  } catch (error) {
    yield notAFile(shown, explain(error, shown));
    return;
  }
  for (const entry of inside) yield* visit(entry, seen);
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
