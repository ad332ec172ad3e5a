/** At most so many at a time for each key; the others wait in their order. */
export class Slots {
  readonly #most: number;
  readonly #taken = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves with what gives the slot back. */
  async take(key: string): Promise<() => void> {
    const taken = this.#taken.get(key) ?? 0;
    if (taken < this.#most) this.#taken.set(key, taken + 1);
    else
      await new Promise<void>((resolve) => {
        const queue = this.#waiting.get(key);
        if (queue === undefined) this.#waiting.set(key, [resolve]);
        else queue.push(resolve);
      });
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#release(key);
    };
  }

  #release(key: string): void {
    // Handed on, so that nobody gets in between.
    const next = this.#waiting.get(key)?.shift();
    if (next !== undefined) next();
    else this.#taken.set(key, (this.#taken.get(key) ?? 1) - 1);
  }
}
