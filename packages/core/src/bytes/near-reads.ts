import { InputError } from '../model/errors.js';
import { EMPTY, type ByteSource } from './source.js';

/** Over so many bytes is read on: a read costs as much as twenty thousand of them do. */
const NEAR_BYTES = 16 * 1024;
/** What is read on at first and at most; twice as much each time. */
const FIRST_AHEAD = 2 * 1024;
const MOST_AHEAD = 64 * 1024;

/**
 * A file that is read forwards in small pieces with short jumps between them, as a joblib file of thousands of small arrays is: the
 * pieces come out of larger reads. Behind a long jump no more is read than was asked for.
 */
export class NearReads implements ByteSource {
  /** Until something is jumped over, reads are passed on as they come. */
  isActive = false;
  readonly #source: ByteSource;
  #start = 0;
  #bytes: Uint8Array = EMPTY;
  #ahead = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.size;
  }

  get immediate(): boolean | undefined {
    return this.#source.immediate;
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    // What has to be waited for may cost more the more it is.
    if (!this.isActive || length >= MOST_AHEAD || this.#source.immediate !== true)
      return this.#source.read(offset, length);
    const from = offset - this.#start;
    if (from >= 0 && from + length <= this.#bytes.length) return this.#bytes.subarray(from, from + length);
    const isNear = from >= 0 && from - this.#bytes.length <= NEAR_BYTES;
    this.#ahead = isNear ? Math.min(Math.max(FIRST_AHEAD, this.#ahead * 2), MOST_AHEAD) : 0;
    const read = this.#readOn(offset, length, Math.max(length, this.#ahead));
    if (read instanceof Promise) return read;
    this.#bytes = read.slice();
    this.#start = offset;
    return this.#bytes.subarray(0, length);
  }

  /** A place that cannot be read is a fault only where somebody asks for it. */
  #readOn(offset: number, length: number, wanted: number): Uint8Array | Promise<Uint8Array> {
    try {
      return this.#source.read(offset, wanted);
    } catch (error) {
      if (!(error instanceof InputError) || wanted === length) throw error;
      return this.#source.read(offset, length);
    }
  }
}
