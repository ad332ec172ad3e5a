import {
  openSource,
  SourceError,
  type SourceContext,
  type SourceEntry,
  type SourceProblem,
} from '@artifact-sentinel/sources';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool, type Transaction } from '../database/pool.js';
import { storableJson, storableText } from '../database/storable.js';
import { LIST_CHUNK, SOURCE_TRIES } from '../limits.js';
import { emit } from '../queue/events.js';
import type { Job, Queue } from '../queue/queue.js';
import { holdPolicy } from '../verdicts/policy.js';
import { isSourceName } from '../verdicts/readings.js';
import type { VerdictStore } from '../verdicts/verdict-store.js';
import { finishIn, type Finished } from './finish.js';
import { listedRow } from './listed-row.js';
import { fromFacts, TryAgainError } from './scan.js';

export interface ListTools {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly verdicts: VerdictStore;
  readonly actor: string;
}

interface IntakeRow {
  readonly address: string;
  readonly importance: number;
  readonly kind: string;
}

/** A server that is away, or asks to come later. */
const WAITABLE = new Set(['unreachable', 'timeout', 'rate-limited', 'status', 'bad-answer', 'aborted']);

/**
 * Writes down the files of a source, some hundred at a time, each with its job. One whose claimed hash is known has its verdict at
 * once, in the same transaction and in the same form as from a job. A listing that was broken off is done again from its
 * beginning: files that are there already are left as they are.
 */
export async function listIntake(tools: ListTools, job: Job<'list'>, context: SourceContext): Promise<void> {
  const { pool } = tools;
  const id = job.data.intake;
  const { rows } = await pool.query<IntakeRow>(
    `UPDATE intakes SET state = 'listing' WHERE id = $1 AND state IN ('queued', 'listing')
     RETURNING coalesce(pinned, address) AS address, importance, kind`,
    [id],
  );
  const [intake] = rows;
  if (intake === undefined) {
    await inTransaction(pool, (transaction) => tools.queue.complete(transaction, 'list', [job]));
    return;
  }
  let sources = 0;
  let others = 0;
  let unlisted: string | null = null;
  try {
    const source = await openSource(intake.address, context);
    // From here on another try reads the same revision.
    await pool.query('UPDATE intakes SET pinned = $2 WHERE id = $1', [id, storableText(source.pinned)]);
    let chunk: (SourceEntry | SourceProblem)[] = [];
    const write = async (): Promise<void> => {
      await inTransaction(pool, (transaction) => addFiles(tools, transaction, job, intake, chunk));
      chunk = [];
    };
    for await (const entry of source.list(context.signal)) {
      if (entry.kind === 'file' && isSourceName(entry.path)) sources += 1;
      else others += 1;
      chunk.push(entry);
      if (chunk.length === LIST_CHUNK) await write();
    }
    await write();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (WAITABLE.has(error.code) && job.retryCount < SOURCE_TRIES) throw new TryAgainError(error.message);
    unlisted = storableText(error.message);
  }
  const isEmpty = sources + others === 0;
  const ended = { intake: id, importance: intake.importance, sources, reason: unlisted, trace: job.trace };
  await inTransaction(pool, async (transaction) => {
    await tools.queue.complete(transaction, 'list', [job]);
    if (unlisted !== null && isEmpty) await fail(tools, transaction, { ...ended, reason: unlisted });
    else await listed(tools, transaction, ended);
  });
}

/** A listing that is given up: what it has written down before is read, and the intake is incomplete. */
export async function endListing(
  tools: ListTools,
  transaction: Transaction,
  ended: Pick<EndedListing, 'intake' | 'trace'> & { readonly reason: string },
): Promise<void> {
  const { rows } = await transaction.query<{ files: number; importance: number }>(
    `UPDATE intakes SET state = 'listing' WHERE id = $1 AND state IN ('queued', 'listing') RETURNING files, importance`,
    [ended.intake],
  );
  const [row] = rows;
  if (row === undefined) return;
  if (row.files === 0) await fail(tools, transaction, ended);
  // Which of the files are sources is not known here: the job looks for them.
  else await listed(tools, transaction, { ...ended, importance: row.importance, sources: row.files });
}

/** The end of a listing. */
interface EndedListing {
  readonly intake: string;
  readonly importance: number;
  /** How many of the files are Python sources, or more. */
  readonly sources: number;
  /** Why the listing is not complete; null where it is. */
  readonly reason: string | null;
  readonly trace: string | undefined;
}

async function addFiles(
  tools: ListTools,
  transaction: Transaction,
  { data: { intake }, trace }: Job<'list'>,
  { importance }: IntakeRow,
  entries: readonly (SourceEntry | SourceProblem)[],
): Promise<void> {
  if (entries.length === 0) return;
  await holdPolicy(transaction);
  const rows = entries.map(listedRow);
  const added = await transaction.query<{ id: string; path: string; state: string }>(
    `INSERT INTO artifacts (id, intake, path, name, reading, size, sha256, state, reason, listed)
     SELECT id, $1, path, name, reading, size, decode(sha256, 'hex'), state, reason, listed FROM jsonb_to_recordset($2::jsonb)
       AS row(id uuid, path text, name text, reading text, size bigint, sha256 text, state text, reason text,
         listed jsonb)
     ON CONFLICT (intake, path) DO NOTHING RETURNING id, path, state`,
    [intake, storableJson(rows)],
  );
  const waiting = added.rows.filter(({ state }) => state === 'received');
  const { queue, verdicts, actor } = tools;
  const byId = new Map<string, (typeof rows)[number]>(rows.map((row) => [row.id, row]));
  const known = await knownFiles(
    tools,
    waiting.flatMap(({ id }) => byId.get(id) ?? []),
  );
  const isKnown = new Set(known.map(({ artifact }) => artifact));
  const jobs = waiting.filter(({ id, path }) => !isSourceName(path) && !isKnown.has(id));
  await queue.send(
    transaction,
    'scan',
    jobs.map(({ id }) => ({ data: { artifact: id }, importance, trace })),
  );
  // Workers that count down the files of the intake wait for its row: it is held as short as can be.
  await transaction.query('UPDATE intakes SET files = files + $2, pending = pending + $3 WHERE id = $1', [
    intake,
    added.rows.length,
    waiting.length,
  ]);
  if (known.length === 0) return;
  const { policy } = verdicts;
  const finished = known.map((one) => ({ ...one, trace }));
  await finishIn(transaction, { queue, policy, actor, analysis: verdicts.versions.analysis }, finished, []);
}

interface NewFile {
  readonly id: string;
  readonly path: string;
  readonly reading: string;
  readonly size: number | null;
  readonly sha256: string | null;
}

/** Files whose claimed hashes stand for bytes that were read here. Of a source the files around it count: it has its job. */
async function knownFiles({ pool, verdicts }: ListTools, files: readonly NewFile[]): Promise<readonly Finished[]> {
  const claimed = files.flatMap((file) =>
    file.sha256 === null || isSourceName(file.path) ? [] : [{ file, sha256: file.sha256 }],
  );
  if (claimed.length === 0) return [];
  const policy = await verdicts.policy.get();
  const found = await Promise.all(
    claimed.map(({ file, sha256 }) => fromFacts({ pool, verdicts }, { ...file, isComputed: false }, sha256, policy)),
  );
  return found.filter((one) => one !== null);
}

async function listed(
  { queue, actor }: ListTools,
  transaction: Transaction,
  { intake: id, importance, sources, reason, trace }: EndedListing,
): Promise<void> {
  const { rows } = await transaction.query<{ pending: number; files: number }>(
    `UPDATE intakes SET state = 'scanning', reason = $2, listing_reason = $2 WHERE id = $1 AND state = 'listing'
     RETURNING pending, files`,
    [id, reason],
  );
  const [row] = rows;
  if (row !== undefined && row.pending === 0)
    await queue.send(transaction, 'conclude', [{ data: { intake: id }, importance, trace }]);
  if (row !== undefined && sources > 0)
    await queue.send(transaction, 'scan', [{ data: { sourcesOf: id }, importance, trace }]);
  await appendAudit(transaction, [
    { actor, action: 'intake.listed', subject: `intake:${id}`, detail: { files: row?.files ?? 0, reason } },
  ]);
}

async function fail(
  { queue, actor }: ListTools,
  transaction: Transaction,
  { intake: id, reason, trace }: Pick<EndedListing, 'intake' | 'trace'> & { readonly reason: string },
): Promise<void> {
  await transaction.query(
    `UPDATE intakes SET state = 'failed', reason = $2, verdict = 'incomplete', done_at = now() WHERE id = $1 AND state = 'listing'`,
    [id, reason],
  );
  await emit(transaction, queue, [{ kind: 'intake.done', intake: id, verdict: 'incomplete', trace }]);
  await appendAudit(transaction, [{ actor, action: 'intake.failed', subject: `intake:${id}`, detail: { reason } }]);
}
