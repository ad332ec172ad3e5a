import { streamsOf, type ArtifactReport, type Finding, type KnownFinding, type Report } from '../model/report.js';
import { showCommand, showLine, showPath } from './escape.js';
import { palette, type Palette } from './palette.js';
import {
  bySeverity,
  countFindings,
  describeAccept,
  describeCover,
  describeAction,
  describeAllow,
  describeBaseline,
  describeCoverage,
  describeLevel,
  describeOpaque,
  describeComments,
  describeExcused,
  describeKnown,
  describePass,
  describePolicies,
  describeState,
  plural,
  showBytes,
  showDuration,
  showLocation,
} from './words.js';
import { append } from '../model/append.js';

/** Steps of the evidence without --verbose: where names come from and where they go. */
const SHOWN_STEPS = 8;

export interface TextOptions {
  readonly color: boolean;
  /** Chains, streams and every global as well. */
  readonly verbose: boolean;
  /** No clean artifacts, no notes. */
  readonly quiet: boolean;
}

function row(name: string, value: string, paint: Palette): string {
  return `  ${paint.dim(name.padEnd(9))} ${value}`;
}

function optional(name: string, value: string | null, paint: Palette): string[] {
  return value === null ? [] : [row(name, value, paint)];
}

/** The three lines that open every finding, then its evidence and what to do. */
function findingLines(finding: Finding, options: TextOptions, paint: Palette): string[] {
  const { evidence } = finding;
  const lines = [
    paint.bold(`${finding.ruleId} ${paint.severity(finding.severity, finding.severity)}`),
    showLine(finding.title),
    showLine(finding.fix),
    row('where', showLocation(finding.location), paint),
    row('signal', showLine(evidence.signal), paint),
  ];
  if (evidence.call !== null) lines.push(row('call', showLine(evidence.call), paint));
  lines.push(row('why', showLine(finding.message), paint));
  // The steps of a data flow are never cut.
  const steps = options.verbose || finding.flow !== undefined ? evidence.chain : evidence.chain.slice(0, SHOWN_STEPS);
  for (const step of steps) lines.push(row('via', showLine(step), paint));
  const hidden = evidence.chain.length - steps.length;
  if (hidden > 0) lines.push(row('', `… ${plural(hidden, 'more step')}, which --verbose shows`, paint));
  append(lines, [
    row('level', paint.level(finding.safety.level, `${finding.safety.name} (${finding.safety.level})`), paint),
    row('owner', showLine(finding.owner), paint),
    row('decision', showLine(finding.decision), paint),
    row('action', showLine(describeAction(finding)), paint),
    ...describeComments(finding).map((text) => row('comment', showLine(text), paint)),
    ...optional('baseline', describeState(finding), paint),
    row('retest', showCommand(finding.retest), paint),
    row('id', `${finding.fingerprint}${describeCover(finding)}`, paint),
  ]);
  return lines;
}

/** What does not fit beside each finding. */
function pageLines(findings: readonly Finding[], options: TextOptions, paint: Palette): string[] {
  if (findings.length === 0 || options.quiet) return [];
  const rules = [...new Set(bySeverity(findings).map((finding) => finding.ruleId))];
  const commands = rules.map((id) => `sentinel explain ${id}`);
  return listed('Triage, fix in full, false positives, examples', commands, paint);
}

function partLines(artifact: ArtifactReport, paint: Palette): string[] {
  const lines = [paint.dim(`      ${describeCoverage(artifact.coverage)}`)];
  for (const part of artifact.parts) {
    if (part.kind !== 'opaque' || part.path === artifact.path) continue;
    lines.push(paint.dim(`      ${showPath(part.path)}: ${part.format}, not analysed`));
  }
  if (artifact.moreParts > 0) lines.push(paint.dim(`      ${plural(artifact.moreParts, 'more member')} not analysed`));
  for (const stream of streamsOf(artifact)) {
    const end = stream.end === 'stop' ? '' : `, ends in an error: ${showLine(stream.error ?? 'unknown')}`;
    lines.push(
      paint.dim(
        `      ${showPath(stream.path)} @${stream.offset}: ${stream.role}, protocol ${stream.protocol}, ${showBytes(stream.length)}${end}`,
      ),
    );
    for (const global of stream.globals) {
      const called = global.called ? ', called' : '';
      const mine = global.userAllowed ? ' by you' : '';
      lines.push(
        `        ${showLine(`${global.module}.${global.name}`)}: ${global.class}${mine} @${global.offset}${called}`,
      );
    }
  }
  return lines;
}

function artifactLines(report: Report, options: TextOptions, paint: Palette): string[] {
  const clean = report.artifacts.filter((artifact) => artifact.safety?.level === 0 && artifact.status === 'complete');
  // They are listed by their formats.
  const opaque = options.verbose ? [] : report.artifacts.filter(({ status }) => status === 'opaque');
  // Folders hold thousands of sources, which nobody wants to read one by one.
  const sources = options.verbose ? [] : clean.filter(({ format }) => SOURCE_FORMATS.has(format));
  const left = new Set([...(options.quiet ? clean : sources), ...opaque]);
  const shown = report.artifacts.filter((artifact) => !left.has(artifact));
  const summed = options.quiet ? 0 : sources.length;
  if (shown.length + summed === 0) return [];
  const lines = [paint.bold('Artifacts')];
  for (const artifact of shown) {
    const { safety } = artifact;
    const state = artifact.status === 'incomplete' ? `, ${paint.warn('incomplete')}` : '';
    const level = safety === null ? paint.dim(describeLevel(safety)) : paint.level(safety.level, describeLevel(safety));
    lines.push(
      `  ${level}  ${showPath(artifact.path)}  ${paint.dim(`${artifact.format}, ${showBytes(artifact.size)}`)}${state}`,
    );
    if (options.verbose) for (const line of partLines(artifact, paint)) lines.push(line);
    else append(lines, leftOutLines(artifact, paint));
  }
  if (summed > 0) lines.push(paint.dim(`  ${plural(summed, 'source')} at level 0, which --verbose lists`));
  return [...lines, ''];
}

/** Bytes that were left out on purpose. What a fault or a limit left out is reported as incomplete. */
function leftOutLines({ coverage }: ArtifactReport, paint: Palette): string[] {
  const totals = coverage.totals.filter(({ kind, reason }) => kind === 'unread' && reason !== null);
  return totals.length === 0 ? [] : [paint.warn(`      ${describeCoverage({ ...coverage, totals })}`)];
}

/** Artifacts that are text of a program. */
const SOURCE_FORMATS: ReadonlySet<string> = new Set(['python', 'notebook']);

function listed(title: string, items: readonly string[], paint: Palette): string[] {
  return items.length === 0 ? [] : [paint.bold(title), ...items.map((item) => `  ${item}`), ''];
}

function incompleteLines(report: Report, paint: Palette): string[] {
  const items = report.incomplete.map(
    (item) => `${showPath(item.path)}${item.offset === null ? '' : ` @${item.offset}`}: ${showLine(item.reason)}`,
  );
  return listed('Not analysed completely', items, paint);
}

function allowLines(report: Report, options: TextOptions, paint: Palette): string[] {
  const entries = report.allow.filter((item) => item.state === 'used' || !options.quiet);
  const items = entries.map((item) => {
    const why = item.why === null ? '' : `; reason given: ${showLine(item.why)}`;
    const state = describeAllow(item);
    return `${showLine(item.entry)} (${showPath(item.origin)}): ${showLine(state)}${item.state === 'used' ? why : ''}`;
  });
  return listed('Allow entries', items, paint);
}

function acceptLines(report: Report, options: TextOptions, paint: Palette): string[] {
  const items = report.accept.filter((item) => item.state !== 'unused' || !options.quiet);
  return listed(
    'Accepted risks',
    items.map((item) => `${item.fingerprint} (${showPath(item.origin)}): ${showLine(describeAccept(item))}`),
    paint,
  );
}

function baselineLines({ baseline }: Report, paint: Palette): string[] {
  if (baseline === null) return [];
  const known = (items: readonly KnownFinding[]): string[] => items.map((item) => showLine(describeKnown(item)));
  return [
    ...listed('Baseline', [showLine(describeBaseline(baseline))], paint),
    ...listed('Absent since the baseline', known(baseline.absent), paint),
    ...listed('In the baseline, not compared', known(baseline.notCompared), paint),
  ];
}

const VERDICTS = {
  pass: 'PASS: the policy is met and the scan is complete.',
  fail: 'FAIL: the policy is not met.',
  incomplete: 'INCOMPLETE: not everything could be analysed, so nothing can be said for it.',
} as const;

function summaryLines(report: Report, paint: Palette): string[] {
  const { summary, verdict } = report;
  const lines: string[] = [];
  const proof = describePass(report);
  if (proof !== null) lines.push(proof, '');
  // Bytes that were read twice count twice, so that little files may be read more than whole.
  const total =
    summary.bytesRead < summary.bytesTotal && Number.isFinite(summary.bytesTotal)
      ? ` of ${showBytes(summary.bytesTotal)}`
      : '';
  lines.push(
    `${countFindings(report)} in ${plural(summary.artifacts - summary.opaque, 'artifact')}, ${plural(summary.streams, 'pickle stream')}; ` +
      `${showBytes(summary.bytesRead)}${total} read in ${showDuration(summary.durationMs)}` +
      (summary.opaque > 0 ? `; ${plural(summary.opaque, 'file')} not analysed` : '') +
      `${summary.skipped > 0 ? `; ${plural(summary.skipped, 'other file')} skipped` : ''}.`,
  );
  const excused = describeExcused(report);
  if (excused !== null) lines.push(paint.warn(excused));
  const word = VERDICTS[verdict];
  lines.push(verdict === 'pass' ? paint.good(word) : verdict === 'fail' ? paint.bad(word) : paint.warn(word));
  return lines;
}

/** The report for people at a terminal. */
export function renderText(
  report: Report,
  options: TextOptions = { color: false, verbose: false, quiet: false },
): string {
  const paint = palette(options.color);
  // No lists as arguments of a call: an engine takes some 100,000 at most.
  const lines = [
    ...bySeverity(report.findings).flatMap((finding) => [...findingLines(finding, options, paint), '']),
    ...pageLines(report.findings, options, paint),
    ...artifactLines(report, options, paint),
    ...(options.quiet ? [] : listed('Recognised, not analysed', describeOpaque(report).map(showLine), paint)),
    ...incompleteLines(report, paint),
    ...listed('Policy', describePolicies(report).map(showLine), paint),
    ...allowLines(report, options, paint),
    ...acceptLines(report, options, paint),
    ...baselineLines(report, paint),
    ...listed('Why it fails', report.reasons.map(showLine), paint),
    ...(options.quiet ? [] : listed('Notes', report.notes.map(showLine), paint)),
    ...summaryLines(report, paint),
  ];
  return `${lines.join('\n')}\n`;
}
