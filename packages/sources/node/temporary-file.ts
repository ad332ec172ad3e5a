import { closeSync, mkdtempSync, openSync, readSync, rmSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSystemError, systemReason } from '@artifact-sentinel/core/node/internal';
import { SourceError, type Spool, type Spooling } from '@artifact-sentinel/sources';

export interface TemporaryFilesOptions {
  /** Bytes of one file. */
  readonly most: number;
  /** Called with each file that is downloaded; its size is null where the server does not say it. */
  readonly onOpen?: (shown: string, size: number | null) => void;
}

/** Files that a server gives whole only, each as a file in the folder for temporary files, and gone when it is closed. */
export function temporaryFiles({ most, onOpen }: TemporaryFilesOptions): Spooling {
  return {
    most,
    open: (shown, size) => {
      onOpen?.(shown, size);
      return TemporaryFile.open(shown);
    },
  };
}

class TemporaryFile implements Spool {
  readonly #shown: string;
  readonly #folder: string;
  readonly #file: number;
  /** Where the system has no files without a name, it is deleted at its end. */
  readonly #isNamed: boolean;
  #size = 0;
  #isOpen = true;

  private constructor(shown: string, folder: string) {
    this.#shown = shown;
    this.#folder = folder;
    const path = join(folder, 'file');
    this.#file = openSync(path, 'wx+', 0o600);
    this.#isNamed = !isDeleted(folder, path);
  }

  static open(shown: string): TemporaryFile {
    try {
      return new TemporaryFile(shown, mkdtempSync(join(tmpdir(), 'sentinel-')));
    } catch (error) {
      throw failure(error, shown);
    }
  }

  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#size + at);
      this.#size += bytes.length;
    } catch (error) {
      throw failure(error, this.#shown);
    }
  }

  read(offset: number, length: number): Uint8Array {
    if (!this.#isOpen) throw new SourceError('aborted', `${this.#shown}: it is closed`);
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)));
    try {
      for (let at = 0; at < bytes.length;) {
        const count = readSync(this.#file, bytes, at, bytes.length - at, offset + at);
        if (count === 0) return bytes.subarray(0, at);
        at += count;
      }
    } catch (error) {
      throw failure(error, this.#shown);
    }
    return bytes;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#file);
    if (this.#isNamed) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Deletes the name of an open file, so that it is gone whatever becomes of the process. False where that cannot be done. */
function isDeleted(folder: string, path: string): boolean {
  try {
    unlinkSync(path);
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function failure(error: unknown, shown: string): unknown {
  if (!isSystemError(error)) return error;
  return new SourceError('limit', `${shown}: it cannot be downloaded to a temporary file: ${systemReason(error)}`);
}
