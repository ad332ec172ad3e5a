import { EMPTY, type ByteSource } from '../../bytes/source.js';

/** What is asked for at an offset unless told otherwise: a local header with its name and the alignment padding of torch. */
export const PLANNED_BYTES = 192;
/** Planned places that lie closer than this are read at once: a read costs more than so few bytes. */
const MERGE_BYTES = 1024;
/** Bytes of one merged read. */
const WINDOW_BYTES = 128 * 1024;

/**
 * Reads small pieces at rising offsets through one window. A stored checkpoint has a local header of some hundred
 * bytes before each tensor: reading 400 of them must not read the tensors, and headers of small members that lie side
 * by side must not cost one read each.
 */
export class NearReader {
  readonly #source: ByteSource;
  readonly #planned: readonly number[];
  readonly #lengths: ReadonlyMap<number, number>;
  #start = 0;
  #bytes: Uint8Array = EMPTY;

  /** `planned`: offsets, in rising order, at which something small will be asked for; `lengths`: how much, if more. */
  constructor(source: ByteSource, planned: readonly number[], lengths: ReadonlyMap<number, number> = new Map()) {
    this.#source = source;
    this.#planned = planned;
    this.#lengths = lengths;
  }

  /** The bytes there, if they have been read already and all of them. */
  kept(offset: number, length: number): Uint8Array | null {
    const from = offset - this.#start;
    return from >= 0 && from + length <= this.#bytes.length ? this.#bytes.slice(from, from + length) : null;
  }

  /** At most `length` bytes at `offset`; fewer at the end of the source. */
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    if (offset >= this.#start && offset + length <= this.#start + this.#bytes.length) {
      return this.#bytes.subarray(offset - this.#start, offset - this.#start + length);
    }
    const read = this.#source.read(offset, this.#windowEnd(offset, length) - offset);
    return read instanceof Promise
      ? read.then((bytes) => this.#keep(offset, bytes).subarray(0, length))
      : this.#keep(offset, read).subarray(0, length);
  }

  #keep(offset: number, bytes: Uint8Array): Uint8Array {
    this.#bytes = bytes.slice();
    this.#start = offset;
    return this.#bytes;
  }

  #windowEnd(offset: number, length: number): number {
    let end = offset + length;
    for (let i = this.#firstPlannedFrom(offset); i < this.#planned.length; i += 1) {
      const next = this.#planned[i] ?? Infinity;
      if (next > end + MERGE_BYTES || next - offset > WINDOW_BYTES) break;
      end = Math.max(end, next + (this.#lengths.get(next) ?? PLANNED_BYTES));
    }
    return end;
  }

  #firstPlannedFrom(offset: number): number {
    let low = 0;
    let high = this.#planned.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#planned[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
