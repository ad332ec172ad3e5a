import type { Reader } from '../model/fact.js';

/**
 * One run of the machine stands for many readers at once. A bit for each combination says whether that reader is
 * still running; where some fail and others go on, the failing ones lose their bits and the run goes on for the rest.
 *
 * Reader: C on bytes or a file with peek · C on a file without peek · pure Python (`pickle._Unpickler`).
 * Encoding of Python 2 strings: ASCII · a text encoding that takes any byte · bytes.
 * Version: up to 3.13 · from 3.14 (base 10 only in INT and LONG).
 */
export type Alive = number;

function mask(keep: (reader: number, encoding: number, version: number) => boolean): Alive {
  let bits = 0;
  for (let version = 0; version < 2; version += 1) {
    for (let reader = 0; reader < 3; reader += 1) {
      for (let encoding = 0; encoding < 3; encoding += 1) {
        if (keep(reader, encoding, version)) bits |= 1 << (version * 9 + reader * 3 + encoding);
      }
    }
  }
  return bits;
}

export const ALL: Alive = mask(() => true);
export const C_BUFFERED: Alive = mask((reader) => reader === 0);
export const C_UNBUFFERED: Alive = mask((reader) => reader === 1);
export const C: Alive = C_BUFFERED | C_UNBUFFERED;
export const PYTHON: Alive = mask((reader) => reader === 2);
export const ASCII: Alive = mask((_reader, encoding) => encoding === 0);
export const BYTES: Alive = mask((_reader, encoding) => encoding === 2);
export const UNTIL_3_13: Alive = mask((_reader, _encoding, version) => version === 0);
export const SINCE_3_14: Alive = mask((_reader, _encoding, version) => version === 1);

/** The readers of a mask, for people. */
export function readersOf(alive: Alive): readonly Reader[] {
  const readers: Reader[] = [];
  if ((alive & C_BUFFERED) !== 0) readers.push('c');
  if ((alive & C_UNBUFFERED) !== 0) readers.push('c-unbuffered');
  if ((alive & PYTHON) !== 0) readers.push('python');
  return readers;
}
