import type { Budget } from '../bytes/budget.js';
import type { ByteSource } from '../bytes/source.js';
import type { InputError, LimitError, UnsupportedError } from '../model/errors.js';
import type { Fact, Notice, StreamFacts, StreamRole } from '../model/fact.js';
import type { Identity } from '../model/identity.js';
import type { Plausibility } from '../model/plausibility.js';
import type { Run, RunObserver } from '../pickle/drive.js';
import type { NameKnowledge } from '../pickle/machine-state.js';
import type { Machine } from '../pickle/operations.js';
import type { NestedCandidate } from '../pickle/record.js';

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
export type IdentityBefore = Identity | null | 'bytes';

/**
 * The streams that one loader reads before another. What they do to the process is done when the later one is loaded: a
 * module is patched, an attribute set, a buffer taken. What they leave in the memo of an unpickler that is used again is
 * reported by `hasOtherWays` of the stream that takes it.
 */
export interface Before {
  readonly earlier: Before | null;
  /** What all of this does, once somebody has asked for it. */
  identity?: IdentityBefore;
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
  /** The limit that ended it. It is thrown behind what was found. */
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

/** The runs of one stream under its readings. */
export interface Runs extends Pick<StreamResult, 'unbuffered' | 'observers' | 'limit' | 'inner'> {
  readonly run: Run;
  readonly others: readonly Run[];
  /** As plain pickle where joblib reads arrays. */
  readonly alternates: readonly Run[];
  /** Within the bytes of arrays, where these call something dangerous. */
  readonly inArrays: readonly Run[];
  /** An array that cannot be located, or data that breaks off within one. */
  readonly failure: InputError | UnsupportedError | null;
  /** The arrays of joblib that the usual reading passes, in their order. */
  readonly arrays: readonly ArrayPart[];
}

export interface ArrayPart {
  /** Behind what the unpickler has read; padding may follow. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** An array of objects. */
  readonly pickle: StreamResult | null;
}
