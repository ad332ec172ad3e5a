import { appendAudit, type AuditRecord } from '../audit/audit.js';
import { inTransaction, type Queries, type Transaction } from '../database/pool.js';
import { REJUDGE_PAGE } from '../limits.js';
import type { ArtifactState } from '../model/shapes.js';
import { emit, type Happened } from '../queue/events.js';
import type { Job } from '../queue/queue.js';
import { followedRecords, followFiles } from '../database/intake-verdicts.js';
import { holdPolicy } from '../verdicts/policy.js';
import { endOfPromotion, standing } from '../verdicts/promotions.js';
import type { StoredVerdict } from '../verdicts/stored-verdicts.js';
import type { ConcludeTools } from './conclude.js';
import { replaceFindings, STATES } from './finish.js';
import { reasonOf, TryAgainError } from './scan.js';

interface Row {
  readonly id: string;
  readonly intake: string;
  readonly path: string;
  readonly sha256: Buffer;
  readonly reading: string;
  readonly state: string;
  readonly importance: number;
}

/**
 * Verdicts under another catalogue, policy or set of waivers, from facts alone, a page of artifacts in each job. What somebody
 * rejected stays rejected; what somebody promoted stays so unless something is worse than it was then. Intakes whose files changed are concluded again.
 */
export async function rejudge(tools: ConcludeTools, job: Job<'rejudge'>): Promise<void> {
  const { pool, queue, verdicts, actor } = tools;
  const { data, trace } = job;
  const { after, artifacts } = 'after' in data ? { ...data, artifacts: null } : { ...data, after: null };
  const policy = await verdicts.policy.fresh();
  const { rows } = await pool.query<Row>(
    `SELECT a.id, a.intake, a.path, a.sha256, a.reading, a.state, i.importance
     FROM artifacts a JOIN intakes i ON i.id = a.intake
     WHERE a.state IN ('passed', 'failed', 'incomplete', 'promoted') AND a.sha256 IS NOT NULL
       AND ($1::uuid IS NULL OR a.id > $1) AND ($3::uuid[] IS NULL OR a.id = ANY($3))
     ORDER BY a.id LIMIT $2`,
    [after, REJUDGE_PAGE, artifacts],
  );
  const rescans: Row[] = [];
  const judged: { readonly row: Row; readonly now: StoredVerdict }[] = [];
  for (const row of rows) {
    const verdict = await verdicts.verdict(pool, row.sha256.toString('hex'), row.reading, policy, { path: row.path });
    // Without facts of this analysis its bytes are read again.
    if (verdict === null) rescans.push(row);
    else judged.push({ row, now: verdict });
  }
  await inTransaction(pool, async (transaction) => {
    await holdPolicy(transaction);
    // The job of the newer policy may have come before this one.
    if ((await verdicts.policy.digestIn(transaction)) !== policy.digest) throw new TryAgainError('the policy changed');
    const audit: AuditRecord[] = [];
    const events: Happened[] = [];
    const touched = new Set<string>();
    // What somebody decided, or another worker found meanwhile, is not undone.
    const before = await standing(
      transaction,
      judged.map(({ row }) => row.id),
    );
    // A promotion of this moment is compared as well; another worker's result, and other bytes, are judged by that worker.
    const same = judged.filter(({ row }) => {
      const found = before.get(row.id);
      return (
        found !== undefined &&
        JUDGED.has(found.state) &&
        found.sha256 === row.sha256.toString('hex') &&
        found.reading === row.reading
      );
    });
    await replaceFindings(
      transaction,
      same.map(({ row, now }) => ({ artifact: row.id, findings: now.findings })),
    );
    await replaceGaps(transaction, same);
    const changed = new Set<string>();
    for (const { row, now } of same) {
      touched.add(row.intake);
      const { promotion = null, state: was = row.state } = before.get(row.id) ?? {};
      const reason =
        promotion === null ? null : endOfPromotion(promotion, { ...now, sha256: row.sha256.toString('hex') });
      const state = promotion === null || reason !== null ? STATES[now.verdict] : 'promoted';
      if (was === state) continue;
      changed.add(row.intake);
      await transaction.query(`UPDATE artifacts SET state = $2, reason = $3, changed_at = now() WHERE id = $1`, [
        row.id,
        state,
        reason ?? (state === 'incomplete' ? reasonOf(now.gaps) : null),
      ]);
      events.push({ kind: 'artifact.state', artifact: row.id, state, trace });
      audit.push({
        actor,
        action: `artifact.${state}`,
        subject: `artifact:${row.id}`,
        detail: { was, why: 'judged again', ...(reason === null ? {} : { reason }) },
      });
    }
    // What the repository says by itself follows with its conclusion; what a file says, at once.
    const followed = await followFiles(transaction, [...changed], { revision: false });
    for (const { intake, verdict } of followed) events.push({ kind: 'intake.done', intake, verdict, trace });
    await emit(transaction, queue, events);
    await queue.send(
      transaction,
      'conclude',
      [...touched].map((intake) => ({ data: { intake }, importance: 5, trace })),
    );
    await sendRescans(transaction, queue, rescans, trace);
    const last = rows.at(-1);
    if (rows.length === REJUDGE_PAGE && last !== undefined)
      await queue.send(transaction, 'rejudge', [
        {
          data: artifacts === null ? { after: last.id } : { artifacts: artifacts.filter((id) => id > last.id) },
          importance: 0,
          trace,
        },
      ]);
    await queue.complete(transaction, 'rejudge', [job]);
    await appendAudit(transaction, [...audit, ...followedRecords(actor, followed)]);
  });
}

const JUDGED: ReadonlySet<ArtifactState> = new Set(['passed', 'failed', 'incomplete', 'promoted']);

/** What a promotion of a later day will cover. Most rows stay as they are. */
async function replaceGaps(
  transaction: Transaction,
  judged: readonly { readonly row: Row; readonly now: StoredVerdict }[],
): Promise<void> {
  const rows = judged.map(({ row, now }) => ({ id: row.id, gaps: now.gaps }));
  await transaction.query(
    `UPDATE artifacts AS a SET gaps = row.gaps FROM jsonb_to_recordset($1::jsonb) AS row(id uuid, gaps text[])
     WHERE a.id = row.id AND a.gaps <> row.gaps`,
    [JSON.stringify(rows)],
  );
}

/** Hours since then are smaller than `BAND` for a century. */
const EPOCH_MS = Date.UTC(2020, 0, 1);
const BAND = 1_000_000;
const ABOVE_ALL = 101;

/**
 * Rescans come after everything that somebody waits for: below zero. What was important comes first, and of that what was read
 * longest ago. Before -2^31 there is room for all importances.
 */
export function rescanPriority(importance: number, readAt: Date | null): number {
  const hours = readAt === null ? 0 : Math.floor((readAt.getTime() - EPOCH_MS) / 3_600_000);
  return (Math.min(100, importance) - ABOVE_ALL) * BAND - Math.min(BAND - 1, Math.max(0, hours));
}

/** Sources are read with what lies around them, as often as one of them asks for it. */
async function sendRescans(
  db: Queries,
  queue: ConcludeTools['queue'],
  rows: readonly Row[],
  trace: string | undefined,
): Promise<void> {
  if (rows.length === 0) return;
  const { rows: ages } = await db.query<{ id: string; read_at: Date | null }>(
    `SELECT a.id, (SELECT max(f.made_at) FROM facts f WHERE f.sha256 = a.sha256 AND f.reading = a.reading) AS read_at
     FROM artifacts a WHERE a.id = ANY($1::uuid[])`,
    [rows.map(({ id }) => id)],
  );
  const readAt = new Map(ages.map((row) => [row.id, row.read_at]));
  await queue.send(
    db,
    'scan',
    rows.map(({ id, importance }) => ({
      data: { artifact: id, rescan: true as const },
      importance: rescanPriority(importance, readAt.get(id) ?? null),
      trace,
    })),
  );
}
