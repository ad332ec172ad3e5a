import { BLOB_READS, type ReadProfile } from './read-profile.js';

/** Bytes from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Random access to bytes that may lie in memory, a file, a Blob, behind a decoder or behind HTTP ranges.
 * Nothing in Sentinel asks for "the whole file".
 */
export interface ByteSource {
  /** Size in bytes; Infinity while a decoder has not reached its end. */
  readonly size: number;
  /** Set where `read` never gives a promise (memory, files): code that wants only bytes at hand may then call it. */
  readonly immediate?: boolean | undefined;
  /** What a read costs. `collect` reads such a source through pages; absent where a read costs nothing (memory). */
  readonly profile?: ReadProfile | undefined;
  /**
   * Set where records may be left unread that only repeat what others say. Such records are reported (`Unread`);
   * docs/remote-sources.md lists them.
   */
  readonly selective?: boolean | undefined;
  /** Where its bytes come from, if that is another source. */
  readonly within?: Within | undefined;
  /**
   * The bytes at `offset`, at most `length` of them: fewer only at the end of the source. Synchronous where the
   * bytes are at hand (memory, files), so that hot loops need not wait a turn; callers `await` the result.
   * The returned array is only to be read, and only until the next call.
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
  /**
   * Says which ranges will be read next, so that they are asked for together. It changes no answer: a range that cannot
   * be had is a fault of the read that wants it. Callers wait for it before they read. The ranges are ignored
   * where nothing is gained by it.
   */
  prefetch?(ranges: Iterable<ByteRange>): void | Promise<void>;
}

/** Where the bytes of a source begin in another one; `packed`: they are decoded from so many bytes there. */
export interface Within {
  readonly source: ByteSource;
  readonly start: number;
  readonly packed?: number;
}

export const EMPTY = new Uint8Array(0);

export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    immediate: true,
    read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, bytes.length)),
  };
}

/** A Blob or File of a browser (or of Node). */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    profile: BLOB_READS,
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** A range of another source. A range that leaves its parent is cut at the parent's end. */
export function sliceSource(parent: ByteSource, start: number, length: number): ByteSource {
  return new SliceSource(parent, start, Math.max(0, Math.min(length, parent.size - start)));
}

class SliceSource implements ByteSource {
  readonly size: number;
  readonly immediate: boolean | undefined;
  readonly selective: boolean | undefined;
  readonly within: Within;

  constructor(parent: ByteSource, start: number, size: number) {
    this.size = size;
    this.immediate = parent.immediate;
    this.selective = parent.selective;
    this.within = { source: parent, start };
  }

  read(offset: number, wanted: number): Uint8Array | Promise<Uint8Array> {
    if (offset >= this.size) return EMPTY;
    return this.within.source.read(this.within.start + offset, Math.min(wanted, this.size - offset));
  }

  prefetch(ranges: Iterable<ByteRange>): void | Promise<void> {
    return this.within.source.prefetch?.(this.#inParent(ranges));
  }

  *#inParent(ranges: Iterable<ByteRange>): Generator<ByteRange> {
    for (const { start, end } of ranges)
      yield { start: this.within.start + Math.max(0, start), end: this.within.start + Math.min(end, this.size) };
  }
}
