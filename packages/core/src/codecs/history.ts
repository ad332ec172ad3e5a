import { EMPTY } from '../bytes/source.js';
import { CHUNK_BYTES } from './codec.js';

/** Smallest room left behind the window, so that moving it costs less than filling it. */
const MIN_SLACK = 512 * 1024;

/**
 * The decoded bytes that a dictionary coder may still copy from, in one straight array so that its inner loop never
 * wraps. The array grows with what is really decoded: a header that declares a huge window costs nothing by itself.
 */
export class History {
  bytes = new Uint8Array(8 * 1024);
  /** Where the next byte is written. */
  pos = 0;
  readonly window: number;
  readonly #slack: number;
  /** First byte of the current dictionary. */
  #origin = 0;
  /** First byte that `take` has not handed out. */
  #taken = 0;

  constructor(window: number) {
    this.window = window;
    this.#slack = Math.max(MIN_SLACK, window >>> 2);
  }

  /** How far back a copy may reach. */
  get reach(): number {
    return Math.min(this.pos - this.#origin, this.window);
  }

  /** Where the dictionary begins; what lies further back than `window` may be overwritten at the next `reserve`. */
  get origin(): number {
    return this.#origin;
  }

  /** Forgets the dictionary; bytes not taken yet stay. */
  reset(): void {
    this.#origin = this.pos;
  }

  /** Makes room for `length` bytes behind `pos`. May replace `bytes` and move `pos`. */
  reserve(length: number): void {
    const needed = this.pos + length;
    if (needed <= this.bytes.length) return;
    const keep = Math.max(this.reach, this.pos - this.#taken);
    const start = this.pos - keep;
    const full = this.window + this.#slack;
    if (keep + length <= this.bytes.length && (this.bytes.length >= full || start >= keep)) {
      this.bytes.copyWithin(0, start, this.pos);
    } else {
      const larger = new Uint8Array(Math.max(keep + length, Math.min(this.bytes.length * 2, full)));
      larger.set(this.bytes.subarray(start, this.pos));
      this.bytes = larger;
    }
    this.pos = keep;
    this.#origin = Math.max(0, this.#origin - start);
    this.#taken -= start;
  }

  /** A copy of the bytes that came since the last call. */
  take(): Uint8Array {
    if (this.#taken === this.pos) return EMPTY;
    const fresh = this.bytes.slice(this.#taken, this.pos);
    this.#taken = this.pos;
    return fresh;
  }

  /** The same in chunks that a codec may yield; at least one, be it empty. */
  *chunks(): Generator<Uint8Array, void> {
    const end = this.pos;
    do {
      const start = this.#taken;
      this.#taken = Math.min(start + CHUNK_BYTES, end);
      yield this.bytes.slice(start, this.#taken);
    } while (this.#taken < end);
  }
}
