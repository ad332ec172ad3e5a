import type { Queries } from '../database/pool.js';
import { MAX_LEASES, RATE_LEASE_MS } from '../limits.js';

export interface Rate {
  /** Requests at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Takes `count` out of a bucket that all processes share: one statement, whose row is locked while it runs. Gives 0, or the
 * seconds after which there would be enough.
 */
export async function takeFromBucket(db: Queries, name: string, rate: Rate, count: number): Promise<number> {
  const { rows } = await db.query<{ left: number }>(
    `INSERT INTO buckets AS bucket (name, tokens, at) VALUES ($1, $2::float8 - $4::float8, clock_timestamp())
     ON CONFLICT (name) DO UPDATE
     SET tokens = least($2, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.at) * $3::float8) - $4,
         at = clock_timestamp()
     WHERE least($2, bucket.tokens + extract(epoch FROM clock_timestamp() - bucket.at) * $3) >= $4
     RETURNING tokens AS left`,
    [name, rate.burst, rate.perSecond, count],
  );
  if (rows.length > 0) return 0;
  const { rows: now } = await db.query<{ there: number }>(
    `SELECT least($2, tokens + extract(epoch FROM clock_timestamp() - at) * $3::float8)::float8 AS there
     FROM buckets WHERE name = $1`,
    [name, rate.burst, rate.perSecond],
  );
  return Math.max(0.001, (count - (now[0]?.there ?? 0)) / rate.perSecond);
}

interface Lease {
  left: number;
  readonly until: number;
}

/**
 * Limits of callers. A process takes some requests out of the bucket at once and gives them out without asking the database;
 * what it has not given out within a moment is lost to the caller.
 */
export class RateLimits {
  readonly #db: Queries;
  readonly #leases = new Map<string, Lease>();

  constructor(db: Queries) {
    this.#db = db;
  }

  /** 0 where the request may go on, otherwise the seconds to wait. */
  async take(key: string, rate: Rate): Promise<number> {
    const lease = this.#leases.get(key);
    const now = performance.now();
    if (lease !== undefined && lease.until > now && lease.left > 0) {
      lease.left -= 1;
      return 0;
    }
    const several = Math.max(1, Math.floor(rate.burst / 20));
    if (several > 1 && (await takeFromBucket(this.#db, key, rate, several)) === 0) {
      this.#keep(key, { left: several - 1, until: now + RATE_LEASE_MS });
      return 0;
    }
    return takeFromBucket(this.#db, key, rate, 1);
  }

  #keep(key: string, lease: Lease): void {
    // The oldest goes: strangers must not fill the memory (CWE-770).
    if (this.#leases.size >= MAX_LEASES) {
      const oldest = this.#leases.keys().next();
      if (oldest.done !== true) this.#leases.delete(oldest.value);
    }
    this.#leases.delete(key);
    this.#leases.set(key, lease);
  }
}

/** Buckets that have been full for a day say nothing. */
export async function forgetBuckets(db: Queries): Promise<void> {
  await db.query(`DELETE FROM buckets WHERE name LIKE 'caller:%' AND at < now() - interval '1 day'`);
}
