import type { Queries } from '../../database/pool.js';
import type { AuditQuery } from '../../model/api-shapes.js';
import type { AuditEntry } from '../../model/shapes.js';
import { RefusedError } from '../../model/errors.js';

interface AuditRow {
  readonly number: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Record<string, unknown>;
  readonly hash: string;
}

/** The newest first. The cursor is the number of the last entry of a page. */
export async function listAudit(db: Queries, query: AuditQuery): Promise<{ items: AuditEntry[]; next: string | null }> {
  const before = query.cursor ?? null;
  if (before !== null && !/^\d{1,15}$/.test(before))
    throw new RefusedError(400, 'bad-cursor', 'the cursor is none that this service gave');
  const { rows } = await db.query<AuditRow>(
    `SELECT number, at, actor, action, subject, detail, encode(hash, 'hex') AS hash FROM audit
     WHERE ($1::text IS NULL OR actor = $1)
       AND ($2::text IS NULL OR action = $2)
       AND ($3::text IS NULL OR subject = $3)
       AND ($4::bigint IS NULL OR number < $4)
     ORDER BY number DESC LIMIT $5`,
    [query.actor ?? null, query.action ?? null, query.subject ?? null, before, query.limit + 1],
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ ...row, at: row.at.toISOString() })),
    next: rows.length > query.limit && last !== undefined ? String(last.number) : null,
  };
}
