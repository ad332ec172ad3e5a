import { hex32, type Checksum } from './checksum.js';

/** The reflected ECMA-182 polynomial (xz file format 1.2, section 6), as two halves. */
const POLYNOMIAL_HIGH = 0xc96c5795;
const POLYNOMIAL_LOW = 0xd7870f42;

/** Four tables of 256 for each half, so that four bytes are taken at a time. */
const HIGH = new Int32Array(4 * 256);
const LOW = new Int32Array(4 * 256);
for (let byte = 0; byte < 256; byte += 1) {
  let high = 0;
  let low = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = (low >>> 1) | (high << 31);
    high >>>= 1;
    if (carry) {
      high ^= POLYNOMIAL_HIGH;
      low ^= POLYNOMIAL_LOW;
    }
  }
  HIGH[byte] = high;
  LOW[byte] = low;
}
for (let i = 256; i < HIGH.length; i += 1) {
  const high = HIGH[i - 256]!;
  const low = LOW[i - 256]!;
  HIGH[i] = (high >>> 8) ^ HIGH[low & 0xff]!;
  LOW[i] = ((low >>> 8) | (high << 24)) ^ LOW[low & 0xff]!;
}

/** CRC-64 of xz. */
export class Crc64 implements Checksum {
  #high = -1;
  #low = -1;

  hex(): string {
    return hex32(~this.#high) + hex32(~this.#low);
  }

  update(bytes: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    let i = 0;
    for (const fast = bytes.length - 3; i < fast; i += 4) {
      const mixed = low ^ (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
      const a = 768 + (mixed & 0xff);
      const b = 512 + ((mixed >>> 8) & 0xff);
      const c = 256 + ((mixed >>> 16) & 0xff);
      const d = mixed >>> 24;
      low = high ^ LOW[a]! ^ LOW[b]! ^ LOW[c]! ^ LOW[d]!;
      high = HIGH[a]! ^ HIGH[b]! ^ HIGH[c]! ^ HIGH[d]!;
    }
    for (; i < bytes.length; i += 1) {
      const index = (low ^ bytes[i]!) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ LOW[index]!;
      high = (high >>> 8) ^ HIGH[index]!;
    }
    this.#high = high;
    this.#low = low;
  }
}
