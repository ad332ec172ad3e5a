import { isFilePath } from './address.js';
import { isRecord } from './api.js';

/** A file as a listing has it. */
export interface ListedFile {
  readonly path: string;
  readonly size: number;
  /** Of files behind LFS or Xet; null of others. */
  readonly sha256: string | null;
}

/** What a listing has besides. */
export interface Refused {
  /** As it stands there, for people. */
  readonly path: string;
  readonly reason: string;
}

export type ListedItem = ListedFile | Refused;

export function isRefused(item: ListedItem): item is Refused {
  return 'reason' in item;
}

/** One entry of a listing; null for a folder. `within`: the folder that was asked for, or ''. */
export function readEntry(value: unknown, within: string): ListedItem | null {
  if (!isRecord(value)) return { path: '', reason: 'the listing has an entry that is none' };
  const { type, path, size, lfs } = value;
  if (typeof path !== 'string') return { path: '', reason: 'the listing has an entry without a name' };
  if (type === 'directory') return null;
  if (type !== 'file') return { path, reason: 'the listing says that it is neither a file nor a folder' };
  if (!isFilePath(path)) return { path, reason: 'no file of a repository can have this name' };
  if (within !== '' && path !== within && !path.startsWith(`${within}/`))
    return { path, reason: `the listing of ${within} names it, and it lies elsewhere` };
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    return { path, reason: 'the listing does not say how large it is' };
  const oid = isRecord(lfs) ? lfs['oid'] : undefined;
  return { path, size, sha256: typeof oid === 'string' && /^[0-9a-f]{64}$/.test(oid) ? oid : null };
}

/** The order of a local walk: folder by folder, names by their bytes. */
export function inOrder<T extends { readonly path: string }>(items: readonly T[]): T[] {
  const encoder = new TextEncoder();
  const keyed = items.map((item) => ({ item, key: encoder.encode(item.path) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
}

const SLASH = 0x2f;

function compare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [left = 0, right = 0] = [a[i], b[i]];
    if (left === right) continue;
    // What lies in a folder comes before a name that only begins like it.
    if (left === SLASH) return -1;
    return right === SLASH ? 1 : left - right;
  }
  return a.length - b.length;
}
