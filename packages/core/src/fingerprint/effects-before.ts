import type { Budget } from '../bytes/budget.js';
import type { ByteSource } from '../bytes/source.js';
import { together, type Identity } from '../model/identity.js';
import { effectsOf } from './effects.js';
import type { NameKnowledge } from '../pickle/machine-state.js';
import type { Before, IdentityBefore } from '../streams/stream-result.js';

interface Input {
  readonly source: ByteSource;
  readonly names: Pick<NameKnowledge, 'mapPython2'>;
  readonly budget: Budget;
}

/** What the streams before do, in their order; those without an effect are left out. */
export async function identityBefore(before: Before | null, input: Input): Promise<IdentityBefore> {
  const unknown: Before[] = [];
  let known: IdentityBefore | undefined = null;
  for (let at = before; at !== null; at = at.earlier) {
    known = at.identity;
    if (known !== undefined) break;
    unknown.push(at);
    known = null;
  }
  for (const at of unknown.toReversed()) {
    known = await withStream(known, at, input);
    at.identity = known;
  }
  return known;
}

async function withStream(
  earlier: IdentityBefore,
  { stream }: Before,
  { source, names, budget }: Input,
): Promise<IdentityBefore> {
  if (stream === null || earlier === 'bytes') return 'bytes';
  const { origin, end } = stream;
  const read: ByteSource['read'] = (offset, length) => source.read(offset, length);
  const { digest, last } = await effectsOf({ read, origin, end, names, budget });
  if (digest === null) return 'bytes';
  if (last < 0) return earlier;
  const own: Identity = { of: 'effects', digest };
  return earlier === null ? own : together([earlier, own]);
}
