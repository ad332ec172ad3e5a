import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { UsageError } from '@artifact-sentinel/core/internal';
import { OPEN_FLAGS, pathOf } from '@artifact-sentinel/core/node/internal';
import { isSystemError, systemReason } from '../system-error.js';
import { LARGEST_JSON } from '../limits.js';

/** The text of a file that somebody else may have written, with the hash of its bytes. */
export function readText(file: string, what: string): { readonly text: string; readonly sha256: string } {
  const bytes = readBytes(file, what, LARGEST_JSON);
  if (!isUtf8(bytes)) throw new UsageError(`${file}: the ${what} is no JSON: it is not UTF-8`);
  return { text: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A JSON document, or an error that names its file. */
export function parseJson(text: string, file: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file}: the ${what} is no JSON: ${error.message}`);
    throw error;
  }
}

/** The bytes of a regular file of at most `most` bytes. */
export function readBytes(file: string, what: string, most: number): Buffer {
  try {
    const descriptor = openSync(pathOf(file), OPEN_FLAGS);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new UsageError(`${file}: the ${what} has to be a file`);
      if (stats.size > most)
        throw new UsageError(`${file}: the ${what} has ${stats.size} bytes; at most ${most} are read`);
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the ${what} ${file}: ${systemReason(error)}`);
    throw error;
  }
}
