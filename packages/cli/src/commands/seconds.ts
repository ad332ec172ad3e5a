import { InvalidArgumentError } from 'commander';

/** A length of time on the command line. */
export function seconds(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('A number of seconds above 0 is needed.');
  return number;
}
