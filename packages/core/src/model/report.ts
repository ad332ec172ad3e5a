import type * as z from 'zod/mini';
import type { reportSchema } from './shape/report.js';

/**
 * The report: what `--format json` prints. Its shape is defined in `shape/`, where each field is described; these are names
 * for the parts of it.
 */

type Plain = string | number | boolean | null | undefined;
export type Frozen<T> = T extends Plain
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : { readonly [Key in keyof T]: Frozen<T[Key]> };

export type Report = Frozen<z.output<typeof reportSchema>>;
export type Verdict = Report['verdict'];
export type Summary = Report['summary'];
export type ArtifactReport = Report['artifacts'][number];
export type PartReport = ArtifactReport['parts'][number];
/** A model repository, and what loading it would run. */
export type RepositoryReport = Report['repositories'][number];
/** A part that is a pickle stream. */
export type StreamReport = Extract<PartReport, { kind: 'stream' }>;
export type OpaqueReport = Extract<PartReport, { kind: 'opaque' }>;
export type GlobalReport = StreamReport['globals'][number];
export type Finding = Report['findings'][number];
export type Evidence = Finding['evidence'];
/** Who answers for a finding that stays. */
export type Acceptance = NonNullable<Finding['accepted']>;
/** A comment of the source on the lines of a finding that asks Sentinel to look away. */
export type CommentReport = NonNullable<Finding['comments']>[number];
export type IncompleteReport = Report['incomplete'][number];
export type AllowReport = Report['allow'][number];
/** What became of an acceptance of the policy. */
export type AcceptReport = Report['accept'][number];
/** The policy of a run as it held, options of the command line included. */
export type PolicyReport = NonNullable<Report['policy']>;
/** Severities that fail the run, and those that ask for a ticket and fail nothing. */
export type GateReport = PolicyReport['rules'][string];
/** The comparison with an earlier report. */
export type BaselineReport = NonNullable<Report['baseline']>;
/** A finding of the baseline that this run did not make. */
export type KnownFinding = BaselineReport['absent'][number];
/** What a run was asked to do: enough to do it again. */
export type RunReport = NonNullable<Report['run']>;
/** A policy file that a run used. */
export type PolicyFileReport = RunReport['policyFiles'][number];
/** What made a policy count in full; `found` stands for those that were found inside and tighten as well. */
export type PolicyOrigin = NonNullable<PolicyFileReport['by']>;

/** The pickle streams of an artifact. */
export function streamsOf({ parts }: Pick<ArtifactReport, 'parts'>): readonly StreamReport[] {
  return parts.filter((part) => part.kind === 'stream');
}
