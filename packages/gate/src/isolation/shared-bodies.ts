import { MAX_SHARED_BYTES } from '../model/limits.js';

/** Smaller bodies cost more to hand over than to copy within their message. */
export const SHARED_BYTES = 32 * 1024;
/** Memory that is kept for the next bodies: one of each size that there is. */
const KEPT_BYTES = 2 * MAX_SHARED_BYTES;

/**
 * Memory in which bodies lie that a thread inspects. Both sides see it, so that nothing is copied twice, and it is used again: memory
 * that is new for each body, and given up in another thread, takes longer than to inspect one.
 */
export class SharedBodies {
  readonly #free: SharedArrayBuffer[] = [];
  readonly #inHand = new Map<number, SharedArrayBuffer>();
  #freeBytes = 0;

  /** Room for the body of a job, until the job is done; null where it is too large. */
  room(job: number, bytes: number): Buffer | null {
    if (bytes > MAX_SHARED_BYTES) return null;
    const memory = this.#take(bytes);
    this.#inHand.set(job, memory);
    return Buffer.from(memory, 0, bytes);
  }

  /** The thread has done with a job. */
  done(job: number): void {
    const memory = this.#inHand.get(job);
    if (memory === undefined) return;
    this.#inHand.delete(job);
    if (this.#freeBytes + memory.byteLength > KEPT_BYTES) return;
    this.#free.push(memory);
    this.#freeBytes += memory.byteLength;
  }

  /** Sizes are powers of two, so that what is free fits what comes. */
  #take(bytes: number): SharedArrayBuffer {
    let size = SHARED_BYTES;
    while (size < bytes) size *= 2;
    const at = this.#free.findLastIndex(({ byteLength }) => byteLength === size);
    const [memory] = at === -1 ? [] : this.#free.splice(at, 1);
    if (memory === undefined) return new SharedArrayBuffer(size);
    this.#freeBytes -= size;
    return memory;
  }
}
