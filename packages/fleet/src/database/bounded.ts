import { RefusedError } from '../model/errors.js';
import { inTransaction, type Pool, type Transaction } from './pool.js';

/** PostgreSQL ended a statement: it took too long. */
const CANCELED = '57014';

/** A search that may have to look at every row: it ends after `ms` milliseconds, and the one who asked hears of it. */
export async function boundedSearch<T>(pool: Pool, ms: number, search: (db: Transaction) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(pool, async (transaction) => {
      await transaction.query(`SELECT set_config('statement_timeout', $1, true)`, [String(ms)]);
      return search(transaction);
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === CANCELED)) throw error;
    throw new RefusedError(
      503,
      'search-too-long',
      `the search took more than ${ms / 1000} s: ask for less, such as one intake, a state or a rule`,
    );
  }
}
