import { resolve } from 'node:path';

/** Whether what was named is the address of a source, and no path of this machine. */
export function isAddress(named: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:\/\/|hf-cache:)/i.test(named);
}

/** An absolute path, or an address as it stands. */
export function fullPath(path: string, from = process.cwd()): string {
  return isAddress(path) ? path : resolve(from, path);
}

/**
 * An address as reports and messages have it: without user, password, query and fragment, which may be secrets. Anything else
 * stands as it is; so do addresses of the Hub, in whose file names these characters are plain.
 */
export function shownAddress(named: string): string {
  if (!isAddress(named) || /^hf(?:-cache)?:/i.test(named)) return named;
  return named.replace(/[?#].*$/s, '').replace(/^([^/]*\/\/)[^/]*@/, '$1');
}

/** What was named on this machine. */
export function localPaths(named: readonly string[]): string[] {
  return named.filter((path) => !isAddress(path));
}
