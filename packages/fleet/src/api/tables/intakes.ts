import type { Queries } from '../../database/pool.js';
import { MAX_MATRIX_ROWS } from '../../limits.js';
import type { IntakeFindings, IntakeQuery } from '../../model/api-shapes.js';
import type { Intake, IntakeKind, IntakeState, ShortFinding, VerdictWord } from '../../model/shapes.js';
import { WAIVED } from './artifacts.js';
import { likePart, pageFrom, readCursor } from '../cursor.js';

interface IntakeRow {
  readonly id: string;
  readonly kind: IntakeKind;
  readonly address: string;
  readonly pinned: string | null;
  readonly state: IntakeState;
  readonly reason: string | null;
  readonly verdict: VerdictWord | null;
  readonly findings: ShortFinding[];
  readonly files: number;
  readonly pending: number;
  readonly importance: number;
  readonly requested_by: string;
  readonly created_at: Date;
  readonly done_at: Date | null;
  readonly position: string;
}

const SELECT = `
  SELECT id, kind, address, pinned, state, reason, verdict, findings, files, pending, importance, requested_by, created_at,
    done_at, created_at::text AS position
  FROM intakes`;

/** The newest first. */
export async function listIntakes(db: Queries, query: IntakeQuery): Promise<{ items: Intake[]; next: string | null }> {
  const after = readCursor(query.cursor);
  const { rows } = await db.query<IntakeRow>(
    `${SELECT}
     WHERE ($1::text IS NULL OR state = $1)
       AND ($2::text IS NULL OR verdict = $2)
       AND ($3::text IS NULL OR address ILIKE $3 OR pinned ILIKE $3)
       AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $6`,
    [
      query.state ?? null,
      query.verdict ?? null,
      query.q === undefined ? null : likePart(query.q),
      after === null ? null : `${after[0]}+00`,
      after?.[1] ?? null,
      query.limit + 1,
    ],
  );
  return pageFrom(rows, query.limit, intakeOf, (row) => [row.position.replace(/\+00$/, ''), row.id]);
}

export async function intakeById(db: Queries, id: string): Promise<Intake | null> {
  const { rows } = await db.query<IntakeRow>(`${SELECT} WHERE id = $1`, [id]);
  return rows[0] === undefined ? null : intakeOf(rows[0]);
}

/** File × rule, the worst first. */
export async function findingsOfIntake(db: Queries, id: string): Promise<IntakeFindings> {
  const { rows } = await db.query<IntakeFindings['items'][number]>(
    `SELECT f.artifact, f.rule, f.severity, count(*) AS count
     FROM findings f JOIN artifacts a ON a.id = f.artifact
     WHERE a.intake = $1 AND NOT ${WAIVED}
     GROUP BY 1, 2, 3
     ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), 1, 2 LIMIT $2`,
    [id, MAX_MATRIX_ROWS + 1],
  );
  return { items: rows.slice(0, MAX_MATRIX_ROWS), isCut: rows.length > MAX_MATRIX_ROWS };
}

function intakeOf(row: IntakeRow): Intake {
  return {
    id: row.id,
    kind: row.kind,
    address: row.address,
    pinned: row.pinned,
    state: row.state,
    reason: row.reason,
    verdict: row.verdict,
    findings: row.findings,
    files: row.files,
    pending: row.pending,
    importance: row.importance,
    requestedBy: row.requested_by,
    createdAt: row.created_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
  };
}
