import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ScanInput } from '@sentinel/core';
import { identityOf, openFile, type FileSource } from './file-source.js';

/** A path as the system takes it, and as people read it: names on Linux are bytes, which need not be UTF-8. */
interface Place {
  readonly path: string | Buffer;
  readonly shown: string;
}

/** What a walk comes upon: a file with its size, not opened yet, or what is no file. Plain data, for another thread. */
export interface FoundFile extends Place {
  readonly size: number;
  /** Why it cannot be scanned. */
  readonly problem?: string;
}

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, and what is no file, comes
 * as a problem, so that it gets its line in the report; a folder that a link leads back into is not entered twice.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<ScanInput> {
  for (const found of findFiles(paths)) yield openFound(found);
}

/** The first half of `walk`: what there is to open, in the same order. */
export function* findFiles(paths: readonly string[]): Generator<FoundFile> {
  const seen = new Set<string>();
  for (const path of paths) yield* visit({ path, shown: path }, seen);
}

/** The second half of `walk`. What is no regular file any more is a problem. */
export function openFound({ path, shown, problem }: FoundFile): ScanInput {
  if (problem !== undefined) return unreadable(shown, problem);
  try {
    const { source, stats } = openFile(path);
    if (!stats.isFile()) {
      source.close();
      return unreadable(shown, `${kindOf(stats)}, not a file`);
    }
    return new OpenFile(shown, source, stats);
  } catch (error) {
    return unreadable(shown, explain(error, { path, shown }));
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

function* visit(place: Place, seen: Set<string>): Generator<FoundFile> {
  let stats: Stats;
  try {
    stats = statSync(place.path);
  } catch (error) {
    yield notAFile(place, explain(error, place));
    return;
  }
  if (stats.isDirectory()) yield* folder(place, seen);
  else if (stats.isFile()) yield { path: place.path, shown: place.shown, size: stats.size };
  else yield notAFile(place, `${kindOf(stats)}, not a file`);
}

function* folder(place: Place, seen: Set<string>): Generator<FoundFile> {
  let inside: Place[];
  try {
    const real = realpathSync(place.path, { encoding: 'buffer' }).toString('latin1');
    if (seen.has(real)) {
      if (lstatSync(place.path).isSymbolicLink()) yield notAFile(place, 'a link to a folder that was scanned already');
      return;
    }
    seen.add(real);
    inside = list(place);
  } catch (error) {
    yield notAFile(place, explain(error, place));
    return;
  }
  for (const entry of inside) yield* visit(entry, seen);
}

function list(place: Place): Place[] {
  const names = readdirSync(place.path, { encoding: 'buffer' });
  // What `join` makes of the folder, once for all of its names.
  const prefix = typeof place.path === 'string' ? join(place.path, 'x').slice(0, -1) : null;
  return names.sort((a, b) => Buffer.compare(a, b)).map((name) => within(place, prefix, name));
}

function within(parent: Place, prefix: string | null, name: Buffer): Place {
  const text = name.toString('utf8');
  // What is no UTF-8 is decoded with U+FFFD.
  if (prefix !== null && (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(name))) {
    const path = prefix + text;
    return { path, shown: path };
  }
  const base = Buffer.from(parent.path);
  return {
    path: Buffer.concat([base, Buffer.from('/'), name]),
    shown: `${parent.shown.replace(/\/$/, '')}/${name.toString('latin1')}`,
  };
}

function notAFile({ path, shown }: Place, reason: string): FoundFile {
  return { path, shown, size: 0, problem: reason };
}

function unreadable(path: string, reason: string): ScanInput {
  return { path, source: null, size: 0, problem: { cause: 'unreadable', reason } };
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'something else';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'a loop of symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
};

function explain(error: unknown, { path }: Place): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  try {
    if (code === 'ENOENT' && lstatSync(path).isSymbolicLink()) return 'a symbolic link that leads nowhere';
  } catch {
    // It is gone altogether: the first reason stands.
  }
  return REASONS[code] ?? code;
}
