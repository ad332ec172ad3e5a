import { hex32, type Checksum } from './checksum.js';

const BASE = 65521;
/** The most bytes for which the second sum stays below 2^32 (zlib's NMAX). */
const RUN = 5552;

/** Adler-32 of zlib (RFC 1950, section 8.2). */
export class Adler32 implements Checksum {
  #first = 1;
  #second = 0;

  get value(): number {
    return ((this.#second << 16) | this.#first) >>> 0;
  }

  hex(): string {
    return hex32(this.value);
  }

  update(bytes: Uint8Array): void {
    let first = this.#first;
    let second = this.#second;
    for (let i = 0; i < bytes.length;) {
      for (const end = Math.min(i + RUN, bytes.length); i < end; i += 1) {
        first += bytes[i]!;
        second = (second + first) >>> 0;
      }
      first %= BASE;
      second %= BASE;
    }
    this.#first = first;
    this.#second = second;
  }
}
