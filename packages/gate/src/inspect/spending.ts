import type { InspectionLimits } from '../model/limits.js';
import { refuse } from '../model/rules.js';

/** What one request may still cost. */
export class Spending {
  readonly limits: InspectionLimits;
  /** Of data that seem to be packed behind other bytes. */
  readonly packed = new PackedWork();
  #decoded = 0;
  #leaves = 0;

  constructor(limits: InspectionLimits) {
    this.limits = limits;
  }

  get left(): number {
    return this.limits.decodedBytes - this.#decoded;
  }

  decoded(bytes: number, path: string): void {
    this.#decoded += bytes;
    if (this.#decoded > this.limits.decodedBytes)
      refuse('GATE-BOMB', 'decoded-bytes', path, 'the request unpacks to more than is accepted');
  }

  leaf(path: string): void {
    this.#leaves += 1;
    if (this.#leaves > this.limits.leaves)
      refuse('GATE-BOMB', 'leaves', path, `more than ${this.limits.leaves} encoded values in one request`);
  }

  deeper(depth: number, path: string): number {
    if (depth >= this.limits.depth)
      refuse('GATE-UNREADABLE', 'depth', path, `encodings lie more than ${this.limits.depth} deep in each other`);
    return depth + 1;
  }
}

/** Offsets at which compressed data are unpacked: noise has thirty in a megabyte, documents one for a hundred bytes. */
const PACKED_TRIES = 256;
const BYTES_FOR_ONE_TRY = 64;
/** Chunks that decoders put out for it: a stream of a document has two or three, and each of the streams that are joined has one. */
const PACKED_CHUNKS = 16 * 1024;
const BYTES_FOR_ONE_CHUNK = 16;
/** Encoded bytes of it that are read at all offsets together. */
const PACKED_READS = 2 * 2 ** 20;
const READS_FOR_BYTE = 64;
/** Decoded bytes of it, beyond which they have to be in proportion to the encoded ones (CWE-409). */
const PACKED_DECODED = 16 * 2 ** 20;

/**
 * What it costs to unpack data behind other bytes, over all pieces of a request, against their size (CWE-400, CWE-407): each of
 * many streams in a row may be the first, and what is joined to it is decoded with it.
 */
export class PackedWork {
  /** Bytes of the pieces in which such data are looked for. */
  #size = 0;
  #tries = 0;
  #chunks = 0;
  #reads = 0;
  #decoded = 0;

  /** So many more bytes are looked through. */
  sized(bytes: number): void {
    this.#size += bytes;
  }

  /** One more offset is tried. */
  tried(): void {
    this.#tries += 1;
  }

  read(bytes: number): void {
    this.#reads += bytes;
  }

  unpacked(bytes: number, chunks: number): void {
    this.#decoded += bytes;
    this.#chunks += chunks;
  }

  get chunks(): number {
    return this.#chunks;
  }

  /** Whether it is more than the bytes are worth: what is left then counts as unreadable. `ratio`: of the limits. */
  isTooMuch(ratio: number): boolean {
    const size = this.#size;
    return (
      this.#tries > PACKED_TRIES + size / BYTES_FOR_ONE_TRY ||
      this.#chunks > PACKED_CHUNKS + size / BYTES_FOR_ONE_CHUNK ||
      this.#reads > PACKED_READS + size * READS_FOR_BYTE ||
      this.#decoded > PACKED_DECODED + size * ratio
    );
  }
}
