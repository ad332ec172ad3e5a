import { ZStream, Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2 } from 'pako';

import { EMPTY } from '../bytes/source.js';
import { CHUNK_BYTES } from './codec.js';

export interface InflateStep {
  /** New bytes, at most CHUNK_BYTES, the caller's to keep. */
  readonly output: Uint8Array;
  /** How many bytes of the input were used up; the caller pushes the others again. */
  readonly consumed: number;
  /** The last block has ended; `consumed` then counts exactly the stream's bytes. */
  readonly done: boolean;
  /** What is wrong with the data; nothing can be pushed after it. */
  readonly error?: string;
  /** With an error: bytes before it may be missing, and the portable engine has the last word. */
  readonly unsure?: true;
}

/** One raw deflate stream (RFC 1951). A push with no progress, no output and nothing consumed, asks for more input. */
export interface Inflater {
  push(input: Uint8Array): InflateStep | Promise<InflateStep>;
  /** Frees what a native one holds, at the end of the stream or before. */
  close?(): void;
}

/** Makes an inflater for each stream, so that a platform's native one can stand in for the portable one. */
export type InflateEngine = () => Inflater;

/** Negative window bits make zlib read raw deflate; 15 accepts every window that the format knows. */
const RAW_WINDOW_BITS = -15;

/** Shared by all streams: a push runs to its end before another one begins. */
let scratch: Uint8Array<ArrayBuffer> | null = null;

/** zlib in JavaScript: runs everywhere and tells exactly how many bytes it used. */
export const pakoEngine: InflateEngine = () => {
  const stream = new ZStream();
  zlibInflateInit2(stream, RAW_WINDOW_BITS);
  const output = (scratch ??= new Uint8Array(CHUNK_BYTES));
  return {
    push(input) {
      stream.input = input;
      stream.next_in = 0;
      stream.avail_in = input.length;
      stream.output = output;
      stream.next_out = 0;
      stream.avail_out = output.length;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      const failed = status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR;
      return {
        output: stream.next_out === 0 ? EMPTY : output.slice(0, stream.next_out),
        consumed: stream.next_in,
        done: status === Z_STREAM_END,
        ...(failed ? { error: stream.msg || `zlib status ${status}` } : {}),
      };
    },
  };
};
