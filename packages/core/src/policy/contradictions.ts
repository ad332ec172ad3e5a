import { streamsOf, type ArtifactReport, type Finding, type PolicyReport, type Report } from '../model/report.js';
import { SAFETY_LEVELS, SEVERITIES, type Action } from '../model/severity.js';
import { RULES } from '../rules/index.js';

/** Contradictions that are listed one by one. */
const LISTED_CONTRADICTIONS = 10;

/** Gathers what does not fit: the first few in words, the rest as a number. */
class Contradictions {
  readonly lines: string[] = [];
  #left = 0;

  add(line: string): void {
    if (this.lines.length < LISTED_CONTRADICTIONS) this.lines.push(line);
    else this.#left += 1;
  }

  all(): string[] {
    return this.#left === 0 ? this.lines : [...this.lines, `${this.#left} more`];
  }
}

const STRICTNESS: Readonly<Record<Action, number>> = { fail: 2, ticket: 1, note: 0 };

/** What the recorded policy makes of a finding that nobody has accepted, and what it would without its reach. */
function actionsBy(
  policy: PolicyReport,
  { ruleId, severity, reach }: Finding,
): { readonly full: Action; readonly action: Action } {
  const gate = (Object.hasOwn(policy.rules, ruleId) ? policy.rules[ruleId] : undefined) ?? policy;
  const full = gate.failOn.includes(severity) ? 'fail' : gate.ticketOn.includes(severity) ? 'ticket' : 'note';
  const limit = reach === undefined ? 'fail' : (gate.reach?.[reach] ?? 'fail');
  return { full, action: STRICTNESS[full] > STRICTNESS[limit] ? limit : full };
}

function nameOf({ safety }: ArtifactReport): string {
  return safety?.name ?? 'not analysed';
}

function checkSummary(report: Report, hasStreams: boolean, found: Contradictions): void {
  const { summary, artifacts, findings } = report;
  const count = (what: string, said: number, is: number): void => {
    if (said !== is) found.add(`the summary counts ${said} ${what}, and there are ${is}`);
  };
  count('artifacts', summary.artifacts, artifacts.length);
  count(
    'artifacts that were not analysed',
    summary.opaque,
    artifacts.filter(({ status }) => status === 'opaque').length,
  );
  if (hasStreams)
    count(
      'streams',
      summary.streams,
      artifacts.reduce((sum, artifact) => sum + streamsOf(artifact).length, 0),
    );
  for (const severity of SEVERITIES)
    count(
      `${severity} findings`,
      summary.findings[severity],
      findings.filter((finding) => finding.severity === severity).length,
    );
}

function whyExcused(report: Report, finding: Finding): string | null {
  const { accepted, baseline } = finding;
  if (accepted?.inSource === true) {
    const hasComment = finding.comments?.some(({ counts }) => counts) === true;
    const mayCount = (report.policy?.sourceComments ?? []).length > 0;
    return hasComment && mayCount ? null : 'is accepted by a comment that does not count';
  }
  if (accepted !== null) {
    const entry = report.accept.find(
      (item) => item.fingerprint === finding.fingerprint && item.owner === accepted.owner && item.state === 'used',
    );
    return entry === undefined ? 'is accepted, and no acceptance of the policy is used for it' : null;
  }
  if (baseline?.tolerated === true && report.baseline?.failOnNew !== true)
    return 'is let pass by a baseline, and --fail-on-new was not said';
  return null;
}

function checkFindings(report: Report, policy: PolicyReport, found: Contradictions): void {
  const artifacts = new Map<string, ArtifactReport>(report.artifacts.map((item) => [item.path, item]));
  const selectors = new Set(report.run?.rules.map((name) => name.toUpperCase()));
  // Of a rule that this version does not know nobody can say which category it is of.
  const left = new Set(
    RULES.filter(({ meta }) => !selectors.has(meta.id) && !selectors.has(meta.category)).map(({ meta }) => meta.id),
  );
  // A policy in the scanned tree may ask for more than the recorded one.
  const mayBeStricter = report.run?.policyFiles.some(({ trusted }) => !trusted) === true;
  for (const finding of report.findings) {
    const what = `${finding.ruleId} ${finding.fingerprint}`;
    const artifact = artifacts.get(finding.artifact);
    if (artifact === undefined) found.add(`${what} is about ${finding.artifact}, which is no artifact of the report`);
    else if ((artifact.safety?.level ?? -1) < finding.safety.level)
      found.add(`${finding.artifact} is ${nameOf(artifact)}, and its finding ${what} is ${finding.safety.name}`);
    if (selectors.size > 0 && left.has(finding.ruleId)) found.add(`${what} is of a rule that was not applied`);
    const wrong = whyExcused(report, finding);
    if (wrong !== null) found.add(`${what} ${wrong}`);
    const asked = actionsBy(policy, finding);
    const full = finding.accepted === null ? asked.action : 'note';
    if (finding.loweredByReach === true && STRICTNESS[asked.full] <= STRICTNESS[asked.action])
      found.add(`${what} asks for less because of its reach, and the policy does not say so`);
    const least = full === 'fail' && finding.baseline?.tolerated === true ? 'ticket' : full;
    const given = STRICTNESS[finding.action];
    if (given < STRICTNESS[least] || (given > STRICTNESS[full] && (!mayBeStricter || finding.accepted !== null)))
      found.add(`${what} ${finding.severity} has the action ${finding.action}, and the policy asks for ${least}`);
  }
}

/** Artifacts that have to fail the run by their level: above all levels of the policy, and nothing excuses them. */
function isAbove({ artifacts, findings }: Report, policy: PolicyReport): boolean {
  const levels = [policy, ...policy.paths].map((item) => SAFETY_LEVELS.indexOf(item.maxAcceptableSeverity));
  const loosest = levels.reduce((top, level) => Math.max(top, level), 0);
  const excused = new Set<string>();
  for (const { artifact, accepted, baseline, loweredByReach } of findings)
    if (accepted !== null || baseline?.tolerated === true || loweredByReach === true) excused.add(artifact);
  return artifacts.some(
    ({ path, status, safety }) =>
      safety !== null && safety.level > loosest && status === 'complete' && !excused.has(path),
  );
}

function checkVerdict(report: Report, policy: PolicyReport, found: Contradictions): void {
  const { artifacts, incomplete, findings, reasons, verdict } = report;
  for (const artifact of artifacts) {
    const { path, status, safety } = artifact;
    const worst = streamsOf(artifact).reduce((top, stream) => Math.max(top, stream.safety.level), -1);
    if (worst > (safety?.level ?? -1)) found.add(`${path} is ${nameOf(artifact)}, and one of its streams is worse`);
    if ((status === 'opaque') !== (safety === null))
      found.add(`${path} is ${status}, and its level is ${nameOf(artifact)}`);
    if (status === 'incomplete' && incomplete.length === 0) found.add(`${path} is incomplete, and no cause is listed`);
  }
  const fails = reasons.length > 0 || findings.some(({ action }) => action === 'fail');
  const whole = incomplete.length === 0 && artifacts.every(({ status }) => status !== 'incomplete');
  const expected = fails || isAbove(report, policy) ? 'fail' : whole ? 'pass' : 'incomplete';
  if (verdict !== expected) found.add(`the verdict is "${verdict}", and its findings come to "${expected}"`);
}

/**
 * Where a report says one thing and its parts another: the verdict, the summary and the actions are worked out again
 * from the findings and the policy that it records. `hasStreams`: false for a record whose streams were left out. Null
 * where it records no policy, as reports of earlier versions do.
 */
export function contradictions(report: Report, hasStreams = true): readonly string[] | null {
  const { policy } = report;
  if (policy === null) return null;
  const found = new Contradictions();
  checkSummary(report, hasStreams, found);
  checkFindings(report, policy, found);
  checkVerdict(report, policy, found);
  return found.all();
}
