import { closeSync, openSync, fstatSync, readSync } from 'node:fs';
import { SLASH_PATHS, treeNeighbours, type SourceNeighbours } from '@artifact-sentinel/core/internal';
import type { TreeFiles } from './messages.js';

/** The files around sources of a repository. `root`: how names begin, as facts have them. */
export function repositoryNeighbours({ paths, files }: TreeFiles, root: string): SourceNeighbours {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = parts.length; depth > 0; depth -= 1) {
      const folder = `/${parts.slice(0, depth - 1).join('/')}`;
      const name = parts[depth - 1] ?? '';
      const names = folders.get(folder);
      if (names?.has(name) === true) break;
      if (names === undefined) folders.set(folder, new Set([name]));
      else names.add(name);
    }
  }
  return treeNeighbours(
    {
      paths: SLASH_PATHS,
      full: (name) => (name.startsWith(`${root}/`) ? name.slice(root.length) : name),
      named: (full) => `${root}${full}`,
      shown: (full) => `${root}${full}`,
      list(folder) {
        const names = folders.get(folder);
        return names === undefined ? { closed: null } : [...names];
      },
      read(full, most) {
        const at = Object.hasOwn(files, full.slice(1)) ? files[full.slice(1)] : undefined;
        return at === undefined ? 'it was not read: the repository has too many sources' : readUpTo(at, most);
      },
    },
    [`${root}/`],
  );
}

function readUpTo(path: string, most: number): Uint8Array | string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > most) return `it has more than ${most} bytes`;
    const bytes = new Uint8Array(size);
    let at = 0;
    for (let read = -1; read !== 0 && at < size; at += read) read = readSync(file, bytes, at, size - at, at);
    return bytes.subarray(0, at);
  } finally {
    closeSync(file);
  }
}
