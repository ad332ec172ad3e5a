import { dirname, join, relative, resolve } from 'node:path';
import { UsageError, type Checkout } from '@artifact-sentinel/core/internal';
import { isFolder } from './trust-boundary.js';
import { LARGEST_GIT_FILE } from '../limits.js';
import { readBytes } from '../retest/read-json.js';

function readText(file: string): string | null {
  try {
    return readBytes(file, 'checkout', LARGEST_GIT_FILE).toString('utf8');
  } catch (error) {
    // A checkout is named where there is one; without it nothing is missing.
    if (error instanceof UsageError) return null;
    throw error;
  }
}

interface GitFolders {
  /** The folder that is checked out. */
  readonly root: string;
  /** `.git`, or where a linked worktree keeps its own part of it. */
  readonly own: string;
  /** What all worktrees share. */
  readonly shared: string;
}

/** gitrepository-layout(5): `.git` is a folder, or a file that says where the folder is. */
function gitFoldersOf(root: string): GitFolders | null {
  const dotGit = join(root, '.git');
  const named = isFolder(dotGit) ? '.git' : /^gitdir: (.+)$/m.exec(readText(dotGit) ?? '')?.[1]?.trim();
  if (named === undefined) return null;
  const own = resolve(root, named);
  const common = readText(join(own, 'commondir'))?.trim();
  return { root, own, shared: common === undefined || common === '' ? own : resolve(own, common) };
}

function findGitFolders(cwd: string): GitFolders | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const git = gitFoldersOf(folder);
    if (git !== null) return git;
    if (folder === dirname(folder)) return null;
  }
}

const REVISION = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Names that git-check-ref-format(1) allows lead nowhere else; of those, the ones below refs/ that are plain. */
const REFERENCE = /^refs\/(?!.*\.\.)[\w./@+-]+$/;

function revisionOf(git: GitFolders, reference: string): string | null {
  for (const folder of [git.own, git.shared]) {
    const loose = readText(join(folder, reference))?.trim();
    if (loose !== undefined && REVISION.test(loose)) return loose;
  }
  const packed = readText(join(git.shared, 'packed-refs')) ?? '';
  const line = packed.split('\n').find((item) => item.endsWith(` ${reference}`));
  const revision = line?.slice(0, line.indexOf(' ')) ?? '';
  return REVISION.test(revision) ? revision : null;
}

/** The address of the remote `origin`, as git-config(1) writes it; includes and rewritten addresses are not followed. */
function originOf(config: string): string | null {
  let isOrigin = false;
  for (const raw of config.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('[') && line.endsWith(']')) isOrigin = /^\[remote\s+"origin"\]$/i.test(line);
    const equals = line.indexOf('=');
    if (!isOrigin || equals < 0 || line.slice(0, equals).trim().toLowerCase() !== 'url') continue;
    return line
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/s, '$1');
  }
  return null;
}

/** As a URI without user, password, query and fragment: they may be secrets. Null for a folder of this machine. */
export function publicAddress(remote: string): string | null {
  // One letter before a colon is a drive.
  const scp = /^(?:[^@/\s]+@)?([\w.-]{2,}):(?!\/\/)(.+)$/.exec(remote);
  const address = scp === null ? remote : `ssh://${scp[1] ?? ''}/${scp[2] ?? ''}`;
  if (!/^(?:https?|ssh|git):\/\//.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href;
}

/** The checkout around the working folder, read from its files; null where it is none or has no public remote. */
export function readCheckout(cwd: string): Checkout | null {
  const git = findGitFolders(cwd);
  if (git === null) return null;
  const repositoryUri = publicAddress(originOf(readText(join(git.shared, 'config')) ?? '') ?? '');
  if (repositoryUri === null) return null;
  const head = (readText(join(git.own, 'HEAD')) ?? '').trim();
  const reference = /^ref: (.+)$/.exec(head)?.[1] ?? null;
  const isPlain = reference !== null && REFERENCE.test(reference);
  const revision = isPlain ? revisionOf(git, reference) : REVISION.test(head) ? head : null;
  return {
    repositoryUri,
    revision,
    branch: isPlain && reference.startsWith('refs/heads/') ? reference.slice('refs/heads/'.length) : null,
    above: relative(cwd, git.root).replaceAll('\\', '/'),
  };
}
