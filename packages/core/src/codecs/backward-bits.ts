/**
 * Reads a zstd bitstream from its end (RFC 8878, section 4.1): the highest set bit of the last byte marks where it
 * starts. Bits in front of the first byte are zero; `left` is negative once they were read.
 */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  /** Bits not read yet. */
  left: number;

  /** `left` is negative from the start where there is no marker. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    const last = end > start ? bytes[end - 1]! : 0;
    this.left = last === 0 ? -1 : (end - start) * 8 - 1 - Math.clz32(last << 24);
  }

  /** Up to 24 bits. */
  read(count: number): number {
    this.left -= count;
    if (this.left < 0) return this.#readOver(count);
    const bytes = this.#bytes;
    const at = this.#start + (this.left >>> 3);
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    return (word >>> (this.left & 7)) & ((1 << count) - 1);
  }

  /** The bits that are there, followed by zeros. */
  #readOver(count: number): number {
    const missing = -this.left;
    if (missing >= count) return 0;
    let word = 0;
    for (let i = 0; i < 3; i += 1) word |= this.#bytes[this.#start + i]! << (8 * i);
    return (word & ((1 << (count - missing)) - 1)) << missing;
  }
}
