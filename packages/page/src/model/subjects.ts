import type {
  ArtifactReport,
  ArtifactResult,
  Finding,
  IncompleteReport,
  Report,
  Severity,
} from '@artifact-sentinel/core';

/** One artifact with all that is said of it. */
export interface Subject {
  readonly artifact: ArtifactReport;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly incomplete: readonly IncompleteReport[];
}

/** How bad it is, the best first; also the order of the list, from its end. */
export const STANDINGS = ['clean', 'opaque', 'noted', 'ticket', 'incomplete', 'fails'] as const;
export type Standing = (typeof STANDINGS)[number];

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

export function severityRank(severity: Severity): number {
  return SEVERITY_RANK[severity];
}

/** What becomes of an artifact. A finding that somebody accepted, or that the baseline has, fails nothing. */
export function standingOf({ artifact, findings, incomplete }: Subject): Standing {
  const open = findings.filter(isOpen);
  if (open.some(({ action }) => action === 'fail')) return 'fails';
  if (artifact.status === 'incomplete' || incomplete.length > 0) return 'incomplete';
  if (open.some(({ action }) => action === 'ticket')) return 'ticket';
  if (findings.length > 0) return 'noted';
  return artifact.status === 'opaque' ? 'opaque' : 'clean';
}

export function isOpen({ accepted, baseline }: Finding): boolean {
  return accepted === null && baseline?.tolerated !== true;
}

/** The artifacts of a report, the worst first; among equals in the order of their paths. */
export function subjectsOf(report: Pick<Report, 'artifacts' | 'findings' | 'incomplete'>): Subject[] {
  const findings = new Map<string, Finding[]>();
  for (const finding of report.findings) push(findings, finding.artifact, finding);
  const paths = new Set(report.artifacts.map(({ path }) => path));
  const incomplete = new Map<string, IncompleteReport[]>();
  for (const item of report.incomplete) push(incomplete, artifactOf(item.path, paths), item);
  return sorted(
    report.artifacts.map((artifact) => ({
      artifact,
      findings: worstFirst(findings.get(artifact.path) ?? []),
      incomplete: incomplete.get(artifact.path) ?? [],
    })),
  );
}

/** The same while the scan goes on. */
export function subjectsOfResults(results: readonly ArtifactResult[]): Subject[] {
  return sorted(
    results.map(({ artifact, findings, incomplete }) => ({ artifact, findings: worstFirst(findings), incomplete })),
  );
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** A member's path begins with that of its artifact; the name of a file may have a `!` as well. */
export function artifactOf(path: string, artifacts: ReadonlySet<string>): string {
  if (artifacts.has(path)) return path;
  for (let at = path.lastIndexOf('!'); at > 0; at = path.lastIndexOf('!', at - 1))
    if (artifacts.has(path.slice(0, at))) return path.slice(0, at);
  return path;
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => severityRank(a.severity) - severityRank(b.severity) || b.safety.level - a.safety.level,
  );
}

function sorted(subjects: readonly Subject[]): Subject[] {
  const keyed = subjects.map((subject) => ({
    subject,
    standing: STANDINGS.indexOf(standingOf(subject)),
    severity: subject.findings[0] === undefined ? 4 : severityRank(subject.findings[0].severity),
    level: subject.artifact.safety?.level ?? 0,
  }));
  keyed.sort(
    (a, b) =>
      b.standing - a.standing ||
      a.severity - b.severity ||
      b.level - a.level ||
      (a.subject.artifact.path < b.subject.artifact.path ? -1 : 1),
  );
  return keyed.map(({ subject }) => subject);
}
