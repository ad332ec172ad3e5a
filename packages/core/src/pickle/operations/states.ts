import type { Value } from '../../model/fact.js';
import { MOST_SIZE, type StateKind, USE_FLAG } from '../../model/use.js';
import {
  type Cell,
  CONTENT,
  FIRST_MARKED,
  globalOf,
  KIND,
  type Kind,
  kindOf,
  MARK,
  numberOf,
  refOf,
} from '../cells.js';
import { nameOf, shown } from '../chain.js';
import { capture, captureState, captureTraced, floatAt, intAt, locate, textAt } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { C, PYTHON } from '../readers.js';
import type { GlobalRecord } from '../record.js';
import { isZero } from '../text.js';
import { contentMarks, followKey, noteFollow } from '../uses.js';
import { wrapperState } from '../joblib-array.js';
import { arrayCode, arrayProblem, dtypeLayout } from './array-states.js';
import { keepCall } from './calls.js';
import { holdMore, keyFlags, noteFetchedTarget, targetFlags } from './containers.js';
import { CALLABLE, peek, underflow } from './operands.js';
import { stepHere, touchHeld } from './tell.js';

/** The state of an object as `routineCall` makes them. */
export function routineState(m: MachineState): boolean {
  const { stack, sp } = m;
  const position = sp - 2;
  const target = stack.hi[position] ?? 0;
  if (position < m.fence || kindOf(target) !== KIND.object || m.observer !== null || m.strangers > 0) return false;
  const object = refOf(target, stack.lo[position] as number);
  const record = m.records[globalOf(object)];
  if (record === undefined || !record.routine || record.arrayWrapper) return false;
  if (record.holds.length > 0 || m.looseWrappers > 0) return false;
  const hi = stack.hi[sp - 1] as number;
  const kind = kindOf(hi);
  const ref = refOf(hi, stack.lo[sp - 1] as number);
  // Two parts: attributes may be set one by one.
  if (kind === KIND.tuple && m.nodes.count(ref) === 2) return false;
  if (record.array) {
    if (arrayProblem(m, kind, ref) !== null) return false;
    m.objects.setCode(numberOf(object), arrayCode(m, ref));
  }
  noteState(m, record, numberOf(object));
  m.sp -= 1;
  return true;
}

/** The use that BUILD makes of the object below the state, and what that object holds from now on. `number`: of the object. */
function noteState(m: MachineState, record: GlobalRecord, number: number): number {
  const position = m.sp - 2;
  const hi = m.stack.hi[m.sp - 1] as number;
  const lo = m.stack.lo[m.sp - 1] as number;
  const kind = kindOf(hi);
  const ref = refOf(hi, lo);
  const slot = kind < FIRST_MARKED ? 0 : (m.stack.marks[m.sp - 1] as number);
  const own = kind < FIRST_MARKED ? 0 : m.marksOf(hi, lo);
  const marks = slot | own;
  let state: StateKind = 'constant';
  let size = 0;
  let keys = 0;
  let isOpen = false;
  if (kind === KIND.none) state = 'none';
  else if (kind === KIND.dict) {
    state = 'dict';
    keys = own;
    isOpen = (slot & MARK.unfinished) !== 0;
  } else if (kind === KIND.tuple || kind === KIND.emptyTuple) {
    state = 'tuple';
    const count = kind === KIND.tuple ? m.nodes.count(ref) : 0;
    size = count ?? MOST_SIZE;
    if (count === 2 || count === null) {
      const [first, slots] = pairOf(m, ref);
      if (first && slots) state = 'pair';
      for (let i = 0; i < m.nodes.keptOf(ref); i += 1) {
        const part = m.nodes.itemHi(ref, i);
        const low = m.nodes.itemLo(ref, i);
        if (kindOf(part) !== KIND.dict) continue;
        keys |= m.nodes.marks(refOf(part, low));
        isOpen ||= m.isUnfinished(part, low);
      }
    }
  } else if (kind === KIND.list || kind === KIND.set || kind === KIND.frozenset) state = 'items';
  else if (kind >= FIRST_MARKED) state = m.objectNumber(kind, ref) === number ? 'self' : 'object';
  const flags = targetFlags(m, position, number) | keyFlags(keys) | (isOpen ? USE_FLAG.openState : 0);
  noteFollow(m, record, followKey('build', marks, state, size, flags));
  noteFetchedTarget(m, position);
  // Attributes of a container come before its methods.
  const hasAttributes = record.gives === 'items' && state !== 'none';
  if (record.awaitsState && state !== 'none') {
    m.objects.replaceContent(number, 0);
    m.stack.marks[position] = (m.stack.marks[position] as number) & ~CONTENT;
  }
  holdMore(m, position, number, contentMarks(record, marks) | (hasAttributes ? MARK.open : 0) | MARK.built);
  return flags;
}

/** Whether the parts of a pair are None or a dict, and a dict (`load_build`: state and slotstate). */
function pairOf(m: MachineState, ref: number): readonly [boolean, boolean] {
  if (m.nodes.keptOf(ref) !== 2) return [true, true];
  const [own, slots] = [kindOf(m.nodes.itemHi(ref, 0)), kindOf(m.nodes.itemHi(ref, 1))];
  return [own === KIND.none || own === KIND.dict, slots === KIND.dict];
}

/** Whose state is judged gets it once, where it was made, and a state that nothing changes afterwards. */
const DISTURBED = USE_FLAG.fetched | USE_FLAG.after | USE_FLAG.openState;
/** What decides what bytes are has been in nobody's hands before. */
const IN_USE = DISTURBED | USE_FLAG.late;

export function build(m: MachineState): boolean {
  const state = peek(m, 0);
  const target = peek(m, 1);
  if (state === null || target === null) return underflow(m);
  const offset = m.base + m.opAt;
  let captured: Value | null = null;
  const stateValue = (): Value => (captured ??= captureState(m, stateKeysOf(m, target), state.hi, state.lo));
  if (target.kind === KIND.global) {
    const patched = m.records[target.ref];
    const name = nameOf(patched);
    const value = shown(stateValue());
    m.signal(
      'build-on-global',
      offset,
      `BUILD on ${name} itself with ${value}: it is patched for whatever uses it later`,
      target.ref,
    );
    if (patched !== undefined) m.chains.add(patched, stepHere(m, `patches it with ${value}`));
    m.chains.uses([state], (its) => stepHere(m, `puts ${its} into ${name}`), patched?.holds);
  } else if (!CALLABLE.has(target.kind) && CALLABLE.has(state.kind)) {
    // Pure Python asks the state whether it is true.
    m.signal('wrong-operand', offset, 'BUILD gives an object as the state to a value that has no attributes');
  } else if (!CALLABLE.has(target.kind) && state.kind !== KIND.none) {
    const dying = (idleStateC(m, state) ? 0 : C) | (idleStatePython(m, state) ? 0 : PYTHON);
    if (!m.kill(dying, 'wrong-operand', 'BUILD on a value that has no attributes')) return false;
  }
  if (m.observer !== null) {
    m.observer({
      kind: 'build',
      offset,
      target: capture(m, target.hi, target.lo),
      state: captureTraced(m, state),
    });
  }
  if (target.kind === KIND.persistent && state.kind !== KIND.none)
    m.signal('attribute-state', offset, 'BUILD sets the state of what persistent_load gave');
  const record = target.kind === KIND.global ? undefined : m.recordOf(target.kind, target.ref);
  if (record !== undefined) {
    noteAttributeState(m, record, state);
    tellState(m, record, target, state);
    const made = target.kind === KIND.made ? m.made[target.ref] : undefined;
    // What asks for bytes comes first: the opcode runs again then.
    if (record.conditional || record.dtype) stateValue();
    const wrapper = m.expectsArrays && record.arrayWrapper ? wrapperState(m, state) : null;
    const problem = record.array ? arrayProblem(m, state.kind, state.ref) : null;
    const layout = record.dtype ? dtypeLayout(m, made, state) : null;
    const number = m.objectNumber(target.kind, target.ref);
    if (record.array && number !== null && problem === null) m.objects.setCode(number, arrayCode(m, state.ref));
    const flags = number === null ? 0 : noteState(m, record, number);
    const settled = (flags & DISTURBED) === 0;
    if (record.conditional)
      keepCall(m, record, 'BUILD', undefined, () => ({ values: [stateValue()], known: settled }), 0);
    if (made !== undefined && record.dtype) {
      made.state = stateValue();
      // A second state, and one that comes after somebody has the dtype already, settle nothing.
      made.layout = made.layout === undefined && (flags & IN_USE) === 0 ? layout : null;
      made.stored = undefined;
    }
    if (problem !== null) m.signal('array-state', offset, problem);
    else if (record.dtype && layout === null)
      m.signal('dtype-state', offset, 'the state of a dtype is not what numpy writes for its code');
    else if (record.dtype && (flags & IN_USE) !== 0)
      m.signal('dtype-state', offset, 'a dtype gets a state when it is in use already');
    // Where a call may have made a wrapper (`copyreg.__newobj__(NumpyArrayWrapper)`), nobody knows what an array is.
    const loose = (!record.arrayWrapper && m.looseWrappers > 0) || (record.arrayWrapper && (flags & IN_USE) !== 0);
    if (m.expectsArrays && (record.arrayWrapper || loose)) {
      m.arrayState = loose ? null : wrapper;
      m.pending = 'array';
    }
  }
  m.sp -= 1;
  return true;
}

/** The keys of its states that the judge of an object's class asks for. */
function stateKeysOf(m: MachineState, target: Cell): ReadonlySet<string> | null {
  const record = target.kind === KIND.global ? undefined : m.recordOf(target.kind, target.ref);
  if (record === undefined || !record.conditional) return null;
  const { module, name } =
    record.mapped !== null && !m.names.isConditional(record.module, record.name) ? record.mapped : record;
  return m.names.stateKeys(module, name);
}

/** For the chains: an object is given its state, which its class may take apart as it likes. */
export function tellState(
  m: MachineState,
  record: GlobalRecord,
  target: Cell,
  state: { hi: number; lo: number; kind: Kind; ref: number },
): void {
  if (record.stranger && !record.conditional)
    m.chains.add(record, stepHere(m, `sets the state of its result: ${shown(capture(m, state.hi, state.lo))}`));
  if (m.strangers > 0)
    m.chains.uses(
      [state],
      (its) => stepHere(m, `puts ${its} into the state of the result of ${nameOf(record)}`),
      target.kind === KIND.made ? m.made[target.ref]?.holds : undefined,
    );
  touchHeld(m, record.holds, `sets the state of an object of ${nameOf(record)}`, 'was put');
}

/** The two parts of a state, where it is a pair (`load_build`: state and slotstate). */
export function stateParts(m: MachineState, state: Cell): readonly [Cell, Cell] | null {
  if (state.kind !== KIND.tuple) return null;
  // A forgotten tuple may be a pair of anything.
  if ((m.nodes.count(state.ref) ?? 2) !== 2) return null;
  const [first, second] = m.nodes.items(state.ref) ?? [];
  const cell = (item: { hi: number; lo: number } | undefined): Cell =>
    item === undefined ? { kind: KIND.object, ref: 0 } : { kind: kindOf(item.hi), ref: refOf(item.hi, item.lo) };
  return [cell(first), cell(second)];
}

/** A state that C does not try to set: None, and an empty dict of slots. */
export function idleStateC(m: MachineState, state: Cell): boolean {
  const [own, slots] = stateParts(m, state) ?? [state, null];
  if (own.kind !== KIND.none && !CALLABLE.has(own.kind)) return false;
  return (
    slots === null || CALLABLE.has(slots.kind) || (slots.kind === KIND.dict && (m.nodes.count(slots.ref) ?? 0) === 0)
  );
}

/** A state that pure Python does not try to set: whatever is false. */
export function idleStatePython(m: MachineState, state: Cell): boolean {
  return (stateParts(m, state) ?? [state]).every((part) => CALLABLE.has(part.kind) || isFalsy(m, part));
}

/** False, zero, empty or None. */
export function isFalsy(m: MachineState, state: Cell): boolean {
  switch (state.kind) {
    case KIND.none:
    case KIND.false:
    case KIND.emptyTuple:
    case KIND.buffer:
      return true;
    case KIND.int:
      return isZero(intAt(m, state.ref));
    case KIND.float:
      return floatAt(m, state.ref) === 0;
    case KIND.text:
    case KIND.oldText:
    case KIND.specialText:
    case KIND.specialOldText:
      return textAt(m, state.ref, 16)?.value === '';
    case KIND.bytes:
    case KIND.bytearray:
      return locate(m, state.ref).length === 0;
    case KIND.list:
    case KIND.dict:
    case KIND.set:
    case KIND.frozenset:
      return (m.nodes.count(state.ref) ?? 0) === 0;
    default:
      return false;
  }
}

/** A state of two parts, the second of which is set attribute by attribute (`load_build`: slotstate). */
export function noteAttributeState(m: MachineState, record: GlobalRecord, state: { kind: Kind; ref: number }): void {
  if (state.kind !== KIND.tuple || m.nodes.count(state.ref) !== 2) return;
  const items = m.nodes.items(state.ref);
  const first = kindOf(items?.[0]?.hi ?? 0);
  const second = items?.[1];
  if (second === undefined || kindOf(second.hi) !== KIND.dict || m.nodes.count(refOf(second.hi, second.lo)) === 0)
    return;
  if (first !== KIND.none && first !== KIND.dict) return;
  const isPlain = hasPlainNames(m, second);
  if (isPlain && m.names.writesAttributeState(record.module, record.name)) return;
  const known = m.attributeStates.get(record);
  if (isPlain && known !== undefined) {
    known.count += 1;
    return;
  }
  const about = m.records.indexOf(record);
  const offset = m.base + m.opAt;
  const detail = `BUILD sets attributes of an instance of ${nameOf(record)}: ${shown(capture(m, second.hi, second.lo))}`;
  // Which attributes an unknown class writes is unknown: the catalogue that judges the fact says whether it is one.
  if (isPlain) m.attributeStates.set(record, { offset, detail, about, count: 1 });
  else m.signal('attribute-state', offset, detail, about);
}

/** Attribute names as a class would have them: no dunder, which would change what the object is. */
export function hasPlainNames(m: MachineState, state: { hi: number; lo: number }): boolean {
  const value = capture(m, state.hi, state.lo);
  return (
    value.kind === 'dict' &&
    value.items.length === value.length &&
    value.items.every(([key]) => key.kind === 'str' && !key.value.startsWith('__'))
  );
}
