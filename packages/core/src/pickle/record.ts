import type { Call, ChainStep, GlobalVia, Value } from '../model/fact.js';
import type { Alive } from './readers.js';

/** Calls kept as evidence for each global; calls of unusual shape are kept beyond that, up to MAX_UNUSUAL_CALLS. */
export const KEPT_CALLS = 4;

/**
 * An inert value (an array, a dtype, a time); an inert container, which may have attributes besides its items; an instance
 * of pandas, which its own makers take; anything else.
 */
export type ResultKind = 'data' | 'items' | 'kin' | 'open';

/** What a dtype says of one item: its size in bytes, and whether it holds references to objects. */
export interface DtypeLayout {
  readonly size: number;
  readonly objects: boolean;
}

/** One item of an array as joblib stores it: bytes of that size, or a pickle of all objects. */
export interface StoredItem {
  readonly itemSize: number;
  readonly object: boolean;
}

/** How often a use occurred, and where first. */
export interface UseCount {
  readonly key: number;
  /** Of a call: the marks of what it gives. They follow from the key. */
  readonly marks: number;
  readonly offset: number;
  /** The opcode that was counted last: one that runs again, for want of bytes, counts once. */
  last: number;
  count: number;
}

/** What one run learns about one global. Mutable while the machine runs; facts are made of it afterwards. */
export interface GlobalRecord {
  readonly module: string;
  readonly name: string;
  readonly via: GlobalVia;
  readonly offset: number;
  readonly walksDots: boolean;
  /** Looked up while the protocol is below 3. */
  readonly beforeProtocol3: boolean;
  readonly mapped: { readonly module: string; readonly name: string } | null;
  /** Why the name is no constant; null for an ordinary global. */
  readonly dynamic: string | null;
  readonly conditional: boolean;
  /** NumpyArrayWrapper of joblib: raw array data may follow its BUILD. */
  readonly arrayWrapper: boolean;
  /**
   * Known to the allowlist whatever it is called with, and nothing else is to be known of it but what `array` and
   * `arrayWrapper` say: calls are only counted.
   */
  readonly routine: boolean;
  /** What it makes has the bytes of its first argument, or unpacks them: `encode` takes text. */
  readonly carries: 'bytes' | 'text' | null;
  /** What it makes has no memory of its own before BUILD: nobody takes it until then. */
  readonly awaitsState: boolean;
  /** What calling it gives. */
  readonly gives: ResultKind;
  /** The rebuild functions of numpy's arrays: what their states say decides what bytes are. */
  readonly array: boolean;
  /** numpy.dtype: its calls say how long an array is. */
  readonly dtype: boolean;
  /** Of pandas' rebuild functions of time indexes: the code of the items that they take for granted, as a character. */
  readonly times: number;
  /** The package that it belongs to. */
  readonly package: string;
  readonly chain: ChainStep[];
  /** Steps that were not kept. */
  moreSteps: number;
  /** Nobody has vouched for the name, so that its steps through the stream are recorded. */
  readonly stranger: boolean;
  /** A stranger, and not only called as honest writers call it: other opcodes are looked through for it. */
  watched: boolean;
  /** What BUILD and SETITEMS put into the global itself: indexes of globals. */
  readonly holds: number[];
  count: number;
  /** How often the value came onto the stack, by name or from the memo. */
  pushes: number;
  /** How often it was taken from the stack as the callee of a call. */
  calleeUses: number;
  callCount: number;
  calls: Call[];
  unusualCalls: number;
  /** Unusual calls beyond the limit: the record is no longer complete. */
  lostCalls: number;
  /** Called at least once, not only instantiated: its results may be anything, a str as well. */
  called: boolean;
  /** Called or instantiated with arguments at least once: an unknown class may give an argument back. */
  madeWithArguments: boolean;
  alive: Alive;
  /** Its distinct uses, by their keys. */
  readonly uses: Map<number, UseCount>;
  /** The newest call, and the newest use of what calls gave: most follow their like. */
  lastCall: UseCount | null;
  lastFollow: UseCount | null;
  /** Further uses, beyond the limit. */
  usesLost: boolean;
}

/** An object whose making is kept. */
export interface MadeObject {
  readonly record: number;
  /** Its number among all objects. */
  readonly number: number;
  readonly call: Call;
  /** Values in the arguments, over all depths. */
  readonly size: number;
  /** A conditional callable, called as honest writers call it. */
  readonly usual: boolean;
  /** Offset of the constant whose bytes it gives, unpacks or wraps: the text of `_codecs.encode`, the bytes of `io.BytesIO`. */
  text: number | null;
  /** Its last BUILD state, for numpy.dtype only: `__setstate__` sets everything anew. */
  state: Value | null;
  /** Of a numpy.dtype with a state: what one item is; null where it is not what numpy writes. */
  layout?: DtypeLayout | null;
  /** The same as joblib tells it, for the bytes behind its wrapper: worked out once for each state. */
  stored: StoredItem | null | undefined;
  /** Globals among its arguments and in its state: indexes. */
  readonly holds: number[];
  /** Only for a trace: it is no evidence, and no arguments are kept. */
  readonly traced: boolean;
}

/** Bytes of the stream that may hold a pickle themselves. */
export interface NestedCandidate {
  readonly offset: number;
  readonly length: number;
  /** A str whose characters are the bytes, as protocols 0 to 2 write them: `text` in UTF-8, `line` in UNICODE's escapes; `quoted`: STRING. */
  readonly form: NestedForm;
  /** True when the stream itself hands them to a loader. */
  readonly loaded: boolean;
  /** The call that loads them, for people. */
  readonly loader?: ChainStep;
}
export type NestedForm = 'bytes' | 'text' | 'line' | 'quoted';

export interface PersistentId {
  readonly offset: number;
  /** The storage's key and class where the ID has torch's shape; null otherwise. */
  readonly storage: {
    readonly key: string;
    readonly type: string;
    readonly fields: number;
    readonly elements: number;
  } | null;
  /** A storage or a module as torch writes them; `text`: a str; else what kind of value the ID is. */
  readonly shape: 'storage' | 'module' | 'text' | Exclude<Value['kind'], 'str'>;
  /** The ID as a value, for people. */
  readonly text: string | null;
}
