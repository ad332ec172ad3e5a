import { lstatSync, type Stats } from 'node:fs';
import type { ScanInput } from '@artifact-sentinel/core/internal';
import { pathOf } from '../file-name.js';
import { identityOf, openFile, type FileSource } from '../file-source.js';
import { isSystemError, systemReason } from '../system-error.js';
import type { FileInput } from './input.js';
import { unreadable } from './unreadable.js';

/** What is no regular file any more is a problem. */
export function openFileInput({ name, at = name }: FileInput): ScanInput {
  try {
    const { source, stats } = openFile(pathOf(at));
    if (!stats.isFile()) {
      source.close();
      return unreadable(name, `${kindOf(stats)}, not a file`);
    }
    return new OpenFile(name, source, stats);
  } catch (error) {
    return unreadable(name, whyClosed(error, at));
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

/** What else a path may lead to. */
export function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'something else';
}

/** Why a path cannot be opened, in words; an error that is no system's is a bug and goes on. */
export function whyClosed(error: unknown, name: string): string {
  if (!isSystemError(error)) throw error;
  try {
    if (error.code === 'ENOENT' && lstatSync(pathOf(name)).isSymbolicLink())
      return 'a symbolic link that leads nowhere';
  } catch (second) {
    // It is gone altogether: the first reason stands.
    if (!isSystemError(second)) throw second;
  }
  return error.code === 'ENOENT' ? `there is ${systemReason(error)}` : systemReason(error);
}
