import { chmodSync, lstatSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { escapeText } from '@artifact-sentinel/core/internal';
import { hashFile, isSystemError, systemReason } from '@artifact-sentinel/core/node/internal';
import { isUnchanged, type Downloaded } from './quarantine.js';

/** Why files cannot be moved to their names, one line for each; nothing has been moved then. */
export function moveProblems(files: readonly Downloaded[], folder: string, replace: boolean): string[] {
  return files.flatMap((file) => {
    const problem = problemOf(file, folder, replace);
    return problem === null ? [] : [`${escapeText(file.path)}: ${problem}`];
  });
}

function problemOf(file: Downloaded, folder: string, replace: boolean): string | null {
  if (!isUnchanged(file)) return 'it changed in the quarantine after it was hashed';
  const segments = file.path.split('/');
  let path = folder;
  for (let i = 0; i < segments.length; i += 1) {
    path = join(path, segments[i] ?? '');
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    const isLast = i === segments.length - 1;
    // A link in the middle would lead out of the folder.
    if (!isLast && !stats.isDirectory()) return `${escapeText(path)} is no folder`;
    if (!isLast) continue;
    if (stats.isDirectory()) return 'there is a folder of this name';
    return replace || isSame(path, stats.isFile(), file)
      ? null
      : 'there is another file of this name; --replace replaces it';
  }
  return null;
}

function isSame(path: string, isFile: boolean, { sha256 }: Downloaded): boolean {
  const hash = isFile ? hashFile(path) : null;
  return hash !== null && 'sha256' in hash && hash.sha256 === sha256;
}

/** Moves each file to its name, which is one step: a reader sees the old file or the new one. Why it ended early, or null. */
export function moveIn(files: readonly Downloaded[], folder: string): string | null {
  const mode = 0o666 & ~process.umask();
  for (const file of files) {
    try {
      const problem = makeFolders(file.path, folder);
      if (problem !== null) return `${escapeText(file.path)}: ${problem}`;
      if (!isUnchanged(file)) return `${escapeText(file.path)}: it changed in the quarantine after it was hashed`;
      chmodSync(file.at, mode);
      renameSync(file.at, join(folder, file.path));
    } catch (error) {
      if (isSystemError(error)) return `${escapeText(file.path)}: ${systemReason(error)}`;
      throw error;
    }
  }
  return null;
}

/** Makes the folders of a file below another one; why it cannot, or null. */
function makeFolders(path: string, folder: string): string | null {
  let within = folder;
  // The folder itself may be a link: it was named.
  if (lstatSync(within, { throwIfNoEntry: false }) === undefined) mkdirSync(within);
  for (const segment of path.split('/').slice(0, -1)) {
    within = join(within, segment);
    const stats = lstatSync(within, { throwIfNoEntry: false });
    if (stats === undefined) mkdirSync(within);
    else if (!stats.isDirectory()) return `${escapeText(within)} is no folder`;
  }
  return null;
}
