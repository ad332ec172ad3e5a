import { InvalidArgumentError } from 'commander';
import { MOST_JOBS } from '../limits.js';

/** The value of `--jobs`. */
export function threads(value: string): number {
  const number = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > MOST_JOBS)
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_JOBS} is needed.`);
  return number;
}
