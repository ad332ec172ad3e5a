import type { Finding, Report } from '@artifact-sentinel/core';
import { escapeText, readReport, renderFindings, UsageError } from '@artifact-sentinel/core/internal';
import { readText } from '../retest/read-json.js';
import type { Shown } from './shown.js';

/** Fingerprints that are named in a message. */
const NAMED_FINGERPRINTS = 3;

/** The findings of a report with this fingerprint, in full: a copy of an artifact has the same one. */
export function explainFinding(fingerprint: string, file: string | undefined, shown: Shown): string {
  if (file === undefined)
    throw new UsageError(
      `a finding is explained from its report: sentinel explain ${fingerprint} report.json (which -f json=report.json writes)`,
    );
  if (shown.format !== 'text')
    throw new UsageError('a finding is explained as text; its report has formats of its own');
  const report = readReport(readText(file, 'report').text, file);
  const found = report.findings.filter((finding) => finding.fingerprint.startsWith(fingerprint));
  const distinct = [...new Set(found.map((finding: Finding) => finding.fingerprint))];
  if (distinct.length === 0)
    throw new UsageError(`${file}: none of its ${report.findings.length} findings has the fingerprint ${fingerprint}`);
  if (distinct.length > 1)
    throw new UsageError(
      `${file}: ${distinct.length} fingerprints begin with ${fingerprint}: ${distinct.slice(0, NAMED_FINGERPRINTS).join(', ')}${distinct.length > NAMED_FINGERPRINTS ? ' …' : ''}`,
    );
  return `${origin(file, report)}\n\n${renderFindings(found, report, shown)}`;
}

/** Somebody else may have written the report. */
function origin(file: string, { run, tool }: Report): string {
  const when = run === null ? '' : `, scanned ${run.startedAt}`;
  return escapeText(`As ${file} has it, which was not checked again (Sentinel ${tool.version}${when}):`);
}
