import { inTransaction, type Pool, type Queries } from '../database/pool.js';
import { isStorable, storableText } from '../database/storable.js';
import { appendAudit } from '../audit/audit.js';
import { SHOWN_REASONS } from '../limits.js';
import { commitOf, followedRecords, followFiles, type IntakeVerdict } from '../database/intake-verdicts.js';
import type { ArtifactState, IntakeState, ShortFinding, VerdictWord } from '../model/shapes.js';

/** The intake that decides about a revision: the newest one that is done, or the newest of all. One that is not listed yet has only its address. */
export interface IntakeRow {
  readonly id: string;
  readonly state: IntakeState;
  readonly reason: string | null;
  readonly verdict: VerdictWord | null;
  readonly findings: readonly ShortFinding[];
  readonly created_at: Date;
}

export async function decidingIntake(db: Queries, pinned: string): Promise<IntakeRow | null> {
  const { rows } = await db.query<IntakeRow>(
    `SELECT id, state, reason, verdict, findings, created_at FROM intakes
     WHERE (pinned = $1 OR (pinned IS NULL AND address = $1)) AND kind = 'hf'
     ORDER BY (state = 'done') DESC, created_at DESC LIMIT 1`,
    [pinned],
  );
  return rows[0] ?? null;
}

/** A file that stands against its revision. */
export interface BlockingRow {
  readonly id: string;
  readonly path: string;
  readonly state: ArtifactState;
  readonly reason: string | null;
  /** Rules of its findings, the worst first. */
  readonly rules: readonly string[];
}

export async function artifactsIn(
  db: Queries,
  intake: string,
  states: readonly ArtifactState[],
): Promise<{ readonly count: number; readonly first: readonly BlockingRow[] }> {
  const { rows } = await db.query<BlockingRow & { count: number }>(
    `SELECT a.id, a.path, a.state, a.reason, count(*) OVER ()::int AS count,
       ARRAY(SELECT f.rule FROM findings f WHERE f.artifact = a.id
             GROUP BY f.rule
             ORDER BY min(array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity)), f.rule
             LIMIT $3) AS rules
     FROM artifacts a WHERE a.intake = $1 AND a.state = ANY($2)
     ORDER BY array_position(ARRAY['rejected', 'failed', 'incomplete'], a.state), a.path LIMIT $3`,
    [intake, states, SHOWN_REASONS],
  );
  return { count: rows[0]?.count ?? 0, first: rows };
}

/**
 * A file of a revision that was rejected, in whichever intake: another intake of the same bytes does not undo that. A commit is
 * the same under every name: the Hub takes names in any capitals, repositories are renamed and forked, and a file may have been
 * taken in by itself.
 */
export async function rejectedIn(db: Queries, pinned: string): Promise<BlockingRow | null> {
  const { rows } = await db.query<BlockingRow>(
    `SELECT a.id, a.path, a.state, a.reason, ARRAY[]::text[] AS rules
     FROM intakes i JOIN artifacts a ON a.intake = i.id
     WHERE ${commitOf('i.pinned')} = ${commitOf('$1::text')} AND i.kind = 'hf' AND a.state = 'rejected'
     ORDER BY a.changed_at DESC LIMIT 1`,
    [pinned],
  );
  return rows[0] ?? null;
}

/** Files of an intake as they were analysed, by path. */
export interface FileRow {
  readonly id: string;
  readonly path: string;
  readonly size: number | null;
  /** Hex. */
  readonly sha256: string | null;
  readonly state: ArtifactState;
}

export async function filesAt(
  db: Queries,
  intake: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FileRow>> {
  const { rows } = await db.query<FileRow>(
    `SELECT id, path, size, encode(sha256, 'hex') AS sha256, state FROM artifacts WHERE intake = $1 AND path = ANY($2)`,
    [intake, paths.filter(isStorable)],
  );
  return new Map(rows.map((row) => [row.path, row]));
}

/** The Hub gave other bytes than those that were analysed: the file is rejected and its revision fails, whatever comes later. */
export async function markChanged(
  pool: Pool,
  {
    intake,
    artifact,
    reason,
    detail,
  }: { intake: string; artifact: string; reason: string; detail: Record<string, unknown> },
  emit: (db: Queries, followed: readonly IntakeVerdict[]) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    const changed = await transaction.query(
      `UPDATE artifacts SET state = 'rejected', reason = $2, changed_at = now()
       WHERE id = $1 AND state = ANY(ARRAY['passed', 'failed', 'incomplete', 'promoted'])`,
      [artifact, storableText(reason)],
    );
    if (changed.rowCount === 0) return;
    const followed = await followFiles(transaction, [intake], { revision: true });
    await emit(transaction, followed);
    await appendAudit(transaction, [
      {
        actor: 'hub-gate',
        action: 'artifact.changed-at-source',
        subject: `artifact:${artifact}`,
        detail: { ...detail, intake, reason },
      },
      ...followedRecords('hub-gate', followed),
    ]);
  });
}
