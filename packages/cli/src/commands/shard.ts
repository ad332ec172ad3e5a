import { InvalidArgumentError } from 'commander';
import type { Shard } from '../batch/shard.js';
import { MOST_SHARDS } from '../limits.js';

/** The value of `--shard`. */
export function parseShard(value: string): Shard {
  const [, number, of] = /^(\d{1,7})\/(\d{1,7})$/.exec(value) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (!(shard.number >= 1 && shard.number <= shard.of && shard.of <= MOST_SHARDS))
    throw new InvalidArgumentError(`NUMBER/OF is needed, such as 3/64, with OF at most ${MOST_SHARDS}.`);
  return shard;
}
