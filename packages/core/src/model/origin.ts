/**
 * Where the bytes of a member come from.
 * - `artifact`: they are the file.
 * - `entry`: a container gives them: an entry of an archive, what compressed data unpack to, one of several archives in a row.
 * - `gap`: no entry of the container claims them.
 * - `tail`: they lie behind the end of something.
 * - `embedded`: a byte string of a pickle.
 * - `text`: written in a text as base64.
 * - `storage`: the numbers of a tensor.
 */
export type Whence = 'artifact' | 'entry' | 'gap' | 'tail' | 'embedded' | 'text' | 'storage';

/**
 * Who is known to read them there.
 * - `by-name`: a program that takes files of such a name, or the format that holds them.
 * - `pandas`: `read_pickle`, which unpickles the only entry of an archive, under any name.
 * - `torchscript`: PyTorch's own compiler; no Python runs them.
 * - `holder`: the pickle that holds them gives them to a loader.
 * - `program`: the program that loads the pickle gets them, and may do anything with them.
 * - `nobody`
 */
export type KnownReader = 'by-name' | 'pandas' | 'torchscript' | 'holder' | 'program' | 'nobody';

export interface Origin {
  readonly from: Whence;
  readonly reader: KnownReader;
  /** The container ends before the entry does: bytes behind its pickle do not belong to the entry. */
  readonly isCut?: true;
}

export const ARTIFACT: Origin = { from: 'artifact', reader: 'by-name' };
export const ENTRY: Origin = { from: 'entry', reader: 'by-name' };
export const GAP: Origin = { from: 'gap', reader: 'nobody' };
export const TAIL: Origin = { from: 'tail', reader: 'nobody' };
export const IN_TEXT: Origin = { from: 'text', reader: 'nobody' };
export const STORAGE: Origin = { from: 'storage', reader: 'nobody' };

/** The same bytes, read as nobody is known to read them there. */
export function unread(origin: Origin): Origin {
  return { ...origin, reader: 'nobody' };
}

/** What lies in bytes of this origin and belongs to their format: nobody reads it where nobody reads them. */
export function within(origin: Origin): Origin {
  return isUnread(origin) ? unread(ENTRY) : ENTRY;
}

/** Nobody is known to read them there: honest bytes may be anything. */
export function isUnread({ reader }: Origin): boolean {
  return reader === 'nobody';
}

/** No loader is known to be given them as they are, though the program that loads what holds them may give them to one. */
export function isUnloaded(origin: Origin): boolean {
  return isUnread(origin) || origin.reader === 'program';
}
