import type { ByteSource } from './source.js';

/** Bytes of a count or a size. */
const COUNT_BYTES = 8;
/** Counts that are kept (CWE-770): half a megabyte. */
const MAX_COUNTS = 4096;

/**
 * A source that remembers the counts read from it, each of eight bytes: two analyses follow the same row of storages, and
 * each read costs what two hundred opcodes do.
 */
export function rememberingCounts(source: ByteSource): ByteSource {
  const counts = new Map<number, Uint8Array>();
  const keep = (offset: number, bytes: Uint8Array): Uint8Array => {
    if (bytes.length === COUNT_BYTES && counts.size < MAX_COUNTS) counts.set(offset, bytes.slice());
    return bytes;
  };
  return {
    // Of a decoder it is known at the end only.
    get size() {
      return source.size;
    },
    immediate: source.immediate,
    read(offset, length) {
      if (length !== COUNT_BYTES) return source.read(offset, length);
      const known = counts.get(offset);
      if (known !== undefined) return known;
      const bytes = source.read(offset, length);
      return bytes instanceof Promise ? bytes.then((read) => keep(offset, read)) : keep(offset, bytes);
    },
  };
}
