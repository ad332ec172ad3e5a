import { MAX_FRAMES } from '../model/limits.js';

/** One message of a WebSocket, or a frame that is none. */
export type Message =
  | { readonly kind: 'text' | 'binary'; readonly content: Buffer; readonly raw: Buffer }
  | { readonly kind: 'control'; readonly content: Buffer; readonly raw: Buffer };

/** A byte sequence that is no frame of RFC 6455, or too much of one; `tooLarge` where the length is the reason. */
export class FrameFault extends Error {
  override readonly name = 'FrameFault';
  readonly tooLarge: boolean;
  constructor(message: string, tooLarge = false) {
    super(message);
    this.tooLarge = tooLarge;
  }
}

export interface MessageOptions {
  /** Frames of clients are masked, those of servers are not (RFC 6455, section 5.1). */
  readonly masked: boolean;
  /** Bytes of one message over all of its frames (CWE-770). */
  readonly most: number;
}

const LONGEST_CONTROL = 125;
const EMPTY = Buffer.alloc(0);

/*
 * +-+-+-+-+-------+-+-------------+-------------------------------+
 * |F|R|R|R| op    |M| length      | 2 or 8 bytes where it is 126, |
 * |I|S|S|S|       |A| (7)         | or 127; then 4 of the mask    |
 * |N|V|V|V| (4)   |S|             |                               |
 * +-+-+-+-+-------+-+-------------+-------------------------------+
 */

/** Puts messages together from what comes on a socket. Nothing is taken that receivers could read differently. */
export class MessageReader {
  readonly #options: MessageOptions;
  /** What came and is not taken apart yet; joined once there is enough of it, or many small pieces would be joined over and over. */
  #chunks: Buffer[] = [];
  #length = 0;
  #needed = 2;
  #kind: 'text' | 'binary' | null = null;
  #content: Buffer[] = [];
  #raw: Buffer[] = [];
  #size = 0;

  constructor(options: MessageOptions) {
    this.#options = options;
  }

  /** Bytes of what has come and is no whole message yet. */
  get pending(): number {
    return this.#length + this.#size;
  }

  /** Whether a message has begun that has not ended. */
  get isWithin(): boolean {
    return this.#kind !== null || this.#length > 0;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The next message, or null where more bytes are needed. */
  next(): Message | null {
    for (;;) {
      const frame = this.#frame();
      if (frame === null) return null;
      if (frame.code >= 8) return { kind: 'control', content: frame.content, raw: frame.raw };
      if ((frame.code === 0) === (this.#kind === null)) throw new FrameFault('a frame out of order');
      this.#kind ??= frame.code === 1 ? 'text' : 'binary';
      this.#content.push(frame.content);
      this.#raw.push(frame.raw);
      this.#size += frame.content.length;
      if (this.#raw.length > MAX_FRAMES) throw new FrameFault('a message of too many frames', true);
      if (!frame.isLast) continue;
      const message = { kind: this.#kind, content: Buffer.concat(this.#content), raw: Buffer.concat(this.#raw) };
      this.#kind = null;
      this.#content = [];
      this.#raw = [];
      this.#size = 0;
      return message;
    }
  }

  #frame(): { readonly code: number; readonly isLast: boolean; readonly content: Buffer; readonly raw: Buffer } | null {
    if (this.#length < this.#needed) return null;
    const bytes = this.#chunks.length === 1 ? (this.#chunks[0] ?? EMPTY) : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    const wait = (length: number): null => {
      this.#needed = length;
      return null;
    };
    const [first = 0, second = 0] = bytes;
    const code = first & 0x0f;
    const isLast = (first & 0x80) !== 0;
    // No extension is agreed on, since the gate hands none on.
    if ((first & 0x70) !== 0) throw new FrameFault('a frame of an extension');
    if (![0, 1, 2, 8, 9, 10].includes(code)) throw new FrameFault('a frame of an unknown kind');
    if (((second & 0x80) !== 0) !== this.#options.masked) throw new FrameFault('a frame whose mask is missing, or not');
    const short = second & 0x7f;
    if (code >= 8 && (!isLast || short > LONGEST_CONTROL)) throw new FrameFault('a control frame that is cut or long');
    let at = 2;
    let length = short;
    if (short === 126) {
      if (bytes.length < 4) return wait(4);
      length = bytes.readUInt16BE(2);
      at = 4;
      if (length < 126) throw new FrameFault('a length that is not written as short as it can be');
    } else if (short === 127) {
      if (bytes.length < 10) return wait(10);
      const long = bytes.readBigUInt64BE(2);
      at = 10;
      if (long < 65_536n) throw new FrameFault('a length that is not written as short as it can be');
      length = Number(long);
    }
    if (code < 8 && this.#size + length > this.#options.most)
      throw new FrameFault(`a message of more than ${this.#options.most} bytes`, true);
    const start = at + (this.#options.masked ? 4 : 0);
    const end = start + length;
    if (bytes.length < end) return wait(end);
    const raw = bytes.subarray(0, end);
    const content = Buffer.from(bytes.subarray(start, end));
    if (this.#options.masked)
      for (let i = 0; i < content.length; i += 1) content[i] = (content[i] ?? 0) ^ (bytes[at + (i & 3)] ?? 0);
    const rest = bytes.subarray(end);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    this.#needed = 2;
    return { code, isLast, content, raw };
  }
}

/** The end of a WebSocket from a server's side: status, and no reason (RFC 6455, sections 5.5.1 and 7.4.1). */
export function closeFrame(status: 1002 | 1008 | 1009 | 1011): Buffer {
  const frame = Buffer.from([0x88, 2, 0, 0]);
  frame.writeUInt16BE(status, 2);
  return frame;
}
