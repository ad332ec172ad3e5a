import type { CodecEnd } from './codec.js';

type Mismatch = CodecEnd['mismatches'][number];

/** Mismatches that are kept of one stream (CWE-770): one tells that the data was touched, and a file may have a million. */
const MAX_KEPT = 100;

/** Collects what does not match, the first ones only; behind them it says that there are more. */
export class Mismatches {
  readonly list: Mismatch[] = [];

  add(offset: number, what: string): void {
    if (this.list.length < MAX_KEPT) this.list.push({ offset, what });
    else if (this.list.length === MAX_KEPT) this.list.push({ offset, what: `${what}; further ones are not listed` });
  }
}
