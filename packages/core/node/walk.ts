import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join, sep } from 'node:path';
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

export interface WalkOptions {
  /** Enters links that lead out of what was named. They are problems unless told otherwise. */
  readonly followLinks?: boolean | undefined;
  /** Why the walk has to end now, or null: asked before each step. The place that was not reached is its last problem. */
  readonly over?: (() => string | null) | undefined;
}

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, what is no file, and what a link
 * leads out to comes as a problem, so that it gets its line in the report; no folder is entered twice.
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
      yield notAFile(step, `${reason}: neither this nor what comes behind it was scanned`);
      return;
    }
    const found = tree.visit(step);
    if (found !== null) yield found;
  }
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
    this.#open = paths.map((path) => ({ path, shown: path, parent: null })).toReversed();
  }

  next(): Step | null {
    return this.#open.pop() ?? null;
  }

  /** The file or the problem that it is; a folder puts what it holds before everything else. */
  visit(step: Step): FoundFile | null {
    try {
      const link = lstatSync(step.path);
      const isLink = link.isSymbolicLink();
      const stats = isLink ? statSync(step.path) : link;
      // What was named itself is what was asked for, wherever it leads.
      if (isLink && step.parent !== null) {
        const real = realPath(step.path);
        const inside = this.#roots.some((root) => isWithin(real, root));
        if (!inside && !this.#followLinks && !isOwnBlob(step.parent, real))
          return notAFile(
            step,
            'a link that leads out of what is scanned, which only `artifact --follow-links` follows',
          );
        // It is visited where it lies.
        if (inside && stats.isDirectory()) return null;
      }
      if (stats.isDirectory()) return this.#enter(step, isLink || step.parent === null ? realPath(step.path) : null);
      if (stats.isFile()) return { path: step.path, shown: step.shown, size: stats.size };
      return notAFile(step, `${kindOf(stats)}, not a file`);
    } catch (error) {
      return notAFile(step, explain(error, step));
    }
  }

  /** `real`: null where it is the folder above with a name behind it. */
  #enter(step: Step, real: string | null): null {
    const own = real ?? join(step.parent ?? '', latin1Name(step.path));
    if (this.#seen.has(own)) return null;
    this.#seen.add(own);
    const inside = list(step);
    for (let i = inside.length - 1; i >= 0; i -= 1) {
      const place = inside[i];
      if (place !== undefined) this.#open.push({ ...place, parent: own });
    }
    return null;
  }
}

/** A place to visit. `parent`: the real path of its folder, null of what was named. */
interface Step extends Place {
  readonly parent: string | null;
}

/** Real paths are told by their bytes, one character for each: names need not be UTF-8. */
function realPath(path: string | Buffer): string {
  return realpathSync.native(path, { encoding: 'buffer' }).toString('latin1');
}

function realFolder(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realPath(path) : null;
  } catch {
    // It gets its line when it is visited.
    return null;
  }
}

function latin1Name(path: string | Buffer): string {
  const bytes = Buffer.from(path).toString('latin1');
  return bytes.slice(bytes.lastIndexOf(sep) + 1);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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
