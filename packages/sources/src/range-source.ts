import { ReadError, REMOTE_READS, type ByteSource } from '@artifact-sentinel/core';
import { readBody, refuseCoding } from './http/body.js';
import type { HttpAnswer } from './http/client.js';
import { readContentRange } from './http/content-range.js';
import { isSameState, validatorOf, type Validator } from './http/validator.js';
import { MAX_WHOLE_BYTES } from './model/limits.js';
import { SourceError } from './model/source-error.js';
import { holdBody, refusalOfWhole, type Held, type Spooling } from './spooling.js';

/** Where the bytes of one file come from: it finds the address, renews it where it expires, and says errors in its words. */
export interface RangeOrigin {
  /** The file, for messages. */
  readonly shown: string;
  /** A GET with these headers. `take` gets answers with 200, 206, 412 and 416; any other is thrown as a `SourceError`. */
  get<T>(
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T>;
}

/** What the first request learns of a file. */
export interface Probe {
  readonly size: number;
  readonly validator: Validator;
  /** The bytes that came with it, from the first one on. */
  readonly head: Uint8Array;
  /** All of the file, where the server ignores ranges; its holder closes it. */
  readonly whole: Held | null;
}

/** What a probe asks for: what is read of each file anyway. */
const PROBE_BYTES = 64 * 1024;

/** Size and first bytes of a file whose size is not known: HEAD loses the length behind proxies, a range does not. */
export function probe(
  origin: RangeOrigin,
  signal: AbortSignal | undefined,
  spooling: Spooling | undefined,
): Promise<Probe> {
  return origin.get({ range: `bytes=0-${PROBE_BYTES - 1}` }, signal, async (answer) => {
    refuseCoding(answer);
    const validator = validatorOf(answer);
    if (answer.status === 200) {
      const whole = await heldWhole(origin.shown, answer, lengthOf(answer), spooling);
      return { size: whole.size, validator, head: new Uint8Array(0), whole };
    }
    const range = readContentRange(answer.header('content-range'));
    if (answer.status === 416 && range?.size === 0) return { size: 0, validator, head: new Uint8Array(0), whole: null };
    const size = range?.size ?? null;
    if (answer.status !== 206 || range?.first !== 0 || size === null)
      throw new SourceError('bad-answer', `${origin.shown}: the server does not say how large it is`, answer.status);
    const wanted = Math.min(PROBE_BYTES, size);
    const head = await exactBody(origin.shown, answer, wanted);
    return { size, validator, head, whole: null };
  });
}

export interface RangeSourceOptions {
  readonly size: number;
  /** What the listing or the probe knows; learned from the first answer otherwise. */
  readonly validator?: Validator | undefined;
  /** First bytes that are at hand. */
  readonly head?: Uint8Array;
  /** All of its bytes, where the server gives it whole only. */
  readonly whole?: Held | null;
  readonly spooling?: Spooling | undefined;
  /** Ends reads, which are then a `ReadError` each. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A file behind HTTP ranges. Each answer has to be the range that was asked for, of a file of the known size in the state that
 * the first answer had; anything else is a `ReadError`. An answer with all of the file (200) is never taken for a range: the
 * file is then held whole, a small one in memory, a large one where `spooling` puts it.
 */
export class RangeSource implements ByteSource {
  readonly size: number;
  readonly profile = REMOTE_READS;
  readonly #origin: RangeOrigin;
  readonly #head: Uint8Array;
  readonly #signal: AbortSignal | undefined;
  #validator: Validator | null;
  readonly #spooling: Spooling | undefined;
  #whole: Held | null;
  /** While all of it comes: one request gets it, and the others wait. */
  #coming: Promise<Held> | null = null;
  #isClosed = false;

  constructor(origin: RangeOrigin, options: RangeSourceOptions) {
    this.size = options.size;
    this.#origin = origin;
    this.#head = options.head ?? new Uint8Array(0);
    this.#signal = options.signal;
    this.#validator = options.validator ?? null;
    this.#whole = options.whole ?? null;
    this.#spooling = options.spooling;
  }

  /** Gives up what is held of it. */
  close(): void {
    this.#isClosed = true;
    this.#whole?.close();
  }

  /** What tells the state that was read from any other; null where the server gives nothing. */
  get state(): string | null {
    const { ifRange, etag, lastModified } = this.#validator ?? {};
    return ifRange ?? etag ?? lastModified ?? null;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.size);
    if (offset >= end) return new Uint8Array(0);
    if (end <= this.#head.length) return this.#head.subarray(offset, end);
    try {
      const from = Math.max(offset, Math.min(this.#head.length, end));
      const rest = await this.#fetch(from, end);
      if (from === offset) return rest;
      const all = new Uint8Array(end - offset);
      all.set(this.#head.subarray(offset, from));
      all.set(rest, from - offset);
      return all;
    } catch (error) {
      // Said at its offset; what is no fault of the source is a bug and goes on.
      if (!(error instanceof SourceError)) throw error;
      const failed = new ReadError(`cannot be read: ${error.message}`, offset);
      failed.cause = error;
      throw failed;
    }
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    const { shown } = this.#origin;
    if (this.#isClosed) throw new SourceError('aborted', `${shown}: it is closed`);
    const held = this.#whole ?? (await this.#coming);
    if (held !== null) return held.read(start, end);
    const ifRange = this.#validator?.ifRange ?? null;
    const headers = { range: `bytes=${start}-${end - 1}`, ...(ifRange === null ? {} : { 'if-range': ifRange }) };
    const bytes = await this.#origin.get(headers, this.#signal, (answer) => this.#take(answer, start, end));
    if (bytes !== null) return bytes;
    // Too large to be held for each of the reads that run beside each other: it is asked for once more, by one of them.
    this.#coming ??= this.#get();
    return (this.#whole ?? (await this.#coming)).read(start, end);
  }

  /** All of a large file. */
  async #get(): Promise<Held> {
    const { shown } = this.#origin;
    const held = await this.#origin.get({}, this.#signal, async (answer) => {
      const validator = this.#stateOf(answer);
      if (answer.status !== 200)
        throw new SourceError('bad-answer', `${shown}: it answers with a range that was not asked for`, answer.status);
      const announced = lengthOf(answer);
      if (announced !== null && announced !== this.size) throw this.#changed(answer.status, announced);
      const whole = await heldWhole(shown, answer, this.size, this.#spooling);
      this.#validator ??= validator;
      return whole;
    });
    if (this.#isClosed) {
      held.close();
      throw new SourceError('aborted', `${shown}: it is closed`);
    }
    this.#whole = held;
    return held;
  }

  /** The bytes of a range; null where the answer has all of a large file, which is not read. */
  async #take(answer: HttpAnswer, start: number, end: number): Promise<Uint8Array | null> {
    const { shown } = this.#origin;
    const validator = this.#stateOf(answer);
    if (answer.status === 200) return this.#takeWhole(answer, validator, start, end);
    const range = readContentRange(answer.header('content-range'));
    if (range === null || range.first !== start || range.last !== end - 1)
      throw new SourceError(
        'bad-answer',
        `${shown}: the server answers with another range than bytes ${start} to ${end - 1}`,
        answer.status,
      );
    if (range.size !== null && range.size !== this.size) throw this.#changed(answer.status, range.size);
    const bytes = await exactBody(shown, answer, end - start);
    this.#validator ??= validator;
    return bytes;
  }

  /** Throws where the answer is that of another state of the file. */
  #stateOf(answer: HttpAnswer): Validator {
    refuseCoding(answer);
    if (answer.status === 412 || answer.status === 416) throw this.#changed(answer.status);
    const validator = validatorOf(answer);
    if (this.#validator !== null && !isSameState(this.#validator, validator)) throw this.#changed(answer.status);
    return validator;
  }

  async #takeWhole(answer: HttpAnswer, validator: Validator, start: number, end: number): Promise<Uint8Array | null> {
    const announced = lengthOf(answer);
    if (announced !== null && announced !== this.size) throw this.#changed(answer.status, announced);
    const refused = refusalOfWhole(this.#origin.shown, this.size, this.#spooling);
    if (refused !== null) throw refused;
    if (this.size > MAX_WHOLE_BYTES) return null;
    const held = await heldWhole(this.#origin.shown, answer, this.size, undefined);
    this.#validator ??= validator;
    this.#whole ??= held;
    return this.#whole.read(start, end);
  }

  #changed(status: number, size: number | null = null): SourceError {
    const how = size === null || size === this.size ? '' : `: ${this.size} bytes before, ${size} now`;
    return new SourceError('changed', `${this.#origin.shown}: it changed while it was read${how}`, status);
  }
}

/** All of a file, which has exactly so many bytes where that is known. */
async function heldWhole(
  shown: string,
  answer: HttpAnswer,
  size: number | null,
  spooling: Spooling | undefined,
): Promise<Held> {
  const whole = await holdBody(shown, answer, size, spooling);
  if (size === null || size === whole.size) return whole;
  whole.close();
  throw wrongLength(shown, size, whole.size);
}

/** A body that has exactly so many bytes. */
async function exactBody(shown: string, answer: HttpAnswer, wanted: number): Promise<Uint8Array> {
  const announced = lengthOf(answer);
  if (announced !== null && announced !== wanted) throw wrongLength(shown, wanted, announced);
  const bytes = await readBody(answer, wanted);
  if (bytes.length !== wanted) throw wrongLength(shown, wanted, bytes.length);
  return bytes;
}

function lengthOf(answer: HttpAnswer): number | null {
  const text = answer.header('content-length')?.trim() ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function wrongLength(shown: string, wanted: number, came: number): SourceError {
  return new SourceError('bad-answer', `${shown}: ${wanted} bytes were asked for, the server sends ${came}`);
}
