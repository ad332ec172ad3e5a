import { cut } from '../../model/escape.js';
import type { Call, CallVia, Value } from '../../model/fact.js';
import { USE_FLAG, type UseEvent } from '../../model/use.js';
import { renderArguments, renderValue } from '../../model/render-value.js';
import { type Cell, KIND, type Kind, MARK, objectRef, packHi } from '../cells.js';
import { nameOf } from '../chain.js';
import { bulkOf, capture, sizeOf } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { type GlobalRecord, KEPT_CALLS } from '../record.js';
import { MAX_UNUSUAL_CALLS } from '../../model/limits.js';
import { foreignFlag, heldMarks, noteCall } from '../uses.js';
import { stepHere, touchHeld } from './tell.js';
import { MAX_MADE, MAX_MADE_BULK } from '../../model/limits.js';

/** Longest call within a step or a detail. */
const CALL_TEXT = 240;

const EVENTS: Readonly<Record<Exclude<CallVia, 'BUILD'>, UseEvent>> = {
  REDUCE: 'call',
  NEWOBJ: 'new',
  NEWOBJ_EX: 'new-ex',
  OBJ: 'old',
  INST: 'old',
};

/** What a call gave: its cell, and the marks of its slot. */
export interface Result {
  readonly kind: Kind;
  readonly ref: number;
  readonly marks: number;
}

/** Notes a call and gives the cell of its result. */
export function callValue(
  m: MachineState,
  via: Exclude<CallVia, 'BUILD'>,
  callee: { kind: Kind; ref: number },
  args: () => { values: readonly Value[]; known: boolean },
  /** Where the callee lies on the stack, and the arguments or the tuple of them. */
  position: number,
  cells: readonly Cell[],
  /** The arguments, as `uses.ts` counts them, and another event than that of the opcode. */
  bits: number,
  event: UseEvent = EVENTS[via],
): Result {
  const offset = m.base + m.opAt;
  const holds = tellCall(m, via, callee, position, cells, args);
  const record = m.recordOf(callee.kind, callee.ref);
  if (record === undefined) return callPersistent(m, via, callee.ref, args);
  // getattr of a listed member of a listed class is that member; calling it is what honest writers do next. So is
  // making instances of a class that a factory made.
  const member =
    callee.kind === KIND.made &&
    (record.name === 'getattr' || givesClass(m, callee.ref)) &&
    m.made[callee.ref]?.usual === true;
  if (callee.kind !== KIND.global && !member) {
    signalCalledResult(m, via, capture(m, callee.kind, callee.ref), args, callee);
  }
  const on = callee.kind === KIND.global ? undefined : callee;
  const [first] = cells;
  const foreign =
    first === undefined ? 0 : foreignFlag(m, record, bits, packHi(first.kind, first.ref), first.ref % 0x1_0000_0000);
  const marks = noteCall(m, record, event, bits, foreign | (on === undefined ? 0 : USE_FLAG.onResult));
  const made = keepCall(m, record, via, on, args, bits);
  noteArguments(m, record, via, callee.kind === KIND.global, bits);
  if (m.observer !== null) {
    const { values, known } = made === null ? args() : { values: made.args, known: made.argsKnown };
    const called = capture(m, callee.kind, callee.ref);
    m.observer({ kind: 'call', offset, via, callee: called, args: values, known });
  }
  record.callCount += 1;
  if (via !== 'NEWOBJ' && via !== 'NEWOBJ_EX' && !record.arrayWrapper && !record.dtype) record.called = true;
  if (callee.kind === KIND.global) record.calleeUses += 1;
  const index = m.globalIndex(callee.kind, callee.ref) ?? 0;
  const number = m.objects.create(marks);
  if (m.twins.size > 0) callTwin(m, index, made, callee.kind === KIND.global);
  if (made === null && m.observer !== null && m.made.length < MAX_MADE / 2) {
    // So that a trace can tell the objects apart; evidence has the other half for itself.
    m.made.push({
      record: index,
      number,
      call: { via, offset, args: [], argsKnown: false },
      size: 1,
      usual: false,
      text: null,
      state: null,
      stored: undefined,
      holds,
      traced: true,
    });
    return { kind: KIND.made, ref: m.made.length - 1, marks };
  }
  if (made !== null) m.madeBulk += made.args.reduce((sum, arg) => sum + bulkOf(arg), 1);
  if (made === null || m.made.length >= MAX_MADE || m.madeBulk > MAX_MADE_BULK)
    return { kind: KIND.object, ref: objectRef(index, number), marks };
  const size = made.args.reduce((sum, arg) => sum + sizeOf(arg), made.on === undefined ? 1 : 1 + sizeOf(made.on));
  m.made.push({
    record: index,
    number,
    call: made,
    size,
    // An instance of a class that was made is no class.
    usual: m.lastUsual && on === undefined,
    text: null,
    state: null,
    stored: undefined,
    holds,
    traced: false,
  });
  return { kind: KIND.made, ref: m.made.length - 1, marks };
}

/** A call of what `persistent_load` gives: nothing in the stream says what that is. */
function callPersistent(
  m: MachineState,
  via: CallVia,
  at: number,
  args: () => { values: readonly Value[]; known: boolean },
): Result {
  const offset = m.base + m.opAt;
  const callee: Value = { kind: 'persistent', offset: at };
  if (m.observer !== null) {
    const { values, known } = args();
    m.observer({ kind: 'call', offset, via, callee, args: values, known });
  }
  signalCalledResult(m, via, callee, args);
  return { kind: KIND.persistent, ref: offset, marks: MARK.open };
}

/** Notes whether a call has arguments. `isGlobal`: the name itself is called, not a member of what it gave. */
function noteArguments(m: MachineState, record: GlobalRecord, via: CallVia, isGlobal: boolean, bits: number): void {
  // No bits: an empty tuple. What keywords hold says nothing of their number.
  const hasArguments = bits !== 0 || via === 'NEWOBJ_EX';
  record.madeWithArguments ||= hasArguments;
  if (record.arrayWrapper) {
    m.wrapperIsUnusual ||= hasArguments;
    if (isGlobal) m.looseWrappers -= 1;
  }
}

export function signalCalledResult(
  m: MachineState,
  via: CallVia,
  on: Value,
  args: () => { values: readonly Value[]; known: boolean },
  callee: { kind: Kind; ref: number } | null = null,
): void {
  const offset = m.base + m.opAt;
  // Only the first one is shown.
  if (m.signals.has('call-of-call-result')) return m.signal('call-of-call-result', offset, '');
  const { values, known } = args();
  const text = renderArguments(renderValue(on), values, { known, via, show: (value) => renderValue(value) });
  const result =
    on.kind === 'persistent'
      ? 'what persistent_load gives'
      : `the result of ${nameOf(callee === null ? undefined : m.recordOf(callee.kind, callee.ref))}`;
  const about = callee === null ? undefined : (m.globalIndex(callee.kind, callee.ref) ?? undefined);
  m.signal('call-of-call-result', offset, `${via} calls ${result}: ${cut(text, CALL_TEXT)}`, about);
}

/** The same call, of the name that another encoding gives. */
export function callTwin(m: MachineState, index: number, call: Call | null, isItself: boolean): void {
  const twin = m.records[m.twins.get(index) ?? -1];
  if (twin === undefined) return;
  twin.callCount += 1;
  if (isItself) twin.calleeUses += 1;
  if (call !== null && twin.calls.length < KEPT_CALLS) twin.calls.push(call);
}

/** Keeps a call as evidence: the first of each global, and every one of unusual shape. */
export function keepCall(
  m: MachineState,
  record: GlobalRecord,
  via: CallVia,
  on: { kind: Kind; ref: number } | undefined,
  args: () => { values: readonly Value[]; known: boolean },
  bits: number,
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
    offset: m.base + m.opAt,
    args: values,
    argsKnown: known,
    ...(on === undefined ? {} : { on: capture(m, on.kind, on.ref) }),
    ...(m.opcodeName() === via ? {} : { opcode: m.opcodeName() }),
  };
  // What is filled further later on cannot be judged now.
  const settled = known && (heldMarks(bits) & MARK.unfinished) === 0;
  const isOther = on !== undefined && !givesClass(m, on.ref);
  const unusual = record.conditional && (!settled || isOther || !isUsualCall(m, record, call));
  m.lastUsual = record.conditional && !unusual;
  if (unusual) record.unusualCalls += 1;
  if (record.conditional && via !== 'BUILD') watchRecord(m, record, record.unusualCalls > 0);
  if (first || (unusual && record.unusualCalls <= MAX_UNUSUAL_CALLS)) record.calls.push(call);
  else if (unusual) record.lostCalls += 1;
  return call;
}

/** Whether opcodes are looked through for a global: that costs, and honest files have none that needs it. */
export function watchRecord(m: MachineState, record: GlobalRecord, watched: boolean): void {
  if (record.watched === watched) return;
  record.watched = watched;
  m.strangers += watched ? 1 : -1;
}

/** Whether a made object is a class: the result of a usual call of a factory that a pack knows. */
export function givesClass(m: MachineState, made: number): boolean {
  const object = m.made[made];
  const record = object?.usual === true ? m.records[object.record] : undefined;
  return record?.conditional === true && m.names.makesClass(record.module, record.name);
}

/** By itself, or together with those before it: some shapes only show over several calls. */
export function isUsualCall(m: MachineState, record: GlobalRecord, call: Call): boolean {
  const { module, name } =
    record.mapped !== null && !m.names.isConditional(record.module, record.name) ? record.mapped : record;
  const before = record.calls;
  return (
    m.names.isUsualCall(module, name, [call], before) || m.names.isUsualCall(module, name, [...before, call], before)
  );
}

export function argumentsOf(m: MachineState, hi: number, lo: number): { values: readonly Value[]; known: boolean } {
  const value = capture(m, hi, lo);
  if (value.kind === 'tuple' || value.kind === 'list')
    return { values: value.items, known: value.items.length === value.length };
  return { values: [value], known: false };
}

/** For the chains: where the callee comes from, and what is given to it. Gives the globals that its result may hold. */
export function tellCall(
  m: MachineState,
  via: CallVia,
  callee: { kind: Kind; ref: number },
  position: number,
  cells: readonly Cell[],
  args: () => { values: readonly Value[]; known: boolean },
): number[] {
  const holds: number[] = [];
  const record = m.recordOf(callee.kind, callee.ref);
  const isGlobal = callee.kind === KIND.global;
  if (record?.stranger === true && record.calls.length < KEPT_CALLS) {
    const what = isGlobal ? nameOf(record) : 'its result';
    for (const step of m.chains.memo(position, 0, what)) m.chains.add(record, step);
  }
  if (m.strangers === 0) return holds;
  let text: string | null = null;
  const call = (): string => {
    const { values, known } = args();
    const value =
      record === undefined ? null : isGlobal ? nameOf(record) : renderValue(capture(m, callee.kind, callee.ref));
    return cut(
      renderArguments(value ?? 'what persistent_load gives', values, {
        known,
        via,
        show: (item) => renderValue(item),
      }),
      CALL_TEXT,
    );
  };
  m.chains.uses(cells, (its) => stepHere(m, `gives ${its} to ${(text ??= call())}`), holds);
  if (record !== undefined) touchHeld(m, record.holds, `calls ${nameOf(record)}`, 'was put');
  const made = callee.kind === KIND.made ? m.made[callee.ref] : undefined;
  if (made !== undefined) {
    touchHeld(m, made.holds, `calls the result of ${nameOf(record)}`, 'went');
    for (const index of made.holds) if (holds.length < made.holds.length && !holds.includes(index)) holds.push(index);
  }
  return holds;
}
