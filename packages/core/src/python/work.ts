/** Counts what an analysis does. Beyond its limit the analysis stops, and its caller has to report it. */
export class Work {
  readonly #limit: number;
  readonly #checkTime: () => void;
  #steps = 0;
  #nextLook = LOOK_EVERY;

  /** `checkTime` is called now and then; it throws when time is up. */
  constructor(limit: number, checkTime: () => void) {
    this.#limit = limit;
    this.#checkTime = checkTime;
  }

  get exhausted(): boolean {
    return this.#steps > this.#limit;
  }

  /** False when nothing more may be done. */
  step(count = 1): boolean {
    this.#steps += count;
    if (this.#steps >= this.#nextLook) {
      this.#nextLook = this.#steps + LOOK_EVERY;
      this.#checkTime();
    }
    return this.#steps <= this.#limit;
  }
}

/** Steps between two looks at the clock. */
const LOOK_EVERY = 4096;
