import { LimitError } from '../model/errors.js';
import type { Fact } from '../model/fact.js';
import { because, isChance } from '../model/plausibility.js';
import { factsOf, mergeFacts } from './facts.js';
import type { Machine } from '../pickle/operations.js';
import { behindArray, namedIn, reusedOnly } from '../plausibility/readings.js';
import { isReported, likelier } from '../plausibility/stream.js';
import { behind, SEVERAL_WAYS } from './read-alike.js';
import { attempt } from './attempt.js';
import { analyseStream, continuations, inRole, mergeNested } from './stream.js';
import type { PickleInput, StreamResult } from './stream-result.js';
import { MAX_STREAMS, MAX_WAYS } from '../model/limits.js';

/** The machines whose memos an unpickler that is used again has behind it: the usual reading's, and the one without peek. */
interface Memory {
  readonly usual: Machine;
  readonly unbuffered: Machine | null;
}

interface Step {
  readonly result: StreamResult;
  readonly memory: Memory;
}

/** Where a stream begins: its facts when it was reached first, and how often it was reached. */
interface Arrival {
  readonly facts: readonly Fact[];
  ways: number;
}

const NONE: ReadonlyMap<number, StreamResult> = new Map();

function isEmpty({ usual, unbuffered }: Memory): boolean {
  return usual.memoCount === 0 && (unbuffered === null || unbuffered.memoCount === 0);
}

/**
 * All streams of a member that is one pickle after the other, as repeated loads of one file read it. `fresh`: those that
 * have been analysed already, by their offsets.
 */
export async function* analyseSequence(
  input: PickleInput,
  first: StreamResult,
  fresh: ReadonlyMap<number, StreamResult> = NONE,
): AsyncGenerator<StreamResult, { readonly end: number; readonly trailing: Fact | null }> {
  const seen = new Map<number, Arrival>([[first.stream.offset, { facts: first.facts, ways: MAX_WAYS }]]);
  const queue: Step[] = [{ result: first, memory: memoryOf(first) }];
  /** Where only plain pickle goes on. A stream that begins there for others too is read for them. */
  const besides = new Set<number>();
  let unfollowed = 0;
  let end = 0;
  let trailingBytes: Fact | null = null;
  for (let count = 0; count < MAX_STREAMS; count += 1) {
    const step = queue.shift();
    if (step === undefined) {
      if (unfollowed === 0) return { end, trailing: trailingBytes };
      throw new LimitError('MAX_WAYS', `${unfollowed} ways to a stream beyond the first ${MAX_WAYS} are not followed`);
    }
    const { result, memory } = step;
    if (isReported(result) || result === first) yield result;
    end = Math.max(end, result.stream.offset + result.stream.length);
    for (const next of result.next) {
      const known = seen.get(next);
      if (known !== undefined && isEmpty(memory)) continue;
      if (known !== undefined && known.ways >= MAX_WAYS) {
        unfollowed += 1;
        continue;
      }
      if ((await input.source.read(next, 1)).length === 0) continue;
      const following = await followingStream(
        input,
        fresh.get(next) ?? next,
        memory,
        result.leftOver.get(next) ?? null,
      );
      if (known !== undefined) {
        // With the memo of this other predecessor a reused unpickler may look up other names; a fresh one does not.
        known.ways += 1;
        const facts = reusedOnly(following.result.facts, known.facts);
        const before = SEVERAL_WAYS;
        const plausibility = because('reused-unpickler');
        queue.push({
          ...following,
          result: { ...following.result, before, facts, nested: [], notice: null, plausibility },
        });
        continue;
      }
      seen.set(next, { facts: following.result.facts, ways: 1 });
      const inOrder = { ...following, result: { ...following.result, before: behind(result) } };
      if (isReported(following.result) || following.result.next.length > 0) queue.push(inOrder);
      // A stream as short as `N.` ends like any other.
      if (isChance(following.result.plausibility) && !following.result.machine.stopped)
        trailingBytes = trailing(input, next, 'trailing-bytes', 'bytes that are no pickle follow the last one');
    }
    for (const next of result.alternates) {
      if (seen.has(next) || besides.has(next)) continue;
      besides.add(next);
      const alternate = await analyseStream(input, next);
      const facts = behindArray(alternate.facts, alternate.machine, namedIn(input.names, result.facts));
      if (facts.length > 0) yield { ...alternate, before: SEVERAL_WAYS, facts, notice: null };
    }
  }
  throw new LimitError('MAX_STREAMS', `more than ${MAX_STREAMS} streams in a row`);
}

const MEMO_OPCODES = [0x67, 0x68, 0x6a, 0x70, 0x71, 0x72, 0x94];
const GET_OPCODES = [0x67, 0x68, 0x6a];
const MEMOIZE = 0x94;

/** Slots that are counted lie behind those of the stream before: to an unpickler that has read it, GET finds others. */
function countsSlots({ machine: { seen } }: StreamResult): boolean {
  return seen[MEMOIZE] === 1 && GET_OPCODES.some((code) => seen[code] === 1);
}

function memoryOf(result: StreamResult): Memory {
  return { usual: result.machine, unbuffered: result.unbuffered };
}

/**
 * The stream after another one, as a fresh unpickler reads it, and as one that is used again: it keeps its memo, and on
 * a file without peek the rest of the frame up to `frameEnd`.
 */
async function followingStream(
  input: PickleInput,
  stream: StreamResult | number,
  before: Memory,
  frameEnd: number | null,
): Promise<Step> {
  const fresh = typeof stream === 'number' ? await analyseStream(input, stream) : await inRole(stream, input);
  const origin = fresh.stream.offset;
  const usesMemo = MEMO_OPCODES.some((code) => fresh.machine.seen[code] === 1 || fresh.unbuffered?.seen[code] === 1);
  let result = fresh;
  let memory: Memory = before.usual.memoCount > 0 ? before : memoryOf(fresh);
  if (usesMemo && before.usual.memoCount > 0) {
    const kept = await analyseStream(input, origin, before.usual);
    result = together(input, fresh, kept);
    memory = memoryOf(kept);
  }
  const { unbuffered } = before;
  if (usesMemo && unbuffered !== null && unbuffered.memoCount > 0) {
    const kept = await analyseStream(input, origin, unbuffered);
    result = together(input, result, kept);
    memory = { usual: memory.usual, unbuffered: kept.unbuffered ?? kept.machine };
  }
  if (frameEnd === null) return { result, memory };
  const inherit = unbuffered ?? before.usual;
  const { run } = await attempt(input.source, origin, {
    names: input.names,
    budget: input.budget,
    unbuffered: true,
    inherit,
    frameEnd,
  });
  const facts = mergeFacts(
    result.facts,
    factsOf(run.machine, { path: input.path, role: input.role, sourceOffset: run.sourceOffset }),
  );
  const more = continuations([run], input.source.size);
  const next = [...new Set([...result.next, ...more.next])];
  const leftOver = new Map([...result.leftOver, ...more.leftOver]);
  return {
    result: { ...result, facts, next, leftOver, hasOtherWays: true },
    memory: { usual: memory.usual, unbuffered: run.machine },
  };
}

/** The stream that was read afresh, together with what it is to an unpickler that remembers the streams before it. */
function together(input: PickleInput, fresh: StreamResult, kept: StreamResult): StreamResult {
  const missing = fresh.machine.stopped ? undefined : fresh.machine.signals.get('memo-missing');
  // Where the fresh one fails, the other may go on to further streams.
  const next = [...new Set([...fresh.next, ...kept.next])];
  const leftOver = new Map([...fresh.leftOver, ...kept.leftOver]);
  if (missing === undefined) {
    const more = reusedOnly(kept.facts, fresh.facts);
    const facts = [...fresh.facts, ...more];
    const hasOtherWays = fresh.hasOtherWays || more.length > 0 || countsSlots(fresh);
    return { ...fresh, facts, hasOtherWays, nested: mergeNested([fresh.nested, kept.nested]), next, leftOver };
  }
  const [main, other] = [kept, fresh];
  const merged: StreamResult = {
    ...main,
    facts: mergeFacts(main.facts, other.facts),
    nested: mergeNested([main.nested, other.nested]),
    next,
    leftOver,
    plausibility: likelier(main.plausibility, other.plausibility),
    hasOtherWays: true,
  };
  // Slots that this stream never wrote: it was made for an unpickler that is used again.
  const at = { path: input.path, offset: missing.offset, line: null };
  const detail = `${missing.detail}; an unpickler that is used again finds what the stream before it left there`;
  const signal: Fact = { kind: 'pickle.structure', at, role: input.role, signal: 'memo-missing', detail, count: 1 };
  return { ...merged, facts: [...merged.facts, signal] };
}

export function trailing(
  input: PickleInput,
  offset: number,
  signal: 'trailing-bytes' | 'trailing-pickle',
  detail: string,
): Fact {
  return {
    kind: 'pickle.structure',
    at: { path: input.path, offset, line: null },
    role: input.role,
    signal,
    detail,
    count: 1,
  };
}
