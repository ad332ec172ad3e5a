import type { Value } from '../../../model/fact.js';
import { type Cell, KIND, type Kind, kindOf, refOf } from '../cells.js';
import { nameOf, shown } from '../chain.js';
import { capture, floatAt, intAt, locate, textAt } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { C, PYTHON } from '../readers.js';
import type { GlobalRecord } from '../record.js';
import { isZero } from '../text.js';
import { keepCall } from './calls.js';
import { CALLABLE, peek, underflow } from './operands.js';
import { stepHere, touchHeld } from './tell.js';

/** The state of an object as `#routineCall` makes them. */
export function routineState(m: MachineState): boolean {
  const place = m.sp - 2;
  const hi = m.stack.hi[place] ?? 0;
  if (place < m.fence || kindOf(hi) !== KIND.object || m.observer !== null || m.strangers > 0) return false;
  const record = m.records[refOf(hi, m.stack.lo[place] ?? 0)];
  if (record === undefined || !record.routine || record.holds.length > 0 || m.looseWrappers > 0) return false;
  const state = m.stack.hi[m.sp - 1] ?? 0;
  // Two parts: attributes may be set one by one.
  if (kindOf(state) === KIND.tuple && m.nodes.count(refOf(state, m.stack.lo[m.sp - 1] ?? 0)) === 2) return false;
  m.sp -= 1;
  return true;
}

export function build(m: MachineState): boolean {
  if (routineState(m)) return true;
  const state = peek(m, 0);
  const target = peek(m, 1);
  if (state === null || target === null) return underflow(m);
  const offset = m.base + m.opAt;
  let captured: Value | null = null;
  const stateValue = (): Value => (captured ??= capture(m, state.hi, state.lo));
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
  } else if (!CALLABLE.has(target.kind) && state.kind !== KIND.none) {
    const dying = (idleStateC(m, state) ? 0 : C) | (idleStatePython(m, state) ? 0 : PYTHON);
    if (!m.kill(dying, 'wrong-operand', 'BUILD on a value that has no attributes')) return false;
  }
  if (m.observer !== null) {
    m.observer({
      kind: 'build',
      offset,
      target: capture(m, target.hi, target.lo),
      state: stateValue(),
    });
  }
  const record = target.kind === KIND.global ? undefined : m.recordOf(target.kind, target.ref);
  if (record !== undefined) {
    noteAttributeState(m, record, state);
    tellState(m, record, target, state);
    const made = target.kind === KIND.made ? m.made[target.ref] : undefined;
    if (record.conditional) keepCall(m, record, 'BUILD', undefined, () => ({ values: [stateValue()], known: true }));
    if (made !== undefined && record.dtype) made.state = stateValue();
    // Where a call may have made a wrapper (`copyreg.__newobj__(NumpyArrayWrapper)`), nobody knows what an array is.
    const loose = !record.arrayWrapper && m.looseWrappers > 0;
    if (m.expectsArrays && (record.arrayWrapper || loose)) {
      m.arrayState = loose ? { kind: 'unknown' } : stateValue();
      m.pending = 'array';
    }
  }
  m.sp -= 1;
  return true;
}

/** For the chains: an object is given its state, which its class may take apart as it likes. */
export function tellState(
  m: MachineState,
  record: GlobalRecord,
  target: Cell,
  state: { hi: number; lo: number; kind: Kind; ref: number },
): void {
  if (record.told && !record.conditional)
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
  if (m.names.writesAttributeState(record.module, record.name) && hasPlainNames(m, second)) return;
  m.signal(
    'attribute-state',
    m.base + m.opAt,
    `BUILD sets attributes of an instance of ${nameOf(record)}: ${shown(capture(m, second.hi, second.lo))}`,
    m.records.indexOf(record),
  );
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
