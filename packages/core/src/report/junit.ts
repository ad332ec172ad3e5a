import type { FoundFormat } from '../model/format.js';
import type { ArtifactReport, Finding, IncompleteReport, Report } from '../model/report.js';
import type { Category, RuleMeta } from '../model/rule.js';
import { artifactOf } from './artifact-of.js';
import { showCommand, showLine, showPath } from './escape.js';
import {
  bySeverity,
  countReaches,
  describeAccept,
  describeAction,
  describeAllow,
  describeBaseline,
  describeComments,
  describeReach,
  describeLevel,
  describeExcused,
  describeKnown,
  describePass,
  describeState,
  plural,
  showLocation,
} from './words.js';
import { element, xmlLines } from './xml.js';
import { MAX_CASES, MAX_CASE_FINDINGS, MAX_CASE_LINES } from '../model/limits.js';

/**
 * JUnit's XML as Jenkins' xUnit plugin describes it (junit-10.xsd), which GitLab and others read. Suite: artifact; case:
 * rule; failure: findings that fail the run; error: an incomplete analysis; skipped: accepted, or nothing can be said.
 */

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

interface Case {
  readonly xml: string;
  readonly state: 'passed' | 'failures' | 'errors' | 'skipped';
}

function listed(lines: readonly string[]): string[] {
  const left = lines.length - MAX_CASE_LINES;
  return left <= 0 ? [...lines] : [...lines.slice(0, MAX_CASE_LINES), `${left} more are in the JSON report.`];
}

function findingLines(finding: Finding): string[] {
  const { evidence } = finding;
  const state = describeState(finding);
  const reach = describeReach(finding);
  return [
    `${finding.ruleId} ${finding.severity}: ${finding.title}`,
    `where: ${showLocation(finding.location)}`,
    `signal: ${showLine(evidence.signal)}`,
    ...(evidence.call === null ? [] : [`call: ${showLine(evidence.call)}`]),
    `what: ${showLine(finding.message)}`,
    `level: ${finding.safety.name} (${finding.safety.level})`,
    ...(reach === null ? [] : [`reach: ${reach}`]),
    `owner: ${showLine(finding.owner)}`,
    `decision: ${showLine(finding.decision)}`,
    `action: ${showLine(describeAction(finding))}`,
    ...describeComments(finding).map((text) => `comment: ${showLine(text)}`),
    ...(state === null ? [] : [`baseline: ${state}`]),
    `fix: ${showLine(finding.fix)}`,
    `retest: ${showCommand(finding.retest)}`,
    `fingerprint: ${finding.fingerprint}`,
    '',
  ];
}

function allLines(findings: readonly Finding[]): string[] {
  const left = findings.length - MAX_CASE_FINDINGS;
  return [
    ...findings.slice(0, MAX_CASE_FINDINGS).flatMap(findingLines),
    ...(left > 0 ? [`${left} more findings are in the JSON report.`] : []),
  ];
}

function testCase(name: string, classname: string, state: Case['state'], content: string): Case {
  return { xml: element('testcase', { name, classname, time: 0 }, content), state };
}

const WHY = {
  incomplete: 'the artifact could not be analysed completely',
  opaque: 'its format is recognised and not analysed',
} as const;

/** The findings of one rule in one artifact, or that there are none. */
function ruleCase(rule: string, artifact: ArtifactReport, found: readonly Finding[]): Case {
  const classname = showPath(artifact.path);
  const findings = bySeverity(found);
  const [failing, other] = [
    findings.filter((finding) => finding.action === 'fail'),
    findings.filter((finding) => finding.action !== 'fail'),
  ];
  const out = other.length === 0 ? '' : element('system-out', {}, xmlLines(allLines(other)));
  const [first] = failing;
  if (first !== undefined) {
    const more = failing.length === 1 ? '' : ` (and ${failing.length - 1} more)`;
    const message = `${first.title}: ${showLine(first.message)}${more}`;
    const failure = element('failure', { message, type: first.severity }, xmlLines(allLines(failing)));
    return testCase(rule, classname, 'failures', failure + out);
  }
  const [accepted] = other;
  if (accepted !== undefined && other.every((finding) => finding.accepted !== null)) {
    const message = showLine(describeAction(accepted));
    return testCase(rule, classname, 'skipped', element('skipped', { message, type: 'accepted' }, '') + out);
  }
  if (other.length === 0 && artifact.status !== 'complete') {
    const message = `nothing can be said: ${WHY[artifact.status]}`;
    return testCase(rule, classname, 'skipped', element('skipped', { message, type: artifact.status }, ''));
  }
  return testCase(rule, classname, 'passed', out);
}

function incompleteCase(classname: string, notices: readonly IncompleteReport[], isComplete: boolean): Case {
  const name = 'complete analysis';
  if (isComplete) return testCase(name, classname, 'passed', '');
  const lines = notices.map(
    ({ path, offset, reason }) => `${showPath(path)}${offset === null ? '' : ` @${offset}`}: ${showLine(reason)}`,
  );
  const message = lines[0] ?? 'the artifact could not be analysed completely';
  return testCase(
    name,
    classname,
    'errors',
    element('error', { message, type: 'incomplete' }, xmlLines(listed(lines))),
  );
}

function properties(values: Readonly<Record<string, string>>): string {
  const items = Object.entries(values).map(([name, value]) => element('property', { name, value }, ''));
  return `${element('properties', {}, `\n${items.join('\n')}\n`)}\n`;
}

function suite(name: string, head: string, cases: readonly Case[], tail: string, total: Counts): string {
  const own: Counts = { tests: cases.length, failures: 0, errors: 0, skipped: 0 };
  for (const { state } of cases) if (state !== 'passed') own[state] += 1;
  total.tests += own.tests;
  total.failures += own.failures;
  total.errors += own.errors;
  return element('testsuite', { name, ...own }, `\n${head}${cases.map(({ xml }) => `${xml}\n`).join('')}${tail}`);
}

/** What is about the run and about no single artifact. */
function runSuite(report: Report, ofNoArtifact: readonly IncompleteReport[], total: Counts): string {
  const { baseline } = report;
  const excused = describeExcused(report);
  const proof = describePass(report);
  const reasons = report.reasons.map(showLine);
  const [first] = reasons;
  const policy =
    first === undefined
      ? testCase('policy', 'sentinel', 'passed', '')
      : testCase(
          'policy',
          'sentinel',
          'failures',
          element('failure', { message: first, type: 'policy' }, xmlLines(listed(reasons))),
        );
  const known = baseline === null ? [] : baseline.absent.map((item) => `absent: ${describeKnown(item)}`);
  const unknown = baseline === null ? [] : baseline.notCompared.map((item) => `not compared: ${describeKnown(item)}`);
  const lines = [
    ...countReaches(report.findings),
    ...(excused === null ? [] : [excused]),
    ...(proof === null ? [] : [proof]),
    ...report.accept.map((item) => `accepted risk ${item.fingerprint} (${item.origin}): ${describeAccept(item)}`),
    ...report.allow.map((item) => `allow entry ${item.entry} (${item.origin}): ${item.state}; ${describeAllow(item)}`),
    ...known,
    ...unknown,
    ...report.notes,
  ].map(showLine);
  const head = properties({
    verdict: report.verdict,
    command: showCommand(report.command),
    version: report.tool.version,
    catalogue: report.tool.rules,
    ...(baseline === null ? {} : { baseline: showLine(describeBaseline(baseline)) }),
  });
  const cases = [policy, incompleteCase('sentinel', ofNoArtifact, ofNoArtifact.length === 0)];
  const tail = lines.length === 0 ? '' : `${element('system-out', {}, xmlLines(listed(lines)))}\n`;
  return suite('Sentinel', head, cases, tail, total);
}

/** Text of programs has no opcodes and no entries, and one pickle has no source and no entries. */
const CATEGORIES_OF: ReadonlyMap<string, ReadonlySet<Category>> = new Map<FoundFormat, ReadonlySet<Category>>([
  ['python', new Set<Category>(['TORCH', 'SERVING'])],
  ['notebook', new Set<Category>(['TORCH', 'SERVING'])],
  ['pickle', new Set<Category>(['PICKLE', 'TORCH'])],
  ['npy', new Set<Category>(['PICKLE', 'TORCH'])],
]);

/** A case that could never fail says nothing. A rule that found something has a case in any format. */
function mayApply({ category }: RuleMeta, { format }: ArtifactReport): boolean {
  return CATEGORIES_OF.get(format)?.has(category) ?? true;
}

function artifactSuite(
  artifact: ArtifactReport,
  findings: readonly Finding[],
  notices: readonly IncompleteReport[],
  rules: readonly RuleMeta[],
  total: Counts,
): string {
  const name = showPath(artifact.path);
  const isClean = findings.length === 0 && artifact.status === 'complete';
  const head = properties({
    format: artifact.format,
    level: describeLevel(artifact.safety),
    status: artifact.status,
    ...(artifact.sha256 === null ? {} : { sha256: artifact.sha256 }),
  });
  if (isClean && rules.length === 0) return suite(name, head, [testCase('every rule', name, 'passed', '')], '', total);
  const applicable = rules.filter((meta) => mayApply(meta, artifact));
  const byRule = new Map<string, Finding[]>(applicable.map(({ id }) => [id, []]));
  for (const finding of findings) {
    const list = byRule.get(finding.ruleId);
    if (list === undefined) byRule.set(finding.ruleId, [finding]);
    else list.push(finding);
  }
  const cases = [
    incompleteCase(name, notices, artifact.status !== 'incomplete'),
    ...[...byRule].map(([id, own]) => ruleCase(id, artifact, own)),
  ];
  return suite(name, head, cases, '', total);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  return groups;
}

/** The report as test results; `rules` are those that were applied. */
export function renderJunit(report: Report, rules: readonly RuleMeta[]): string {
  const total: Counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  const known = new Set(report.artifacts.map((artifact) => artifact.path));
  const findings = grouped(report.findings, (finding) => finding.artifact);
  const notices = grouped(report.incomplete, (notice) => artifactOf(notice.path, known));
  const isShort = report.artifacts.length * (rules.length + 1) > MAX_CASES;
  const suites = [runSuite(report, notices.get(null) ?? [], total)];
  for (const artifact of report.artifacts) {
    const own = findings.get(artifact.path) ?? [];
    const isClean = own.length === 0 && artifact.status === 'complete';
    suites.push(artifactSuite(artifact, own, notices.get(artifact.path) ?? [], isShort && isClean ? [] : rules, total));
  }
  const { tests, failures, errors } = total;
  const attributes = { name: 'Sentinel', tests, failures, errors, time: (report.summary.durationMs / 1000).toFixed(3) };
  const left = isShort ? `<!-- ${plural(report.artifacts.length, 'artifact')}: a clean one is one case -->\n` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${left}${element('testsuites', attributes, `\n${suites.join('\n')}\n`)}\n`;
}
