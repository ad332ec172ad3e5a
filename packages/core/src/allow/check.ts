import { explainEntry, type EntryFacts, type NameVerdict } from './entry.js';
import { reviewSource, type SourceReview } from './review.js';
import type { AllowRole } from '../model/allow-role.js';
import type { FindSource } from './source-tree.js';

/**
 * With a source tree: `clear` when nothing that speaks against the entry was found in all that could run, `review` when
 * something was found, or could not be read.
 */
export type CheckVerdict = NameVerdict | 'clear' | 'review';

export interface EntryCheck extends Omit<EntryFacts, 'verdict'> {
  readonly verdict: CheckVerdict;
  /** Null without a source tree, and for what needs none. */
  readonly source: SourceReview | null;
}

/** Everything that is known of an entry for the allow list of a policy. */
export function checkAllowEntry(entry: string, find: FindSource | null, role: AllowRole = 'bare'): EntryCheck {
  const facts = explainEntry(entry, role);
  if (facts.verdict !== 'accepted' || find === null) return { ...facts, source: null };
  const source = reviewSource(entry, find, role);
  const isClear = source.dangers.length === 0 && source.unseen.length === 0;
  return { ...facts, verdict: isClear ? 'clear' : 'review', source };
}
