import type { Evidence, Finding, IncompleteReport, PolicyFileReport, Report, RunReport, Verdict } from './report.js';
import type { Location } from './fact.js';
import type { Severity } from './severity.js';

/**
 * What became of an earlier finding. `closed`: its signal is gone from an artifact that was analysed completely.
 * `removed`: the artifact is gone. `open`: the signal is still there, even if the policy accepts it now.
 * `unverifiable`: nothing can be said.
 */
export type ClosureStatus = 'closed' | 'removed' | 'open' | 'unverifiable';

/** What a retest takes from a finding of an earlier report. */
export type EarlierFinding = Pick<
  Finding,
  'ruleId' | 'severity' | 'title' | 'owner' | 'artifact' | 'location' | 'evidence' | 'fingerprint'
>;

/** The bytes that an artifact had. */
export interface ArtifactState {
  readonly path: string;
  readonly sha256: string | null;
  readonly notHashed: string | null;
}

export interface ClosureFinding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly owner: string;
  readonly artifact: string;
  readonly location: Location;
  readonly evidence: Evidence;
  readonly fingerprint: string;
  readonly status: ClosureStatus;
  /** Why it has this status, in a sentence. */
  readonly reason: string;
  readonly before: ArtifactState;
  /** Null where the artifact is gone or was not found. */
  readonly after: ArtifactState | null;
  /** What the policy makes of an open finding now; null for the others, and where an allow entry hides it. */
  readonly action: Finding['action'] | null;
  readonly accepted: Finding['accepted'];
}

/** One thing that the scan of a retest was asked for. What a report alone asks for may only tighten. */
export interface ClosureSetting {
  readonly name: 'root' | 'paths' | 'rules' | 'allow entries' | 'highest acceptable level' | 'timeout' | 'links';
  readonly value: string;
  readonly from: 'command line' | 'report' | 'default' | 'working folder' | 'folder of the report';
  /** What the report asks for instead and what was not done; null where there is nothing of the kind. */
  readonly ignored: string | null;
}

/** The closure record: schema version 1, described by schemas/closure.schema.json. */
export interface ClosureRecord {
  readonly schemaVersion: 1;
  readonly kind: 'closure';
  readonly tool: Report['tool'];
  readonly command: string;
  /** ISO time (UTC). */
  readonly time: string;
  /** The worst of the findings and of the scan: open before unverifiable before closed. */
  readonly outcome: 'closed' | 'open' | 'unverifiable';
  /** The report that was retested. */
  readonly report: {
    readonly path: string;
    readonly sha256: string;
    readonly tool: Report['tool'];
    readonly command: string;
    readonly startedAt: string;
  };
  /** As for a scan: what was asked for, not what the report asks for. */
  readonly run: RunReport;
  /** What was taken from where. */
  readonly settings: readonly ClosureSetting[];
  readonly policy: {
    readonly before: readonly PolicyFileReport[];
    readonly after: readonly PolicyFileReport[];
    /** What differs, in words; empty when the texts are the same. */
    readonly changes: readonly string[];
  };
  readonly counts: Readonly<Record<ClosureStatus | 'new', number>>;
  readonly findings: readonly ClosureFinding[];
  /** What the retest found and the report did not have. */
  readonly newFindings: readonly Finding[];
  /** The scan that was run for it. */
  readonly scan: {
    readonly verdict: Verdict;
    readonly reasons: readonly string[];
    readonly artifacts: readonly ArtifactState[];
    readonly incomplete: readonly IncompleteReport[];
  };
  /** Things to know that change no status. */
  readonly notes: readonly string[];
}
