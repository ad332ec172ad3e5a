import { LimitError } from '../model/errors.js';
import type { StructSignal } from '../model/fact.js';
import {
  FIRST_MARKED,
  KIND,
  KIND_MASK,
  type Kind,
  MARK,
  Memo,
  NODE_BIT,
  Nodes,
  numberOf,
  Objects,
  packHi,
  PlacedCells,
  refOf,
} from './cells.js';
import { opcode } from './opcodes.js';
import { ALL, C_UNBUFFERED, type Alive } from './readers.js';
import type { NestedForm } from './record.js';
import { MAX_MEMO, MAX_SPARSE_MEMO, MAX_STACK } from '../model/limits.js';

/** Why the loop came back: it needs the window at `wantedAt`, an array of joblib follows, or it has ended. */
export type Status = 'more' | 'bytes' | 'array' | 'end';

/** Longest opcode header: the opcode and a length of eight bytes; and two bytes of payload, which are looked at. */
export const LOOKAHEAD = 11;
const NO_FRAME = Infinity;
/** Stands for every offset in the window that no 32-bit integer holds; `at` of the machine says which. */
export const FAR = 0x7fff_ffff;
/**
 * Thrown inside the loop when a value lies outside the window; the driver fetches it and runs the opcode again. There is
 * just one, caught where it is thrown from: a new error each time would write down the stack each time.
 */
export class NeedBytes extends Error {
  static readonly #only = new NeedBytes('bytes outside the window');
  offset = 0;
  length = 0;

  static of(offset: number, length: number): NeedBytes {
    const need = NeedBytes.#only;
    need.offset = offset;
    need.length = length;
    return need;
  }
}

export interface Signal {
  readonly offset: number;
  readonly detail: string;
  readonly about: number | undefined;
  count: number;
}

/**
 * The state of an unpickler at a window of its stream, on typed arrays. `loop.ts` runs it; what opcodes do are functions
 * in `operations/`, which the subclass `Machine` binds. Follows `_pickle.c` (load_*) and `pickle._Unpickler`, on whose differences see `readers.ts`.
 *
 * Offsets named `at` are relative to the window; all stored offsets are absolute in the source.
 */
export abstract class MachineCore {
  // The window: `buffer[0]` lies at absolute `base`; `end` bytes are valid; LOOKAHEAD readable bytes follow at the end
  // of the source, so that a header may be read before it is known to be cut.
  buffer: Uint8Array = new Uint8Array(0);
  base = 0;
  end = 0;
  atSourceEnd = false;

  /** Next opcode, relative to the window. */
  at = 0;
  /** The opcode that is being run, relative to the window. */
  opAt = 0;
  stack = new PlacedCells(16);
  sp = 0;
  marks = new Int32Array(16);
  markCount = 0;
  /** Values below are out of reach: the position of the topmost MARK. */
  fence = 0;
  memo = new Memo();
  memoCount = 0;
  /** Slots below belong to the machine of the stream before as well: they are copied before one gets another value. */
  sharedMemo = 0;
  /** What was copied to go on with the memo of the stream before: slots and made objects, and globals at their price. */
  handedOn = 0;
  /** Slots beyond the dense part, which only hostile streams use. */
  sparseMemo = new Map<number, { hi: number; lo: number; at: number }>();
  nodes = new Nodes();
  objects = new Objects();

  alive: Alive = ALL;
  protocol = 0;
  highestProtocol = 0;
  protoSeen = false;
  /** Absolute end of the current frame. */
  frameEnd = NO_FRAME;
  /** A reader without peek reads this stream otherwise; it needs a run of its own. */
  unbufferedDiffers = false;
  readonly seen = new Uint8Array(256);
  /** The kinds that opcodes push which are constants of a fixed length and have been used in this stream. */
  readonly quick = new Uint8Array(256);
  readonly signals = new Map<StructSignal, Signal>();
  /** States of two parts with plain names, by the record of the class that they are for: a signal where that is known. */
  readonly attributeStates = new Map<object, Signal>();
  steps = 0;

  stopped = false;
  /** Set when the stream ended otherwise than by STOP. */
  error: { readonly offset: number; readonly message: string } | null = null;
  /** Where the next window must begin, and how many bytes it must hold; absolute. */
  wantedAt = 0;
  wantedLength = 0;

  readonly origin: number;
  /** Run as the C unpickler on a file without peek, alone: frames matter to each read. */
  readonly unbuffered: boolean;

  constructor(origin: number, unbuffered: boolean) {
    this.origin = origin;
    this.unbuffered = unbuffered;
    if (unbuffered) this.alive = C_UNBUFFERED;
  }

  /** REDUCE, NEWOBJ or BUILD, where it is like many before it: false where it has to be run in full, and nothing is changed. */
  abstract routine(code: number): boolean;
  /** An opcode whose argument is no line; false when no reader goes on. */
  abstract operate(code: number): boolean;
  /** An opcode whose argument is a line; false as above or when the window must grow (`wantedAt` is set then). */
  abstract operateLine(code: number): boolean;
  /** Bytes that may be a pickle: called where their first two bytes look like one. */
  abstract noteNested(payload: number, length: number, form: NestedForm): void;
  abstract pushedGlobal(index: number): void;
  /** The number of the object that a made object is. */
  abstract madeNumber(index: number): number;
  /** What a memo slot held and what it holds from now on, for people. */
  abstract rewritten(slot: number, old: { hi: number; lo: number }, now: { hi: number; lo: number }): string;
  /** In an unbuffered run: looks at the next opcode's reads; false when the window must change. */
  abstract beforeUnbuffered(): boolean;
  abstract crossedFrame(): boolean;
  /** Some readers stop at this opcode. */
  abstract beforeDeath(): void;
  /** True while an array or a window is asked for. */
  pending: Status | null = null;

  /** `about`: the number of the global that it happens to. */
  signal(signal: StructSignal, offset: number, detail: string, about?: number): void {
    const known = this.signals.get(signal);
    if (known === undefined) this.signals.set(signal, { offset, detail, about, count: 1 });
    else known.count += 1;
  }

  /** These readers stop here. False when none is left. */
  kill(readers: Alive, signal: StructSignal, detail: string): boolean {
    const dying = this.alive & readers;
    if (dying === 0) return true;
    this.beforeDeath();
    this.alive &= ~readers;
    const offset = this.base + this.opAt;
    this.signal(signal, offset, detail);
    if (this.alive !== 0) return true;
    this.error = { offset, message: detail };
    return false;
  }

  /** As `kill`, for differences that honest files have too: a signal only when no reader is left. */
  giveUp(readers: Alive, detail: string): boolean {
    if ((this.alive & ~readers) === 0) return this.kill(readers, 'wrong-operand', detail);
    this.alive &= ~readers;
    return true;
  }

  fail(signal: StructSignal, detail: string): false {
    this.kill(ALL, signal, detail);
    return false;
  }

  push(kind: number, ref: number): void {
    if (this.sp >= this.stack.capacity) this.growStack();
    this.stack.hi[this.sp] = packHi(kind as Kind, ref);
    this.stack.lo[this.sp] = ref;
    this.stack.at[this.sp] = this.base + this.opAt;
    this.stack.marks[this.sp] = kind === KIND.global ? MARK.globals : kind === KIND.persistent ? MARK.data : 0;
    this.sp += 1;
  }

  /** Pushes what a call gave, with its marks. */
  pushObject(kind: number, ref: number, marks: number): void {
    this.push(kind, ref);
    this.stack.marks[this.sp - 1] = marks;
  }

  /** Marks of what a cell is or holds, wherever it lies. */
  marksOf(hi: number, lo: number): number {
    switch (hi & KIND_MASK) {
      case KIND.global:
        return MARK.globals;
      case KIND.persistent:
        return MARK.data;
      case KIND.object:
        return this.objects.marks(numberOf(refOf(hi, lo)));
      case KIND.made:
        return this.objects.marks(this.madeNumber(refOf(hi, lo)));
      default:
        return (hi & NODE_BIT) === 0 ? 0 : this.nodes.marks(refOf(hi, lo));
    }
  }

  /** A value that has marks comes out of the memo, or is doubled: its marks in the new slot. */
  fetched(hi: number, lo: number): number {
    const kind = hi & KIND_MASK;
    const ref = refOf(hi, lo);
    const marks = this.marksOf(hi, lo) | MARK.fetched;
    if (kind === KIND.object || kind === KIND.made) {
      this.objects.mark(kind === KIND.object ? numberOf(ref) : this.madeNumber(ref), MARK.shared);
    } else if ((kind & NODE_BIT) !== 0) {
      this.nodes.mark(ref, MARK.shared);
      if (this.isUnfinished(hi, lo)) return marks | MARK.unfinished;
    }
    return marks;
  }

  /**
   * Whether a container still lies in the slot where it was made, and may get further items there. Of one that the ring
   * has lost nobody knows.
   */
  isUnfinished(hi: number, lo: number): boolean {
    const kind = hi & KIND_MASK;
    if (kind === KIND.tuple || kind === KIND.frozenset) return false;
    const position = this.nodes.positionOf(refOf(hi, lo));
    if (position < 0) return true;
    if (position >= this.sp) return false;
    const { stack } = this;
    return (
      stack.hi[position] === hi && stack.lo[position] === lo && ((stack.marks[position] ?? 0) & MARK.fetched) === 0
    );
  }

  growStack(): void {
    if (this.stack.capacity >= MAX_STACK)
      throw new LimitError('MAX_STACK', `more than ${MAX_STACK} values on the stack`);
    this.stack.grow(this.sp + 1, MAX_STACK);
  }

  /** Takes the topmost MARK away and gives its position, or -1. */
  popMark(): number {
    if (this.markCount === 0) return -1;
    this.markCount -= 1;
    const mark = this.marks[this.markCount] ?? 0;
    this.fence = this.markCount > 0 ? (this.marks[this.markCount - 1] ?? 0) : 0;
    return mark;
  }

  memoPut(slot: number): boolean {
    const hi = this.stack.hi[this.sp - 1] ?? 0;
    const lo = this.stack.lo[this.sp - 1] ?? 0;
    const old = this.memoGet(slot);
    if (old.hi === KIND.hole) this.memoCount += 1;
    else if (old.hi !== hi || old.lo !== lo) {
      this.signal('memo-rewritten', this.base + this.opAt, this.rewritten(slot, old, { hi, lo }));
      if (slot < this.sharedMemo) {
        this.handedOn += this.memo.capacity;
        this.memo = this.memo.copy();
        this.sharedMemo = 0;
      }
    }
    const at = this.base + this.opAt;
    if (slot < this.memo.capacity) this.memo.set(slot, hi, lo, at);
    else if (slot <= this.memoCount * 2 + 4096) {
      if (this.memoCount >= MAX_MEMO) throw new LimitError('MAX_MEMO', `more than ${MAX_MEMO} memo slots`);
      this.memo.grow(slot + 1);
      this.memo.set(slot, hi, lo, at);
    } else {
      if (this.sparseMemo.size >= MAX_SPARSE_MEMO)
        throw new LimitError('MAX_SPARSE_MEMO', `more than ${MAX_SPARSE_MEMO} memo slots far from the others`);
      this.sparseMemo.set(slot, { hi, lo, at });
    }
    return true;
  }

  memoGet(slot: number): { hi: number; lo: number } {
    const hi = this.memo.hiOf(slot);
    if (hi !== KIND.hole) return { hi, lo: this.memo.loOf(slot) };
    return this.sparseMemo.get(slot) ?? { hi: KIND.hole, lo: 0 };
  }

  /** Offset of the opcode that put the value at a position of the stack there; older than a constant that was pushed there itself. */
  placedAt(position: number): number {
    return this.#whole(this.stack.at[position]);
  }

  /** The latest offset with this lower half: nothing lies more than 4 GiB apart but what only an explanation needs. */
  #whole(low: number | undefined): number {
    if (low === undefined) return 0;
    const now = this.base + this.opAt;
    return now - ((((now - low) % 0x1_0000_0000) + 0x1_0000_0000) % 0x1_0000_0000);
  }

  /** Offset of the opcode that filled a memo slot; 0 where that is not known. */
  storedAt(slot: number): number {
    return this.sparseMemo.get(slot)?.at ?? this.#whole(this.memo.at[slot]);
  }

  /** Pushes what a memo slot holds. */
  load(slot: number): boolean {
    const cell = this.memoGet(slot);
    if (cell.hi === KIND.hole) return this.fail('memo-missing', `memo slot ${slot} is read before it is written`);
    if (this.sp >= this.stack.capacity) this.growStack();
    this.stack.hi[this.sp] = cell.hi;
    this.stack.lo[this.sp] = cell.lo;
    this.stack.at[this.sp] = this.base + this.opAt;
    if ((cell.hi & KIND_MASK) >= FIRST_MARKED) this.stack.marks[this.sp] = this.fetched(cell.hi, cell.lo);
    this.sp += 1;
    if ((cell.hi & KIND_MASK) === KIND.global) this.pushedGlobal(cell.lo);
    return true;
  }

  /** A new node with the cells from `from` to the top, which are popped; the node is pushed. */
  pushNode(kind: number, from: number): void {
    const node = this.nodes.create(from);
    this.nodes.add(node, this.stack, from, this.sp);
    this.sp = from;
    this.push(kind, node);
  }

  /** First use of an opcode in this stream: does the declared protocol know it? */
  firstUse(code: number, offset: number): void {
    this.seen[code] = 1;
    const known = opcode(code);
    if (known === undefined || code === 0x80) return;
    if (known.protocol >= 2 && !this.protoSeen) {
      this.signal(
        'proto-missing',
        offset,
        `${known.name} belongs to protocol ${known.protocol}, and no PROTO stands before it`,
      );
    } else if (this.protoSeen && known.protocol > this.protocol) {
      this.signal(
        'opcode-newer-than-protocol',
        offset,
        `${known.name} belongs to protocol ${known.protocol}, declared is ${this.protocol}`,
      );
    }
  }

  /** The position up to which opcodes may run without a look at frame and window. */
  limit(): number {
    if (this.unbuffered && this.frameEnd !== NO_FRAME) return Math.min(this.at, FAR) | 0;
    // One access to `end`: a branch first taken at the last window would throw away what is optimised by then.
    const window = this.end - (this.atSourceEnd ? 0 : LOOKAHEAD);
    return Math.max(Math.min(window, this.frameEnd - this.base), -1) | 0;
  }

  /** At a limit: settles frames, asks for bytes, notices the end. Null: go on. */
  boundary(): Status | null {
    if (this.base + this.at >= this.frameEnd) {
      const clean = this.base + this.at === this.frameEnd || this.base + this.opAt >= this.frameEnd;
      if (!clean && !this.crossedFrame()) return 'end';
      this.frameEnd = NO_FRAME;
    }
    const more = this.atSourceEnd ? this.at > this.end : this.at + LOOKAHEAD > this.end;
    if (more && !this.atSourceEnd) return this.want(this.at, 1);
    if (more) {
      this.fail('truncated', `truncated: the argument of ${this.opcodeName()} ends behind the end of the data`);
      return 'end';
    }
    if (this.atSourceEnd && this.at === this.end) {
      this.opAt = this.at;
      this.fail('truncated', 'truncated: an opcode is expected, the data ends without STOP');
      return 'end';
    }
    if (this.unbuffered && this.frameEnd !== NO_FRAME && !this.beforeUnbuffered()) {
      return this.alive === 0 ? 'end' : 'more';
    }
    return null;
  }

  opcodeName(): string {
    return opcode(this.buffer[this.opAt] ?? 0)?.name ?? 'an opcode';
  }

  want(at: number, length: number): 'more' {
    this.wantedAt = this.base + at;
    this.wantedLength = length;
    this.at = at;
    return 'more';
  }

  readonly #kept = { sp: 0, markCount: 0, fence: 0 };

  /** Remembers the stack before an opcode that may have to run again. */
  keep(): void {
    this.#kept.sp = this.sp;
    this.#kept.markCount = this.markCount;
    this.#kept.fence = this.fence;
  }

  /** Back to before the opcode: what it had taken before it asked for bytes is there again when it runs anew. */
  again({ offset, length }: NeedBytes): 'bytes' {
    this.at = this.opAt;
    this.sp = this.#kept.sp;
    this.markCount = this.#kept.markCount;
    this.fence = this.#kept.fence;
    this.wantedAt = offset;
    this.wantedLength = length;
    return 'bytes';
  }

  /** What the loop comes back with when an opcode has ended the run, or asks for something. */
  leave(): Status {
    const status = this.pending ?? 'end';
    this.pending = null;
    return status;
  }

  growMarks(): void {
    if (this.marks.length >= MAX_STACK) throw new LimitError('MAX_STACK', `more than ${MAX_STACK} marks`);
    const marks = new Int32Array(Math.min(this.marks.length * 2, MAX_STACK));
    marks.set(this.marks);
    this.marks = marks;
  }
}

/** Whether values of a kind can be keys; what a call gave may be anything. */
export function canBeKey(kind: number): boolean {
  return kind !== KIND.list && kind !== KIND.dict && kind !== KIND.set && kind !== KIND.bytearray;
}

/** PROTO 2 to 5, or the start of a zip: what a nested pickle or checkpoint begins with. */
export function looksLikePickle(first: number, second: number): boolean {
  return (first === 0x80 && second >= 2 && second <= 5) || (first === 0x50 && second === 0x4b);
}
