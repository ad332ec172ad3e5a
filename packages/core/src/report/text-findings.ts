import type { Finding } from '../model/report.js';
import type { Severity } from '../model/severity.js';
import { describeBriefly } from './brief.js';
import { showLine, showPath } from './escape.js';
import { columnsOf, fold } from './fold.js';
import type { Palette } from './palette.js';
import {
  byArtifact,
  describeAction,
  describeComments,
  describeReach,
  describeCover,
  describeState,
  fileLine,
  plural,
  SCALES,
  scalesDiffer,
  showLocation,
} from './words.js';
import { append } from '../model/append.js';

/** Steps of the evidence without --verbose: where names come from and where they go. */
const SHOWN_STEPS = 8;

/** Columns of a severity in a list. */
const SEVERITY_COLUMNS = 'CRITICAL'.length;
/** Paths of a list are brought to the width of the longest, up to this one. */
const PATH_COLUMNS = 44;
/** Digits of a fingerprint in a list; more where two would be alike. */
const FINGERPRINT_DIGITS = 8;

const NAME_COLUMNS = 9;
/** Columns before the value of a row. */
const ROW_INDENT = NAME_COLUMNS + 3;

/** How findings are laid out. */
export interface Layout {
  readonly paint: Palette;
  /** Columns of a line; null: lines are never folded. */
  readonly width: number | null;
  readonly verbose: boolean;
}

/** `  name      value`, folded behind its name. */
export function row(name: string, value: string, { paint, width }: Layout, indent = 2): string[] {
  const before = ROW_INDENT - 2 + indent;
  const [first = '', ...rest] = fold(value, width, before, before);
  return [`${' '.repeat(indent)}${paint.dim(name.padEnd(NAME_COLUMNS))} ${first}`, ...rest];
}

/** A finding in full: the three lines of its rule's record, then the evidence. */
export function detailedFinding(finding: Finding, layout: Layout): string[] {
  const { evidence, severity } = finding;
  const { paint, verbose } = layout;
  const lines = [
    paint.bold(`${showLine(finding.ruleId)} ${paint.severity(severity, severity)}`),
    showLine(finding.title),
    ...fold(showLine(finding.fix), layout.width, 0),
    ...row('where', showLocation(finding.location), layout),
    ...row('signal', showLine(evidence.signal), layout),
  ];
  if (evidence.call !== null) append(lines, row('call', showLine(evidence.call), layout));
  append(lines, row('why', showLine(finding.message), layout));
  // The steps of a data flow are never cut.
  const steps = verbose || finding.flow !== undefined ? evidence.chain : evidence.chain.slice(0, SHOWN_STEPS);
  for (const step of steps) append(lines, row('via', showLine(step), layout));
  const hidden = evidence.chain.length - steps.length;
  if (hidden > 0) append(lines, row('', `… ${plural(hidden, 'more step')}, which --verbose shows`, layout));
  const { level, name } = finding.safety;
  const [first = '', ...rest] = row('level', `${name} (${level})`, layout);
  append(lines, [first.replace(`${name} (${level})`, (text) => paint.level(level, text)), ...rest]);
  const reach = describeReach(finding);
  if (reach !== null) append(lines, row('reach', reach, layout));
  append(lines, row('action', showLine(describeAction(finding)), layout));
  for (const text of describeComments(finding)) append(lines, row('comment', showLine(text), layout));
  const state = describeState(finding);
  if (state !== null) append(lines, row('baseline', state, layout));
  append(lines, row('id', `${finding.fingerprint}${describeCover(finding)}`, layout));
  return lines;
}

/** Each finding in full, the worst file first. */
export function detailedList(findings: readonly Finding[], layout: Layout): string[] {
  const lines: string[] = [];
  for (const finding of byArtifact(findings)) append(lines, [...detailedFinding(finding, layout), '']);
  if (findings.some(scalesDiffer)) append(lines, [...fold(SCALES, layout.width, 0), '']);
  return lines;
}

/** The least number of digits, from `FINGERPRINT_DIGITS`, that distinguishes the fingerprints of a report. */
function shownDigits(fingerprints: ReadonlySet<string>): number {
  const longest = 'v2-'.length + 32;
  for (let length = 'v2-'.length + FINGERPRINT_DIGITS; length < longest; length += 4) {
    const seen = new Set<string>();
    for (const fingerprint of fingerprints) seen.add(fingerprint.slice(0, length));
    if (seen.size === fingerprints.size) return length;
  }
  return longest;
}

/** The reach of a finding in source, and what the policy makes of it, where that is not to fail. */
function standing(finding: Finding): string {
  const parts = [
    ...(finding.reach === undefined ? [] : [finding.reach]),
    ...(finding.accepted !== null ? ['accepted'] : finding.action === 'fail' ? [] : [finding.action]),
    ...(finding.baseline === null ? [] : [finding.baseline.state]),
  ];
  return parts.length === 0 ? '' : `  [${parts.join(', ')}]`;
}

function whereOf(finding: Finding): string {
  const line = fileLine(finding);
  return `${showPath(finding.location.path)}${line === null ? '' : `:${line}`}`;
}

function painted(severity: Severity, line: string, paint: Palette): string {
  return paint.severity(severity, line.slice(0, severity.length)) + line.slice(severity.length);
}

/** One line for each finding: grouped by artifact, the worst first. Fields are divided by two spaces. */
export function findingList(findings: readonly Finding[], { paint, width }: Layout): string[] {
  const digits = shownDigits(new Set(findings.map(({ fingerprint }) => fingerprint)));
  const listed = byArtifact(findings).map((finding) => ({ finding, where: whereOf(finding) }));
  let columns = 0;
  for (const { where } of listed) columns = Math.max(columns, Math.min(PATH_COLUMNS, columnsOf(where)));
  return listed.flatMap(({ finding, where }) => {
    const { severity, ruleId, fingerprint } = finding;
    const padding = ' '.repeat(Math.max(0, columns - columnsOf(where)));
    const text = `${severity.padEnd(SEVERITY_COLUMNS)}  ${where}${padding}  ${describeBriefly(finding)}  ${showLine(ruleId)}  ${fingerprint.slice(0, digits)}${standing(finding)}`;
    const [first = '', ...rest] = fold(text, width, SEVERITY_COLUMNS + 2);
    return [painted(severity, first, paint), ...rest];
  });
}
