import type { Limits } from '@artifact-sentinel/core';
import type { Collected, RunDeadline, SourceFactKind } from '@artifact-sentinel/core/internal';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly limits: Partial<Limits>;
  /** By a clock that all threads share (`now` of @artifact-sentinel/core/node). */
  readonly runDeadline: RunDeadline | null;
  readonly digests: boolean;
  readonly identities: boolean;
  readonly hashWhere: readonly string[];
  /** Facts about source that rules read. */
  readonly sources: readonly SourceFactKind[];
  /** See `CollectOptions.repositories`. */
  readonly repositories: boolean;
  /** What was named to be scanned. */
  readonly roots: readonly string[];
}

/**
 * Facts of one answer (CWE-770), some 6 MB. Answers wait for their turn, hundreds of them; what is larger is rare, and is
 * collected again by the main thread instead, which then holds one of them as a scan on one thread does.
 */
export const LARGEST_ANSWER = 5_000;

/** `left`: too large to wait for its turn; the main thread collects it when that has come. */
export type Answer =
  | { readonly kind: 'collected'; readonly collected: Collected; readonly weight: number }
  | { readonly kind: 'left' };
