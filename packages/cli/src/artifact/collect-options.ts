import { IN_FINDINGS, type CollectOptions } from '@artifact-sentinel/core/internal';
import { sourceNeighbours } from '@artifact-sentinel/core/node/internal';
import type { WorkerSetup } from './messages.js';

/** What collecting one artifact needs, on whichever thread. */
export function collectOptions({
  limits,
  runDeadline,
  digests,
  identities,
  hashWhere,
  sources,
  repositories,
  roots,
}: WorkerSetup): CollectOptions {
  const shared = { interest: IN_FINDINGS, limits, runDeadline, digests, identities, hashWhere, repositories };
  if (sources.length === 0 && !repositories) return shared;
  return { ...shared, sources, neighbours: sourceNeighbours(roots) };
}
