import { readFileSync } from 'node:fs';
import { loadPolicy, sha256Hex, UsageError, type Policy } from '@sentinel/core';
import { isSystemError, systemReason } from '../system-error.js';

// Loaded where there is a policy to read: the parser and its schema are more than a plain scan needs to start.
export { userAllowEntry } from '@sentinel/core';

/** Reads a policy file; `shown` is its path in messages about its contents. */
export function readPolicy(file: string, shown: string): { readonly policy: Policy; readonly sha256: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the policy ${file}: ${systemReason(error)}`);
    throw error;
  }
  return {
    policy: loadPolicy(bytes.toString('utf8'), shown),
    sha256: sha256Hex(bytes),
  };
}
