import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError, type FindSource, type SourceFile } from '@sentinel/core';
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
    return { kind: 'source', path, bytes: readFileSync(path), isPackage };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return null;
    return { kind: 'unreadable', path, reason: systemReason(error) };
  }
}

/** `name.cpython-311-x86_64-linux-gnu.so` and the like. */
function compiled(folder: string, parts: readonly string[]): SourceFile | null {
  const parent = join(folder, parts.slice(0, -1).join('/'));
  const name = parts.at(-1) ?? '';
  try {
    const found = readdirSync(parent).find((file) => file.startsWith(`${name}.`) && EXTENSION.test(file));
    return found === undefined ? null : { kind: 'extension', path: join(parent, found) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return null;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}
