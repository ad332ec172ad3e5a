import { normalEntryName } from './entry-path.js';

export interface NameUse {
  /** 1 for the first entry of this name, 2 for the second and so on. */
  readonly occurrence: number;
  /** The earlier spelling that differs only in case, on the first use of this one. */
  readonly foldedFrom: string | null;
}

/** Names that have been seen in one archive, as a reader that unpacks it would tell them apart. */
export class EntryNames {
  readonly #exact = new Map<string, number>();
  readonly #folded = new Map<string, string>();

  add(name: string): NameUse {
    const normal = normalEntryName(name);
    const occurrence = (this.#exact.get(normal) ?? 0) + 1;
    this.#exact.set(normal, occurrence);
    const folded = normal.toLowerCase();
    const earlier = this.#folded.get(folded);
    if (earlier === undefined) this.#folded.set(folded, normal);
    return { occurrence, foldedFrom: occurrence === 1 && earlier !== undefined && earlier !== normal ? earlier : null };
  }
}

/** Tells apart members of one name in paths: `a.pkl`, `a.pkl [2]`. */
export function nthName(name: string, occurrence: number): string {
  return occurrence === 1 ? name : `${name} [${occurrence}]`;
}
