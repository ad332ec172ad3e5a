import { append } from '../model/append.js';
import { streamsOf, type ArtifactReport, type KnownFinding, type Report } from '../model/report.js';
import { showLine, showPath } from './escape.js';
import { fold } from './fold.js';
import { palette, type Palette } from './palette.js';
import { detailedList, findingList, type Layout } from './text-findings.js';
import { describeRepositories } from './repositories.js';
import { ruleLines } from './text-rules.js';
import {
  cleanArtifacts,
  countFindings,
  countReaches,
  describeAccept,
  describeAllow,
  describeBaseline,
  describeCoverage,
  describeExcused,
  describeKnown,
  describeLevel,
  describeOpaque,
  describePass,
  describePolicies,
  plural,
  showBytes,
  showDuration,
  wordsOfVerdict,
} from './words.js';

/** Findings that are shown in full by default: more of them are one line each. */
const SHOWN_IN_FULL = 3;

/** Lines of a report that fit on most terminals: a longer one repeats its verdict at the end. */
const SCREEN_LINES = 40;

/** Paragraphs are hard to read in longer lines. */
const PARAGRAPH_COLUMNS = 100;

export interface TextOptions {
  readonly color: boolean;
  /** Every finding in full, artifacts, streams and every global as well. */
  readonly verbose: boolean;
  /** No notes, and nothing about what is clean. */
  readonly quiet: boolean;
  /** Columns of the terminal, at which lines are folded between words; null or absent: no line is folded. */
  readonly width?: number | null;
}

function partLines(artifact: ArtifactReport, { paint, width }: Layout): string[] {
  const folded = (text: string, indent: number): string[] => fold(' '.repeat(indent) + text, width, indent + 2);
  const lines: string[] = [];
  const add = (text: string): void => append(lines, folded(text, 6).map(paint.dim));
  add(describeCoverage(artifact.coverage));
  for (const part of artifact.parts) {
    if (part.kind !== 'opaque' || part.path === artifact.path) continue;
    add(`${showPath(part.path)}: ${part.format}, not analysed`);
  }
  if (artifact.moreParts > 0) add(`${plural(artifact.moreParts, 'more member')} not analysed`);
  for (const stream of streamsOf(artifact)) {
    const end = stream.end === 'stop' ? '' : `, ends in an error: ${showLine(stream.error ?? 'unknown')}`;
    add(
      `${showPath(stream.path)} @${stream.offset}: ${stream.role}, protocol ${stream.protocol}, ${showBytes(stream.length)}${end}`,
    );
    for (const global of stream.globals) {
      const called = global.called ? ', called' : '';
      const mine = global.userAllowed ? ' by you' : '';
      const name = showLine(`${global.module}.${global.name}`);
      append(lines, folded(`${name}: ${global.class}${mine} @${global.offset}${called}`, 8));
    }
  }
  return lines;
}

/** Artifacts with --verbose; otherwise those that have something to say which no finding says. */
function artifactLines(report: Report, layout: Layout): string[] {
  const { paint, verbose } = layout;
  const found = new Set(report.findings.map(({ artifact }) => artifact));
  const isShown = (artifact: ArtifactReport): boolean => {
    if (verbose) return true;
    const isAbove = artifact.status === 'complete' && (artifact.safety?.level ?? 0) > 0 && !found.has(artifact.path);
    return isAbove || leftOutLines(artifact, paint).length > 0;
  };
  const shown = report.artifacts.filter(isShown);
  if (shown.length === 0) return [];
  const lines = [paint.bold('Artifacts')];
  for (const artifact of shown) {
    const { safety } = artifact;
    const state = artifact.status === 'incomplete' ? ', incomplete' : '';
    const level = describeLevel(safety);
    const text = `  ${level}  ${showPath(artifact.path)}  ${artifact.format}, ${showBytes(artifact.size)}${state}`;
    const [first = '', ...rest] = fold(text, layout.width, 4);
    append(lines, [first.replace(level, (word) => paint.level(safety?.level ?? 1, word)), ...rest]);
    append(lines, verbose ? partLines(artifact, layout) : leftOutLines(artifact, paint));
  }
  return [...lines, ''];
}

/** Bytes that were left out on purpose. What a fault or a limit left out is reported as incomplete. */
function leftOutLines({ coverage }: ArtifactReport, paint: Palette): string[] {
  const totals = coverage.totals.filter(({ kind, reason }) => kind === 'unread' && reason !== null);
  return totals.length === 0 ? [] : [paint.warn(`      ${describeCoverage({ ...coverage, totals })}`)];
}

function listed(title: string, items: readonly string[], { paint, width }: Layout): string[] {
  if (items.length === 0) return [];
  return [paint.bold(title), ...items.flatMap((item) => fold(`  ${item}`, width, 4)), ''];
}

function incompleteLines(report: Report, layout: Layout): string[] {
  const items = report.incomplete.map(
    (item) => `${showPath(item.path)}${item.offset === null ? '' : ` @${item.offset}`}: ${showLine(item.reason)}`,
  );
  return listed('Not analysed completely', items, layout);
}

function allowLines(report: Report, options: TextOptions, layout: Layout): string[] {
  const entries = report.allow.filter((item) => item.state === 'used' || !options.quiet);
  const items = entries.map((item) => {
    const why = item.why === null ? '' : `; reason given: ${showLine(item.why)}`;
    const state = describeAllow(item);
    return `${showLine(item.entry)} (${showPath(item.origin)}): ${showLine(state)}${item.state === 'used' ? why : ''}`;
  });
  return listed('Allow entries', items, layout);
}

function acceptLines(report: Report, options: TextOptions, layout: Layout): string[] {
  const items = report.accept.filter((item) => item.state !== 'unused' || !options.quiet);
  return listed(
    'Accepted risks',
    items.map((item) => `${item.fingerprint} (${showPath(item.origin)}): ${showLine(describeAccept(item))}`),
    layout,
  );
}

function baselineLines({ baseline }: Report, layout: Layout): string[] {
  if (baseline === null) return [];
  const known = (items: readonly KnownFinding[]): string[] => items.map((item) => showLine(describeKnown(item)));
  return [
    ...listed('Baseline', [showLine(describeBaseline(baseline))], layout),
    ...listed('Absent since the baseline', known(baseline.absent), layout),
    ...listed('In the baseline, not compared', known(baseline.notCompared), layout),
  ];
}

function verdictLines(report: Report, { paint, width }: Layout): string[] {
  const { verdict } = report;
  const [word, rest] = wordsOfVerdict(report);
  const colour = verdict === 'pass' ? paint.good : verdict === 'fail' ? paint.bad : paint.warn;
  return fold(`${word}: ${rest}`, width, 0).map(colour);
}

/** `12 clean, 1 incomplete` */
function stateOfArtifacts(report: Report): string {
  const clean = cleanArtifacts(report).length;
  const incomplete = report.artifacts.filter(({ status }) => status === 'incomplete').length;
  const parts = [...(clean > 0 ? [`${clean} clean`] : []), ...(incomplete > 0 ? [`${incomplete} incomplete`] : [])];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function countLine(report: Report): string {
  const { summary } = report;
  // Bytes that were read twice count twice, so that little files may be read more than whole.
  const total =
    summary.bytesRead < summary.bytesTotal && Number.isFinite(summary.bytesTotal)
      ? ` of ${showBytes(summary.bytesTotal)}`
      : '';
  return (
    `${countFindings(report)} in ${plural(summary.artifacts - summary.opaque, 'artifact')}${stateOfArtifacts(report)}, ${plural(summary.streams, 'pickle stream')}; ` +
    `${showBytes(summary.bytesRead)}${total} read in ${showDuration(summary.durationMs)}` +
    (summary.opaque > 0 ? `; ${plural(summary.opaque, 'file')} not analysed` : '') +
    `${summary.skipped > 0 ? `; ${plural(summary.skipped, 'other file')} skipped` : ''}.`
  );
}

function summaryLines(report: Report, layout: Layout): string[] {
  const { paint, width } = layout;
  const excused = describeExcused(report);
  const proof = describePass(report);
  return [
    ...verdictLines(report, layout),
    ...fold(countLine(report), width, 0),
    ...countReaches(report.findings).flatMap((text) => fold(`By reach: ${text}.`, width, 0)),
    ...(excused === null ? [] : fold(excused, width, 0).map(paint.warn)),
    ...(proof === null ? [] : fold(proof, width, 0)),
    '',
  ];
}

/** How the details of a list are shown. */
function moreLines(layout: Layout): string[] {
  const text = 'Details: --verbose, or -f json=report.json and then: sentinel explain v2-… report.json';
  return ['', ...fold(text, layout.width, 0).map(layout.paint.dim), ''];
}

/** The report for people at a terminal: the verdict, the findings, what to do, and the rest. */
export function renderText(
  report: Report,
  options: TextOptions = { color: false, verbose: false, quiet: false },
): string {
  const { verbose, quiet } = options;
  const paint = palette(options.color);
  const wide = options.width ?? null;
  const list: Layout = { paint, verbose, width: wide };
  const layout: Layout = { ...list, width: wide === null ? null : Math.min(wide, PARAGRAPH_COLUMNS) };
  const { findings } = report;
  const inFull = verbose || findings.length <= SHOWN_IN_FULL;
  // No lists as arguments of a call: an engine takes some 100,000 at most.
  const lines = [
    ...summaryLines(report, layout),
    ...(quiet ? [] : listed('Repositories', describeRepositories(report).map(showLine), layout)),
    ...(inFull ? detailedList(findings, layout) : [...findingList(findings, list), ...moreLines(layout)]),
    ...listed('Why it fails', report.reasons.map(showLine), layout),
    ...incompleteLines(report, layout),
    ...ruleLines(quiet ? [] : findings, report.run, !inFull, layout),
    ...artifactLines(report, layout),
    ...(quiet ? [] : listed('Recognised, not analysed', describeOpaque(report).map(showLine), layout)),
    ...listed('Policy', describePolicies(report).map(showLine), layout),
    ...allowLines(report, options, layout),
    ...acceptLines(report, options, layout),
    ...baselineLines(report, layout),
    ...(quiet ? [] : listed('Notes', report.notes.map(showLine), layout)),
  ];
  if (lines.length > SCREEN_LINES) append(lines, [...verdictLines(report, layout), '']);
  // Each section ends with an empty line; the report does not.
  lines.pop();
  return `${lines.join('\n')}\n`;
}
