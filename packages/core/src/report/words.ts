import type { Location } from '../model/fact.js';
import type { Finding, Report } from '../model/report.js';
import { SEVERITIES } from '../model/severity.js';
import { showPath } from './escape.js';

/** What every reader of a clean result has to know. */
export const NO_PROOF =
  'No finding is no proof of safety: Sentinel read what loading these files would import and call, and nothing else about them. Load only what comes from a source you trust.';

export const ALLOW_WARNING =
  'allowed by you, not by Sentinel: every entry is a possible attack vector, so keep it only while somebody vouches for it';

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function showBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unknown size';
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = bytes;
  let unit = 'B';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
}

export function showDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `models/a.pt!archive/data.pkl @31`, or `file.py:12` */
export function showLocation(at: Location): string {
  const path = showPath(at.path);
  if (at.line !== null) return `${path}:${at.line}`;
  return at.offset === null ? path : `${path} @${at.offset}`;
}

/** `2 findings (1 CRITICAL, 1 HIGH)` */
export function countFindings(report: Report): string {
  const parts = SEVERITIES.filter((severity) => report.summary.findings[severity] > 0).map(
    (severity) => `${report.summary.findings[severity]} ${severity}`,
  );
  return plural(report.findings.length, 'finding') + (parts.length === 0 ? '' : ` (${parts.join(', ')})`);
}

const RANK = new Map(SEVERITIES.map((severity, index) => [severity, index]));

/** The worst first, otherwise in the order in which they were found. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => (RANK.get(a.severity) ?? 0) - (RANK.get(b.severity) ?? 0));
}

export function describeAction(finding: Finding): string {
  const { accepted, action } = finding;
  if (accepted !== null) {
    const until = accepted.expires === null ? '' : ` until ${accepted.expires}`;
    return `accepted by ${accepted.owner}${until}: ${accepted.why}`;
  }
  return { fail: 'fails this run', ticket: 'needs a ticket', note: 'noted' }[action];
}
