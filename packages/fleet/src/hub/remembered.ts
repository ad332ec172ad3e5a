/** The newest so many entries, each for some time. */
export class Remembered<T> {
  readonly #most: number;
  readonly #ms: number;
  readonly #entries = new Map<string, { readonly value: T; readonly until: number }>();

  /** `ms`: how long an entry is good for; Infinity for what never changes. */
  constructor(most: number, ms: number) {
    this.#most = most;
    this.#ms = ms;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.until <= Date.now()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: Date.now() + this.#ms });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }
}
