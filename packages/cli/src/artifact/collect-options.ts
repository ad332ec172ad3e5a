import type { CollectOptions } from '@sentinel/core';
import type { WorkerSetup } from './messages.js';

/** What collecting one artifact needs, on whichever thread. */
export function collectOptions(
  { limits, digests, hashWhere, sources }: WorkerSetup,
  now: () => number,
): CollectOptions {
  return { limits, digests, hashWhere, now, sources: sources !== null };
}
