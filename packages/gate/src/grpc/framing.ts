import { refuse } from '../model/rules.js';

/**
 * One length-prefixed message (grpc/grpc, doc/PROTOCOL-HTTP2.md):
 *
 *     0  compressed flag, 0 or 1
 *     1  length of the message, 32 bits, big endian
 *     5  the message
 */
export interface Frame {
  readonly isCoded: boolean;
  readonly message: Buffer;
  /** The message with its prefix, as it came. */
  readonly bytes: Buffer;
}

export const PREFIX_BYTES = 5;

/** Takes chunks and gives whole messages, one when it is asked for. */
export class FrameAssembler {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = PREFIX_BYTES;

  /** `limit`: bytes of a message. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether there are bytes that were not taken. */
  get isWithin(): boolean {
    return this.#size > 0;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The next message, or null where it is not whole. Throws a refusal where its prefix is none, or announces too much. */
  take(): Frame | null {
    // Joined at most twice for a message: for its prefix, and when all of it is there.
    while (this.#size >= this.#wanted) {
      const [first = EMPTY] = this.#chunks;
      const joined = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size);
      this.#chunks = [joined];
      const flag = joined[0] ?? 0;
      const length = joined.readUInt32BE(1);
      if (flag > 1) refuse('GATE-HTTP', 'grpc-flag', 'message', 'a message whose compressed flag is neither 0 nor 1');
      if (length > this.#limit)
        refuse('GATE-SIZE', 'message', 'message', `a message of more than ${this.#limit} bytes`);
      const end = PREFIX_BYTES + length;
      this.#wanted = end;
      if (this.#size < end) return null;
      this.#chunks = this.#size === end ? [] : [joined.subarray(end)];
      this.#size -= end;
      this.#wanted = PREFIX_BYTES;
      return { isCoded: flag === 1, message: joined.subarray(PREFIX_BYTES, end), bytes: joined.subarray(0, end) };
    }
    return null;
  }

  *takeAll(): Generator<Frame> {
    for (let frame = this.take(); frame !== null; frame = this.take()) yield frame;
  }
}

const EMPTY = Buffer.alloc(0);

export function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}
