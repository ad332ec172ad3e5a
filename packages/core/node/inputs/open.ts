import type { ScanInput } from '@artifact-sentinel/core/internal';
import { openBytes } from './bytes.js';
import { openFileInput } from './file.js';
import type { Input } from './input.js';
import { unreadable } from './unreadable.js';

type Opener<I> = (input: I) => ScanInput | Promise<ScanInput>;

/** One for each kind: a missing one does not compile. */
const OPENERS: { readonly [K in Input['kind']]: Opener<Extract<Input, { kind: K }>> } = {
  file: openFileInput,
  bytes: openBytes,
  source: ({ open }) => open(new AbortController().signal),
  unreadable: ({ name, problem }) => unreadable(name, problem),
};

/** Opens what was found. What cannot be opened is a problem of the input, not an error. */
export function openInput(input: Input): ScanInput | Promise<ScanInput> {
  return (OPENERS[input.kind] as Opener<Input>)(input);
}
