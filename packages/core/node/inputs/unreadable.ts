import type { ScanInput } from '@artifact-sentinel/core/internal';

/** An input of which nothing but its problem is known. */
export function unreadable(path: string, reason: string): ScanInput {
  return { path, source: null, size: 0, problem: { cause: 'unreadable', reason } };
}
