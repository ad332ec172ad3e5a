import type { CollectOptions } from '@sentinel/core';
import { sourceNeighbours } from '@sentinel/core/node';
import type { WorkerSetup } from './messages.js';

/** What collecting one artifact needs, on whichever thread. */
export function collectOptions(
  { limits, digests, hashWhere, sources }: WorkerSetup,
  now: () => number,
): CollectOptions {
  const shared = { limits, digests, hashWhere, now };
  return sources === null ? shared : { ...shared, sources: true, neighbours: sourceNeighbours(sources) };
}
