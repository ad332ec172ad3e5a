import type { ArchivePathProblem } from '../../model/fact.js';

export interface EntryPathProblem {
  readonly problem: ArchivePathProblem;
  readonly detail: string;
}

/** A name may be 64 KiB in a zip and any length in a tar; people need only its beginning. */
const SHOWN_NAME = 160;

/** An entry's name for a sentence: quoted and cut. Control characters are escaped by the reporters. */
export function quoteName(name: string): string {
  return name.length > SHOWN_NAME ? `'${name.slice(0, SHOWN_NAME)}…' (${name.length} characters)` : `'${name}'`;
}

/** `..` climbs above the folder into which the archive is unpacked (CWE-22). `a/../b` stays inside, so it is no problem. */
function climbsOut(name: string, separator: string | RegExp): boolean {
  let depth = 0;
  for (const part of name.split(separator)) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Without any of these a name is a path below its folder. */
const MAY_LEAD_OUT = /\0|^[/\\]|\.\.|^[A-Za-z]:/;

/**
 * How an entry's name leaves the folder into which someone unpacks it.
 *
 * Decisions: a backslash counts only where it changes where the file lands on Windows, since zips written there by
 * older tools separate with backslashes throughout. A letter and a colon are a drive only when a separator or `..`
 * follows: `np.savez` of TensorFlow variables honestly writes names such as `w:0.npy`.
 */
export function entryPathProblems(name: string): readonly EntryPathProblem[] {
  if (!MAY_LEAD_OUT.test(name)) return [];
  const problems: EntryPathProblem[] = [];
  if (name.includes('\0')) {
    problems.push({ problem: 'nul-byte', detail: 'the name holds a NUL byte: some readers stop there, others do not' });
  }
  if (name.startsWith('/')) {
    problems.push({ problem: 'absolute', detail: 'the name is an absolute path' });
  } else if (name.startsWith('\\\\')) {
    problems.push({ problem: 'absolute', detail: 'the name is a network path of Windows' });
  }
  const drive = /^[A-Za-z]:(?=[\\/]|\.\.)/.test(name);
  if (drive) problems.push({ problem: 'drive-letter', detail: 'the name begins with a drive of Windows' });
  if (climbsOut(name, '/')) {
    problems.push({ problem: 'parent-directory', detail: 'the name climbs out of its folder with ..' });
  } else if (climbsOut(name, /[\\/]/)) {
    problems.push({ problem: 'backslash', detail: 'on Windows the name climbs out of its folder with ..\\' });
  } else if (name.startsWith('\\') && !name.startsWith('\\\\')) {
    problems.push({ problem: 'backslash', detail: 'on Windows the name is an absolute path' });
  }
  return problems;
}

function isRooted(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:[\\/])/.test(path);
}

/**
 * Where a link leads when that lies outside, as a sentence, or null. A symbolic link is followed from its own folder,
 * a hard link from the archive's root (POSIX pax, "linkname").
 */
export function linkEscape(name: string, target: string, kind: 'symlink' | 'hardlink'): string | null {
  if (isRooted(target)) return `the link leads to the absolute path ${quoteName(target)}`;
  const folder = kind === 'symlink' ? name.slice(0, name.lastIndexOf('/') + 1) : '';
  if (climbsOut(folder + target, /[\\/]/)) return `the link leads out of its folder: ${quoteName(target)}`;
  return null;
}

/** The name without `.`, empty parts and resolvable `..`: two entries with the same one land on the same file. */
export function normalEntryName(name: string): string {
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(name)) return name;
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
