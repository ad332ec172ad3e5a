import { createHash } from 'node:crypto';

/** One of `of` parts of a list, counted from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/**
 * Whether a line belongs to a shard: by the first eight bytes of the SHA-256 of its id, as a big-endian number, modulo the
 * number of shards. So it stays in its shard when lines are added, and any machine comes to the same.
 */
export function isInShard(id: string, { number, of }: Shard): boolean {
  if (of === 1) return true;
  return createHash('sha256').update(id).digest().readBigUInt64BE(0) % BigInt(of) === BigInt(number - 1);
}
