import { sha256Hex, sha256Stream, type Sha256, type Sha256Stream } from './model/sha256.js';

/** One step of decoding deflate data. */
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

/** Makes an inflater for each stream. */
export type InflateEngine = () => Inflater;

/**
 * What the host of a scan provides. It is passed in with the options of a scan, and the budget of an artifact carries it.
 * Two platforms give the same results; they differ in speed.
 */
export interface Platform {
  /**
   * The engine for deflate data, given the portable one, which is loaded with the first such data. A native engine that
   * is unsure of broken data says so, and the portable one is asked.
   */
  readonly inflate: (portable: InflateEngine) => InflateEngine;
  /** Hex SHA-256 of bytes. */
  readonly sha256: Sha256;
  /** SHA-256 of bytes that come in pieces. */
  readonly sha256Stream: () => Sha256Stream;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** In JavaScript alone: runs everywhere. */
export const portablePlatform: Platform = {
  inflate: (portable) => portable,
  sha256: sha256Hex,
  sha256Stream,
  now: () => performance.now(),
};
