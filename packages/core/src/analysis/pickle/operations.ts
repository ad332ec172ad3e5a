import { LimitError } from '../../model/errors.js';
import type { Call, CallVia, ChainStep, GlobalVia, Value } from '../../model/fact.js';
import { cut } from '../../model/escape.js';
import { Chains, nameOf, shown } from './chain.js';
import { KIND, KIND_MASK, NODE_BIT, kindOf, refOf, type Cell, type Kind } from './cells.js';
import {
  bulkOf,
  capture,
  floatAt,
  intAt,
  locate,
  MAX_NAME,
  SHOWN_DEPTH,
  sizeOf,
  textAt,
  type Bytes,
  type Text,
} from './constants.js';
import { readsOf, type Read } from './frames.js';
import { renderArguments, renderValue } from '../../model/render-value.js';
import { canBeKey, LOOKAHEAD, looksLikePickle, MachineCore, NeedBytes } from './machine.js';
import { ALL, ASCII, BYTES, C, C_UNBUFFERED, PYTHON, SINCE_3_14, UNTIL_3_13 } from './readers.js';
import {
  KEPT_CALLS,
  MAX_GLOBALS,
  MAX_NESTED,
  MAX_UNUSUAL_CALLS,
  type GlobalRecord,
  type MadeObject,
  type NestedCandidate,
  type NestedForm,
  type PersistentId,
} from './record.js';
import {
  floatReaders,
  intReaders,
  isAscii,
  isZero,
  latin1Text,
  longReaders,
  memoIndex,
  quotedString,
  rawUnicodeEscape,
  utf8,
  type NumberReaders,
} from './text.js';

/** What the machine asks about names; the catalogue answers. Names only, never how bad they are. */
export interface NameKnowledge {
  /** The name that CPython looks up instead while the protocol is below 3 (`_compat_pickle`). */
  mapPython2(module: string, name: string): { readonly module: string; readonly name: string } | null;
  /** A class or function that the allowlist knows. */
  isKnown(module: string, name: string): boolean;
  /** A class with slots whose default pickles set attributes one by one. */
  writesAttributeState(module: string, name: string): boolean;
  /** A callable whose calls are judged one by one by their arguments. */
  isConditional(module: string, name: string): boolean;
  /** True when these calls of a conditional callable all have the shape that honest writers give them. */
  isUsualCall(module: string, name: string, calls: readonly Call[]): boolean;
}

/** Longest line that must lie in the window as a whole (CWE-400): names, memo numbers. Longer constants are skipped. */
const MAX_LINE = 1 << 20;
/** Persistent IDs that are kept; a checkpoint has one for each tensor (CWE-770). */
const MAX_PERSISTENT = 1_000_000;
/** Those of them that are shown, where they are none of torch's storages. */
const SHOWN_PERSISTENT = 64;
/** A place that the stack does not have. */
const NOWHERE = -1;
/** Longest call within a step or a detail. */
const CALL_TEXT = 240;
/** Text up to this length is checked to be valid; beyond, the reader may fail where the machine goes on. */
const CHECKED_TEXT = 4096;
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const ODD_CHARACTERS = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;
const MAX_FRAME = 0x7fff_ffff_ffff_ffffn;

const NUMBERS: Readonly<Record<number, (line: string) => NumberReaders>> = {
  0x49: intReaders,
  0x4c: longReaders,
  0x46: floatReaders,
};
/** Whatever path leads to it: other modules hold joblib's class too (`joblib._store_backends`, `numpy_pickle.NumpyArrayWrapper`). */
const ARRAY_WRAPPER = /(?:^|\.)NumpyArrayWrapper$/;
/** What may be anything: called, patched, filled, a tuple, a str. All else is an instance of a builtin. */
const CALLABLE = new Set<Kind>([KIND.global, KIND.object, KIND.made, KIND.persistent]);
/** How bytes are written, where they do not stand as they are. */
const FORMS: Readonly<Partial<Record<number, NestedForm>>> = {
  0x53: 'quoted',
  0x56: 'line',
  0x58: 'text',
  0x8c: 'text',
  0x8d: 'text',
};
/** Named like this, a callable loads what it is given. */
const LOADER = /^_?load|loads$|_load_from_bytes|\.load$|^read_pickle$/;
/** What gives, unpacks or wraps the bytes that it is given first. */
const CARRIERS = new Set([
  '_io.BytesIO',
  'io.BytesIO',
  'builtins.bytes',
  'builtins.bytearray',
  '__builtin__.bytearray',
  'builtins.memoryview',
  'zlib.decompress',
  'gzip.decompress',
  'bz2.decompress',
  'lzma.decompress',
]);
/** Objects whose making is remembered with its arguments (CWE-770). */
const MAX_MADE = 65_536;
/** What their arguments may hold together, as `bulkOf` counts it (CWE-770): some 100 MB. */
const MAX_MADE_BULK = 1_000_000;
/** Characters of all different names of a stream, and of every look-up of a name that is longer than honest ones (CWE-770). */
const MAX_NAME_CHARACTERS = 16 * 2 ** 20;
const LONG_NAME = 1024;
/** Blocks outside the window that are kept from one opcode to the next, and bytes fetched for one opcode (CWE-770). */
const OLD_BLOCKS = 8;
const MAX_SIDE = 64 * 2 ** 20;
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

export class Machine extends MachineCore implements Bytes {
  readonly records: GlobalRecord[] = [];
  readonly nested: NestedCandidate[] = [];
  readonly persistent: PersistentId[] = [];
  /** Objects with the call that made them: the first of each global, and all of numpy.dtype. */
  made: MadeObject[] = [];
  /** What STOP gave back, as a cell. */
  result = { hi: 0, lo: 0 };
  /** State of a joblib wrapper, captured, when the loop came back with `array`. */
  arrayState: Value = { kind: 'unknown' };
  /** In an unbuffered run: bytes that this reader drops, absolute. The driver splices them out and goes on. */
  drop: { readonly start: number; readonly end: number } | null = null;
  /** A line too long for the window: the driver looks for its end. */
  longLine: { readonly code: number; readonly start: number } | null = null;
  /** Told what happens, in order: for a trace. An opcode that runs again tells it again. */
  observer: ((event: TraceEvent) => void) | null = null;
  /** Blocks that were fetched for values outside the window, which opcode they are for, and how much that is. */
  #sideFor = -1;
  #sideBytes = 0;
  readonly #side: { offset: number; bytes: Uint8Array; last: boolean }[] = [];
  readonly #chains = new Chains(this);
  readonly #index = new Map<string, number>();
  /** Globals, by index, whose names another encoding reads otherwise: the index of the global that it names. */
  readonly #twins = new Map<number, number>();
  /** Memo slots, by their digits, beyond what a number tells apart: what stands for each. */
  readonly #hugeSlots = new Map<string, number>();
  readonly #arrays: boolean;
  readonly #names: NameKnowledge;
  readonly #source: { readonly size: number };
  /** Whether the call that was kept last was a usual one of a conditional callable. */
  #lastUsual = false;
  #preScanned = -1;
  #nameCharacters = 0;
  /** Globals whose way through the stream is told. */
  #strangers = 0;
  /** Index in `nested` by offset. */
  readonly #nestedAt = new Map<number, number>();
  #madeBulk = 0;
  /** How many objects were made when another machine went on with memo and objects; null: none has. */
  #lentMade: number | null = null;
  /** Memo slots below are known to be set. */
  #denseTo = 0;
  /** How often the class of joblib's wrapper was pushed and has not been called at once: a call may make one of it. */
  #looseWrappers = 0;
  /** The newest tuple of `_reconstructor` that made one: an older one, from the memo, pushes no class anew. */
  #reconstructedFrom = -1;

  constructor(options: {
    readonly origin: number;
    readonly unbuffered: boolean;
    readonly arrays: boolean;
    readonly names: NameKnowledge;
    /** What it runs on, as far as it is known how much there is. */
    readonly source: { readonly size: number };
  }) {
    super(options.origin, options.unbuffered);
    this.#arrays = options.arrays;
    this.#names = options.names;
    this.#source = options.source;
  }

  /**
   * Goes on with the memo of another machine (Unpickler.load called again: the memo survives STOP). The globals it
   * knows are there, but have not been used yet. Long memos are not copied from stream to stream: the first machine
   * that goes on writes its slots behind those of the one before.
   */
  inherit(before: Machine): void {
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
    this.nodes = before.nodes;
    for (const [key, index] of before.#index) this.#index.set(key, index);
    for (const [index, twin] of before.#twins) this.#twins.set(index, twin);
    for (const [slot, key] of before.#hugeSlots) this.#hugeSlots.set(slot, key);
    for (const record of before.records) {
      if (record.watched) this.#strangers += 1;
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
      });
    }
  }

  /** Slots 0 to memoCount and no others are set, so that whoever goes on sets further ones only. */
  #memoIsDense(): boolean {
    while (this.#denseTo < this.memoCount && this.memo.hiOf(this.#denseTo) !== KIND.hole) this.#denseTo += 1;
    return this.#denseTo >= this.memoCount && this.sparseMemo.size === 0;
  }

  // --- bytes outside the window -------------------------------------------------------------------------------

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

  /** What lies behind `place` has moved: of fetched blocks only what lies before it still fits. */
  forgetSide(place: number): void {
    const kept = this.#side.filter(({ offset }) => offset < place);
    for (const block of kept) {
      block.bytes = block.bytes.subarray(0, place - block.offset);
      block.last = false;
    }
    this.#side.splice(0, this.#side.length, ...kept);
  }

  // --- opcodes ------------------------------------------------------------------------------------------------

  protected operate(code: number): boolean {
    switch (code) {
      case 0x80:
        return this.#proto();
      case 0x95:
        return this.#frame();
      case 0x2e:
        return this.#stop();
      case 0x30:
        return this.#pop();
      case 0x31:
        return this.#popToMark();
      case 0x32:
        return this.#dup();
      case 0x42:
      case 0x8e:
      case 0x96:
      case 0x54:
      case 0x55:
      case 0x8d:
      case 0x8b:
        return this.#sized(code);
      case 0x61:
      case 0x65:
        return this.#append(code);
      case 0x73:
      case 0x75:
        return this.#setItems(code);
      case 0x90:
        return this.#addItems();
      case 0x6c:
        return this.#fromMark(KIND.list);
      case 0x64:
        return this.#fromMark(KIND.dict);
      case 0x91:
        return this.#fromMark(KIND.frozenset);
      case 0x8f:
        this.push(KIND.set, this.nodes.create());
        return true;
      case 0x52:
        return this.#reduce();
      case 0x81:
        return this.#newObject(false);
      case 0x92:
        return this.#newObject(true);
      case 0x6f:
        return this.#obj();
      case 0x62:
        return this.#build();
      case 0x93:
        return this.#stackGlobal();
      case 0x82:
      case 0x83:
      case 0x84:
        return this.#extension(code);
      case 0x51:
        return this.#binaryPersistent();
      case 0x97:
        this.push(KIND.buffer, this.base + this.opAt);
        return true;
      case 0x98:
        return this.#readonlyBuffer();
      default:
        return this.fail('invalid-opcode', `invalid opcode 0x${code.toString(16).padStart(2, '0')}`);
    }
  }

  #underflow(): boolean {
    return this.fail('stack-underflow', `${this.opcodeName()} with too few values on the stack`);
  }

  #peek(depth: number): { hi: number; lo: number; kind: Kind; ref: number } | null {
    const at = this.sp - 1 - depth;
    if (at < this.fence) return null;
    const hi = this.stack.hi[at] ?? 0;
    const lo = this.stack.lo[at] ?? 0;
    return { hi, lo, kind: kindOf(hi), ref: refOf(hi, lo) };
  }

  #proto(): boolean {
    const version = this.buffer[this.at] ?? 0;
    const offset = this.base + this.opAt;
    this.at += 1;
    if (this.at > this.end) return true; // cut: the loop says so
    if (this.protoSeen) this.signal('proto-repeated', offset, `PROTO ${version} stands again`);
    else if (offset !== this.origin) this.signal('proto-misplaced', offset, `PROTO ${version} does not stand first`);
    if (version > 5) return this.fail('proto-unknown', `PROTO ${version}: the highest protocol is 5`);
    this.protoSeen = true;
    this.protocol = version;
    this.highestProtocol = Math.max(this.highestProtocol, version);
    return true;
  }

  /** Whether there are so many bytes. */
  #reaches(end: number): boolean {
    const { size } = this.#source;
    return Number.isFinite(size) ? end <= size : this.bytesAt(end - 1, 1).length > 0;
  }

  #frame(): boolean {
    const low = this.#u32(this.at);
    const high = this.#u32(this.at + 4);
    const start = this.base + this.at + 8;
    if (this.at + 8 > this.end) {
      this.at += 8;
      return true;
    }
    if ((BigInt(high) << 32n) + BigInt(low) > MAX_FRAME)
      return this.fail('frame-mismatch', 'FRAME is longer than 2^63 - 1');
    if (this.#crosses(this.at, this.at + 8) && !this.#crossNow()) return false;
    const length = high * 0x1_0000_0000 + low;
    const behind = start + length;
    // The C unpickler wants the whole frame to be there.
    if (length > 0 && !this.#reaches(behind)) {
      if (!this.kill(C, 'frame-mismatch', `FRAME of ${length} bytes is longer than the data`)) return false;
    }
    const rest = this.frameEnd - start;
    if (Number.isFinite(this.frameEnd) && rest > 0) {
      if (!this.kill(PYTHON, 'frame-mismatch', 'a FRAME begins before the frame around it has ended')) return false;
      if (length > rest && (this.alive & C_UNBUFFERED) !== 0) {
        if (!this.unbuffered) return this.#unbufferedLeaves() && this.#enterFrame(behind);
        if (!this.#reaches(this.frameEnd + length)) {
          return this.fail(
            'frame-mismatch',
            `FRAME of ${length} bytes, taken from behind the frame around it, is longer than the data`,
          );
        }
        this.drop = { start, end: this.frameEnd };
        this.at += 8;
        this.frameEnd = behind; // counted without the dropped bytes, which are gone by then
        this.want(this.at, 1);
        this.pending = 'more';
        return true;
      }
      this.at += 8;
      return true;
    }
    return this.#enterFrame(behind);
  }

  #enterFrame(behind: number): boolean {
    this.at += 8;
    this.frameEnd = behind > this.base + this.at ? behind : Infinity;
    return true;
  }

  #unbufferedLeaves(): boolean {
    this.unbufferedDiffers = true;
    return this.kill(
      C_UNBUFFERED,
      'reader-divergence',
      'a frame ends inside an argument: readers go on at different places',
    );
  }

  protected crossedFrame(): boolean {
    const crossing = this.#crossingRead();
    this.frameEnd = Infinity;
    if (crossing === null) return true;
    if (!this.kill(PYTHON, 'frame-mismatch', `the argument of ${this.opcodeName()} crosses the end of its frame`))
      return false;
    return crossing.piecewise || this.unbuffered || this.#unbufferedLeaves();
  }

  /** The read of the opcode at `opAt` that crosses the end of its frame; null where the frame ends between two reads. */
  #crossingRead(): Pick<Read, 'piecewise'> | null {
    const end = this.frameEnd - this.base;
    // A long line was read elsewhere: its opcode has left the window.
    const reads = this.opAt < 0 ? undefined : readsOf(this.buffer.subarray(0, this.end + LOOKAHEAD), this.opAt);
    if (reads === undefined) return { piecewise: false };
    return reads.find((read) => read.start < end && read.end > end) ?? null;
  }

  /** An opcode fails whose argument another reader would have taken from behind the frame. */
  protected override beforeDeath(): void {
    if (this.unbuffered || !Number.isFinite(this.frameEnd) || this.base + this.opAt >= this.frameEnd) return;
    const crossing = this.#crossingRead();
    if (crossing === null || crossing.piecewise) return;
    this.unbufferedDiffers = true;
  }

  protected beforeUnbuffered(): boolean {
    const end = this.frameEnd - this.base;
    if (this.at < this.#preScanned) return true;
    const reads = readsOf(this.buffer.subarray(0, this.end), this.at);
    if (reads === undefined) {
      if (this.atSourceEnd) return true;
      this.want(this.at, Math.min(MAX_LINE, Math.max(64, (this.end - this.at) * 2)));
      return false;
    }
    const crossing = reads.find((read) => read.start < end && read.end > end);
    if (crossing === undefined) return true;
    if (crossing.piecewise) {
      this.frameEnd = Infinity;
      return true;
    }
    this.drop = { start: this.base + crossing.start, end: this.frameEnd };
    this.frameEnd = Infinity;
    this.want(this.at, 1);
    return false;
  }

  #stop(): boolean {
    const top = this.#peek(0);
    if (top === null) return this.#underflow();
    this.observer?.({ kind: 'stop', offset: this.base + this.opAt, result: capture(this, top.hi, top.lo) });
    if (this.#strangers > 0) this.#chains.uses([top], (its) => (its === 'it' ? this.#step('returns it') : null));
    this.sp -= 1;
    this.result = { hi: top.hi, lo: top.lo };
    if (Number.isFinite(this.frameEnd) && this.frameEnd > this.base + this.at) {
      this.signal(
        'frame-mismatch',
        this.base + this.opAt,
        'STOP stands before its frame has ended: readers go on at different places',
      );
    }
    if (this.sp > 0 || this.markCount > 0) {
      this.signal(
        'values-left-at-stop',
        this.base + this.opAt,
        `${this.sp} values and ${this.markCount} marks are left on the stack at STOP`,
      );
      this.#dropped(0, this.sp);
    }
    this.stopped = true;
    return false;
  }

  /** Values that nothing will use: results of calls among them are worth a signal. */
  #dropped(from: number, to: number): void {
    for (let i = from; i < to; i += 1) {
      const kind = kindOf(this.stack.hi[i] ?? 0);
      if (kind !== KIND.object && kind !== KIND.made) continue;
      const known = this.signals.has('unused-call-result');
      const text = known ? '' : shown(capture(this, kind, this.stack.lo[i] ?? 0));
      this.signal('unused-call-result', this.base + this.opAt, `the result of ${text} is not used`);
    }
  }

  #pop(): boolean {
    if (this.markCount > 0 && this.fence === this.sp) {
      this.popMark();
      return true;
    }
    if (this.sp <= this.fence) return this.#underflow();
    this.#dropped(this.sp - 1, this.sp);
    this.sp -= 1;
    return true;
  }

  #popToMark(): boolean {
    const mark = this.popMark();
    if (mark < 0) return this.fail('mark-underflow', 'POP_MARK without a MARK');
    this.#dropped(mark, this.sp);
    this.sp = mark;
    return true;
  }

  #dup(): boolean {
    const top = this.#peek(0);
    if (top === null) return this.#underflow();
    this.push(top.kind, top.ref);
    if (top.kind === KIND.global) this.pushedGlobal(top.ref);
    return true;
  }

  #u32(at: number): number {
    const b = this.buffer;
    return ((b[at] ?? 0) | ((b[at + 1] ?? 0) << 8) | ((b[at + 2] ?? 0) << 16)) + (b[at + 3] ?? 0) * 0x100_0000;
  }

  /** Byte strings, long text and long ints: a length, then bytes that are jumped over. */
  #sized(code: number): boolean {
    const wide = code === 0x8e || code === 0x96 || code === 0x8d;
    const header = wide ? 8 : code === 0x55 ? 1 : 4;
    const payload = this.at + header;
    let length = header === 1 ? (this.buffer[this.at] ?? 0) : this.#u32(this.at);
    if (wide) {
      const high = this.#u32(this.at + 4);
      if (high >= 0x8000_0000) return this.fail('bad-number', `${this.opcodeName()} is longer than 2^63 - 1`);
      length += high * 0x1_0000_0000;
    }
    if ((code === 0x54 || code === 0x8b) && length >= 0x8000_0000)
      return this.fail('bad-number', `${this.opcodeName()} has a negative length`);
    const first = this.buffer[payload] ?? 0;
    const second = this.buffer[payload + 1] ?? 0;
    const kinds: Readonly<Record<number, Kind>> = {
      0x8e: KIND.bytes,
      0x42: KIND.bytes,
      0x96: KIND.bytearray,
      0x8d: KIND.text,
      0x8b: KIND.int,
    };
    if (code !== 0x8b && code !== 0x8d && looksLikePickle(first, second))
      this.noteNested(this.base + payload, length, 'bytes');
    if (code === 0x8d && first === 0xc2 && second === 0x80) this.noteNested(this.base + payload, length, 'text');
    this.push(kinds[code] ?? KIND.oldText, this.base + this.opAt);
    this.at = payload + length;
    return true;
  }

  // --- containers ---------------------------------------------------------------------------------------------

  #append(code: number): boolean {
    const many = code === 0x65;
    this.#observeItems('append', many ? this.fence : this.sp - 1);
    this.#tellItems('append', many ? this.#markPlace() : this.sp - 1);
    const from = many ? this.popMark() : this.sp - 1;
    if (from < 0 && many) return this.fail('mark-underflow', 'APPENDS without a MARK');
    if (from > this.sp || from <= this.fence) return this.#underflow();
    return this.#addTo(from, [KIND.list, KIND.bytearray, KIND.buffer], C);
  }

  #addItems(): boolean {
    this.#observeItems('append', this.fence);
    this.#tellItems('append', this.#markPlace());
    const mark = this.popMark();
    if (mark < 0) return this.fail('mark-underflow', 'ADDITEMS without a MARK');
    if (mark <= this.fence) return this.#underflow();
    if (kindOf(this.stack.hi[mark - 1] ?? 0) === KIND.set && !this.#hashable(mark, this.sp, 1))
      return this.fail('wrong-operand', 'ADDITEMS of a value that cannot be hashed');
    return this.#addTo(mark, [KIND.set], C);
  }

  /** Adds [from, top) to the container below; `idle` readers go on with a wrong container when there is nothing to add. */
  #addTo(from: number, kinds: readonly Kind[], idle: number): boolean {
    const hi = this.stack.hi[from - 1] ?? 0;
    const kind = kindOf(hi);
    const nothing = from === this.sp;
    if (!kinds.includes(kind) && !CALLABLE.has(kind)) {
      const dying = nothing ? PYTHON | (idle & SINCE_3_14) : PYTHON | C;
      if (!this.kill(dying, 'wrong-operand', `${this.opcodeName()} on a value that takes no items`)) return false;
    }
    if ((hi & NODE_BIT) !== 0) this.nodes.add(refOf(hi, this.stack.lo[from - 1] ?? 0), this.stack, from, this.sp);
    else if (!nothing) this.#noteItems(kind, this.stack.lo[from - 1] ?? 0);
    this.sp = from;
    return true;
  }

  /** Items run methods of the instance, which the shape of its calls says nothing about: that counts as another use. */
  #noteItems(kind: Kind, ref: number): void {
    const record = CALLABLE.has(kind) ? this.recordOf(kind, ref) : undefined;
    if (record?.conditional === true && kind !== KIND.global) record.pushes += 1;
  }

  #setItems(code: number): boolean {
    const many = code === 0x75;
    this.#observeItems('setitems', many ? this.fence : this.sp - 2);
    const items = this.#tellItems('setitems', many ? this.#markPlace() : this.sp - 2);
    const from = many ? this.popMark() : this.sp - 2;
    if (from < 0 && many) return this.fail('mark-underflow', 'SETITEMS without a MARK');
    if (from > this.sp || from <= this.fence) return this.#underflow();
    if (from === this.sp) return true;
    if ((this.sp - from) % 2 !== 0) return this.fail('wrong-operand', 'SETITEMS with a key that has no value');
    const hi = this.stack.hi[from - 1] ?? 0;
    const lo = this.stack.lo[from - 1] ?? 0;
    const kind = kindOf(hi);
    if (kind === KIND.dict) {
      if (!this.#hashable(from, this.sp, 2))
        return this.fail('wrong-operand', `${this.opcodeName()} with a key that cannot be hashed`);
      this.nodes.add(refOf(hi, lo), this.stack, from, this.sp);
    } else if (kind === KIND.global) {
      const record = this.records[lo];
      this.signal(
        'setitem-on-global',
        this.base + this.opAt,
        `items are set on ${nameOf(record)} itself: ${items}`,
        lo,
      );
    } else if (kind !== KIND.list && kind !== KIND.bytearray && kind !== KIND.buffer && !CALLABLE.has(kind)) {
      return this.fail('wrong-operand', `${this.opcodeName()} on a value that takes no items`);
    } else this.#noteItems(kind, lo);
    this.sp = from;
    return true;
  }

  /** Comes before anything changes: a value outside the window makes the opcode run again. */
  #observeItems(kind: 'setitems' | 'append', from: number): void {
    if (this.observer === null || from < 1 || from >= this.sp) return;
    const hi = this.stack.hi[from - 1] ?? 0;
    if (!CALLABLE.has(kindOf(hi))) return;
    const target = capture(this, hi, this.stack.lo[from - 1] ?? 0);
    this.observer({ kind, offset: this.base + this.opAt, target, state: this.#itemsFrom(kind, from) });
  }

  /** What is set or appended, as one value. */
  #itemsFrom(kind: 'setitems' | 'append', from: number): Value {
    const items = this.#cells(from, this.sp);
    const length = this.sp - from;
    const pairs = items.flatMap((item, i): (readonly [Value, Value])[] =>
      i % 2 === 0 ? [[item, items[i + 1] ?? { kind: 'unknown' }]] : [],
    );
    return kind === 'setitems'
      ? { kind: 'dict', items: pairs, length: Math.ceil(length / 2) }
      : { kind: 'list', items, length };
  }

  /** Where `popMark` would find the mark: what may have to run again must not take it away. */
  #markPlace(): number {
    return this.markCount === 0 ? 0 : this.fence;
  }

  /**
   * For the chains: items go into a global, or into what a call gave. Gives the items as text. Comes before anything
   * changes, as `#observeItems` does.
   */
  #tellItems(kind: 'setitems' | 'append', from: number): string {
    if (from < 1) return '';
    const hi = this.stack.hi[from - 1] ?? 0;
    const target = { kind: kindOf(hi), ref: refOf(hi, this.stack.lo[from - 1] ?? 0) };
    const record = CALLABLE.has(target.kind) ? this.recordOf(target.kind, target.ref) : undefined;
    if (record === undefined || from >= this.sp) return '';
    const isGlobal = target.kind === KIND.global;
    if (!record.told && !isGlobal && record.holds.length === 0 && this.#strangers === 0) return '';
    const items = isGlobal || record.told ? shown(this.#itemsFrom(kind, from)) : '';
    const its = isGlobal ? 'it' : 'its result';
    if (isGlobal || record.told) {
      const text = kind === 'setitems' ? `sets items on ${its}: ${items}` : `adds to ${its}: ${items}`;
      this.#chains.add(record, this.#step(text));
    }
    const holds = isGlobal ? record.holds : this.made[target.kind === KIND.made ? target.ref : -1]?.holds;
    const where = isGlobal ? nameOf(record) : `the result of ${nameOf(record)}`;
    for (let i = from; i < this.sp; i += 1) {
      const itemHi = this.stack.hi[i] ?? 0;
      const cell = { kind: kindOf(itemHi), ref: refOf(itemHi, this.stack.lo[i] ?? 0) };
      const key = kind === 'setitems' && (i - from) % 2 === 1 ? this.#keyText(i - 1) : '';
      this.#chains.uses([cell], (its_) => this.#step(`puts ${its_} into ${where}${key}`), holds);
      if (i - from > 64) break;
    }
    if (!isGlobal) this.#touch(record.holds, `fills an object of ${nameOf(record)}`, 'was put');
    return items;
  }

  #keyText(at: number): string {
    const hi = this.stack.hi[at] ?? 0;
    const kind = kindOf(hi);
    if (kind !== KIND.text && kind !== KIND.oldText) return '';
    return `, as ${shown(capture(this, hi, this.stack.lo[at] ?? 0))}`;
  }

  #step(text: string): ChainStep {
    return { opcode: this.opcodeName(), offset: this.base + this.opAt, text };
  }

  /** Something that holds globals is used: it may call them. */
  #touch(holds: readonly number[], use: string, how: 'was put' | 'went'): void {
    for (const index of holds) {
      const held = this.records[index];
      if (held !== undefined) this.#chains.add(held, this.#step(`${use}, into which it ${how}`));
    }
  }

  protected rewritten(slot: number, old: { hi: number; lo: number }, now: { hi: number; lo: number }): string {
    if (this.signals.has('memo-rewritten')) return '';
    const [before, after] = [old, now].map(({ hi, lo }) => shown(capture(this, hi, lo)));
    return `memo slot ${slot} held ${before ?? ''} and is given ${after ?? ''}`;
  }

  #hashable(from: number, to: number, step: number): boolean {
    for (let i = from; i < to; i += step) {
      if (!canBeKey((this.stack.hi[i] ?? 0) & KIND_MASK)) return false;
    }
    return true;
  }

  #fromMark(kind: Kind): boolean {
    const mark = this.popMark();
    if (mark < 0) return this.fail('mark-underflow', `${this.opcodeName()} without a MARK`);
    if (kind === KIND.dict && (this.sp - mark) % 2 !== 0)
      return this.fail('wrong-operand', 'DICT with a key that has no value');
    const step = kind === KIND.dict ? 2 : 1;
    if (kind !== KIND.list && !this.#hashable(mark, this.sp, step)) {
      return this.fail('wrong-operand', `${this.opcodeName()} of a value that cannot be hashed`);
    }
    this.pushNode(kind, mark);
    return true;
  }

  // --- globals ------------------------------------------------------------------------------------------------

  protected pushedGlobal(index: number): void {
    const record = this.records[index];
    if (record === undefined) return;
    record.pushes += 1;
    if (record.arrayWrapper) this.#looseWrappers += 1;
    const twin = this.records[this.#twins.get(index) ?? -1];
    if (twin !== undefined) twin.pushes += 1;
  }

  /** Whether nobody has vouched for a name, or its calls are judged one by one. */
  #isTold({ module, name, mapped, dynamic }: Pick<GlobalRecord, 'module' | 'name' | 'mapped' | 'dynamic'>): boolean {
    const target = mapped ?? { module, name };
    return (
      dynamic !== null ||
      !this.#names.isKnown(target.module, target.name) ||
      this.#names.isConditional(target.module, target.name)
    );
  }

  /** A reader looks this name up. Pushes the global. */
  #resolve(
    module: string,
    name: string,
    via: GlobalVia,
    alive: number,
    chain: () => readonly ChainStep[],
    dynamic: string | null = null,
  ): void {
    const walksDots = this.protocol >= 4;
    const mapped = this.protocol < 3 && dynamic === null ? this.#names.mapPython2(module, name) : null;
    const regime = dynamic === null ? (walksDots ? 'd' : mapped === null ? '' : 'm') : `${this.base + this.opAt}`;
    if (module.length + name.length > LONG_NAME) this.#countName(module.length + name.length);
    const key = `${regime}|${module}\0${name}`;
    const index =
      this.#index.get(key) ??
      this.#newRecord(key, {
        module,
        name,
        via,
        walksDots,
        mapped,
        dynamic,
        chain,
      });
    let record = this.records[index];
    if (record !== undefined) {
      // Known from the stream before only: here it is named for the first time.
      if (record.count === 0 && record.pushes === 0)
        this.records[index] = record = {
          ...record,
          via,
          offset: this.base + this.opAt,
          alive: 0,
          chain: record.told ? [...chain()] : [],
          moreSteps: 0,
        };
      if (record.count > 0 && record.told) this.#chains.add(record, this.#step('imports it again'));
      record.count += 1;
      record.pushes += 1;
      record.alive |= alive;
      if (record.arrayWrapper) this.#looseWrappers += 1;
    }
    this.push(KIND.global, index);
    this.observer?.({ kind: 'import', offset: this.base + this.opAt, module, name, dynamic, walksDots, mapped });
  }

  #newRecord(
    key: string,
    known: Pick<GlobalRecord, 'module' | 'name' | 'via' | 'walksDots' | 'mapped' | 'dynamic'> & {
      readonly chain: () => readonly ChainStep[];
    },
  ): number {
    if (this.records.length >= MAX_GLOBALS)
      throw new LimitError('MAX_GLOBALS', `more than ${MAX_GLOBALS} different globals in one stream`);
    const { module, name, mapped } = known;
    this.#countName(module.length + name.length);
    const told = this.#isTold(known);
    const chain = told ? [...known.chain()] : [];
    if (told) this.#strangers += 1;
    const conditional =
      known.dynamic === null &&
      (this.#names.isConditional(module, name) ||
        (mapped !== null && this.#names.isConditional(mapped.module, mapped.name)));
    const carries = module === '_codecs' ? 'text' : CARRIERS.has(`${module}.${name}`) ? 'bytes' : null;
    const dtype = name === 'dtype' && module === 'numpy';
    const arrayWrapper = known.dynamic === null && ARRAY_WRAPPER.test(name);
    // Field by field: copying an object with its closure costs more than all of the rest.
    this.records.push({
      module,
      name,
      via: known.via,
      walksDots: known.walksDots,
      mapped,
      dynamic: known.dynamic,
      chain,
      moreSteps: 0,
      told,
      watched: told,
      holds: [],
      offset: this.base + this.opAt,
      conditional,
      carries,
      dtype,
      arrayWrapper,
      routine:
        !told &&
        !conditional &&
        carries === null &&
        !dtype &&
        !arrayWrapper &&
        name !== '_reconstructor' &&
        name !== 'getattr' &&
        !LOADER.test(name),
      madeWithArguments: false,
      count: 0,
      pushes: 0,
      calleeUses: 0,
      callCount: 0,
      calls: [],
      unusualCalls: 0,
      lostCalls: 0,
      called: false,
      alive: 0,
    });
    this.#index.set(key, this.records.length - 1);
    return this.records.length - 1;
  }

  #countName(characters: number): void {
    this.#nameCharacters += characters;
    if (this.#nameCharacters > MAX_NAME_CHARACTERS)
      throw new LimitError('MAX_NAME_CHARACTERS', `more than ${MAX_NAME_CHARACTERS} characters of names in one stream`);
  }

  #checkName(module: string, name: string): void {
    if (module !== '' && name !== '' && !ODD_CHARACTERS.test(module + name)) return;
    this.signal(
      'malformed-name',
      this.base + this.opAt,
      'a module or name is empty or holds blanks, control characters or surrogates',
    );
  }

  #stackGlobal(): boolean {
    const name = this.#peek(0);
    const module = this.#peek(1);
    if (name === null || module === null) return this.#underflow();
    const parts = [module, name];
    if (parts.some((part) => part.kind !== KIND.text && part.kind !== KIND.oldText && !this.#mayBeText(part))) {
      return this.fail('wrong-operand', 'STACK_GLOBAL wants two strings');
    }
    if (parts.some((part) => CALLABLE.has(part.kind))) {
      const place = this.sp - 2;
      const steps = parts.flatMap((part, i) => this.#partSteps(i === 0 ? 'module' : 'name', place + i, part));
      const described = parts.map((part) => this.#partText(part.hi, part.lo)).join(' and ');
      const texts = parts.map((part) =>
        part.kind === KIND.text || part.kind === KIND.oldText ? textAt(this, part.ref, MAX_NAME) : null,
      );
      this.sp -= 2;
      const resolve = (names: readonly (string | null)[]): void => {
        const detail = `the name is computed while loading: ${described}`;
        this.#resolve(names[0] ?? '?', names[1] ?? '?', 'STACK_GLOBAL', this.alive, () => steps, detail);
      };
      const other = texts.map((text) => (text === null ? '?' : inUtf8(text)));
      const hasTwin = texts.some((text) => text !== null && text.other !== null) && !other.includes(null);
      if (hasTwin) resolve(other);
      this.#pairTwin(hasTwin, () => resolve(texts.map((text) => text?.value ?? null)));
      return true;
    }
    const texts = parts.map((part) => textAt(this, part.ref, MAX_NAME));
    const [moduleText, nameText] = texts;
    if (moduleText === undefined || nameText === undefined || moduleText === null || nameText === null) {
      return this.fail('malformed-name', 'STACK_GLOBAL with text that cannot be decoded');
    }
    if (parts.some((part) => part.kind === KIND.oldText) && !this.giveUp(BYTES, 'STACK_GLOBAL with bytes'))
      return false;
    // Only the first use of a name asks for it: the memo is searched for the names' slots.
    const place = this.sp - 2;
    const chain = (): readonly ChainStep[] =>
      parts.flatMap((part, i) => this.#chains.text(i === 0 ? 'module' : 'name', place + i, part.hi, part.lo));
    this.sp -= 2;
    if (moduleText.cut || nameText.cut) {
      this.signal('malformed-name', this.base + this.opAt, `a name longer than ${MAX_NAME} bytes`);
    }
    const otherModule = inUtf8(moduleText);
    const otherName = inUtf8(nameText);
    const hasTwin =
      otherModule !== null && otherName !== null && (moduleText.other !== null || nameText.other !== null);
    if (hasTwin) {
      this.#checkName(otherModule, otherName);
      this.#resolve(otherModule, otherName, 'STACK_GLOBAL', this.alive, chain);
    }
    this.#checkName(moduleText.value, nameText.value);
    this.#pairTwin(hasTwin, () => this.#resolve(moduleText.value, nameText.value, 'STACK_GLOBAL', this.alive, chain));
    return true;
  }

  /** The encoding of Python 2 strings decides on a name: the value that `resolve` pushes stands for the last one too. */
  #pairTwin(hasTwin: boolean, resolve: () => void): void {
    if (hasTwin) this.sp -= 1;
    const twin = this.stack.lo[this.sp] ?? 0;
    resolve();
    if (hasTwin) this.#twins.set(this.stack.lo[this.sp - 1] ?? 0, twin);
  }

  /** Known classes and functions are no text, and neither are instances of the classes. What a call gives may be text. */
  #mayBeText(part: { kind: Kind; ref: number }): boolean {
    if (!CALLABLE.has(part.kind)) return false;
    const record = this.recordOf(part.kind, part.ref);
    if (record === undefined || record.dynamic !== null) return true;
    const { module, name } = record.mapped ?? record;
    return !this.#names.isKnown(module, name) || (part.kind !== KIND.global && (record.called || name === 'str'));
  }

  /** A part of a computed name: what gives it. */
  #partText(hi: number, lo: number): string {
    const value = capture(this, hi, lo);
    if (value.kind === 'persistent') return `what persistent_load gives @${value.offset}`;
    return value.kind === 'call' ? `the result of ${shown(value)}` : shown(value);
  }

  #partSteps(what: string, at: number, part: { hi: number; lo: number; kind: Kind; ref: number }): ChainStep[] {
    if (part.kind === KIND.text || part.kind === KIND.oldText) return this.#chains.text(what, at, part.hi, part.lo);
    const made = part.kind === KIND.made ? this.made[part.ref] : undefined;
    const offset = made?.call.offset ?? (part.kind === KIND.persistent ? part.ref : null);
    const record = this.recordOf(part.kind, part.ref);
    if (record !== undefined) {
      const its = part.kind === KIND.global ? 'it' : 'its result';
      this.#chains.add(record, this.#step(`takes ${its} as the ${what} of another import`));
    }
    if (offset === null && record !== undefined && part.kind === KIND.global) {
      const gives = { opcode: record.via, offset: record.offset, text: `gives the ${what}: ${nameOf(record)}` };
      return [gives, ...this.#chains.memo(at, record.offset, `the ${what}`)];
    }
    if (offset === null) return this.#chains.memo(at, record?.offset ?? 0, `the ${what}`);
    const opcode = made?.call.via ?? this.#chains.opcodeAt(offset);
    const gives =
      part.kind === KIND.persistent
        ? `has persistent_load give the ${what}`
        : `gives the ${what}: ${this.#partText(part.hi, part.lo)}`;
    return [{ opcode, offset, text: gives }, ...this.#chains.memo(at, offset, `the ${what}`)];
  }

  #extension(code: number): boolean {
    const size = code === 0x82 ? 1 : code === 0x83 ? 2 : 4;
    if (this.at + size > this.end) {
      this.at += size;
      return true;
    }
    const b = this.buffer;
    const number =
      size === 1
        ? (b[this.at] ?? 0)
        : size === 2
          ? (b[this.at] ?? 0) | ((b[this.at + 1] ?? 0) << 8)
          : this.#u32(this.at) | 0;
    if (this.#crosses(this.at, this.at + size) && !this.#crossNow()) return false;
    this.at += size;
    const detail = `extension code ${number}: the loading process decides what it names`;
    this.signal('extension-code', this.base + this.opAt, detail);
    if (number <= 0) return this.fail('bad-number', `EXT code ${number} is not positive`);
    this.#resolve(
      'copyreg extension',
      String(number),
      size === 1 ? 'EXT1' : size === 2 ? 'EXT2' : 'EXT4',
      this.alive,
      () => [],
      detail,
    );
    return true;
  }

  #crosses(start: number, end: number): boolean {
    const frame = this.frameEnd - this.base;
    return start <= frame && end > frame && this.opAt < frame;
  }

  /** Settles a crossing before the opcode has an effect that only some readers see. */
  #crossNow(): boolean {
    return this.crossedFrame();
  }

  // --- calls --------------------------------------------------------------------------------------------------

  /** The global that a cell stands for or was made by. */
  recordOf(kind: Kind, ref: number): GlobalRecord | undefined {
    if (kind === KIND.made) return this.records[this.made[ref]?.record ?? -1];
    return kind === KIND.global || kind === KIND.object ? this.records[ref] : undefined;
  }

  /** Notes a call and gives the cell of its result. */
  #call(
    via: CallVia,
    callee: { kind: Kind; ref: number },
    args: () => { values: readonly Value[]; known: boolean },
    /** Where the callee lies on the stack, and the arguments or the tuple of them. */
    place: number,
    cells: readonly Cell[],
  ): { kind: Kind; ref: number } {
    const offset = this.base + this.opAt;
    const holds = this.#noteCall(via, callee, place, cells, args);
    const record = this.recordOf(callee.kind, callee.ref);
    if (record === undefined) {
      if (this.observer !== null) {
        const { values, known } = args();
        this.observer({
          kind: 'call',
          offset,
          via,
          callee: { kind: 'persistent', offset: callee.ref },
          args: values,
          known,
        });
      }
      this.#signalCalledResult(via, { kind: 'persistent', offset: callee.ref }, args);
      return { kind: KIND.persistent, ref: offset };
    }
    // getattr of a listed member of a listed class is that member; calling it is what honest writers do next.
    const member = callee.kind === KIND.made && record.name === 'getattr' && this.made[callee.ref]?.usual === true;
    if (callee.kind !== KIND.global && !member) {
      this.#signalCalledResult(via, capture(this, callee.kind, callee.ref), args, callee);
    }
    const on = callee.kind === KIND.global ? undefined : callee;
    const made = this.#keep(record, via, on, args);
    if (record.arrayWrapper) {
      record.madeWithArguments ||= (made?.args ?? args().values).length > 0;
      if (callee.kind === KIND.global) this.#looseWrappers -= 1;
    }
    if (this.observer !== null) {
      const { values, known } = made === null ? args() : { values: made.args, known: made.argsKnown };
      const called = capture(this, callee.kind, callee.ref);
      this.observer({ kind: 'call', offset, via, callee: called, args: values, known });
    }
    record.callCount += 1;
    if (via !== 'NEWOBJ' && via !== 'NEWOBJ_EX' && !record.arrayWrapper && !record.dtype) record.called = true;
    if (callee.kind === KIND.global) record.calleeUses += 1;
    const index = callee.kind === KIND.made ? (this.made[callee.ref]?.record ?? 0) : callee.ref;
    if (this.#twins.size > 0) this.#callTwin(index, made, callee.kind === KIND.global);
    if (made === null && this.observer !== null && this.made.length < MAX_MADE / 2) {
      // So that a trace can tell the objects apart; evidence has the other half for itself.
      this.made.push({
        record: index,
        call: { via, offset, args: [], argsKnown: false },
        size: 1,
        usual: false,
        text: null,
        state: null,
        holds,
        traced: true,
      });
      return { kind: KIND.made, ref: this.made.length - 1 };
    }
    if (made !== null) this.#madeBulk += made.args.reduce((sum, arg) => sum + bulkOf(arg), 1);
    if (made === null || this.made.length >= MAX_MADE || this.#madeBulk > MAX_MADE_BULK)
      return { kind: KIND.object, ref: index };
    const size = made.args.reduce((sum, arg) => sum + sizeOf(arg), made.on === undefined ? 1 : 1 + sizeOf(made.on));
    this.made.push({
      record: index,
      call: made,
      size,
      usual: this.#lastUsual,
      text: null,
      state: null,
      holds,
      traced: false,
    });
    return { kind: KIND.made, ref: this.made.length - 1 };
  }

  /** For the chains: where the callee comes from, and what is given to it. Gives the globals that its result may hold. */
  #noteCall(
    via: CallVia,
    callee: { kind: Kind; ref: number },
    place: number,
    cells: readonly Cell[],
    args: () => { values: readonly Value[]; known: boolean },
  ): number[] {
    const holds: number[] = [];
    const record = this.recordOf(callee.kind, callee.ref);
    const isGlobal = callee.kind === KIND.global;
    if (record?.told === true && record.calls.length < KEPT_CALLS) {
      const what = isGlobal ? nameOf(record) : 'its result';
      for (const step of this.#chains.memo(place, 0, what)) this.#chains.add(record, step);
    }
    if (this.#strangers === 0) return holds;
    let text: string | null = null;
    const call = (): string => {
      const { values, known } = args();
      const value =
        record === undefined ? null : isGlobal ? nameOf(record) : renderValue(capture(this, callee.kind, callee.ref));
      return cut(
        renderArguments(value ?? 'what persistent_load gives', values, {
          known,
          via,
          show: (item) => renderValue(item),
        }),
        CALL_TEXT,
      );
    };
    this.#chains.uses(cells, (its) => this.#step(`gives ${its} to ${(text ??= call())}`), holds);
    if (record !== undefined) this.#touch(record.holds, `calls ${nameOf(record)}`, 'was put');
    const made = callee.kind === KIND.made ? this.made[callee.ref] : undefined;
    if (made !== undefined) {
      this.#touch(made.holds, `calls the result of ${nameOf(record)}`, 'went');
      for (const index of made.holds) if (holds.length < made.holds.length && !holds.includes(index)) holds.push(index);
    }
    return holds;
  }

  #signalCalledResult(
    via: CallVia,
    on: Value,
    args: () => { values: readonly Value[]; known: boolean },
    callee: { kind: Kind; ref: number } | null = null,
  ): void {
    const offset = this.base + this.opAt;
    // Only the first one is shown.
    if (this.signals.has('call-of-call-result')) return this.signal('call-of-call-result', offset, '');
    const { values, known } = args();
    const text = renderArguments(renderValue(on), values, { known, via, show: (value) => renderValue(value) });
    const result =
      on.kind === 'persistent'
        ? 'what persistent_load gives'
        : `the result of ${nameOf(callee === null ? undefined : this.recordOf(callee.kind, callee.ref))}`;
    const about = callee === null ? undefined : callee.kind === KIND.made ? this.made[callee.ref]?.record : callee.ref;
    this.signal('call-of-call-result', offset, `${via} calls ${result}: ${cut(text, CALL_TEXT)}`, about);
  }

  /** The same call, of the name that another encoding gives. */
  #callTwin(index: number, call: Call | null, isItself: boolean): void {
    const twin = this.records[this.#twins.get(index) ?? -1];
    if (twin === undefined) return;
    twin.callCount += 1;
    if (isItself) twin.calleeUses += 1;
    if (call !== null && twin.calls.length < KEPT_CALLS) twin.calls.push(call);
  }

  /** Keeps a call as evidence: the first of each global, and every one of unusual shape. */
  #keep(
    record: GlobalRecord,
    via: CallVia,
    on: { kind: Kind; ref: number } | undefined,
    args: () => { values: readonly Value[]; known: boolean },
  ): Call | null {
    const first = record.calls.length < KEPT_CALLS;
    if (!first && !record.conditional && !record.dtype) return null;
    if (record.lostCalls > 0 && !record.dtype) {
      // Its calls are known to be incomplete: one more says nothing new.
      record.lostCalls += 1;
      return null;
    }
    const { values, known } = args();
    const call: Call = {
      via,
      offset: this.base + this.opAt,
      args: values,
      argsKnown: known,
      ...(on === undefined ? {} : { on: capture(this, on.kind, on.ref) }),
      ...(this.opcodeName() === via ? {} : { opcode: this.opcodeName() }),
    };
    const unusual = record.conditional && (!known || on !== undefined || !this.#isUsual(record, call));
    this.#lastUsual = record.conditional && !unusual;
    if (unusual) record.unusualCalls += 1;
    if (record.conditional && via !== 'BUILD') this.#watch(record, record.unusualCalls > 0);
    if (first || (unusual && record.unusualCalls <= MAX_UNUSUAL_CALLS)) record.calls.push(call);
    else if (unusual) record.lostCalls += 1;
    return call;
  }

  /** Whether opcodes are looked through for a global: that costs, and honest files have none that needs it. */
  #watch(record: GlobalRecord, watched: boolean): void {
    if (record.watched === watched) return;
    record.watched = watched;
    this.#strangers += watched ? 1 : -1;
  }

  /** By itself, or together with those before it: some shapes only show over several calls. */
  #isUsual(record: GlobalRecord, call: Call): boolean {
    const { module, name } =
      record.mapped !== null && !this.#names.isConditional(record.module, record.name) ? record.mapped : record;
    return (
      this.#names.isUsualCall(module, name, [call]) || this.#names.isUsualCall(module, name, [...record.calls, call])
    );
  }

  #argsOf(hi: number, lo: number): { values: readonly Value[]; known: boolean } {
    const value = capture(this, hi, lo);
    if (value.kind === 'tuple' || value.kind === 'list')
      return { values: value.items, known: value.items.length === value.length };
    return { values: [value], known: false };
  }

  /**
   * A call like many before it: of a class or function that the allowlist knows, whose first calls are kept, where nothing
   * is told of what is called. Counts it, and says whether there was one; `below`: how many values lie above the callee.
   */
  #routineCall(below: number, isNew: boolean): boolean {
    const place = this.sp - 1 - below;
    const hi = this.stack.hi[place] ?? 0;
    if (place < this.fence || kindOf(hi) !== KIND.global || this.observer !== null) return false;
    if (this.#strangers > 0 || this.#twins.size > 0) return false;
    const args = kindOf(this.stack.hi[this.sp - 1] ?? 0);
    if (args !== KIND.tuple && args !== KIND.emptyTuple) return false;
    const index = refOf(hi, this.stack.lo[place] ?? 0);
    const record = this.records[index];
    if (record === undefined || !record.routine || record.calls.length < KEPT_CALLS) return false;
    record.callCount += 1;
    record.calleeUses += 1;
    if (!isNew) record.called = true;
    this.sp = place;
    this.push(KIND.object, index);
    return true;
  }

  #reduce(): boolean {
    if (this.#routineCall(1, false)) return true;
    const args = this.#peek(0);
    const callee = this.#peek(1);
    if (args === null || callee === null) return this.#underflow();
    if (!CALLABLE.has(callee.kind)) return this.fail('wrong-operand', 'REDUCE of a value that cannot be called');
    if (!this.#argumentTuple(args.kind, 'REDUCE')) return false;
    this.#noteLoaderArguments(this.recordOf(callee.kind, callee.ref), args.hi, args.lo);
    const cls = this.#reconstructed(callee, args);
    let result = this.#call('REDUCE', callee, () => this.#argsOf(args.hi, args.lo), this.sp - 2, [args]);
    if (cls !== null) {
      result = this.#call('NEWOBJ', cls, () => ({ values: [], known: true }), NOWHERE, []);
      if (this.records[cls.ref]?.arrayWrapper === true && args.ref <= this.#reconstructedFrom) this.#looseWrappers += 1;
      this.#reconstructedFrom = Math.max(this.#reconstructedFrom, args.ref);
    }
    this.#noteContent(result, args);
    this.sp -= 2;
    this.push(result.kind, result.ref);
    return true;
  }

  /**
   * `copyreg._reconstructor(cls, object, None)`, the way of protocols 0 and 1 to make an instance without calling its
   * class (copyreg.py: `object.__new__(cls)`). Null for any other call.
   */
  #reconstructed(
    callee: { kind: Kind; ref: number },
    args: { kind: Kind; ref: number },
  ): { kind: Kind; ref: number } | null {
    const record = callee.kind === KIND.global ? this.records[callee.ref] : undefined;
    if (record?.name !== '_reconstructor' || (record.module !== 'copyreg' && record.module !== 'copy_reg')) return null;
    const [cls, base, state, ...more] = args.kind === KIND.tuple ? (this.nodes.items(args.ref) ?? []) : [];
    if (cls === undefined || base === undefined || state === undefined || more.length > 0) return null;
    const plain = kindOf(base.hi) === KIND.global ? this.records[base.lo] : undefined;
    const isObject = plain?.name === 'object' && (plain.module === 'builtins' || plain.module === '__builtin__');
    if (kindOf(cls.hi) !== KIND.global || !isObject || kindOf(state.hi) !== KIND.none) return null;
    return { kind: KIND.global, ref: cls.lo };
  }

  /**
   * Protocol 2 writes bytes as `_codecs.encode(text, 'latin1')`; others wrap or pack them. Remembers where the content
   * lies, which may be a pickle; what is packed is unpacked by whoever looks at it.
   */
  #noteContent(result: { kind: Kind; ref: number }, args: { kind: Kind; ref: number }): void {
    const made = result.kind === KIND.made ? this.made[result.ref] : undefined;
    const carries = this.records[made?.record ?? -1]?.carries ?? null;
    if (made === undefined || carries === null || args.kind !== KIND.tuple) return;
    const first = this.nodes.items(args.ref)?.[0];
    if (first === undefined) return;
    if (carries === 'bytes') made.text = this.#contentOf(first);
    else if (kindOf(first.hi) === KIND.text) made.text = refOf(first.hi, first.lo);
  }

  /** C wants a tuple; pure Python takes whatever can be unpacked. */
  #argumentTuple(kind: Kind, what: string): boolean {
    if (kind === KIND.tuple || kind === KIND.emptyTuple || CALLABLE.has(kind)) return true;
    const detail = `${what} with arguments that are no tuple`;
    const iterable =
      (kind & NODE_BIT) !== 0 ||
      kind === KIND.text ||
      kind === KIND.oldText ||
      kind === KIND.bytes ||
      kind === KIND.bytearray ||
      kind === KIND.buffer;
    return iterable ? this.kill(C, 'wrong-operand', detail) : this.fail('wrong-operand', detail);
  }

  #newObject(withKeywords: boolean): boolean {
    if (!withKeywords && this.#routineCall(1, true)) return true;
    const what = withKeywords ? 'NEWOBJ_EX' : 'NEWOBJ';
    const keywords = withKeywords ? this.#peek(0) : null;
    const args = this.#peek(withKeywords ? 1 : 0);
    const cls = this.#peek(withKeywords ? 2 : 1);
    if (args === null || cls === null || (withKeywords && keywords === null)) return this.#underflow();
    if (!CALLABLE.has(cls.kind)) return this.fail('wrong-operand', `${what} of a value that is no class`);
    if (!this.#argumentTuple(args.kind, what)) return false;
    if (keywords !== null && keywords.kind !== KIND.dict && !CALLABLE.has(keywords.kind)) {
      return this.fail('wrong-operand', 'NEWOBJ_EX with keyword arguments that are no dict');
    }
    const result = this.#call(
      what,
      cls,
      () => {
        const { values, known } = this.#argsOf(args.hi, args.lo);
        return keywords === null
          ? { values, known }
          : { values: [...values, capture(this, keywords.hi, keywords.lo)], known };
      },
      this.sp - (withKeywords ? 3 : 2),
      keywords === null ? [args] : [args, keywords],
    );
    this.sp -= withKeywords ? 3 : 2;
    this.push(result.kind, result.ref);
    return true;
  }

  #cells(from: number, to: number): readonly Value[] {
    const last = Math.min(to, from + 32);
    return Array.from({ length: Math.max(0, last - from) }, (_, i) =>
      capture(this, this.stack.hi[from + i] ?? 0, this.stack.lo[from + i] ?? 0),
    );
  }

  #stackCells(from: number, to: number): readonly Cell[] {
    return Array.from({ length: Math.max(0, Math.min(to, from + 32) - from) }, (_, i) => {
      const hi = this.stack.hi[from + i] ?? 0;
      return { kind: kindOf(hi), ref: refOf(hi, this.stack.lo[from + i] ?? 0) };
    });
  }

  #obj(): boolean {
    if (this.markCount === 0) return this.fail('mark-underflow', 'OBJ without a MARK');
    const mark = this.fence;
    if (this.sp - mark < 1) return this.#underflow();
    const hi = this.stack.hi[mark] ?? 0;
    const cls = { kind: kindOf(hi), ref: refOf(hi, this.stack.lo[mark] ?? 0) };
    if (!CALLABLE.has(cls.kind)) return this.fail('wrong-operand', 'OBJ of a value that is no class');
    if (this.protocol >= 2)
      this.signal(
        'legacy-instance-opcode',
        this.base + this.opAt,
        `OBJ in protocol ${this.protocol}: no pickler writes it`,
      );
    const result = this.#call(
      'OBJ',
      cls,
      () => ({
        values: this.#cells(mark + 1, this.sp),
        known: this.sp - mark <= 33,
      }),
      mark,
      this.#stackCells(mark + 1, this.sp),
    );
    this.popMark();
    this.sp = mark;
    this.push(result.kind, result.ref);
    return true;
  }

  /** The state of an object as `#routineCall` makes them. */
  #routineState(): boolean {
    const place = this.sp - 2;
    const hi = this.stack.hi[place] ?? 0;
    if (place < this.fence || kindOf(hi) !== KIND.object || this.observer !== null || this.#strangers > 0) return false;
    const record = this.records[refOf(hi, this.stack.lo[place] ?? 0)];
    if (record === undefined || !record.routine || record.holds.length > 0 || this.#looseWrappers > 0) return false;
    const state = this.stack.hi[this.sp - 1] ?? 0;
    // Two parts: attributes may be set one by one.
    if (kindOf(state) === KIND.tuple && this.nodes.count(refOf(state, this.stack.lo[this.sp - 1] ?? 0)) === 2)
      return false;
    this.sp -= 1;
    return true;
  }

  #build(): boolean {
    if (this.#routineState()) return true;
    const state = this.#peek(0);
    const target = this.#peek(1);
    if (state === null || target === null) return this.#underflow();
    const offset = this.base + this.opAt;
    if (target.kind === KIND.global) {
      const patched = this.records[target.ref];
      const name = nameOf(patched);
      const value = shown(capture(this, state.hi, state.lo));
      this.signal(
        'build-on-global',
        offset,
        `BUILD on ${name} itself with ${value}: it is patched for whatever uses it later`,
        target.ref,
      );
      if (patched !== undefined) this.#chains.add(patched, this.#step(`patches it with ${value}`));
      this.#chains.uses([state], (its) => this.#step(`puts ${its} into ${name}`), patched?.holds);
    } else if (!CALLABLE.has(target.kind) && state.kind !== KIND.none) {
      const dying = (this.#idleStateC(state) ? 0 : C) | (this.#idleStatePython(state) ? 0 : PYTHON);
      if (!this.kill(dying, 'wrong-operand', 'BUILD on a value that has no attributes')) return false;
    }
    if (this.observer !== null) {
      this.observer({
        kind: 'build',
        offset,
        target: capture(this, target.hi, target.lo),
        state: capture(this, state.hi, state.lo),
      });
    }
    const record = target.kind === KIND.global ? undefined : this.recordOf(target.kind, target.ref);
    if (record !== undefined) {
      this.#attributeState(record, state);
      this.#noteState(record, target, state);
      const made = target.kind === KIND.made ? this.made[target.ref] : undefined;
      if (record.conditional)
        this.#keep(record, 'BUILD', undefined, () => ({ values: [capture(this, state.hi, state.lo)], known: true }));
      if (made !== undefined && record.dtype) made.state = capture(this, state.hi, state.lo);
      // Where a call may have made a wrapper (`copyreg.__newobj__(NumpyArrayWrapper)`), nobody knows what an array is.
      const loose = !record.arrayWrapper && this.#looseWrappers > 0;
      if (this.#arrays && (record.arrayWrapper || loose)) {
        this.arrayState = loose ? { kind: 'unknown' } : capture(this, state.hi, state.lo);
        this.pending = 'array';
      }
    }
    this.sp -= 1;
    return true;
  }

  /** For the chains: an object is given its state, which its class may take apart as it likes. */
  #noteState(record: GlobalRecord, target: Cell, state: { hi: number; lo: number; kind: Kind; ref: number }): void {
    if (record.told && !record.conditional)
      this.#chains.add(record, this.#step(`sets the state of its result: ${shown(capture(this, state.hi, state.lo))}`));
    if (this.#strangers > 0)
      this.#chains.uses(
        [state],
        (its) => this.#step(`puts ${its} into the state of the result of ${nameOf(record)}`),
        target.kind === KIND.made ? this.made[target.ref]?.holds : undefined,
      );
    this.#touch(record.holds, `sets the state of an object of ${nameOf(record)}`, 'was put');
  }

  /** The two parts of a state, where it is a pair (`load_build`: state and slotstate). */
  #stateParts(state: Cell): readonly [Cell, Cell] | null {
    if (state.kind !== KIND.tuple) return null;
    // A forgotten tuple may be a pair of anything.
    if ((this.nodes.count(state.ref) ?? 2) !== 2) return null;
    const [first, second] = this.nodes.items(state.ref) ?? [];
    const cell = (item: { hi: number; lo: number } | undefined): Cell =>
      item === undefined ? { kind: KIND.object, ref: 0 } : { kind: kindOf(item.hi), ref: refOf(item.hi, item.lo) };
    return [cell(first), cell(second)];
  }

  /** A state that C does not try to set: None, and an empty dict of slots. */
  #idleStateC(state: Cell): boolean {
    const [own, slots] = this.#stateParts(state) ?? [state, null];
    if (own.kind !== KIND.none && !CALLABLE.has(own.kind)) return false;
    return (
      slots === null ||
      CALLABLE.has(slots.kind) ||
      (slots.kind === KIND.dict && (this.nodes.count(slots.ref) ?? 0) === 0)
    );
  }

  /** A state that pure Python does not try to set: whatever is false. */
  #idleStatePython(state: Cell): boolean {
    return (this.#stateParts(state) ?? [state]).every((part) => CALLABLE.has(part.kind) || this.#falsy(part));
  }

  /** False, zero, empty or None. */
  #falsy(state: Cell): boolean {
    switch (state.kind) {
      case KIND.none:
      case KIND.false:
      case KIND.emptyTuple:
      case KIND.buffer:
        return true;
      case KIND.int:
        return isZero(intAt(this, state.ref));
      case KIND.float:
        return floatAt(this, state.ref) === 0;
      case KIND.text:
      case KIND.oldText:
        return textAt(this, state.ref, 16)?.value === '';
      case KIND.bytes:
      case KIND.bytearray:
        return locate(this, state.ref).length === 0;
      case KIND.list:
      case KIND.dict:
      case KIND.set:
      case KIND.frozenset:
        return (this.nodes.count(state.ref) ?? 0) === 0;
      default:
        return false;
    }
  }

  /** A state of two parts, the second of which is set attribute by attribute (`load_build`: slotstate). */
  #attributeState(record: GlobalRecord, state: { kind: Kind; ref: number }): void {
    if (state.kind !== KIND.tuple || this.nodes.count(state.ref) !== 2) return;
    const items = this.nodes.items(state.ref);
    const first = kindOf(items?.[0]?.hi ?? 0);
    const second = items?.[1];
    if (second === undefined || kindOf(second.hi) !== KIND.dict || this.nodes.count(refOf(second.hi, second.lo)) === 0)
      return;
    if (first !== KIND.none && first !== KIND.dict) return;
    if (this.#names.writesAttributeState(record.module, record.name) && this.#plainNames(second)) return;
    this.signal(
      'attribute-state',
      this.base + this.opAt,
      `BUILD sets attributes of an instance of ${nameOf(record)}: ${shown(capture(this, second.hi, second.lo))}`,
      this.records.indexOf(record),
    );
  }

  /** Attribute names as a class would have them: no dunder, which would change what the object is. */
  #plainNames(state: { hi: number; lo: number }): boolean {
    const value = capture(this, state.hi, state.lo);
    return (
      value.kind === 'dict' &&
      value.items.length === value.length &&
      value.items.every(([key]) => key.kind === 'str' && !key.value.startsWith('__'))
    );
  }

  // --- persistent IDs and nested data -------------------------------------------------------------------------

  #binaryPersistent(): boolean {
    const id = this.#peek(0);
    if (id === null) return this.#underflow();
    // torch's IDs are flat: only a trace shows what lies deeper.
    const value = capture(this, id.hi, id.lo, this.observer === null ? SHOWN_DEPTH - 1 : 0);
    if (this.#strangers > 0) this.#chains.uses([id], (its) => this.#step(`gives ${its} to persistent_load`));
    this.#notePersistent(value);
    this.sp -= 1;
    // torch's older formats write a module's class so, and persistent_load gives the class itself.
    const parts = value.kind === 'tuple' && id.kind === KIND.tuple ? this.nodes.items(id.ref) : undefined;
    const cls = parts?.[1];
    const module = value.kind === 'tuple' && value.items[0]?.kind === 'str' && value.items[0].value === 'module';
    if (module && cls !== undefined && kindOf(cls.hi) === KIND.global) {
      this.push(KIND.global, cls.lo); // the same use goes on: it is no second one
    } else {
      this.push(KIND.persistent, this.base + this.opAt);
    }
    return true;
  }

  #notePersistent(id: Value): void {
    this.observer?.({ kind: 'persistent', offset: this.base + this.opAt, id });
    if (this.persistent.length >= MAX_PERSISTENT)
      throw new LimitError('MAX_PERSISTENT', `more than ${MAX_PERSISTENT} persistent IDs`);
    const items = id.kind === 'tuple' ? id.items : [];
    const [tag, type, key, location, elements] = items;
    const storage =
      tag?.kind === 'str' &&
      tag.value === 'storage' &&
      type?.kind === 'global' &&
      key?.kind === 'str' &&
      location?.kind === 'str' &&
      elements?.kind === 'int'
        ? { key: key.value, type: `${type.module}.${type.name}`, fields: items.length, elements: Number(elements.text) }
        : null;
    const module = tag?.kind === 'str' && tag.value === 'module' && items.length === 4 && type?.kind === 'global';
    const detail = storage !== null ? 'storage' : module ? 'module' : id.kind === 'str' ? 'text' : id.kind;
    const text = storage === null && this.persistent.length < SHOWN_PERSISTENT ? shown(id) : null;
    this.persistent.push({ offset: this.base + this.opAt, storage, detail, text });
  }

  protected noteNested(payload: number, length: number, form: NestedForm): void {
    if (length < 4) return;
    if (this.nested.length >= MAX_NESTED)
      throw new LimitError('MAX_NESTED', `more than ${MAX_NESTED} byte strings that may be pickles`);
    if (this.#nestedAt.has(payload)) return;
    this.#nestedAt.set(payload, this.nested.length);
    this.nested.push({ offset: payload, length, form, loaded: false });
  }

  /** Bytes handed to a loader are a pickle whatever they begin with. */
  #noteLoaderArguments(record: GlobalRecord | undefined, hi: number, lo: number): void {
    if (record === undefined || !LOADER.test(record.name)) return;
    const first = kindOf(hi) === KIND.tuple ? this.nodes.items(refOf(hi, lo))?.[0] : undefined;
    const content = first === undefined ? null : this.#contentOf(first);
    if (content === null) return;
    const place = locate(this, content);
    const step = this.#step(`gives them to ${nameOf(record)}`);
    this.#chains.add(record, { ...this.#step('loads the pickle in its argument'), bytes: place.start });
    const known = this.#nestedAt.get(place.start) ?? -1;
    const candidate = this.nested[known];
    if (candidate !== undefined) this.nested[known] = { ...candidate, loaded: true, loader: candidate.loader ?? step };
    else if (this.nested.length >= MAX_NESTED)
      throw new LimitError('MAX_NESTED', `more than ${MAX_NESTED} byte strings that may be pickles`);
    else {
      const form = FORMS[place.code] ?? 'bytes';
      this.#nestedAt.set(place.start, this.nested.length);
      this.nested.push({ offset: place.start, length: place.length, form, loaded: true, loader: step });
    }
  }

  /** Offset of the constant that holds the bytes of a value; null where no constant does. */
  #contentOf({ hi, lo }: { hi: number; lo: number }): number | null {
    const kind = kindOf(hi);
    if (kind === KIND.made) return this.made[refOf(hi, lo)]?.text ?? null;
    return kind === KIND.bytes || kind === KIND.bytearray || kind === KIND.oldText ? refOf(hi, lo) : null;
  }

  #readonlyBuffer(): boolean {
    const top = this.#peek(0);
    if (top === null) return this.#underflow();
    // bytes to those who read Python 2 strings as such.
    if (top.kind === KIND.oldText) return this.giveUp(ALL & ~BYTES, 'READONLY_BUFFER of text');
    const fits =
      CALLABLE.has(top.kind) || top.kind === KIND.buffer || top.kind === KIND.bytes || top.kind === KIND.bytearray;
    return fits || this.fail('wrong-operand', 'READONLY_BUFFER of a value that is no buffer');
  }

  // --- lines --------------------------------------------------------------------------------------------------

  protected operateLine(code: number): boolean {
    const newline = this.buffer.indexOf(10, this.at);
    if (newline < 0 || newline >= this.end) {
      if (!this.atSourceEnd) return this.#growForLine(code);
      return code === 0x63 || code === 0x69 ? this.#globalLines(code) : this.#missingNewline();
    }
    if (code === 0x63 || code === 0x69) return this.#globalLines(code);
    const line = this.buffer.subarray(this.at, newline);
    this.at = newline + 1;
    return this.#line(code, line);
  }

  #growForLine(code: number): boolean {
    // Every zip begins with this opcode: its bytes say soon that it is none, and no megabyte is read for it.
    if (code === 0x50 && !isAscii(this.buffer.subarray(this.at, this.end)))
      return this.fail('foreign-persistent-id', 'PERSID with bytes that are not ASCII');
    const have = this.end - this.opAt;
    if (have < MAX_LINE) {
      this.want(this.opAt, Math.max(256, have * 2));
      this.pending = 'more';
      return false;
    }
    const constant = code === 0x50 || code === 0x53 || code === 0x56 || code === 0x49 || code === 0x4c || code === 0x46;
    if (!constant)
      throw new LimitError('MAX_LINE', `the argument of ${this.opcodeName()} is longer than ${MAX_LINE} bytes`);
    this.longLine = { code, start: this.base + this.opAt };
    this.pending = 'more';
    this.want(this.opAt, 1);
    return false;
  }

  /** The driver found the end of a long constant line: its value is pushed unread. */
  finishLongLine(newline: number): void {
    const code = this.longLine?.code ?? 0;
    const start = this.longLine?.start ?? 0;
    this.longLine = null;
    if (code === 0x50) this.#notePersistent({ kind: 'str', value: '', length: newline - start - 1 });
    const kind =
      code === 0x50
        ? KIND.persistent
        : code === 0x53
          ? KIND.oldText
          : code === 0x56
            ? KIND.text
            : code === 0x46
              ? KIND.float
              : KIND.int;
    this.push(kind, start);
    this.at = newline + 1 - this.base;
  }

  #missingNewline(): boolean {
    this.at = this.end + 1; // behind the end: the loop says that the data is cut
    return true;
  }

  #line(code: number, line: Uint8Array): boolean {
    const offset = this.base + this.opAt;
    switch (code) {
      case 0x49:
      case 0x4c:
      case 0x46:
        return this.#number(code, line, offset);
      case 0x56: {
        if (line.length <= CHECKED_TEXT && line.includes(92) && rawUnicodeEscape(line) === null) {
          return this.fail('malformed-name', 'UNICODE with a broken escape');
        }
        if (looksLikePickle(line[0] ?? 0, line[1] ?? 0)) this.noteNested(offset + 1, line.length, 'line');
        this.push(KIND.text, offset);
        return true;
      }
      case 0x53: {
        const body = quotedString(line);
        if (body === null) return this.fail('malformed-name', 'STRING without quotes or with a broken escape');
        if (!isAscii(body) && !this.giveUp(ASCII, 'STRING with bytes that are not ASCII')) return false;
        this.push(KIND.oldText, offset);
        return true;
      }
      case 0x50: {
        if (!isAscii(line)) return this.fail('foreign-persistent-id', 'PERSID with bytes that are not ASCII');
        this.#notePersistent({ kind: 'str', value: latin1Text(line.subarray(0, 200)), length: line.length });
        this.push(KIND.persistent, offset);
        return true;
      }
      default:
        return this.#memoLine(code, line);
    }
  }

  #number(code: number, line: Uint8Array, offset: number): boolean {
    const kind = code === 0x46 ? KIND.float : KIND.int;
    if (code === 0x49 && line.length === 2 && line[0] === 0x30 && (line[1] === 0x30 || line[1] === 0x31)) {
      this.push(line[1] === 0x31 ? KIND.true : KIND.false, offset);
      return true;
    }
    if (!isPlainNumber(line, code)) {
      const readers = NUMBERS[code]?.(latin1Text(line));
      const bad =
        (readers?.cOld === true ? 0 : C & UNTIL_3_13) |
        (readers?.cNew === true ? 0 : C & SINCE_3_14) |
        (readers?.pythonOld === true ? 0 : PYTHON & UNTIL_3_13) |
        (readers?.pythonNew === true ? 0 : PYTHON & SINCE_3_14);
      if (
        bad !== 0 &&
        !this.kill(bad, 'bad-number', `${this.opcodeName()} with text that not every reader takes as a number`)
      )
        return false;
    }
    this.push(kind, offset);
    return true;
  }

  #memoLine(code: number, line: Uint8Array): boolean {
    let slot = 0;
    let plain = line.length > 0 && line.length < 10;
    for (let i = 0; plain && i < line.length; i += 1) {
      const digit = (line[i] ?? 0) - 48;
      if (digit < 0 || digit > 9) plain = false;
      slot = slot * 10 + digit;
    }
    if (!plain) {
      const index = memoIndex(latin1Text(line));
      const dying = (index.c === null ? C : 0) | (index.python === null ? PYTHON : 0);
      if (
        dying !== 0 &&
        !this.kill(dying, 'bad-number', `${this.opcodeName()} with text that not every reader takes as a memo number`)
      )
        return false;
      slot = index.python ?? index.c ?? 0;
      if (!Number.isSafeInteger(slot)) slot = this.#hugeSlot(latin1Text(line));
    }
    if (code === 0x67) return this.load(slot);
    if (this.sp <= this.fence) return this.#underflow();
    return this.memoPut(slot);
  }

  /** A number for a slot that pure Python tells from its neighbours, and a number does not. */
  #hugeSlot(line: string): number {
    const slot = line.replaceAll(/[\s_+]/g, '').replace(/^0+/, '');
    // Multiples of four at this height are numbers of their own, and no slot in a safe range is one of them.
    const key = this.#hugeSlots.get(slot) ?? 2 ** 54 + 4 * this.#hugeSlots.size;
    this.#hugeSlots.set(slot, key);
    return key;
  }

  /** GLOBAL and INST: two lines; pure Python also takes a last line without its newline, less its last byte. */
  #globalLines(code: number): boolean {
    const first = this.buffer.indexOf(10, this.at);
    const second = first < 0 || first >= this.end ? -1 : this.buffer.indexOf(10, first + 1);
    const whole = second >= 0 && second < this.end;
    if (!whole && !this.atSourceEnd) return this.#growForLine(code);
    if (code === 0x69 && this.markCount === 0 && !this.kill(C, 'mark-underflow', 'INST without a MARK')) return false;
    const moduleEnd = first < 0 || first >= this.end ? Math.max(this.at, this.end - 1) : first;
    const nameStart = first < 0 || first >= this.end ? this.end : first + 1;
    if (!whole) {
      // Inside a frame pure Python wants the newline too; where the frame has been read to its end it goes on behind it.
      const within = Math.min(this.frameEnd - this.base, this.end);
      const broken = Number.isFinite(this.frameEnd) && this.at < within && (first < 0 || first !== within - 1);
      if (!this.kill(broken ? PYTHON | C : C, 'truncated', `truncated: ${this.opcodeName()} without a final newline`))
        return false;
    }
    const nameEnd = whole ? second : Math.max(nameStart, this.end - 1);
    const moduleBytes = this.buffer.subarray(this.at, moduleEnd);
    const nameBytes = this.buffer.subarray(nameStart, nameEnd);
    if (whole && this.#crosses(this.at, second + 1) && !this.#crossNow()) return false;
    if (
      (moduleBytes.length === 0 || nameBytes.length === 0) &&
      !this.kill(C, 'malformed-name', `${this.opcodeName()} with an empty line`)
    )
      return false;
    const ascii = isAscii(moduleBytes) && isAscii(nameBytes);
    const module = ascii ? latin1Text(moduleBytes) : utf8(moduleBytes);
    const name = ascii ? latin1Text(nameBytes) : utf8(nameBytes);
    if (module === null || name === null || (code === 0x69 && !ascii)) {
      return this.fail('malformed-name', `${this.opcodeName()} with a name that cannot be decoded`);
    }
    this.#checkName(module, name);
    this.at = whole ? second + 1 : this.end;
    if (code === 0x63) {
      this.#resolve(module, name, 'GLOBAL', this.alive, () => []);
      return true;
    }
    return this.#inst(module, name);
  }

  #inst(module: string, name: string): boolean {
    if (this.protocol >= 1)
      this.signal(
        'legacy-instance-opcode',
        this.base + this.opAt,
        `INST in protocol ${this.protocol}: no pickler writes it`,
      );
    const hadMark = this.markCount > 0;
    const mark = hadMark ? this.fence : this.sp;
    const values = hadMark ? this.#cells(mark, this.sp) : [];
    const known = this.sp - mark <= 32;
    const cells = this.#stackCells(mark, this.sp);
    this.#resolve(module, name, 'INST', this.alive, () => []);
    this.sp -= 1;
    if (!hadMark) return this.fail('mark-underflow', 'INST without a MARK');
    const index = this.stack.lo[this.sp] ?? 0;
    const result = this.#call('INST', { kind: KIND.global, ref: index }, () => ({ values, known }), NOWHERE, cells);
    this.popMark();
    this.sp = mark;
    this.push(result.kind, result.ref);
    return true;
  }
}

/** A text as UTF-8 reads it; null where it is none. */
function inUtf8(text: Text): string | null {
  return text.ascii ? text.value : text.other;
}

/** Decimal digits with a sign, as every reader takes them; a leading zero is no such case. Floats: digits and one dot. */
function isPlainNumber(line: Uint8Array, code: number): boolean {
  let at = line[0] === 0x2d ? 1 : 0;
  let end = line.length;
  if (code === 0x4c && line[end - 1] === 0x4c) end -= 1;
  if (at >= end || end > 300) return false; // beyond 1e308 C refuses what Python calls inf
  if (line[at] === 0x30 && code !== 0x46 && end - at > 1) return false;
  let dots = 0;
  const start = at;
  for (; at < end; at += 1) {
    const byte = line[at] ?? 0;
    if (byte >= 48 && byte <= 57) continue;
    if (code !== 0x46 || byte !== 0x2e || dots > 0 || at === start) return false;
    dots += 1;
  }
  return true;
}
