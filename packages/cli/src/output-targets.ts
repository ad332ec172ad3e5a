import { lstatSync, readlinkSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';
import { append, UsageError } from '@artifact-sentinel/core/internal';
import { isWithin, pathOf, shownBytes } from '@artifact-sentinel/core/node/internal';
import { isFolder, real } from './artifact/trust-boundary.js';
import type { Output } from './outputs.js';
import { isSystemError, systemReason } from './system-error.js';
import { descriptorOf } from './write-file.js';

/** What is there, behind links; null where nothing is, or where it cannot be asked: writing says why. */
function statsOf(file: string): Stats | null {
  // The report that is retested may name what no system takes for a path.
  if (file.includes('\0')) return null;
  try {
    return statSync(pathOf(file));
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

const idOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

/** Files that no output may replace, by any name or link. */
export class Inputs {
  readonly #ids = new Set<string>();

  constructor(files: Iterable<string>) {
    for (const file of files) {
      const stats = statsOf(file);
      if (stats?.isFile() === true) this.#ids.add(idOf(stats));
    }
  }

  readonly has = (stats: Stats): boolean => this.#ids.has(idOf(stats));
}

/** The system follows no more either, path_resolution(7). */
const MOST_LINKS = 40;

function isWithinAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isWithin(path, folder));
}

/** The first link in the path of a file that lies in one of these folders; null where none does. */
function linkWithin(file: string, folders: readonly string[]): string | null {
  const rest = resolve(file).split(sep).toReversed();
  let at = `${rest.pop() ?? ''}${sep}`;
  for (let links = 0; rest.length > 0 && links <= MOST_LINKS;) {
    const path = join(at, rest.pop() ?? '');
    const target = linkAt(path);
    if (target === null) {
      at = path;
      continue;
    }
    if (isWithinAny(at, folders)) return path;
    links += 1;
    append(rest, target.split(sep).toReversed());
    if (isAbsolute(target)) at = parse(target).root;
  }
  return null;
}

function linkAt(path: string): string | null {
  try {
    return shownBytes(readlinkSync(pathOf(path), { encoding: 'buffer' }));
  } catch (error) {
    // It is none, or is not there.
    if (isSystemError(error)) return null;
    throw error;
  }
}

/**
 * Fails before a long scan rather than after it: two reports to one file, a missing folder, a report that would
 * replace a file that the run reads, a link that came with what is scanned (CWE-59). `inputs`: the files and folders that were named.
 */
export function checkOutputs(outputs: readonly Output[], inputs: readonly string[]): void {
  if (outputs.filter((output) => output.file === null).length > 1) {
    throw new UsageError(
      'only one report can go to standard output; give the others a file, as in -f json=report.json',
    );
  }
  const files = outputs.map((output) => output.file).filter((file) => file !== null);
  const read = new Inputs(inputs);
  const folders = inputs.filter(isFolder).map(real);
  const taken = new Map<string, string>();
  for (const file of files) {
    if (descriptorOf(file) !== null) continue;
    checkFolder(file);
    const link = linkWithin(file, folders);
    if (link !== null) throw new UsageError(`cannot write ${file}: the link ${link} lies in what is scanned`);
    const stats = statsOf(file);
    if (stats?.isFile() === true && read.has(stats))
      throw new UsageError(`cannot write ${file}: it is an input of this run`);
    if (stats?.isDirectory() === true) throw new UsageError(`cannot write ${file}: it is a folder`);
    // Opening one waits for its writer.
    if ((stats?.isFIFO() === true || stats?.isSocket() === true) && isWithinAny(placeOf(file), folders))
      throw new UsageError(`cannot write ${file}: a pipe or a socket that lies in what is scanned`);
    // Two reports may well end in /dev/null.
    if (stats?.isCharacterDevice() === true) continue;
    const key = stats === null ? placeOf(file) : idOf(stats);
    const other = taken.get(key);
    if (other !== undefined)
      throw new UsageError(`cannot write two reports to one file: ${other === file ? file : `${other} and ${file}`}`);
    taken.set(key, file);
  }
}

/** Of a file that is not there yet, as a link's target too. */
function placeOf(file: string): string {
  return join(real(dirname(file)), basename(file));
}

function checkFolder(file: string): void {
  const folder = dirname(file);
  try {
    // A link that leads nowhere may lead into a folder of its own: writing tells.
    if (lstatSync(pathOf(file), { throwIfNoEntry: false })?.isSymbolicLink() === true) return;
    if (statSync(pathOf(folder)).isDirectory()) return;
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot write ${file}: ${folder}: ${systemReason(error)}`);
    throw error;
  }
  throw new UsageError(`cannot write ${file}: ${folder} is no folder`);
}
