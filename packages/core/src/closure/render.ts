import type { ArtifactState, ClosureFinding, ClosureRecord, ClosureStatus } from '../model/closure.js';
import type { Finding } from '../model/report.js';
import { markdownCode, markdownText, safeJson, showLine, showPath } from '../report/escape.js';
import { describeAction, describePolicies, plural, showLocation } from '../report/words.js';
import { append } from '../model/append.js';
import { MAX_RECORD_ROWS } from '../model/limits.js';

const STATUSES: readonly ClosureStatus[] = ['open', 'unverifiable', 'removed', 'closed'];

const OUTCOMES = {
  closed: 'every earlier finding is closed or removed, and the scan passes',
  open: 'something is open, or the scan fails',
  unverifiable: 'something could not be verified',
} as const;

/** The closure record as it is: described by schemas/closure.schema.json. */
export function renderClosureJson(record: ClosureRecord): string {
  return safeJson(record);
}

function counts({ counts: count }: ClosureRecord): string {
  return [...STATUSES.toReversed(), 'new' as const].map((status) => `${count[status]} ${status}`).join(', ');
}

function byStatus(findings: readonly ClosureFinding[]): ClosureFinding[] {
  return STATUSES.flatMap((status) => findings.filter((finding) => finding.status === status));
}

function hashOf(state: ArtifactState | null, status: ClosureStatus): string {
  return state === null
    ? status === 'removed'
      ? 'gone'
      : 'not found'
    : (state.sha256 ?? `not hashed (${state.notHashed ?? 'unknown reason'})`);
}

/** What the scan was asked for, and by whom. */
function takenLines({ settings, run }: ClosureRecord): string[] {
  return [
    ...settings.map(({ name, value, from, ignored }) => {
      const asks = ignored === null ? '' : `; the report asks for ${ignored}`;
      return `${name}: ${value} (${from})${asks}`;
    }),
    ...describePolicies({ run }).map((line) => `policy: ${line}`),
  ];
}

function reportLine({ report }: ClosureRecord): string {
  return `${showPath(report.path)} (SHA-256 ${report.sha256}), scanned ${showLine(report.startedAt)} by Sentinel ${showLine(report.tool.version)}, catalogue ${showLine(report.tool.rules)}`;
}

export function renderClosureText(record: ClosureRecord): string {
  const lines: string[] = [];
  for (const finding of byStatus(record.findings)) {
    lines.push(
      `${finding.status.toUpperCase()} ${showLine(finding.ruleId)} ${finding.severity}`,
      `  where        ${showLocation(finding.location)}`,
      `  signal       ${showLine(finding.evidence.signal)}`,
      `  because      ${showLine(finding.reason)}`,
      `  fingerprint  ${finding.fingerprint}`,
      `  before       ${hashOf(finding.before, finding.status)}`,
      `  after        ${hashOf(finding.after, finding.status)}`,
      '',
    );
  }
  for (const finding of record.newFindings) append(lines, [...newLines(finding), '']);
  for (const { path, reason } of record.scan.incomplete)
    lines.push(`not analysed completely: ${showPath(path)}: ${showLine(reason)}`);
  for (const reason of record.scan.reasons) lines.push(`fails: ${showLine(reason)}`);
  for (const line of takenLines(record)) lines.push(showLine(line));
  for (const change of record.policy.changes) lines.push(`policy: ${showLine(change)}`);
  for (const note of record.notes) lines.push(`note: ${showLine(note)}`);
  lines.push(
    `report: ${reportLine(record)}`,
    `${record.outcome}: ${counts(record)}; ${OUTCOMES[record.outcome]} (Sentinel ${record.tool.version}, catalogue ${record.tool.rules})`,
  );
  return `${lines.join('\n')}\n`;
}

function newLines(finding: Finding): string[] {
  return [
    `NEW ${finding.ruleId} ${finding.severity}`,
    `  where        ${showLocation(finding.location)}`,
    `  signal       ${showLine(finding.evidence.signal)}`,
    `  action       ${showLine(describeAction(finding))}`,
    `  fingerprint  ${finding.fingerprint}`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const left = rows.length - MAX_RECORD_ROWS;
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.slice(0, MAX_RECORD_ROWS).map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...(left > 0 ? [`${left} more rows are in the JSON record.`, ''] : []),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

const bullets = (items: readonly string[]): string[] => items.slice(0, MAX_RECORD_ROWS).map((item) => `- ${item}`);

/** The closure record for a ticket, a job summary or an audit folder. */
export function renderClosureMarkdown(record: ClosureRecord): string {
  const findings = byStatus(record.findings).map((finding) => [
    `**${finding.status}**`,
    `${markdownText(finding.ruleId)} ${finding.severity}`,
    markdownCode(showLocation(finding.location)),
    markdownCode(finding.evidence.signal),
    markdownText(finding.reason),
    markdownCode(finding.fingerprint),
    markdownCode(hashOf(finding.before, finding.status)),
    markdownCode(hashOf(finding.after, finding.status)),
  ]);
  const fresh = record.newFindings.map((finding) => [
    `${finding.ruleId} ${finding.severity}`,
    markdownCode(showLocation(finding.location)),
    markdownCode(finding.evidence.signal),
    markdownText(describeAction(finding)),
    markdownCode(finding.fingerprint),
  ]);
  const lines = [
    '# Sentinel closure record',
    '',
    `**${record.outcome.toUpperCase()}**: ${OUTCOMES[record.outcome]}. ${plural(record.findings.length, 'earlier finding')}: ${counts(record)}.`,
    '',
    ...section(
      'Earlier findings',
      table(
        ['status', 'rule', 'where', 'signal', 'because', 'fingerprint', 'SHA-256 before', 'SHA-256 after'],
        findings,
      ),
    ),
    ...section('New findings', table(['rule', 'where', 'signal', 'action', 'fingerprint'], fresh)),
    ...section(
      'Not analysed completely',
      bullets(record.scan.incomplete.map((item) => `${markdownCode(item.path)}: ${markdownText(item.reason)}`)),
    ),
    ...section('Why the scan fails', bullets(record.scan.reasons.map(markdownText))),
    ...section('What was taken from where', bullets(takenLines(record).map(markdownText))),
    ...section('Policy changes', bullets(record.policy.changes.map(markdownText))),
    ...section('Notes', bullets(record.notes.map(markdownText))),
    `Report: ${markdownText(reportLine(record))}  `,
    `Retest: ${markdownText(record.time)} by Sentinel ${record.tool.version}, catalogue ${record.tool.rules}  `,
    `Command: ${markdownCode(record.command)}`,
  ];
  return `${lines.join('\n')}\n`;
}
