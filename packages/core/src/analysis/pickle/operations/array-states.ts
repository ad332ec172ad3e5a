import { type Cell, KIND, isText, kindOf, refOf } from '../cells.js';
import { intAt, textAt } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import type { DtypeLayout, GlobalRecord, MadeObject } from '../record.js';

/**
 * The values that decide what numpy makes of bytes (numpy/_core/src/multiarray: descriptor.c, `arraydescr_reduce` and
 * `arraydescr_setstate`; methods.c, `array_reduce` and `array_setstate`). Nothing in numpy checks that the flags of a
 * dtype fit its kind, or that the list of an object array is as long as its shape says: what does not is memory that is
 * read behind its end, or numbers that are followed as pointers (CWE-125, CWE-843).
 */

/** Flags of dtypes (numpy/_core/include/numpy/ndarraytypes.h). */
const POINTER_FLAGS = 0x01 | 0x02 | 0x04; // ITEM_REFCOUNT, LIST_PICKLE, ITEM_IS_POINTER
const OBJECT_FLAGS = 0x3f;
/** What a structure takes over from fields that hold objects: NEEDS_INIT, LIST_PICKLE, ITEM_REFCOUNT, NEEDS_PYAPI. */
const FIELD_FLAGS = 0x1b;
const CODE = /^([?biufcOSUVMma])(\d*)$/;
/** Parts of the state of version 4, which adds metadata: units of times. */
const UNIT_PARTS = 9;
/** The version of the state, and how many parts it has then. */
const PARTS: Readonly<Record<string, number>> = { 3: 8, 4: UNIT_PARTS };
const ENDINGS = new Set(['<', '>', '|', '=']);
/** Types that stand for structures in the place of a code. */
const RECORDS = new Set([
  'numpy.record',
  'numpy.rec.record',
  'numpy.core.records.record',
  'numpy._core.records.record',
]);
/** Dtypes that are made otherwise and have no state. */
const OTHER_DTYPES = /^numpy\.(?:_?core)(?:\._internal\._convert_to_stringdtype_kwargs|\._DType_reconstruct)$/;

interface Item {
  readonly hi: number;
  readonly lo: number;
}

/** What BUILD makes of a dtype, and what is wrong with its state or with that of an array. */
export function judgeArrayState(
  m: MachineState,
  record: GlobalRecord,
  made: MadeObject | undefined,
  state: Cell,
): { readonly layout: DtypeLayout | null; readonly problem: string | null } {
  if (record.array) {
    const problem = arrayProblem(m, state);
    const items = state.kind === KIND.tuple && problem === null ? itemsOf(m, state.ref) : null;
    const code = items === null ? null : codeOf(m, items[2]);
    if (made !== undefined && code !== null) made.itemCode = code;
    return { layout: null, problem };
  }
  if (!record.dtype) return { layout: null, problem: null };
  const layout = made === undefined ? null : layoutOf(m, made, state);
  return { layout, problem: layout === null ? 'the state of a dtype is not what numpy writes for its code' : null };
}

/** The code that a dtype was made of. */
function codeOf(m: MachineState, dtype: Item | undefined): string | null {
  const made = dtype !== undefined && kindOf(dtype.hi) === KIND.made ? m.made[refOf(dtype.hi, dtype.lo)] : undefined;
  const [code] = made?.call.args ?? [];
  return code?.kind === 'str' ? code.value : null;
}

/** The kinds of items that the rebuild functions of time indexes take for granted. */
const TIMES: Readonly<Record<string, string>> = { _new_DatetimeIndex: 'M', _new_TimedeltaIndex: 'm' };

/** Why the arguments of such a function are not what pandas writes: `(class, {'data': array of times, …})`. */
export function timesProblem(
  m: MachineState,
  record: GlobalRecord,
  args: { kind: number; ref: number },
): string | null {
  const letter = TIMES[record.name];
  if (letter === undefined || !record.module.startsWith('pandas.')) return null;
  const given = args.kind === KIND.tuple ? itemsOf(m, args.ref)?.[1] : undefined;
  const pairs = given !== undefined && kindOf(given.hi) === KIND.dict ? itemsOf(m, refOf(given.hi, given.lo)) : null;
  const at = pairs?.findIndex((item, i) => i % 2 === 0 && textOf(m, item) === 'data') ?? -1;
  const data = pairs?.[at + 1];
  if (at < 0 || data === undefined || kindOf(data.hi) !== KIND.made) return null;
  const made = m.made[refOf(data.hi, data.lo)];
  const maker = m.records[made?.record ?? -1];
  if (made === undefined || (maker?.array !== true && maker?.arrayWrapper !== true)) return null;
  return made.itemCode?.startsWith(letter) === true ? null : 'an index of times is made of an array that holds none';
}

/** Whether `_reconstruct` is given what numpy writes: a class, a shape of nothing, a code, `(cls, (0,), b'b')`. */
export function isPlainReconstruct(m: MachineState, args: { kind: number; ref: number }): boolean {
  const items = args.kind === KIND.tuple ? itemsOf(m, args.ref) : null;
  const [cls, shape, code] = items ?? [];
  const shapeItems =
    shape !== undefined && kindOf(shape.hi) === KIND.tuple ? itemsOf(m, refOf(shape.hi, shape.lo)) : null;
  return (
    cls !== undefined &&
    kindOf(cls.hi) === KIND.global &&
    m.records[cls.lo]?.name !== 'MaskedConstant' && // a constant, which changes its own class when it is made anew
    (shapeItems !== null
      ? shapeItems.every((size) => isNothing(m, size))
      : kindOf(shape?.hi ?? 0) === KIND.emptyTuple) &&
    isCode(m, code)
  );
}

/** 0: an empty array, which the state then gives its shape. */
function isNothing(m: MachineState, item: Item): boolean {
  return intOf(m, item) === 0;
}

/** Text or bytes, as they are or by `_codecs.encode`. */
function isCode(m: MachineState, item: Item | undefined): boolean {
  if (item === undefined) return false;
  const kind = kindOf(item.hi);
  if (isText(kind) || kind === KIND.bytes) return true;
  return kind === KIND.made && m.records[m.made[refOf(item.hi, item.lo)]?.record ?? -1]?.carries === 'text';
}

/** Bytes that protocols below 3 write as `bytes()` where there are none. */
function isEmptyBytes(m: MachineState, { hi, lo }: Item): boolean {
  const made = kindOf(hi) === KIND.made ? m.made[refOf(hi, lo)] : undefined;
  const record = m.records[made?.record ?? -1];
  return record?.name === 'bytes' && record.carries === 'bytes' && made?.call.args.length === 0;
}

function itemsOf(m: MachineState, ref: number): readonly Item[] | null {
  const count = m.nodes.count(ref);
  if (count === null || m.nodes.keptOf(ref) < count) return null;
  return Array.from({ length: count }, (_, i) => ({ hi: m.nodes.itemHi(ref, i), lo: m.nodes.itemLo(ref, i) }));
}

function intOf(m: MachineState, item: Item | undefined): number {
  if (item === undefined) return NaN;
  const kind = kindOf(item.hi);
  if (kind === KIND.true || kind === KIND.false) return kind === KIND.true ? 1 : 0;
  return kind === KIND.int ? Number(intAt(m, refOf(item.hi, item.lo)).replace(/L$/, '')) : NaN;
}

function textOf(m: MachineState, item: Item | undefined): string | null {
  if (item === undefined || !isText(kindOf(item.hi))) return null;
  const text = textAt(m, refOf(item.hi, item.lo), 64);
  return text === null || text.cut ? null : text.value;
}

/** numpy writes -1 for types of a fixed size, divides by what stands there for all others, and checks neither. */
function isAlignment(letter: string, alignment: number): boolean {
  return 'SUVa'.includes(letter) ? [1, 2, 4, 8, 16].includes(alignment) : alignment === -1;
}

/** The layout that a dtype has, where its call and its state are what numpy writes; null otherwise. */
function layoutOf(m: MachineState, made: MadeObject, state: Cell): DtypeLayout | null {
  const [code] = made.call.args;
  const { call } = made;
  if (call.via !== 'REDUCE' || !call.argsKnown || call.on !== undefined || call.args.length !== 3) return null;
  const isRecord = code?.kind === 'global' && RECORDS.has(`${code.module}.${code.name}`);
  const match = code?.kind === 'str' ? CODE.exec(code.value) : null;
  if (match === null && !isRecord) return null;
  const letter = match?.[1] ?? 'V';
  const digits = match?.[2] ?? '';
  const items = state.kind === KIND.tuple ? itemsOf(m, state.ref) : null;
  if (items === null || PARTS[intOf(m, items[0])] !== items.length) return null;
  const [, ending, subarray, names, fields, size, alignment, flags] = items;
  if (!ENDINGS.has(textOf(m, ending) ?? '')) return null;
  const bits = intOf(m, flags) & 0xff;
  const itemSize = intOf(m, size);
  if (Number.isNaN(intOf(m, flags)) || Number.isNaN(itemSize) || !isAlignment(letter, intOf(m, alignment))) return null;
  const declared = letter === '?' ? 1 : digits === '' ? NaN : Number(digits) * (letter === 'U' ? 4 : 1);
  if (letter !== 'V') {
    const isNamed = [subarray, names, fields].some((part) => part === undefined || kindOf(part.hi) !== KIND.none);
    const isObject = letter === 'O';
    const own = isObject ? 8 : declared;
    // Without the unit, numpy looks for one in memory that nobody set.
    if ('Mm'.includes(letter) && items.length !== UNIT_PARTS) return null;
    if (isNamed || Number.isNaN(own) || (itemSize !== -1 && itemSize !== own && !(isObject && itemSize === 4)))
      return null;
    if (isObject ? (bits & OBJECT_FLAGS) !== OBJECT_FLAGS : (bits & POINTER_FLAGS) !== 0) return null;
    return { size: own, objects: isObject };
  }
  if (itemSize < 0 || (!isRecord && declared !== itemSize)) return null;
  const parts = partsOf(m, subarray, names, fields, itemSize);
  if (parts === null) return null;
  const isFit = parts.objects ? (bits & FIELD_FLAGS) === FIELD_FLAGS : (bits & POINTER_FLAGS) === 0;
  return isFit ? { size: itemSize, objects: parts.objects } : null;
}

/** Whether a subarray or the fields of a structure hold objects; null where they do not fit into it. */
function partsOf(
  m: MachineState,
  subarray: Item | undefined,
  names: Item | undefined,
  fields: Item | undefined,
  itemSize: number,
): { readonly objects: boolean } | null {
  const hasNames = names !== undefined && kindOf(names.hi) !== KIND.none;
  const hasFields = fields !== undefined && kindOf(fields.hi) !== KIND.none;
  if (subarray !== undefined && kindOf(subarray.hi) !== KIND.none) {
    const parts = kindOf(subarray.hi) === KIND.tuple ? itemsOf(m, refOf(subarray.hi, subarray.lo)) : null;
    const base = dtypeAt(m, parts?.[0]);
    const shape = parts?.[1];
    if (hasNames || hasFields || parts?.length !== 2 || base === null || shape === undefined) return null;
    const sizes = kindOf(shape.hi) === KIND.tuple ? itemsOf(m, refOf(shape.hi, shape.lo)) : [shape];
    const count = (sizes ?? []).reduce((product, size) => product * intOf(m, size), sizes === null ? NaN : 1);
    return base.size * count === itemSize ? { objects: base.objects } : null;
  }
  if (!hasNames && !hasFields) return { objects: false };
  if (!hasNames || !hasFields || kindOf(fields.hi) !== KIND.dict) return null;
  const isEmpty = kindOf(names.hi) === KIND.emptyTuple;
  if (!isEmpty && kindOf(names.hi) !== KIND.tuple) return null;
  const pairs = itemsOf(m, refOf(fields.hi, fields.lo));
  const count = isEmpty ? 0 : m.nodes.count(refOf(names.hi, names.lo));
  if (pairs === null || count === null || pairs.length < count * 2) return null;
  const keys = new Set<string>();
  for (let i = 0; i < pairs.length; i += 2) keys.add(textOf(m, pairs[i]) ?? '');
  const named = isEmpty ? [] : itemsOf(m, refOf(names.hi, names.lo));
  // numpy looks each name up among the fields, and takes for granted that it is there.
  if (named === null || named.length < count || !named.every((name) => keys.has(textOf(m, name) ?? '\0'))) return null;
  if (keys.has('') || keys.size * 2 !== pairs.length) return null;
  let objects = false;
  for (let i = 1; i < pairs.length; i += 2) {
    const field = pairs[i];
    const parts = field !== undefined && kindOf(field.hi) === KIND.tuple ? itemsOf(m, refOf(field.hi, field.lo)) : null;
    const type = dtypeAt(m, parts?.[0]);
    const offset = intOf(m, parts?.[1]);
    if (type === null || !(offset >= 0) || offset + type.size > itemSize) return null;
    objects ||= type.objects;
  }
  return { objects };
}

/** The layout of a dtype with a settled state; null for whatever else stands there. */
export function dtypeAt(m: MachineState, item: Item | undefined): DtypeLayout | null {
  if (item === undefined || kindOf(item.hi) !== KIND.made) return null;
  const made = m.made[refOf(item.hi, item.lo)];
  const record = m.records[made?.record ?? -1];
  if (made === undefined || record === undefined) return null;
  if (record.dtype) return made.layout ?? null;
  return OTHER_DTYPES.test(`${record.module}.${record.name}`) ? { size: 16, objects: true } : null;
}

/** Why the state of an array is not what numpy writes: `(1, shape, dtype, fortran, data)`, of masked arrays two more. Recursion: once. */
function arrayProblem(m: MachineState, state: Cell, nested = false): string | null {
  const items = state.kind === KIND.tuple ? itemsOf(m, state.ref) : null;
  const [own] = items ?? [];
  // Subclasses put numpy's state into one of their own: (state, attributes).
  if (items?.length === 2 && own !== undefined && kindOf(own.hi) === KIND.tuple && !nested)
    return arrayProblem(m, { kind: kindOf(own.hi), ref: refOf(own.hi, own.lo) }, true);
  if (items === null || (items.length !== 5 && items.length !== 7))
    return 'the state of an array has other parts than numpy writes';
  const [, shape, dtype, , data] = items;
  const layout = dtypeAt(m, dtype);
  if (layout === null) return 'the type of an array is none that numpy writes, or gets its state later';
  if (shape === undefined || data === undefined) return 'the state of an array has no shape';
  const sizes = kindOf(shape.hi) === KIND.tuple ? itemsOf(m, refOf(shape.hi, shape.lo)) : [];
  const count = (sizes ?? []).reduce((product, size) => product * intOf(m, size), sizes === null ? NaN : 1);
  if (!(count >= 0)) return 'the shape of an array holds something else than sizes';
  const kind = kindOf(data.hi);
  if (kind === KIND.list) {
    const length = m.nodes.count(refOf(data.hi, data.lo));
    const isSettled = !m.isUnfinished(data.hi, data.lo);
    return layout.objects && length === count && isSettled
      ? null
      : `an array of ${count} objects is given ${length === null || !isSettled ? 'an unknown number' : length}`;
  }
  const isBytes =
    kind === KIND.bytes || kind === KIND.bytearray || kind === KIND.buffer || isCode(m, data) || isEmptyBytes(m, data);
  return isBytes && !layout.objects ? null : 'the data of an array are no bytes, or are bytes that stand for objects';
}
