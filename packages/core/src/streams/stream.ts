import type { Budget } from '../bytes/budget.js';
import { sliceSource, type ByteSource } from '../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import type { Identity } from '../model/identity.js';
import type { Fact, Notice, StreamFacts, StreamRole } from '../model/fact.js';
import { isChance, type Plausibility } from '../model/plausibility.js';
import { ARRAY_WINDOW, mayNameSomething } from './array-opcodes.js';
import { sha256Of } from './digest.js';
import { drive, type Run, type RunObserver } from '../pickle/drive.js';
import { factsOf, mergeFacts } from './facts.js';
import { locateArray, type ArrayData } from '../pickle/joblib-array.js';
import { opcode } from '../pickle/opcodes.js';
import type { NameKnowledge } from '../pickle/machine-state.js';
import type { Machine } from '../pickle/operations.js';
import { C, C_UNBUFFERED, PYTHON } from '../pickle/readers.js';
import { inArray, namedIn } from '../plausibility/readings.js';
import { isDangerous, plausibilityOfSignal } from '../plausibility/signals.js';
import { plausibilityOfStream } from '../plausibility/stream.js';
import type { NestedCandidate } from '../pickle/record.js';
import { MAX_ARRAY_DEPTH, MAX_ARRAY_RUNS } from '../model/limits.js';

/**
 * How a run reads a stream: as pickle.load does; as the C unpickler on a file without peek; as plain pickle where
 * joblib would read an array.
 */
export type Reading = 'usual' | 'unbuffered' | 'plain';
/** Gives each run its observer. */
export type Observe = (reading: Reading, role: StreamRole) => RunObserver;

export interface PickleInput {
  readonly path: string;
  readonly source: ByteSource;
  readonly role: StreamRole;
  readonly names: NameKnowledge;
  readonly budget: Budget;
  /** Whether somebody asks for the SHA-256 of the streams. */
  readonly digests: boolean;
  /** For a trace. */
  readonly observe?: Observe | undefined;
}

/** Null: nothing of what is before has an effect. `bytes`: it has no one order, and only its bytes tell it. */
export type ToldBefore = Identity | null | 'bytes';

/**
 * The streams that one loader reads before another. What they do to the process is done when the later one is loaded: a
 * module is patched, an attribute set, a buffer taken. What they leave in the memo of an unpickler that is used again is
 * told by `hasOtherWays` of the stream that takes it.
 */
export interface Before {
  readonly earlier: Before | null;
  /** What all of this does, once somebody has asked for it. */
  told?: ToldBefore;
  /** The nearest of them; null where readers part in it or behind it, so that they come here by several ways. */
  readonly stream: { readonly origin: number; readonly end: number } | null;
}

/** One stream of a member: how it ended, its facts, and bytes in it that may be pickles of their own. */
export interface StreamResult {
  readonly runs: Runs;
  readonly stream: StreamFacts;
  readonly facts: readonly Fact[];
  readonly nested: readonly NestedCandidate[];
  /** Object arrays of joblib: streams of their own between the opcodes. */
  readonly inner: readonly StreamResult[];
  /** Why the stream could not be read to its end; null when it was. */
  readonly notice: Notice | null;
  /** The limit that ended it: whoever passes the stream on throws it behind what was found. */
  readonly limit: LimitError | null;
  readonly machine: Machine;
  /** The machine of the reader without peek, where it reads the stream otherwise. */
  readonly unbuffered: Machine | null;
  /** Where the next stream may begin: behind STOP, and behind the frame in which STOP stands. */
  readonly next: readonly number[];
  /** Ends of the frames in which a STOP stands, by the offset behind it: the rest of such a frame is still to be read. */
  readonly leftOver: ReadonlyMap<number, number>;
  /** Where only plain pickle, stumbling over the arrays of joblib, would go on. */
  readonly alternates: readonly number[];
  /** Whether it is a pickle, or text that parses as one by chance. */
  readonly plausibility: Plausibility;
  /** Some reader comes to it otherwise than its runs do: with the memo of a stream before, or within a frame. */
  readonly hasOtherWays: boolean;
  /** What one loader has read when it comes to the stream; null for the first. */
  readonly before: Before | null;
  /** What `observe` gave for the runs of this stream, the usual one first. */
  readonly observers: readonly RunObserver[];
}

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
  /** By the places where they begin: every reading comes to them. */
  const inner = new Map<number, StreamResult>();
  const arrays = { plainFollows: false, frameLeft: false };
  const passed: ArrayPart[] = [];
  const inArrays = new Map<number, Run>();
  /**
   * A second look at what is jumped over: where the place of an array were told wrongly, its bytes would be opcodes. What
   * calls something dangerous as they stand is reported.
   */
  const readAsOpcodes = async (start: number, end: number): Promise<void> => {
    if (inArrays.has(start)) return;
    const { run } = await attempt(sliceSource(input.source, 0, end), start, {
      names: input.names,
      budget: input.budget,
    });
    if (run.limit !== null) throw run.limit;
    const facts = factsOf(run.machine, { path: input.path, role: input.role, place: run.place });
    if (!facts.some((fact) => fact.kind === 'pickle.global' && fact.callCount > 0 && isDangerous(fact))) return;
    if (inArrays.size >= MAX_ARRAY_RUNS)
      throw new LimitError('MAX_ARRAY_RUNS', `more than ${MAX_ARRAY_RUNS} arrays hold opcodes that call something`);
    inArrays.set(start, run);
  };
  const arrayReader = (behindFrame: boolean) => {
    let aligned = false;
    return async (machine: Machine, at: number): Promise<number | null> => {
      const state = machine.arrayState;
      const read = input.source.read(at, ARRAY_WINDOW);
      const first = read instanceof Promise ? await read : read;
      const following = first[0];
      const data: ArrayData = machine.signals.has('build-on-global')
        ? { kind: 'unknown', reason: 'the class of the array wrapper may be patched' }
        : locateArray(following, at, state, aligned || machine.wrapperIsUnusual);
      aligned ||= state !== null && state.alignment !== 'nothing';
      const inFrame = Number.isFinite(machine.frameEnd) && machine.frameEnd > machine.base + machine.at;
      if (inFrame || (following !== undefined && opcode(following) !== undefined)) arrays.plainFollows = true;
      if (data.kind === 'unknown') throw new UnsupportedError(data.reason, at);
      if (data.kind === 'raw' && data.end > input.source.size) {
        throw new InputError(
          `truncated: an array of ${data.end - at} bytes is expected, ${input.source.size - at} are there`,
          at,
          'truncated',
        );
      }
      machine.becomesArray(data.kind === 'pickle');
      if (data.kind === 'raw') {
        const { start, end } = data;
        if (!behindFrame) passed.push({ at, start, end, pickle: null });
        // Decided before anything else is read: it may lie in the same place.
        const isSuspect = mayNameSomething(first, 0, end - at);
        const isSuspectBehind = start !== at && mayNameSomething(first, start - at, end - at);
        if (isSuspect) await readAsOpcodes(at, end);
        if (isSuspectBehind) await readAsOpcodes(start, end);
        return end;
      }
      const known = inner.get(data.start);
      const nested = known ?? (await analyseStream({ ...input, role: 'array' }, data.start, null, depth + 1));
      if (known === undefined) inner.set(data.start, nested);
      if (!behindFrame) passed.push({ at, start: data.start, end: data.start, pickle: nested });
      if (nested.limit !== null) throw nested.limit;
      const end = nested.stream.offset + nested.stream.length;
      const frameEnd = nested.leftOver.get(end);
      arrays.frameLeft ||= frameEnd !== undefined;
      return behindFrame ? (frameEnd ?? end) : end;
    };
  };
  const { names, budget } = input;
  const observers: RunObserver[] = [];
  const observer = (reading: Reading): RunObserver | undefined => {
    const given = input.observe?.(reading, input.role);
    if (given !== undefined) observers.push(given);
    return given;
  };
  const { run, failure: usualFailure } = await attempt(input.source, origin, {
    names,
    budget,
    onArray: arrayReader(false),
    inherit: before,
    observer: observer('usual'),
  });
  let failure = usualFailure;
  let limit = run.limit;
  const others: Run[] = [];
  const alternates: Run[] = [];
  let unbuffered: Machine | null = null;
  if (run.machine.unbufferedDiffers) {
    const other = await attempt(input.source, origin, {
      names,
      budget,
      unbuffered: true,
      inherit: before,
      observer: observer('unbuffered'),
    });
    limit ??= other.run.limit;
    others.push(other.run);
    unbuffered = other.run.machine;
  }
  if (arrays.frameLeft) {
    // joblib read object arrays with C's unpickler, since 1.6 with its own: that one takes the rest of the frame too.
    const other = await attempt(input.source, origin, { names, budget, onArray: arrayReader(true), inherit: before });
    failure ??= other.failure;
    limit ??= other.run.limit;
    others.push(other.run);
  }
  if (arrays.plainFollows) {
    // Read by plain pickle, the array's bytes are opcodes. On honest files this ends at once.
    const plain = await attempt(input.source, origin, { names, budget, observer: observer('plain') });
    limit ??= plain.run.limit;
    alternates.push(plain.run);
    if (plain.run.machine.unbufferedDiffers) {
      const other = await attempt(input.source, origin, { names, budget, unbuffered: true });
      limit ??= other.run.limit;
      alternates.push(other.run);
    }
  }
  const runs = {
    run,
    others,
    alternates,
    inArrays: [...inArrays.values()],
    unbuffered,
    observers,
    failure,
    limit,
    inner: [...inner.values()],
    arrays: passed,
  };
  const result = await conclude(input, runs);
  const evidence =
    !isChance(result.plausibility) &&
    run.machine.records.length + run.machine.persistent.length + run.machine.nested.length > 0;
  if (limit !== null && !evidence) throw limit;
  return result;
}

/** The same stream, told of in another role: what fits one of them may be a fault in the other. */
export async function inRole(result: StreamResult, input: PickleInput): Promise<StreamResult> {
  const told = await conclude({ ...input, digests: false }, result.runs);
  return { ...told, stream: { ...told.stream, sha256: result.stream.sha256 } };
}

/** What all readings look up and do, in the order of the readings. */
function factsOfRuns({ run, others, alternates, inArrays, inner }: Runs, input: PickleInput): Fact[] {
  const { path, role, names } = input;
  let facts = factsOf(run.machine, { path, role, place: run.place });
  for (const { machine, place } of others) facts = mergeFacts(facts, factsOf(machine, { path, role, place }));
  if (alternates.length + inArrays.length === 0) return facts;
  const named = namedIn(
    names,
    inner.flatMap((one) => one.facts),
    facts,
  );
  for (const { machine, place } of [...alternates, ...inArrays])
    facts = mergeFacts(facts, inArray(factsOf(machine, { path, role, place }), machine, named));
  return facts;
}

interface Attempt {
  readonly run: Run;
  /** An array that cannot be located, or data that breaks off within one. */
  readonly failure: InputError | UnsupportedError | null;
}

export async function attempt(
  source: ByteSource,
  origin: number,
  options: Parameters<typeof drive>[2],
): Promise<Attempt> {
  let failure: InputError | UnsupportedError | null = null;
  const onArray = options.onArray;
  const guarded =
    onArray === undefined
      ? options
      : {
          ...options,
          onArray: async (machine: Machine, at: number): Promise<number | null> => {
            try {
              return await onArray(machine, at);
            } catch (error) {
              if (!(error instanceof InputError) && !(error instanceof UnsupportedError)) throw error;
              failure = error;
              return null;
            }
          },
        };
  const run = await drive(source, origin, guarded);
  return { run, failure };
}

/** The runs of one stream under its readings. */
interface Runs extends Pick<StreamResult, 'unbuffered' | 'observers' | 'limit' | 'inner'> {
  readonly run: Run;
  readonly others: readonly Run[];
  /** As plain pickle where joblib reads arrays. */
  readonly alternates: readonly Run[];
  /** Within the bytes of arrays, where these call something dangerous. */
  readonly inArrays: readonly Run[];
  readonly failure: Attempt['failure'];
  /** The arrays of joblib that the usual reading passes, in their order. */
  readonly arrays: readonly ArrayPart[];
}

interface ArrayPart {
  /** Behind what the unpickler has read; padding may follow. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** An array of objects. */
  readonly pickle: StreamResult | null;
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
  const errorAt = fault?.offset ?? run.place(machine.error?.offset ?? run.end);
  const truncated = machine.signals.has('truncated');
  const context = { isFaulty: fault !== null, isBehindDanger: () => all.some(isDangerous) };
  const facts = all.filter(
    (fact) => fact.kind !== 'pickle.structure' || !isChance(plausibilityOfSignal(fact.signal, machine, context)),
  );
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
            cause: fault instanceof UnsupportedError ? 'unsupported' : truncated ? 'truncated' : 'corrupt',
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
function nestedOf({ machine, place }: Run): readonly NestedCandidate[] {
  return machine.nested.map((candidate) => ({
    ...candidate,
    offset: place(candidate.offset),
    ...(candidate.loader === undefined
      ? {}
      : { loader: { ...candidate.loader, offset: place(candidate.loader.offset) } }),
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
  for (const { machine, end, place } of runs) {
    if (!machine.stopped) continue;
    const frameEnd = Number.isFinite(machine.frameEnd) ? place(machine.frameEnd) : 0;
    const inFrame = frameEnd > end;
    if (!inFrame || (machine.alive & C) !== 0) next.add(end);
    if (!inFrame) continue;
    if (frameEnd < size && (machine.alive & (PYTHON | C_UNBUFFERED)) !== 0) next.add(frameEnd);
    if ((machine.alive & C_UNBUFFERED) !== 0) leftOver.set(end, frameEnd);
  }
  return { next: [...next], leftOver };
}
