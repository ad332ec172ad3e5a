import { LimitError } from '../model/errors.js';
import type { Budget } from './budget.js';
import { EMPTY, type ByteSource, type Within } from './source.js';

/** Bytes that a decoder puts out, as a random-access source: forward for free, backward at a price. */
export interface StreamSource extends ByteSource {
  /** Decodes to the end, so that a truncated or corrupt rest is noticed; throws what the decoder throws. */
  drain(): Promise<void>;
}

interface Chunk {
  readonly start: number;
  bytes: Uint8Array;
  /** Behind `bytes` lies room for chunks that follow; null where the chunk is held as the decoder gave it. */
  block: Uint8Array | null;
}

/**
 * Smaller chunks are copied together: a stream of members or blocks of one byte would otherwise keep an object and a
 * decoder's whole buffer for each of them (CWE-770).
 */
const SMALL_CHUNK = 16 * 1024;
const LARGEST_BLOCK = 128 * 1024;
const SMALLEST_BLOCK = 1024;
/** Bytes that are gathered before a read takes the next part: parts of one byte would cost more than they bring. */
const PART_BYTES = 64 * 1024;

/**
 * Chunks that a read touched are retained (up to `limits.retainedBytes`, the oldest go first); chunks that are jumped
 * over are not. A read before the retained chunks starts the decoder anew, which the budget of decoded bytes bounds: it is
 * rare, since pickles are read forward and archives inside compressed files are small.
 */
export function streamSource(
  open: () => AsyncGenerator<Uint8Array, unknown>,
  budget: Budget,
  size = Infinity,
  within?: Within,
): StreamSource {
  return new Decoded(open, budget, size, within);
}

class Decoded implements StreamSource {
  size: number;
  readonly within: Within | undefined;
  readonly #open: () => AsyncGenerator<Uint8Array, unknown>;
  readonly #budget: Budget;
  #chunks: AsyncGenerator<Uint8Array, unknown>;
  #frontier = 0;
  #retained: Chunk[] = [];
  #retainedBytes = 0;
  /** The decoder's error, with the offset at which it came: the bytes before it are good. */
  #failure: { readonly at: number; readonly error: unknown } | null = null;
  #done = false;

  constructor(open: () => AsyncGenerator<Uint8Array, unknown>, budget: Budget, size: number, within?: Within) {
    this.within = within;
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
        const enough = Math.min(at + PART_BYTES, offset + length);
        while (this.#frontier < enough && !this.#done && this.#failure === null) await this.#advance(at);
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
    const turn = this.#budget.interrupt?.turn() ?? null;
    if (turn !== null) await turn;
    let next: IteratorResult<Uint8Array, unknown>;
    try {
      next = await this.#chunks.next();
    } catch (error) {
      // Thrown by the read that gets there. A limit ends the whole artifact and must not look like an end of data.
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
    if (this.#frontier + bytes.length > wanted) this.#keep(this.#frontier, bytes);
    this.#frontier += bytes.length;
  }

  #keep(start: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const small = bytes.length < SMALL_CHUNK;
    const last = this.#retained.at(-1);
    if (small && last !== undefined && last.start + last.bytes.length === start && this.#append(last, bytes)) return;
    const block = small ? new Uint8Array(Math.max(SMALLEST_BLOCK, bytes.length * 2)) : null;
    block?.set(bytes);
    this.#retained.push({ start, bytes: block?.subarray(0, bytes.length) ?? bytes, block });
    this.#retainedBytes += block?.length ?? bytes.length;
    while (this.#retainedBytes > this.#budget.limits.retainedBytes && this.#retained.length > 1) {
      const oldest = this.#retained.shift();
      this.#retainedBytes -= oldest?.block?.length ?? oldest?.bytes.length ?? 0;
    }
  }

  /** Copies `bytes` behind what a block holds; the block grows up to its limit. False where there is no room. */
  #append(last: Chunk, bytes: Uint8Array): boolean {
    const { block } = last;
    const length = last.bytes.length + bytes.length;
    if (block === null || length > LARGEST_BLOCK) return false;
    if (length <= block.length) {
      block.set(bytes, last.bytes.length);
      last.bytes = block.subarray(0, length);
      return true;
    }
    const larger = new Uint8Array(Math.min(LARGEST_BLOCK, Math.max(length, block.length * 2)));
    larger.set(last.bytes);
    larger.set(bytes, last.bytes.length);
    this.#retainedBytes += larger.length - block.length;
    last.block = larger;
    last.bytes = larger.subarray(0, length);
    return true;
  }

  #restart(): void {
    this.#chunks = this.#open();
    this.#frontier = 0;
    this.#done = false;
    this.#failure = null;
    this.#retained = [];
    this.#retainedBytes = 0;
  }

  /** The retained chunk that holds `offset`; chunks are in order of their start. */
  #chunkAt(offset: number): Chunk | undefined {
    let low = 0;
    let high = this.#retained.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const chunk = this.#retained[middle];
      if (chunk === undefined) return undefined;
      if (offset < chunk.start) high = middle - 1;
      else if (offset >= chunk.start + chunk.bytes.length) low = middle + 1;
      else return chunk;
    }
    return undefined;
  }
}
