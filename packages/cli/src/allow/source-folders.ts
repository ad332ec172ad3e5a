import { closeSync, fstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError, type FindSource, type SourceFile } from '@artifact-sentinel/core/internal';
import { OPEN_FLAGS, pathOf } from '@artifact-sentinel/core/node/internal';
import { isFolder } from '../artifact/trust-boundary.js';
import { isSystemError, systemReason } from '../system-error.js';

const EXTENSION = /\.(?:so|pyd|dylib|pyc)$/;

/**
 * Finds modules below folders as Python's path finder does: a package before a module, a compiled one where there is no
 * source. A folder that is the package itself serves as well as the one that it lies in.
 */
export function sourceFolders(folders: readonly string[]): FindSource {
  for (const folder of folders) {
    if (!isFolder(folder)) throw new UsageError(`--source ${folder}: there is no such folder`);
  }
  return (module) => {
    const parts = module.split('.');
    const [first = '', ...rest] = parts;
    for (const folder of folders) {
      const inside = findIn(folder, parts);
      if (inside !== null) return inside;
      if (basename(resolve(folder)) !== first) continue;
      const found = rest.length === 0 ? source(join(folder, '__init__.py'), true) : findIn(folder, rest);
      if (found !== null) return found;
    }
    return null;
  };
}

function findIn(folder: string, parts: readonly string[]): SourceFile | null {
  const base = join(folder, parts.join('/'));
  return source(join(base, '__init__.py'), true) ?? source(`${base}.py`, false) ?? compiled(folder, parts);
}

function source(path: string, isPackage: boolean): SourceFile | null {
  try {
    const descriptor = openSync(pathOf(path), OPEN_FLAGS);
    try {
      const stats = fstatSync(descriptor);
      if (stats.isFile()) return { kind: 'source', path, bytes: readFileSync(descriptor), isPackage };
      return stats.isDirectory() ? null : { kind: 'unreadable', path, reason: 'it is no file' };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    return { kind: 'unreadable', path, reason: systemReason(error) };
  }
}

/** `name.cpython-311-x86_64-linux-gnu.so` and the like. */
function compiled(folder: string, parts: readonly string[]): SourceFile | null {
  const parent = join(folder, parts.slice(0, -1).join('/'));
  const name = parts.at(-1) ?? '';
  try {
    const found = readdirSync(pathOf(parent)).find((file) => file.startsWith(`${name}.`) && EXTENSION.test(file));
    return found === undefined ? null : { kind: 'extension', path: join(parent, found) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return null;
  }
}
