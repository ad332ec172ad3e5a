import { readFileSync, statSync } from 'node:fs';
import { isSystemError } from '@artifact-sentinel/core/node/internal';
import { MAX_REFERENCE_BYTES } from './limits.js';

/** The text of a small regular file; null where there is none, or it cannot be read. */
export function readSmallText(path: string): string | null {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= MAX_REFERENCE_BYTES ? readFileSync(path, 'utf8') : null;
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}
