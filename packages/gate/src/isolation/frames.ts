import { MAX_JSON } from '../model/limits.js';

/**
 * Messages between the proxy and an inspecting process, over pipes: length of the JSON (4 bytes), length of the body (4
 * bytes), both little endian, the JSON, the body. JSON, so that reading it is safe even if the other side is compromised.
 */
const HEAD_BYTES = 8;
const NO_BODY = new Uint8Array(0);

export function frame(message: unknown, body: { readonly length: number } | null): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(body?.length ?? 0, 4);
  return Buffer.concat([head, json]);
}

export class FrameReader {
  readonly #onMessage: (message: unknown, body: Uint8Array) => void;
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = HEAD_BYTES;

  constructor(onMessage: (message: unknown, body: Uint8Array) => void) {
    this.#onMessage = onMessage;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= this.#wanted) {
      const bytes = Buffer.concat(this.#chunks, this.#size);
      const json = bytes.readUInt32LE(0);
      const body = bytes.readUInt32LE(4);
      if (json > MAX_JSON) throw new RangeError('a message that is too long');
      const total = HEAD_BYTES + json + body;
      if (bytes.length < total) {
        this.#chunks = [bytes];
        this.#wanted = total;
        return;
      }
      this.#chunks = [bytes.subarray(total)];
      this.#size = bytes.length - total;
      this.#wanted = HEAD_BYTES;
      const message: unknown = JSON.parse(bytes.toString('utf8', HEAD_BYTES, HEAD_BYTES + json));
      this.#onMessage(message, body === 0 ? NO_BODY : Uint8Array.from(bytes.subarray(HEAD_BYTES + json, total)));
    }
  }
}
