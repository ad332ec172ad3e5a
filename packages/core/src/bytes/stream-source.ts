import { LimitError } from '../model/errors.js';
import type { Budget } from './budget.js';
import { EMPTY, type ByteSource } from './source.js';

/** Bytes that a decoder puts out, as a random-access source: forward for free, backward at a price. */
export interface StreamSource extends ByteSource {
  /** Decodes to the end, so that a truncated or corrupt rest is noticed; throws what the decoder throws. */
  drain(): Promise<void>;
}

interface Kept {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * Chunks that a read touched are kept (up to `limits.retainedBytes`, the oldest go first); chunks that are jumped
 * over are not. A read behind what is kept starts the decoder anew, which the budget of decoded bytes bounds: it is
 * rare, since pickles are read forward and archives inside compressed files are small.
 */
export function streamSource(
  open: () => AsyncGenerator<Uint8Array, unknown>,
  budget: Budget,
  size = Infinity,
): StreamSource {
  return new Decoded(open, budget, size);
}

class Decoded implements StreamSource {
  size: number;
  readonly #open: () => AsyncGenerator<Uint8Array, unknown>;
  readonly #budget: Budget;
  #chunks: AsyncGenerator<Uint8Array, unknown>;
  #frontier = 0;
  #kept: Kept[] = [];
  #keptBytes = 0;
  /** The decoder's error, with the offset at which it came: the bytes before it are good. */
  #failure: { readonly at: number; readonly error: unknown } | null = null;
  #done = false;

  constructor(open: () => AsyncGenerator<Uint8Array, unknown>, budget: Budget, size: number) {
    this.#open = open;
    this.#budget = budget;
    this.#chunks = open();
    this.size = size;
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    if (length <= 0) return EMPTY;
    const chunk = this.#chunkAt(offset);
    if (chunk !== undefined && offset + length <= chunk.start + chunk.bytes.length) {
      return chunk.bytes.subarray(offset - chunk.start, offset - chunk.start + length);
    }
    return this.#collect(offset, length);
  }

  async drain(): Promise<void> {
    while (!this.#done && this.#failure === null) await this.#advance(Infinity);
    if (this.#failure !== null) throw this.#failure.error;
  }

  async #collect(offset: number, length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let have = 0;
    while (have < length) {
      const at = offset + have;
      let chunk = this.#chunkAt(at);
      if (chunk === undefined) {
        if (at < this.#frontier) this.#restart();
        while (this.#frontier <= at && !this.#done && this.#failure === null) await this.#advance(at);
        chunk = this.#chunkAt(at);
        if (chunk === undefined) break;
      }
      const part = chunk.bytes.subarray(at - chunk.start, at - chunk.start + length - have);
      parts.push(part);
      have += part.length;
    }
    if (have === 0 && this.#failure !== null && offset >= this.#failure.at) throw this.#failure.error;
    if (parts.length === 1) return parts[0] ?? EMPTY;
    const joined = new Uint8Array(have);
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  /** Decodes one chunk more and keeps it when it reaches beyond `wanted`. */
  async #advance(wanted: number): Promise<void> {
    let next: IteratorResult<Uint8Array, unknown>;
    try {
      next = await this.#chunks.next();
    } catch (error) {
      // Kept for the read that gets there. A limit ends the whole artifact and must not look like an end of data.
      if (error instanceof LimitError) throw error;
      this.#failure = { at: this.#frontier, error };
      return;
    }
    if (next.done === true) {
      this.#done = true;
      this.size = this.#frontier;
      return;
    }
    const bytes = next.value;
    this.#budget.countDecoded(bytes.length);
    if (this.#frontier + bytes.length > wanted) this.#keep({ start: this.#frontier, bytes });
    this.#frontier += bytes.length;
  }

  #keep(chunk: Kept): void {
    if (chunk.bytes.length === 0) return;
    this.#kept.push(chunk);
    this.#keptBytes += chunk.bytes.length;
    while (this.#keptBytes > this.#budget.limits.retainedBytes && this.#kept.length > 1) {
      this.#keptBytes -= this.#kept.shift()?.bytes.length ?? 0;
    }
  }

  #restart(): void {
    this.#chunks = this.#open();
    this.#frontier = 0;
    this.#done = false;
    this.#failure = null;
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** The kept chunk that holds `offset`; chunks are in order of their start. */
  #chunkAt(offset: number): Kept | undefined {
    let low = 0;
    let high = this.#kept.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const chunk = this.#kept[middle];
      if (chunk === undefined) return undefined;
      if (offset < chunk.start) high = middle - 1;
      else if (offset >= chunk.start + chunk.bytes.length) low = middle + 1;
      else return chunk;
    }
    return undefined;
  }
}
