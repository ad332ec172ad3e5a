import { isRecord } from '../model/record.js';
import { isFilePath } from './address.js';

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
