import type { Effects, EffectsInput } from './effects.js';
import type { Budget } from '../../bytes/budget.js';
import { identityOfBytes, orUnknown } from '../../bytes/identity.js';
import type { ByteSource } from '../../bytes/source.js';
import { together, type Identity } from '../../model/identity.js';
import { sha256Hex } from '../../model/sha256.js';
import { catalogueNames } from './names.js';
import { ALL } from './readers.js';
import type { PickleInput, StreamResult } from './stream.js';

type Input = Pick<PickleInput, 'source' | 'names' | 'budget'>;

/** The second reading is loaded when there is a finding to tell. */
async function effectsOf(input: EffectsInput): Promise<Effects> {
  const effects = await import('./effects.js');
  return effects.effectsOf(input);
}

/**
 * What loading a stream does: by its effects where every reader reads it alike and to its end, by its bytes otherwise.
 * Equal identities do the same to every reader.
 */
export async function identityOf(result: StreamResult, input: Input): Promise<Identity> {
  return orUnknown(async () => (await byEffects(result, input)) ?? (await byBytes(result, input)));
}

/** What the pickle does that begins these bytes, to whoever reads them all at once. */
export async function identityOfPickle(bytes: Uint8Array, budget: Budget): Promise<Identity> {
  const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
  const input = { read, origin: 0, end: bytes.length, mayEndBefore: true, names: catalogueNames, budget };
  return orUnknown(async () => {
    const { digest } = await effectsOf(input);
    return digest === null ? { of: 'bytes', digest: sha256Hex(bytes) } : { of: 'effects', digest };
  });
}

/** Recursion: object arrays within each other, which the analysis of the stream bounds. */
async function byEffects(result: StreamResult, input: Input): Promise<Identity | null> {
  const { run, others, asides, inArrays, arrays, failure, limit } = result.runs;
  const { machine } = run;
  const isAlike = machine.stopped && machine.alive === ALL && others.length + inArrays.length === 0;
  if (!isAlike || failure !== null || limit !== null || result.hasOtherWays || asides.length > 1) return null;
  const { names, budget } = input;
  const { view } = machine;
  if (view === null) return null;
  const { digest } = await effectsOf({
    read: (offset, length) => view.read(offset, length),
    origin: machine.origin,
    end: machine.base + machine.at,
    names,
    budget,
  });
  if (digest === null) return null;
  const [plain] = asides;
  const [array] = arrays;
  if (plain !== undefined && array !== undefined) {
    // Plain pickle takes the bytes of the first array for opcodes. Where these do something before it stumbles, bytes count.
    const read: Input['source']['read'] = (offset, length) => input.source.read(offset, length);
    const aside = await effectsOf({ read, origin: machine.origin, end: plain.end, names, budget });
    if (aside.last >= array.at || aside.reached < (plain.machine.error?.offset ?? plain.end)) return null;
  }
  const parts: Identity[] = [{ of: 'effects', digest }];
  for (const { start, end, pickle } of arrays)
    parts.push(
      pickle === null ? await identityOfBytes(input.source, start, end, budget) : await identityOf(pickle, input),
    );
  const whole = together(parts);
  return whole.of === 'unknown' ? whole : { of: 'effects', digest: whole.digest };
}

/** From where the stream begins to where the last of its readers ends; from the first byte where it needs what lies before. */
async function byBytes(result: StreamResult, { source, budget }: Input): Promise<Identity> {
  const { run, others, asides, inArrays } = result.runs;
  const end = result.stream.offset + result.stream.length;
  const last = [run, ...others, ...asides, ...inArrays].reduce((latest, one) => Math.max(latest, one.end), end);
  const until = Math.min(last, source.size);
  if (!result.hasOtherWays) return identityOfBytes(source, run.machine.origin, until, budget);
  return identityWithBefore(source, until, budget);
}

/** What was told of a source from its first byte on. */
interface Told {
  readonly end: number;
  readonly identity: Identity;
}
const BEFORE = new WeakMap<ByteSource, Told>();

/** All bytes from the first one on. Streams in a row are told in their order: each goes on from the one before. */
async function identityWithBefore(source: ByteSource, end: number, budget: Budget): Promise<Identity> {
  const before = BEFORE.get(source);
  const goesOn = before !== undefined && before.end <= end;
  const own = await identityOfBytes(source, goesOn ? before.end : 0, end, budget);
  const place: Identity = { of: 'bytes', digest: String(end) };
  const identity = goesOn ? together([before.identity, place, own]) : own;
  BEFORE.set(source, { end, identity });
  return identity;
}
