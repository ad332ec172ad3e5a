import type { InputError } from '../model/errors.js';
import { PADDING, type ByteReader } from './byte-reader.js';

/** Reads bits from the most significant one on, as bzip2 stores them. Fields are open for the hot loop of a block. */
export class BitReader {
  readonly bytes: ByteReader;
  /** The lower `count` bits are waiting. */
  bits = 0;
  count = 0;

  constructor(bytes: ByteReader) {
    this.bytes = bytes;
  }

  /** Fewer bytes are at hand than one step may take. */
  get low(): boolean {
    return this.bytes.available < PADDING && !this.bytes.ended;
  }

  /** Call before each step; waits for input only where it is low. */
  async refill(): Promise<void> {
    if (this.low) await this.bytes.fill(PADDING);
  }

  /** Up to 24 bits. */
  read(length: number): number {
    const { bytes } = this;
    while (this.count < length) {
      if (bytes.at >= bytes.end) throw this.truncated();
      this.bits = (this.bits << 8) | bytes.bytes[bytes.at++]!;
      this.count += 8;
    }
    this.count -= length;
    return (this.bits >>> this.count) & ((1 << length) - 1);
  }

  /** Drops the bits up to the next byte. */
  align(): void {
    this.bytes.at -= this.count >>> 3;
    this.count = 0;
  }

  truncated(): InputError {
    return this.bytes.truncated('a bzip2 block');
  }
}
