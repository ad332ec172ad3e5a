import type { ListedState } from '@artifact-sentinel/sources';
import * as z from 'zod';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool, type Queries } from '../database/pool.js';
import type { IntakeKind } from '../model/shapes.js';

/** An artifact that is to be read. */
export interface Waiting {
  readonly id: string;
  readonly intake: string;
  readonly kind: IntakeKind;
  /** Of the intake, with its revision. */
  readonly address: string;
  readonly intakeFiles: number;
  /** Whether all files of the intake are known. */
  readonly isListed: boolean;
  readonly path: string;
  /** As reports have it. */
  readonly name: string;
  readonly reading: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly isComputed: boolean;
  readonly attempts: number;
  readonly state: string;
  /** Of an object in a bucket: what it is opened by, and in which state it was listed. */
  readonly listed: ListedState | null;
}

interface Row {
  readonly id: string;
  readonly intake: string;
  readonly kind: IntakeKind;
  readonly address: string;
  readonly files: number;
  readonly is_listed: boolean;
  readonly path: string;
  readonly name: string | null;
  readonly reading: string;
  readonly size: number | null;
  readonly sha256: Buffer | null;
  readonly is_hash_computed: boolean;
  readonly attempts: number;
  readonly state: string;
  readonly listed: unknown;
}

const listedShape = z.object({
  key: z.string(),
  size: z.int().min(0),
  etag: z.string().nullable(),
  version: z.string().nullable(),
  hasSha256: z.boolean(),
});

const SELECT = `SELECT a.id, a.intake, i.kind, coalesce(i.pinned, i.address) AS address, i.files,
  i.state NOT IN ('queued', 'listing') AS is_listed, a.path, a.name, a.reading, a.size,
  a.sha256, a.is_hash_computed, a.attempts, a.state, a.listed FROM artifacts a JOIN intakes i ON i.id = a.intake`;

export async function waitingArtifacts(db: Queries, ids: readonly string[]): Promise<Waiting[]> {
  const { rows } = await db.query<Row>(`${SELECT} WHERE a.id = ANY($1::uuid[])`, [ids]);
  return rows.map(waiting);
}

/** Artifacts of one intake, in the order of their paths, page by page. */
export async function artifactsOf(db: Queries, intake: string, after: string, most: number): Promise<Waiting[]> {
  const { rows } = await db.query<Row>(`${SELECT} WHERE a.intake = $1 AND a.path > $2 ORDER BY a.path LIMIT $3`, [
    intake,
    after,
    most,
  ]);
  return rows.map(waiting);
}

function waiting({ sha256, is_hash_computed, is_listed, files, name, listed, ...row }: Row): Waiting {
  return {
    ...row,
    name: name ?? row.path,
    intakeFiles: files,
    isListed: is_listed,
    sha256: sha256?.toString('hex') ?? null,
    isComputed: is_hash_computed,
    listed: listed === null ? null : listedShape.parse(listed),
  };
}

/** An artifact is begun for the n-th time by a process that may end with it: written down before it is read. */
export async function countAttempt(db: Queries, id: string): Promise<number> {
  const { rows } = await db.query<{ attempts: number }>(
    'UPDATE artifacts SET attempts = attempts + 1 WHERE id = $1 RETURNING attempts',
    [id],
  );
  return rows[0]?.attempts ?? 0;
}

export async function markScanning(db: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query(
    `UPDATE artifacts SET state = 'scanning', changed_at = now() WHERE id = ANY($1::uuid[]) AND state = 'received'`,
    [ids],
  );
}

/** The process did not end with them. */
export async function uncountAttempts(db: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.query('UPDATE artifacts SET attempts = attempts - 1 WHERE id = ANY($1::uuid[]) AND attempts > 0', [ids]);
}

/** An object is another one than when it was listed: from here on the row stands for the new one, whose bytes are read next. */
export async function noteChanged(pool: Pool, { id, listed: was }: Waiting, now: ListedState): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await transaction.query('UPDATE artifacts SET listed = $2, size = $3 WHERE id = $1', [
      id,
      JSON.stringify(now),
      now.size,
    ]);
    const detail = {
      was: { etag: was?.etag ?? null, size: was?.size ?? null },
      now: { etag: now.etag, size: now.size },
    };
    await appendAudit(transaction, [
      { actor: 'worker', action: 'artifact.changed-at-source', subject: `artifact:${id}`, detail },
    ]);
  });
}
