import type * as z from 'zod/mini';
import type { Coverage } from '../model/coverage.js';
import type { ArtifactReport, Report } from '../model/report.js';
import type { reportOf1Schema, reportOf2Schema, reportOf3Schema } from '../model/shape/report.js';

type Report1 = z.output<typeof reportOf1Schema>;
type Report2 = z.output<typeof reportOf2Schema>;

/** A report of schema version 3 as this version writes it. What it does not contain is unknown. */
export function upgradeReport3(report: z.output<typeof reportOf3Schema>): Report {
  return { ...report, schemaVersion: 4, repositories: [] };
}

/** The same for one of schema version 2. */
export function upgradeReport2(report: Report2): Report {
  return {
    ...report,
    schemaVersion: 4,
    repositories: [],
    findings: report.findings.map((finding) => ({ ...finding, atlas: [] })),
  };
}

/** The same for one of schema version 1. */
export function upgradeReport1(report: Report1): Report {
  return {
    ...report,
    schemaVersion: 4,
    repositories: [],
    policy: report.policy ?? null,
    summary: { ...report.summary, opaque: 0 },
    artifacts: report.artifacts.map(upgradeArtifact),
    findings: report.findings.map((finding) => ({ ...finding, covers: finding.covers ?? 'unknown', atlas: [] })),
    // The entries that its early versions knew let a name be called as well.
    allow: report.allow.map((item) => ({ ...item, role: item.role ?? 'maker' })),
    accept: report.accept.map((item) => ({ ...item, sha256: item.sha256 ?? null })),
  };
}

function upgradeArtifact({ streams, ...artifact }: Report1['artifacts'][number]): ArtifactReport {
  const parts = streams.map((stream) => ({ kind: 'stream' as const, ...stream }));
  return { ...artifact, coverage: notTold(artifact.size), parts, moreParts: 0 };
}

function notTold(size: number): Coverage {
  if (size === 0) return { totals: [], ranges: [], moreRanges: 0 };
  const words = { kind: 'unread', reason: null } as const;
  return { totals: [{ ...words, bytes: size }], ranges: [{ start: 0, end: size, ...words }], moreRanges: 0 };
}
