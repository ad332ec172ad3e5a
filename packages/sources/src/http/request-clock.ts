/** Bytes for which an answer has all of its time. */
const BYTES_A_TURN = 4 * 2 ** 20;

/** A signal of one request, which those of its callers end too, and a timer that each sign of life sets back. */
export class RequestClock {
  readonly #own = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #idleMs: number;
  readonly #totalMs: number;
  #total: ReturnType<typeof setTimeout>;
  #bytes = 0;
  #idle: ReturnType<typeof setTimeout> | null = null;
  #late: 'idle' | 'total' | null = null;
  #isAborted = false;

  constructor(outer: AbortSignal | undefined, idleMs: number, totalMs: number) {
    this.#outer = outer;
    this.#idleMs = idleMs;
    this.#totalMs = totalMs;
    this.#total = setTimeout(() => this.#end('total'), totalMs);
    if (outer?.aborted === true) this.#abort();
    else outer?.addEventListener('abort', this.#abort, { once: true });
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
    return this.#isAborted;
  }

  /** By somebody who ends many, and has one listener for all. */
  abort(reason: unknown): void {
    this.#isAborted = true;
    this.#own.abort(reason);
  }

  alive(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end('idle'), this.#idleMs);
  }

  /** Counts bytes that came: each 4 MiB bring as much time as the first ones had. */
  received(bytes: number): void {
    this.alive();
    this.#bytes += bytes;
    if (this.#bytes < BYTES_A_TURN) return;
    this.#bytes -= BYTES_A_TURN;
    clearTimeout(this.#total);
    this.#total = setTimeout(() => this.#end('total'), this.#totalMs);
  }

  stop(): void {
    clearTimeout(this.#total);
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#outer?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.abort(this.#outer?.reason);

  #end(which: 'idle' | 'total'): void {
    this.#late ??= which;
    this.#own.abort(new Error('the time is over'));
  }
}
