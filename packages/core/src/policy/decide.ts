import { CATALOGUE_VERSION } from '../catalogue/classify.js';
import type { Policy } from '../model/policy.js';
import {
  streamsOf,
  type ArtifactReport,
  type Finding,
  type IncompleteReport,
  type Report,
  type RunReport,
  type Summary,
  type Verdict,
} from '../model/report.js';
import type { Rule } from '../model/rule.js';
import { safety, type SafetyLevel, type Severity } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import type { LevelSignal } from './finding.js';
import type { Maximum } from './maximum.js';
import { MAX_NOTES, MAX_REASONS } from '../model/limits.js';
import { policyReport } from './policy-report.js';

export { buildFindings, isFinding, levelSignals, type LevelSignal } from './finding.js';

export interface DecideInput {
  readonly command: string;
  readonly run?: RunReport | null;
  readonly version: string;
  readonly policy: Policy;
  readonly rulesSelected: readonly Rule[];
  readonly artifacts: readonly ArtifactReport[];
  readonly repositories?: Report['repositories'];
  readonly findings: readonly Finding[];
  readonly incomplete: readonly IncompleteReport[];
  readonly notes: readonly string[];
  readonly allowUse: Report['allow'];
  readonly acceptUse?: Report['accept'];
  readonly baseline?: Report['baseline'];
  /** The highest level of an artifact for which it is another one than the policy's own. */
  readonly maximumOf?: (artifact: string) => Maximum | undefined;
  /** Matches that only raise a level (`levelSignals`). */
  readonly signals?: readonly LevelSignal[];
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly durationMs: number;
  readonly skipped: number;
}

function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const count: Record<Severity, number> = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
  for (const finding of findings) count[finding.severity] += 1;
  return count;
}

interface Standing {
  /** The highest level that nobody has accepted, and that neither a baseline nor the policy of a reach lets pass. */
  open: SafetyLevel;
  excused: boolean;
  fails: boolean;
}

function standings(findings: readonly Finding[], signals: readonly LevelSignal[]): Map<string, Standing> {
  const all = new Map<string, Standing>();
  const of = (artifact: string): Standing => {
    const known = all.get(artifact) ?? { open: 0, excused: false, fails: false };
    all.set(artifact, known);
    return known;
  };
  const raise = (standing: Standing, level: SafetyLevel): void => {
    if (level > standing.open) standing.open = level;
  };
  for (const finding of findings) {
    const standing = of(finding.artifact);
    const isExcused =
      finding.accepted !== null || finding.baseline?.tolerated === true || finding.loweredByReach === true;
    if (isExcused) standing.excused = true;
    else raise(standing, finding.safety.level);
    if (finding.action === 'fail') standing.fails = true;
  }
  for (const signal of signals) raise(of(signal.artifact), signal.level);
  return all;
}

/**
 * Artifacts above the accepted level. A level that only accepted findings give is accepted with them; one that
 * comes from an incomplete analysis is the verdict's business. Artifacts that fail by a finding are not named twice.
 */
function thresholdReasons(input: DecideInput): string[] {
  const { policy, artifacts } = input;
  const all = standings(input.findings, input.signals ?? []);
  const above: string[] = [];
  for (const artifact of artifacts) {
    const own = input.maximumOf?.(artifact.path);
    const maximum = own?.level ?? policy.maxAcceptableSeverity;
    if (artifact.safety === null || artifact.safety.level <= maximum) continue;
    const standing = all.get(artifact.path) ?? { open: 0, excused: false, fails: false };
    const explained = standing.open > maximum;
    const excused = standing.excused || artifact.status === 'incomplete';
    if (standing.fails || (!explained && excused)) continue;
    const level = explained ? safety(standing.open) : artifact.safety;
    above.push(
      `${artifact.path} is ${level.name} (level ${level.level}), above the highest acceptable level ${safety(maximum).name} (${maximum})${own === undefined || own.origin === null ? '' : ` of ${own.origin}`}.`,
    );
  }
  if (above.length <= MAX_REASONS) return above;
  const left = above.length - MAX_REASONS;
  return [...above.slice(0, MAX_REASONS), `${left} more artifacts are above the highest acceptable level.`];
}

function notesOf(input: DecideInput): string[] {
  const signals = input.signals ?? [];
  const notes = [...input.notes, ...signals.slice(0, MAX_NOTES).map((signal) => signal.note)];
  if (signals.length > MAX_NOTES) notes.push(`${signals.length - MAX_NOTES} more notes like these.`);
  if (input.rulesSelected.length < RULES.length) {
    notes.push(`Only these rules were applied: ${input.rulesSelected.map((rule) => rule.meta.id).join(', ')}.`);
  }
  if ((input.repositories ?? []).length === 0 && input.artifacts.every(({ status }) => status === 'opaque')) {
    const others = input.skipped + input.artifacts.length;
    notes.push(`No supported artifact was found (${others} other ${others === 1 ? 'file' : 'files'} read).`);
  }
  return notes;
}

function verdictOf(input: DecideInput, reasons: readonly string[]): Verdict {
  if (reasons.length > 0 || input.findings.some((finding) => finding.action === 'fail')) return 'fail';
  const whole = input.incomplete.length === 0 && input.artifacts.every((artifact) => artifact.status !== 'incomplete');
  return whole ? 'pass' : 'incomplete';
}

/** The report of a run: what was found, what the policy makes of it, and why. */
export function decideReport(input: DecideInput): Report {
  const reasons = thresholdReasons(input);
  const summary: Summary = {
    artifacts: input.artifacts.length,
    opaque: input.artifacts.filter(({ status }) => status === 'opaque').length,
    streams: input.artifacts.reduce((sum, artifact) => sum + streamsOf(artifact).length, 0),
    findings: countBySeverity(input.findings),
    bytesRead: input.bytesRead,
    bytesTotal: input.bytesTotal,
    durationMs: input.durationMs,
    skipped: input.skipped,
  };
  return {
    schemaVersion: 4,
    tool: { name: 'sentinel', version: input.version, rules: CATALOGUE_VERSION },
    command: input.command,
    run: input.run ?? null,
    policy: policyReport(input.policy),
    verdict: verdictOf(input, reasons),
    reasons,
    summary,
    artifacts: input.artifacts,
    repositories: input.repositories ?? [],
    findings: input.findings,
    incomplete: input.incomplete,
    allow: input.allowUse,
    accept: input.acceptUse ?? [],
    baseline: input.baseline ?? null,
    notes: notesOf(input),
  };
}
