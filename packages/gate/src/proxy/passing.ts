import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import type { GateRule } from '../model/rules.js';
import type { Held } from './body-reader.js';
import { drained, nextChunk, SLOWEST_BYTES } from './spool.js';

export interface PassingOptions {
  /** More bytes are not taken; Infinity where that is only observed. */
  readonly limit: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly held: Held;
  /** The first bytes may go on: opens the request to the server behind. */
  readonly open: () => Writable;
  /** Something was written to it. */
  readonly onWritten: () => void;
}

export interface PassingFault {
  readonly rule: GateRule;
  readonly signal: string;
  readonly detail: string;
}

/**
 * A body between its client and the server behind. What has come is held until the inspector has settled it, is written
 * then, and nothing more is read from the client before the server has taken that: neither side is waited for in memory.
 */
export class PassingBody {
  readonly most: number;
  /** An inspector has it in hand. */
  isBegun = false;
  /** All of it has been written. */
  isWhole = false;
  /** Bytes that have come. */
  size = 0;
  readonly #request: IncomingMessage;
  readonly #options: PassingOptions;
  readonly #hash = createHash('sha256');
  readonly #begun = performance.now();
  #chunks: Buffer[] = [];
  /** Where the first chunk begins, and up to where it has been written. */
  #start = 0;
  #held = 0;
  #out: Writable | null = null;
  #fault: PassingFault | null = null;
  #isEnded = false;
  #gone: (() => void) | null = null;
  readonly #left = new AbortController();

  constructor(request: IncomingMessage, head: Buffer, options: PassingOptions) {
    this.#request = request;
    this.#options = options;
    const declared = request.headers['content-length'];
    this.most = Math.min(declared === undefined ? Infinity : Number(declared), options.limit, Number.MAX_SAFE_INTEGER);
    this.#take(head);
  }

  /** Aborted where nobody waits for it any more. */
  get signal(): AbortSignal {
    return this.#left.signal;
  }

  get isAbandoned(): boolean {
    return this.#left.signal.aborted;
  }

  /** Why it cannot go on, where that is so. */
  get fault(): PassingFault | null {
    return this.#fault;
  }

  /** Hex SHA-256 of what has come. */
  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** For the inspector: bytes from `offset` on, which it asks for one after the other. */
  async read(offset: number, length: number): Promise<Uint8Array | null> {
    this.isBegun = true;
    while (offset >= this.size && !this.#isEnded && this.#fault === null && !this.isAbandoned) {
      if (this.#out !== null) await drained(this.#out);
      await this.#more();
    }
    if (this.#fault !== null || this.isAbandoned) return null;
    return this.#bytes(offset, length);
  }

  /** The inspector has settled what lies before; false where it speaks of bytes that never came, or goes back. */
  settle(to: number): boolean {
    if (!Number.isSafeInteger(to) || to < this.#start || to > this.size) return false;
    if (!this.isAbandoned) this.#write(to);
    return true;
  }

  /** All of it may go on, and is whole. */
  finish(): void {
    this.#write(this.size);
    (this.#out ?? this.#open()).end();
    this.isWhole = true;
  }

  /** The rest of it is forwarded without inspection: it was refused, and the route only observes. Null once all has gone. */
  async passRest(): Promise<PassingFault | null> {
    this.#write(this.size);
    const out = this.#out ?? this.#open();
    while (!this.#isEnded && this.#fault === null && !this.isAbandoned && !out.destroyed) {
      await drained(out);
      await this.#more();
      this.#write(this.size);
    }
    if (this.#isEnded && !this.isAbandoned) {
      out.end();
      this.isWhole = true;
    }
    return this.#fault;
  }

  /** Nobody waits for it any more; what is held is given back. */
  abandon(): void {
    if (this.isAbandoned) return;
    this.#left.abort();
    this.#gone?.();
    this.#options.held.give(this.#held);
    this.#held = 0;
    this.#chunks = [];
  }

  #open(): Writable {
    this.#out = this.#options.open();
    return this.#out;
  }

  #take(chunk: Buffer): void {
    this.#hash.update(chunk);
    this.#chunks.push(chunk);
    this.size += chunk.length;
    this.#held += chunk.length;
  }

  async #more(): Promise<void> {
    // It may have been given up while the server behind was waited for.
    if (this.isAbandoned) return;
    const { idleMs, totalMs, limit, held } = this.#options;
    const gone = new Promise<null>((resolve) => {
      this.#gone = () => resolve(null);
    });
    const chunk = await Promise.race([nextChunk(this.#request, idleMs), gone]);
    if (this.isAbandoned) return;
    if (chunk === null) this.#isEnded = true;
    else if (chunk === 'slow') this.#fail('GATE-SLOW', 'body', 'the body took too long to arrive');
    else if (chunk === 'gone') this.#fail('GATE-ABORTED', 'aborted', 'the client left before the body was complete');
    else if (this.size + chunk.length > limit) this.#fail('GATE-SIZE', 'body', `a body of more than ${limit} bytes`);
    else if (!held.take(chunk.length)) this.#fail('GATE-BUSY', 'held', 'too many bodies are being held');
    else {
      this.#take(chunk);
      if (performance.now() - this.#begun > totalMs + (this.size / SLOWEST_BYTES) * 1_000)
        this.#fail('GATE-SLOW', 'body', 'the body took too long to arrive');
    }
  }

  #fail(rule: GateRule, signal: string, detail: string): void {
    this.#fault = { rule, signal, detail };
  }

  /** One chunk at a time: what is asked for next begins where this one ends. */
  #bytes(offset: number, length: number): Buffer {
    let at = this.#start;
    for (const chunk of this.#chunks) {
      if (offset < at + chunk.length) return chunk.subarray(offset - at, offset - at + length);
      at += chunk.length;
    }
    return Buffer.alloc(0);
  }

  #write(to: number): void {
    let left = to - this.#start;
    if (left <= 0) return;
    const out = this.#out ?? this.#open();
    this.#start = to;
    this.#held -= left;
    this.#options.held.give(left);
    this.#options.onWritten();
    while (left > 0) {
      const [chunk] = this.#chunks;
      if (chunk === undefined) return;
      const now = chunk.subarray(0, left);
      if (!out.destroyed) out.write(now);
      left -= now.length;
      if (now.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(now.length);
    }
  }
}
