import { EMPTY, memorySource, type ByteSource } from '../bytes/source.js';
import { InputError } from '../model/errors.js';

/** Bytes asked of the source at first: few calls, and small beside a dictionary. */
const READ_BYTES = 128 * 1024;
/** Twice as many each time up to here: a decoder in a thread of its own stands still until the next ones are there. */
const MOST_READ_BYTES = 512 * 1024;

/**
 * Zero bytes that always lie behind `end`, so that a hot loop may run over the end of the input by one step and look
 * afterwards. The longest step is a bzip2 group: 50 codes of 20 bits.
 */
export const PADDING = 256;

/**
 * Reads a source forwards through one buffer. The fields are open so that a decoder's hot loop can work on
 * `bytes[at]` up to `end` without calls; `fill` may replace `bytes`.
 */
export class ByteReader {
  /** As large as what was read: an archive may hold thousands of members of some bytes. */
  bytes = new Uint8Array(PADDING);
  /** Index of the next unread byte. */
  at = 0;
  /** Index behind the last byte at hand. */
  end = 0;
  /** The source has no byte behind `end`. */
  ended = false;
  readonly #source: ByteSource;
  /** Where in the source `end` lies. */
  #next: number;
  #step = READ_BYTES;

  constructor(source: ByteSource, start: number) {
    this.#source = source;
    this.#next = start;
  }

  /** A reader of bytes that are all at hand. */
  static of(bytes: Uint8Array): ByteReader {
    const reader = new ByteReader(memorySource(EMPTY), bytes.length);
    reader.bytes = new Uint8Array(bytes.length + PADDING);
    reader.bytes.set(bytes);
    reader.end = bytes.length;
    reader.ended = true;
    return reader;
  }

  /** Where in the source the next unread byte lies. */
  get offset(): number {
    return this.#next - (this.end - this.at);
  }

  get available(): number {
    return this.end - this.at;
  }

  /** Gets `wanted` bytes together, or fewer and false where the source ends before. */
  async fill(wanted: number): Promise<boolean> {
    while (this.end - this.at < wanted && !this.ended) {
      const result = this.#source.read(this.#next, Math.max(this.#step, wanted - this.available));
      this.#step = Math.min(this.#step * 2, MOST_READ_BYTES);
      this.#append(result instanceof Uint8Array ? result : await result);
    }
    return this.end - this.at >= wanted;
  }

  async need(wanted: number, what: string): Promise<void> {
    if (this.end - this.at < wanted && !(await this.fill(wanted))) throw this.truncated(what);
  }

  truncated(what: string): InputError {
    return new InputError(`truncated: the data ends inside ${what}`, this.#next, 'truncated');
  }

  /** The next byte; `need` must have been asked. */
  byte(): number {
    return this.bytes[this.at++] ?? 0;
  }

  /** Copies `length` bytes that `need` has been asked for. */
  take(length: number): Uint8Array {
    const start = this.at;
    this.at += length;
    return this.bytes.slice(start, start + length);
  }

  /** Goes to another offset of the source, before this one or behind it. */
  seek(offset: number): void {
    this.at = this.end = 0;
    this.ended = false;
    this.#next = offset;
  }

  /** Skips `length` bytes, however many; they need not exist (the next read tells). */
  skip(length: number): void {
    const inBuffer = Math.min(length, this.end - this.at);
    this.at += inBuffer;
    this.#next += length - inBuffer;
  }

  #append(more: Uint8Array): void {
    if (more.length === 0) {
      this.ended = true;
      return;
    }
    const rest = this.end - this.at;
    const needed = rest + more.length + PADDING;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(needed < READ_BYTES ? needed : needed + READ_BYTES / 4);
      larger.set(this.bytes.subarray(this.at, this.end));
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, this.at, this.end);
    }
    this.bytes.set(more, rest);
    this.at = 0;
    this.end = rest + more.length;
    this.#next += more.length;
    this.bytes.fill(0, this.end, this.end + PADDING);
  }
}
