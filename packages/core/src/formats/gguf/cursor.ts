import type { Budget } from '../../bytes/budget.js';
import { EMPTY, type ByteSource } from '../../bytes/source.js';
import { InputError } from '../../model/errors.js';

/** Bytes of the first read, and of the largest. */
const FIRST_READ = 64 * 1024;
const LARGEST_READ = 1024 * 1024;
/** The most that is asked for together. */
const PLANNED_BYTES = 8 * 1024 * 1024;

/**
 * Reads forward through the header of a GGUF. Numbers are there at once after `need`; what lies within arrays of numbers is
 * jumped over.
 */
export class Cursor {
  readonly #source: ByteSource;
  readonly #budget: Budget;
  #bytes: Uint8Array = EMPTY;
  #view: DataView = new DataView(EMPTY.buffer);
  /** Offset of the first of `#bytes`. */
  #start = 0;
  #offset = 0;
  #read = FIRST_READ;
  /** What is behind it was not planned. */
  #planned = 0;
  littleEndian = true;

  constructor(source: ByteSource, budget: Budget) {
    this.#source = source;
    this.#budget = budget;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Bytes from here to the end. */
  get left(): number {
    return this.#source.size - this.#offset;
  }

  /** Whether so many bytes are at hand. */
  has(length: number): boolean {
    return this.#offset + length <= this.#start + this.#bytes.length;
  }

  /**
   * Makes so many bytes available; InputError where the source has fewer. `likely`: how many are wanted in a row from here, as
   * far as is known. They are asked for together, and no read goes beyond them.
   */
  async need(length: number, what: string, likely: number | null = null): Promise<void> {
    if (this.has(length)) return;
    this.#budget.checkTime();
    if (length > this.left)
      throw new InputError(
        `truncated: ${what} needs ${length} bytes, ${this.left} are there`,
        this.#offset,
        'truncated',
      );
    const bytes = await this.#source.read(this.#offset, Math.max(length, await this.#size(likely)));
    this.#bytes = bytes.slice();
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    this.#start = this.#offset;
    if (!this.has(length)) throw new InputError(`truncated in ${what}`, this.#offset, 'truncated');
  }

  /** How much the next read asks for. */
  async #size(likely: number | null): Promise<number> {
    if (likely !== null && this.#offset >= this.#planned) {
      this.#planned = Math.min(this.#offset + Math.min(Math.max(likely, FIRST_READ), PLANNED_BYTES), this.#source.size);
      await this.#source.prefetch?.([{ start: this.#offset, end: this.#planned }]);
    }
    if (this.#offset < this.#planned) return Math.min(LARGEST_READ, this.#planned - this.#offset);
    const size = this.#read;
    this.#read = Math.min(LARGEST_READ, size * 2);
    return size;
  }

  u32(): number {
    const value = this.#view.getUint32(this.#offset - this.#start, this.littleEndian);
    this.#offset += 4;
    return value;
  }

  /** Above 2^53 it is rounded, which every caller takes as beyond any file. */
  u64(): number {
    const value = Number(this.#view.getBigUint64(this.#offset - this.#start, this.littleEndian));
    this.#offset += 8;
    return value;
  }

  take(length: number): Uint8Array {
    const at = this.#offset - this.#start;
    this.#offset += length;
    return this.#bytes.subarray(at, at + length);
  }

  /** Leaves bytes out. */
  skip(length: number, what: string): void {
    if (length > this.left)
      throw new InputError(
        `truncated: ${what} needs ${length} bytes, ${this.left} are there`,
        this.#offset,
        'truncated',
      );
    this.#offset += length;
    // Far ahead, a small read comes first again.
    if (this.#offset > this.#start + this.#bytes.length + FIRST_READ) this.#read = FIRST_READ;
  }
}
