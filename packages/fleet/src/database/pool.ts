import pg from 'pg';
import { MAX_CONNECTIONS, STATEMENT_MS } from '../limits.js';

export type Pool = pg.Pool;
/** A connection with a transaction open on it. */
export type Transaction = pg.PoolClient;
/** What statements are sent to: the pool, or a connection within a transaction. */
export type Queries = Pick<pg.ClientBase, 'query'>;

const INT8 = 20;
const DATE = 1082;

/** Sizes and counts are numbers here: none comes near 2^53. A day is the string it is. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown => {
    if (format !== 'binary' && oid === INT8) return Number;
    if (format !== 'binary' && oid === DATE) return String;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  }) as typeof pg.types.getTypeParser,
};

/** Connections whose tables are those of the schema `sentinel`. */
export function openPool(url: string, most: number = MAX_CONNECTIONS): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    types,
    options: '-c search_path=sentinel -c timezone=UTC',
    statement_timeout: STATEMENT_MS,
    application_name: 'sentinel',
  });
  // A connection that breaks while nobody uses it is left; the next query opens another one, and says what is wrong.
  pool.on('error', () => undefined);
  return pool;
}

/** All that `work` does, or nothing. What it throws is thrown after the transaction was rolled back. */
export async function inTransaction<T>(pool: Pool, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The connection may break between two statements; the next one fails then.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollback: unknown) => {
      broken = rollback instanceof Error ? rollback : new Error(String(rollback));
    });
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/**
 * Whether the database is away, comes up or goes down, so that the same may succeed later. Recursion: once, for the addresses that
 * one connection tried; the driver makes no other list of errors.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // 08: connection exceptions; 57P: shutdown, crash, not yet up; 53300: too many connections.
  if (CONNECTION_CODES.has(code) || /^(08...|57P..|53300)$/.test(code)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
    error.message,
  );
}

/** Whether a value is none that the database takes, or is larger than it takes: the same would fail another time. */
export function isUnstorable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  // 22: data exceptions; 54: limits of the program. A statement that is longer than a string may be is not even sent.
  return /^(22|54)...$/.test(code) || error instanceof RangeError;
}

/** Whether two transactions were in each other's way, so that this one has to be done again. */
export function isConflict(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  // Serialization failure, deadlock.
  return code === '40001' || code === '40P01';
}
