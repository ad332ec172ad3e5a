import type { Work } from './work.js';

/** What a key costs beside the evaluation of its equation: memory that is held for as long as the module is. */
const STEPS_FOR_A_KEY = 16;

/** What the value of a key is made of: `read` gives what is known of another key so far. */
export type Equation<K, V> = (key: K, read: (other: K) => V) => V;

/**
 * Solves equations that depend on each other, in circles too, with a worklist: a key is evaluated again when one that it
 * has read got another value. Keys are found while others are evaluated. Newer ones come first, so that a chain is solved
 * from its end and each key of it evaluated twice. Nothing recurses from key to key.
 */
export class Fixpoint<K extends object, V> {
  readonly #equation: Equation<K, V>;
  readonly #same: (a: V, b: V) => boolean;
  readonly #bottom: V;
  readonly #work: Work;
  readonly #indexes = new Map<K, number>();
  readonly #keys: K[] = [];
  readonly #values: V[] = [];
  /** Keys that have read the key with this index and wait for its changes. */
  readonly #readers = new Map<number, Set<number>>();
  readonly #waiting = new IndexHeap();
  #running: number | null = null;

  constructor(equation: Equation<K, V>, bottom: V, same: (a: V, b: V) => boolean, work: Work) {
    this.#equation = equation;
    this.#bottom = bottom;
    this.#same = same;
    this.#work = work;
  }

  /** The key whose equation is being evaluated. */
  get running(): K | null {
    return this.#running === null ? null : (this.#keys[this.#running] ?? null);
  }

  /** Keys that were met so far. */
  get size(): number {
    return this.#keys.length;
  }

  /** What is known of a key; within an equation it is evaluated again when that changes. */
  readonly read = (key: K): V => {
    let index = this.#indexes.get(key);
    if (index === undefined) {
      if (!this.#work.step(STEPS_FOR_A_KEY)) return this.#bottom;
      index = this.#keys.push(key) - 1;
      this.#indexes.set(key, index);
      this.#values.push(this.#bottom);
      this.#waiting.add(index);
    }
    if (this.#running !== null) {
      const readers = this.#readers.get(index);
      if (readers !== undefined) readers.add(this.#running);
      else if (!this.#isSettled(index)) this.#readers.set(index, new Set([this.#running]));
    }
    return this.#values[index] ?? this.#bottom;
  };

  /** Keys with an index below this are solved: nothing that is found later changes them. */
  #settled = 0;

  #isSettled(index: number): boolean {
    return index < this.#settled;
  }

  /** Goes on until no value changes any more. Within an equation it does nothing: the outermost call continues. */
  settle(): void {
    if (this.#running !== null) return;
    for (let index = this.#waiting.take(); index !== null; index = this.#waiting.take()) {
      const key = this.#keys[index];
      if (key === undefined || !this.#work.step()) continue;
      this.#running = index;
      const value = this.#equation(key, this.read);
      this.#running = null;
      const before = this.#values[index];
      if (before !== undefined && this.#same(before, value)) continue;
      this.#values[index] = value;
      for (const reader of this.#readers.get(index) ?? []) this.#waiting.add(reader);
    }
    this.#readers.clear();
    this.#settled = this.#keys.length;
  }
}

/** Numbers that wait, each once, the highest first. */
class IndexHeap {
  readonly #heap: number[] = [];
  readonly #held = new Set<number>();

  add(index: number): void {
    if (this.#held.has(index)) return;
    this.#held.add(index);
    const heap = this.#heap;
    let at = heap.push(index) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] ?? 0;
      if (other >= index) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = index;
  }

  take(): number | null {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    this.#held.delete(first);
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] ?? 0) > (heap[below] ?? 0)) below += 1;
      const other = heap[below] ?? 0;
      if (other <= last) break;
      heap[at] = other;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}
