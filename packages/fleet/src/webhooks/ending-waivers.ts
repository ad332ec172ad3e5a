import { inTransaction, type Pool } from '../database/pool.js';
import { saveSetting, setting } from '../database/settings.js';
import { emit } from '../queue/events.js';
import type { Queue } from '../queue/queue.js';

/** Days before its end of which a webhook hears. */
const NOTICE_DAYS = 7;
const LOCK = 7_364_011;

/** Once a day, by whichever process is first: an event for each waiver that runs out in a week or tomorrow. Gives how many. */
export async function endingSoon(pool: Pool, queue: Queue): Promise<number> {
  return inTransaction(pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const today = new Date().toISOString().slice(0, 10);
    if ((await setting(transaction, 'waiversLookedAt')) === today) return 0;
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
