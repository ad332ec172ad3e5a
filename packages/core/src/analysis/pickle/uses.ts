import { packageOf } from '../../model/module-name.js';
import {
  HOLDS,
  MOST_SIZE,
  STATE_KINDS,
  USE_EVENTS,
  USE_FLAG,
  type StateKind,
  type Use,
  type UseEvent,
} from '../../model/use.js';
import { CONTENT, FIRST_MARKED, KIND, KIND_MASK, LIVE, MARK, NODE_BIT, refOf } from './cells.js';
import type { MachineState } from './machine-state.js';
import type { GlobalRecord, UseCount } from './record.js';
import { MAX_USES } from '../../model/limits.js';

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
  const count = nodes.count(ref);
  const kept = nodes.keptOf(ref);
  if (count === null || kept < count) return (MOST_SIZE << SIZE) | (ALL_BITS << DIRECT) | heldBits(CONTENT);
  const marks = nodes.marks(ref) & CONTENT;
  if (marks === 0) return Math.min(count, MOST_SIZE) << SIZE;
  return itemBits(m, ref, 0, kept) | heldBits(marks);
}

/** Some of the items of a tuple as arguments. */
export function itemBits(m: MachineState, ref: number, from: number, to: number): number {
  const { nodes } = m;
  let direct = 0;
  let marks = 0;
  for (let i = from; i < to; i += 1) {
    const hi = nodes.itemHi(ref, i);
    if ((hi & KIND_MASK) < FIRST_MARKED) continue;
    const lo = nodes.itemLo(ref, i);
    direct |= directBits(m, hi, lo);
    marks |= m.marksOf(hi, lo);
  }
  return (Math.min(to - from, MOST_SIZE) << SIZE) | (direct << DIRECT) | heldBits(marks);
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
    direct |= directBits(m, hi, lo);
    marks |= m.marksOf(hi, lo) | (m.stack.marks[i] as number);
  }
  return (size << SIZE) | (direct << DIRECT) | heldBits(marks);
}

/** One argument: what it is itself, and whether it is a container that holds something. */
function directBits(m: MachineState, hi: number, lo: number): number {
  if ((hi & KIND_MASK) < FIRST_MARKED) return 0;
  const marks = m.marksOf(hi, lo) & CONTENT;
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

export function callKey(event: UseEvent, bits: number, flags = 0): number {
  return EVENT_CODE[event] | bits | (flags << FLAGS);
}

/** Whether a global among the items of a tuple belongs to another package than the callable. */
export function foreignFlag(m: MachineState, record: GlobalRecord, bits: number, hi: number, lo: number): number {
  if ((bits & (HOLDS.globals << DIRECT)) === 0) return 0;
  const ref = refOf(hi, lo);
  const count = (hi & KIND_MASK) === KIND.tuple ? m.nodes.keptOf(ref) : 0;
  for (let i = 0; i < count; i += 1) {
    if ((m.nodes.itemHi(ref, i) & KIND_MASK) !== KIND.global) continue;
    if (packageOfRecord(m.records[m.nodes.itemLo(ref, i)]) !== packageOfRecord(record)) return USE_FLAG.foreign;
  }
  return count === 0 ? USE_FLAG.foreign : 0;
}

function packageOfRecord(record: GlobalRecord | undefined): string {
  return record === undefined ? '' : packageOf((record.mapped ?? record).module);
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

export function noteUse(m: MachineState, record: GlobalRecord, key: number): void {
  const at = m.base + m.opAt;
  const newest = record.lastUse;
  if (newest !== null && newest.key === key) {
    if (newest.last !== at) newest.count += 1;
    newest.last = at;
    return;
  }
  let use = record.uses.get(key);
  if (use === undefined) {
    if (record.uses.size >= MAX_USES) {
      record.usesLost = true;
      return;
    }
    use = { key, offset: at, last: -1, count: 0 };
    record.uses.set(key, use);
  }
  if (use.last !== at) use.count += 1;
  use.last = at;
  record.lastUse = use;
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
export function readUse({ key, offset, count }: UseCount, place: (offset: number) => number): Use {
  return {
    event: USE_EVENTS[key & 7] ?? 'call',
    size: (key >>> SIZE) & MOST_SIZE,
    direct: (key >>> DIRECT) & ALL_BITS,
    holds: (key >>> HELD) & ALL_HELD,
    state: STATE_KINDS[(key >>> STATE) & 7] ?? 'none',
    flags: key >>> FLAGS,
    offset: place(offset),
    count,
  };
}
