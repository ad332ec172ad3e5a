import type { ByteSource } from '../bytes/source.js';
import type { Platform } from '../platform.js';

export interface CodecEnd {
  /** Offset in the compressed source behind the last complete stream (and its padding). */
  readonly end: number;
  /** How many streams, frames or members were joined. */
  readonly streams: number;
  /**
   * Stored checksums or sizes that do not match the decoded bytes. Readers differ in whether they look, so that a
   * wrong one is reported, never a reason to stop.
   */
  readonly mismatches: readonly { readonly offset: number; readonly what: string }[];
}

/**
 * Decodes `source` from `start`: joined streams follow each other until what follows is no stream of this format.
 * Yields chunks of at most CHUNK_BYTES; the consumer bounds the total by not pulling on, and may keep a chunk.
 * Throws InputError (corrupt or truncated, with the offset in the compressed source) or UnsupportedError (a filter
 * or method that it does not know); what was yielded before stands, as it does for a reader that streams.
 */
export type Codec = (source: ByteSource, start: number, platform: Platform) => AsyncGenerator<Uint8Array, CodecEnd>;

export const CHUNK_BYTES = 256 * 1024;
