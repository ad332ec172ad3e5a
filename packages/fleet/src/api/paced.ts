import { Readable } from 'node:stream';
import { RefusedError } from '../model/errors.js';

/** The same bytes; ends with an error where none come for a while (slow loris, CWE-400). */
export function paced(body: Readable, idleMs: number): Readable {
  return Readable.from(guarded(body, idleMs), { objectMode: false });
}

async function* guarded(body: Readable, idleMs: number): AsyncGenerator<Uint8Array> {
  const late = (): void => void body.destroy(new RefusedError(408, 'too-slow', `no byte came for ${idleMs / 1000} s`));
  const timer = setTimeout(late, idleMs);
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      timer.refresh();
      yield chunk;
      // The time that the store takes is not the sender's.
      timer.refresh();
    }
  } finally {
    clearTimeout(timer);
  }
}
