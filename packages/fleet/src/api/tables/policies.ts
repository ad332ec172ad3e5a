import { createHash } from 'node:crypto';
import { readPolicyText } from '@artifact-sentinel/core/internal';
import { appendAudit } from '../../audit/audit.js';
import { inTransaction, type Pool, type Queries, type Transaction } from '../../database/pool.js';
import { MAX_ROWS } from '../../limits.js';
import type { PolicyAnswer, PolicyText } from '../../model/api-shapes.js';
import { RefusedError } from '../../model/errors.js';
import type { Actor } from '../../model/ports.js';
import { lockPolicy } from '../../verdicts/policy.js';

interface PolicyRow {
  readonly number: number;
  readonly sha256: string;
  readonly set_by: string;
  readonly set_at: Date;
}

/** The policy in force; the empty one, which is the core's default, where none was set. */
export async function currentPolicy(db: Queries): Promise<PolicyAnswer> {
  const { rows } = await db.query<PolicyRow & { text: string }>(
    `SELECT h.number, encode(h.sha256, 'hex') AS sha256, p.text, h.set_by, h.set_at
     FROM policy_history h JOIN policies p USING (sha256) ORDER BY h.number DESC LIMIT 1`,
  );
  const [row] = rows;
  if (row === undefined) return { sha256: digest('').toString('hex'), text: '', setBy: 'default', setAt: null };
  return { sha256: row.sha256, text: row.text, setBy: row.set_by, setAt: row.set_at.toISOString() };
}

/**
 * Throws a RefusedError with every problem that the core's loader finds. `also`: what follows from the change, in its
 * transaction.
 */
export async function setPolicy(
  pool: Pool,
  text: string,
  by: Actor,
  also: (transaction: Transaction) => Promise<void>,
): Promise<PolicyAnswer> {
  const { problems } = readPolicyText(text, 'policy');
  if (problems.length > 0)
    throw new RefusedError(
      400,
      'bad-policy',
      problems
        .slice(0, SHOWN_PROBLEMS)
        .map(({ message }) => message)
        .join('\n'),
    );
  const sha256 = digest(text);
  await inTransaction(pool, async (transaction) => {
    await lockPolicy(transaction);
    await transaction.query('INSERT INTO policies (sha256, text, set_by) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      sha256,
      text,
      by.name,
    ]);
    await transaction.query('INSERT INTO policy_history (sha256, set_by) VALUES ($1, $2)', [sha256, by.name]);
    await also(transaction);
    await appendAudit(transaction, [
      {
        actor: by.name,
        action: 'policy.set',
        subject: `policy:${sha256.toString('hex')}`,
        detail: { bytes: text.length },
      },
    ]);
  });
  return currentPolicy(pool);
}

const SHOWN_PROBLEMS = 20;

/** The newest first. */
export async function policyHistory(
  db: Queries,
): Promise<{ number: number; sha256: string; setBy: string; setAt: string }[]> {
  const { rows } = await db.query<PolicyRow>(
    `SELECT number, encode(sha256, 'hex') AS sha256, set_by, set_at FROM policy_history ORDER BY number DESC LIMIT $1`,
    [MAX_ROWS],
  );
  return rows.map(({ number, sha256, set_by, set_at }) => ({
    number,
    sha256,
    setBy: set_by,
    setAt: set_at.toISOString(),
  }));
}

/** Throws a RefusedError where there is no such number. */
export async function policyOfHistory(db: Queries, number: number): Promise<PolicyText> {
  const { rows } = await db.query<PolicyRow & { text: string }>(
    `SELECT h.number, encode(h.sha256, 'hex') AS sha256, p.text, h.set_by, h.set_at
     FROM policy_history h JOIN policies p USING (sha256) WHERE h.number <= $1 ORDER BY h.number DESC LIMIT 2`,
    [number],
  );
  const [row, before] = rows;
  if (row?.number !== number) throw new RefusedError(404, 'not-found', 'there is no such policy');
  const { sha256, text, set_by, set_at } = row;
  return { number, sha256, text, before: before?.text ?? '', setBy: set_by, setAt: set_at.toISOString() };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
