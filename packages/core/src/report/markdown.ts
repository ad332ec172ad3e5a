import type { BaselineReport, Finding, KnownFinding, Report } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import { markdownCode, markdownCommand, markdownText } from './escape.js';
import {
  bySeverity,
  countReaches,
  countsInWords,
  describeAccept,
  describeAction,
  describeAllow,
  describeBaseline,
  describeLevel,
  describeOpaque,
  describeComments,
  describeExcused,
  describeKnown,
  describePass,
  describePolicies,
  describeReach,
  describeState,
  SCALES,
  scalesDiffer,
  showLocation,
  wordsOfVerdict,
} from './words.js';
import { describeRepositories } from './repositories.js';
import { triageOf } from './rule-page.js';
import { append } from '../model/append.js';
import { MAX_MARKDOWN_FINDINGS, MAX_MARKDOWN_ROWS } from '../model/limits.js';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = rows.slice(0, MAX_MARKDOWN_ROWS);
  const left = rows.length - shown.length;
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...shown.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    ...(left > 0 ? [`${left} more rows are in the JSON report.`, ''] : []),
  ];
}

function findingLines(finding: Finding, meta: RuleMeta | undefined): string[] {
  const { evidence } = finding;
  const state = describeState(finding);
  const reach = describeReach(finding);
  const rows: [string, string][] = [
    ['where', markdownCode(showLocation(finding.location))],
    ['signal', markdownCode(evidence.signal)],
  ];
  if (evidence.call !== null) rows.push(['call', markdownCode(evidence.call)]);
  for (const { at, text, code } of finding.flow ?? [])
    rows.push(['step', `${markdownCode(showLocation(at))} ${markdownText(text)}: ${markdownCode(code)}`]);
  append(rows, [
    ['what', markdownText(finding.message)],
    ['level', `${finding.safety.name} (${finding.safety.level})`],
    [
      'weakness',
      [...finding.cwe, ...finding.owaspLlm, ...finding.atlas, ...(meta?.mappings ?? []).map(({ id }) => id)].join(', '),
    ],
    ['owner', markdownText(finding.owner)],
    ['decision', markdownText(finding.decision)],
    ...(reach === null ? [] : [['reach', markdownText(reach)] as [string, string]]),
    ['action', markdownText(describeAction(finding))],
    ...describeComments(finding).map((text): [string, string] => ['comment', markdownText(text)]),
    ...(state === null ? [] : [['baseline', state] as [string, string]]),
    ['retest', markdownCommand(finding.retest)],
    ['fingerprint', markdownCode(finding.fingerprint)],
  ]);
  const lines = [
    `### ${finding.ruleId} ${finding.severity}: ${finding.title}`,
    '',
    markdownText(finding.fix),
    '',
    ...table(['', ''], rows),
  ];
  return lines;
}

/** What to do about the findings of each rule, once; the full page is a command or a link away. */
function ruleLines(findings: readonly Finding[], rules: readonly RuleMeta[]): string[] {
  const found = new Set(findings.map((finding) => finding.ruleId));
  const sections = rules
    .filter((meta) => found.has(meta.id))
    .flatMap((meta) => [
      `<details><summary>${meta.id}: ${meta.title}</summary>`,
      '',
      ...triageOf(meta).map(([name, text]) => `- [ ] **${name}**: ${text}`),
      '',
      `**Fix.** ${meta.fix}`,
      '',
      `**When it is wrong.** ${meta.falsePositives}`,
      '',
      `Examples, policy and related rules: \`sentinel explain ${meta.id}\``,
      '',
      '</details>',
      '',
    ]);
  return sections.length === 0 ? [] : ['## Triage and fix', '', ...sections];
}

function bullets(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, MAX_MARKDOWN_ROWS);
  const left = items.length - shown.length;
  return [
    `## ${title}`,
    '',
    ...shown.map((item) => `- ${item}`),
    ...(left > 0 ? [`- ${left} more are in the JSON report.`] : []),
    '',
  ];
}

function baselineLines(baseline: BaselineReport | null): string[] {
  if (baseline === null) return [];
  const known = (items: readonly KnownFinding[]): string[] => items.map((item) => markdownText(describeKnown(item)));
  return [
    ...bullets('Baseline', [markdownText(describeBaseline(baseline))]),
    ...bullets('Absent since the baseline', known(baseline.absent)),
    ...bullets('In the baseline, not compared', known(baseline.notCompared)),
  ];
}

/** The report for a job summary, a ticket or a mail. */
export function renderMarkdown(report: Report, rules: readonly RuleMeta[] = []): string {
  const byId = new Map(rules.map((meta) => [meta.id, meta]));
  const findings = bySeverity(report.findings);
  const shown = findings.slice(0, MAX_MARKDOWN_FINDINGS);
  const [word, rest] = wordsOfVerdict(report);
  const lines = ['# Sentinel report', '', `**${word}**: ${rest}`, '', countsInWords(report), ''];
  const excused = describeExcused(report);
  if (excused !== null) lines.push(`**${excused}**`, '');
  const proof = describePass(report);
  if (proof !== null) lines.push(proof, '');
  append(lines, bullets('By reach', countReaches(findings).map(markdownText)));
  append(lines, bullets('Why it fails', report.reasons.map(markdownText)));
  if (shown.length > 0) lines.push('## Findings', '');
  for (const finding of shown) append(lines, findingLines(finding, byId.get(finding.ruleId)));
  if (shown.some(scalesDiffer)) lines.push(SCALES, '');
  if (findings.length > shown.length) {
    lines.push(
      `The ${shown.length} most severe of ${findings.length} findings are shown; the JSON report has all of them.`,
      '',
    );
  }
  if (report.artifacts.length > 0) {
    const rows = report.artifacts.map((item) => [
      markdownCode(item.path),
      item.format,
      describeLevel(item.safety),
      item.status,
    ]);
    lines.push('## Artifacts', '');
    for (const line of table(['artifact', 'format', 'level', 'status'], rows)) lines.push(line);
  }
  const incomplete = report.incomplete.map((item) => `${markdownCode(item.path)}: ${markdownText(item.reason)}`);
  const allow = report.allow.map(
    (item) =>
      `${markdownCode(item.entry)} (${markdownText(item.origin)}): ${item.state}; ${markdownText(describeAllow(item))}`,
  );
  const accept = report.accept.map(
    (item) => `${markdownCode(item.fingerprint)} (${markdownText(item.origin)}): ${markdownText(describeAccept(item))}`,
  );
  // No lists as arguments of a call: an engine takes some 100,000 at most.
  const last = [
    ...lines,
    ...bullets('Repositories', describeRepositories(report).map(markdownText)),
    ...bullets('Recognised, not analysed', describeOpaque(report).map(markdownText)),
    ...bullets('Not analysed completely', incomplete),
    ...bullets('Policy', describePolicies(report).map(markdownText)),
    ...bullets('Allow entries', allow),
    ...bullets('Accepted risks', accept),
    ...baselineLines(report.baseline),
    ...bullets('Notes', report.notes.map(markdownText)),
    ...ruleLines(shown, rules),
    `Command: ${markdownCode(report.command)} · Sentinel ${report.tool.version}, catalogue ${report.tool.rules}`,
  ];
  return `${last.join('\n')}\n`;
}
