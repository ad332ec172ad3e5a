import type { IncomingMessage } from 'node:http';
import type { GateRule } from '../model/rules.js';

/** A body in the pieces in which it came: most of what is done with a large one needs no other. */
export class HeldBody {
  readonly pieces: readonly Buffer[];
  readonly length: number;

  constructor(pieces: readonly Buffer[], length: number) {
    this.pieces = pieces;
    this.length = length;
  }

  /** All of it in one; a copy, where there are several pieces. */
  get bytes(): Buffer {
    const [first] = this.pieces;
    return this.pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.pieces, this.length);
  }
}

export type BodyEnd =
  | { readonly kind: 'whole'; readonly body: HeldBody }
  /** More came than is held: `head` is what there is, and the request goes on. */
  | { readonly kind: 'more'; readonly head: Buffer }
  | { readonly kind: 'failed'; readonly rule: GateRule; readonly signal: string; readonly detail: string };

export interface BodyOptions {
  readonly limit: number;
  readonly idleMs: number;
  readonly totalMs: number;
  readonly held: Held;
}

/** Bytes of bodies that the gate holds (CWE-770): slow clients with large bodies share one bound. */
export class Held {
  readonly #most: number;
  bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  take(bytes: number): boolean {
    if (this.bytes + bytes > this.#most) return false;
    this.bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** Reads a body up to a limit. What it holds counts until the caller gives it back. */
export function readBody(request: IncomingMessage, { limit, idleMs, totalMs, held }: BodyOptions): Promise<BodyEnd> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const start = performance.now();
    const end = (result: BodyEnd): void => {
      clearTimeout(idle);
      request.off('data', onData);
      request.off('end', onEnd);
      request.off('error', onGone);
      request.off('close', onGone);
      if (result.kind === 'failed') {
        held.give(size);
        size = 0;
      }
      request.pause();
      resolve(result);
    };
    const fail = (rule: GateRule, signal: string, detail: string): void =>
      end({ kind: 'failed', rule, signal, detail });
    const slow = (): void => fail('GATE-SLOW', 'body', 'the body took too long to arrive');
    const idle = setTimeout(slow, Math.min(idleMs, totalMs));
    const onData = (chunk: Buffer): void => {
      if (!held.take(chunk.length)) {
        fail('GATE-BUSY', 'held', 'too many bodies are being held');
        return;
      }
      chunks.push(chunk);
      size += chunk.length;
      if (size > limit) end({ kind: 'more', head: Buffer.concat(chunks, size) });
      // A client that sends a byte now and then is noticed at one of them.
      else if (performance.now() - start > totalMs) slow();
      else idle.refresh();
    };
    const onEnd = (): void => end({ kind: 'whole', body: new HeldBody(chunks, size) });
    const onGone = (): void => fail('GATE-ABORTED', 'aborted', 'the client left before the body was complete');
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', onGone);
    request.on('close', onGone);
  });
}
