import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pathOf, shownBytes } from '@artifact-sentinel/core/node/internal';
import { isSystemError } from '../system-error.js';

export const POLICY_NAME = 'sentinel-policy.yml';
/** What people write as well. It is not read: two names in one folder would be two policies. */
const OTHER_NAME = 'sentinel-policy.yaml';

export function real(path: string): string {
  return realOrNull(path) ?? resolve(path);
}

export function realOrNull(path: string): string | null {
  try {
    // The native one knows how names are written where case does not count.
    return shownBytes(realpathSync.native(pathOf(path), { encoding: 'buffer' }));
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(pathOf(path)).isDirectory();
  } catch (error) {
    // A path without a status is reported when it is read.
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** True for a link that leads nowhere as well: reading it says so, where passing over it would lose a policy. */
export function isThere(file: string): boolean {
  try {
    return lstatSync(pathOf(file), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function* upward(start: string): Generator<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** The identity of the file or folder behind a path: one folder may have several names. */
function identityOf(path: string): string | null {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined || stats.ino === 0n ? null : `${stats.dev}:${stats.ino}`;
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

/**
 * Files and folders, and all that lies in them: by name and by identity, since upper case, short names and
 * mounts make several names of one folder. Each folder is asked for once.
 */
class Areas {
  readonly #paths = new Set<string>();
  readonly #identities = new Set<string>();
  readonly #known = new Map<string, string | null>();

  /** `path`: resolved through symbolic links. */
  add(path: string): void {
    if (this.#paths.has(path)) return;
    this.#paths.add(path);
    const identity = this.#identity(path);
    if (identity !== null) this.#identities.add(identity);
  }

  /** True for what is one of them, or lies in one. */
  contain(path: string): boolean {
    for (const at of upward(path)) {
      if (this.#paths.has(at)) return true;
      const identity = this.#identity(at);
      if (identity !== null && this.#identities.has(identity)) return true;
    }
    return false;
  }

  #identity(path: string): string | null {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const identity = identityOf(path);
    this.#known.set(path, identity);
    return identity;
  }
}

/** The checkout around the working folder, if any. */
function repositoryRoot(cwd: string): string | null {
  for (const folder of upward(cwd)) if (existsSync(pathOf(join(folder, '.git')))) return folder;
  return null;
}

interface Above {
  readonly own: string | null;
  readonly foreign: readonly string[];
  readonly misnamed: readonly string[];
}

/** What decides whether a file came with the scanned files, resolved through symbolic links. */
export class TrustBoundary {
  readonly #repository: string | null;
  readonly #scanned = new Areas();
  readonly #trustsTree: boolean;
  readonly #trusted = new Map<string, boolean>();

  /** `trustsTree`: policies in what is scanned are the user's own, who says so. */
  constructor(paths: readonly string[], trustsTree: boolean) {
    const cwd = real('.');
    const working = new Set<string>();
    for (const folder of upward(cwd)) {
      working.add(folder);
      const identity = identityOf(folder);
      if (identity !== null) working.add(identity);
    }
    for (const path of paths) this.#scan(real(path), working);
    this.#trustsTree = trustsTree;
    // A `.git` in what is scanned says nothing: it came with it.
    const root = repositoryRoot(cwd);
    this.#repository = root !== null && this.#isOutside(root) ? root : null;
  }

  /** Policies above one scanned path: those that came with it, the nearest one of the user, and files that are none. */
  policiesAbove(path: string): Above {
    const target = real(path);
    const foreign: string[] = [];
    const misnamed: string[] = [];
    for (const folder of upward(isFolder(target) ? target : dirname(target))) {
      const file = join(folder, POLICY_NAME);
      const other = join(folder, OTHER_NAME);
      if (isThere(other)) misnamed.push(other);
      if (isThere(file)) {
        if (this.#trustsTree || this.cameFromElsewhere(file)) return { own: file, foreign, misnamed };
        foreign.push(file);
      }
      if (folder === this.#repository) break;
    }
    return { own: null, foreign, misnamed };
  }

  /**
   * False for a file that lies in what is scanned: it came with it. Beside a single scanned file it may have been
   * downloaded with it, unless the user works there. Where it is a link, the file behind it has to lie outside as well.
   */
  cameFromElsewhere(file: string): boolean {
    const full = resolve(file);
    const known = this.#trusted.get(full);
    if (known !== undefined) return known;
    const names = [full, real(dirname(full)), real(full)];
    const trusted = names.every((name) => this.#isOutside(name));
    this.#trusted.set(full, trusted);
    return trusted;
  }

  /** What is scanned; `working`: the working folder and those above it, by name and by identity. */
  #scan(target: string, working: ReadonlySet<string>): void {
    this.#scanned.add(target);
    if (isFolder(target)) return;
    const folder = dirname(target);
    if (!working.has(folder) && !working.has(identityOf(folder) ?? folder)) this.#scanned.add(folder);
  }

  #isOutside(path: string): boolean {
    return !this.#scanned.contain(path);
  }
}

/** True for a file that lies outside of what is scanned. */
export function cameFromElsewhere(file: string, paths: readonly string[]): boolean {
  return new TrustBoundary(paths, false).cameFromElsewhere(file);
}

/** What is known about one folder of a walk. */
interface Below {
  /** Through the links of the command line, and none of those that lie in the tree; null outside of what is scanned. */
  readonly folder: string | null;
  /** Policies that came with what lies here. */
  readonly foreign: readonly string[];
}

/** The folders of a walk, in its order, with the policies in them. */
export class ScannedTree {
  readonly #roots = new Map<string, Below>();
  readonly #known = new Map<string, Below>();
  readonly #own: string | null;
  /** The folder that was asked for last, as the path has it. */
  #last: { readonly folder: string; readonly foreign: readonly string[] } | null = null;

  /** `roots`: the scanned paths, with the policies that came with each. `own`: the user's. */
  constructor(roots: ReadonlyMap<string, readonly string[]>, own: string | null) {
    this.#own = own;
    for (const [path, foreign] of roots) {
      const full = resolve(path);
      const isOne = isFolder(full);
      const key = isOne ? full : dirname(full);
      const before = this.#roots.get(key)?.foreign ?? [];
      this.#roots.set(key, { folder: real(key), foreign: [...new Set([...before, ...foreign])] });
    }
  }

  /** Policies that came with the artifact: in its folder and those above it. */
  foreign(path: string): readonly string[] {
    // Files come folder by folder.
    const folder = path.slice(0, path.lastIndexOf(sep) + 1);
    if (folder === '' || folder !== this.#last?.folder)
      this.#last = { folder, foreign: this.#below(dirname(resolve(path))).foreign };
    return this.#last.foreign;
  }

  /** The names that an artifact goes by: as the walk came to it, and behind the links of the tree. */
  policyPaths(path: string): (string | null)[] {
    const full = resolve(path);
    const { folder } = this.#below(dirname(full));
    const behind = realOrNull(full);
    return [join(folder ?? dirname(full), basename(full)), behind].map((name) =>
      name === null ? null : slashes(name),
    );
  }

  #below(folder: string): Below {
    // The folders above that are not known yet, the highest last.
    const unknown: string[] = [];
    let above: Below | undefined;
    for (let at = folder; ; at = dirname(at)) {
      above = this.#known.get(at);
      if (above !== undefined) break;
      unknown.push(at);
      if (dirname(at) === at) break;
    }
    let below: Below = above ?? { folder: null, foreign: [] };
    for (const at of unknown.toReversed()) below = this.#within(at, below);
    return below;
  }

  #within(folder: string, above: Below): Below {
    const root = this.#roots.get(folder);
    let below: Below = { folder: root?.folder ?? null, foreign: root?.foreign ?? [] };
    if (above.folder !== null) {
      const at = root?.folder ?? join(above.folder, basename(folder));
      const file = join(at, POLICY_NAME);
      const here = isThere(join(folder, POLICY_NAME)) && file !== this.#own ? [file] : [];
      below = { folder: at, foreign: [...new Set([...above.foreign, ...below.foreign, ...here])] };
    }
    this.#known.set(folder, below);
    return below;
  }
}

/** As the globs of a policy see it. */
export function slashes(path: string): string {
  const forward = sep === '/' ? path : path.replaceAll(sep, '/');
  return forward.replace(/\/$/, '');
}
