import type { Severity, Stats } from '../api/types.js';
import { SEVERITIES } from './repository.js';

/** Findings that stand, by what they have in common. */
export interface FindingGroup {
  readonly key: string;
  readonly severity: Severity;
  readonly count: number;
  /** What is beside the key: owners of a rule, rules of an owner. */
  readonly others: readonly string[];
  /** When the first of them was seen. */
  readonly oldest: string;
}

/** The worst severity first, then the most. */
export function groupsOf(findings: Stats['findings'], by: 'rule' | 'owner'): FindingGroup[] {
  const groups = new Map<
    string,
    { key: string; severity: Severity; count: number; others: Set<string>; oldest: string }
  >();
  for (const finding of findings) {
    const key = finding[by];
    const other = finding[by === 'rule' ? 'owner' : 'rule'];
    const known = groups.get(key);
    if (known === undefined) {
      const { severity, count, oldest } = finding;
      groups.set(key, { key, severity, count, others: new Set([other]), oldest });
      continue;
    }
    known.count += finding.count;
    known.others.add(other);
    if (rank(finding.severity) < rank(known.severity)) known.severity = finding.severity;
    if (finding.oldest < known.oldest) known.oldest = finding.oldest;
  }
  return [...groups.values()]
    .map((group) => ({ ...group, others: [...group.others].toSorted() }))
    .toSorted((a, b) => rank(a.severity) - rank(b.severity) || b.count - a.count || (a.key < b.key ? -1 : 1));
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
