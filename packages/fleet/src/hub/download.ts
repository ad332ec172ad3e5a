import { createHash } from 'node:crypto';
import { MAX_RESUMES } from '../limits.js';
import { Refusal } from './refusal.js';
import { UpstreamError, type Pinned, type Upstream } from './upstream.js';

/** A file as it was analysed. */
export interface Judged {
  readonly path: string;
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
}

/** The Hub gave other bytes than those that were analysed. */
export class ChangedError extends Error {
  override readonly name = 'ChangedError';
}

/**
 * Passes on the bytes of a file and checks them: their number while they come, their SHA-256 at the end. `take` has got all of
 * them when this throws; the caller holds the last ones back. A connection that breaks is taken up where it broke: the hash goes
 * over the bytes that were passed on, whichever connection they came by.
 */
export async function downloadChecked(
  upstream: Upstream,
  pinned: Pinned,
  { path, size, sha256 }: Judged,
  signal: AbortSignal,
  take: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const hash = createHash('sha256');
  let got = 0;
  const read = async (body: AsyncIterable<Uint8Array>, length: number | null): Promise<void> => {
    if (length !== null && length !== size - got)
      throw new ChangedError(`${size} bytes were analysed, and the Hub gives ${got + length}`);
    for await (const chunk of body) {
      got += chunk.length;
      if (got > size) throw new ChangedError(`${size} bytes were analysed, and the Hub gives more`);
      hash.update(chunk);
      await take(chunk);
    }
    if (got < size) throw new ChangedError(`${size} bytes were analysed, and the Hub gives ${got}`);
  };
  for (let resumed = 0; got < size; resumed += 1) {
    const before = got;
    try {
      await upstream.bytes(pinned, path, got, signal, read);
    } catch (error) {
      const isFinal = error instanceof ChangedError || error instanceof UpstreamError || error instanceof Refusal;
      // Broken before a byte came: the client of the Hub has tried often enough.
      if (isFinal || signal.aborted || got === before || resumed === MAX_RESUMES) throw error;
    }
  }
  const found = hash.digest('hex');
  if (found !== sha256)
    throw new ChangedError(`the bytes analysed have the SHA-256 ${sha256}, and those of the Hub ${found}`);
}
