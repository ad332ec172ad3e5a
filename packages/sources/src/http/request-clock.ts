/** A signal of one request, which those of its callers end too, and a timer that each sign of life sets back. */
export class RequestClock {
  readonly #own = new AbortController();
  readonly #outer: readonly AbortSignal[];
  readonly #idleMs: number;
  readonly #total: ReturnType<typeof setTimeout>;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #late: 'idle' | 'total' | null = null;

  constructor(outer: readonly (AbortSignal | undefined)[], idleMs: number, totalMs: number) {
    this.#outer = outer.filter((signal) => signal !== undefined);
    this.#idleMs = idleMs;
    this.#total = setTimeout(() => this.#end('total'), totalMs);
    for (const signal of this.#outer) {
      if (signal.aborted) this.#own.abort(signal.reason);
      else signal.addEventListener('abort', this.#abort, { once: true });
    }
    this.alive();
  }

  get signal(): AbortSignal {
    return this.#own.signal;
  }

  /** Which of the timers ended it; null where none did. */
  get late(): 'idle' | 'total' | null {
    return this.#late;
  }

  /** True where a caller ended it. */
  get isAborted(): boolean {
    return this.#outer.some((signal) => signal.aborted);
  }

  alive(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end('idle'), this.#idleMs);
  }

  stop(): void {
    clearTimeout(this.#total);
    if (this.#idle !== null) clearTimeout(this.#idle);
    for (const signal of this.#outer) signal.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#own.abort(this.#outer.find((signal) => signal.aborted)?.reason);
  };

  #end(which: 'idle' | 'total'): void {
    this.#late ??= which;
    this.#own.abort(new Error('the time is over'));
  }
}
