/** Milliseconds between two turns of the event loop: a timer or a click that aborts the run is heard that late. */
const TURN_MS = 50;

/**
 * Lets a caller end a run by an AbortSignal. A long analysis never waits for anything but reads, so it lets the event loop
 * have a turn now and then: without one, no timer and no event could abort the signal.
 */
export class Interrupt {
  readonly #signal: AbortSignal;
  readonly #now: () => number;
  #lastTurn: number;

  /** `now`: milliseconds of a clock that never goes back. */
  constructor(signal: AbortSignal, now: () => number) {
    this.#signal = signal;
    this.#now = now;
    this.#lastTurn = now();
  }

  /** Throws the reason of the signal once it is aborted. */
  check(): void {
    this.#signal.throwIfAborted();
  }

  /** A turn of the event loop, where one is due; null otherwise. It rejects with the reason of the signal. */
  turn(): Promise<void> | null {
    this.check();
    return this.#now() - this.#lastTurn < TURN_MS ? null : this.#wait();
  }

  async #wait(): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    this.#lastTurn = this.#now();
    this.check();
  }

  /** What `waiting` gives, or the reason of the signal where that comes first: a read may never be answered. */
  race<T>(waiting: Promise<T>): Promise<T> {
    const signal = this.#signal;
    return new Promise<T>((resolve, reject) => {
      const abort = (): void => {
        reject(signal.reason as Error);
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }
}
