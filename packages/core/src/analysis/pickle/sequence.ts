import type { Budget } from '../../bytes/budget.js';
import type { ByteSource } from '../../bytes/source.js';
import { InputError, UnsupportedError } from '../../model/errors.js';
import type { Fact, Notice, StreamFacts, StreamRole } from '../../model/fact.js';
import { sha256Of } from './digest.js';
import { drive, type Run, type RunObserver } from './drive.js';
import { factsOf, FATAL_SIGNALS, mergeFacts } from './facts.js';
import { locateArray } from './joblib-array.js';
import { opcode } from './opcodes.js';
import type { Machine, NameKnowledge } from './operations.js';
import type { NestedCandidate } from './record.js';

/** Streams in a row of one member (CWE-400). Loggers that append a pickle for each record reach thousands. */
const MAX_STREAMS = 1_000_000;

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
  /** For a trace. */
  readonly observe?: Observe | undefined;
}

/** One stream of a member: how it ended, its facts, and bytes in it that may be pickles of their own. */
export interface StreamResult {
  readonly stream: StreamFacts;
  readonly facts: readonly Fact[];
  readonly nested: readonly NestedCandidate[];
  /** Object arrays of joblib: streams of their own between the opcodes. */
  readonly inner: readonly StreamResult[];
  /** Why the stream could not be read to its end; null when it was. */
  readonly notice: Notice | null;
  readonly machine: Machine;
  /** Where the next stream may begin: behind STOP, and behind the frame in which STOP stands. */
  readonly next: readonly number[];
  /** It looks like a pickle and not like text that parses by chance. */
  readonly plausible: boolean;
  /** What `observe` gave for the runs of this stream, the usual one first. */
  readonly observers: readonly RunObserver[];
}

/** Runs the stream at `origin`, under every reading that the stream gives cause for. */
export async function analyseStream(input: PickleInput, origin: number, before: Machine | null = null): Promise<StreamResult> {
  const inner: StreamResult[] = [];
  const arrays = { seen: false, plainFollows: false };
  const onArray = async (machine: Machine, at: number): Promise<number | null> => {
    arrays.seen = true;
    const data = await locateArray(input.source, at, machine.arrayState);
    const following = (await input.source.read(at, 1))[0];
    if (following !== undefined && opcode(following) !== undefined) arrays.plainFollows = true;
    if (data.kind === 'unknown') throw new UnsupportedError(data.reason, at);
    if (data.kind === 'raw' && data.end > input.source.size) {
      throw new InputError(`truncated: an array of ${data.end - at} bytes is expected, ${input.source.size - at} are there`, at);
    }
    if (data.kind === 'raw') return data.end;
    const nested = await analyseStream({ ...input, role: 'array' }, data.start);
    inner.push(nested);
    return nested.stream.offset + nested.stream.length;
  };
  const { names, budget } = input;
  const observers: RunObserver[] = [];
  const observer = (reading: Reading): RunObserver | undefined => {
    const given = input.observe?.(reading, input.role);
    if (given !== undefined) observers.push(given);
    return given;
  };
  const { run, failure } = await attempt(input, origin, { names, budget, onArray, inherit: before, observer: observer('usual') });
  const place = run.place;
  let facts = factsOf(run.machine, { path: input.path, role: input.role, place });
  if (run.machine.unbufferedDiffers) {
    const other = await attempt(input, origin, { names, budget, unbuffered: true, inherit: before, observer: observer('unbuffered') });
    facts = mergeFacts(facts, factsOf(other.run.machine, { path: input.path, role: input.role, place: other.run.place }));
  }
  if (arrays.plainFollows) {
    // Read by plain pickle, the array's bytes are opcodes. On honest files this ends at once.
    const plain = await attempt(input, origin, { names, budget, observer: observer('plain') });
    facts = mergeFacts(facts, plainFacts(plain.run, input));
  }
  return { ...(await conclude(input, run, failure, facts, inner)), observers };
}

/**
 * What plain pickle makes of the bytes of an array. Random bytes name something now and then; a reading that neither
 * ends nor calls what it named is chance.
 */
function plainFacts(run: Run, input: PickleInput): Fact[] {
  const { machine } = run;
  const facts = factsOf(machine, { path: input.path, role: input.role, place: run.place });
  if (machine.stopped) return facts;
  return facts.filter((fact) => fact.kind === 'pickle.global' && (fact.callCount > 0 || /^[\w.]+$/.test(fact.module + fact.name)));
}

interface Attempt {
  readonly run: Run;
  /** An array that cannot be located, or data that breaks off within one. */
  readonly failure: InputError | UnsupportedError | null;
}

async function attempt(input: PickleInput, origin: number, options: Parameters<typeof drive>[2]): Promise<Attempt> {
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
  const run = await drive(input.source, origin, guarded);
  return { run, failure };
}

async function conclude(
  input: PickleInput,
  run: Run,
  failure: InputError | UnsupportedError | null,
  all: readonly Fact[],
  inner: readonly StreamResult[],
): Promise<Omit<StreamResult, 'observers'>> {
  const { machine } = run;
  const origin = machine.origin;
  const resolved = machine.records.length > 0 || machine.persistent.length > 0;
  const fault = failure ?? run.fault;
  const message = machine.stopped ? null : (fault?.message ?? machine.error?.message ?? 'the stream does not end');
  const errorAt = fault?.offset ?? run.place(machine.error?.offset ?? run.end);
  // What stops every reader is a fault of the file. It is evidence only where something happened before it.
  const truncated = machine.signals.has('truncated');
  const facts = all.filter((fact) => {
    if (fact.kind !== 'pickle.structure' || machine.stopped) return true;
    // Data that breaks off is a fault of the file, and a frame that is longer than what is left comes with it.
    if (fact.signal === 'truncated' || ((truncated || fault !== null) && fact.signal === 'frame-mismatch')) return false;
    return !FATAL_SIGNALS.has(fact.signal) || (fault === null && (resolved || machine.protoSeen));
  });
  const end = Math.min(run.end, input.source.size);
  const frameEnd = Number.isFinite(machine.frameEnd) ? run.place(machine.frameEnd) : 0;
  const stream: StreamFacts = {
    path: input.path,
    role: input.role,
    offset: origin,
    length: Math.max(0, end - origin),
    protocol: machine.highestProtocol,
    end: machine.stopped ? 'stop' : 'error',
    error: message === null ? null : `${message} (offset ${errorAt})`,
    sha256: await sha256Of(input.source, origin, end - origin, machine.steps),
  };
  return {
    stream,
    facts,
    nested: machine.nested.map((candidate) => ({ ...candidate, offset: run.place(candidate.offset) })),
    inner,
    notice:
      message === null
        ? null
        : {
            path: input.path,
            offset: errorAt,
            cause: fault instanceof UnsupportedError ? 'unsupported' : truncated ? 'truncated' : 'corrupt',
            reason: message,
          },
    machine,
    next: machine.stopped ? [run.end, ...(frameEnd > run.end && frameEnd < input.source.size ? [frameEnd] : [])] : [],
    plausible: isPlausible(machine),
  };
}

/**
 * Text may parse as a pickle by chance. A stream counts where it says that it is one (PROTO), where it ends by STOP
 * having built or named something, or where it calls something.
 */
function isPlausible(machine: Machine): boolean {
  if (machine.protoSeen && machine.signals.get('proto-misplaced') === undefined && machine.steps > 2) return true;
  const named = machine.records.some((record) => /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(record.module));
  if (machine.stopped) return named || machine.persistent.length > 0 || machine.steps > 3;
  return named && machine.records.some((record) => record.callCount > 0);
}

/** All streams of a member that is one pickle after the other, as repeated loads of one file read it. */
export async function* analyseSequence(
  input: PickleInput,
  first: StreamResult,
): AsyncGenerator<StreamResult, { readonly end: number; readonly trailing: Fact | null }> {
  const seen = new Set<number>([first.stream.offset]);
  const queue: StreamResult[] = [first];
  let end = 0;
  let stray: Fact | null = null;
  for (let count = 0; count < MAX_STREAMS; count += 1) {
    const result = queue.shift();
    if (result === undefined) return { end, trailing: stray };
    yield result;
    end = Math.max(end, result.stream.offset + result.stream.length);
    for (const next of result.next) {
      if (seen.has(next) || (await input.source.read(next, 1)).length === 0) continue;
      seen.add(next);
      const following = await followingStream(input, next, result.machine);
      if (following.plausible) queue.push(following);
      else stray = trailing(input, next, 'trailing-bytes', 'bytes that are no pickle follow the last one');
    }
  }
  return { end, trailing: trailing(input, end, 'trailing-bytes', `more than ${MAX_STREAMS} streams in a row; the rest was not read`) };
}

/**
 * The stream after another one. An unpickler that is used again keeps its memo: a stream that reads slots which it
 * never wrote was made for that, and is run so as well.
 */
async function followingStream(input: PickleInput, origin: number, before: Machine): Promise<StreamResult> {
  const fresh = await analyseStream(input, origin);
  const missing = fresh.machine.signals.get('memo-missing');
  if (missing === undefined || fresh.machine.stopped) return fresh;
  const kept = await analyseStream(input, origin, before);
  const at = { path: input.path, offset: missing.offset, line: null };
  const detail = `${missing.detail}; an unpickler that is used again finds what the stream before it left there`;
  return { ...kept, facts: [...kept.facts, { kind: 'pickle.structure', at, role: input.role, signal: 'memo-missing', detail, count: 1 }] };
}

export function trailing(input: PickleInput, offset: number, signal: 'trailing-bytes' | 'trailing-pickle', detail: string): Fact {
  return { kind: 'pickle.structure', at: { path: input.path, offset, line: null }, role: input.role, signal, detail, count: 1 };
}
