import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { '': 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** A number of bytes on the command line: `500MiB`. */
export function byteCount(value: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,15})(B|KiB|MiB|GiB|TiB)?$/.exec(value.trim()) ?? [];
  const bytes = Number(digits) * (UNITS[unit] ?? NaN);
  if (digits === '' || !Number.isSafeInteger(bytes))
    throw new InvalidArgumentError('A number of bytes is needed, such as 500MiB or 2GiB.');
  return bytes;
}
