import type { Readable } from 'node:stream';
import { Refused, type Refusal } from '../model/rules.js';
import type { Held } from '../proxy/body-reader.js';
import { headRefusal } from '../proxy/problem.js';
import { FrameAssembler, type Frame } from './framing.js';

export interface IncomingOptions {
  /** Bytes of one message. */
  readonly limit: number;
  /** Between two chunks of a message. */
  readonly idleMs: number;
  /** For one message. */
  readonly totalMs: number;
  /** Whether time counts between messages too: where exactly one is expected. */
  readonly isUnary: boolean;
  readonly held: Held;
}

/** A stream of HTTP/2, or of tests. `rstCode`: that of its reset, 0 or nothing where there was none. */
type IncomingStream = Readable & { readonly rstCode?: number | undefined };

type Next = Frame | 'end' | Refusal;

/**
 * The messages of a stream one by one. No more is read than the chunk that is there while one is in hand: flow control
 * does the rest. Messages are cut out of the bytes when they are asked for, since many empty ones take more memory than
 * their bytes do (CWE-770).
 */
export class IncomingMessages {
  readonly #stream: IncomingStream;
  readonly #options: IncomingOptions;
  readonly #assembler: FrameAssembler;
  #waiting: ((next: Next) => void) | null = null;
  /** What comes next however often it is asked for. */
  #last: 'end' | Refusal | null = null;
  #hasEnded = false;
  #isDisposed = false;
  #heldBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  /** When the message that is awaited began; 0 where none has. */
  #began = 0;

  constructor(stream: IncomingStream, options: IncomingOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#assembler = new FrameAssembler(options.limit);
    if (options.isUnary) this.#tick();
    stream.on('data', this.#onData);
    stream.on('end', this.#onEnd);
    stream.on('close', this.#onGone);
    stream.on('error', this.#onGone);
    stream.pause();
  }

  /** The next message, the end, or why there is none. Asked for again only when the last one is done with. */
  next(): Promise<Next> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#advance();
    });
  }

  /** A message that is done with: its bytes are not held any more. */
  release({ bytes }: Frame): void {
    if (this.#isDisposed) return;
    this.#heldBytes -= bytes.length;
    this.#options.held.give(bytes.length);
  }

  /** No more messages are waited for: the next one is the end. */
  abandon(): void {
    this.#finish('end');
  }

  /** Nothing more of it is wanted; what still comes is thrown away. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#stream.off('data', this.#onData);
    this.#stream.off('end', this.#onEnd);
    this.#options.held.give(this.#heldBytes);
    this.#heldBytes = 0;
    this.#finish('end');
    this.#stream.resume();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (!this.#options.held.take(chunk.length)) {
      this.#finish(headRefusal('GATE-BUSY', 'held', 'too many bodies are being held'));
      return;
    }
    this.#heldBytes += chunk.length;
    this.#assembler.push(chunk);
    this.#stream.pause();
    this.#advance();
  };

  readonly #onEnd = (): void => {
    // A stream that is reset ends for Node as well.
    if ((this.#stream.rstCode ?? 0) !== 0) return this.#onGone();
    this.#hasEnded = true;
    this.#advance();
  };

  readonly #onGone = (): void => {
    if (!this.#hasEnded)
      this.#finish(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the call was complete'));
  };

  /** Gives what there is to the one who waits, or reads on. */
  #advance(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    const next = this.#last ?? this.#taken();
    if (next === null) {
      if (this.#options.isUnary || this.#assembler.isWithin) this.#tick();
      this.#stream.resume();
      return;
    }
    this.#stopClock();
    this.#began = 0;
    this.#waiting = null;
    waiting(next);
  }

  #taken(): Next | null {
    try {
      const frame = this.#assembler.take();
      if (frame !== null || !this.#hasEnded) return frame;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#last = error.refusal;
      return this.#last;
    }
    this.#last = this.#assembler.isWithin ? headRefusal('GATE-HTTP', 'grpc-cut', 'a message that is cut') : 'end';
    return this.#last;
  }

  #finish(last: 'end' | Refusal): void {
    this.#last ??= last;
    this.#stopClock();
    this.#advance();
  }

  #tick(): void {
    const { idleMs, totalMs } = this.#options;
    this.#stopClock();
    if (this.#began === 0) this.#began = performance.now();
    const left = totalMs - (performance.now() - this.#began);
    this.#timer = setTimeout(
      () => this.#finish(headRefusal('GATE-SLOW', 'message', 'a message took too long to arrive')),
      Math.max(1, Math.min(idleMs, left)),
    );
  }

  #stopClock(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
