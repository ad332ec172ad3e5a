import { LimitError } from '../model/errors.js';
import { MAX_OBJECTS } from '../model/limits.js';

/**
 * The machine's values. A value is a cell of 48 bits: 6 bits of kind and a reference of 42 bits, which is the byte
 * offset of the opcode that pushed a constant, or a number of a node, a global or an object. Constants are never copied
 * or decoded until somebody asks: a stream of millions of opcodes costs 6 bytes for each living value.
 */

export const KIND = {
  hole: 0, // an unset memo slot
  none: 1,
  true: 2,
  false: 3,
  int: 4,
  float: 5,
  text: 6, // str in every reader
  bytes: 7,
  bytearray: 8,
  emptyTuple: 9,
  oldText: 10, // STRING, BINSTRING: str or bytes, as the reader's encoding says
  buffer: 11,
  specialText: 12, // a text that begins with two underscores: a name that Python itself looks for
  specialOldText: 13,
  // From here on values have marks (see MARK).
  global: 16, // reference: index of the global
  object: 17, // what calling or instantiating a global gave; reference: its number and the index of the global
  persistent: 18, // what persistent_load gave; reference: offset of the opcode
  made: 19, // like object, with the call kept; reference: index of the made object
  // From here on: nodes; reference: number of the node. One bit tells them apart.
  tuple: 32,
  list: 33,
  dict: 34,
  set: 35,
  frozenset: 36,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];
export const NODE_BIT = 32;
export const KIND_MASK = 63;
const KIND_BITS = 6;
/** Kinds below are constants, which have no marks. */
export const FIRST_MARKED = 16;
/** Kinds from FIRST_MARKED on have one of these bits, those of constants none. */
const MARKED_BITS = 48;
/** One more in the upper half of a reference. */
export const HIGH_ONE = 1 << KIND_BITS;

/**
 * Marks of a stack slot: how the value came there and what it holds. They are meaningful for kinds from FIRST_MARKED on;
 * slots of constants keep whatever lay there before.
 */
export const MARK = {
  /** Out of the memo, or doubled: not the slot in which it was made. */
  fetched: 1,
  /** A state was built. */
  built: 2,
  /** Made by a call, not by `__new__` alone. */
  reduced: 4,
  /** It has been fetched from the memo, or doubled: something else may hold it. */
  shared: 16,
  /** Of a dict: a key of its own is a special name, may be one, or is no text. */
  specialKey: 32,
  // What it is or holds, over all depths; in the order of HOLDS.
  globals: 256,
  /** Results of callables that make inert values. */
  data: 512,
  /** Any other result of a call, and what a call of persistent_load gives. */
  open: 1024,
  /** A container, fetched while it is still being filled where it was made. */
  unfinished: 2048,
  /** Instances of pandas, which its own makers take. */
  kin: 4096,
  /** Objects that are no inert values, held by an inert value: the elements of an array. */
  inner: 8192,
  /** A dict with a special key (see special-names.ts). */
  special: 16384,
} as const;
/** The marks that a container takes over from what is put into it. */
export const CONTENT = MARK.globals | MARK.data | MARK.open | MARK.unfinished | MARK.kin | MARK.inner | MARK.special;
/** Objects that are no inert values, wherever they are. */
export const LIVE = MARK.open | MARK.kin | MARK.inner;

export interface Cell {
  readonly kind: Kind;
  readonly ref: number;
}

export function kindOf(hi: number): Kind {
  return (hi & KIND_MASK) as Kind;
}
export function refOf(hi: number, lo: number): number {
  return (hi >>> KIND_BITS) * 0x1_0000_0000 + lo;
}
/** The upper half of a cell; the lower is `ref >>> 0`. */
export function packHi(kind: Kind, ref: number): number {
  return ref < 0x1_0000_0000 ? kind : kind | (Math.floor(ref / 0x1_0000_0000) << KIND_BITS);
}
/** A str in every reader, or in some of them. */
export function isText(kind: Kind): boolean {
  return kind === KIND.text || kind === KIND.oldText || kind === KIND.specialText || kind === KIND.specialOldText;
}

/** A text of Python 2: bytes in some readers. */
export function isOldText(kind: Kind): boolean {
  return kind === KIND.oldText || kind === KIND.specialOldText;
}

/** References from here on do not fit into a cell: offsets behind 4 TB. */
export const MAX_REF = 2 ** 42;

/** The index of the global that made an object, and the number of the object, in one reference. */
const GLOBAL_BITS = 2 ** 17;
export function objectRef(global: number, number: number): number {
  return global + number * GLOBAL_BITS;
}
export function globalOf(ref: number): number {
  return ref & (GLOBAL_BITS - 1); // of the lower 32 bits
}
export function numberOf(ref: number): number {
  return Math.floor(ref / GLOBAL_BITS);
}

/** Short streams outgrow the little room that there is at first, and every step is a set of new arrays. */
function growth(capacity: number): number {
  return capacity < 256 ? 4 : 2;
}

/** Growable cells: upper and lower halves side by side. */
export class Cells {
  hi: Uint16Array;
  lo: Uint32Array;

  constructor(capacity: number) {
    this.hi = new Uint16Array(capacity);
    this.lo = new Uint32Array(capacity);
  }

  get capacity(): number {
    return this.hi.length;
  }

  copy(): Cells {
    const copy = new Cells(0);
    copy.hi = this.hi.slice();
    copy.lo = this.lo.slice();
    return copy;
  }

  /** By `growth` while small; by half when large, so that the peak while copying stays near the size itself; up to `most`. */
  grow(needed: number, most = Infinity): void {
    const now = this.hi.length;
    const next = Math.max(needed, Math.min(most, now < 1 << 20 ? now * growth(now) : now + (now >> 1)));
    const hi = new Uint16Array(next);
    hi.set(this.hi);
    this.hi = hi;
    const lo = new Uint32Array(next);
    lo.set(this.lo);
    this.lo = lo;
  }
}

/** References of tuples in the ring are counted from here, those of other nodes from 0; cells have 42 bits for both. */
const RING_BASE = 2 ** 41;
/** The upper half of a cell whose reference is `RING_BASE`, without its kind. */
const RING_HI = (RING_BASE / 0x1_0000_0000) << KIND_BITS;
const MOST_WEIGHT = 0xffff_ffff;
/** The header of a tuple in the ring: how many items, and above them the marks of what it holds, shifted by one bit. */
const HEADER_TOTAL = 0x7f;
const HEADER_MARKS = 1;
/** Positions up to here are small integers, and lie in the lower half of a cell alone. */
const NEAR = 0x3fff_ffff;

/** Slots whose opcodes are remembered (CWE-770): 4 MB. */
const MAX_PLACES = 1 << 20;

/** Cells with their marks, which remember where each was filled: the lower halves of the opcodes' offsets. */
export class PlacedCells extends Cells {
  at: Uint32Array;
  marks: Uint16Array;

  constructor(capacity: number) {
    super(capacity);
    this.at = new Uint32Array(Math.min(capacity, MAX_PLACES));
    this.marks = new Uint16Array(capacity);
  }

  override grow(needed: number, most = Infinity): void {
    super.grow(needed, most);
    this.marks = enlarged(this.marks, new Uint16Array(this.capacity));
    const length = Math.min(this.capacity, MAX_PLACES);
    if (length > this.at.length) this.at = enlarged(this.at, new Uint32Array(length));
  }
}

/** Slots of a segment of the memo, as a power of two. */
export const SEGMENT_BITS = 18;
const SEGMENT = 1 << SEGMENT_BITS;
export const SEGMENT_MASK = SEGMENT - 1;
const FIRST_SLOTS = 16;

/**
 * Memo slots. Long memos lie in segments, so that growing copies nothing: a pickle of 50 MB fills ten million slots. The
 * first segment starts small, for many streams are.
 */
export class Memo {
  readonly hi: Uint16Array[] = [new Uint16Array(FIRST_SLOTS)];
  readonly lo: Uint32Array[] = [new Uint32Array(FIRST_SLOTS)];
  /** Where each of the first slots was filled: the lower halves of the opcodes' offsets. */
  at = new Uint32Array(FIRST_SLOTS);
  /** Slots that there is room for. */
  capacity = FIRST_SLOTS;

  /** The upper half of a slot's cell; a hole where nothing was stored. */
  hiOf(slot: number): number {
    return this.hi[Math.floor(slot / SEGMENT)]?.[slot & SEGMENT_MASK] ?? KIND.hole;
  }

  loOf(slot: number): number {
    return this.lo[Math.floor(slot / SEGMENT)]?.[slot & SEGMENT_MASK] ?? 0;
  }

  /** Stores a cell in a slot below `capacity`. */
  set(slot: number, hi: number, lo: number, at: number): void {
    (this.hi[slot >> SEGMENT_BITS] as Uint16Array)[slot & SEGMENT_MASK] = hi;
    (this.lo[slot >> SEGMENT_BITS] as Uint32Array)[slot & SEGMENT_MASK] = lo;
    this.at[slot] = at; // beyond its end: without effect
  }

  /** Makes room for the slots below `needed`. */
  grow(needed: number): void {
    while (this.capacity < needed) {
      if (this.capacity < SEGMENT) {
        const length = this.capacity * growth(this.capacity);
        this.hi[0] = enlarged(this.hi[0] as Uint16Array, new Uint16Array(length));
        this.lo[0] = enlarged(this.lo[0] as Uint32Array, new Uint32Array(length));
        this.capacity = length;
      } else {
        this.hi.push(new Uint16Array(SEGMENT));
        this.lo.push(new Uint32Array(SEGMENT));
        this.capacity += SEGMENT;
      }
    }
    const room = Math.min(this.capacity, MAX_PLACES);
    if (room > this.at.length) this.at = enlarged(this.at, new Uint32Array(room));
  }

  copy(): Memo {
    const copy = new Memo();
    for (const [i, segment] of this.hi.entries()) copy.hi[i] = segment.slice();
    for (const [i, segment] of this.lo.entries()) copy.lo[i] = segment.slice();
    copy.at = this.at.slice();
    copy.capacity = this.capacity;
    return copy;
  }

  /** Makes holes of the slots from `first` on. */
  clearFrom(first: number): void {
    this.hi.forEach((segment, i) => {
      if ((i + 1) * SEGMENT > first) segment.fill(KIND.hole, Math.max(0, first - i * SEGMENT));
    });
  }
}

/**
 * Values at the top of the stack whose tuples and counts outlive the ring: the state of an array stands below its
 * elements, and of those there may be more than the ring holds.
 */
const LASTING_VALUES = 4096;
/** From here on a copy by the engine is faster than one by one, until that has been optimised. */
const MANY_ITEMS = 12;
/** Items of one node that are kept; the count of all of them is always exact. Enough for every state tuple seen. */
export const KEPT_ITEMS = 64;
/** Keys and values of one dict, or items of a long tuple, that are kept: a structure of numpy has a field for each column. */
export const KEPT_PAIRS = 2048;
/** Nodes and items kept at a time. What is older is forgotten: its contents become unknown, never wrong. */
/** Room at first, powers of two: many streams are tiny, some files hold thousands of them, and V8 keeps 64 bytes at hand. */
const FIRST_NODES = 8;
const FIRST_ITEMS = 16;
const MAX_NODES = 1 << 18;
const MAX_ITEMS = 1 << 20;

/** What is known of a container that the ring has lost and that was on the stack then. Its items are forgotten. */
interface HeldNode {
  count: number;
  weight: number;
  marks: number;
  position: number;
}

/**
 * Contents of tuples, lists, dicts and sets, in a ring: pickles use a tuple right after they build it, so that a
 * bounded memory loses nothing that honest or hostile streams use, and what is lost is known to be lost.
 */
export class Nodes {
  #capacity = FIRST_NODES;
  #start = new Float64Array(FIRST_NODES);
  #kept = new Uint16Array(FIRST_NODES);
  #room = new Uint16Array(FIRST_NODES);
  #count = new Float64Array(FIRST_NODES);
  #weight = new Float64Array(FIRST_NODES);
  /** Marks of what it holds, of its keys, and whether it was fetched. */
  #marks = new Uint16Array(FIRST_NODES);
  /** The marks of all nodes together. */
  #ever = 0;
  /** The stack slot in which it was made. */
  #position = new Int32Array(FIRST_NODES);
  /** The items of all nodes, in a ring. */
  readonly cells = new Cells(FIRST_ITEMS);
  /** Indexes of `cells` go round by it. */
  mask = FIRST_ITEMS - 1;
  /** How many items the tuple has that was opened last. */
  length = 0;
  #itemCapacity = FIRST_ITEMS;
  #next = 0;
  #itemNext = 0;
  /** Where the tuples on the stack are moved up again: twice in each turn of the full ring. */
  #moveAt = MAX_ITEMS / 2;
  /** Containers at the top of the stack, filled in when the ring of nodes loses them; their slots; when they are looked for again. */
  #held = new Map<number, HeldNode>();
  #heldSlots = new Uint8Array(0);
  #holdAt = MAX_NODES / 2;
  /** Weight of the heaviest node that holds nodes. */
  maxWeight = 0;

  /** A new node without items, for the slot `position` of the stack. */
  create(position: number): number {
    if (this.#next >= this.#capacity && this.#capacity < MAX_NODES) this.#growNodes();
    const number = this.#next;
    this.#next += 1;
    const slot = number & (this.#capacity - 1);
    if (number >= MAX_NODES && this.#heldSlots[slot] === 1) this.#lose(slot, number - this.#capacity);
    this.#start[slot] = this.#itemNext;
    this.#kept[slot] = 0;
    this.#room[slot] = 0;
    this.#count[slot] = 0;
    this.#weight[slot] = 1;
    this.#marks[slot] = 0;
    this.#position[slot] = position;
    return number;
  }

  /**
   * A node that never grows, with the cells [from, to) of `source`; puts its cell to `from`. Its count and weight lie in
   * the ring before the items, which makes the node that pickles are fullest of a single run of writes.
   */
  seal(kind: Kind, source: PlacedCells, from: number, to: number): void {
    const total = to - from;
    const sourceHi = source.hi;
    const sourceLo = source.lo;
    if (total > KEPT_ITEMS) {
      const number = this.create(from);
      this.add(number, source, from, to, KEPT_PAIRS);
      sourceHi[from] = packHi(kind, number);
      sourceLo[from] = number;
      source.marks[from] = 0;
      return;
    }
    if (this.#itemNext >= this.#moveAt) this.#moveTuples(source, to);
    if (this.#next >= this.#holdAt) this.#hold(source, to);
    const position = this.#itemNext;
    if (position + total >= this.#itemCapacity) this.#growRing(total + 1);
    const mask = this.#itemCapacity - 1;
    const { hi, lo } = this.cells;
    let at = position & mask;
    let marks = 0;
    let kinds = 0;
    for (let i = from; i < to; i += 1) {
      at = (at + 1) & mask;
      const half = sourceHi[i] as number;
      hi[at] = half;
      lo[at] = sourceLo[i] as number;
      if ((half & MARKED_BITS) === 0) continue;
      kinds |= half;
      marks |= source.marks[i] as number;
    }
    source.marks[from] = 0;
    if (kinds === 0) {
      hi[position & mask] = total;
      lo[position & mask] = total + 1;
      if (total >= this.maxWeight) this.maxWeight = total + 1;
    } else this.#sealMarked(position & mask, total, marks);
    this.#itemNext = position + total + 1;
    sourceHi[from] = position <= NEAR ? kind | RING_HI : packHi(kind, RING_BASE + position);
    sourceLo[from] = position;
  }

  /** Marks the containers that lie on the stack below `top` as ones to be known when the ring loses them. */
  #hold(stack: PlacedCells, top: number): void {
    const held = new Map<number, HeldNode>();
    if (this.#heldSlots.length === 0) this.#heldSlots = new Uint8Array(MAX_NODES);
    else this.#heldSlots.fill(0);
    for (let i = Math.max(0, top - LASTING_VALUES); i < top; i += 1) {
      const half = stack.hi[i] as number;
      if ((half & NODE_BIT) === 0) continue;
      const number = refOf(half, stack.lo[i] as number);
      if (number >= RING_BASE) continue;
      const isLost = number < this.#next - this.#capacity;
      const known = isLost ? this.#held.get(number) : { count: 0, weight: 1, marks: 0, position: -1 };
      if (known === undefined) continue;
      held.set(number, known);
      if (!isLost) this.#heldSlots[number & (MAX_NODES - 1)] = 1;
    }
    this.#held = held;
    this.#holdAt = this.#next + MAX_NODES / 2;
  }

  /** The ring is about to lose a container that is held. */
  #lose(slot: number, number: number): void {
    this.#heldSlots[slot] = 0;
    const held = this.#held.get(number);
    if (held === undefined) return;
    held.count = this.#count[slot] as number;
    held.weight = this.#weight[slot] as number;
    held.marks = this.#marks[slot] as number;
    held.position = this.#position[slot] as number;
  }

  /** Moves tuples that lie on the stack below `top` to the end of the ring. Nothing can change them, and so what they are stays. */
  #moveTuples(stack: PlacedCells, top: number): void {
    this.#growRing(LASTING_VALUES * (KEPT_ITEMS + 1));
    const mask = this.#itemCapacity - 1;
    const { hi, lo } = this.cells;
    for (let i = Math.max(0, top - LASTING_VALUES); i < top; i += 1) {
      const half = stack.hi[i] as number;
      if ((half & KIND_MASK) !== KIND.tuple) continue;
      const number = refOf(half, stack.lo[i] as number);
      if (number < RING_BASE || !this.alive(number)) continue;
      const room = this.#ringTotal(number) + 1;
      const old = number - RING_BASE;
      const position = this.#itemNext;
      for (let at = 0; at < room; at += 1) {
        hi[(position + at) & mask] = hi[(old + at) & mask] as number;
        lo[(position + at) & mask] = lo[(old + at) & mask] as number;
      }
      this.#itemNext = position + room;
      stack.hi[i] = packHi(KIND.tuple, RING_BASE + position);
      stack.lo[i] = position;
    }
    this.#moveAt = this.#itemNext + MAX_ITEMS / 2;
  }

  /** The header of a sealed node some of whose items have marks. */
  #sealMarked(header: number, total: number, own: number): void {
    const { hi, lo } = this.cells;
    const mask = this.#itemCapacity - 1;
    let weight = total + 1;
    let marks = own;
    for (let i = 1; i <= total; i += 1) {
      const half = hi[(header + i) & mask] as number;
      if ((half & NODE_BIT) === 0) continue;
      const low = lo[(header + i) & mask] as number;
      weight += this.#weightOfCell(half, low);
      marks |= this.#marksOfCell(half, low);
    }
    if (weight > this.maxWeight) this.maxWeight = weight;
    this.#ever |= marks & CONTENT;
    hi[header] = total | ((marks & CONTENT) >>> HEADER_MARKS);
    lo[header] = weight < MOST_WEIGHT ? weight : MOST_WEIGHT;
  }

  /** Adds the cell at `from` to the node that the cell at `target` of the same cells stands for. */
  append(source: PlacedCells, target: number, from: number): void {
    const high = source.hi[target] as number;
    const low = source.lo[target] as number;
    if (high > KIND_MASK || low < this.#next - this.#capacity) {
      this.add(refOf(high, low), source, from, from + 1);
      return;
    }
    const slot = low & (this.#capacity - 1);
    const kept = this.#kept[slot] as number;
    const half = source.hi[from] as number;
    let weight = (this.#weight[slot] as number) + 1;
    if ((half & KIND_MASK) >= FIRST_MARKED) {
      let marks = source.marks[from] as number;
      if ((half & NODE_BIT) !== 0) {
        weight += this.#weightOfCell(half, source.lo[from] as number);
        marks |= this.#marksOfCell(half, source.lo[from] as number);
      }
      this.#marks[slot] = (this.#marks[slot] as number) | (marks & CONTENT);
      this.#ever |= marks & CONTENT;
    }
    this.#count[slot] = (this.#count[slot] as number) + 1;
    this.#weight[slot] = weight;
    if (weight > this.maxWeight) this.maxWeight = weight;
    if (kept >= KEPT_ITEMS || (kept > 0 && !this.alive(low))) return;
    if (kept >= (this.#room[slot] as number)) this.#makeRoom(slot, kept, kept + 1);
    const at = ((this.#start[slot] as number) + kept) & (this.#itemCapacity - 1);
    this.cells.hi[at] = half;
    this.cells.lo[at] = source.lo[from] as number;
    this.#kept[slot] = kept + 1;
  }

  #weightOfCell(half: number, low: number): number {
    const next = this.#itemNext;
    if ((half & RING_HI) === 0 || next > NEAR) return this.weight(refOf(half, low));
    if (low < next - this.#itemCapacity) return 1;
    const weight = this.cells.lo[low & (this.#itemCapacity - 1)] as number;
    return weight < MOST_WEIGHT ? weight : Infinity;
  }

  #marksOfCell(half: number, low: number): number {
    return this.marks(refOf(half, low));
  }

  /** Marks of what a node holds; those that any node ever had where it is forgotten. */
  marks(number: number): number {
    if (number >= RING_BASE)
      return this.alive(number)
        ? ((this.cells.hi[this.#ringSlot(number)] as number) << HEADER_MARKS) & CONTENT
        : this.#ever & CONTENT;
    return number < this.#next - this.#capacity
      ? (this.#held.get(number)?.marks ?? this.#ever | MARK.shared)
      : (this.#marks[number & (this.#capacity - 1)] as number);
  }

  /** Adds marks to a node that is no tuple of the ring. */
  mark(number: number, marks: number): void {
    this.#ever |= marks;
    if (number >= RING_BASE) return;
    if (number < this.#next - this.#capacity) {
      const held = this.#held.get(number);
      if (held !== undefined) held.marks |= marks;
      return;
    }
    const slot = number & (this.#capacity - 1);
    this.#marks[slot] = (this.#marks[slot] as number) | marks;
  }

  /** The stack slot in which a node was made; -1 for tuples of the ring, and where it is forgotten. */
  positionOf(number: number): number {
    if (number >= RING_BASE) return -1;
    if (number < this.#next - this.#capacity) return this.#held.get(number)?.position ?? -1;
    return this.#position[number & (this.#capacity - 1)] as number;
  }

  alive(number: number): boolean {
    if (number >= RING_BASE) return number - RING_BASE >= this.#itemNext - this.#itemCapacity;
    if (number < this.#next - this.#capacity) return false;
    return (this.#start[number & (this.#capacity - 1)] ?? 0) >= this.#itemNext - this.#itemCapacity;
  }

  /** All items ever added; null where the node is forgotten. */
  count(number: number): number | null {
    if (number >= RING_BASE) return this.alive(number) ? this.#ringTotal(number) : null;
    return number < this.#next - this.#capacity
      ? (this.#held.get(number)?.count ?? null)
      : (this.#count[number & (this.#capacity - 1)] ?? 0);
  }

  /** How many objects a reader that copies instead of sharing would build; saturates at Infinity. */
  weight(number: number): number {
    if (number >= RING_BASE) {
      if (!this.alive(number)) return 1;
      const weight = this.cells.lo[this.#ringSlot(number)] ?? 1;
      return weight === MOST_WEIGHT ? Infinity : weight;
    }
    return number < this.#next - this.#capacity
      ? (this.#held.get(number)?.weight ?? 1)
      : (this.#weight[number & (this.#capacity - 1)] ?? 1);
  }

  /** The kept items, or undefined when they are forgotten. */
  items(number: number): readonly { hi: number; lo: number }[] | undefined {
    if (!this.alive(number)) return undefined;
    const inRing = number >= RING_BASE;
    const slot = inRing ? this.#ringSlot(number) : number & (this.#capacity - 1);
    const start = inRing ? slot + 1 : (this.#start[slot] ?? 0);
    const mask = this.#itemCapacity - 1;
    const length = inRing ? this.#ringTotal(number) : (this.#kept[slot] ?? 0);
    const { hi, lo } = this.cells;
    const items: { hi: number; lo: number }[] = [];
    for (let i = 0; i < length; i += 1)
      items.push({ hi: hi[(start + i) & mask] ?? 0, lo: lo[(start + i) & mask] ?? 0 });
    return items;
  }

  /**
   * Where a tuple's items begin in `cells`, where all of them are kept; -1 otherwise. Sets `length`. One call for a whole tuple: calls are most of what short streams cost.
   */
  open(number: number): number {
    const mask = this.#itemCapacity - 1;
    if (number >= RING_BASE) {
      const position = number - RING_BASE;
      if (position < this.#itemNext - this.#itemCapacity) return -1;
      const header = position & mask;
      this.length = (this.cells.hi[header] as number) & HEADER_TOTAL;
      return header + 1;
    }
    if (number < this.#next - this.#capacity) return -1;
    const slot = number & (this.#capacity - 1);
    const start = this.#start[slot] as number;
    const kept = this.#kept[slot] as number;
    const isKept = kept === 0 || start >= this.#itemNext - this.#itemCapacity;
    if (!isKept || kept < (this.#count[slot] as number)) return -1;
    this.length = kept;
    return start & mask;
  }

  /** How many of a node's items are kept. */
  keptOf(number: number): number {
    if (!this.alive(number)) return 0;
    return number >= RING_BASE ? this.#ringTotal(number) : (this.#kept[number & (this.#capacity - 1)] as number);
  }

  /** The halves of a kept item of a node that is alive. */
  itemHi(number: number, index: number): number {
    return this.cells.hi[this.#itemSlot(number, index)] as number;
  }

  itemLo(number: number, index: number): number {
    return this.cells.lo[this.#itemSlot(number, index)] as number;
  }

  #itemSlot(number: number, index: number): number {
    const start =
      number >= RING_BASE ? this.#ringSlot(number) + 1 : (this.#start[number & (this.#capacity - 1)] as number);
    return (start + index) & (this.#itemCapacity - 1);
  }

  #ringTotal(number: number): number {
    return (this.cells.hi[this.#ringSlot(number)] as number) & HEADER_TOTAL;
  }

  #ringSlot(number: number): number {
    return (number - RING_BASE) & (this.#itemCapacity - 1);
  }

  /** Adds the cells [from, to) of `source` to a node. A node that the ring has lost keeps no items, a sealed one stays sealed. */
  add(number: number, source: PlacedCells, from: number, to: number, most = KEPT_ITEMS): void {
    if (number >= RING_BASE) return;
    if (this.#itemNext >= this.#moveAt) this.#moveTuples(source, to);
    if (this.#next >= this.#holdAt) this.#hold(source, to);
    if (number < this.#next - this.#capacity) {
      const held = this.#held.get(number);
      if (held === undefined) return;
      const { weight, marks } = this.#added(source, from, to);
      held.count += to - from;
      held.weight += weight;
      held.marks |= marks;
      if (held.weight > this.maxWeight) this.maxWeight = held.weight;
      return;
    }
    const slot = number & (this.#capacity - 1);
    const total = to - from;
    this.#count[slot] = (this.#count[slot] ?? 0) + total;
    this.#addWeight(slot, source, from, to);
    const kept = this.#kept[slot] ?? 0;
    const more = Math.min(total, most - kept);
    if (more <= 0) return;
    if (kept > 0 && !this.alive(number)) return;
    if (kept + more > (this.#room[slot] ?? 0) || kept === 0) this.#makeRoom(slot, kept, kept + more);
    const mask = this.#itemCapacity - 1;
    const at = (this.#start[slot] ?? 0) + kept;
    const { hi, lo } = this.cells;
    const first = at & mask;
    if (more >= MANY_ITEMS && first + more <= this.#itemCapacity) {
      hi.set(source.hi.subarray(from, from + more), first);
      lo.set(source.lo.subarray(from, from + more), first);
    } else {
      for (let i = 0; i < more; i += 1) {
        hi[(at + i) & mask] = source.hi[from + i] ?? 0;
        lo[(at + i) & mask] = source.lo[from + i] ?? 0;
      }
    }
    this.#kept[slot] = kept + more;
  }

  /** Weight and marks of a node, with the cells that are added to it. */
  #addWeight(slot: number, source: PlacedCells, from: number, to: number): void {
    const { weight: more, marks } = this.#added(source, from, to);
    const weight = (this.#weight[slot] as number) + more;
    this.#weight[slot] = weight;
    this.#marks[slot] = (this.#marks[slot] as number) | marks;
    if (weight > this.maxWeight) this.maxWeight = weight;
  }

  /** What cells add to the node that takes them. */
  #added(source: PlacedCells, from: number, to: number): { readonly weight: number; readonly marks: number } {
    const { hi, lo } = source;
    let weight = to - from;
    let marks = 0;
    for (let i = from; i < to; i += 1) {
      const half = hi[i] as number;
      if ((half & MARKED_BITS) === 0) continue;
      marks |= source.marks[i] as number;
      if ((half & NODE_BIT) === 0) continue;
      weight += this.#weightOfCell(half, lo[i] as number);
      marks |= this.#marksOfCell(half, lo[i] as number);
    }
    this.#ever |= marks & CONTENT;
    return { weight, marks: marks & CONTENT };
  }

  #growRing(room: number): void {
    while (this.#itemNext + room > this.#itemCapacity && this.#itemCapacity < MAX_ITEMS) {
      const capacity = this.#itemCapacity * growth(this.#itemCapacity);
      this.cells.grow(capacity);
      this.#itemCapacity = capacity;
      this.mask = capacity - 1;
    }
  }

  /** Moves a node's items to the end of the ring, with room to grow: a list that grows one by one moves rarely. */
  #makeRoom(slot: number, kept: number, needed: number): void {
    const room = kept === 0 ? needed : Math.max(needed, Math.min(KEPT_ITEMS, kept * 4));
    this.#growRing(room);
    const mask = this.#itemCapacity - 1;
    const old = this.#start[slot] ?? 0;
    const { hi, lo } = this.cells;
    for (let i = 0; i < kept; i += 1) {
      hi[(this.#itemNext + i) & mask] = hi[(old + i) & mask] ?? 0;
      lo[(this.#itemNext + i) & mask] = lo[(old + i) & mask] ?? 0;
    }
    this.#start[slot] = this.#itemNext;
    this.#room[slot] = room;
    this.#itemNext += room;
  }

  #growNodes(): void {
    this.#capacity *= 2;
    this.#start = enlarged(this.#start, new Float64Array(this.#capacity));
    this.#kept = enlarged(this.#kept, new Uint16Array(this.#capacity));
    this.#room = enlarged(this.#room, new Uint16Array(this.#capacity));
    this.#count = enlarged(this.#count, new Float64Array(this.#capacity));
    this.#weight = enlarged(this.#weight, new Float64Array(this.#capacity));
    this.#marks = enlarged(this.#marks, new Uint16Array(this.#capacity));
    this.#position = enlarged(this.#position, new Int32Array(this.#capacity));
  }
}

function enlarged<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array | Int32Array>(old: T, next: T): T {
  next.set(old);
  return next;
}

/** Objects at first. */
const FIRST_OBJECTS = 64;

/** The marks of each object that a call has made, by its number; of arrays the code of their items as well. */
export class Objects {
  #marks = new Uint16Array(FIRST_OBJECTS);
  /** Characters; without those of objects at the end that have none. */
  #codes = new Uint8Array(0);
  #count = 0;

  /** The number of a new object. */
  create(marks: number): number {
    if (this.#count >= this.#marks.length) this.#grow();
    const number = this.#count;
    this.#marks[number] = marks;
    this.#count += 1;
    return number;
  }

  marks(number: number): number {
    return this.#marks[number] ?? 0;
  }

  mark(number: number, marks: number): void {
    this.#marks[number] = (this.#marks[number] ?? 0) | marks;
  }

  /** Another content than it had; how it was made stays. */
  replaceContent(number: number, content: number): void {
    this.#marks[number] = ((this.#marks[number] ?? 0) & ~CONTENT) | content;
  }

  /** The first letter of the code of an array's dtype, as a character; 0 where it is not known. */
  code(number: number): number {
    return this.#codes[number] ?? 0;
  }

  setCode(number: number, code: number): void {
    if (number >= this.#codes.length) this.#codes = enlarged(this.#codes, new Uint8Array(this.#marks.length));
    this.#codes[number] = code;
  }

  #grow(): void {
    if (this.#count >= MAX_OBJECTS)
      throw new LimitError('MAX_OBJECTS', `more than ${MAX_OBJECTS} objects in one stream`);
    this.#marks = enlarged(this.#marks, new Uint16Array(this.#marks.length * 2));
  }
}
