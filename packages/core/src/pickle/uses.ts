import {
  HOLDS,
  MOST_SIZE,
  STATE_KINDS,
  USE_EVENTS,
  USE_FLAG,
  type StateKind,
  type Use,
  type UseEvent,
} from '../model/use.js';
import { CONTENT, FIRST_MARKED, KIND, KIND_MASK, LIVE, MARK, NODE_BIT, refOf } from './cells.js';
import type { MachineState } from './machine-state.js';
import type { GlobalRecord, UseCount } from './record.js';
import { MAX_USES } from '../model/limits.js';

/**
 * A use as one integer, so that the thousandth of a kind costs a comparison:
 * event 3 bits, size 4, direct 6, holds 7, state 3, flags 8.
 */
const SIZE = 3;
const DIRECT = 7;
const HELD = 13;
const STATE = 20;
const FLAGS = 23;
const ALL_BITS = 63;
const ALL_HELD = 127;

const EVENT_CODE = Object.fromEntries(USE_EVENTS.map((event, i) => [event, i])) as Record<UseEvent, number>;
const STATE_CODE = Object.fromEntries(STATE_KINDS.map((kind, i) => [kind, i])) as Record<StateKind, number>;

/** The marks of content as bits of HOLDS: they stand in the same order. */
function heldBits(marks: number): number {
  return ((marks & CONTENT) / MARK.globals) << HELD;
}

/** What the arguments hold, as marks. */
export function heldMarks(bits: number): number {
  return ((bits >>> HELD) & ALL_HELD) * MARK.globals;
}

/** The event with what the arguments are and hold, where they are a tuple. */
export function argumentBits(m: MachineState, hi: number, lo: number): number {
  const kind = hi & KIND_MASK;
  if (kind === KIND.emptyTuple) return 0;
  const ref = refOf(hi, lo);
  if (kind !== KIND.tuple) return (MOST_SIZE << SIZE) | (ALL_BITS << DIRECT) | heldBits(m.marksOf(hi, lo) | MARK.open);
  const { nodes } = m;
  const first = nodes.open(ref);
  if (first < 0) return (MOST_SIZE << SIZE) | (ALL_BITS << DIRECT) | heldBits(CONTENT);
  const { length } = nodes;
  const marks = nodes.marks(ref) & CONTENT;
  if (marks === 0) return (length < MOST_SIZE ? length : MOST_SIZE) << SIZE;
  return itemBits(m, first, length) | heldBits(marks);
}

/** Some of the items of a tuple as arguments; `first`: of `Nodes.open`. */
export function itemBits(m: MachineState, first: number, length: number): number {
  const { cells, mask } = m.nodes;
  let direct = 0;
  let marks = 0;
  for (let i = first; i < first + length; i += 1) {
    const hi = cells.hi[i & mask] as number;
    if ((hi & KIND_MASK) < FIRST_MARKED) continue;
    const own = m.marksOf(hi, cells.lo[i & mask] as number);
    direct |= directBits(hi, own & CONTENT);
    marks |= own;
  }
  return ((length < MOST_SIZE ? length : MOST_SIZE) << SIZE) | (direct << DIRECT) | heldBits(marks);
}

/** The same for arguments that lie on the stack. */
export function stackArgumentBits(m: MachineState, from: number, to: number): number {
  const size = Math.min(to - from, MOST_SIZE);
  let direct = 0;
  let marks = 0;
  for (let i = from; i < to; i += 1) {
    const hi = m.stack.hi[i] as number;
    if ((hi & KIND_MASK) < FIRST_MARKED) continue;
    const lo = m.stack.lo[i] as number;
    const own = m.marksOf(hi, lo);
    direct |= directBits(hi, own & CONTENT);
    marks |= own | (m.stack.marks[i] as number);
  }
  return (size << SIZE) | (direct << DIRECT) | heldBits(marks);
}

/** One argument that has marks: what it is itself, and whether it is a container that holds something. */
function directBits(hi: number, marks: number): number {
  if ((hi & NODE_BIT) !== 0) return marks === 0 ? 0 : HOLDS.nested;
  // What an inert value holds is none of the arguments themselves.
  if ((marks & MARK.data) !== 0) return HOLDS.data;
  return (marks & (MARK.globals | LIVE)) / MARK.globals;
}

/** What keywords add to the arguments. */
export function keywordBits(m: MachineState, hi: number, lo: number): number {
  const marks = m.marksOf(hi, lo) & CONTENT;
  const direct = (hi & KIND_MASK) === KIND.dict ? (marks === 0 ? 0 : HOLDS.nested) : ALL_BITS;
  return (direct << DIRECT) | heldBits(marks);
}

/** Whether a global among the items of a tuple belongs to another package than the callable. */
export function foreignFlag(m: MachineState, record: GlobalRecord, bits: number, hi: number, lo: number): number {
  if ((bits & (HOLDS.globals << DIRECT)) === 0) return 0;
  const { nodes } = m;
  const first = (hi & KIND_MASK) === KIND.tuple ? nodes.open(refOf(hi, lo)) : -1;
  if (first < 0) return USE_FLAG.foreign;
  const { cells, mask, length } = nodes;
  for (let i = first; i < first + length; i += 1) {
    if (((cells.hi[i & mask] as number) & KIND_MASK) !== KIND.global) continue;
    if (m.records[cells.lo[i & mask] as number]?.package !== record.package) return USE_FLAG.foreign;
  }
  return 0;
}

/** `marks`: of the state or the items. */
export function followKey(event: UseEvent, marks: number, state: StateKind, size: number, flags: number): number {
  return (
    EVENT_CODE[event] |
    (Math.min(size, MOST_SIZE) << SIZE) |
    heldBits(marks & ~MARK.special) |
    (STATE_CODE[state] << STATE) |
    (flags << FLAGS)
  );
}

/** Notes a call, and gives the marks of what it makes. `bits`: of the arguments, `flags`: of the use. */
export function noteCall(m: MachineState, record: GlobalRecord, event: UseEvent, bits: number, flags: number): number {
  const key = EVENT_CODE[event] | bits | (flags << FLAGS);
  const newest = record.lastCall;
  if (newest !== null && newest.key === key) {
    tally(m, newest);
    return newest.marks;
  }
  const content = record.awaitsState ? MARK.open : contentMarks(record, heldMarks(bits));
  const marks = content | (event === 'call' || event === 'old' ? MARK.reduced : 0);
  record.lastCall = noted(m, record, key, marks) ?? newest;
  return marks;
}

/** Notes a use of what a call gave. `key`: of `followKey`. */
export function noteFollow(m: MachineState, record: GlobalRecord, key: number): void {
  const newest = record.lastFollow;
  if (newest !== null && newest.key === key) tally(m, newest);
  else record.lastFollow = noted(m, record, key, 0) ?? newest;
}

/** For a key that cannot be distinguished: any class of open objects that was called, here or in the stream before, may have made it. */
export function noteUnknownKeys(m: MachineState): void {
  if (!m.keysUnknown) return;
  for (const record of m.records) {
    const isOpen = record.gives === 'open' || record.gives === 'kin';
    if (isOpen && (record.callCount > 0 || record.count === 0))
      noteFollow(m, record, followKey('key', 0, 'none', 0, 0));
  }
}

function tally(m: MachineState, use: UseCount): void {
  const at = m.base + m.opAt;
  if (use.last !== at) use.count += 1;
  use.last = at;
}

/** Null beyond the limit. */
function noted(m: MachineState, record: GlobalRecord, key: number, marks: number): UseCount | null {
  let use = record.uses.get(key);
  if (use === undefined) {
    if (record.uses.size >= MAX_USES) {
      record.usesLost = true;
      return null;
    }
    use = { key, marks, offset: m.base + m.opAt, last: -1, count: 0 };
    record.uses.set(key, use);
  }
  tally(m, use);
  return use;
}

/** The marks of an object that a global makes, from the marks of what it is given, by arguments, items or a state. */
export function contentMarks(record: GlobalRecord, held: number): number {
  const passedOn = held & (MARK.unfinished | MARK.special);
  // A container hands on whatever lies in it; an array was made of its class.
  const elements = record.gives === 'items' ? LIVE | MARK.globals : LIVE;
  if (record.gives === 'data' || record.gives === 'items')
    return MARK.data | ((held & elements) === 0 ? 0 : MARK.inner) | passedOn;
  if (record.gives === 'kin') return MARK.kin | (held & (MARK.open | MARK.inner)) | passedOn;
  return MARK.open | passedOn;
}

/** The uses of two readings of one stream. */
export function mergeUses(one: readonly Use[], other: readonly Use[]): readonly Use[] {
  const same = (a: Use, b: Use): boolean =>
    a.event === b.event &&
    a.size === b.size &&
    a.direct === b.direct &&
    a.holds === b.holds &&
    a.state === b.state &&
    a.flags === b.flags;
  return [...one, ...other.filter((use) => !one.some((known) => same(known, use)))];
}

/** For facts. */
export function readUse({ key, offset, count }: UseCount, sourceOffset: (offset: number) => number): Use {
  return {
    event: USE_EVENTS[key & 7] ?? 'call',
    size: (key >>> SIZE) & MOST_SIZE,
    direct: (key >>> DIRECT) & ALL_BITS,
    holds: (key >>> HELD) & ALL_HELD,
    state: STATE_KINDS[(key >>> STATE) & 7] ?? 'none',
    flags: key >>> FLAGS,
    offset: sourceOffset(offset),
    count,
  };
}
