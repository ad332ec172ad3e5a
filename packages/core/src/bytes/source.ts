/**
 * Random access to bytes that may lie in memory, a file, a Blob, behind a decoder or, later, behind HTTP ranges.
 * Nothing in Sentinel asks for "the whole file".
 */
export interface ByteSource {
  /** Size in bytes; Infinity while a decoder has not reached its end. */
  readonly size: number;
  /** Set where `read` never gives a promise (memory, files): whoever only looks for what is at hand may ask then. */
  readonly immediate?: boolean | undefined;
  /**
   * The bytes at `offset`, at most `length` of them: fewer only at the end of the source. Synchronous where the
   * bytes are at hand (memory, files), so that hot loops need not wait a turn; callers `await` the result.
   * The returned array is only to be read, and only until the next call.
   */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
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
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** A range of another source. A range that leaves its parent is cut at the parent's end. */
export function sliceSource(parent: ByteSource, start: number, length: number): ByteSource {
  const size = Math.max(0, Math.min(length, parent.size - start));
  return {
    size,
    immediate: parent.immediate,
    read: (offset, wanted) => (offset >= size ? EMPTY : parent.read(start + offset, Math.min(wanted, size - offset))),
  };
}
