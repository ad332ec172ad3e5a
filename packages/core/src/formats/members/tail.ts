import type { ByteSource } from '../../bytes/source.js';
import type { StreamSource } from '../../bytes/stream-source.js';

/** Where the end record of a zip lies, with its comment. */
const TAIL_BYTES = 68 * 1024;

/** The last bytes that a decoder put out: what ends there would cost to decode it all again. */
export class Tail {
  /** Grows with what comes: an archive may hold thousands of members of some bytes. */
  #buffer = new Uint8Array(1024);
  #size = 0;

  async *watch<T>(chunks: AsyncGenerator<Uint8Array, T>): AsyncGenerator<Uint8Array, T> {
    this.#size = 0;
    for (;;) {
      const step = await chunks.next();
      if (step.done === true) return step.value;
      this.#add(step.value.subarray(-TAIL_BYTES));
      yield step.value;
    }
  }

  #add(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > 2 * TAIL_BYTES) {
      this.#buffer.copyWithin(0, this.#size - TAIL_BYTES, this.#size);
      this.#size = TAIL_BYTES;
    } else if (size > this.#buffer.length) {
      const larger = new Uint8Array(Math.min(2 * TAIL_BYTES, 2 * size));
      larger.set(this.#buffer.subarray(0, this.#size));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** The source, read to its end. */
  async drained(source: StreamSource): Promise<ByteSource> {
    await source.drain();
    const last = this.#buffer.subarray(0, this.#size);
    const start = source.size - last.length;
    return {
      size: source.size,
      read: (offset, length) =>
        offset >= start ? last.subarray(offset - start, offset - start + length) : source.read(offset, length),
    };
  }
}
