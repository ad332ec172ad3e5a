import type { Intake, ShortFinding } from '../model/shapes.js';

/** An intake as it is selected with `INTAKE_COLUMNS`. */
export interface IntakeRow {
  readonly id: string;
  readonly kind: Intake['kind'];
  readonly address: string;
  readonly pinned: string | null;
  readonly state: Intake['state'];
  readonly reason: string | null;
  readonly verdict: Intake['verdict'];
  readonly findings: ShortFinding[];
  readonly importance: number;
  readonly files: number;
  readonly pending: number;
  readonly requested_by: string;
  readonly created_at: Date;
  readonly done_at: Date | null;
}

export const INTAKE_COLUMNS =
  'id, kind, address, pinned, state, reason, verdict, findings, importance, files, pending, requested_by, created_at, done_at';

/** The first of the rows, of which there is one. */
export function intakeOf(rows: readonly IntakeRow[]): Intake {
  const [row] = rows;
  if (row === undefined) throw new Error('an intake was selected that is not there');
  const { requested_by, created_at, done_at, ...rest } = row;
  return {
    ...rest,
    requestedBy: requested_by,
    createdAt: created_at.toISOString(),
    doneAt: done_at?.toISOString() ?? null,
  };
}
