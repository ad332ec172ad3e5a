import type { ArtifactReport, IncompleteReport, Report } from '@artifact-sentinel/core';
import { NO_FINDING, safety, type HashChoice, type RunDeadline } from '@artifact-sentinel/core/internal';
import { hashInput } from '@artifact-sentinel/core/node/internal';
import type { Analysed } from '../artifact/identities.js';
import { hashDeadline } from './hash-deadline.js';

/** What was found at a path, as the turns of a scan show it. */
export type AnalysedInputs = ReadonlyMap<string, Analysed>;

export interface HashLimits {
  readonly artifactMs?: number | undefined;
  readonly runDeadline: RunDeadline | null;
}

/**
 * Adds the SHA-256 of whole inputs to a report. They are read again for it, and hashed only when they are in the very
 * state that was analysed. What is not hashed in time is incomplete: it was asked for.
 */
export function addHashes(report: Report, choice: HashChoice, analysed: AnalysedInputs, limits: HashLimits): Report {
  const found = new Set(report.findings.map((finding) => finding.artifact));
  const late: IncompleteReport[] = [];
  const artifacts = report.artifacts.map((artifact) => {
    if (choice !== 'all' && !found.has(artifact.path)) return withoutHash(artifact, choice);
    const hashed = withHash(artifact, analysed, limits);
    if (hashed.late !== null) late.push({ path: artifact.path, offset: null, cause: 'limit', reason: hashed.late });
    return hashed.artifact;
  });
  if (late.length === 0) return { ...report, artifacts };
  const verdict = report.verdict === 'pass' ? 'incomplete' : report.verdict;
  const opaque = artifacts.filter(({ status }) => status === 'opaque').length;
  const summary = { ...report.summary, opaque };
  return { ...report, summary, artifacts, verdict, incomplete: [...report.incomplete, ...late] };
}

/** One that was hashed for a pin in the policy keeps its hash. */
function withoutHash(artifact: ArtifactReport, choice: HashChoice): ArtifactReport {
  if (artifact.sha256 !== null || choice === 'none') return artifact;
  return { ...artifact, notHashed: NO_FINDING };
}

interface Hashed {
  readonly artifact: ArtifactReport;
  readonly late: string | null;
}

function withHash(artifact: ArtifactReport, analysed: AnalysedInputs, { artifactMs, runDeadline }: HashLimits): Hashed {
  if (artifact.sha256 !== null) return { artifact, late: null };
  const known = analysed.get(artifact.path);
  if (known === undefined || known.identity === null)
    return { artifact: { ...artifact, notHashed: 'it could not be opened' }, late: null };
  const hash = hashInput(known.input, known.identity, hashDeadline(artifactMs, runDeadline));
  if ('sha256' in hash) return { artifact: { ...artifact, sha256: hash.sha256, notHashed: null }, late: null };
  const unhashed = { ...artifact, notHashed: hash.problem };
  if (hash.late !== true) return { artifact: unhashed, late: null };
  return {
    artifact: { ...unhashed, status: 'incomplete', safety: atLeastUnknown(artifact.safety) },
    late: hash.problem,
  };
}

/** The level of what was not analysed completely. */
function atLeastUnknown(known: ArtifactReport['safety']): ArtifactReport['safety'] {
  return known === null || known.level < 3 ? safety(3) : known;
}
