import { InputError, LimitError, ReadError, UnsupportedError } from '../model/errors.js';
import type { Interrupt } from './interrupt.js';
import type { ReadProfile } from './read-profile.js';
import { EMPTY, type ByteSource } from './source.js';

export interface GuardOptions {
  /** Called with every read that failed: a format that wanted the bytes may take a fault for chance. */
  readonly onFault?: ((error: InputError) => void) | undefined;
  /** Called with the number of bytes of each answer. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Ends reads that wait, where the caller can abort the run. */
  readonly interrupt?: Interrupt | null | undefined;
}

/**
 * A source of a caller, held to the contract of `ByteSource`. A `read` that throws, or answers with anything but exactly the
 * bytes that were asked for, is a `ReadError`. Otherwise a source that answers with too little would be asked again and
 * again, and an error that no analysis knows would look like a bug.
 */
export class GuardedSource implements ByteSource {
  readonly immediate: boolean | undefined;
  readonly profile: ReadProfile | undefined;
  readonly #source: ByteSource;
  readonly #options: GuardOptions;

  constructor(source: ByteSource, options: GuardOptions = {}) {
    // A read may have to wait for a turn of the event loop.
    this.immediate = options.interrupt == null ? source.immediate : undefined;
    this.profile = source.profile;
    this.#source = source;
    this.#options = options;
  }

  get size(): number {
    return this.#source.size;
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    const wanted = Math.min(length, this.size - offset);
    if (!(wanted > 0)) return EMPTY;
    const turn = this.#options.interrupt?.turn() ?? null;
    return turn === null ? this.#ask(offset, wanted) : turn.then(() => this.#ask(offset, wanted));
  }

  #ask(offset: number, wanted: number): Uint8Array | Promise<Uint8Array> {
    let answer: unknown;
    try {
      answer = this.#source.read(offset, wanted);
    } catch (error) {
      throw this.#fault(error, offset);
    }
    return isThenable(answer) ? this.#waited(answer, offset, wanted) : this.#checked(answer, offset, wanted);
  }

  async #waited(answer: PromiseLike<unknown>, offset: number, wanted: number): Promise<Uint8Array> {
    const { interrupt } = this.#options;
    let bytes: unknown;
    try {
      bytes = await (interrupt == null ? answer : interrupt.race(Promise.resolve(answer)));
    } catch (error) {
      throw this.#fault(error, offset);
    }
    return this.#checked(bytes, offset, wanted);
  }

  #checked(answer: unknown, offset: number, wanted: number): Uint8Array {
    if (!(answer instanceof Uint8Array))
      throw this.#fault(new ReadError(`a read gave ${typeOf(answer)} instead of a Uint8Array`, offset), offset);
    // While a decoder has not reached its end, nobody knows how much there is.
    if (answer.length === wanted || (this.size === Infinity && answer.length < wanted)) {
      this.#options.onBytes?.(answer.length);
      return answer;
    }
    // Its size may have become known by this very read.
    if (answer.length === Math.max(0, Math.min(wanted, this.size - offset))) return answer;
    throw this.#fault(new ReadError(`${wanted} bytes were asked for, ${answer.length} came`, offset), offset);
  }

  /** What a failed read is for the analysis. */
  #fault(error: unknown, offset: number): unknown {
    const { interrupt, onFault } = this.#options;
    // An aborted run fails with the reason of its signal, whatever a read makes of it.
    interrupt?.check();
    if (error instanceof LimitError || error instanceof UnsupportedError) return error;
    const fault =
      error instanceof InputError
        ? error
        : new ReadError(`cannot be read: ${error instanceof Error ? error.message : String(error)}`, offset);
    onFault?.(fault);
    return fault;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? (value.constructor?.name ?? 'an object') : `a ${typeof value}`;
}
