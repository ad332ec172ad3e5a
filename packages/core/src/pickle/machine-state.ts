import { LimitError } from '../model/errors.js';
import type { Call, CallVia, Value } from '../model/fact.js';
import { globalOf, KIND, type Kind, numberOf } from './cells.js';
import { Chains } from './chain.js';
import { CapturedTexts, type Bytes } from './constants.js';
import type { WrapperState } from './joblib-array.js';
import { MachineCore, NeedBytes } from './machine.js';
import { ALL } from './readers.js';
import type { GlobalRecord, MadeObject, NestedCandidate, PersistentId, ResultKind } from './record.js';
import { MAX_SIDE } from '../model/limits.js';

/** What the machine asks about names: what their code does, never how bad it is. */
export interface NameKnowledge {
  /** The name that CPython looks up instead while the protocol is below 3 (`_compat_pickle`). */
  mapPython2(module: string, name: string): { readonly module: string; readonly name: string } | null;
  /** A class or function, and no text. */
  isCode(module: string, name: string): boolean;
  /** Whether its steps through the stream are written down, for people. */
  follows(module: string, name: string): boolean;
  /** What calling it gives. */
  gives(module: string, name: string): ResultKind;
  /** A class with slots whose default pickles set attributes one by one. */
  writesAttributeState(module: string, name: string): boolean;
  /** A callable whose calls are judged one by one by their arguments. */
  isConditional(module: string, name: string): boolean;
  /** The keys on which the judgement of its states depends; null: all of the state is captured. */
  stateKeys(module: string, name: string): ReadonlySet<string> | null;
  /** What its usual calls give is a class, of which instances are made. */
  makesClass(module: string, name: string): boolean;
  /** A class within a class, or a method of one, that the catalogue knows by its dotted name. */
  isNested(module: string, name: string): boolean;
  /** True when these calls of a conditional callable all have the shape that honest writers give them, with nothing that the calls `before` were not given. */
  isUsualCall(module: string, name: string, calls: readonly Call[], before: readonly Call[]): boolean;
}
/** Blocks outside the window that are kept from one opcode to the next, and bytes fetched for one opcode (CWE-770). */
const OLD_BLOCKS = 8;
/** What a global costs that is handed on to the next stream, in memo slots. */
const RECORD_PRICE = 50;
/** What a trace shows. Values are captured; `index` names an object that was made before. */
export type TraceEvent =
  | ({ readonly kind: 'import'; readonly offset: number } & Pick<
      GlobalRecord,
      'module' | 'name' | 'dynamic' | 'walksDots' | 'mapped'
    >)
  | {
      readonly kind: 'call';
      readonly offset: number;
      readonly via: CallVia;
      readonly callee: Value;
      readonly args: readonly Value[];
      readonly known: boolean;
    }
  /** Items are set on or appended to something else than a builtin container: its own methods run. */
  | {
      readonly kind: 'build' | 'setitems' | 'append';
      readonly offset: number;
      readonly target: Value;
      readonly state: Value;
    }
  | { readonly kind: 'persistent'; readonly offset: number; readonly id: Value }
  | { readonly kind: 'stop'; readonly offset: number; readonly result: Value };

/**
 * What a run knows beside stack and memo: names, calls, bytes that may be pickles. The operations work on it; those that
 * `Machine` binds are what the loop hands over.
 */
export abstract class MachineState extends MachineCore implements Bytes {
  readonly records: GlobalRecord[] = [];
  readonly nested: NestedCandidate[] = [];
  readonly persistent: PersistentId[] = [];
  /** Objects with the call that made them: the first of each global, and all of numpy.dtype. */
  made: MadeObject[] = [];
  /** What STOP gave back, as a cell. */
  result = { hi: 0, lo: 0 };
  /** What the state of a joblib wrapper says, when the loop came back with `array`; null where that is not all known. */
  arrayState: WrapperState | null = null;
  /** The class of joblib's wrapper has been named: the bytes of an array may follow, which plain pickle reads as opcodes. */
  namesWrapper = false;
  /** A wrapper was made with arguments: it may have attributes that its state does not set. */
  wrapperIsUnusual = false;
  /** What its offsets count in: the source, less what was left out, and before `origin` the view of the stream before. */
  view: { read(offset: number, length: number): Promise<Uint8Array> | Uint8Array } | null = null;
  /** In an unbuffered run: bytes that this reader drops, absolute. The driver splices them out and goes on. */
  drop: { readonly start: number; readonly end: number } | null = null;
  /** A line too long for the window: the driver looks for its end. */
  longLine: { readonly code: number; readonly start: number } | null = null;
  /** Receives what happens, in order: for a trace. An opcode that runs again reports it again. */
  observer: ((event: TraceEvent) => void) | null = null;
  /** Blocks that were fetched for values outside the window, which opcode they are for, and how much that is. */
  #sideFor = -1;
  #sideBytes = 0;
  #side: { offset: number; bytes: Uint8Array; last: boolean }[] = [];
  readonly texts = new CapturedTexts();
  readonly chains = new Chains(this);
  readonly indexByName = new Map<string, number>();
  /** Globals, by index, whose names another encoding reads otherwise: the index of the global that it names. */
  readonly twins = new Map<number, number>();
  /** Memo slots, by their digits, beyond what a number tells apart: what stands for each. */
  readonly hugeSlots = new Map<string, number>();
  readonly expectsArrays: boolean;
  readonly names: NameKnowledge;
  readonly source: { readonly size: number };
  /** Whether the call that was kept last was a usual one of a conditional callable. */
  lastUsual = false;
  preScanned = -1;
  nameCharacters = 0;
  /** Globals whose steps through the stream are reported. */
  strangers = 0;
  /** Index in `nested` by offset. */
  readonly nestedAt = new Map<number, number>();
  madeBulk = 0;
  /** How many objects were made when another machine went on with memo and objects; null: none has. */
  #lentMade: number | null = null;
  /** Memo slots below are known to be set. */
  #denseTo = 0;
  /** How often the class of joblib's wrapper was pushed and has not been called at once: a call may make one of it. */
  looseWrappers = 0;
  /** Whether a key holds objects that cannot be distinguished: each of those that the stream made may be it. */
  keysUnknown = false;
  /** The newest tuple of `_reconstructor` that made one: an older one, from the memo, pushes no class anew. */
  reconstructedFrom = -1;

  constructor(options: {
    readonly origin: number;
    readonly unbuffered: boolean;
    readonly arrays: boolean;
    readonly names: NameKnowledge;
    /** What it runs on, as far as it is known how much there is. */
    readonly source: { readonly size: number };
  }) {
    super(options.origin, options.unbuffered);
    this.expectsArrays = options.arrays;
    this.names = options.names;
    this.source = options.source;
  }

  /**
   * Goes on with the memo of another machine (Unpickler.load called again: the memo survives STOP). The globals it
   * knows are there, but have not been used yet. Long memos are not copied from stream to stream: the first machine
   * that goes on writes its slots behind those of the one before.
   */
  inherit(before: MachineState): void {
    const { memoCount } = before;
    if (before.#lentMade === null && before.#memoIsDense()) {
      before.#lentMade = before.made.length;
      this.memo = before.memo;
      this.sharedMemo = memoCount;
      this.#denseTo = memoCount;
      this.made = before.made;
    } else {
      const made = before.made.slice(0, before.#lentMade ?? before.made.length);
      this.memo = before.memo.copy();
      if (before.#lentMade !== null) this.memo.clearFrom(memoCount);
      this.made = made;
      this.handedOn += this.memo.capacity + made.length;
    }
    this.memoCount = memoCount;
    this.sparseMemo = new Map(before.sparseMemo);
    this.handedOn += (this.sparseMemo.size + before.records.length) * RECORD_PRICE;
    this.wrapperIsUnusual = before.wrapperIsUnusual;
    this.nodes = before.nodes;
    this.objects = before.objects;
    for (const [key, index] of before.indexByName) this.indexByName.set(key, index);
    for (const [index, twin] of before.twins) this.twins.set(index, twin);
    for (const [slot, key] of before.hugeSlots) this.hugeSlots.set(slot, key);
    for (const record of before.records) {
      if (record.watched) this.strangers += 1;
      this.records.push({
        ...record,
        chain: [...record.chain],
        holds: [...record.holds],
        count: 0,
        pushes: 0,
        calleeUses: 0,
        callCount: 0,
        calls: [],
        unusualCalls: 0,
        lostCalls: 0,
        alive: ALL,
        uses: new Map(),
        lastCall: null,
        lastFollow: null,
        usesLost: false,
      });
    }
  }

  /** Slots 0 to memoCount and no others are set, so that a machine that goes on sets further ones only. */
  #memoIsDense(): boolean {
    while (this.#denseTo < this.memoCount && this.memo.hiOf(this.#denseTo) !== KIND.hole) this.#denseTo += 1;
    return this.#denseTo >= this.memoCount && this.sparseMemo.size === 0;
  }

  bytesAt(offset: number, length: number): Uint8Array {
    const at = offset - this.base;
    if (at >= 0 && at + length <= this.end) return this.buffer.subarray(at, at + length);
    if (at >= 0 && this.atSourceEnd)
      return this.buffer.subarray(Math.min(at, this.end), Math.min(at + length, this.end));
    for (const block of this.#side) {
      const within = offset - block.offset;
      if (within < 0) continue;
      if (within + length <= block.bytes.length || (block.last && within <= block.bytes.length)) {
        return block.bytes.subarray(within, within + length);
      }
    }
    throw NeedBytes.of(offset, length);
  }

  /** Bytes fetched because of NeedBytes. The opcode runs again after each block, so that it needs all of its blocks. */
  addSide(offset: number, bytes: Uint8Array, last: boolean): void {
    const opcodeAt = this.base + this.opAt;
    if (opcodeAt !== this.#sideFor) {
      this.#sideFor = opcodeAt;
      this.#sideBytes = 0;
      this.#side.length = Math.min(this.#side.length, OLD_BLOCKS);
    }
    this.#sideBytes += bytes.length;
    if (this.#sideBytes > MAX_SIDE)
      throw new LimitError('MAX_SIDE', `the values of one opcode are spread over more than ${MAX_SIDE} bytes`);
    this.#side.unshift({ offset, bytes, last });
  }

  /** What lies behind `from` has moved: of fetched blocks only what lies before it still fits. */
  forgetSide(from: number): void {
    this.texts.forgetFrom(from);
    this.#side = this.#side.filter(({ offset }) => offset < from);
    for (const block of this.#side) {
      block.bytes = block.bytes.subarray(0, from - block.offset);
      block.last = false;
    }
  }

  /** The global that a cell stands for or was made by. */
  recordOf(kind: Kind, ref: number): GlobalRecord | undefined {
    const index = this.globalIndex(kind, ref);
    return index === null ? undefined : this.records[index];
  }

  /** The index of the global that a cell stands for or was made by. */
  globalIndex(kind: Kind, ref: number): number | null {
    if (kind === KIND.global) return ref;
    if (kind === KIND.object) return globalOf(ref);
    return kind === KIND.made ? (this.made[ref]?.record ?? null) : null;
  }

  madeNumber(index: number): number {
    return this.made[index]?.number ?? 0;
  }

  /** The number of the object that a cell stands for; null where it is none. */
  objectNumber(kind: Kind, ref: number): number | null {
    if (kind === KIND.object) return numberOf(ref);
    return kind === KIND.made ? this.madeNumber(ref) : null;
  }
}
