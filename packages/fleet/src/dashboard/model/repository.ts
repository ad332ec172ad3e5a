import type { Artifact, ArtifactState, RuleCount, Severity } from '../api/types.js';

export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly Severity[];

export interface RepositoryRow {
  readonly artifact: Artifact;
  /** As the columns are; null where the rule does not fire. */
  readonly cells: readonly ({ readonly severity: Severity; readonly count: number } | null)[];
}

export interface RepositoryMatrix {
  /** Rules that fire, the worst first. */
  readonly rules: readonly string[];
  /** Files, the worst first. */
  readonly rows: readonly RepositoryRow[];
  /** Rules that have no column. */
  readonly more: number;
}

const STATES: readonly ArtifactState[] = [
  'failed',
  'incomplete',
  'rejected',
  'received',
  'scanning',
  'passed',
  'promoted',
];

/** File × rule. */
export function repositoryMatrix(
  artifacts: readonly Artifact[],
  counts: readonly RuleCount[],
  mostRules: number,
): RepositoryMatrix {
  const worst = new Map<string, number>();
  const cells = new Map<string, Map<string, { severity: Severity; count: number }>>();
  for (const { artifact, rule, severity, count } of counts) {
    const rank = SEVERITIES.indexOf(severity);
    worst.set(rule, Math.min(worst.get(rule) ?? SEVERITIES.length, rank));
    const own = cells.get(artifact) ?? new Map<string, { severity: Severity; count: number }>();
    const known = own.get(rule);
    own.set(rule, {
      severity: known === undefined || rank < SEVERITIES.indexOf(known.severity) ? severity : known.severity,
      count: count + (known?.count ?? 0),
    });
    cells.set(artifact, own);
  }
  const rules = [...worst].toSorted(([a, one], [b, other]) => one - other || (a < b ? -1 : 1)).map(([rule]) => rule);
  const shown = rules.slice(0, mostRules);
  return {
    rules: shown,
    more: rules.length - shown.length,
    rows: artifacts.toSorted(byBadness).map((artifact) => ({
      artifact,
      cells: shown.map((rule) => cells.get(artifact.id)?.get(rule) ?? null),
    })),
  };
}

function byBadness(a: Artifact, b: Artifact): number {
  return STATES.indexOf(a.state) - STATES.indexOf(b.state) || worstOf(a) - worstOf(b) || (a.path < b.path ? -1 : 1);
}

function worstOf({ counts }: Artifact): number {
  const at = SEVERITIES.findIndex((severity) => counts[severity] > 0);
  return at < 0 ? SEVERITIES.length : at;
}
