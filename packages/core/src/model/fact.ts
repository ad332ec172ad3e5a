import type { Identity } from './identity.js';
import type { RepositoryFact } from './repository.js';
import type { Location } from './location.js';
import type { Plausibility } from './plausibility.js';
import type { Use } from './use.js';
import type { SourceFlowFact } from './flow-fact.js';
import type { SourceCallFact } from './source-fact.js';

export type { Location } from './location.js';
export type { Notice } from './notice.js';

/**
 * Facts: what lies in an artifact, with no opinion about it. Plain data, so that a fact can be cloned, posted
 * to another thread and stored.
 */

/**
 * Who reads a pickle stream. It decides which persistent IDs are ordinary, whether names are imports at all,
 * and what may follow the stream.
 */
export const STREAM_ROLES = [
  'plain', // pickle.load of a file
  'torch-zip', // NAME/data.pkl of a checkpoint
  'torch-legacy', // one of the streams of the older torch format
  'torch-tar', // a member of the oldest torch format
  'torchscript', // data.pkl, constants.pkl, bytecode.pkl of a TorchScript archive: read by C++
  'joblib',
  'npy', // the object data of an npy file
  'array', // an object array between the opcodes of a joblib pickle
  'embedded', // bytes inside another pickle or text
] as const;
export type StreamRole = (typeof STREAM_ROLES)[number];

/** The opcode that named a global. */
export const GLOBAL_VIAS = ['GLOBAL', 'STACK_GLOBAL', 'INST', 'EXT1', 'EXT2', 'EXT4'] as const;
export type GlobalVia = (typeof GLOBAL_VIAS)[number];
export type CallVia = 'REDUCE' | 'BUILD' | 'NEWOBJ' | 'NEWOBJ_EX' | 'OBJ' | 'INST';

/** Readers that get as far as the fact: C on a file or bytes, C on a file without peek, pure Python. */
export type Reader = 'c' | 'c-unbuffered' | 'python';

/** A constant of the stream as far as it is one. */
export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly text: string }
  /** As JavaScript writes the number, and '-0': JSON has no NaN, no infinities and no negative zero. */
  | { readonly kind: 'float'; readonly text: string }
  | { readonly kind: 'str'; readonly value: string; readonly length: number }
  | { readonly kind: 'bytes'; readonly value: string; readonly length: number } // value: latin-1 of the first bytes
  | { readonly kind: 'tuple' | 'list' | 'set' | 'frozenset'; readonly items: readonly Value[]; readonly length: number }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Value, Value])[]; readonly length: number }
  | { readonly kind: 'global'; readonly module: string; readonly name: string }
  | {
      readonly kind: 'call';
      readonly callee: string;
      readonly offset: number;
      /** Known for the first calls of a global. */
      readonly args?: readonly Value[];
      /** Set where not all arguments are known. */
      readonly cut?: true;
      /** Set where `__new__` alone made it. */
      readonly via?: 'NEWOBJ' | 'NEWOBJ_EX';
      /** What was called, where that is itself the result of a call. */
      readonly on?: Value;
      readonly state?: Value;
    }
  | { readonly kind: 'persistent'; readonly offset: number }
  /** `leftOut`: the stream says what it is, and it lies beyond what is captured of a value. */
  | { readonly kind: 'unknown'; readonly leftOut?: true };

export interface Call {
  readonly via: CallVia;
  readonly offset: number;
  readonly args: readonly Value[];
  /** False when the machine no longer holds the arguments (they lay too far back). */
  readonly argsKnown: boolean;
  /** What is called, where that is not the global itself but the result of an earlier call of it. */
  readonly on?: Value;
  /** The opcode, where it does more than `via` says: the REDUCE of `copyreg._reconstructor`. */
  readonly opcode?: string;
}

/** One opcode between a name and its use, for people. */
export interface ChainStep {
  readonly opcode: string;
  /** As `Location.offset` of the fact. */
  readonly offset: number;
  /** What the opcode does: `gives it to builtins.map`. */
  readonly text: string;
  /** Offset of the bytes that the step hands to a loader. */
  readonly bytes?: number;
}

interface Identified {
  /** What is behind the fact, exactly. Absent where no finding comes of it, and where nobody computed it. */
  readonly identity?: Identity;
}

/** One global of one stream, with everything that the stream does to it. */
export interface PickleGlobalFact extends Identified {
  readonly kind: 'pickle.global';
  readonly at: Location;
  readonly role: StreamRole;
  readonly module: string;
  readonly name: string;
  /** The name after CPython's Python 2 mapping (`_compat_pickle`), where it differs and the protocol allows it. */
  readonly mapped: { readonly module: string; readonly name: string } | null;
  readonly via: GlobalVia;
  /** How often it is resolved. */
  readonly count: number;
  /** How often it is called or instantiated. */
  readonly callCount: number;
  /** True when it is also used otherwise than as the callee of a call: stored, passed on, patched. */
  readonly escapes: boolean;
  /** The protocol in force is 4 or more, so that a dotted name is walked attribute by attribute. */
  readonly walksDots: boolean;
  /** The protocol in force is below 3, in which Python 2 wrote its names. */
  readonly beforeProtocol3: boolean;
  /** The calls as far as they were recorded (see `callsComplete`). */
  readonly calls: readonly Call[];
  readonly callsComplete: boolean;
  /** What the stream does with it and with what its calls give: each distinct use once. */
  readonly uses: readonly Use[];
  /** False where there are more distinct uses than are recorded. */
  readonly usesComplete: boolean;
  readonly readers: readonly Reader[];
  /**
   * Whether it is looked up on purpose. A loader that reads a file otherwise than it was written looks up names that are there by
   * chance: an unpickler that is used again for a stream which is complete by itself, or plain pickle in the arrays of joblib.
   */
  readonly plausibility: Plausibility;
  /** Where the name comes from and what happens to the global besides its calls, in the order of the stream. */
  readonly chain: readonly ChainStep[];
  /** Steps beyond those that are recorded. */
  readonly moreSteps?: number;
  /** For a pickle that another one holds: where it lies and what loads it. */
  readonly outer?: string;
}

/** A name that is computed while loading: it is no constant of the stream. */
export interface PickleDynamicFact extends Identified {
  readonly kind: 'pickle.dynamic';
  readonly at: Location;
  readonly role: StreamRole;
  readonly via: GlobalVia;
  /** The parts that are constants; `?` where one is not. */
  readonly module: string;
  readonly name: string;
  /** What computes the name, or the extension code. */
  readonly detail: string;
  /** As for a global. */
  readonly plausibility: Plausibility;
  readonly callCount: number;
  readonly calls: readonly Call[];
  readonly chain: readonly ChainStep[];
  readonly moreSteps?: number;
  readonly outer?: string;
}

/** Stable codes of the structural signals (`evidence.signal`). */
export const STRUCT_SIGNALS = [
  'call-of-call-result',
  'build-on-global',
  'setitem-on-global',
  'attribute-state',
  'unused-call-result',
  'foreign-persistent-id',
  'stack-underflow',
  'mark-underflow',
  'wrong-operand',
  'values-left-at-stop',
  'proto-missing',
  'proto-repeated',
  'proto-misplaced',
  'proto-unknown',
  'invalid-opcode',
  'truncated',
  'frame-mismatch',
  'memo-missing',
  'memo-rewritten',
  'opcode-newer-than-protocol',
  'extension-code',
  'legacy-instance-opcode',
  'malformed-name',
  'bad-number',
  'trailing-pickle',
  'trailing-bytes',
  'nested-pickle',
  'exponential-growth',
  'reader-divergence',
  'uncanonical',
  'dtype-state',
  'array-state',
] as const;
export type StructSignal = (typeof STRUCT_SIGNALS)[number];

export interface PickleStructFact extends Identified {
  readonly kind: 'pickle.structure';
  readonly at: Location;
  readonly role: StreamRole;
  readonly signal: StructSignal;
  readonly detail: string;
  /** The import and the use of the global that the signal is about, where it is about one. */
  readonly chain?: readonly ChainStep[];
  /** How often the signal occurs in the stream; `at` is the first occurrence. */
  readonly count: number;
  /** What it takes to be a signal, where that depends on the catalogue; absent where it always is one. */
  readonly only?: SignalCondition;
}

/**
 * `behind-danger`: where the stream looks up something dangerous; otherwise any file may break off so. `known-class`: where
 * the class is allowed or dangerous; that one is unknown is a finding by itself.
 */
export type SignalCondition =
  | { readonly if: 'behind-danger' }
  | { readonly if: 'known-class'; readonly module: string; readonly name: string };

export type ArchivePathProblem =
  | 'parent-directory' // ../
  | 'absolute'
  | 'drive-letter'
  | 'backslash' // a separator on Windows only
  | 'nul-byte'
  | 'symlink-escape'
  | 'hardlink-escape'
  | 'device';
export interface ArchivePathFact extends Identified {
  readonly kind: 'archive.path';
  readonly at: Location;
  readonly problem: ArchivePathProblem;
  /** The entry's name as written in the archive. */
  readonly entry: string;
  readonly detail: string;
}

export type ArchiveAmbiguity =
  | 'duplicate-name'
  | 'case-folded-duplicate'
  | 'local-name-differs'
  | 'size-differs'
  | 'crc-differs'
  | 'method-differs'
  | 'flags-differ' // the encrypted bit in one header only
  | 'several-end-records'
  | 'zip64-contradiction'
  | 'prepended-bytes'
  | 'appended-bytes'
  | 'unclaimed-bytes'
  | 'local-header-missing'
  | 'unlisted-member' // a local header that the central directory does not name
  | 'disk-numbers' // the end record says that the archive spans several disks
  | 'record-case' // a torch record under another case
  | 'polyglot'; // the same bytes are two formats
export interface ArchiveAmbiguousFact extends Identified {
  readonly kind: 'archive.ambiguous';
  readonly at: Location;
  readonly problem: ArchiveAmbiguity;
  readonly entry: string | null;
  readonly detail: string;
  /** It is a problem only where this stream does something odd, or names a global that is not allowed; the first such one counts. */
  readonly ifUnusual?: { readonly path: string; readonly offset: number };
}

export type ArchiveBombProblem = 'overlapping-members' | 'expansion' | 'nesting' | 'member-count' | 'declared-size';
export interface ArchiveBombFact extends Identified {
  readonly kind: 'archive.bomb';
  readonly at: Location;
  readonly problem: ArchiveBombProblem;
  readonly detail: string;
}

/** Why PyTorch's restricted unpickler refuses a pickle, at the opcode where it does. */
export interface TorchRefusal {
  /** The member that holds the pickle. */
  readonly path: string;
  readonly offset: number;
  readonly opcode: string;
  /** The full name that is refused, where the refusal is about one. */
  readonly global: string | null;
  readonly reason: string;
  /** True where listing a name would lift it. */
  readonly listable: boolean;
}

export interface TorchLoadFact extends Identified {
  readonly kind: 'torch.load';
  /** The checkpoint, or the first opcode that is refused. */
  readonly at: Location;
  /** The checkpoint as shown to people. */
  readonly checkpoint: string;
  /** `pickle`: a plain pickle under a name of checkpoints. */
  readonly format: 'zip' | 'legacy' | 'tar' | 'torchscript' | 'pickle';
  /** The PyTorch whose rules were applied. */
  readonly torch: string;
  /** `fails`: any loader fails. `unknown`: not all of it was analysed, or it depends on types that are not known. */
  readonly outcome: 'loads' | 'refused' | 'fails' | 'unknown';
  /** In the order of the file; the first `MAX_REFUSALS`. */
  readonly refusals: readonly TorchRefusal[];
  readonly moreRefusals: number;
  /** The smallest list for `torch.serialization.safe_globals`; null where none is needed, and where none helps. */
  readonly safeGlobals: readonly string[] | null;
  /** PyTorch may want further names than those of the list: it looks at types that the file does not show. */
  readonly listMayLack: boolean;
  /** Why the file as a whole is refused, or why no list makes PyTorch take it; null where a list does. */
  readonly hopeless: string | null;
  /** What the list may lack, or why the file fails. */
  readonly remarks: readonly string[];
  /** What a plain pickle under a name of checkpoints imports; an empty text for what is computed. */
  readonly names?: readonly string[];
}

/** What a model asks of native code. */
export interface TorchNativeFact extends Identified {
  readonly kind: 'torch.native';
  /** The first occurrence. */
  readonly at: Location;
  /** `library`: native code lies in the archive. `load-hint`: a text that loads it. */
  readonly what: 'operator' | 'class' | 'library' | 'load-hint';
  /** `namespace::name` of an operator or a class, the name of a library, the words of a hint. */
  readonly name: string;
  /** Empty for libraries, hints, and names without one. */
  readonly namespace: string;
  readonly detail: string;
  /** How often the member names it. */
  readonly count: number;
}

/**
 * What the configuration in a Keras archive asks for, once for each distinct name
 * (keras/src/saving/serialization_lib.py, `deserialize_keras_object`).
 */
export interface KerasObjectFact extends Identified {
  readonly kind: 'keras.object';
  /** The member that holds the configuration. */
  readonly at: Location;
  /** `code`: byte code of a Python function. `class`, `function`: an object that Keras looks up by its name. */
  readonly what: 'code' | 'class' | 'function';
  /** The module that Keras imports where none of its registries knows the name; empty where there is none. */
  readonly module: string;
  /** The name in the module; empty where it is no text. */
  readonly name: string;
  /** The second name that Keras tries in the module; null where there is none. */
  readonly registeredName: string | null;
  /** Where the first one stands: `config.layers[2].config.function`. */
  readonly keyPath: string;
  /** How often the configuration asks for it. */
  readonly count: number;
}

export type Fact =
  | PickleGlobalFact
  | PickleDynamicFact
  | PickleStructFact
  | ArchivePathFact
  | ArchiveAmbiguousFact
  | ArchiveBombFact
  | SourceCallFact
  | SourceFlowFact
  | TorchLoadFact
  | TorchNativeFact
  | KerasObjectFact
  | RepositoryFact;
export type FactKind = Fact['kind'];
/** An intersection on purpose: with `Extract` a narrow rule would not fit in the list of all rules. */
export type FactOf<K extends FactKind> = Fact & { readonly kind: K };

/**
 * Records of a remote source that were left unread because they only repeat what others say (docs/remote-sources.md). It
 * leaves the artifact complete: nothing that a loader runs lies there. `CollectOptions.thorough` reads them.
 */
export interface Unread {
  readonly path: string;
  /** `storage-headers`: local headers of storages in a zip; `storage-counts`: element counts before storages (legacy). */
  readonly what: 'storage-headers' | 'storage-counts';
  readonly count: number;
  /** Where they lie, with what follows them. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  /** For people. */
  readonly reason: string;
}

/** One pickle stream and how its run ended. */
export interface StreamFacts {
  readonly path: string;
  readonly role: StreamRole;
  readonly offset: number;
  /** Bytes from the first opcode to behind the last one. */
  readonly length: number;
  readonly protocol: number;
  readonly end: 'stop' | 'error';
  readonly error: string | null;
  /** Hex SHA-256 of the stream's bytes; null when not all of them were read. */
  readonly sha256: string | null;
}

/** A member of a format that is known and not analysed. */
export interface OpaqueFacts {
  readonly path: string;
  readonly format: string;
  /** Null where it is packed and was not unpacked to its end. */
  readonly size: number | null;
  /** What its readers run of it, as far as is known. */
  readonly reason: string;
}
