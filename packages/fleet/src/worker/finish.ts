import { appendAudit, type AuditRecord } from '../audit/audit.js';
import { inTransaction, isUnstorable, type Pool, type Transaction } from '../database/pool.js';
import { storableJson } from '../database/storable.js';
import type { ArtifactState, ShortFinding, VerdictWord } from '../model/shapes.js';
import { emit } from '../queue/events.js';
import type { Job, Queue } from '../queue/queue.js';
import { insertContents, insertFacts, type NewFacts } from '../verdicts/facts.js';
import type { Judged } from '../verdicts/judge.js';
import { followedRecords, followFiles, type IntakeVerdict } from '../database/intake-verdicts.js';
import { holdPolicy, type CurrentPolicy } from '../verdicts/policy.js';
import { endOfPromotion, standing } from '../verdicts/promotions.js';

/** A verdict that is to be stored with the facts it was made of. */
export interface NewVerdict {
  readonly sha256: string;
  readonly reading: string;
  readonly analysis: string;
  readonly catalogue: string;
  /** Digest of the policy. */
  readonly policy: string;
  readonly judged: Judged;
}

/** What came of one artifact. */
export interface Finished {
  readonly artifact: string;
  /** Of the content whose verdict it has; null where there are no bytes. */
  readonly content: { readonly sha256: string; readonly size: number; readonly isComputed: boolean } | null;
  readonly reading: string;
  readonly verdict: VerdictWord;
  readonly findings: readonly ShortFinding[];
  readonly reason: string | null;
  /** What could not be analysed. */
  readonly gaps: readonly string[];
  /** Digest of the policy by which it was judged; null where there was nothing to judge. */
  readonly policy: string | null;
  /** Facts that were not there before. */
  readonly facts: NewFacts | null;
  readonly newVerdict: NewVerdict | null;
  /** It had a verdict, and is read again since the analysis changed: it keeps its state until there is another one. */
  readonly isRescan?: boolean;
  /** It was promoted, and stays so. */
  readonly isPromoted?: boolean;
  /** `traceparent` of the span in which it was read. */
  readonly trace?: string | undefined;
}

export const STATES: Readonly<Record<VerdictWord, ArtifactState>> = {
  pass: 'passed',
  fail: 'failed',
  incomplete: 'incomplete',
};

export interface FinishOptions {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly policy: CurrentPolicy;
  readonly analysis: string;
  readonly actor: string;
}

/**
 * Results, states, findings, what follows, the audit log and the end of the jobs: all of it or nothing. An artifact that another
 * worker has finished meanwhile stays as it is.
 */
export async function finish(
  options: FinishOptions,
  results: readonly Finished[],
  jobs: readonly Job<'scan'>[],
): Promise<void> {
  if (results.length === 0 && jobs.length === 0) return;
  await inTransaction(options.pool, (transaction) => finishIn(transaction, options, results, jobs));
}

/** A job that was done; null where there was nothing to do. */
export interface Done {
  readonly job: Job<'scan'>;
  readonly result: Finished | null;
}

/** What was done by a batch. A result that the database does not take holds up no other: its artifact is incomplete. */
export async function finishAll(options: FinishOptions, done: readonly Done[]): Promise<void> {
  try {
    await finish(options, resultsOf(done), jobsOf(done));
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    for (const one of done) await finishOne(options, one);
  }
}

async function finishOne(options: FinishOptions, { job, result }: Done): Promise<void> {
  try {
    await finish(options, resultsOf([{ job, result }]), [job]);
  } catch (error) {
    if (result === null || !isUnstorable(error)) throw error;
    const reason = 'what was found in it cannot be stored';
    const nothing = {
      content: null,
      verdict: 'incomplete',
      findings: [],
      policy: null,
      facts: null,
      newVerdict: null,
    } as const;
    await finish(options, [{ ...result, ...nothing, reason, gaps: [reason] }], [job]);
  }
}

function resultsOf(done: readonly Done[]): readonly Finished[] {
  return done.flatMap(({ result }) => (result === null ? [] : [result]));
}

function jobsOf(done: readonly Done[]): readonly Job<'scan'>[] {
  return done.map(({ job }) => job);
}

/** The same as the last part of a transaction: it ends with the audit log, which nobody else can write to until the commit. */
export async function finishIn(
  transaction: Transaction,
  { queue, policy, analysis, actor }: Omit<FinishOptions, 'pool'>,
  found: readonly Finished[],
  jobs: readonly Job<'scan'>[],
): Promise<void> {
  await holdPolicy(transaction);
  const results = await underPromotions(transaction, found);
  await insertFacts(
    transaction,
    analysis,
    results.flatMap(({ facts }) => (facts === null ? [] : [facts])),
  );
  await insertVerdicts(
    transaction,
    results.flatMap(({ newVerdict }) => (newVerdict === null ? [] : [newVerdict])),
  );
  await insertKnownContents(transaction, results);
  // A rescan that gets no bytes leaves things as they are.
  const changed = await changeStates(
    transaction,
    results.filter(({ isRescan, content }) => isRescan !== true || content !== null),
  );
  const done = results.filter(({ artifact }) => changed.has(artifact));
  await replaceFindings(transaction, done);
  await countDown(transaction, queue, done, changed);
  await concludeAgain(transaction, queue, new Map(done.flatMap((one) => againOf(one, changed.get(one.artifact)))));
  const followed = await followRescans(transaction, results, changed);
  await judgeUnderNewPolicy(transaction, queue, policy, done);
  const changedStates = done.filter(({ isPromoted }) => isPromoted !== true);
  await emit(transaction, queue, [
    ...changedStates.map(({ artifact, verdict, trace }) => ({
      kind: 'artifact.state' as const,
      artifact,
      state: STATES[verdict],
      trace,
    })),
    ...followed.map(({ intake, verdict }) => ({ kind: 'intake.done' as const, intake, verdict })),
  ]);
  await queue.complete(transaction, 'scan', jobs);
  await appendAudit(transaction, [
    ...changedStates.map(({ artifact, verdict, content, reason }) => ({
      actor,
      action: `artifact.${STATES[verdict]}`,
      subject: `artifact:${artifact}`,
      detail: {
        sha256: content?.sha256 ?? null,
        ...(changed.get(artifact)?.was === 'promoted' ? { was: 'promoted', reason } : {}),
      },
    })),
    ...unreadAgain(actor, results),
    ...followedRecords(actor, followed),
  ]);
}

/** A rescan that gets no bytes leaves the verdict of the analysis before; that it failed is not lost. */
function unreadAgain(actor: string, results: readonly Finished[]): readonly AuditRecord[] {
  return results
    .filter(({ isRescan, content }) => isRescan === true && content === null)
    .map(({ artifact, reason }) => ({
      actor,
      action: 'artifact.not-read-again',
      subject: `artifact:${artifact}`,
      detail: { reason },
    }));
}

/** Intakes that are done, and of which a file was read again and got another state. Others are concluded at their end. */
function followRescans(
  transaction: Transaction,
  results: readonly Finished[],
  changed: ReadonlyMap<string, Changed>,
): Promise<readonly IntakeVerdict[]> {
  const intakes = new Map(results.flatMap((one) => againOf(one, changed.get(one.artifact))));
  return followFiles(transaction, [...intakes.keys()], { revision: false });
}

/** The policy may have changed while a file was read: it is judged again from the facts that are stored now. */
async function judgeUnderNewPolicy(
  transaction: Transaction,
  queue: Queue,
  policy: CurrentPolicy,
  done: readonly Finished[],
): Promise<void> {
  const judged = done.filter((one) => one.policy !== null);
  if (judged.length === 0) return;
  const inForce = await policy.digestIn(transaction);
  const artifacts = judged.filter((one) => one.policy !== inForce).map(({ artifact }) => artifact);
  if (artifacts.length > 0)
    await queue.send(transaction, 'rejudge', [{ data: { artifacts }, importance: JUDGED_AGAIN }]);
}

const JUDGED_AGAIN = 90;

/** Bytes may be the same as another artifact's, of which facts are there under another reading only. */
async function insertKnownContents(transaction: Transaction, results: readonly Finished[]): Promise<void> {
  // With new facts the content was added.
  const contents = results.flatMap(({ content, facts }) =>
    content?.isComputed === true && facts === null ? [content] : [],
  );
  if (contents.length > 0) await insertContents(transaction, contents);
}

export async function insertVerdicts(transaction: Transaction, verdicts: readonly NewVerdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  const rows = verdicts.map(({ judged: { verdict, level, findings, gaps }, ...rest }) => ({
    ...rest,
    verdict,
    level,
    findings,
    gaps,
  }));
  await transaction.query(
    `INSERT INTO verdicts (sha256, reading, analysis, catalogue, policy, verdict, level, findings, gaps)
     SELECT decode(sha256, 'hex'), reading, analysis, catalogue, decode(policy, 'hex'), verdict, level, findings, gaps
     FROM jsonb_to_recordset($1::jsonb) AS row(
       sha256 text, reading text, analysis text, catalogue text, policy text, verdict text, level smallint, findings jsonb,
       gaps text[])
     ORDER BY sha256, reading
     ON CONFLICT DO NOTHING`,
    [storableJson(rows)],
  );
}

/** The state that an artifact had, and its intake. */
interface Changed {
  readonly intake: string;
  readonly was: ArtifactState;
}

function isPending(state: ArtifactState): boolean {
  return state === 'received' || state === 'scanning';
}

type IntakeAndTrace = readonly [intake: string, trace: string | undefined];

/** Intakes that were done, and of which a file got another state. */
function againOf(one: Finished, changed: Changed | undefined): readonly IntakeAndTrace[] {
  return changed === undefined || isPending(changed.was) || changed.was === stateOf(one)
    ? []
    : [[changed.intake, one.trace]];
}

async function concludeAgain(
  transaction: Transaction,
  queue: Queue,
  intakes: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  await queue.send(
    transaction,
    'conclude',
    [...intakes].map(([intake, trace]) => ({ data: { intake }, importance: 5, trace })),
  );
}

/** A rescan of what somebody promoted: the promotion covers what was found then. */
async function underPromotions(transaction: Transaction, results: readonly Finished[]): Promise<readonly Finished[]> {
  const rescans = results.filter(({ isRescan, content }) => isRescan === true && content !== null);
  const before = await standing(
    transaction,
    rescans.map(({ artifact }) => artifact),
  );
  return results.map((one) => {
    const promotion = one.isRescan === true ? before.get(one.artifact)?.promotion : null;
    if (promotion === null || promotion === undefined || one.content === null) return one;
    const reason = endOfPromotion(promotion, { ...one, sha256: one.content.sha256 });
    return reason === null ? { ...one, isPromoted: true } : { ...one, reason };
  });
}

function stateOf({ isPromoted, verdict }: Finished): ArtifactState {
  return isPromoted === true ? 'promoted' : STATES[verdict];
}

function rowOf(one: Finished) {
  const { artifact, content, reading, reason, gaps, isRescan = false } = one;
  return {
    rescan: isRescan,
    id: artifact,
    sha256: content?.sha256 ?? null,
    size: content?.size ?? null,
    computed: content?.isComputed ?? false,
    reading,
    state: stateOf(one),
    reason,
    gaps,
  };
}

/** What was changed, by artifact. */
async function changeStates(
  transaction: Transaction,
  results: readonly Finished[],
): Promise<ReadonlyMap<string, Changed>> {
  const rows = results.map((one) => rowOf(one));
  const changed = await transaction.query<Changed & { readonly id: string }>(
    `UPDATE artifacts AS a SET
       state = row.state, reading = row.reading, gaps = row.gaps,
       reason = CASE WHEN row.state = 'promoted' THEN a.reason ELSE row.reason END,
       changed_at = CASE WHEN row.state = 'promoted' THEN a.changed_at ELSE now() END,
       sha256 = coalesce(decode(row.sha256, 'hex'), a.sha256), size = coalesce(row.size, a.size),
       is_hash_computed = row.computed
     FROM jsonb_to_recordset($1::jsonb)
       AS row(id uuid, sha256 text, size bigint, computed boolean, reading text, state text, reason text, gaps text[],
           rescan boolean)
     JOIN artifacts AS old ON old.id = row.id
     WHERE a.id = row.id
       AND (a.state IN ('received', 'scanning') OR (row.rescan AND a.state IN ('passed', 'failed', 'incomplete', 'promoted')))
     RETURNING a.id, a.intake, old.state AS was`,
    [storableJson(rows)],
  );
  return new Map(changed.rows.map(({ id, intake, was }) => [id, { intake, was }]));
}

export async function replaceFindings(
  transaction: Transaction,
  artifacts: readonly Pick<Finished, 'artifact' | 'findings'>[],
): Promise<void> {
  if (artifacts.length === 0) return;
  const ids = artifacts.map(({ artifact }) => artifact);
  const rows = artifacts.flatMap(({ artifact, findings }) =>
    findings
      .filter(({ waived }) => waived === null)
      .map(({ fingerprint, rule, severity, action, owner }) => ({
        artifact,
        fingerprint,
        rule,
        severity,
        action,
        owner,
      })),
  );
  // The two parts change different rows: a finding that stays is not deleted.
  await transaction.query(
    `WITH now AS MATERIALIZED (
       SELECT DISTINCT ON (artifact, fingerprint) artifact, fingerprint, rule, severity, action, owner
       FROM jsonb_to_recordset($2::jsonb)
         AS row(artifact uuid, fingerprint text, rule text, severity text, action text, owner text)),
     gone AS (
       DELETE FROM findings AS f WHERE f.artifact = ANY($1::uuid[]) AND NOT EXISTS (
         SELECT FROM now WHERE now.artifact = f.artifact AND now.fingerprint = f.fingerprint))
     INSERT INTO findings (artifact, fingerprint, rule, severity, action, owner)
     SELECT artifact, fingerprint, rule, severity, action, owner FROM now
     ON CONFLICT (artifact, fingerprint) DO UPDATE
       SET rule = excluded.rule, severity = excluded.severity, action = excluded.action, owner = excluded.owner`,
    [ids, storableJson(rows)],
  );
}

/** The last artifact of an intake that is listed brings its conclusion. */
async function countDown(
  transaction: Transaction,
  queue: Queue,
  done: readonly Finished[],
  changed: ReadonlyMap<string, Changed>,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { intake: id, was } of changed.values()) if (isPending(was)) counts.set(id, (counts.get(id) ?? 0) + 1);
  // A conclusion follows from the last file.
  const traces = new Map(done.map(({ artifact, trace }) => [changed.get(artifact)?.intake, trace]));
  // In one order everywhere, so that two batches do not wait for each other in a circle.
  for (const [id, count] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { rows } = await transaction.query<{ pending: number; state: string; importance: number }>(
      'UPDATE intakes SET pending = pending - $2 WHERE id = $1 RETURNING pending, state, importance',
      [id, count],
    );
    const [row] = rows;
    if (row?.pending === 0 && row.state === 'scanning')
      await queue.send(transaction, 'conclude', [
        { data: { intake: id }, importance: row.importance, trace: traces.get(id) },
      ]);
  }
}
