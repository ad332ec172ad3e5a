import { u32 } from '../../bytes/read.js';
import { InputError, LimitError } from '../../model/errors.js';
import { SEVEN_ZIP_ENTRIES } from '../../model/limits.js';

/** Stops at a number of things that no honest archive has and that would fill the memory. */
export function checkEntries(count: number, what: string): void {
  if (count > SEVEN_ZIP_ENTRIES)
    throw new LimitError('SEVEN_ZIP_ENTRIES', `a 7z header with more than ${SEVEN_ZIP_ENTRIES} ${what}`);
}

/** Reads a header that lies in memory, never behind its end. */
export class HeaderCursor {
  readonly #bytes: Uint8Array;
  /** Where the header lies in the archive; null for one that was packed. */
  readonly #start: number | null;
  #at = 0;

  constructor(bytes: Uint8Array, start: number | null) {
    this.#bytes = bytes;
    this.#start = start;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Offset in the archive, or in the unpacked header. */
  get offset(): number {
    return (this.#start ?? 0) + this.#at;
  }

  fail(why: string): InputError {
    return new InputError(`corrupt 7z header${this.#start === null ? ' (packed)' : ''}: ${why}`, this.offset);
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.fail('it ends too early');
    this.#at += 1;
    return byte;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw this.fail(`${length} bytes are declared, ${this.left} are left`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  word(): number {
    return u32(this.take(4), 0);
  }

  /**
   * A number (7zFormat.txt, "Numbers"): the ones that lead the first byte say how many bytes follow, lowest first; its
   * other bits are the highest. Above 2^53 it is rounded, and beyond every bound that it is compared with.
   */
  number(): number {
    const first = this.byte();
    const more = Math.clz32(~(first << 24));
    let value = 0;
    for (let i = 0; i < Math.min(more, 8); i += 1) value += this.byte() * 2 ** (8 * i);
    return more >= 7 ? value : value + (first & ((0x80 >>> more) - 1)) * 2 ** (8 * more);
  }

  /** How many things follow. Each takes a byte or more, so that a hostile number cannot cost more than its file. */
  count(what: string): number {
    const count = this.number();
    if (count > this.left) throw this.fail(`${count} ${what} are declared in ${this.left} bytes`);
    checkEntries(count, what);
    return count;
  }

  /** One bit for each of `count` things, the highest first. */
  bits(count: number): boolean[] {
    const bytes = this.take(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, i) => ((bytes[i >>> 3]! >>> (7 - (i & 7))) & 1) === 1);
  }

  /** A byte that is not 0 if all are defined; else bits. */
  defined(count: number): boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
  }

  /** CRCs of `count` things, null where there is none. */
  digests(count: number): (number | null)[] {
    return this.defined(count).map((isDefined) => (isDefined ? this.word() : null));
  }

  sub(length: number): HeaderCursor {
    const start = this.#start === null ? null : this.#start + this.#at;
    return new HeaderCursor(this.take(length), start);
  }
}
