import { randomUUID } from 'node:crypto';
import { appendAudit } from '../../audit/audit.js';
import { inTransaction, type Pool, type Queries, type Transaction } from '../../database/pool.js';
import { MAX_ROWS, MAX_WAIVER_DAYS } from '../../limits.js';
import type { WaiverQuery } from '../../model/api-shapes.js';
import { RefusedError } from '../../model/errors.js';
import type { Actor } from '../../model/ports.js';
import type { Waiver } from '../../model/shapes.js';
import { lockPolicy } from '../../verdicts/policy.js';
import { pageFrom, readCursor } from '../cursor.js';

interface WaiverRow {
  readonly id: string;
  readonly fingerprint: string;
  readonly sha256: string | null;
  readonly owner: string;
  readonly reason: string;
  readonly expires_on: string;
  readonly created_by: string;
  readonly created_at: Date;
  readonly revoked_by: string | null;
  readonly revoked_at: Date | null;
  readonly position: string;
}

const COLUMNS = `id, fingerprint, encode(sha256, 'hex') AS sha256, owner, reason, expires_on, created_by, created_at,
  revoked_by, revoked_at, created_at::text AS position`;

/** Whether `ending` is within these days. */
const ENDING_DAYS = 14;

export async function listWaivers(db: Queries, query: WaiverQuery): Promise<{ items: Waiver[]; next: string | null }> {
  const after = readCursor(query.cursor);
  const { rows } = await db.query<WaiverRow>(
    `SELECT ${COLUMNS} FROM waivers
     WHERE ($1 = 'all' OR (revoked_at IS NULL AND expires_on >= current_date))
       AND ($1 <> 'ending' OR expires_on < current_date + $2::integer)
       AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $5`,
    [query.state, ENDING_DAYS, after === null ? null : `${after[0]}+00`, after?.[1] ?? null, query.limit + 1],
  );
  return pageFrom(rows, query.limit, waiverOf, (row) => [row.position.replace(/\+00$/, ''), row.id]);
}

/** Active ones that run out within some days, the next first. */
export async function endingWaivers(db: Queries, days: number): Promise<Waiver[]> {
  const { rows } = await db.query<WaiverRow>(
    `SELECT ${COLUMNS} FROM waivers
     WHERE revoked_at IS NULL AND expires_on >= current_date AND expires_on < current_date + $1::integer
     ORDER BY expires_on, created_at LIMIT $2`,
    [days, MAX_ROWS],
  );
  return rows.map(waiverOf);
}

/** What follows from a change, in its transaction. */
type Also = (transaction: Transaction) => Promise<void>;

export type NewWaiver = Pick<Waiver, 'fingerprint' | 'sha256' | 'owner' | 'reason' | 'expiresOn'>;

/** Throws a RefusedError for a day that is past, or so far away that nobody would look at it again. */
export async function createWaiver(pool: Pool, wanted: NewWaiver, by: Actor, also: Also): Promise<Waiver> {
  return inTransaction(pool, async (transaction) => {
    await lockPolicy(transaction);
    const { rows } = await transaction.query<WaiverRow>(
      `INSERT INTO waivers (id, fingerprint, sha256, owner, reason, expires_on, created_by)
       SELECT $1, $2, decode($3, 'hex'), $4, $5, $6, $7
       WHERE $6::date BETWEEN current_date AND current_date + $8::integer
       RETURNING ${COLUMNS}`,
      [
        randomUUID(),
        wanted.fingerprint,
        wanted.sha256,
        wanted.owner,
        wanted.reason,
        wanted.expiresOn,
        by.name,
        MAX_WAIVER_DAYS,
      ],
    );
    const [row] = rows;
    if (row === undefined)
      throw new RefusedError(
        400,
        'bad-expiry',
        `a waiver ends today at the earliest, and within ${MAX_WAIVER_DAYS} days`,
      );
    await also(transaction);
    await appendAudit(transaction, [
      { actor: by.name, action: 'waiver.created', subject: `waiver:${row.id}`, detail: { ...wanted } },
    ]);
    return waiverOf(row);
  });
}

export async function revokeWaiver(pool: Pool, id: string, by: Actor, also: Also): Promise<Waiver> {
  return inTransaction(pool, async (transaction) => {
    await lockPolicy(transaction);
    const { rows } = await transaction.query<WaiverRow>(
      `UPDATE waivers SET revoked_by = $2, revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING ${COLUMNS}`,
      [id, by.name],
    );
    const [row] = rows;
    if (row === undefined) throw new RefusedError(404, 'not-found', 'there is no such waiver that is not revoked');
    await also(transaction);
    await appendAudit(transaction, [{ actor: by.name, action: 'waiver.revoked', subject: `waiver:${id}` }]);
    return waiverOf(row);
  });
}

function waiverOf(row: WaiverRow): Waiver {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    sha256: row.sha256,
    owner: row.owner,
    reason: row.reason,
    expiresOn: row.expires_on,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    revokedBy: row.revoked_by,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
