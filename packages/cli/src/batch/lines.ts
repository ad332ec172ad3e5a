import { createReadStream } from 'node:fs';
import { pathOf } from '@artifact-sentinel/core/node/internal';

/** One line of a file, without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** False for what stands behind the last line feed: a writer may have been ended in the middle of it. */
  readonly isEnded: boolean;
}

/** The lines of a file, in pieces that memory holds one at a time. Throws the error of the system where it cannot be read. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  let number = 1;
  let offset = 0;
  const line = (isEnded: boolean): Line => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    return { number, offset, bytes, isEnded };
  };
  for await (const chunk of createReadStream(pathOf(file)) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      pieces.push(chunk.subarray(from, end));
      const found = line(true);
      yield found;
      number += 1;
      offset += found.bytes.length + 1;
      from = end + 1;
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length > 0) yield line(false);
}
