import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Policy } from '@artifact-sentinel/core';
import { loadPolicy, sha256Hex, UsageError } from '@artifact-sentinel/core/internal';
import { OPEN_FLAGS, pathOf } from '@artifact-sentinel/core/node/internal';
import { isSystemError, systemReason } from '../system-error.js';
import { real, slashes } from './trust-boundary.js';
import { MAX_POLICY_BYTES } from '../limits.js';

// Loaded where there is a policy to read: the parser and its schema are more than a plain scan needs to start.
export { tighten, userAllowEntry } from '@artifact-sentinel/core/internal';

/** The bytes of a policy file. One that was found and not named may be anything that a tree can hold, a pipe as well. */
export function readPolicyFile(file: string, named: boolean): Buffer {
  try {
    const descriptor = openSync(pathOf(file), named ? constants.O_RDONLY : OPEN_FLAGS);
    try {
      const stats = fstatSync(descriptor);
      const refused =
        !named && !stats.isFile()
          ? 'it is no file'
          : stats.size > MAX_POLICY_BYTES
            ? `it has ${stats.size} bytes, and at most ${MAX_POLICY_BYTES} are read`
            : null;
      if (refused !== null) throw new UsageError(`cannot read the policy ${file}: ${refused}`);
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the policy ${file}: ${systemReason(error)}`);
    throw error;
  }
}

/** The folder that the globs of a policy begin in. */
export function folderOf(file: string): string {
  return slashes(real(dirname(file)));
}

/** Reads a policy file; `shown` is its path in messages, `folder` what its globs begin in where that is not its own. */
export function readPolicy(
  file: string,
  shown: string,
  named: boolean,
  folder: string | null,
): { readonly policy: Policy; readonly sha256: string } {
  const bytes = readPolicyFile(file, named);
  return {
    policy: loadPolicy(bytes.toString('utf8'), shown, folder === null ? folderOf(file) : slashes(real(folder))),
    sha256: sha256Hex(bytes),
  };
}
