import { isText, KIND, type Kind, kindOf, MARK, NODE_BIT, objectRef, refOf } from '../cells.js';
import { capture } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import { C } from '../readers.js';
import { type GlobalRecord, KEPT_CALLS } from '../record.js';
import { argumentBits, foreignFlag, heldMarks, itemBits, keywordBits, noteCall, stackArgumentBits } from '../uses.js';
import { isPlainReconstruct, timesProblem } from './array-states.js';
import { argumentsOf, callValue, givesClass } from './calls.js';
import { noteKey } from './containers.js';
import { noteContent, noteLoaderArguments } from './data.js';
import { pushWalked, resolveGlobal } from './globals.js';
import { CALLABLE, captureCells, cellsOf, peek, underflow } from './operands.js';

/** A position that the stack does not have. */
const NOWHERE = -1;

/**
 * A call like many before it: of a class or function that the allowlist knows, whose first calls are kept, where nothing
 * is recorded of what is called. Counts it, and says whether there was one.
 */
export function routineCall(m: MachineState, isNew: boolean): boolean {
  const { sp, stack } = m;
  const position = sp - 2;
  if (position < m.fence || stack.hi[position] !== KIND.global || m.observer !== null) return false;
  const index = stack.lo[position] as number;
  const record = m.records[index];
  if (record === undefined || !record.routine || record.calls.length < KEPT_CALLS) return false;
  if (m.strangers > 0 || m.twins.size > 0) return false;
  const argsHi = stack.hi[sp - 1] as number;
  const argsLo = stack.lo[sp - 1] as number;
  const args = kindOf(argsHi);
  if (args !== KIND.tuple && args !== KIND.emptyTuple) return false;
  if (record.arrayWrapper && (!isNew || args !== KIND.emptyTuple)) return false;
  if (isReconstruct(record, isNew) && !isPlainReconstruct(m, args, refOf(argsHi, argsLo))) return false;
  const bits = argumentBits(m, argsHi, argsLo);
  if ((heldMarks(bits) & MARK.open) !== 0 && (isSet(record) || isOrderedDict(record))) return false;
  const marks = noteCall(m, record, isNew ? 'new' : 'call', bits, foreignFlag(m, record, bits, argsHi, argsLo));
  record.callCount += 1;
  record.calleeUses += 1;
  if (record.arrayWrapper) m.looseWrappers -= 1;
  if (!isNew) record.called = true;
  m.sp = position;
  m.pushObject(KIND.object, objectRef(index, m.objects.create(marks)), marks);
  return true;
}

/** A call whose arguments say with what type and shape an array begins. */
function isReconstruct(record: GlobalRecord | undefined, isNew: boolean): boolean {
  return record?.array === true && !isNew && record.name === '_reconstruct';
}

/** What hashes and compares the items of what it is given. */
function isSet({ module, name }: GlobalRecord): boolean {
  return (name === 'set' || name === 'frozenset') && (module === 'builtins' || module === '__builtin__');
}

/** What makes a dict of pairs: it iterates over them, and hashes and compares the first of each. */
function isOrderedDict({ module, name }: GlobalRecord): boolean {
  return name === 'OrderedDict' && (module === 'collections' || module === '_collections' || module === 'ordereddict');
}

/** The keys of pairs, as `dict` takes them. A dict has noted its own; what is no pair is iterated over by its class. */
function notePairs(m: MachineState, hi: number, lo: number): void {
  const kind = kindOf(hi);
  const ref = refOf(hi, lo);
  if (kind === KIND.dict || (hi & NODE_BIT) === 0) return;
  const count = m.nodes.count(ref);
  // Those that are forgotten may hold anything.
  if (count === null || m.nodes.keptOf(ref) < count) return noteKey(m, hi, lo, 0);
  for (let i = 0; i < count; i += 1) {
    const pairHi = m.nodes.itemHi(ref, i);
    const pairLo = m.nodes.itemLo(ref, i);
    const pair = refOf(pairHi, pairLo);
    const isPair = (pairHi & NODE_BIT) !== 0 && m.nodes.count(pair) === 2 && m.nodes.keptOf(pair) > 0;
    if (isPair) noteKey(m, m.nodes.itemHi(pair, 0), m.nodes.itemLo(pair, 0), 1);
    else noteKey(m, pairHi, pairLo, 0);
  }
}

export function reduce(m: MachineState): boolean {
  const args = peek(m, 0);
  const callee = peek(m, 1);
  if (args === null || callee === null) return underflow(m);
  if (!CALLABLE.has(callee.kind)) return m.fail('wrong-operand', 'REDUCE of a value that cannot be called');
  if (!acceptsArguments(m, args.kind, 'REDUCE')) return false;
  noteLoaderArguments(m, m.recordOf(callee.kind, callee.ref), args.hi, args.lo);
  const record = callee.kind === KIND.global ? m.records[callee.ref] : undefined;
  if (isReconstruct(record, false) && !isPlainReconstruct(m, args.kind, args.ref))
    m.signal('array-state', m.base + m.opAt, 'an array is made with a shape or a type that numpy does not write there');
  const times = record === undefined ? null : timesProblem(m, record, args);
  if (times !== null) m.signal('array-state', m.base + m.opAt, times);
  const bits = argumentBits(m, args.hi, args.lo);
  const made = madeByCopyreg(m, callee, args);
  const holdsOpen = (heldMarks(bits) & MARK.open) !== 0;
  if (record !== undefined && holdsOpen && isSet(record)) noteKey(m, args.hi, args.lo, 0);
  if (record !== undefined && holdsOpen && isOrderedDict(record)) noteArguments(m, args, 0, notePairs);
  if (made !== null && holdsOpen && made.base === 'dict') noteArguments(m, args, made.from, notePairs);
  if (made !== null && holdsOpen && (made.base === 'set' || made.base === 'frozenset'))
    noteArguments(m, args, made.from, (machine, hi, lo) => noteKey(machine, hi, lo, 0));
  const event = made === null ? 'call' : 'new';
  let result = callValue(m, 'REDUCE', callee, () => argumentsOf(m, args.hi, args.lo), m.sp - 2, [args], bits, event);
  if (made !== null) {
    const { cls, from, to } = made;
    const values = Array.from({ length: to - from }, (_, i) =>
      capture(m, m.nodes.itemHi(args.ref, from + i), m.nodes.itemLo(args.ref, from + i)),
    );
    result = callValue(
      m,
      'NEWOBJ',
      cls,
      () => ({ values, known: true }),
      NOWHERE,
      [],
      itemBits(m, m.nodes.open(args.ref) + from, to - from),
    );
    const isWrapper = cls.kind === KIND.global && m.records[cls.ref]?.arrayWrapper === true;
    if (isWrapper && args.ref <= m.reconstructedFrom) m.looseWrappers += 1;
    m.reconstructedFrom = Math.max(m.reconstructedFrom, args.ref);
  }
  noteContent(m, result, args);
  m.sp -= 2;
  if (record?.name === 'getattr' && pushNested(m, record, result, args)) return true;
  m.pushObject(result.kind, result.ref, result.marks);
  return true;
}

/**
 * `getattr(Class, 'Member')`, as protocols 2 and 3 write what protocol 4 names `Class.Member` (`save_global`): the same
 * walk of attributes, so what comes of it is that global. Pushes it where the catalogue knows the dotted name.
 */
function pushNested(
  m: MachineState,
  record: GlobalRecord,
  result: { kind: Kind; ref: number },
  args: { kind: Kind; ref: number },
): boolean {
  if (record.module !== 'builtins' && record.module !== '__builtin__') return false;
  if (result.kind !== KIND.made || m.made[result.ref]?.usual !== true) return false;
  const { nodes } = m;
  if (args.kind !== KIND.tuple || nodes.count(args.ref) !== 2 || nodes.keptOf(args.ref) !== 2) return false;
  if (kindOf(nodes.itemHi(args.ref, 0)) !== KIND.global) return false;
  const owner = m.records[refOf(nodes.itemHi(args.ref, 0), nodes.itemLo(args.ref, 0))];
  if (owner === undefined || owner.dynamic !== null || owner.mapped !== null) return false;
  // Before protocol 4 a name with dots is one attribute.
  if (!owner.walksDots && owner.name.includes('.')) return false;
  const member = capture(m, nodes.itemHi(args.ref, 1), nodes.itemLo(args.ref, 1));
  if (member.kind !== 'str' || member.value.length !== member.length || member.value.includes('.')) return false;
  const name = `${owner.name}.${member.value}`;
  if (!m.names.isNested(owner.module, name)) return false;
  pushWalked(m, owner, name);
  return true;
}

function noteArguments(
  m: MachineState,
  args: { kind: Kind; ref: number },
  from: number,
  note: (m: MachineState, hi: number, lo: number) => void,
): void {
  if (args.kind !== KIND.tuple) return;
  const kept = m.nodes.keptOf(args.ref);
  for (let i = from; i < kept; i += 1) note(m, m.nodes.itemHi(args.ref, i), m.nodes.itemLo(args.ref, i));
}

/** Types whose `__new__` and `__init__` make a value of their own kind out of one. */
const PLAIN_BASES = new Set(
  'dict list tuple set frozenset int float complex str bytes bytearray long unicode'.split(' '),
);

/**
 * The reductions of copyreg that make an instance of a class as NEWOBJ does: `_reconstructor(cls, base, state)`, the way
 * of protocols 0 and 1, which is `base.__new__(cls, state)` (`object.__new__(cls)` for None; of time zones, `tzinfo.__new__`), and `__newobj__(cls, *args)`.
 * Gives the class and which of the arguments are those of `__new__`. Null for any other call.
 */
function madeByCopyreg(
  m: MachineState,
  callee: { kind: Kind; ref: number },
  args: { kind: Kind; ref: number },
): {
  readonly cls: { kind: Kind; ref: number };
  readonly from: number;
  readonly to: number;
  readonly base: string;
} | null {
  const record = callee.kind === KIND.global ? m.records[callee.ref] : undefined;
  if (record === undefined || (record.module !== 'copyreg' && record.module !== 'copy_reg')) return null;
  if (record.name !== '_reconstructor' && record.name !== '__newobj__') return null;
  const { nodes } = m;
  const count = args.kind === KIND.tuple ? (nodes.count(args.ref) ?? 0) : 0;
  if (count === 0 || nodes.keptOf(args.ref) < count) return null;
  const hi = nodes.itemHi(args.ref, 0);
  const cls = { kind: kindOf(hi), ref: refOf(hi, nodes.itemLo(args.ref, 0)) };
  if (cls.kind !== KIND.global && !(cls.kind === KIND.made && givesClass(m, cls.ref))) return null;
  if (record.name === '__newobj__') return { cls, from: 1, to: count, base: 'object' };
  if (count !== 3 || kindOf(nodes.itemHi(args.ref, 1)) !== KIND.global) return null;
  const base = m.records[nodes.itemLo(args.ref, 1)];
  // A zone, with a bare one as the state, which `tzinfo.__new__` does not look at.
  if (base?.module === 'datetime' && base.name === 'tzinfo') {
    const [state, low] = [nodes.itemHi(args.ref, 2), nodes.itemLo(args.ref, 2)];
    const isZone = kindOf(state) !== KIND.global && m.recordOf(kindOf(state), refOf(state, low)) === base;
    return isZone ? { cls, from: 3, to: 3, base: 'object' } : null;
  }
  if (base === undefined || (base.module !== 'builtins' && base.module !== '__builtin__')) return null;
  const hasState = kindOf(nodes.itemHi(args.ref, 2)) !== KIND.none;
  if (base.name === 'object') return hasState ? null : { cls, from: 3, to: 3, base: base.name };
  return PLAIN_BASES.has(base.name) ? { cls, from: 2, to: 3, base: base.name } : null;
}

/** C wants a tuple; pure Python takes whatever can be unpacked. */
export function acceptsArguments(m: MachineState, kind: Kind, what: string): boolean {
  if (kind === KIND.tuple || kind === KIND.emptyTuple || CALLABLE.has(kind)) return true;
  const detail = `${what} with arguments that are no tuple`;
  const iterable =
    (kind & NODE_BIT) !== 0 || isText(kind) || kind === KIND.bytes || kind === KIND.bytearray || kind === KIND.buffer;
  return iterable ? m.kill(C, 'wrong-operand', detail) : m.fail('wrong-operand', detail);
}

export function newObject(m: MachineState, withKeywords: boolean): boolean {
  const what = withKeywords ? 'NEWOBJ_EX' : 'NEWOBJ';
  const keywords = withKeywords ? peek(m, 0) : null;
  const args = peek(m, withKeywords ? 1 : 0);
  const cls = peek(m, withKeywords ? 2 : 1);
  if (args === null || cls === null || (withKeywords && keywords === null)) return underflow(m);
  if (!CALLABLE.has(cls.kind)) return m.fail('wrong-operand', `${what} of a value that is no class`);
  if (!acceptsArguments(m, args.kind, what)) return false;
  if (keywords !== null && keywords.kind !== KIND.dict && !CALLABLE.has(keywords.kind)) {
    return m.fail('wrong-operand', 'NEWOBJ_EX with keyword arguments that are no dict');
  }
  const result = callValue(
    m,
    what,
    cls,
    () => {
      const { values, known } = argumentsOf(m, args.hi, args.lo);
      return keywords === null
        ? { values, known }
        : { values: [...values, capture(m, keywords.hi, keywords.lo)], known };
    },
    m.sp - (withKeywords ? 3 : 2),
    keywords === null ? [args] : [args, keywords],
    argumentBits(m, args.hi, args.lo) | (keywords === null ? 0 : keywordBits(m, keywords.hi, keywords.lo)),
  );
  m.sp -= withKeywords ? 3 : 2;
  m.pushObject(result.kind, result.ref, result.marks);
  return true;
}

export function obj(m: MachineState): boolean {
  if (m.markCount === 0) return m.fail('mark-underflow', 'OBJ without a MARK');
  const mark = m.fence;
  if (m.sp - mark < 1) return underflow(m);
  const hi = m.stack.hi[mark] ?? 0;
  const cls = { kind: kindOf(hi), ref: refOf(hi, m.stack.lo[mark] ?? 0) };
  if (!CALLABLE.has(cls.kind)) return m.fail('wrong-operand', 'OBJ of a value that is no class');
  if (m.protocol >= 2)
    m.signal('legacy-instance-opcode', m.base + m.opAt, `OBJ in protocol ${m.protocol}: no pickler writes it`);
  const result = callValue(
    m,
    'OBJ',
    cls,
    () => ({
      values: captureCells(m, mark + 1, m.sp),
      known: m.sp - mark <= 33,
    }),
    mark,
    cellsOf(m, mark + 1, m.sp),
    stackArgumentBits(m, mark + 1, m.sp),
  );
  m.popMark();
  m.sp = mark;
  m.pushObject(result.kind, result.ref, result.marks);
  return true;
}

export function inst(m: MachineState, module: string, name: string): boolean {
  if (m.protocol >= 1)
    m.signal('legacy-instance-opcode', m.base + m.opAt, `INST in protocol ${m.protocol}: no pickler writes it`);
  const hadMark = m.markCount > 0;
  const mark = hadMark ? m.fence : m.sp;
  const values = hadMark ? captureCells(m, mark, m.sp) : [];
  const known = m.sp - mark <= 32;
  const cells = cellsOf(m, mark, m.sp);
  const bits = stackArgumentBits(m, mark, m.sp);
  resolveGlobal(m, module, name, 'INST', m.alive, () => []);
  m.sp -= 1;
  if (!hadMark) return m.fail('mark-underflow', 'INST without a MARK');
  const index = m.stack.lo[m.sp] ?? 0;
  const callee = { kind: KIND.global, ref: index };
  const result = callValue(m, 'INST', callee, () => ({ values, known }), NOWHERE, cells, bits);
  m.popMark();
  m.sp = mark;
  m.pushObject(result.kind, result.ref, result.marks);
  return true;
}
