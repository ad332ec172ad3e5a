import type { CodecEnd } from './codec.js';

type Mismatch = CodecEnd['mismatches'][number];

/** One tells that the data was touched; a file of a million broken members must not fill the memory (CWE-770). */
const MAX_KEPT = 100;

/** Collects what does not match, the first ones only. */
export class Mismatches {
  readonly list: Mismatch[] = [];

  add(offset: number, what: string): void {
    if (this.list.length < MAX_KEPT) this.list.push({ offset, what });
  }
}
