import { ReadError, REMOTE_READS, type ByteSource } from '@artifact-sentinel/core';
import { readBody, refuseCoding } from './http/body.js';
import type { HttpAnswer } from './http/client.js';
import { readContentRange } from './http/content-range.js';
import { isSameState, validatorOf, type Validator } from './http/validator.js';
import { MAX_WHOLE_BYTES } from './model/limits.js';
import { SourceError } from './model/source-error.js';

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
}

/** What a probe asks for: what is read of each file anyway. */
const PROBE_BYTES = 64 * 1024;

/** Size and first bytes of a file whose size is not known: HEAD loses the length behind proxies, a range does not. */
export function probe(origin: RangeOrigin, signal: AbortSignal | undefined): Promise<Probe> {
  return origin.get({ range: `bytes=0-${PROBE_BYTES - 1}` }, signal, async (answer) => {
    refuseCoding(answer);
    const validator = validatorOf(answer);
    if (answer.status === 200) {
      const announced = lengthOf(answer);
      if (announced !== null && announced > MAX_WHOLE_BYTES) throw tooLargeWhole(origin.shown, announced);
      const head = await readBody(answer, MAX_WHOLE_BYTES);
      if (announced !== null && announced !== head.length) throw wrongLength(origin.shown, announced, head.length);
      return { size: head.length, validator, head };
    }
    const range = readContentRange(answer.header('content-range'));
    if (answer.status === 416 && range?.size === 0) return { size: 0, validator, head: new Uint8Array(0) };
    const size = range?.size ?? null;
    if (answer.status !== 206 || range?.first !== 0 || size === null)
      throw new SourceError('bad-answer', `${origin.shown}: the server does not say how large it is`, answer.status);
    const wanted = Math.min(PROBE_BYTES, size);
    const head = await exactBody(origin.shown, answer, wanted);
    return { size, validator, head };
  });
}

export interface RangeSourceOptions {
  readonly size: number;
  /** What the listing or the probe knows; learned from the first answer otherwise. */
  readonly validator?: Validator | undefined;
  /** First bytes that are at hand. */
  readonly head?: Uint8Array;
  /** Ends reads, which are then a `ReadError` each. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A file behind HTTP ranges. Each answer has to be the range that was asked for, of a file of the known size in the state that
 * the first answer had; anything else is a `ReadError`. An answer with all of the file (200) is never taken for a range: a
 * small file is then held whole, a large one is an error.
 */
export class RangeSource implements ByteSource {
  readonly size: number;
  readonly profile = REMOTE_READS;
  readonly #origin: RangeOrigin;
  readonly #head: Uint8Array;
  readonly #signal: AbortSignal | undefined;
  #validator: Validator | null;
  #whole: Uint8Array | null = null;

  constructor(origin: RangeOrigin, { size, validator, head = new Uint8Array(0), signal }: RangeSourceOptions) {
    this.size = size;
    this.#origin = origin;
    this.#head = head;
    this.#signal = signal;
    this.#validator = validator ?? null;
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
      if (error instanceof SourceError) throw new ReadError(`cannot be read: ${error.message}`, offset);
      throw error;
    }
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    if (this.#whole !== null) return this.#whole.subarray(start, end);
    const ifRange = this.#validator?.ifRange ?? null;
    const headers = { range: `bytes=${start}-${end - 1}`, ...(ifRange === null ? {} : { 'if-range': ifRange }) };
    return this.#origin.get(headers, this.#signal, (answer) => this.#take(answer, start, end));
  }

  async #take(answer: HttpAnswer, start: number, end: number): Promise<Uint8Array> {
    const { shown } = this.#origin;
    refuseCoding(answer);
    if (answer.status === 412 || answer.status === 416) throw this.#changed(answer.status);
    const validator = validatorOf(answer);
    if (this.#validator !== null && !isSameState(this.#validator, validator)) throw this.#changed(answer.status);
    if (answer.status === 200) return (await this.#takeWhole(answer, validator)).subarray(start, end);
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

  async #takeWhole(answer: HttpAnswer, validator: Validator): Promise<Uint8Array> {
    const announced = lengthOf(answer);
    if (announced !== null && announced !== this.size) throw this.#changed(answer.status, announced);
    if (this.size > MAX_WHOLE_BYTES) throw tooLargeWhole(this.#origin.shown, this.size);
    const bytes = await exactBody(this.#origin.shown, answer, this.size);
    this.#validator ??= validator;
    this.#whole ??= bytes;
    return this.#whole;
  }

  #changed(status: number, size: number | null = null): SourceError {
    const how = size === null || size === this.size ? '' : `: ${this.size} bytes before, ${size} now`;
    return new SourceError('changed', `${this.#origin.shown}: it changed while it was read${how}`, status);
  }
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

function tooLargeWhole(shown: string, size: number): SourceError {
  return new SourceError(
    'no-ranges',
    `${shown}: the server ignores ranges, and its ${size} bytes are more than the ${MAX_WHOLE_BYTES} that are read whole; download it first`,
  );
}
