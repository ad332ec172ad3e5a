/** Opcodes ahead that are worth a compilation of the loop: without one they take some 15 ms. */
const MANY_OPCODES = 50_000;
/** Fewer tell nothing of how dense a stream is. */
const FIRST_OPCODES = 500;

let tell: (isLong: boolean) => void = () => {};
/** Object arrays are runs within runs. */
let running = 0;

/**
 * Sets, for the whole thread, who is told that a stream of many opcodes runs (true) and that it has ended (false). An
 * engine that compiles what runs for long may do so at once.
 */
export function setLongRuns(told: (isLong: boolean) => void): void {
  tell = told;
}

/** Tells of one run at most once that it is long, and then that it has ended. */
export class LongRun {
  #told = false;

  /** `steps` opcodes were run on the first `done` bytes; as many for each further byte will run on `left` bytes. */
  expect(steps: number, done: number, left: number): void {
    if (this.#told || steps < FIRST_OPCODES || (steps / done) * left < MANY_OPCODES) return;
    this.#told = true;
    running += 1;
    if (running === 1) tell(true);
  }

  end(): void {
    if (!this.#told) return;
    running -= 1;
    if (running === 0) tell(false);
  }
}
