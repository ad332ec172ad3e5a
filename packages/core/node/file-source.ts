import { closeSync, fstatSync, openSync, readSync, constants, type Stats } from 'node:fs';
import { InputError, type ByteSource } from '@sentinel/core';

/** A regular file, read synchronously: a window takes microseconds, and no turn of the event loop is lost. */
export interface FileSource extends ByteSource {
  /** Closes it; says in words what changed since it was opened, or null. */
  close(): string | null;
}

/**
 * Opens a file for reading. O_NONBLOCK keeps a FIFO that replaced the file meanwhile from blocking the scan; what is
 * no regular file is refused by the caller, who gets the descriptor's own status.
 */
export function openFile(path: string | Buffer): { readonly source: FileSource; readonly stats: Stats } {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const before = fstatSync(descriptor);
  // Reused: a result holds only until the next call (see ByteSource).
  let scratch: Uint8Array | null = null;
  const room = (wanted: number): Uint8Array => {
    if (scratch === null || scratch.length < wanted)
      scratch = scratchOf(Math.max(wanted, Math.min(SMALLEST_SCRATCH, before.size)));
    return scratch;
  };
  let opened = true;
  const source: FileSource = {
    size: before.size,
    immediate: true,
    read(offset, length) {
      const wanted = Math.min(length, Math.max(0, before.size - offset));
      if (wanted <= 0) return new Uint8Array(0);
      const buffer = room(wanted);
      let have = 0;
      while (have < wanted) {
        const got = readChunk(descriptor, buffer, have, wanted - have, offset + have);
        if (got === 0) break;
        have += got;
      }
      return new Uint8Array(buffer.buffer, buffer.byteOffset, have);
    },
    close() {
      if (!opened) return null;
      opened = false;
      const after = fstatSync(descriptor);
      closeSync(descriptor);
      if (after.size === before.size && after.mtimeMs === before.mtimeMs) return null;
      return `the file changed while it was read (${before.size} bytes at first, ${after.size} at the end)`;
    },
  };
  return { source, stats: before };
}

/**
 * Device, inode, length and the times of the last changes: another writer moves one of them. Unlike the time of the
 * contents, that of the status (ctime) cannot be set by hand.
 */
export function identityOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}`;
}

const SMALLEST_SCRATCH = 16 * 1024;

/** Of a little memory it is quicker to have it cleared than to ask Node for some that is not. */
function scratchOf(size: number): Uint8Array {
  return size < SMALLEST_SCRATCH ? new Uint8Array(size) : Buffer.allocUnsafeSlow(size);
}

function readChunk(descriptor: number, buffer: Uint8Array, at: number, length: number, offset: number): number {
  try {
    return readSync(descriptor, buffer, at, length, offset);
  } catch (error) {
    // A bad sector, a vanished network file: the file's fault, named at its offset.
    if (error instanceof Error && 'code' in error)
      throw new InputError(`cannot be read: ${String(error.code)}`, offset);
    throw error;
  }
}
