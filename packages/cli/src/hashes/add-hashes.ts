import type { ArtifactReport, Report } from '@sentinel/core';
import { hashFile } from '@sentinel/core/node';

/** Which artifacts are hashed: none of them, those with findings, all. */
export const HASH_CHOICES = ['none', 'findings', 'all'] as const;
export type HashChoice = (typeof HASH_CHOICES)[number];

/** What was found at a path, as the turns of a scan show it. */
export type Identities = ReadonlyMap<string, string | null>;

/**
 * Adds the SHA-256 of whole files to a report. They are read again for it, and hashed only when they are in the very
 * state that was analysed.
 */
export function addHashes(report: Report, choice: HashChoice, identities: Identities): Report {
  const found = new Set(report.findings.map((finding) => finding.artifact));
  return {
    ...report,
    artifacts: report.artifacts.map((artifact) =>
      choice === 'all' || found.has(artifact.path) ? withHash(artifact, identities) : withoutHash(artifact, choice),
    ),
  };
}

/** One that was hashed for a pin in the policy keeps its hash. */
function withoutHash(artifact: ArtifactReport, choice: HashChoice): ArtifactReport {
  if (artifact.sha256 !== null || choice === 'none') return artifact;
  return { ...artifact, notHashed: 'no finding; --hash all hashes it' };
}

function withHash(artifact: ArtifactReport, identities: Identities): ArtifactReport {
  if (artifact.sha256 !== null) return artifact;
  const identity = identities.get(artifact.path) ?? null;
  if (identity === null) return { ...artifact, notHashed: 'it could not be opened' };
  const hash = hashFile(artifact.path, identity);
  return 'sha256' in hash
    ? { ...artifact, sha256: hash.sha256, notHashed: null }
    : { ...artifact, notHashed: hash.problem };
}
