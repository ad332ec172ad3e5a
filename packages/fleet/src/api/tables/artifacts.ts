import type { Queries } from '../../database/pool.js';
import type { ArtifactQuery } from '../../model/api-shapes.js';
import type { Artifact, ArtifactState } from '../../model/shapes.js';
import { likePart, pageFrom, readCursor } from '../cursor.js';

interface ArtifactRow {
  readonly id: string;
  readonly intake: string;
  readonly path: string;
  readonly address: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly is_hash_computed: boolean;
  readonly state: ArtifactState;
  readonly reason: string | null;
  readonly received_at: Date;
  readonly changed_at: Date;
  readonly counts: Readonly<Record<string, number>>;
  readonly position: string;
}

/** A waiver counts until the end of its day. */
export const WAIVED = `EXISTS (
  SELECT FROM waivers w WHERE w.fingerprint = f.fingerprint AND w.revoked_at IS NULL AND w.expires_on >= current_date
    AND (w.sha256 IS NULL OR w.sha256 = a.sha256))`;

const SELECT = `
  SELECT a.id, a.intake, a.path, coalesce(i.pinned, i.address) AS address, a.size, encode(a.sha256, 'hex') AS sha256,
    a.is_hash_computed, a.state, a.reason, a.received_at, a.changed_at, a.received_at::text AS position,
    (SELECT coalesce(jsonb_object_agg(severity, n), '{}') FROM (
       SELECT f.severity, count(*) AS n FROM findings f WHERE f.artifact = a.id AND NOT ${WAIVED} GROUP BY f.severity
     ) AS severities) AS counts
  FROM artifacts a JOIN intakes i ON i.id = a.intake`;

/** The newest first. */
export async function listArtifacts(
  db: Queries,
  query: ArtifactQuery,
): Promise<{ items: Artifact[]; next: string | null }> {
  const after = readCursor(query.cursor);
  const { rows } = await db.query<ArtifactRow>(
    `${SELECT}
     WHERE ($1::text IS NULL OR a.state = $1)
       AND ($2::uuid IS NULL OR a.intake = $2)
       AND ($3::text IS NULL OR a.sha256 = decode($3, 'hex'))
       AND ($4::text IS NULL OR EXISTS (SELECT FROM findings f WHERE f.artifact = a.id AND f.rule = $4))
       AND ($5::text IS NULL OR EXISTS (SELECT FROM findings f WHERE f.artifact = a.id AND f.owner = $5))
       AND ($6::text IS NULL OR a.path ILIKE $6
         -- Asked first and by itself, so that an index answers for each side of the OR.
         OR a.intake = ANY(ARRAY(SELECT id FROM intakes WHERE coalesce(pinned, address) ILIKE $6)))
       AND ($7::timestamptz IS NULL OR (a.received_at, a.id) < ($7, $8::uuid))
     ORDER BY a.received_at DESC, a.id DESC LIMIT $9`,
    [
      query.state ?? null,
      query.intake ?? null,
      query.sha256 ?? null,
      query.rule ?? null,
      query.owner ?? null,
      query.q === undefined ? null : likePart(query.q),
      after === null ? null : `${after[0]}+00`,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  );
  return pageFrom(rows, query.limit, artifactOf, (row) => [row.position.replace(/\+00$/, ''), row.id]);
}

export async function artifactById(db: Queries, id: string): Promise<Artifact | null> {
  const { rows } = await db.query<ArtifactRow>(`${SELECT} WHERE a.id = $1`, [id]);
  return rows[0] === undefined ? null : artifactOf(rows[0]);
}

function artifactOf(row: ArtifactRow): Artifact {
  const count = (severity: string): number => row.counts[severity] ?? 0;
  return {
    id: row.id,
    intake: row.intake,
    path: row.path,
    address: row.address,
    size: row.size,
    sha256: row.sha256,
    isHashComputed: row.is_hash_computed,
    state: row.state,
    reason: row.reason,
    counts: { CRITICAL: count('CRITICAL'), HIGH: count('HIGH'), MEDIUM: count('MEDIUM'), LOW: count('LOW') },
    receivedAt: row.received_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}
