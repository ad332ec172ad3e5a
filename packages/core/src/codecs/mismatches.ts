import type { CodecEnd } from './codec.js';
import { MAX_MISMATCHES } from '../model/limits.js';

type Mismatch = CodecEnd['mismatches'][number];

/** Collects what does not match, the first ones only; behind them it says that there are more. */
export class Mismatches {
  readonly list: Mismatch[] = [];

  add(offset: number, what: string): void {
    if (this.list.length < MAX_MISMATCHES) this.list.push({ offset, what });
    else if (this.list.length === MAX_MISMATCHES)
      this.list.push({ offset, what: `${what}; further ones are not listed` });
  }
}
