import type { Checksum } from './checksum.js';

const MASK = 0xffff_ffff_ffff_ffffn;
const PRIME1 = 0x9e3779b185ebca87n;
const PRIME2 = 0xc2b2ae3d27d4eb4fn;
const PRIME3 = 0x165667b19e3779f9n;
const PRIME4 = 0x85ebca77c2b2ae63n;
const PRIME5 = 0x27d4eb2f165667c5n;
const STRIPE = 32;

/*
 * The stripes, where all the time goes, work on 32-bit halves: 64-bit products are put together from 16-bit pieces,
 * because BigInt is some forty times slower. The end of the hash, once for each frame, is written with BigInt.
 */
const PRIME1_HIGH = 0x9e3779b1 | 0;
const PRIME1_LOW = 0x85ebca87 | 0;
const PRIME2_HIGH = 0xc2b2ae3d | 0;
const PRIME2_LOW = 0x27d4eb4f | 0;

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  // Neither sum passes 2^32: (2^16 - 1)^2 + 2^16 - 1 is 2^32 - 2^16.
  const cross = (Math.imul(a1, b0) >>> 0) + (Math.imul(a0, b0) >>> 16);
  const middle = (Math.imul(a0, b1) >>> 0) + (cross & 0xffff);
  return (Math.imul(a1, b1) + (cross >>> 16) + (middle >>> 16)) | 0;
}

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function word32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function word64(bytes: Uint8Array, at: number): bigint {
  return BigInt(word32(bytes, at) >>> 0) | (BigInt(word32(bytes, at + 4) >>> 0) << 32n);
}

function mixLane(lane: bigint, input: bigint): bigint {
  return (rotate((lane + input * PRIME2) & MASK, 31n) * PRIME1) & MASK;
}

/** xxHash64 with seed 0, whose lower half is the checksum of zstd frames (RFC 8878, section 3.1.1). */
export class XxHash64 implements Checksum {
  /** Four lanes as pairs: low half, high half. */
  readonly #lanes = new Int32Array(8);
  readonly #rest = new Uint8Array(STRIPE);
  #restLength = 0;
  #total = 0;

  constructor() {
    const seeds = [PRIME1 + PRIME2, PRIME2, 0n, -PRIME1];
    seeds.forEach((seed, lane) => {
      this.#lanes[lane * 2] = Number(BigInt.asIntN(32, seed));
      this.#lanes[lane * 2 + 1] = Number(BigInt.asIntN(32, seed >> 32n));
    });
  }

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(STRIPE - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
    }
    const end = at + Math.floor((bytes.length - at) / STRIPE) * STRIPE;
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restLength = bytes.length - end;
  }

  #stripes(bytes: Uint8Array, start: number, end: number): void {
    for (let lane = 0; lane < 4; lane += 1) this.#runLane(bytes, start + lane * 8, end, lane * 2);
  }

  /** lane = rotate(lane + input * PRIME2, 31) * PRIME1 for each eighth byte pair of `bytes`. */
  #runLane(bytes: Uint8Array, start: number, end: number, lane: number): void {
    let low = this.#lanes[lane]!;
    let high = this.#lanes[lane + 1]!;
    for (let at = start; at < end; at += STRIPE) {
      const inputLow = word32(bytes, at);
      const inputHigh = word32(bytes, at + 4);
      const productLow = Math.imul(inputLow, PRIME2_LOW);
      const productHigh =
        (multiplyHigh(inputLow, PRIME2_LOW) + Math.imul(inputLow, PRIME2_HIGH) + Math.imul(inputHigh, PRIME2_LOW)) | 0;
      const sum = (low >>> 0) + (productLow >>> 0);
      const sumLow = sum | 0;
      const sumHigh = (high + productHigh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      const turnedLow = (sumLow << 31) | (sumHigh >>> 1);
      const turnedHigh = (sumHigh << 31) | (sumLow >>> 1);
      low = Math.imul(turnedLow, PRIME1_LOW);
      high =
        (multiplyHigh(turnedLow, PRIME1_LOW) + Math.imul(turnedLow, PRIME1_HIGH) + Math.imul(turnedHigh, PRIME1_LOW)) |
        0;
    }
    this.#lanes[lane] = low;
    this.#lanes[lane + 1] = high;
  }

  #lane(index: number): bigint {
    return BigInt(this.#lanes[index * 2]! >>> 0) | (BigInt(this.#lanes[index * 2 + 1]! >>> 0) << 32n);
  }

  #merged(): bigint {
    if (this.#total < STRIPE) return PRIME5;
    const lanes = [this.#lane(0), this.#lane(1), this.#lane(2), this.#lane(3)] as const;
    let hash = rotate(lanes[0], 1n) + rotate(lanes[1], 7n) + rotate(lanes[2], 12n) + rotate(lanes[3], 18n);
    for (const lane of lanes) hash = (((hash & MASK) ^ mixLane(0n, lane)) * PRIME1 + PRIME4) & MASK;
    return hash;
  }

  get value(): bigint {
    let hash = (this.#merged() + BigInt(this.#total)) & MASK;
    let at = 0;
    for (; at + 8 <= this.#restLength; at += 8) {
      hash = (rotate(hash ^ mixLane(0n, word64(this.#rest, at)), 27n) * PRIME1 + PRIME4) & MASK;
    }
    if (at + 4 <= this.#restLength) {
      hash = (rotate(hash ^ ((BigInt(word32(this.#rest, at) >>> 0) * PRIME1) & MASK), 23n) * PRIME2 + PRIME3) & MASK;
      at += 4;
    }
    for (; at < this.#restLength; at += 1) {
      hash = (rotate(hash ^ ((BigInt(this.#rest[at]!) * PRIME5) & MASK), 11n) * PRIME1) & MASK;
    }
    hash = ((hash ^ (hash >> 33n)) * PRIME2) & MASK;
    hash = ((hash ^ (hash >> 29n)) * PRIME3) & MASK;
    return hash ^ (hash >> 32n);
  }

  hex(): string {
    return this.value.toString(16).padStart(16, '0');
  }
}
