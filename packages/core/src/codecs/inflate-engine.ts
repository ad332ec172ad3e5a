import { ZStream, Z_BUF_ERROR, Z_NO_FLUSH, Z_OK, Z_STREAM_END, zlibInflate, zlibInflateInit2 } from 'pako';

import { EMPTY } from '../bytes/source.js';
import { lazy } from '../model/lazy.js';
import type { InflateStep } from '../platform.js';
import { CHUNK_BYTES } from './codec.js';

/** Negative window bits make zlib read raw deflate; 15 accepts every window that the format knows. */
const RAW_WINDOW_BITS = -15;

/** Room that all streams write into by turns: a push runs to its end before another one begins, and gives a copy. */
const scratch = lazy(() => new Uint8Array(CHUNK_BYTES));

/** zlib in JavaScript: runs everywhere and tells exactly how many bytes it used. */
export const pakoEngine = (): { push(input: Uint8Array): InflateStep } => {
  const stream = new ZStream();
  zlibInflateInit2(stream, RAW_WINDOW_BITS);
  const output = scratch();
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
