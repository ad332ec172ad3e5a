import type { Value } from '../../model/fact.js';
import { USE_FLAG } from '../../model/use.js';
import {
  CONTENT,
  FIRST_MARKED,
  isText,
  KEPT_PAIRS,
  KIND,
  KIND_MASK,
  type Kind,
  kindOf,
  MARK,
  NODE_BIT,
  refOf,
} from '../cells.js';
import { nameOf, shown } from '../chain.js';
import { capture } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { canBeKey } from '../machine.js';
import { C, PYTHON, SINCE_3_14 } from '../readers.js';
import { contentMarks, followKey, noteFollow } from '../uses.js';
import { fitsRule } from '../special-names.js';
import { CALLABLE, captureCells, underflow } from './operands.js';
import { stepHere, touchHeld } from './tell.js';
import { MAX_KEY_DEPTH } from '../../model/limits.js';

export function appendItems(m: MachineState, code: number): boolean {
  const many = code === 0x65;
  observeItems(m, 'append', many ? m.fence : m.sp - 1);
  tellItems(m, 'append', many ? markPlace(m) : m.sp - 1);
  const from = many ? m.popMark() : m.sp - 1;
  if (from < 0 && many) return m.fail('mark-underflow', 'APPENDS without a MARK');
  if (from > m.sp || from <= m.fence) return underflow(m);
  return addTo(m, from, [KIND.list, KIND.bytearray, KIND.buffer], C);
}

export function addItems(m: MachineState): boolean {
  observeItems(m, 'append', m.fence);
  tellItems(m, 'append', markPlace(m));
  const mark = m.popMark();
  if (mark < 0) return m.fail('mark-underflow', 'ADDITEMS without a MARK');
  if (mark <= m.fence) return underflow(m);
  if (kindOf(m.stack.hi[mark - 1] ?? 0) === KIND.set && !areHashable(m, mark, m.sp, 1))
    return m.fail('wrong-operand', 'ADDITEMS of a value that cannot be hashed');
  return addTo(m, mark, [KIND.set], C);
}

/** Adds [from, top) to the container below; `idle` readers go on with a wrong container when there is nothing to add. */
export function addTo(m: MachineState, from: number, kinds: readonly Kind[], idle: number): boolean {
  const hi = m.stack.hi[from - 1] ?? 0;
  const kind = kindOf(hi);
  const nothing = from === m.sp;
  if (!kinds.includes(kind) && !CALLABLE.has(kind)) {
    const dying = nothing ? PYTHON | (idle & SINCE_3_14) : PYTHON | C;
    if (!m.kill(dying, 'wrong-operand', `${m.opcodeName()} on a value that takes no items`)) return false;
  }
  if ((hi & NODE_BIT) !== 0) {
    if (kind === KIND.set) noteKeys(m, from, m.sp, 1);
    m.nodes.add(refOf(hi, m.stack.lo[from - 1] ?? 0), m.stack, from, m.sp);
    noteFetchedTarget(m, from - 1);
  } else if (!nothing) noteItems(m, from, 'add');
  m.sp = from;
  return true;
}

/** Items run methods of the instance, which the shape of its calls says nothing about: that is a use of its own. */
function noteItems(m: MachineState, from: number, event: 'add' | 'set'): void {
  const position = from - 1;
  const hi = m.stack.hi[position] ?? 0;
  const kind = kindOf(hi);
  const ref = refOf(hi, m.stack.lo[position] ?? 0);
  const record = CALLABLE.has(kind) ? m.recordOf(kind, ref) : undefined;
  const number = m.objectNumber(kind, ref);
  if (kind === KIND.persistent)
    m.signal('attribute-state', m.base + m.opAt, `${m.opcodeName()} changes what persistent_load gave`);
  if (record === undefined || number === null) return;
  let marks = 0;
  for (let i = from; i < m.sp; i += 1) {
    const item = m.stack.hi[i] as number;
    if ((item & KIND_MASK) < FIRST_MARKED) continue;
    marks |= (m.stack.marks[i] as number) | ((item & NODE_BIT) === 0 ? 0 : m.marksOf(item, m.stack.lo[i] as number));
  }
  const keys = event === 'set' ? noteKeys(m, from, m.sp, 2) : 0;
  const flags = targetFlags(m, position, number) | keyFlags(keys);
  noteFollow(m, record, followKey(event, marks, 'none', 0, flags));
  noteFetchedTarget(m, position);
  holdMore(m, position, number, contentMarks(record, marks));
}

/** Picklers fill and build an object where it was made, never through a reference. */
export function noteFetchedTarget(m: MachineState, position: number): void {
  if (((m.stack.marks[position] ?? 0) & MARK.fetched) === 0) return;
  const detail = `${m.opcodeName()} changes what was fetched from the memo`;
  m.signal('uncanonical', m.base + m.opAt, detail);
}

/** What is known of the object at a position of the stack, as flags of a use. */
export function targetFlags(m: MachineState, position: number, number: number): number {
  const marks = m.objects.marks(number);
  const isFetched = ((m.stack.marks[position] ?? 0) & MARK.fetched) !== 0;
  return (
    ((marks & MARK.reduced) === 0 ? 0 : USE_FLAG.reduced) |
    ((marks & MARK.built) === 0 ? 0 : USE_FLAG.after) |
    (isFetched ? USE_FLAG.fetched : (marks & MARK.shared) === 0 ? 0 : USE_FLAG.late)
  );
}

/** Marks of a dict's keys as flags of a use. */
export function keyFlags(marks: number): number {
  return (marks & MARK.specialKey) === 0 ? 0 : USE_FLAG.dunder;
}

/** An object holds more from now on. */
export function holdMore(m: MachineState, position: number, number: number, marks: number): void {
  m.objects.mark(number, marks);
  m.stack.marks[position] = (m.stack.marks[position] ?? 0) | (marks & CONTENT);
}

/** Looks at keys of a dict, or items of a set, on the stack: their marks together. */
function noteKeys(m: MachineState, from: number, to: number, step: number): number {
  let marks = 0;
  for (let i = from; i < to; i += step) {
    const hi = m.stack.hi[i] as number;
    const kind = kindOf(hi);
    if (kind === KIND.text) continue;
    if (kind === KIND.specialText || kind === KIND.specialOldText) {
      const text = capture(m, hi, m.stack.lo[i] as number);
      const name = text.kind === 'str' ? text.value : '';
      const value = m.stack.hi[i + 1] ?? 0;
      const record = m.recordOf(kindOf(value), refOf(value, m.stack.lo[i + 1] ?? 0));
      const gives = record === undefined || kindOf(value) === KIND.global ? null : record.gives;
      if (step === 1 || !fitsRule(name, kindOf(value), gives)) marks |= MARK.special | MARK.specialKey;
    } else if (kind === KIND.object || kind === KIND.made || kind === KIND.persistent) {
      // What a call gave may be a text.
      marks |= MARK.special | MARK.specialKey;
    } else if (!isText(kind)) marks |= MARK.specialKey;
    if (kind >= FIRST_MARKED) noteKey(m, hi, m.stack.lo[i] as number, 0);
  }
  return marks;
}

/** An object in a key is hashed and compared by its class. Recursion: MAX_KEY_DEPTH. */
export function noteKey(m: MachineState, hi: number, lo: number, depth: number): void {
  const marks = m.marksOf(hi, lo);
  if ((marks & MARK.open) === 0) return;
  const kind = kindOf(hi);
  const ref = refOf(hi, lo);
  const record = m.recordOf(kind, ref);
  if (record !== undefined) return noteFollow(m, record, followKey('key', 0, 'none', 0, 0));
  const count = m.nodes.count(ref);
  if (count === null || m.nodes.keptOf(ref) < count || depth >= MAX_KEY_DEPTH) {
    m.keysUnknown = true;
    return m.signal(
      'uncanonical',
      m.base + m.opAt,
      'a key holds objects so many or so deep that they are not distinguished',
    );
  }
  for (let i = 0; i < count; i += 1) noteKey(m, m.nodes.itemHi(ref, i), m.nodes.itemLo(ref, i), depth + 1);
}

export function setItems(m: MachineState, code: number): boolean {
  const many = code === 0x75;
  observeItems(m, 'setitems', many ? m.fence : m.sp - 2);
  const items = tellItems(m, 'setitems', many ? markPlace(m) : m.sp - 2);
  const from = many ? m.popMark() : m.sp - 2;
  if (from < 0 && many) return m.fail('mark-underflow', 'SETITEMS without a MARK');
  if (from > m.sp || from <= m.fence) return underflow(m);
  if (from === m.sp) return true;
  if ((m.sp - from) % 2 !== 0) return m.fail('wrong-operand', 'SETITEMS with a key that has no value');
  const hi = m.stack.hi[from - 1] ?? 0;
  const lo = m.stack.lo[from - 1] ?? 0;
  const kind = kindOf(hi);
  if (kind === KIND.dict) {
    if (!areHashable(m, from, m.sp, 2))
      return m.fail('wrong-operand', `${m.opcodeName()} with a key that cannot be hashed`);
    const keys = noteKeys(m, from, m.sp, 2);
    m.nodes.add(refOf(hi, lo), m.stack, from, m.sp, KEPT_PAIRS);
    m.nodes.mark(refOf(hi, lo), keys);
    noteFetchedTarget(m, from - 1);
  } else if (kind === KIND.global) {
    const record = m.records[lo];
    m.signal('setitem-on-global', m.base + m.opAt, `items are set on ${nameOf(record)} itself: ${items}`, lo);
  } else if (kind !== KIND.list && kind !== KIND.bytearray && kind !== KIND.buffer && !CALLABLE.has(kind)) {
    return m.fail('wrong-operand', `${m.opcodeName()} on a value that takes no items`);
  } else noteItems(m, from, 'set');
  m.sp = from;
  return true;
}

/** Comes before anything changes: a value outside the window makes the opcode run again. */
export function observeItems(m: MachineState, kind: 'setitems' | 'append', from: number): void {
  if (m.observer === null || from < 1 || from >= m.sp) return;
  const hi = m.stack.hi[from - 1] ?? 0;
  if (!CALLABLE.has(kindOf(hi))) return;
  const target = capture(m, hi, m.stack.lo[from - 1] ?? 0);
  m.observer({ kind, offset: m.base + m.opAt, target, state: itemsFrom(m, kind, from, true) });
}

/** What is set or appended, as one value. */
export function itemsFrom(m: MachineState, kind: 'setitems' | 'append', from: number, isTraced = false): Value {
  const items = captureCells(m, from, m.sp, isTraced);
  const length = m.sp - from;
  const pairs = items.flatMap((item, i): (readonly [Value, Value])[] =>
    i % 2 === 0 ? [[item, items[i + 1] ?? { kind: 'unknown' }]] : [],
  );
  return kind === 'setitems'
    ? { kind: 'dict', items: pairs, length: Math.ceil(length / 2) }
    : { kind: 'list', items, length };
}

/** Where `popMark` would find the mark: what may have to run again must not take it away. */
export function markPlace(m: MachineState): number {
  return m.markCount === 0 ? 0 : m.fence;
}

/**
 * For the chains: items go into a global, or into what a call gave. Gives the items as text. Comes before anything
 * changes, as `#observeItems` does.
 */
export function tellItems(m: MachineState, kind: 'setitems' | 'append', from: number): string {
  if (from < 1) return '';
  const hi = m.stack.hi[from - 1] ?? 0;
  const target = { kind: kindOf(hi), ref: refOf(hi, m.stack.lo[from - 1] ?? 0) };
  const record = CALLABLE.has(target.kind) ? m.recordOf(target.kind, target.ref) : undefined;
  if (record === undefined || from >= m.sp) return '';
  const isGlobal = target.kind === KIND.global;
  if (!record.stranger && !isGlobal && record.holds.length === 0 && m.strangers === 0) return '';
  const items = isGlobal || record.stranger ? shown(itemsFrom(m, kind, from)) : '';
  const its = isGlobal ? 'it' : 'its result';
  if (isGlobal || record.stranger) {
    const text = kind === 'setitems' ? `sets items on ${its}: ${items}` : `adds to ${its}: ${items}`;
    m.chains.add(record, stepHere(m, text));
  }
  const holds = isGlobal ? record.holds : m.made[target.kind === KIND.made ? target.ref : -1]?.holds;
  const where = isGlobal ? nameOf(record) : `the result of ${nameOf(record)}`;
  for (let i = from; i < m.sp; i += 1) {
    const itemHi = m.stack.hi[i] ?? 0;
    const cell = { kind: kindOf(itemHi), ref: refOf(itemHi, m.stack.lo[i] ?? 0) };
    const key = kind === 'setitems' && (i - from) % 2 === 1 ? keyText(m, i - 1) : '';
    m.chains.uses([cell], (its_) => stepHere(m, `puts ${its_} into ${where}${key}`), holds);
    if (i - from > 64) break;
  }
  if (!isGlobal) touchHeld(m, record.holds, `fills an object of ${nameOf(record)}`, 'was put');
  return items;
}

export function keyText(m: MachineState, at: number): string {
  const hi = m.stack.hi[at] ?? 0;
  const kind = kindOf(hi);
  if (!isText(kind)) return '';
  return `, as ${shown(capture(m, hi, m.stack.lo[at] ?? 0))}`;
}

/** 1 for kinds that `canBeKey` refuses. */
const UNHASHABLE = Uint8Array.from({ length: KIND_MASK + 1 }, (_, kind) => (canBeKey(kind) ? 0 : 1));

export function areHashable(m: MachineState, from: number, to: number, step: number): boolean {
  const { hi } = m.stack;
  for (let i = from; i < to; i += step) {
    if (UNHASHABLE[(hi[i] as number) & KIND_MASK] === 1) return false;
  }
  return true;
}

export function collectFromMark(m: MachineState, kind: Kind): boolean {
  const mark = m.popMark();
  if (mark < 0) return m.fail('mark-underflow', `${m.opcodeName()} without a MARK`);
  if (kind === KIND.dict && (m.sp - mark) % 2 !== 0)
    return m.fail('wrong-operand', 'DICT with a key that has no value');
  const step = kind === KIND.dict ? 2 : 1;
  if (kind !== KIND.list && !areHashable(m, mark, m.sp, step)) {
    return m.fail('wrong-operand', `${m.opcodeName()} of a value that cannot be hashed`);
  }
  const keys = kind === KIND.list ? 0 : noteKeys(m, mark, m.sp, step);
  m.pushNode(kind, mark);
  if (kind === KIND.dict) m.nodes.mark(refOf(m.stack.hi[mark] ?? 0, m.stack.lo[mark] ?? 0), keys);
  return true;
}
