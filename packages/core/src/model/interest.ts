import type { Fact } from './fact.js';

/**
 * What will be asked of facts. What nobody asks for may be left out of them, which is faster: how a global goes through its
 * stream, and the identity that a finding is recognised by. Neither decides whether there is a finding.
 */
export interface Interest {
  /** Whether the steps of a global through its stream are shown. */
  readonly follows: (module: string, name: string) => boolean;
  /** Whether a global is known to be a class or a function, and so no text of which a name is computed; it stays that whatever is allowed. */
  readonly isCode: (module: string, name: string) => boolean;
  /** Whether a finding may come of one of these facts of a stream. */
  readonly identifies: (facts: readonly Fact[]) => boolean;
}

/** For facts that are stored: which findings come of them is up to the catalogue and the policy that judge them. */
export const IN_ALL: Interest = { follows: () => true, isCode: () => false, identifies: () => true };

/** For who makes no findings. */
export const IN_NAMES: Interest = { follows: () => false, isCode: () => false, identifies: () => false };
