import type { Effects, EffectsInput } from './effects.js';
import type { Budget } from '../bytes/budget.js';
import { identityOfBytes, orUnknown } from '../bytes/identity.js';
import type { ByteSource } from '../bytes/source.js';
import { UNKNOWN, together, type Identity } from '../model/identity.js';
import { catalogueNames } from '../pickle/names.js';
import { isReadAlike } from '../streams/read-alike.js';
import type { GlobalRecord } from '../pickle/record.js';
import type { PickleInput, StreamResult } from '../streams/stream-result.js';
import { lazy, perObject } from '../model/lazy.js';

type Input = Pick<PickleInput, 'source' | 'names' | 'budget'>;

/** The second reading is loaded when there is a finding to tell. */
const loadEffects = lazy(() => import('./effects.js'));

async function effectsOf(input: EffectsInput): Promise<Effects> {
  const effects = await loadEffects();
  return effects.effectsOf(input);
}

/**
 * What loading a stream does: by its effects where every reader reads it alike and to its end, by its bytes otherwise.
 * Equal identities do the same to every reader.
 */
export async function identityOf(result: StreamResult, input: Input): Promise<Identity> {
  if (!input.budget.identifies) return UNKNOWN;
  return orUnknown(async () => {
    const before = await beforeOf(result, input);
    if (before === 'bytes') return identityWithBefore(input.source, endOf(result, input), input.budget);
    const own = (await byEffects(result, input)) ?? (await byBytes(result, input));
    return before === null ? own : together([before, own]);
  });
}

async function beforeOf({ before }: StreamResult, input: Input): Promise<Identity | null | 'bytes'> {
  if (before === null) return null;
  const { identityBefore } = await import('./effects-before.js');
  return identityBefore(before, input);
}

/** What the pickle does that begins these bytes, for a reader of all of them at once. */
export async function identityOfPickle(bytes: Uint8Array, budget: Budget): Promise<Identity> {
  if (!budget.identifies) return UNKNOWN;
  const read = (offset: number, length: number): Uint8Array => bytes.subarray(offset, offset + length);
  const input = { read, origin: 0, end: bytes.length, mayEndBefore: true, names: catalogueNames, budget };
  return orUnknown(async () => {
    const { digest } = await effectsOf(input);
    return digest === null ? { of: 'bytes', digest: budget.platform.sha256(bytes) } : { of: 'effects', digest };
  });
}

/** Recursion: object arrays within each other, which the analysis of the stream bounds. */
async function byEffects(result: StreamResult, input: Input): Promise<Identity | null> {
  const { run, alternates, arrays } = result.runs;
  const { machine } = run;
  if (!isReadAlike(result) || alternates.length > 1 || machine.records.some(tellsIdentity)) return null;
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
  const [plain] = alternates;
  const [array] = arrays;
  if (plain !== undefined && array !== undefined) {
    // Plain pickle takes the bytes of the first array for opcodes. Where these do something before it stumbles, bytes count.
    const read: Input['source']['read'] = (offset, length) => input.source.read(offset, length);
    const alternate = await effectsOf({ read, origin: machine.origin, end: plain.end, names, budget });
    if (alternate.last >= array.at || alternate.reached < (plain.machine.error?.offset ?? plain.end)) return null;
  }
  const parts: Identity[] = [{ of: 'effects', digest }];
  for (const { start, end, pickle } of arrays)
    parts.push(
      pickle === null ? await identityOfBytes(input.source, start, end, budget) : await identityOf(pickle, input),
    );
  const whole = together(parts);
  return whole.of === 'unknown' ? whole : { of: 'effects', digest: whole.digest };
}

/** Functions that tell one object from an equal one. Whether two equal constants are one is not among the effects. */
const IDENTITY = /(?:^|\.)(?:is_|is_not|id)$/;

function tellsIdentity({ name }: GlobalRecord): boolean {
  return IDENTITY.test(name);
}

/** Where the last of its readers ends. */
function endOf({ runs }: StreamResult, { source }: Input): number {
  const { run, others, alternates, inArrays } = runs;
  const last = [...others, ...alternates, ...inArrays].reduce((latest, one) => Math.max(latest, one.end), run.end);
  return Math.min(last, source.size);
}

/** From where the stream begins to where the last of its readers ends; from the first byte where it needs what lies before. */
async function byBytes(result: StreamResult, input: Input): Promise<Identity> {
  const { source, budget } = input;
  const until = endOf(result, input);
  if (!result.hasOtherWays) return identityOfBytes(source, result.runs.run.machine.origin, until, budget);
  return identityWithBefore(source, until, budget);
}

/** The identity of the bytes of a source from the first one on. */
interface Beginning {
  readonly end: number;
  readonly identity: Identity;
}
const beginningOf = perObject<ByteSource, { last?: Beginning }>(() => ({}));

/** All bytes from the first one on. Streams in a row are identified in their order: each goes on from the one before. */
async function identityWithBefore(source: ByteSource, end: number, budget: Budget): Promise<Identity> {
  const known = beginningOf(source);
  const before = known.last;
  const goesOn = before !== undefined && before.end <= end;
  const own = await identityOfBytes(source, goesOn ? before.end : 0, end, budget);
  const upTo: Identity = { of: 'bytes', digest: String(end) };
  const identity = goesOn ? together([before.identity, upTo, own]) : own;
  known.last = { end, identity };
  return identity;
}
