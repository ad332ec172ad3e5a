import { LimitError } from '../../model/errors.js';
import type { StructSignal } from '../../model/fact.js';
import { KIND, KIND_MASK, Memo, Nodes, PlacedCells, refOf, SEGMENT_BITS, SEGMENT_MASK } from './cells.js';
import { opcode } from './opcodes.js';
import { ALL, C_UNBUFFERED, type Alive } from './readers.js';
import type { NestedForm } from './record.js';

/** Why the loop came back: it needs the window at `wantedAt`, an array of joblib follows, or it has ended. */
export type Status = 'more' | 'bytes' | 'array' | 'end';

/** Values on the stack at a time (CWE-770): a tuple of 10 million items is honest, 144 MB of stack are enough. */
const MAX_STACK = 24_000_000;
/** Memo slots in a row (CWE-770): 192 MB. A pickle that fills them takes ten times as much memory in Python. */
const MAX_MEMO = 32_000_000;
/** Slots far beyond the others: every pickler numbers them one by one. */
const MAX_SPARSE_MEMO = 65_536;
/** Longest opcode header: the opcode and a length of eight bytes; and two bytes of payload, which are looked at. */
export const LOOKAHEAD = 11;
const NO_FRAME = Infinity;
/** Stands for every place in the window that no 32-bit integer holds; `at` of the machine says which. */
const FAR = 0x7fff_ffff;
/** Texts up to here are skipped within 32 bits. */
const LONG_TEXT = 0x3fff_ffff;

/** Constants of a fixed length: what they push, and how many bytes of argument they have. */
const FIXED_CONSTANTS = [
  [0x4e, KIND.none, 0], // NONE
  [0x88, KIND.true, 0], // NEWTRUE
  [0x89, KIND.false, 0], // NEWFALSE
  [0x4b, KIND.int, 1], // BININT1
  [0x4d, KIND.int, 2], // BININT2
  [0x4a, KIND.int, 4], // BININT
  [0x47, KIND.float, 8], // BINFLOAT
  [0x29, KIND.emptyTuple, 0], // EMPTY_TUPLE
] as const;
const FIXED_KIND = new Uint8Array(256);
const FIXED_LENGTH = new Uint8Array(256);
for (const [code, kind, length] of FIXED_CONSTANTS) {
  FIXED_KIND[code] = kind;
  FIXED_LENGTH[code] = length;
}

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
 * The state of an unpickler and the loop over a window of its stream. The opcodes that make up nearly all of every
 * file are handled here, on typed arrays, without allocation; all others are methods of the subclass `Machine`
 * (in `operations.ts`). Follows `_pickle.c` (load_*) and `pickle._Unpickler`, on whose differences see `readers.ts`.
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

  /** An opcode outside the loop's own set; false when no reader goes on. */
  abstract operate(code: number): boolean;
  /** An opcode whose argument is a line; false as above or when the window must grow (`wantedAt` is set then). */
  abstract operateLine(code: number): boolean;
  /** Bytes that may be a pickle: called where their first two bytes look like one. */
  abstract noteNested(payload: number, length: number, form: NestedForm): void;
  abstract pushedGlobal(index: number): void;
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
    this.stack.hi[this.sp] = kind | (Math.floor(ref / 0x1_0000_0000) << 5);
    this.stack.lo[this.sp] = ref;
    this.stack.at[this.sp] = this.base + this.opAt;
    this.sp += 1;
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

  /** Offset of the opcode that put the value at a place of the stack there; older than a constant that was pushed there itself. */
  placedAt(place: number): number {
    return this.#whole(this.stack.at[place]);
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
    this.sp += 1;
    if ((cell.hi & KIND_MASK) === KIND.global) this.pushedGlobal(cell.lo);
    return true;
  }

  /** A new node with the cells from `from` to the top, which are popped; the node is pushed. */
  pushNode(kind: number, from: number): void {
    const node = this.nodes.create();
    this.nodes.add(node, this.stack, from, this.sp);
    this.sp = from;
    this.push(kind, node);
  }

  /** First use of an opcode in this stream: does the declared protocol know it? */
  private firstUse(code: number, offset: number): void {
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
  private limit(): number {
    if (this.unbuffered && this.frameEnd !== NO_FRAME) return Math.min(this.at, FAR) | 0;
    const window = this.atSourceEnd ? this.end : this.end - LOOKAHEAD;
    return Math.max(Math.min(window, this.frameEnd - this.base), -1) | 0;
  }

  /** At a limit: settles frames, asks for bytes, notices the end. Null: go on. */
  private boundary(): Status | null {
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
  #keep(): void {
    this.#kept.sp = this.sp;
    this.#kept.markCount = this.markCount;
    this.#kept.fence = this.fence;
  }

  run(): Status {
    this.#keep();
    try {
      return this.loop();
    } catch (error) {
      if (!(error instanceof NeedBytes)) throw error;
      this.at = this.opAt;
      // What the opcode had taken before it asked for bytes is there again when it runs anew.
      this.sp = this.#kept.sp;
      this.markCount = this.#kept.markCount;
      this.fence = this.#kept.fence;
      this.wantedAt = error.offset;
      this.wantedLength = error.length;
      return 'bytes';
    }
  }

  private loop(): Status {
    const buffer = this.buffer;
    const seen = this.seen;
    const quick = this.quick;
    const nodes = this.nodes;
    // Everything in here is a 32-bit integer: one float among them, and the compiler makes floats of all.
    const baseLow = (this.base % 0x1_0000_0000) | 0;
    const baseHigh = Math.floor(this.base / 0x1_0000_0000) << 5;
    /** Where the lower half of an offset starts again at 0. */
    const carryAt = Math.min(0x1_0000_0000 - (this.base % 0x1_0000_0000), FAR) | 0;
    let stackHi = this.stack.hi;
    let stackLo = this.stack.lo;
    let stackAt = this.stack.at;
    let at = Math.min(this.at, FAR) | 0;
    let sp = this.sp | 0;
    let fence = this.fence | 0;
    let limit = this.limit();
    let op = this.opAt | 0;
    let steps = 0;

    for (;;) {
      if (at >= limit) {
        if (at < FAR) this.at = at;
        this.opAt = op;
        this.sp = sp;
        this.#keep();
        const status = this.boundary();
        if (status !== null) {
          this.steps += steps;
          return status;
        }
        // In an unbuffered run inside a frame one opcode runs between two looks.
        limit = Math.max(this.limit(), this.at + 1) | 0;
        at = Math.min(this.at, FAR) | 0;
      }
      op = at;
      const code = buffer[at] as number;
      at += 1;
      steps += 1;
      if (sp >= stackHi.length) {
        this.sp = sp;
        this.growStack();
        stackHi = this.stack.hi;
        stackLo = this.stack.lo;
        stackAt = this.stack.at;
      }
      // Constants of a fixed length: the kind and the opcode's offset are all that is kept.
      let kind = quick[code] as number;
      if (kind !== 0) {
        at += FIXED_LENGTH[code] as number;
        stackHi[sp] = op >= carryAt ? kind + baseHigh + 32 : kind + baseHigh;
        stackLo[sp] = baseLow + op;
        sp += 1;
        continue;
      }
      if (seen[code] === 0) this.firstUse(code, this.base + op);

      switch (code) {
        // First use of a constant of a fixed length; from now on it is quick.
        case 0x4e: // NONE
        case 0x88: // NEWTRUE
        case 0x89: // NEWFALSE
        case 0x4b: // BININT1
        case 0x4d: // BININT2
        case 0x4a: // BININT
        case 0x47: // BINFLOAT
        case 0x29: // EMPTY_TUPLE
          kind = FIXED_KIND[code] as number;
          quick[code] = kind;
          at += FIXED_LENGTH[code] as number;
          break;

        // Constants that say how long they are.
        case 0x8a: // LONG1
          kind = KIND.int;
          at += 1 + (buffer[at] as number);
          break;
        case 0x8c: // SHORT_BINUNICODE
          kind = KIND.text;
          at += 1 + (buffer[at] as number);
          break;
        case 0x58: {
          // BINUNICODE
          const length = lengthAt(buffer, at);
          if (buffer[at + 4] === 0xc2 && buffer[at + 5] === 0x80) {
            this.opAt = op;
            this.noteNested(this.base + at + 4, length >>> 0, 'text');
          }
          kind = KIND.text;
          if (length < 0 || length > LONG_TEXT) {
            this.at = at + 4 + (length >>> 0);
            at = Math.min(this.at, FAR) | 0;
          } else at += 4 + length;
          break;
        }
        case 0x43: {
          // SHORT_BINBYTES
          const length = buffer[at] as number;
          if (looksLikePickle(buffer[at + 1] as number, buffer[at + 2] as number)) {
            this.opAt = op;
            this.noteNested(this.base + at + 1, length, 'bytes');
          }
          kind = KIND.bytes;
          at += 1 + length;
          break;
        }

        // Memo.
        case 0x94: {
          // MEMOIZE
          if (sp <= fence) {
            this.opAt = op;
            this.at = at;
            this.sp = sp;
            this.#keep();
            this.fail('stack-underflow', 'MEMOIZE with nothing on the stack');
            return 'end';
          }
          const slot = this.memoCount;
          const memo = this.memo;
          const place = slot & SEGMENT_MASK;
          const segment = memo.hi[slot >> SEGMENT_BITS];
          if (
            slot < memo.capacity &&
            segment !== undefined &&
            segment[place] === KIND.hole &&
            this.sparseMemo.size === 0
          ) {
            segment[place] = stackHi[sp - 1] as number;
            (memo.lo[slot >> SEGMENT_BITS] as Uint32Array)[place] = stackLo[sp - 1] as number;
            if (slot < memo.at.length) memo.at[slot] = (baseLow + op) | 0;
            this.memoCount = slot + 1;
          } else {
            this.sp = sp;
            this.opAt = op;
            this.#keep();
            this.memoPut(slot);
          }
          continue;
        }
        case 0x70: // PUT
        case 0x71: // BINPUT
        case 0x72: {
          // LONG_BINPUT
          let slot = buffer[at] as number;
          at += 1;
          if (code === 0x72) {
            slot = lengthAt(buffer, at - 1);
            at += 3;
          } else if (code === 0x70) {
            const end = digitsEnd(buffer, at - 1);
            if (end < 0) {
              at = op + 1;
              break;
            }
            slot = digitsValue(buffer, at - 1, end);
            at = end + 1;
          }
          if (sp <= fence) {
            this.opAt = op;
            this.at = at;
            this.sp = sp;
            this.#keep();
            this.fail('stack-underflow', `${this.opcodeName()} with nothing on the stack`);
            return 'end';
          }
          const memo = this.memo;
          const place = slot & SEGMENT_MASK;
          const segment = slot >= 0 && slot < memo.capacity ? memo.hi[slot >> SEGMENT_BITS] : undefined;
          if (segment !== undefined && segment[place] === KIND.hole && this.sparseMemo.size === 0) {
            segment[place] = stackHi[sp - 1] as number;
            (memo.lo[slot >> SEGMENT_BITS] as Uint32Array)[place] = stackLo[sp - 1] as number;
            if (slot < memo.at.length) memo.at[slot] = (baseLow + op) | 0;
            this.memoCount += 1;
          } else {
            this.sp = sp;
            this.opAt = op;
            this.#keep();
            this.memoPut(slot >>> 0);
          }
          continue;
        }
        case 0x67: // GET
        case 0x68: // BINGET
        case 0x6a: {
          // LONG_BINGET
          let slot = buffer[at] as number;
          at += 1;
          if (code === 0x6a) {
            slot = lengthAt(buffer, at - 1);
            at += 3;
          } else if (code === 0x67) {
            const end = digitsEnd(buffer, at - 1);
            if (end < 0) {
              at = op + 1;
              break;
            }
            slot = digitsValue(buffer, at - 1, end);
            at = end + 1;
          }
          const memo = this.memo;
          const place = slot & SEGMENT_MASK;
          const half =
            slot >= 0 && slot < memo.capacity
              ? ((memo.hi[slot >> SEGMENT_BITS] as Uint16Array)[place] as number)
              : KIND.hole;
          if (half === KIND.hole || half === KIND.global) {
            this.sp = sp;
            this.opAt = op;
            this.at = at;
            this.#keep();
            if (!this.load(slot >>> 0)) return 'end';
            sp = this.sp;
            continue;
          }
          stackHi[sp] = half;
          stackLo[sp] = (memo.lo[slot >> SEGMENT_BITS] as Uint32Array)[place] as number;
          stackAt[sp] = (baseLow + op) | 0;
          sp += 1;
          continue;
        }

        // Containers.
        case 0x28: // MARK
          if (this.markCount >= this.marks.length) this.growMarks();
          this.marks[this.markCount] = sp;
          this.markCount += 1;
          fence = sp;
          this.fence = sp;
          continue;
        case 0x5d: // EMPTY_LIST
          this.sp = sp;
          this.push(KIND.list, nodes.create());
          sp = this.sp;
          continue;
        case 0x7d: // EMPTY_DICT
          this.sp = sp;
          this.push(KIND.dict, nodes.create());
          sp = this.sp;
          continue;
        case 0x85: // TUPLE1
        case 0x86: // TUPLE2
        case 0x87: {
          // TUPLE3
          const from = sp - (code - 0x84);
          if (from < fence) {
            this.opAt = op;
            this.at = at;
            this.sp = sp;
            this.#keep();
            this.fail('stack-underflow', `${this.opcodeName()} with too few values on the stack`);
            return 'end';
          }
          nodes.seal(KIND.tuple, this.stack, from, sp);
          sp = from + 1;
          continue;
        }
        case 0x74: {
          // TUPLE
          this.sp = sp;
          this.opAt = op;
          this.at = at;
          const mark = this.popMark();
          fence = this.fence;
          if (mark < 0) {
            this.#keep();
            this.fail('mark-underflow', 'TUPLE without a MARK');
            return 'end';
          }
          if (mark === sp) {
            this.push(KIND.emptyTuple, this.base + op);
            sp = this.sp;
          } else {
            nodes.seal(KIND.tuple, this.stack, mark, sp);
            sp = mark + 1;
          }
          continue;
        }
        case 0x61: // APPEND
          if (sp - 1 > fence && ((stackHi[sp - 2] as number) & KIND_MASK) === KIND.list) {
            nodes.append(this.stack, sp - 2, sp - 1);
            sp -= 1;
            continue;
          }
          break;
        case 0x65: {
          // APPENDS
          const mark = fence;
          if (this.markCount > 0 && mark > 0 && ((stackHi[mark - 1] as number) & KIND_MASK) === KIND.list) {
            const outer = this.markCount > 1 ? (this.marks[this.markCount - 2] as number) : 0;
            if (mark > outer) {
              nodes.add(refOf(stackHi[mark - 1] as number, stackLo[mark - 1] as number), this.stack, mark, sp);
              this.markCount -= 1;
              fence = outer;
              this.fence = outer;
              sp = mark;
              continue;
            }
          }
          break;
        }

        case 0x6c: // LIST
        case 0x64: // DICT, with items: their keys are looked at elsewhere
          if (this.markCount > 0 && (code === 0x6c || fence === sp)) {
            const node = nodes.create();
            nodes.add(node, this.stack, fence, sp);
            this.sp = fence;
            this.opAt = op;
            this.push(code === 0x6c ? KIND.list : KIND.dict, node);
            sp = this.sp;
            this.popMark();
            fence = this.fence;
            continue;
          }
          break;
        case 0x73: // SETITEM
          if (
            sp - 2 > fence &&
            ((stackHi[sp - 3] as number) & KIND_MASK) === KIND.dict &&
            canBeKey((stackHi[sp - 2] as number) & KIND_MASK)
          ) {
            nodes.add(refOf(stackHi[sp - 3] as number, stackLo[sp - 3] as number), this.stack, sp - 2, sp);
            sp -= 2;
            continue;
          }
          break;

        // Text of protocol 0 and 1: what picklers write is read here, every other form in its own method.
        case 0x49: // INT
        case 0x4c: // LONG
        case 0x46: // FLOAT
        case 0x56: // UNICODE
        case 0x53: // STRING
        case 0x50: // PERSID
        case 0x63: // GLOBAL
        case 0x69: {
          // INST
          if (
            code === 0x49 &&
            buffer[at] === 0x30 &&
            buffer[at + 2] === 10 &&
            ((buffer[at + 1] as number) & 0xfe) === 0x30
          ) {
            // True and False of protocol 0 and 1.
            kind = buffer[at + 1] === 0x31 ? KIND.true : KIND.false;
            at += 3;
            break;
          }
          const end = plainEnd(buffer, code, at, this.end);
          if (end >= 0) {
            kind = code === 0x46 ? KIND.float : code === 0x56 ? KIND.text : KIND.int;
            at = end + 1;
          }
          break;
        }

        default:
          break;
      }

      if (kind !== 0) {
        stackHi[sp] = op >= carryAt ? kind + baseHigh + 32 : kind + baseHigh;
        stackLo[sp] = baseLow + op;
        sp += 1;
        continue;
      }

      // All that is not settled above: the machine's own state is brought up to date, and read again afterwards.
      this.sp = sp;
      this.opAt = op;
      this.at = at;
      this.steps += steps;
      steps = 0;
      this.#keep();
      if (!(IS_LINE[code] === 1 ? this.operateLine(code) : this.operate(code)) || this.pending !== null)
        return this.leave();
      at = Math.min(this.at, FAR) | 0;
      sp = this.sp;
      fence = this.fence;
      stackHi = this.stack.hi;
      stackLo = this.stack.lo;
      stackAt = this.stack.at;
      limit = this.limit(); // FRAME moves it
    }
  }

  private leave(): Status {
    if (this.pending === null) return 'end';
    const status = this.pending;
    this.pending = null;
    return status;
  }

  private growMarks(): void {
    if (this.marks.length >= MAX_STACK) throw new LimitError('MAX_STACK', `more than ${MAX_STACK} marks`);
    const marks = new Int32Array(Math.min(this.marks.length * 2, MAX_STACK));
    marks.set(this.marks);
    this.marks = marks;
  }
}

/** Four bytes, little endian, as a signed integer. */
function lengthAt(buffer: Uint8Array, at: number): number {
  return (
    (buffer[at] as number) |
    ((buffer[at + 1] as number) << 8) |
    ((buffer[at + 2] as number) << 16) |
    ((buffer[at + 3] as number) << 24)
  );
}

/** Whether values of a kind hash; what a call gave may be anything. */
export function canBeKey(kind: number): boolean {
  return kind !== KIND.list && kind !== KIND.dict && kind !== KIND.set && kind !== KIND.bytearray;
}

/** 1 for opcodes whose argument is a line of text, or two. */
const IS_LINE = Uint8Array.from({ length: 256 }, (_, code) => {
  const argument = opcode(code)?.argument;
  return argument === 'line' || argument === 'two-lines' ? 1 : 0;
});

/** Digits of a memo index that stay small integers. */
const MOST_INDEX_DIGITS = 9;
/** A plain number: one that no reader, at any precision, takes for too large. */
const MOST_DIGITS = 300;
/** A text that is looked at byte by byte. */
const MOST_PLAIN_TEXT = 256;

/** The newline behind a memo index as picklers write it, or -1. Windows end with a zero byte. */
function digitsEnd(buffer: Uint8Array, at: number): number {
  let end = at;
  let byte = buffer[end] as number;
  while (byte >= 48 && byte <= 57) {
    end += 1;
    byte = buffer[end] as number;
  }
  return byte === 10 && end > at && end - at <= MOST_INDEX_DIGITS ? end : -1;
}

function digitsValue(buffer: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = at; i < end; i += 1) value = (value * 10 + (buffer[i] as number) - 48) | 0;
  return value;
}

/** The newline behind an argument of INT, LONG, FLOAT or UNICODE that every reader takes as it stands; otherwise -1. */
function plainEnd(buffer: Uint8Array, code: number, start: number, windowEnd: number): number {
  let at = start;
  let byte = buffer[at] as number;
  if (code === 0x56) {
    if (byte === 0x80 || byte === 0x50) return -1; // may be a pickle or a zip
    const most = Math.min(windowEnd, start + MOST_PLAIN_TEXT);
    while (at < most && byte !== 10) {
      if (byte === 92) return -1;
      at += 1;
      byte = buffer[at] as number;
    }
    return at < most ? at : -1;
  }
  if (code !== 0x49 && code !== 0x4c && code !== 0x46) return -1;
  if (byte === 0x2d) {
    at += 1;
    byte = buffer[at] as number;
  }
  const first = at;
  while (byte >= 48 && byte <= 57) {
    at += 1;
    byte = buffer[at] as number;
  }
  const digits = at - first;
  if (digits === 0 || digits > MOST_DIGITS) return -1;
  if (code === 0x46) {
    if (byte === 0x2e) {
      do {
        at += 1;
        byte = buffer[at] as number;
      } while (byte >= 48 && byte <= 57);
    }
    return byte === 10 && at - first <= MOST_DIGITS ? at : -1;
  }
  // Leading zeros are octal, refused, or True and False.
  if (digits > 1 && buffer[first] === 0x30) return -1;
  if (code === 0x4c && byte === 0x4c) {
    at += 1;
    byte = buffer[at] as number;
  }
  return byte === 10 ? at : -1;
}

/** PROTO 2 to 5, or the start of a zip: what a nested pickle or checkpoint begins with. */
export function looksLikePickle(first: number, second: number): boolean {
  return (first === 0x80 && second >= 2 && second <= 5) || (first === 0x50 && second === 0x4b);
}
