import { EMPTY } from '../bytes/source.js';

/** A transformation that keeps the size, behind a decompressor (xz file format 1.2, sections 5.3.2 and 5.3.3). */
export interface Filter {
  /** Transforms what can be transformed so far; a few bytes may be held back until more has come. */
  push(chunk: Uint8Array): Uint8Array;
  /** The bytes held back: behind the end there is nothing to transform them by. */
  finish(): Uint8Array;
}

/** Adds to each byte the one `distance` bytes before it; `distance` is 1 to 256. */
export function deltaFilter(distance: number): Filter {
  const before = new Uint8Array(256);
  let at = 0;
  return {
    push(chunk) {
      const out = new Uint8Array(chunk.length);
      for (let i = 0; i < chunk.length; i += 1) {
        const value = (chunk[i]! + before[(at - distance) & 0xff]!) & 0xff;
        out[i] = value;
        before[at] = value;
        at = (at + 1) & 0xff;
      }
      return out;
    },
    finish: () => EMPTY,
  };
}

/** Rewrites branch targets in place from `position` on; returns how many bytes are done with. */
export type BranchDecoder = (bytes: Uint8Array, position: number) => number;

/** A branch filter: the decoder sees what it left over again, in front of the next chunk. */
export function branchFilter(decode: BranchDecoder, start: number): Filter {
  let position = start | 0;
  let held: Uint8Array = EMPTY;
  return {
    push(chunk) {
      const bytes = new Uint8Array(held.length + chunk.length);
      bytes.set(held);
      bytes.set(chunk, held.length);
      const done = decode(bytes, position);
      position = (position + done) | 0;
      held = bytes.slice(done);
      return bytes.subarray(0, done);
    },
    finish() {
      const rest = held;
      held = EMPTY;
      return rest;
    },
  };
}

/** Runs chunks through filters, the first one first. */
export async function* filtered<R>(
  chunks: AsyncGenerator<Uint8Array, R>,
  filters: readonly Filter[],
): AsyncGenerator<Uint8Array, R> {
  try {
    for (;;) {
      const step = await chunks.next();
      if (!step.done) {
        yield filters.reduce<Uint8Array>((bytes, filter) => filter.push(bytes), step.value);
        continue;
      }
      const rest = filters.reduce<Uint8Array>((bytes, filter) => concat(filter.push(bytes), filter.finish()), EMPTY);
      if (rest.length > 0) yield rest;
      return step.value;
    }
  } finally {
    await chunks.return(undefined as never);
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
