import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { isSystemError, shownName, systemReason } from '@artifact-sentinel/core/node/internal';
import {
  hubHome,
  hubName,
  parseHubAddress,
  SourceError,
  type HubAddress,
  type RepositoryKind,
  type SourceProblem,
} from '@artifact-sentinel/sources';
import { MAX_REFERENCE_BYTES } from './limits.js';

/** A file of the cache: where it lies, and how reports name it. */
export interface CachedFile {
  readonly kind: 'file';
  /** `hf-cache:org/name@COMMIT/path`, or with `hf://` where it stands for what the Hub has. */
  readonly name: string;
  /** As `pathOf` of the core takes it. */
  readonly at: string;
  readonly size: number;
}

export interface CacheOptions {
  readonly variable: (name: string) => string | undefined;
  /** How names begin: `hf-cache:` unless given. */
  readonly scheme?: 'hf-cache:' | 'hf://';
}

interface Snapshot {
  readonly kind: RepositoryKind;
  readonly repository: string;
  readonly commit: string;
  /** The folder of the repository, in which all links have to end. */
  readonly folder: string;
}

const COMMIT = /^[0-9a-f]{40,64}$/;
const FOLDER = /^(models|datasets|spaces)--(.+)$/;

/** Whether an address means the local cache of the Hub. */
export function isCacheAddress(address: string): boolean {
  return /^hf-cache:/i.test(address);
}

/**
 * The files of the local cache of the Hub: `KIND--NAMESPACE--NAME/snapshots/COMMIT/PATH`, each of them a link to a blob.
 * `hf-cache:` is all of it; an address as for `hf://` behind it names a part. Each blob comes once for each name that a file
 * has, under its first snapshot.
 */
export function* cachedFiles(address: string, options: CacheOptions): Generator<CachedFile | SourceProblem> {
  const named = wantedOf(address);
  // What stands for the Hub has one revision, as there.
  const wanted =
    named !== null && options.scheme === 'hf://' ? { ...named, revision: named.revision ?? 'main' } : named;
  const cache = cacheFolder(options.variable);
  const snapshots = snapshotsIn(cache, wanted, address);
  const seen = new Set<string>();
  let count = 0;
  for (const snapshot of snapshots) {
    for (const item of filesOf(snapshot, wanted?.path ?? '', options.scheme ?? 'hf-cache:')) {
      count += 1;
      const key = item.kind === 'file' ? `${item.at} ${basename(item.name)}` : null;
      if (key !== null && seen.has(key)) continue;
      if (key !== null) seen.add(key);
      yield item.kind === 'file' ? { kind: 'file', name: item.name, at: shownName(item.at), size: item.size } : item;
    }
  }
  if (count === 0 && wanted !== null && wanted.path !== '')
    throw new SourceError('not-found', `${address}: the cache has no ${wanted.path} of this repository`);
}

function wantedOf(address: string): HubAddress | null {
  const rest = address.replace(/^(?:hf-cache:|hf:\/\/)/i, '');
  return rest === '' ? null : parseHubAddress(`hf://${rest}`);
}

function cacheFolder(variable: CacheOptions['variable']): string {
  for (const name of ['HF_HUB_CACHE', 'HUGGINGFACE_HUB_CACHE']) {
    const named = variable(name);
    if (named !== undefined && named !== '') return named;
  }
  const home = hubHome(variable);
  if (home === null) throw new SourceError('usage', 'no folder of the cache is known: set HF_HOME or HF_HUB_CACHE');
  return join(home, 'hub');
}

function snapshotsIn(cache: string, wanted: HubAddress | null, address: string): Snapshot[] {
  if (wanted !== null) {
    const { kind, repository, revision } = wanted;
    const folder = join(cache, `${kind}--${repository.replaceAll('/', '--')}`);
    if (!isFolder(folder)) throw new SourceError('not-found', `${address}: the cache has no such repository`);
    const all = commitsOf(folder).map((commit) => ({ kind, repository, commit, folder }));
    if (revision === null) return all;
    const commit = COMMIT.test(revision) ? revision : referenced(folder, revision);
    const found = all.filter((snapshot) => snapshot.commit === commit);
    if (found.length > 0) return found;
    throw new SourceError('not-found', `${address}: the cache has no revision ${revision} of this repository`);
  }
  if (!isFolder(cache)) throw new SourceError('not-found', `${address}: there is no cache in ${cache}`);
  return list(cache).flatMap(({ name }) => {
    const match = FOLDER.exec(name);
    const folder = join(cache, name);
    if (match === null || !isFolder(folder)) return [];
    const kind = match[1] as RepositoryKind;
    const repository = (match[2] ?? '').split('--').join('/');
    return commitsOf(folder).map((commit) => ({ kind, repository, commit, folder }));
  });
}

/** The snapshots, that of `refs/main` first. */
function commitsOf(folder: string): string[] {
  const snapshots = join(folder, 'snapshots');
  const names = isFolder(snapshots) ? list(snapshots).map(({ name }) => name) : [];
  const main = referenced(folder, 'main');
  return names.toSorted((a, b) => Number(b === main) - Number(a === main));
}

/** The commit in `refs/NAME`; null where there is none. */
function referenced(folder: string, revision: string): string | null {
  if (revision.split('/').some((part) => part === '' || part === '.' || part === '..')) return null;
  const file = join(folder, 'refs', revision);
  try {
    if (statSync(file).size > MAX_REFERENCE_BYTES) return null;
    const commit = readFileSync(file, 'utf8').trim();
    return COMMIT.test(commit) ? commit : null;
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

function* filesOf(snapshot: Snapshot, within: string, scheme: string): Generator<CachedFile | SourceProblem> {
  const { folder, commit } = snapshot;
  const root = realpathSync(folder);
  const top = join(folder, 'snapshots', commit);
  const name = (path: string): string => hubName(snapshot, commit, path).replace('hf://', scheme);
  const waiting: string[] = [''];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = path === '' ? 'folder' : resolved(join(top, path), root);
    if (typeof entry === 'object' && 'problem' in entry) {
      if (isWanted(path, within)) yield { kind: 'problem', name: name(path), reason: entry.problem };
    } else if (entry === 'folder') {
      const names = list(join(top, path)).map((item) => item.name);
      // The last one is taken first.
      for (const item of names.toReversed()) waiting.push(path === '' ? item : `${path}/${item}`);
    } else if (isWanted(path, within)) yield { kind: 'file', name: name(path), at: entry.at, size: entry.size };
  }
}

function isWanted(path: string, within: string): boolean {
  return within === '' || path === within || path.startsWith(`${within}/`);
}

/** What lies there. A link may lead to what lies in the folder of its repository only, and to no folder. */
function resolved(file: string, root: string): 'folder' | { at: string; size: number } | { problem: string } {
  try {
    if (lstatSync(file).isDirectory()) return 'folder';
    const at = realpathSync(file);
    if (!at.startsWith(root + sep)) return { problem: 'a link that leads out of the cache of its repository' };
    const stats = statSync(at);
    return stats.isFile() ? { at, size: stats.size } : { problem: 'it is no file' };
  } catch (error) {
    if (isSystemError(error)) return { problem: `it cannot be opened: ${systemReason(error)}` };
    throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** By their bytes, as a local walk. */
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) =>
      Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
    );
  } catch (error) {
    if (isSystemError(error)) throw new SourceError('unreachable', `${folder}: ${systemReason(error)}`);
    throw error;
  }
}
