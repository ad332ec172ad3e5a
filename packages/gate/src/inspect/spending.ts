import type { InspectionLimits } from '../model/limits.js';
import { refuse } from '../model/rules.js';

/** What one request may still cost. */
export class Spending {
  readonly limits: InspectionLimits;
  #decoded = 0;
  #leaves = 0;

  constructor(limits: InspectionLimits) {
    this.limits = limits;
  }

  get left(): number {
    return this.limits.decodedBytes - this.#decoded;
  }

  decoded(bytes: number, path: string): void {
    this.#decoded += bytes;
    if (this.#decoded > this.limits.decodedBytes)
      refuse('GATE-BOMB', 'decoded-bytes', path, 'the request unpacks to more than is accepted');
  }

  leaf(path: string): void {
    this.#leaves += 1;
    if (this.#leaves > this.limits.leaves)
      refuse('GATE-BOMB', 'leaves', path, `more than ${this.limits.leaves} encoded values in one request`);
  }

  deeper(depth: number, path: string): number {
    if (depth >= this.limits.depth)
      refuse('GATE-UNREADABLE', 'depth', path, `encodings lie more than ${this.limits.depth} deep in each other`);
    return depth + 1;
  }
}
