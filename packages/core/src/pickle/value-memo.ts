/**
 * The memo of an unpickler: what was stored last under each number. Picklers count the slots one by one, and these stand in
 * an array; slots with other numbers stand in a map.
 */
export class ValueMemo<V> {
  readonly #row: V[] = [];
  readonly #others = new Map<number, V>();

  /** Slots that were written. */
  get size(): number {
    return this.#row.length + this.#others.size;
  }

  get(slot: number): V | undefined {
    return slot < this.#row.length ? this.#row[slot] : this.#others.get(slot);
  }

  set(slot: number, value: V): void {
    const row = this.#row;
    if (slot < row.length) row[slot] = value;
    else if (slot !== row.length) this.#others.set(slot, value);
    else {
      row.push(value);
      if (this.#others.size > 0) this.#others.delete(slot);
    }
  }
}
