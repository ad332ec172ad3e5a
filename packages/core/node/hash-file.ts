import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { pathOf } from './file-name.js';
import { identityOf, OPEN_FLAGS } from './file-source.js';
import { isSystemError, systemReason } from './system-error.js';

/** One read: large enough for the speed of the disk, small enough for any machine. */
const CHUNK = 1024 * 1024;

/** The hash of an input, or why there is none. */
export type InputHash =
  | { readonly sha256: string }
  /** `late`: it was not there in time. */
  | { readonly problem: string; readonly late?: true };

/**
 * Hex SHA-256 of a whole file. With `identity` (see `ScanInput`), the file has to be in the very state that was scanned,
 * from the first byte to the last: a hash of anything else would vouch for bytes that were not analysed. `over` says why
 * it has to end now, or null: a file of some bytes may have terabytes of holes.
 */
export function hashFile(
  path: string,
  identity: string | null = null,
  over: () => string | null = () => null,
): InputHash {
  let descriptor: number;
  try {
    descriptor = openSync(pathOf(path), OPEN_FLAGS);
  } catch (error) {
    return { problem: `it cannot be opened: ${reasonOf(error)}` };
  }
  try {
    const before = fstatSync(descriptor);
    if (!before.isFile()) return { problem: 'it is no file' };
    const state = identityOf(before);
    if (identity !== null && state !== identity) return { problem: 'it changed since it was analysed' };
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    for (let got = readSync(descriptor, chunk); got > 0; got = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, got));
      const problem = over();
      if (problem !== null) return { problem, late: true };
    }
    if (identityOf(fstatSync(descriptor)) !== state) return { problem: 'it changed while it was hashed' };
    return { sha256: hash.digest('hex') };
  } catch (error) {
    return { problem: `it cannot be read: ${reasonOf(error)}` };
  } finally {
    closeSync(descriptor);
  }
}

/** What a system error says; anything else is a bug and goes on. */
function reasonOf(error: unknown): string {
  if (isSystemError(error)) return systemReason(error);
  throw error;
}
