import { lstatSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { isWithin, pathOf } from '@artifact-sentinel/core/node/internal';
import { isFolder } from '../artifact/trust-boundary.js';
import { isSystemError } from '../system-error.js';
import { fullPath, isAddress, localPaths } from '../sources/address.js';
import type { EarlierReport } from './read-report.js';

/** Artifacts that are searched for to recognise the folder. */
const PROBES = 1_000;

export interface LocateOptions {
  readonly root: string | undefined;
  /** New paths of the scanned ones, in their order. */
  readonly paths: readonly string[];
  /** Whether the server of an address that only the report names may be asked. */
  readonly mayAsk: (address: string) => boolean;
}

/** What the retest reads: the folder that paths are relative to, and the scanned paths of before and now. */
export interface Located {
  readonly root: string;
  readonly rootFrom: 'command line' | 'working folder' | 'folder of the report';
  /**
   * Where a policy that is found came with the files: what is scanned, and where only the report leads. A report that
   * names a part of a folder makes the policy of the folder nobody's own.
   */
  readonly untrusted: readonly string[];
  /** False where nothing shows that the folder is the one that was scanned: what is missing there may lie elsewhere. */
  readonly isSure: boolean;
  readonly scanned: readonly { readonly before: string; readonly now: string; readonly exists: boolean }[];
}

/** Whether something is known to lie at a path, or not to. A report may name what no system takes for a path. */
export function presenceOf(path: string): 'there' | 'gone' | 'unknown' {
  if (path.includes('\0')) return 'unknown';
  try {
    return lstatSync(pathOf(path), { throwIfNoEntry: false }) === undefined ? 'gone' : 'there';
  } catch (error) {
    // A folder that may not be entered, a name that is too long.
    if (isSystemError(error)) return 'unknown';
    throw error;
  }
}

function exists(path: string): boolean {
  return presenceOf(path) === 'there';
}

function knows(root: string, report: EarlierReport): boolean {
  let left = PROBES;
  for (const path of report.artifacts.keys()) {
    if (!isAbsolute(path) && exists(resolve(root, path))) return true;
    left -= 1;
    if (left === 0) break;
  }
  return false;
}

/** The working folder, or that of the report, whichever has artifacts of the report. */
function findRoot(report: EarlierReport): Pick<Located, 'root' | 'rootFrom' | 'isSure'> {
  const cwd = process.cwd();
  const candidates = [...new Set([cwd, dirname(resolve(report.path))])];
  const fitting = candidates.filter((folder) => knows(folder, report));
  if (fitting.length > 1)
    throw new UsageError(
      `artifacts of the report lie below ${fitting.join(' and below ')}; name one of them with --root`,
    );
  const root = fitting[0] ?? cwd;
  return { root, rootFrom: root === cwd ? 'working folder' : 'folder of the report', isSure: fitting.length === 1 };
}

function givenRoot(root: string): Pick<Located, 'root' | 'rootFrom' | 'isSure'> {
  if (!isFolder(root)) throw new UsageError(`--root ${root}: no such folder`);
  return { root: resolve(root), rootFrom: 'command line', isSure: true };
}

/** The folders of the root that the report leads into; the root itself where only the report says that it is one. */
function untrusted({ root, rootFrom }: Pick<Located, 'root' | 'rootFrom'>, paths: readonly string[]): string[] {
  if (rootFrom === 'folder of the report') return [root];
  const tops = paths.map((path) => join(root, relative(root, resolve(root, path)).split(sep)[0] ?? ''));
  return [...new Set(tops)];
}

/** A report cannot send a retest anywhere: only the command line names what lies outside of the root. */
function inside(root: string, path: string, mayAsk: LocateOptions['mayAsk']): string {
  if (isAddress(path)) {
    if (mayAsk(path)) return path;
    throw new UsageError(
      `the report scans ${path}, and a report sends no request to a server that it names; name the paths on the command line (sentinel retest REPORT PATH...), or the server with --allow-host`,
    );
  }
  const now = resolve(root, path);
  if (isWithin(now, root)) return path;
  throw new UsageError(
    `the report scans ${path}, which lies outside of ${root}; name the paths on the command line (sentinel retest REPORT PATH...) or another --root`,
  );
}

export function locate(report: EarlierReport, options: LocateOptions): Located {
  const { paths } = report.run;
  const found = options.root === undefined ? findRoot(report) : givenRoot(options.root);
  if (options.paths.length === 0) {
    const scanned = paths.map((path) => ({ before: path, now: inside(found.root, path, options.mayAsk) }));
    const all = scanned.map((item) => ({
      ...item,
      exists: isAddress(item.now) || exists(resolve(found.root, item.now)),
    }));
    const isSure = found.isSure || all.some((item) => isAbsolute(item.now) && item.exists);
    const nows = all.map((item) => item.now);
    const here = localPaths(nows);
    return { ...found, isSure, scanned: all, untrusted: [...untrusted(found, here), ...here] };
  }
  if (options.paths.length !== paths.length)
    throw new UsageError(
      `the report scans ${paths.length} paths (${paths.join(', ')}); name one for each of them, in this order`,
    );
  const scanned = paths.map((before, i) => {
    const now = options.paths[i] ?? '';
    if (isAddress(now)) return { before, now, exists: true };
    if (!exists(now)) throw new UsageError(`${now}: no such file or folder`);
    const full = resolve(now);
    return { before, now: isWithin(full, found.root) ? relative(found.root, full) || '.' : full, exists: true };
  });
  return { ...found, isSure: true, scanned, untrusted: localPaths(scanned.map((item) => item.now)) };
}

/** `below` an address or a folder that was named. */
function movedTo(now: string, below: string, root: string): string {
  if (!isAddress(now)) return resolve(root, now, below.replace(/^\//, ''));
  const rest = below.replaceAll('\\', '/').replace(/^\//, '');
  return rest === '' || /[:/]$/.test(now) ? `${now}${rest}` : `${now}/${rest}`;
}

/** Where an artifact of the report has to lie now, and the scanned path that it was found through. */
export function whereNow(
  artifact: string,
  located: Located,
): { readonly path: string; readonly through: Located['scanned'][number] } | null {
  const then = fullPath(artifact, located.root);
  for (const through of located.scanned) {
    const base = fullPath(through.before, located.root);
    if (isAddress(base) && (then === base || then.startsWith(/[:/]$/.test(base) ? base : `${base}/`)))
      return { path: movedTo(through.now, then.slice(base.length), located.root), through };
    if (!isAddress(base) && !isAddress(then) && isWithin(then, base))
      return { path: movedTo(through.now, relative(base, then), located.root), through };
  }
  return null;
}
