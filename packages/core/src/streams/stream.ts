import { causeOf, LimitError } from '../model/errors.js';
import type { Fact, StreamFacts } from '../model/fact.js';
import { MAX_ARRAY_DEPTH } from '../model/limits.js';
import { isChance } from '../model/plausibility.js';
import type { Run } from '../pickle/drive.js';
import type { Machine } from '../pickle/operations.js';
import { C, C_UNBUFFERED, PYTHON } from '../pickle/readers.js';
import type { NestedCandidate } from '../pickle/record.js';
import { inArray, namedIn } from '../plausibility/readings.js';
import { plausibilityOfSignal } from '../plausibility/signals.js';
import { plausibilityOfStream } from '../plausibility/stream.js';
import { sha256Of } from './digest.js';
import { factsOf, mergeFacts } from './facts.js';
import type { PickleInput, Runs, StreamResult } from './stream-result.js';
import { StreamRuns } from './stream-runs.js';

/**
 * Runs the stream at `origin`, under every reading that the stream gives cause for. A limit is thrown only where nothing
 * was found before it; otherwise it stands in the result, so that the evidence is not lost. Recursion: MAX_ARRAY_DEPTH.
 */
export async function analyseStream(
  input: PickleInput,
  origin: number,
  before: Machine | null = null,
  depth = 0,
): Promise<StreamResult> {
  if (depth > MAX_ARRAY_DEPTH)
    throw new LimitError('MAX_ARRAY_DEPTH', `object arrays lie more than ${MAX_ARRAY_DEPTH} deep in each other`);
  const analyseArray = (offset: number): Promise<StreamResult> =>
    analyseStream({ ...input, role: 'array' }, offset, null, depth + 1);
  const runs = await new StreamRuns(input, origin, before, analyseArray).all();
  const result = await conclude(input, runs);
  const { machine } = runs.run;
  const evidence =
    !isChance(result.plausibility) && machine.records.length + machine.persistent.length + machine.nested.length > 0;
  if (runs.limit !== null && !evidence) throw runs.limit;
  return result;
}

/** The same stream in another role: what fits one of them may be a fault in the other. */
export async function inRole(result: StreamResult, input: PickleInput): Promise<StreamResult> {
  const other = await conclude({ ...input, digests: false }, result.runs);
  return { ...other, stream: { ...other.stream, sha256: result.stream.sha256 } };
}

/** What all readings look up and do, in the order of the readings. */
function factsOfRuns({ run, others, alternates, inArrays, inner }: Runs, input: PickleInput): Fact[] {
  const { path, role, names } = input;
  let facts = factsOf(run.machine, { path, role, sourceOffset: run.sourceOffset });
  for (const { machine, sourceOffset } of others)
    facts = mergeFacts(facts, factsOf(machine, { path, role, sourceOffset }));
  if (alternates.length + inArrays.length === 0) return facts;
  const named = namedIn(
    names,
    inner.flatMap((one) => one.facts),
    facts,
  );
  for (const { machine, sourceOffset } of [...alternates, ...inArrays])
    facts = mergeFacts(facts, inArray(factsOf(machine, { path, role, sourceOffset }), machine, named));
  return facts;
}

async function conclude(input: PickleInput, runs: Runs): Promise<StreamResult> {
  const { run, others, alternates, unbuffered, observers, failure, limit, inner } = runs;
  const all = factsOfRuns(runs, input);
  const { machine } = run;
  const origin = machine.origin;
  const fault = failure ?? run.fault;
  const message =
    machine.stopped && failure === null
      ? null
      : (limit?.message ?? fault?.message ?? machine.error?.message ?? 'the stream does not end');
  const errorAt = fault?.offset ?? run.sourceOffset(machine.error?.offset ?? run.end);
  const truncated = machine.signals.has('truncated');
  const facts = all.flatMap((fact): Fact[] => {
    if (fact.kind !== 'pickle.structure') return [fact];
    const plausibility = plausibilityOfSignal(fact.signal, machine, fault !== null);
    if (isChance(plausibility)) return [];
    return [plausibility.reason === 'breaks-off-behind' ? { ...fact, only: { if: 'behind-danger' } } : fact];
  });
  const end = Math.min(run.end, input.source.size);
  const stream: StreamFacts = {
    path: input.path,
    role: input.role,
    offset: origin,
    length: Math.max(0, end - origin),
    protocol: machine.highestProtocol,
    end: machine.stopped ? 'stop' : 'error',
    error: message === null ? null : `${message} (offset ${errorAt})`,
    sha256:
      limit !== null || !input.digests
        ? null
        : await sha256Of(input.source, origin, end - origin, machine.steps, input.budget.platform),
  };
  const { next, leftOver } = continuations([run, ...others], input.source.size);
  return {
    runs,
    stream,
    facts,
    nested: mergeNested([run, ...others, ...alternates].map(nestedOf)),
    inner,
    limit,
    notice:
      message === null || limit !== null
        ? null
        : {
            path: input.path,
            offset: errorAt,
            cause: fault === null ? (truncated ? 'truncated' : 'corrupt') : causeOf(fault),
            reason: message,
          },
    machine,
    unbuffered,
    observers,
    next,
    leftOver,
    alternates: continuations(alternates, input.source.size).next,
    plausibility: plausibilityOfStream(machine),
    hasOtherWays: false,
    before: null,
  };
}

/** Bytes that may be pickles, by their offsets in the source. */
function nestedOf({ machine, sourceOffset }: Run): readonly NestedCandidate[] {
  return machine.nested.map((candidate) => ({
    ...candidate,
    offset: sourceOffset(candidate.offset),
    ...(candidate.loader === undefined
      ? {}
      : { loader: { ...candidate.loader, offset: sourceOffset(candidate.loader.offset) } }),
  }));
}

/** The candidates of all readings, each once. */
export function mergeNested(readings: readonly (readonly NestedCandidate[])[]): readonly NestedCandidate[] {
  const [first = [], ...more] = readings;
  if (more.length === 0) return first;
  const known = new Map<number, NestedCandidate>();
  for (const candidate of readings.flat()) {
    const old = known.get(candidate.offset);
    if (old === undefined || (candidate.loaded && !old.loaded)) known.set(candidate.offset, candidate);
  }
  return [...known.values()];
}

/**
 * Where readers may go on behind these runs. Within a frame C goes on right behind STOP, on a file without peek only with
 * the same unpickler; it and pure Python go on behind the frame with a new one.
 */
export function continuations(runs: readonly Run[], size: number): Pick<StreamResult, 'next' | 'leftOver'> {
  const next = new Set<number>();
  const leftOver = new Map<number, number>();
  for (const { machine, end, sourceOffset } of runs) {
    if (!machine.stopped) continue;
    const frameEnd = Number.isFinite(machine.frameEnd) ? sourceOffset(machine.frameEnd) : 0;
    const inFrame = frameEnd > end;
    if (!inFrame || (machine.alive & C) !== 0) next.add(end);
    if (!inFrame) continue;
    if (frameEnd < size && (machine.alive & (PYTHON | C_UNBUFFERED)) !== 0) next.add(frameEnd);
    if ((machine.alive & C_UNBUFFERED) !== 0) leftOver.set(end, frameEnd);
  }
  return { next: [...next], leftOver };
}
