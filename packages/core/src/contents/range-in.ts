import type { ByteSource } from '../bytes/source.js';

export interface Range {
  readonly start: number;
  /** Behind it. */
  readonly end: number;
}

/** Where the bytes of a source lie in `root`, or the packed bytes that they are decoded from; null where that is no range. */
export function rangeIn(source: ByteSource, root: ByteSource): (Range & { readonly packed: boolean }) | null {
  let start = 0;
  let end = source.size;
  let packed = false;
  for (let at = source; at !== root;) {
    const { within } = at;
    if (within === undefined) return null;
    packed ||= within.packed !== undefined;
    end = within.packed === undefined ? within.start + end : within.start + within.packed;
    start = within.packed === undefined ? within.start + start : within.start;
    at = within.source;
  }
  return { start, end: Math.min(end, root.size), packed };
}
