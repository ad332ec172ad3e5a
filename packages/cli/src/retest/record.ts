import { RULES, type Finding } from '@artifact-sentinel/core';
import {
  append,
  compareFindings,
  type ArtifactState,
  type ClosureFinding,
  type ClosureRecord,
  type EarlierFinding,
  type RunReport,
  type Seen,
} from '@artifact-sentinel/core/internal';
import { hashFile, type InputHash } from '@artifact-sentinel/core/node/internal';
import { hashDeadline } from '../hashes/hash-deadline.js';
import { fullPath, isAddress } from '../sources/address.js';
import { presenceOf, whereNow, type Located } from './locate.js';
import type { EarlierReport } from './read-report.js';
import type { Rescan } from './scan-again.js';

/** What a record says for any result of the retest. */
export interface Frame {
  readonly report: EarlierReport;
  readonly run: RunReport;
  readonly command: string;
  readonly tool: ClosureRecord['tool'];
  readonly settings: ClosureRecord['settings'];
  /** How the policy differs from that of the report. */
  readonly changes: readonly string[];
  readonly notes: readonly string[];
}

type Body = Pick<ClosureRecord, 'findings' | 'newFindings' | 'scan'>;

function recordOf(frame: Frame, body: Body): ClosureRecord {
  const { report, run, command, settings, tool, changes, notes } = frame;
  const counts = { closed: 0, removed: 0, open: 0, unverifiable: 0, new: body.newFindings.length };
  for (const finding of body.findings) counts[finding.status] += 1;
  const fails = counts.open > 0 || body.scan.verdict === 'fail';
  const unknown = counts.unverifiable > 0 || body.scan.verdict === 'incomplete';
  return {
    schemaVersion: 1,
    kind: 'closure',
    tool,
    command,
    time: run.startedAt,
    outcome: fails ? 'open' : unknown ? 'unverifiable' : 'closed',
    report: {
      path: report.path,
      sha256: report.sha256,
      tool: report.tool,
      command: report.command,
      startedAt: report.run.startedAt,
    },
    run,
    settings,
    policy: { before: report.run.policyFiles, after: run.policyFiles, changes },
    counts,
    ...body,
    notes,
  };
}

function unknownArtifact(path: string): ArtifactState {
  return { path, sha256: null, notHashed: 'not in the report' };
}

/** The record of a run that cannot be repeated: nothing is known of any finding. */
export function emptyRecord(frame: Frame, reason: string): ClosureRecord {
  const findings = frame.report.findings.map((finding) => ({
    ruleId: finding.ruleId,
    severity: finding.severity,
    title: finding.title,
    owner: finding.owner,
    artifact: finding.artifact,
    location: finding.location,
    evidence: finding.evidence,
    fingerprint: finding.fingerprint,
    status: 'unverifiable' as const,
    reason,
    before: frame.report.artifacts.get(finding.artifact) ?? unknownArtifact(finding.artifact),
    after: null,
    action: null,
    accepted: null,
  }));
  const scan = {
    verdict: 'incomplete' as const,
    reasons: [],
    artifacts: [],
    incomplete: [{ path: '.', offset: null, reason }],
  };
  return recordOf(frame, { findings, newFindings: [], scan });
}

function byArtifact<T extends { readonly artifact: string }>(findings: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const finding of findings) {
    const group = groups.get(finding.artifact);
    if (group === undefined) groups.set(finding.artifact, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** Full paths of the files that earlier findings are about. */
export function wantedFiles(report: EarlierReport, located: Located): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { artifact } of report.findings) {
    const now = whereNow(artifact, located);
    if (now !== null) files.add(now.path);
  }
  return files;
}

/** What the retest saw, artifact by artifact. */
class Eyes {
  readonly states = new Map<string, ArtifactState>();
  readonly #located: Located;
  readonly #rescan: Rescan;
  readonly #findings: ReadonlyMap<string, readonly Finding[]>;

  constructor(located: Located, rescan: Rescan) {
    this.#located = located;
    this.#rescan = rescan;
    this.#findings = byArtifact(rescan.report.findings);
  }

  /** The bytes of an artifact in the state that was analysed. */
  state(shown: string): ArtifactState {
    const known = this.states.get(shown);
    if (known !== undefined) return known;
    const identity = this.#rescan.sights.get(fullPath(shown))?.identity ?? null;
    const hash = isAddress(shown)
      ? this.#remoteHash(shown)
      : identity === null
        ? { problem: 'it could not be opened' }
        : hashFile(shown, identity, this.#hashDeadline());
    const state =
      'sha256' in hash
        ? { path: shown, sha256: hash.sha256, notHashed: null }
        : { path: shown, sha256: null, notHashed: hash.problem };
    this.states.set(shown, state);
    return state;
  }

  /** Of a file at an address: what the scan hashed, which reads all of it. */
  #remoteHash(shown: string): InputHash {
    const artifact = this.#rescan.report.artifacts.find(({ path }) => path === shown);
    const sha256 = artifact?.sha256 ?? null;
    return sha256 === null ? { problem: 'it lies at a remote source, and was not read whole' } : { sha256 };
  }

  #hashDeadline(): () => string | null {
    const seconds = this.#rescan.report.run?.timeoutSeconds ?? null;
    return hashDeadline(seconds === null ? undefined : seconds * 1000);
  }

  see(artifact: string, before: ArtifactState): Seen {
    const nothing = { before, after: null, findings: [], bare: [] };
    const now = whereNow(artifact, this.#located);
    if (now === null)
      return { ...nothing, state: 'unknown', reason: 'it lies outside of the scanned paths of the report' };
    const { path, through } = now;
    const sight = this.#rescan.sights.get(path);
    if (sight === undefined) return { ...nothing, ...this.#missing(path, through) };
    const shown = sight.path;
    return {
      state: sight.incomplete === null ? 'complete' : 'incomplete',
      reason: sight.incomplete,
      before,
      after: this.state(shown),
      findings: this.#findings.get(shown) ?? [],
      bare: sight.bare,
    };
  }

  /** A listing that is complete and does not name a file says that it is gone. */
  #missingAt(source: string): Pick<Seen, 'state' | 'reason'> {
    const { report, sights } = this.#rescan;
    const failed = report.incomplete.find((item) => item.path === source);
    if (failed !== undefined) return { state: 'unknown', reason: failed.reason };
    const isListed = [...sights.keys()].some((name) => name.startsWith(source));
    return isListed
      ? { state: 'absent', reason: null }
      : { state: 'unknown', reason: `the scan found nothing at ${source}` };
  }

  #missing(path: string, through: Located['scanned'][number]): Pick<Seen, 'state' | 'reason'> {
    if (isAddress(path)) return this.#missingAt(through.now);
    const { isSure, root } = this.#located;
    if (!isSure)
      return { state: 'unknown', reason: `nothing of the report lies below ${root}; name the folder with --root` };
    if (presenceOf(path) !== 'gone')
      return { state: 'unknown', reason: 'it may be there, but the scan did not come to it' };
    const isItself = fullPath(through.now, root) === path;
    if (!through.exists && !isItself)
      return { state: 'unknown', reason: `${through.now} is gone; name its new path: sentinel retest REPORT PATH...` };
    return { state: 'absent', reason: null };
  }
}

export function buildRecord(frame: Frame, located: Located, rescan: Rescan): ClosureRecord {
  const { report } = frame;
  const eyes = new Eyes(located, rescan);
  const options = {
    sameCatalogue: report.tool.version === frame.tool.version && report.tool.rules === frame.tool.rules,
    knowsRule: (id: string) => RULES.some((rule) => rule.meta.id === id),
    usedAllow: rescan.report.allow.filter((entry) => entry.state === 'used'),
  };
  const decided = new Map<EarlierFinding, ClosureFinding>();
  const fresh: Finding[] = [];
  const answered = new Set<string>();
  for (const [artifact, group] of byArtifact(report.findings)) {
    const seen = eyes.see(artifact, report.artifacts.get(artifact) ?? unknownArtifact(artifact));
    const result = compareFindings(group, seen, options);
    group.forEach((finding, i) => {
      const item = result.findings[i];
      if (item !== undefined) decided.set(finding, item);
    });
    append(fresh, result.fresh);
    if (seen.after !== null) answered.add(seen.after.path);
  }
  const elsewhere = rescan.report.findings.filter((finding) => !answered.has(finding.artifact));
  const newFindings = [...fresh, ...elsewhere];
  for (const { artifact } of newFindings) eyes.state(artifact);
  const { verdict, reasons, incomplete } = rescan.report;
  return recordOf(frame, {
    findings: report.findings.flatMap((finding) => {
      const item = decided.get(finding);
      return item === undefined ? [] : [moved(item, eyes.states)];
    }),
    newFindings,
    scan: { verdict, reasons, artifacts: [...eyes.states.values()], incomplete },
  });
}

/** An artifact that lies elsewhere under another name is not gone. */
function moved(finding: ClosureFinding, states: ReadonlyMap<string, ArtifactState>): ClosureFinding {
  if (finding.status !== 'removed' || finding.before.sha256 === null) return finding;
  for (const state of states.values()) {
    if (state.sha256 !== finding.before.sha256) continue;
    return {
      ...finding,
      status: 'open',
      reason: `the artifact was moved to ${state.path} (same SHA-256)`,
      after: state,
    };
  }
  return finding;
}
