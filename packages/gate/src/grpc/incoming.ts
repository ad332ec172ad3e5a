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

type Next = Frame | 'end' | Refusal;

/** The messages of a stream one by one. While one is in hand no more is read than is there: flow control does the rest. */
export class IncomingMessages {
  readonly #stream: Readable;
  readonly #options: IncomingOptions;
  readonly #assembler: FrameAssembler;
  readonly #ready: Next[] = [];
  #waiting: ((next: Next) => void) | null = null;
  #isOver = false;
  #isDisposed = false;
  #heldBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #began = 0;

  constructor(stream: Readable, options: IncomingOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#assembler = new FrameAssembler(options.limit);
    if (options.isUnary) this.#tick();
    stream.on('data', this.#onData);
    stream.on('end', this.#onEnd);
    stream.on('close', this.#onGone);
    stream.on('error', this.#onGone);
  }

  /** The next message, the end, or why there is none. Asked for again only when the last one is done with. */
  next(): Promise<Next> {
    const next = this.#ready.shift();
    if (next !== undefined) return Promise.resolve(next);
    if (!this.#stream.readableEnded) this.#stream.resume();
    return new Promise((resolve) => {
      this.#waiting = resolve;
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
    this.#give('end', true);
  }

  /** Nothing more of it is wanted; what still comes is thrown away. */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#stream.off('data', this.#onData);
    this.#stream.off('end', this.#onEnd);
    this.#isOver = true;
    this.#options.held.give(this.#heldBytes);
    this.#heldBytes = 0;
    this.#ready.length = 0;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.('end');
    this.#stream.resume();
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#isOver) return;
    if (!this.#options.held.take(chunk.length)) {
      this.#give(headRefusal('GATE-BUSY', 'held', 'too many bodies are being held'), true);
      return;
    }
    this.#heldBytes += chunk.length;
    const wasWithin = this.#assembler.isWithin;
    let frames: readonly Frame[];
    try {
      frames = this.#assembler.push(chunk);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#give(error.refusal, true);
      return;
    }
    if (frames.length > 0 || !wasWithin) this.#began = performance.now();
    if (this.#options.isUnary || this.#assembler.isWithin) this.#tick();
    else this.#stopClock();
    if (frames.length > 0) this.#stream.pause();
    for (const frame of frames) this.#give(frame, false);
  };

  readonly #onEnd = (): void => {
    if (this.#assembler.isWithin) this.#give(headRefusal('GATE-HTTP', 'grpc-cut', 'a message that is cut'), true);
    else this.#give('end', true);
  };

  readonly #onGone = (): void => {
    this.#give(headRefusal('GATE-ABORTED', 'aborted', 'the client left before the call was complete'), true);
  };

  #tick(): void {
    const { idleMs, totalMs } = this.#options;
    this.#stopClock();
    if (this.#began === 0) this.#began = performance.now();
    const left = totalMs - (performance.now() - this.#began);
    this.#timer = setTimeout(
      () => this.#give(headRefusal('GATE-SLOW', 'message', 'a message took too long to arrive'), true),
      Math.max(1, Math.min(idleMs, left)),
    );
  }

  #stopClock(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #give(next: Next, isLast: boolean): void {
    if (this.#isOver) return;
    if (isLast) {
      this.#isOver = true;
      this.#stopClock();
    }
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) this.#ready.push(next);
    else waiting(next);
  }
}
