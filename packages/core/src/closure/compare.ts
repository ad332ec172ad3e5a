import type { ArtifactState, ClosureFinding, ClosureStatus, EarlierFinding } from '../model/closure.js';
import { isOutdated } from '../model/fingerprint.js';
import { isAllowedBy } from './allowed.js';
import type { Finding } from '../model/report.js';

/** What a retest saw of an artifact that had findings. */
export interface Seen {
  /** `unknown`: the retest does not know whether it read the right path. */
  readonly state: 'complete' | 'incomplete' | 'absent' | 'unknown';
  /** Why it is incomplete or unknown. */
  readonly reason: string | null;
  readonly before: ArtifactState;
  readonly after: ArtifactState | null;
  /** Findings under the policy as it is now. */
  readonly findings: readonly Finding[];
  /** Findings when nobody allows or accepts anything, and under the allow entries of the earlier run. */
  readonly bare: readonly Finding[];
}

export interface Comparison {
  readonly findings: readonly ClosureFinding[];
  /** Those of `Seen.findings` that answer to no earlier finding. */
  readonly fresh: readonly Finding[];
}

export interface CompareOptions {
  /** True when tool and catalogue are those of the earlier run. */
  readonly sameCatalogue: boolean;
  readonly knowsRule: (ruleId: string) => boolean;
  /** The user's allow entries that the new scan used. */
  readonly usedAllow: readonly { readonly entry: string; readonly origin: string }[];
}

/** The opcode that named a global: another pickler writes another one. */
const OPCODE = /^(?:GLOBAL|STACK_GLOBAL|INST|EXT[124]) /;

/** A signal without what an unrelated edit or another pickler changes: the same one at another offset is not closed. */
function signalKey({ ruleId, evidence }: Pick<Finding, 'ruleId' | 'evidence'>): string {
  const signal = evidence.signal.replace(OPCODE, '').replace(/@\d+/g, '@').replace(/\s+/g, ' ').trim();
  return `${ruleId}\n${signal}`;
}

interface Present {
  readonly finding: Finding;
  /** False where only an allow entry of the user takes it out of the report. */
  readonly reported: boolean;
}

/**
 * Earlier findings of one artifact against what is there now. Equal fingerprints come first; what is left of a signal
 * then answers for the findings of the same signal, so that another argument or offset does not close anything.
 */
export function compareFindings(earlier: readonly EarlierFinding[], seen: Seen, options: CompareOptions): Comparison {
  const present = new Map<string, Present>();
  for (const finding of seen.bare) present.set(finding.fingerprint, { finding, reported: false });
  for (const finding of seen.findings) present.set(finding.fingerprint, { finding, reported: true });
  const matches = new Map<EarlierFinding, Present>();
  for (const finding of earlier) {
    const match = present.get(finding.fingerprint);
    if (match === undefined) continue;
    matches.set(finding, match);
    present.delete(finding.fingerprint);
  }
  const bySignal = new Map<string, Present[]>();
  for (const item of present.values()) {
    const key = signalKey(item.finding);
    const list = bySignal.get(key);
    if (list === undefined) bySignal.set(key, [item]);
    else list.push(item);
  }
  for (const finding of earlier) {
    if (matches.has(finding)) continue;
    const match = bySignal.get(signalKey(finding))?.shift();
    if (match !== undefined) matches.set(finding, match);
  }
  const answered = new Set([...matches.values()].map((item) => item.finding.fingerprint));
  return {
    findings: earlier.map((finding) => decide(finding, matches.get(finding), seen, options)),
    fresh: seen.findings.filter((finding) => !answered.has(finding.fingerprint)),
  };
}

function decide(
  finding: EarlierFinding,
  match: Present | undefined,
  seen: Seen,
  options: CompareOptions,
): ClosureFinding {
  const { ruleId, severity, title, owner, artifact, location, evidence, fingerprint } = finding;
  const { status, reason } =
    match === undefined ? withoutSignal(finding, seen, options) : stillThere(finding, match, options);
  const { before, after } = seen;
  return {
    ruleId,
    severity,
    title,
    owner,
    artifact,
    location,
    evidence,
    fingerprint,
    status,
    reason,
    before,
    after,
    action: match?.reported === true ? match.finding.action : null,
    accepted: match?.reported === true ? match.finding.accepted : null,
  };
}

interface Verdict {
  readonly status: ClosureStatus;
  readonly reason: string;
}

function stillThere(finding: EarlierFinding, { finding: now, reported }: Present, options: CompareOptions): Verdict {
  const why = isOutdated(finding.fingerprint) ? ' (that of the report is of an earlier version of Sentinel)' : '';
  const changed = now.fingerprint === finding.fingerprint ? '' : `, now as ${now.fingerprint}${why}`;
  return { status: 'open', reason: `the signal is still there${changed}; ${standing(now, reported, options)}` };
}

function standing(now: Finding, reported: boolean, { usedAllow }: CompareOptions): string {
  if (!reported) {
    const entries = usedAllow.filter((item) => isAllowedBy(now.evidence, item.entry));
    const names = (entries.length === 0 ? usedAllow : entries).map((item) => `${item.entry} (${item.origin})`);
    return names.length === 0
      ? 'the options of the run leave it out of the report'
      : `allowed by ${names.join(', ')}, which closes nothing`;
  }
  if (now.accepted !== null) {
    const until = now.accepted.expires === null ? '' : ` until ${now.accepted.expires}`;
    return `accepted by ${now.accepted.owner}${until}, which closes nothing`;
  }
  return { fail: 'it fails the run', ticket: 'it needs a ticket', note: 'it is noted' }[now.action];
}

function withoutSignal(finding: EarlierFinding, seen: Seen, options: CompareOptions): Verdict {
  const { state, reason, before, after } = seen;
  const unverifiable = (why: string): Verdict => ({ status: 'unverifiable', reason: why });
  if (state === 'unknown') return unverifiable(reason ?? 'the artifact was not analysed');
  if (state === 'absent') return { status: 'removed', reason: 'the artifact is gone' };
  if (state === 'incomplete') return unverifiable(`the artifact could not be analysed completely: ${reason ?? ''}`);
  if (!options.knowsRule(finding.ruleId)) return unverifiable(`this version has no rule ${finding.ruleId}`);
  if (before.sha256 !== null && before.sha256 === after?.sha256) {
    return unverifiable(
      options.sameCatalogue
        ? 'the artifact is unchanged (same SHA-256), so it cannot have been fixed: the report does not fit it'
        : 'the artifact is unchanged (same SHA-256); only the version of the tool or of its catalogue differs',
    );
  }
  if (before.sha256 === null && !options.sameCatalogue) {
    return unverifiable(
      'the report has no hash of the artifact and was written by another version, so a fix cannot be distinguished from a changed catalogue; scan again with --hash findings',
    );
  }
  const unhashed = before.sha256 === null ? `; no hash before (${before.notHashed ?? 'unknown reason'})` : '';
  return { status: 'closed', reason: `the signal is gone and the artifact was analysed completely${unhashed}` };
}
