import { readFileSync } from 'node:fs';
import { loadPolicy, UsageError, type Policy } from '@sentinel/core';
import { isSystemError, systemReason } from '../system-error.js';

// Loaded where there is a policy to read: the parser and its schema are more than a plain scan needs to start.
export { userAllowEntry } from '@sentinel/core';

/** Reads a policy file; `shown` is its path in messages about its contents. */
export function readPolicy(file: string, shown: string): Policy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the policy ${file}: ${systemReason(error)}`);
    throw error;
  }
  return loadPolicy(text, shown);
}
