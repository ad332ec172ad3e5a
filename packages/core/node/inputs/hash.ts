import { hashFile, type InputHash } from '../hash-file.js';
import { sha256OfBytes } from './bytes.js';
import type { Input } from './input.js';

type Hasher<I> = (input: I, identity: string, over: () => string | null) => InputHash;

/** One for each kind: a missing one does not compile. */
const HASHERS: { readonly [K in Input['kind']]: Hasher<Extract<Input, { kind: K }>> } = {
  file: ({ name, at }, identity, over) => hashFile(at ?? name, identity, over),
  bytes(input, identity) {
    const sha256 = sha256OfBytes(input);
    return sha256 === identity ? { sha256 } : { problem: 'it changed since it was analysed' };
  },
  // Its bytes are hashed as they are analysed, where a hash is asked for: a second reading may be of another state.
  source: () => ({ problem: 'it lies at a remote source; --hash findings or --hash all reads all of it' }),
  unreadable: ({ problem }) => ({ problem }),
};

/**
 * Hex SHA-256 of all bytes of an input, in the state that `identity` names (see `ScanInput`): a hash of anything else would
 * vouch for bytes that were not analysed. `over` says why it has to end now, or null.
 */
export function hashInput(input: Input, identity: string, over: () => string | null): InputHash {
  return (HASHERS[input.kind] as Hasher<Input>)(input, identity, over);
}
