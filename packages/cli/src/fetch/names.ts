import { LONGEST_NAME, LONGEST_PATH } from '../limits.js';
import { LOCK_NAME } from '../lock/file.js';

/** Names that Windows gives to devices, in any folder and with any ending. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Why a file of a source cannot be written under its name; null where it can. The names are a stranger's: none of them may
 * lead out of the folder, on any system, and none may be read as another one.
 */
export function nameProblem(path: string, platform: NodeJS.Platform = process.platform): string | null {
  if (Buffer.byteLength(path) > LONGEST_PATH) return 'its name is longer than a path can be';
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') return 'its name has an empty part, . or ..';
    if (Buffer.byteLength(segment) > LONGEST_NAME) return 'a part of its name is longer than file systems take';
    // Control characters, line breaks, directions of writing, halves of characters.
    if (/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(segment)) return 'its name has control characters';
    if (segment.includes('\\')) return 'its name has a backslash, which Windows takes for a slash';
    if (platform === 'win32' && (/[<>:"|?*]/.test(segment) || /[. ]$/.test(segment) || DEVICES.test(segment)))
      return 'Windows has another meaning for its name';
  }
  return null;
}

/** A file that is fetched, as far as names go. */
interface Named {
  readonly path: string;
}

/** What is wrong with the names of all files together, one line for each. */
export function nameProblems(files: readonly Named[], platform: NodeJS.Platform = process.platform): string[] {
  const problems: string[] = [];
  const ignoresCase = platform === 'win32' || platform === 'darwin';
  const keyOf = (path: string): string => (ignoresCase ? path.normalize('NFC').toLowerCase() : path);
  const keys = new Set<string>();
  const folders = new Set<string>();
  for (const { path } of files) {
    const problem = nameProblem(path, platform);
    if (problem !== null) problems.push(`${path}: ${problem}`);
    else if (keyOf(path) === keyOf(LOCK_NAME)) problems.push(`${path}: the lock has this name`);
    const key = keyOf(path);
    if (keys.has(key)) problems.push(`${path}: another file has this name${ignoresCase ? ', but for its case' : ''}`);
    keys.add(key);
    for (let slash = key.indexOf('/'); slash !== -1; slash = key.indexOf('/', slash + 1))
      folders.add(key.slice(0, slash));
  }
  for (const { path } of files) if (folders.has(keyOf(path))) problems.push(`${path}: a folder has this name as well`);
  return problems;
}
