import type { ArtifactReport, IncompleteReport, Report } from '@artifact-sentinel/core';
import { NO_FINDING, portablePlatform, safety, type HashChoice } from '@artifact-sentinel/core/internal';
import type { DroppedTree } from './dropped-tree.js';

/** Bytes that are read and hashed at once. */
const HASHED_BYTES = 4 * 2 ** 20;

/** The artifacts that a choice asks for and that have no SHA-256 yet. */
export function unhashed(report: Report, choice: HashChoice): readonly ArtifactReport[] {
  if (choice === 'none') return [];
  const found = new Set(report.findings.map(({ artifact }) => artifact));
  return report.artifacts.filter(({ path, sha256 }) => sha256 === null && (choice === 'all' || found.has(path)));
}

/** Adds the SHA-256 of whole files to a report, as `--hash` does. `onBytes` is called for every piece. */
export async function addHashes(
  report: Report,
  choice: HashChoice,
  tree: DroppedTree,
  onBytes: (bytes: number, path: string) => void,
): Promise<Report> {
  if (choice === 'none' || (choice === 'findings' && report.findings.length === 0)) return report;
  const wanted = new Set(unhashed(report, choice));
  const late: IncompleteReport[] = [];
  const artifacts: ArtifactReport[] = [];
  for (const artifact of report.artifacts) {
    if (!wanted.has(artifact)) {
      const isLeftOut = artifact.sha256 === null && choice === 'findings';
      artifacts.push(isLeftOut ? { ...artifact, notHashed: NO_FINDING } : artifact);
      continue;
    }
    const file = tree.file(artifact.path);
    const hash = file === undefined ? 'it could not be opened' : await hashOf(file, artifact.path, onBytes);
    if (typeof hash !== 'string') artifacts.push({ ...artifact, sha256: hash.sha256, notHashed: null });
    else {
      late.push({ path: artifact.path, offset: null, cause: 'unreadable', reason: hash });
      artifacts.push({
        ...artifact,
        notHashed: hash,
        status: 'incomplete',
        safety: safety(Math.max(3, levelOf(artifact)) as 3),
      });
    }
  }
  if (late.length === 0) return { ...report, artifacts };
  const verdict = report.verdict === 'pass' ? 'incomplete' : report.verdict;
  const opaque = artifacts.filter(({ status }) => status === 'opaque').length;
  return {
    ...report,
    summary: { ...report.summary, opaque },
    artifacts,
    verdict,
    incomplete: [...report.incomplete, ...late],
  };
}

function levelOf({ safety: known }: ArtifactReport): number {
  return known?.level ?? 0;
}

/** Or why there is none: a file that changed meanwhile is not what was analysed. */
async function hashOf(
  file: File,
  path: string,
  onBytes: (bytes: number, path: string) => void,
): Promise<{ readonly sha256: string } | string> {
  const hash = portablePlatform.sha256Stream();
  try {
    for (let at = 0; at < file.size; at += HASHED_BYTES) {
      const bytes = new Uint8Array(await file.slice(at, at + HASHED_BYTES).arrayBuffer());
      hash.update(bytes);
      onBytes(bytes.length, path);
    }
  } catch (error) {
    if (error instanceof DOMException) return `it cannot be read any more, or was changed: ${error.message}`;
    throw error;
  }
  return { sha256: hash.hex() };
}
