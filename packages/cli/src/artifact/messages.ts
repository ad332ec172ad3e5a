import type { Limits } from '@artifact-sentinel/core';
import type { Collected, RunDeadline, SourceFactKind } from '@artifact-sentinel/core/internal';

/** How every artifact of a run is collected. */
export interface CollectSetup {
  readonly limits: Partial<Limits>;
  /**
   * When the whole run has to be over, by a clock that all threads share (`now` of @artifact-sentinel/core/node); null where it
   * may take as long as it does.
   */
  readonly runDeadline: RunDeadline | null;
  /** Whether a report shows the SHA-256 of the streams. */
  readonly digests: boolean;
  /** Whether a file has to be known again, to be hashed. */
  readonly identities: boolean;
  /** Globals whose artifacts are hashed, see `CollectOptions`. */
  readonly hashWhere: readonly string[];
  /** Facts about source that rules read. */
  readonly sources: readonly SourceFactKind[];
  /** See `CollectOptions.repositories`. */
  readonly repositories: boolean;
}

/** What a worker is started with. */
export interface WorkerSetup extends CollectSetup {
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
