import * as z from 'zod';
import { inTransaction, type Pool, type Queries } from '../database/pool.js';
import { saveSetting, setting } from '../database/settings.js';
import { emit } from '../queue/events.js';
import type { Queue } from '../queue/queue.js';
import { readPolicy } from '../verdicts/policy.js';

/** Days before its end of which a webhook hears. */
const NOTICE_DAYS = 7;
const LOCK = 7_364_011;

/** Files whose waiver ended fail again soon, but behind what somebody waits for. */
const REJUDGE_IMPORTANCE = 60;

/**
 * Once a day, by whichever process is first: an event for each waiver that runs out in a week or tomorrow. Verdicts are made again
 * where a waiver, or an entry of the policy, has ended since the last look. Gives how many events there are.
 */
export async function endingSoon(pool: Pool, queue: Queue): Promise<number> {
  return inTransaction(pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const today = new Date().toISOString().slice(0, 10);
    const before = dayShape.parse(await setting(transaction, 'waiversLookedAt'));
    if (before === today) return 0;
    if (await hasEnded(transaction, before, today))
      await queue.send(transaction, 'rejudge', [{ data: { after: null }, importance: REJUDGE_IMPORTANCE }]);
    const { rows } = await transaction.query<{ id: string }>(
      `SELECT id FROM waivers WHERE revoked_at IS NULL AND expires_on IN ($1::date + $2::integer, $1::date + 1)`,
      [today, NOTICE_DAYS],
    );
    await emit(
      transaction,
      queue,
      rows.map(({ id }) => ({ kind: 'waiver.expires', waiver: id })),
    );
    await saveSetting(transaction, 'waiversLookedAt', today);
    return rows.length;
  });
}

const dayShape = z.iso.date().nullable();

/** Whether something that was accepted until a day is not any more: the last day counts. `since`: null for ever. */
async function hasEnded(db: Queries, since: string | null, today: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `SELECT FROM waivers WHERE revoked_at IS NULL AND expires_on < $1::date AND ($2::date IS NULL OR expires_on >= $2) LIMIT 1`,
    [today, since],
  );
  if (rowCount !== 0) return true;
  const { policy } = await readPolicy(db, today);
  return [...policy.allow, ...policy.accept].some(
    ({ expires }) => expires !== null && expires < today && (since === null || expires >= since),
  );
}
