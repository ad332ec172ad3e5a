import { takeToken, type Rate } from '../database/buckets.js';
import type { Queries } from '../database/pool.js';
import { MAX_LEASES, RATE_LEASE_MS } from '../limits.js';

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
    if (several > 1 && (await takeToken(this.#db, key, rate, several)) === 0) {
      this.#keep(key, { left: several - 1, until: now + RATE_LEASE_MS });
      return 0;
    }
    return (await takeToken(this.#db, key, rate)) / 1000;
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
