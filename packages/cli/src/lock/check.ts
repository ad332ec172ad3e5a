import { lstatSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { escapeText, plural, readLock, UsageError, type Lock } from '@artifact-sentinel/core/internal';
import { hashFile, isSystemError, pathOf, shownName, systemReason } from '@artifact-sentinel/core/node/internal';
import { MOST_LOCK_LINES } from '../limits.js';
import { parseJson, readText } from '../retest/read-json.js';
import { isAddress } from '../sources/address.js';
import { LOCK_NAME } from './file.js';

/** `sentinel artifact --locked`: whether the files of a folder are those of its lock, and no others. */
export class LockCheck {
  readonly #file: string;
  readonly #folder: string;
  readonly #lock: Lock;

  private constructor(file: string, folder: string, lock: Lock) {
    this.#file = file;
    this.#folder = folder;
    this.#lock = lock;
  }

  /** Reads the lock before the scan, so that a broken one costs nobody a scan. */
  static open(paths: readonly string[], locked: string | true): LockCheck {
    const [folder] = paths;
    if (folder === undefined || paths.length > 1 || isAddress(folder) || !isFolder(folder))
      throw new UsageError('--locked checks one folder: name that one, and nothing else');
    const file = locked === true ? join(folder, LOCK_NAME) : locked;
    return new LockCheck(file, folder, readLock(parseJson(readText(file, 'lock').text, file, 'lock'), file));
  }

  /** The report, which fails where a file is missing, changed or not of the lock. */
  checked(report: Report): Report {
    const problems = this.#problems();
    if (problems.length === 0) {
      const { files, revision, date } = this.#lock;
      const note = `The ${plural(files.length, 'file')} of the folder are those of ${this.#file}: ${revision}, scanned ${date}.`;
      return { ...report, notes: [...report.notes, note] };
    }
    const shown = problems.slice(0, MOST_LOCK_LINES);
    const more = problems.length - shown.length;
    if (more > 0) shown.push(`locked: ${plural(more, 'more file')} not as in ${this.#file}`);
    return { ...report, verdict: 'fail', reasons: [...report.reasons, ...shown] };
  }

  /** One line for each file that is not as the lock has it, in the order of the lock, then what it does not name. */
  #problems(): string[] {
    const { files } = this.#lock;
    const problems = files.flatMap(({ path, size, sha256 }) => {
      const why = differs(join(this.#folder, path), size, sha256);
      return why === null ? [] : [`locked: ${escapeText(path)} ${why}`];
    });
    const known = new Set(files.map(({ path }) => path));
    const own = resolve(this.#file);
    const below = filesBelow(this.#folder);
    for (const problem of below.problems) problems.push(problem);
    for (const path of below.files) {
      if (!known.has(path) && resolve(this.#folder, path) !== own)
        problems.push(`locked: ${escapeText(path)} is extra: the lock does not name it`);
    }
    return problems;
  }
}

/** Why a file is not the one of the lock; null where it is. A link is none: it may lead elsewhere tomorrow. */
function differs(path: string, size: number, sha256: string): string | null {
  try {
    const stats = lstatSync(pathOf(path));
    if (!stats.isFile()) return 'has changed: it is no file any more';
    if (stats.size !== size) return `has changed: ${stats.size} bytes, and ${size} in the lock`;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? 'is missing'
      : `cannot be read: ${systemReason(error)}`;
  }
  const hash = hashFile(path);
  if ('problem' in hash) return `cannot be compared: ${hash.problem}`;
  return hash.sha256 === sha256 ? null : `has changed: its SHA-256 is ${hash.sha256}`;
}

interface Below {
  readonly files: readonly string[];
  readonly problems: readonly string[];
}

/** Everything below a folder that is no folder, links as such, in a stable order; and what could not be listed. */
function filesBelow(folder: string): Below {
  const found: string[] = [];
  const problems: string[] = [];
  const open = [''];
  for (let within = open.pop(); within !== undefined; within = open.pop()) {
    for (const entry of entriesOf(join(folder, within), problems)) {
      const path = within === '' ? shownName(entry.name) : `${within}/${shownName(entry.name)}`;
      if (entry.isDirectory()) open.push(path);
      else found.push(path);
    }
  }
  return { files: found.sort(), problems };
}

function entriesOf(folder: string, problems: string[]): Dirent[] {
  try {
    return readdirSync(pathOf(folder), { withFileTypes: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    problems.push(`locked: ${escapeText(folder)} cannot be listed: ${systemReason(error)}`);
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(pathOf(path)).isDirectory();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
