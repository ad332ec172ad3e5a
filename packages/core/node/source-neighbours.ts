import { readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ReadError } from '@artifact-sentinel/core';
import { treeNeighbours, type FileTree, type SourceNeighbours } from '@artifact-sentinel/core/internal';
import { isWithin, pathOf } from './file-name.js';
import { openFile } from './file-source.js';
import { isSystemError, systemReason } from './system-error.js';

/** The files around sources on this machine: within what was named, and within the project that it is part of. */
export function sourceNeighbours(roots: readonly string[]): SourceNeighbours {
  return treeNeighbours(THIS_MACHINE, roots);
}

const THIS_MACHINE: FileTree = {
  paths: { basename: (path) => basename(path), dirname, join, isWithin },
  full: (path) => resolve(path),
  named: (full) => full,
  shown,
  list(folder) {
    try {
      return readdirSync(pathOf(folder));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return { closed: error.code === 'ENOENT' || error.code === 'ENOTDIR' ? null : systemReason(error) };
    }
  },
  read: readUpTo,
  behindLinks(folder, name, roots) {
    const target = join(folder, name);
    // Names that leave what was named are asked for nowhere.
    if (dirname(target) === folder || !roots.some((root) => isWithin(target, root))) return name;
    const behind = realOrNull(dirname(target));
    const start = realOrNull(folder);
    if (behind === null || start === null) return name;
    const real = join(behind, basename(target));
    const isInside = roots.some((root) => isWithin(real, realOrNull(root) ?? root));
    return isInside ? relative(start, real).split(sep).join('/') : name;
  },
};

/** A folder without links in its path; null where that is not known. */
function realOrNull(folder: string): string | null {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
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
  try {
    const { source, stats } = openFile(pathOf(path));
    try {
      if (!stats.isFile()) return 'it is no file';
      return stats.size > most ? `it has more than ${most} bytes` : source.read(0, stats.size);
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof ReadError) return error.message;
    if (isSystemError(error)) return systemReason(error);
    throw error;
  }
}
