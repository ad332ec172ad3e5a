import { closeSync, fstatSync, openSync, readSync, statSync, constants, type Stats } from 'node:fs';
import { ReadError, type ByteSource } from '@artifact-sentinel/core';
import { FILE_READS } from '@artifact-sentinel/core/internal';
import { isSystemError, systemReason } from './system-error.js';

/** A regular file, read synchronously: a window takes microseconds, and no turn of the event loop is lost. */
export interface FileSource extends ByteSource {
  /** At once. */
  read(offset: number, length: number): Uint8Array;
  /** Closes it; says in words what changed since it was opened, or null. */
  close(): string | null;
}

/**
 * To open what strangers may have put there: a FIFO that replaced the file meanwhile blocks nobody, and a terminal does
 * not become that of the process. The caller asks the descriptor, not the path, whether it is a file.
 */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * Opens a file for reading, once: every byte of an analysis comes through this descriptor. What is no regular file is
 * refused by the caller, who gets the descriptor's own status.
 */
export function openFile(path: string | Buffer): { readonly source: FileSource; readonly stats: Stats } {
  const descriptor = openSync(path, OPEN_FLAGS);
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
    profile: FILE_READS,
    read(offset, length) {
      const wanted = Math.min(length, before.size - offset);
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
      try {
        return changeOf(before, fstatSync(descriptor)) ?? changeOfPath(before, path);
      } catch (error) {
        if (isSystemError(error)) return `its state at the end is not known: ${systemReason(error)}`;
        throw error;
      } finally {
        closeSync(descriptor);
      }
    },
  };
  return { source, stats: before };
}

/**
 * A regular file as a source, for `scan` and `trace`; `close` it afterwards. Throws the error of the system where it cannot be
 * opened, and a TypeError for what is no regular file.
 */
export function fileSource(path: string): FileSource {
  if (typeof path !== 'string' || path === '')
    throw new TypeError('fileSource: path has to be a text that is not empty');
  const { source, stats } = openFile(path);
  if (stats.isFile()) return source;
  source.close();
  throw new TypeError(`fileSource: ${path} is no regular file`);
}

/** What happened to an open file. */
function changeOf(before: Stats, after: Stats): string | null {
  if (after.size !== before.size || after.mtimeMs !== before.mtimeMs)
    return `the file changed while it was read (${before.size} bytes at first, ${after.size} at the end)`;
  return null;
}

/** Why the path no longer leads to the analysed file, or null: a reader of the report has to find the same bytes there. */
function changeOfPath(before: Stats, path: string | Buffer): string | null {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now === undefined) return 'the file was renamed or removed while it was read';
  if (now.dev !== before.dev || now.ino !== before.ino) return 'another file replaced it while it was read';
  // A writer can set the time of the contents back, but not that of the status.
  if (identityOf(now) === identityOf(before)) return null;
  return 'the file or its status changed while it was read (ctime), though its size and its time are what they were';
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
    if (isSystemError(error)) throw new ReadError(`cannot be read: ${systemReason(error)}`, offset);
    throw error;
  }
}
