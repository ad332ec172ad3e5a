import { EMPTY } from './source.js';

/** Slots that a ring begins with: it grows as pages come. */
const FIRST_SLOTS = 64;

/**
 * Pages of a source in one piece of memory, which the newest take from the oldest. Pages that came together lie together,
 * so that a range over several of them is one view.
 */
export class PageRing {
  readonly #page: number;
  readonly #most: number;
  readonly #evicted: ((page: number, bytes: Uint8Array) => void) | null;
  readonly #slots = new Map<number, number>();
  /** The page in each slot; -1 for none. */
  #pageOf: Float64Array = new Float64Array(0);
  #memory: Uint8Array = EMPTY;
  #next = 0;

  /** `most`: slots, at least as many as pages come together. `evicted`: called with each page whose slot is reused. */
  constructor(page: number, most: number, evicted: ((page: number, bytes: Uint8Array) => void) | null) {
    this.#page = page;
    this.#most = most;
    this.#evicted = evicted;
  }

  has(page: number): boolean {
    return this.#slots.has(page);
  }

  /** Bytes from `offset` on, up to `end` or as far as they lie in a row; none where the page is not here. */
  view(offset: number, end: number): Uint8Array {
    const size = this.#page;
    const page = Math.floor(offset / size);
    const slot = this.#slots.get(page);
    if (slot === undefined) return EMPTY;
    const base = page * size;
    let behind = slot + 1;
    while (base + (behind - slot) * size < end && this.#pageOf[behind] === page + behind - slot) behind += 1;
    const at = slot * size;
    return this.#memory.subarray(at + offset - base, Math.min(at + end - base, behind * size));
  }

  /** Copies pages that lie in a row from `first` on; the last may be cut. */
  add(first: number, bytes: Uint8Array): void {
    const count = Math.ceil(bytes.length / this.#page);
    const slot = this.#room(count);
    for (let i = 0; i < count; i += 1) {
      this.#evict(slot + i);
      this.#pageOf[slot + i] = first + i;
      this.#slots.set(first + i, slot + i);
    }
    this.#memory.set(bytes, slot * this.#page);
    this.#next = slot + count;
  }

  /** The first of `count` slots in a row. */
  #room(count: number): number {
    if (this.#next + count <= this.#pageOf.length) return this.#next;
    if (this.#pageOf.length >= this.#most) return 0;
    const wanted = Math.max(FIRST_SLOTS, this.#pageOf.length * 4, this.#next + count);
    const slots = Math.max(count, Math.min(wanted, this.#most));
    const pageOf = new Float64Array(slots).fill(-1);
    const memory = new Uint8Array(slots * this.#page);
    pageOf.set(this.#pageOf);
    memory.set(this.#memory);
    this.#pageOf = pageOf;
    this.#memory = memory;
    return this.#next + count <= slots ? this.#next : 0;
  }

  #evict(slot: number): void {
    const page = this.#pageOf[slot] ?? -1;
    if (page < 0) return;
    const at = slot * this.#page;
    this.#evicted?.(page, this.#memory.subarray(at, at + this.#page));
    this.#slots.delete(page);
  }
}
