import type { Identity } from './identity.js';
import type { AllowRole } from './policy.js';
import type { Insertion } from './rule.js';
import type { FlowStep } from './flow-fact.js';
import type { GlobalVia, Location, StreamRole } from './fact.js';
import type { RunReport } from './run.js';
import type { Action, Safety, Severity } from './severity.js';

/** The report's shape: schema version 1. What is here is what `--format json` prints. */

export type GlobalClass = 'allowed' | 'unexpected' | 'dangerous' | 'dynamic';

export interface GlobalReport {
  readonly module: string;
  readonly name: string;
  readonly class: GlobalClass;
  readonly offset: number;
  readonly count: number;
  readonly called: boolean;
  readonly via: GlobalVia;
  /** True when only a user's allow entry makes it allowed. */
  readonly userAllowed: boolean;
}
export interface StreamReport {
  readonly path: string;
  readonly role: StreamRole;
  readonly offset: number;
  readonly length: number;
  readonly protocol: number;
  readonly end: 'stop' | 'error';
  readonly error: string | null;
  readonly sha256: string | null;
  readonly safety: Safety;
  readonly globals: readonly GlobalReport[];
}
export interface ArtifactReport {
  readonly path: string;
  readonly size: number;
  readonly format: string;
  readonly status: 'complete' | 'incomplete';
  readonly safety: Safety;
  /** Hex, of the whole file, where it was hashed. */
  readonly sha256: string | null;
  /** Why there is no `sha256`; null where there is one. */
  readonly notHashed: string | null;
  readonly streams: readonly StreamReport[];
}
export interface Evidence {
  readonly signal: string;
  readonly call: string | null;
  readonly chain: readonly string[];
}
/** How a finding stands to the baseline. */
export interface BaselineMark {
  readonly state: 'new' | 'unchanged';
  /** True where `--fail-on-new` lets it pass because it is known. */
  readonly tolerated: boolean;
}
/** A comment of the source on the lines of a finding that asks Sentinel to look away. */
export interface CommentReport {
  readonly line: number;
  readonly text: string;
  /** True where it accepts the finding: the policy lets comments of this file do so. */
  readonly counts: boolean;
  /** Why it does not count. */
  readonly why: string | null;
}
/** Who answers for a finding that stays. */
export interface Acceptance {
  readonly owner: string;
  readonly why: string;
  readonly expires: string | null;
  /** Set where a comment in the source says so, which the policy lets count there. */
  readonly inSource?: true;
}
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
  readonly cwe: readonly string[];
  readonly owaspLlm: readonly string[];
  readonly fpRisk: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly owner: string;
  readonly decision: string;
  /** Path of the artifact, the outermost file. */
  readonly artifact: string;
  readonly location: Location;
  readonly evidence: Evidence;
  readonly why: string;
  /** The one-line fix hint. */
  readonly fix: string;
  readonly retest: string;
  /** Over the rule, the member path without the folders above the artifact, the subject, and what `covers` says. */
  readonly fingerprint: string;
  /** What the fingerprint covers of the content. Reports of earlier versions have none. */
  readonly covers?: Identity['of'] | undefined;
  readonly action: Action;
  readonly accepted: Acceptance | null;
  /** Notes of whoever wrote the source; absent where there is none. */
  readonly comments?: readonly CommentReport[];
  /** Text that closes the finding where it is put into the source; absent where none is known. */
  readonly insertion?: Insertion;
  /** The way of the bytes from where they come in to where they are loaded; absent where there is none. */
  readonly flow?: readonly FlowStep[];
  /** Null without `--baseline`. */
  readonly baseline: BaselineMark | null;
  readonly safety: Safety;
}
/** A finding of the baseline that this run did not make. */
export interface KnownFinding extends Pick<
  Finding,
  'ruleId' | 'severity' | 'title' | 'message' | 'owner' | 'artifact' | 'location' | 'evidence' | 'fingerprint'
> {
  /** Why it is absent, or why nothing can be said. */
  readonly reason: string;
}

/** The comparison with an earlier report. */
export interface BaselineReport {
  readonly file: string;
  readonly tool: Report['tool'];
  /** ISO time of the earlier run; null where its report does not tell. */
  readonly startedAt: string | null;
  readonly failOnNew: boolean;
  readonly new: number;
  readonly unchanged: number;
  /** Looked for and not there any more. */
  readonly absent: readonly KnownFinding[];
  /** Not looked for, or not completely. */
  readonly notCompared: readonly KnownFinding[];
}
/** What became of an acceptance of the policy. */
export interface AcceptReport {
  readonly fingerprint: string;
  readonly owner: string;
  readonly why: string;
  readonly expires: string | null;
  /** Hex SHA-256 of the one artifact that it is pinned to. Reports of earlier versions have none. */
  readonly sha256?: string | null | undefined;
  readonly origin: string;
  /**
   * `expired` whether or not it matches something; `unused`: nothing found has this fingerprint, in the artifact that it is
   * pinned to; `outdated`: the fingerprint is of an earlier version and names nothing any more.
   */
  readonly state: 'used' | 'unused' | 'expired' | 'outdated';
  /** Findings of this run with this fingerprint: equal artifacts in several folders give equal ones. */
  readonly findings: number;
}
export interface IncompleteReport {
  readonly path: string;
  readonly offset: number | null;
  readonly reason: string;
}
export type Verdict = 'pass' | 'fail' | 'incomplete';
export interface Summary {
  readonly artifacts: number;
  readonly streams: number;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly durationMs: number;
  /** Files that were looked at and are no supported artifact. */
  readonly skipped: number;
}
export interface AllowReport {
  readonly entry: string;
  /** Reports of earlier versions have none: they knew only entries that let a name be called as well. */
  readonly role?: AllowRole | undefined;
  /** `shadowed`: it changes nothing, whatever is scanned. */
  readonly state: 'used' | 'unused' | 'expired' | 'shadowed';
  /** More about the state: what shadows it, when it expired, which artifact it is not pinned to. */
  readonly detail: string | null;
  readonly why: string | null;
  readonly owner: string | null;
  readonly expires: string | null;
  readonly sha256: string | null;
  readonly origin: string;
}
/** Severities that fail the run, and those that ask for a ticket and fail nothing. */
export interface GateReport {
  readonly failOn: readonly Severity[];
  readonly ticketOn: readonly Severity[];
}
/** The policy of a run as it held, options of the command line included; policies of the scanned tree only ask for more. */
export interface PolicyReport extends GateReport {
  /** Rules for which something else holds. */
  readonly rules: Readonly<Record<string, GateReport>>;
  readonly maxAcceptableSeverity: Safety['name'];
  readonly paths: readonly { readonly match: readonly string[]; readonly maxAcceptableSeverity: Safety['name'] }[];
  /** Globs of the files whose comments accept findings. */
  readonly sourceComments: readonly string[];
}
export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'sentinel'; readonly version: string; readonly rules: string };
  readonly command: string;
  /** Null where the caller of the library told none. */
  readonly run: RunReport | null;
  /** Reports of earlier versions do not tell. */
  readonly policy?: PolicyReport;
  readonly verdict: Verdict;
  /** Why the run failed beyond the findings' own actions, for example an artifact above the accepted level. */
  readonly reasons: readonly string[];
  readonly summary: Summary;
  readonly artifacts: readonly ArtifactReport[];
  readonly findings: readonly Finding[];
  readonly incomplete: readonly IncompleteReport[];
  /** Every allow entry of the user, and what became of it. */
  readonly allow: readonly AllowReport[];
  /** Acceptances of the policy: those that count, those that are expired, and those that match nothing. */
  readonly accept: readonly AcceptReport[];
  /** Null without `--baseline`. */
  readonly baseline: BaselineReport | null;
  /** Things to know that change no verdict. */
  readonly notes: readonly string[];
}
