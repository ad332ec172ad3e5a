import type { Queries } from './pool.js';

export interface Rate {
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** The most that there are. */
  readonly burst: number;
}

/**
 * Takes tokens of a bucket that all processes of the fleet share. 0: they are taken; otherwise none is, and there will be enough
 * in so many milliseconds. `count`: at most `burst`. One statement: two that ask at once do not get the same token.
 */
export async function takeToken(db: Queries, name: string, { perSecond, burst }: Rate, count = 1): Promise<number> {
  const { rows } = await db.query<{ taken: boolean; tokens: number }>(
    `WITH taken AS (
       INSERT INTO buckets AS b (name, tokens, at) VALUES ($1, $3::float8 - $4::float8, clock_timestamp())
       ON CONFLICT (name) DO UPDATE SET
         tokens = least($3::float8, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.at)) * $2::float8) - $4::float8,
         at = clock_timestamp()
       WHERE least($3::float8, b.tokens + greatest(0, extract(epoch FROM clock_timestamp() - b.at)) * $2::float8) >= $4::float8
       RETURNING tokens
     )
     SELECT true AS taken, tokens FROM taken
     UNION ALL
     SELECT false, least($3::float8, tokens + greatest(0, extract(epoch FROM clock_timestamp() - at)) * $2::float8)
     FROM buckets WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM taken)`,
    [name, perSecond, burst, count],
  );
  const [row] = rows;
  // Another one made the bucket meanwhile, and emptied it: its row is seen by the next statement.
  if (row === undefined) return 1;
  if (row.taken) return 0;
  return Math.max(1, Math.ceil(((count - row.tokens) / perSecond) * 1000));
}
