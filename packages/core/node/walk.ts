import { lstatSync, opendirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ScanInput } from '@sentinel/core';
import { openFile } from './file-source.js';

/**
 * The files below `paths`, in a stable order, opened one at a time. What cannot be opened, and what is no file, comes
 * as a problem, so that it gets its line in the report; a folder that a link leads back into is not entered twice.
 */
export async function* walk(paths: readonly string[]): AsyncGenerator<ScanInput> {
  const seen = new Set<string>();
  for (const path of paths) yield* visit(path, seen, true);
}

function* visit(path: string, seen: Set<string>, named: boolean): Generator<ScanInput> {
  let stats: Stats;
  try {
    stats = statSync(path);
  } catch (error) {
    yield problem(path, explain(error, path));
    return;
  }
  if (stats.isDirectory()) yield* folder(path, seen);
  else if (stats.isFile()) yield file(path);
  else if (named || !stats.isSymbolicLink()) yield problem(path, `${kindOf(stats)}, not a file`);
}

function* folder(path: string, seen: Set<string>): Generator<ScanInput> {
  let names: string[];
  try {
    const real = realpathSync(path);
    if (seen.has(real)) {
      if (lstatSync(path).isSymbolicLink()) yield problem(path, 'a link to a folder that was scanned already');
      return;
    }
    seen.add(real);
    names = list(path);
  } catch (error) {
    yield problem(path, explain(error, path));
    return;
  }
  for (const name of names) yield* visit(join(path, name), seen, false);
}

function list(path: string): string[] {
  const names: string[] = [];
  const directory = opendirSync(path);
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
      names.push(entry.name);
    }
  } finally {
    directory.closeSync();
  }
  return names.sort();
}

function file(path: string): ScanInput {
  try {
    const { source, stats } = openFile(path);
    if (!stats.isFile()) {
      source.close();
      return problem(path, `${kindOf(stats)}, not a file`);
    }
    return { path, source, size: source.size, close: () => source.close() };
  } catch (error) {
    return problem(path, explain(error, path));
  }
}

function problem(path: string, reason: string): ScanInput {
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

function explain(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  try {
    if (code === 'ENOENT' && lstatSync(path).isSymbolicLink()) return 'a symbolic link that leads nowhere';
  } catch {
    // It is gone altogether: the first reason stands.
  }
  return REASONS[code] ?? code;
}
