import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { escapeText, UsageError } from '@sentinel/core';
import { isSystemError, systemReason } from '../system-error.js';

/** CWE-770: 10,000 findings of the usual size take 20 MiB; a parsed report takes some five times its bytes. */
const LARGEST_JSON = 256 * 1024 * 1024;

/** A JSON file that somebody else may have written, with the hash of its bytes. */
export function readJson(file: string, what: string): { readonly value: unknown; readonly sha256: string } {
  const bytes = readBytes(file, what, LARGEST_JSON);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // JSON.parse throws SyntaxError, the decoder a TypeError; both are about the file.
    if (error instanceof SyntaxError || error instanceof TypeError)
      throw new UsageError(`${file}: the ${what} is no JSON: ${escapeText(error.message)}`);
    throw error;
  }
  return { value, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The bytes of a regular file of at most `most` bytes. */
export function readBytes(file: string, what: string, most: number): Buffer {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
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
