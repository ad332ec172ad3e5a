import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { DEFAULT_POLICY, tighten, UsageError, type Policy, type PolicyFileReport } from '@sentinel/core';
import { isSystemError } from '../system-error.js';

export const POLICY_NAME = 'sentinel-policy.yml';

export interface FoundPolicy {
  readonly policy: Policy;
  readonly notes: readonly string[];
  /** What was read for it. */
  readonly files: readonly PolicyFileReport[];
}

/** A path as shown to people: relative where it lies below the working folder. */
function shown(file: string): string {
  const short = relative(process.cwd(), file);
  return short === '' || short.startsWith('..') ? file : short;
}

/** Reads policies, and keeps which. */
class Reader {
  readonly files: PolicyFileReport[] = [];

  async read(file: string, trusted: boolean): Promise<Policy> {
    const { readPolicy } = await import('./read-policy.js');
    const path = shown(file);
    const { policy, sha256 } = readPolicy(file, path);
    this.files.push({ path, sha256, trusted });
    return policy;
  }
}

function real(path: string): string {
  const full = resolve(path);
  try {
    return realpathSync(full);
  } catch (error) {
    if (isSystemError(error)) return full;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function* upward(start: string): Generator<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** The checkout that the user stands in, if any. A `.git` in what is scanned says nothing: it came with it. */
function repositoryRoot(cwd: string): string | null {
  for (const folder of upward(cwd)) if (existsSync(join(folder, '.git'))) return folder;
  return null;
}

/** Everything that deciding on trust needs, resolved through symbolic links. */
interface Place {
  readonly cwd: string;
  readonly repository: string | null;
  readonly folders: readonly string[];
}

/**
 * A policy speaks for the user when it lies outside of what is scanned or at the root of the checkout that the
 * user stands in. Beside a scanned file it may have been downloaded with it, unless the user works there.
 */
function isTrusted(folder: string, place: Place): boolean {
  if (folder === place.repository) return true;
  return !place.folders.some((scanned) => isWithin(folder, scanned));
}

function scannedFolder(path: string, cwd: string): string | null {
  const target = real(path);
  if (isFolder(target)) return target;
  const folder = dirname(target);
  return isWithin(cwd, folder) ? null : folder;
}

/** Policies above one scanned path: those that came with it, and the nearest one of the user. */
function policiesAbove(
  path: string,
  place: Place,
): { readonly own: string | null; readonly foreign: readonly string[] } {
  const target = real(path);
  const foreign: string[] = [];
  for (const folder of upward(isFolder(target) ? target : dirname(target))) {
    const file = join(folder, POLICY_NAME);
    if (existsSync(file)) {
      if (isTrusted(folder, place)) return { own: file, foreign };
      foreign.push(file);
    }
    if (folder === place.repository) break;
  }
  return { own: null, foreign };
}

function oneOf(files: readonly (string | null)[]): string | null {
  const distinct = [...new Set(files)];
  if (distinct.length <= 1) return distinct[0] ?? null;
  const names = distinct.map((file) => (file === null ? 'none' : shown(file)));
  throw new UsageError(`the scanned paths come under different policies (${names.join(', ')}); name one with --policy`);
}

/** The policy of a run: the one named, or the one found by walking up, tightened by any inside the scanned tree. */
export async function findPolicy(paths: readonly string[], named: string | undefined): Promise<FoundPolicy> {
  const reader = new Reader();
  const { files } = reader;
  if (named !== undefined) return { policy: await reader.read(named, true), notes: [], files };
  const cwd = real('.');
  const folders = paths.map((path) => scannedFolder(path, cwd)).filter((folder) => folder !== null);
  const place: Place = { cwd, repository: repositoryRoot(cwd), folders };
  const above = paths.map((path) => policiesAbove(path, place));
  const own = oneOf(above.map((item) => item.own));
  let policy = own === null ? DEFAULT_POLICY : await reader.read(own, true);
  const notes: string[] = [];
  for (const file of new Set(above.flatMap((item) => item.foreign))) {
    const result = tighten(policy, await reader.read(file, false));
    policy = result.policy;
    const left = result.ignored.length === 0 ? '' : ` Ignored: ${result.ignored.join('; ')}.`;
    notes.push(
      `The policy ${shown(file)} lies in what is scanned: it can tighten the gate only.${left} Name it with --policy to use all of it.`,
    );
  }
  return { policy, notes, files };
}
