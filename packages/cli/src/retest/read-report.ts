import type { Finding, Report } from '@artifact-sentinel/core';
import { readReport, UsageError, type ArtifactState, type RunReport } from '@artifact-sentinel/core/internal';
import { readText } from './read-json.js';
import { LONGEST_PATH, LONGEST_TIMEOUT_S, MOST_FINDINGS, MOST_PATHS } from '../limits.js';

/** What a retest takes from a report. The commands in it are shown and never run. */
export interface EarlierReport {
  readonly path: string;
  readonly sha256: string;
  readonly tool: Report['tool'];
  readonly command: string;
  readonly run: RunReport;
  readonly artifacts: ReadonlyMap<string, ArtifactState>;
  readonly findings: readonly Finding[];
  /** The user's allow entries that counted. */
  readonly allow: readonly string[];
}

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

export function readEarlierReport(file: string): EarlierReport {
  const { text, sha256 } = readText(file, 'report');
  return earlierReport(readReport(text, file), file, sha256);
}

/** A report with what a retest needs; `UsageError` where it cannot be repeated. */
export function earlierReport(report: Report, file: string, sha256: string): EarlierReport {
  const { run, findings } = report;
  if (run === null)
    throw new UsageError(
      `${file}: the report does not tell how it was made; write one with: sentinel artifact PATH -f json=report.json`,
    );
  checkRun(run, file);
  if (findings.length > MOST_FINDINGS)
    throw new UsageError(`${file}: at most ${MOST_FINDINGS} findings are retested, not ${findings.length}`);
  const artifacts = new Map<string, ArtifactState>(
    report.artifacts.map(({ path, sha256: hash, notHashed }) => [path, { path, sha256: hash, notHashed }]),
  );
  const orphan = findings.find((finding) => !artifacts.has(finding.artifact));
  if (orphan !== undefined)
    throw new UsageError(
      `${file}: finding ${orphan.fingerprint} is about ${orphan.artifact}, which is no artifact of the report`,
    );
  return {
    path: file,
    sha256,
    tool: report.tool,
    command: report.command,
    run,
    artifacts,
    findings,
    allow: report.allow
      .filter(({ state }) => state !== 'expired')
      .map(({ entry, role }) => (role === 'maker' ? `${entry}:maker` : entry)),
  };
}

function checkRun(run: RunReport, file: string): void {
  const paths = [
    ...run.paths,
    ...(run.policy === null ? [] : [run.policy]),
    ...run.policyFiles.map(({ path }) => path),
  ];
  if (paths.length > MOST_PATHS) throw new UsageError(`${file}: run: at most ${MOST_PATHS} paths were expected`);
  for (const path of paths) {
    if (path.length > LONGEST_PATH)
      throw new UsageError(`${file}: run: a path has more than ${LONGEST_PATH} characters`);
    // Nothing that is opened may move a cursor or end a line of a record.
    if (path === '' || CONTROL.test(path))
      throw new UsageError(`${file}: run: a path without control characters was expected, not ${JSON.stringify(path)}`);
  }
  const { timeoutSeconds: timeout, startedAt } = run;
  if (timeout !== null && !(timeout > 0 && timeout <= LONGEST_TIMEOUT_S))
    throw new UsageError(`${file}: run: timeoutSeconds: a number up to ${LONGEST_TIMEOUT_S} was expected`);
  if (!ISO_TIME.test(startedAt)) throw new UsageError(`${file}: run: startedAt: an ISO time was expected`);
}
