import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/**
 * The same bytes, checked: the last ones go out once the SHA-256 of all of them is the given one. Otherwise it ends with an error
 * before, so that nobody takes what came for the whole (CWE-345).
 */
export function checked(body: Readable, sha256: string): Readable {
  return Readable.from(held(body, sha256), { objectMode: false });
}

async function* held(body: Readable, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let last: Uint8Array | null = null;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    hash.update(chunk);
    if (last !== null) yield last;
    last = chunk;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`the store has other bytes under the hash ${sha256}`);
  if (last !== null) yield last;
}
