import type { Transaction } from './pool.js';
import type { VerdictWord } from '../model/shapes.js';

/** The verdict of an intake, before and now. */
export interface IntakeVerdict {
  readonly intake: string;
  /** Null where it was not concluded before. */
  readonly was: VerdictWord | null;
  readonly verdict: VerdictWord;
}

export interface Following {
  /**
   * A file was rejected, or is not rejected any more: other intakes of the same revision of a repository follow as well, for
   * another intake of the same bytes does not undo what somebody rejected.
   */
  readonly revision: boolean;
}

/**
 * Brings the verdicts of intakes that are done up to the states of their files: the worst of them, and of what the intake has by
 * itself. It is called in the transaction in which the files changed, so that nobody sees the one without the other. The rows of
 * the intakes are locked until its end. Gives the verdicts that are others than before.
 */
export async function followFiles(
  transaction: Transaction,
  intakes: readonly string[],
  { revision }: Following,
): Promise<readonly IntakeVerdict[]> {
  if (intakes.length === 0) return [];
  // Locked first: the statement below sees what others have committed until then.
  const locked = await lockIntakes(transaction, intakes, { revision });
  const { rows } = await transaction.query<IntakeVerdict>(
    `UPDATE intakes AS i SET verdict = now.verdict
     FROM (SELECT i.id, i.verdict AS was, ${VERDICT} AS verdict FROM intakes i
           WHERE i.id = ANY($1::uuid[]) AND i.state = 'done' AND i.own_verdict IS NOT NULL) AS now
     WHERE i.id = now.id AND now.verdict IS DISTINCT FROM now.was
     RETURNING i.id AS intake, now.was, now.verdict`,
    [locked],
  );
  return rows;
}

/** Locks rows of intakes, in one order everywhere. */
export async function lockIntakes(
  transaction: Transaction,
  intakes: readonly string[],
  { revision }: Following,
): Promise<readonly string[]> {
  const { rows } = await transaction.query<{ id: string }>(
    `SELECT i.id FROM intakes i
     WHERE i.id = ANY($1::uuid[]) ${revision ? OF_SAME_REVISION : ''} ORDER BY i.id FOR NO KEY UPDATE`,
    [intakes],
  );
  return rows.map(({ id }) => id);
}

/** An entry of the audit log. */
interface FollowedRecord {
  readonly actor: string;
  readonly action: 'intake.done';
  readonly subject: string;
  readonly detail: Pick<IntakeVerdict, 'verdict' | 'was'>;
}

/** What the audit log says of it. */
export function followedRecords(actor: string, followed: readonly IntakeVerdict[]): readonly FollowedRecord[] {
  return followed.map(({ intake, was, verdict }) => ({
    actor,
    action: 'intake.done',
    subject: `intake:${intake}`,
    detail: { verdict, was },
  }));
}

/**
 * SQL for the commit of an intake of the Hub, the expression of an index: a commit is the same under every name of its repository.
 * Where none is named, it is the whole name.
 */
export function commitOf(name: string): string {
  return `coalesce(substring(${name} FROM '@([0-9a-f]{40})'), ${name})`;
}

const OF_SAME_REVISION = `
  OR (i.kind = 'hf' AND ${commitOf('i.pinned')} IN (SELECT ${commitOf('o.pinned')} FROM intakes o WHERE o.id = ANY($1::uuid[]) AND o.kind = 'hf'))`;

/** Each part is a look-up in the index of files that stand against their intake. */
const VERDICT = `CASE
  WHEN i.own_verdict = 'fail'
    OR EXISTS (SELECT FROM artifacts a WHERE a.intake = i.id AND a.state IN ('failed', 'rejected'))
    OR (i.kind = 'hf' AND EXISTS (
      SELECT FROM intakes o JOIN artifacts a ON a.intake = o.id
      WHERE ${commitOf('o.pinned')} = ${commitOf('i.pinned')} AND o.kind = 'hf' AND a.state = 'rejected')) THEN 'fail'
  WHEN i.own_verdict = 'incomplete'
    OR EXISTS (SELECT FROM artifacts a WHERE a.intake = i.id AND a.state IN ('received', 'scanning', 'incomplete'))
    THEN 'incomplete'
  ELSE 'pass' END`;
