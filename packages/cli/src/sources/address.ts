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
 * stands as it is. In addresses of the Hub, of buckets and of registries, a query is none: names have these characters.
 */
export function shownAddress(named: string): string {
  if (!isAddress(named) || /^hf(?:-cache)?:/i.test(named)) return named;
  const plain = /^(?:s3|gs|oci):/i.test(named) ? named : named.replace(/[?#].*$/s, '');
  return plain.replace(/^([^/]*\/\/)[^/]*@/, '$1');
}

/** What was named on this machine. */
export function localPaths(named: readonly string[]): string[] {
  return named.filter((path) => !isAddress(path));
}
