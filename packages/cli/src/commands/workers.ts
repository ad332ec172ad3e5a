import { InvalidArgumentError } from 'commander';
import { MOST_JOBS } from '../limits.js';

/** The value of `--workers` and `--processes`. */
export function workers(value: string): number {
  const number = /^\d{1,3}$/.test(value) ? Number(value) : Infinity;
  if (number > MOST_JOBS) throw new InvalidArgumentError(`A whole number from 0 to ${MOST_JOBS} is needed.`);
  return number;
}
