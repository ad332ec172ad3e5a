import { MAX_NAME_PARTS } from '../model/limits.js';

/* Paths as reports show them: `/` or `\` between folders, `!` before the name in a container. A folder ends with one of them. */

const SEPARATOR = /[/\\!]/;

/** The folder of a path, with its separator; empty for a name alone. */
export function folderOf(path: string): string {
  for (let at = path.length - 1; at >= 0; at -= 1) if (SEPARATOR.test(path.charAt(at))) return path.slice(0, at + 1);
  return '';
}

/** The folder above a folder within the same container; null for the outermost one. */
export function parentOf(folder: string): string | null {
  if (folder === '' || folder.endsWith('!')) return null;
  const above = folderOf(folder.slice(0, -1));
  return above === folder ? null : above;
}

export function nameOf(path: string): string {
  return path.slice(folderOf(path).length);
}

/** A relative name, as seen from a folder: `..` goes up, `.` stays. Null where it leaves the container. */
export function resolveIn(folder: string, name: string): string | null {
  const parts = name.split(/[/\\]/);
  if (parts.length > MAX_NAME_PARTS) return null;
  let at = folder;
  const own: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') own.push(part);
    else if (own.pop() === undefined) {
      const above = parentOf(at);
      if (above === null) return null;
      at = above;
    }
  }
  return at + own.join(at.includes('\\') && !at.includes('/') ? '\\' : '/');
}

/** What a retest has to scan: the folder of the repository, or the archive that it lies in. */
export function retestPath(artifact: string, root: string): string {
  if (root.startsWith(`${artifact}!`)) return artifact;
  const folder = root.replace(/[/\\]$/, '');
  return folder === '' ? (root === '' ? '.' : root) : folder;
}
