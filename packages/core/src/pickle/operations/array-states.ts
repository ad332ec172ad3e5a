import { type Cell, isText, KIND, type Kind, kindOf, refOf } from '../cells.js';
import { codeOf, numberAt, textAt } from '../constants.js';
import type { MachineState } from '../machine-state.js';
import type { DtypeLayout, GlobalRecord, MadeObject } from '../record.js';

/**
 * The values that decide what numpy makes of bytes (numpy/_core/src/multiarray: descriptor.c, `arraydescr_reduce` and
 * `arraydescr_setstate`; methods.c, `array_reduce` and `array_setstate`). Nothing in numpy checks that the flags of a
 * dtype fit its kind, or that the list of an object array is as long as its shape says: what does not is memory that is
 * read behind its end, or numbers that are followed as pointers (CWE-125, CWE-843).
 */

/** Flags of dtypes (numpy/_core/include/numpy/ndarraytypes.h). */
const POINTER_FLAGS = 0x07; // ITEM_REFCOUNT, LIST_PICKLE, ITEM_IS_POINTER
const OBJECT_FLAGS = 0x3f;
/** What a structure takes over from fields that hold objects: NEEDS_INIT, LIST_PICKLE, ITEM_REFCOUNT, NEEDS_PYAPI. */
const FIELD_FLAGS = 0x1b;
const CODE = /^([?biufcOSUVMma])(\d*)$/;
/** Parts of the state of version 4, which adds metadata: units of times. */
const UNIT_PARTS = 9;
/** The version of the state, and how many parts it has then. */
const PARTS: Readonly<Record<string, number>> = { 3: 8, 4: UNIT_PARTS };
const ENDINGS = new Set(['<', '>', '|', '=']);
/** Types that stand for structures instead of a code. */
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

/** What the state of a dtype makes of it; null where that is not what numpy writes. */
export function dtypeLayout(m: MachineState, made: MadeObject | undefined, state: Cell): DtypeLayout | null {
  return made === undefined ? null : layoutOf(m, made, state);
}

/** The code of the items of an array, from a state that fits together; 0 where it is not known. */
export function arrayCode(m: MachineState, ref: number): number {
  const { nodes } = m;
  const first = nodes.open(ref);
  if (first < 0 || nodes.length <= DTYPE_PART) return 0;
  const at = (first + DTYPE_PART) & nodes.mask;
  return codeOf(m, nodes.cells.hi[at] as number, nodes.cells.lo[at] as number);
}

/** The kinds of items that the rebuild functions of time indexes take for granted. */
const TIMES = new Map([
  ['_new_DatetimeIndex', 'M'],
  ['_new_TimedeltaIndex', 'm'],
]);

/** The code of the items that a rebuild function of pandas takes for granted; 0 for any other function. */
export function timesCode(module: string, name: string): number {
  return module.startsWith('pandas.') ? (TIMES.get(name)?.charCodeAt(0) ?? 0) : 0;
}

/** Why the arguments of such a function are not what pandas writes: `(class, {'data': array of times, …})`. */
export function timesProblem(
  m: MachineState,
  record: GlobalRecord,
  args: { kind: number; ref: number },
): string | null {
  if (record.times === 0) return null;
  const given = args.kind === KIND.tuple ? itemsOf(m, args.ref)?.[1] : undefined;
  const pairs = given !== undefined && kindOf(given.hi) === KIND.dict ? itemsOf(m, refOf(given.hi, given.lo)) : null;
  const at = pairs?.findIndex((item, i) => i % 2 === 0 && textOf(m, item) === 'data') ?? -1;
  const data = pairs?.[at + 1];
  if (at < 0 || data === undefined) return null;
  const number = m.objectNumber(kindOf(data.hi), refOf(data.hi, data.lo));
  const maker = m.recordOf(kindOf(data.hi), refOf(data.hi, data.lo));
  if (number === null || (maker?.array !== true && maker?.arrayWrapper !== true)) return null;
  return m.objects.code(number) === record.times ? null : 'an index of times is made of an array that holds none';
}

/** Whether `_reconstruct` is given what numpy writes: a class, a shape of nothing, a code, `(cls, (0,), b'b')`. */
export function isPlainReconstruct(m: MachineState, kind: Kind, ref: number): boolean {
  const { nodes } = m;
  const first = kind === KIND.tuple ? nodes.open(ref) : -1;
  if (first < 0 || nodes.length < 3) return false;
  const { cells, mask } = nodes;
  // A constant changes its own class when it is made anew.
  if (kindOf(cells.hi[first & mask] as number) !== KIND.global) return false;
  if (m.records[cells.lo[first & mask] as number]?.name === 'MaskedConstant') return false;
  const shape = (first + 1) & mask;
  const code = (first + 2) & mask;
  return (
    isNothing(m, cells.hi[shape] as number, cells.lo[shape] as number) &&
    isCode(m, cells.hi[code] as number, cells.lo[code] as number)
  );
}

/** A tuple of zeros, or of nothing: the shape of an empty array, which the state then gives its own. */
function isNothing(m: MachineState, hi: number, lo: number): boolean {
  if (kindOf(hi) === KIND.emptyTuple) return true;
  const { nodes } = m;
  const first = kindOf(hi) === KIND.tuple ? nodes.open(refOf(hi, lo)) : -1;
  if (first < 0) return false;
  const { cells, mask, length } = nodes;
  for (let i = first; i < first + length; i += 1)
    if (intOf(m, cells.hi[i & mask] as number, cells.lo[i & mask] as number) !== 0) return false;
  return true;
}

/** Text or bytes, as they are or by `_codecs.encode`. */
function isCode(m: MachineState, hi: number, lo: number): boolean {
  const kind = kindOf(hi);
  if (isText(kind) || kind === KIND.bytes) return true;
  return kind === KIND.made && m.records[m.made[refOf(hi, lo)]?.record ?? -1]?.carries === 'text';
}

/** Bytes that protocols below 3 write as `bytes()` where there are none. */
function isEmptyBytes(m: MachineState, hi: number, lo: number): boolean {
  const made = kindOf(hi) === KIND.made ? m.made[refOf(hi, lo)] : undefined;
  const record = m.records[made?.record ?? -1];
  return record?.name === 'bytes' && record.carries === 'bytes' && made?.call.args.length === 0;
}

function itemsOf(m: MachineState, ref: number): readonly Item[] | null {
  return m.nodes.open(ref) < 0 ? null : (m.nodes.items(ref) ?? null);
}

function intOf(m: MachineState, hi: number, lo: number): number {
  switch (kindOf(hi)) {
    case KIND.true:
      return 1;
    case KIND.false:
      return 0;
    case KIND.int:
      return numberAt(m, refOf(hi, lo));
    default:
      return NaN;
  }
}

function intIn(m: MachineState, item: Item | undefined): number {
  return item === undefined ? NaN : intOf(m, item.hi, item.lo);
}

/** How many items an array of a shape has; NaN where the shape is no tuple of sizes: one of a subclass may be any other. */
function sizeOfShape(m: MachineState, hi: number, lo: number): number {
  if (kindOf(hi) === KIND.emptyTuple) return 1;
  const { nodes } = m;
  const first = kindOf(hi) === KIND.tuple ? nodes.open(refOf(hi, lo)) : -1;
  if (first < 0) return NaN;
  const { cells, mask, length } = nodes;
  let product = 1;
  for (let i = first; i < first + length; i += 1) {
    const size = intOf(m, cells.hi[i & mask] as number, cells.lo[i & mask] as number);
    // Two that are below zero are no size either.
    product = size >= 0 ? product * size : NaN;
  }
  return product;
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
  if (items === null || PARTS[intIn(m, items[0])] !== items.length) return null;
  const [, ending, subarray, names, fields, size, alignment, flags] = items;
  if (!ENDINGS.has(textOf(m, ending) ?? '')) return null;
  const bits = intIn(m, flags) & 0xff;
  const itemSize = intIn(m, size);
  if (Number.isNaN(intIn(m, flags)) || Number.isNaN(itemSize) || !isAlignment(letter, intIn(m, alignment))) return null;
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
    const base = dtypeIn(m, parts?.[0]);
    const shape = parts?.[1];
    if (hasNames || hasFields || parts?.length !== 2 || base === null || shape === undefined) return null;
    const count = kindOf(shape.hi) === KIND.int ? intIn(m, shape) : sizeOfShape(m, shape.hi, shape.lo);
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
    const type = dtypeIn(m, parts?.[0]);
    const offset = intIn(m, parts?.[1]);
    if (type === null || !(offset >= 0) || offset + type.size > itemSize) return null;
    objects ||= type.objects;
  }
  return { objects };
}

function dtypeIn(m: MachineState, item: Item | undefined): DtypeLayout | null {
  return item === undefined ? null : dtypeAt(m, item.hi, item.lo);
}

/** The layout of a dtype with a settled state; null for whatever else stands there. */
function dtypeAt(m: MachineState, hi: number, lo: number): DtypeLayout | null {
  if (kindOf(hi) !== KIND.made) return null;
  const made = m.made[refOf(hi, lo)];
  const record = m.records[made?.record ?? -1];
  if (made === undefined || record === undefined) return null;
  if (record.dtype) return made.layout ?? null;
  return OTHER_DTYPES.test(`${record.module}.${record.name}`) ? { size: 16, objects: true } : null;
}

/** Parts of the state of an array: `(1, shape, dtype, fortran, data)`, of masked arrays two more. */
const SHAPE_PART = 1;
const DTYPE_PART = 2;
const DATA_PART = 4;

/** Why the state of an array is not what numpy writes. Recursion: once. */
export function arrayProblem(m: MachineState, of: Kind, ref: number, nested = false): string | null {
  const { nodes } = m;
  const first = of === KIND.tuple ? nodes.open(ref) : -1;
  const parts = first < 0 ? 0 : nodes.length;
  const { cells, mask } = nodes;
  if (parts === 2 && !nested) {
    // Subclasses put numpy's state into one of their own: (state, attributes).
    const own = cells.hi[first & mask] as number;
    if (kindOf(own) === KIND.tuple)
      return arrayProblem(m, KIND.tuple, refOf(own, cells.lo[first & mask] as number), true);
  }
  if (parts !== 5 && parts !== 7) return 'the state of an array has other parts than numpy writes';
  const dtype = (first + DTYPE_PART) & mask;
  const layout = dtypeAt(m, cells.hi[dtype] as number, cells.lo[dtype] as number);
  if (layout === null) return 'the type of an array is none that numpy writes, or gets its state later';
  const shape = (first + SHAPE_PART) & mask;
  const count = sizeOfShape(m, cells.hi[shape] as number, cells.lo[shape] as number);
  if (!(count >= 0)) return 'the shape of an array holds something else than sizes';
  const data = (first + DATA_PART) & mask;
  const hi = cells.hi[data] as number;
  const lo = cells.lo[data] as number;
  const kind = kindOf(hi);
  if (kind === KIND.list) {
    const length = nodes.count(refOf(hi, lo));
    const isSettled = !m.isUnfinished(hi, lo);
    return layout.objects && length === count && isSettled
      ? null
      : `an array of ${count} objects is given ${length === null || !isSettled ? 'an unknown number' : length}`;
  }
  const isBytes =
    kind === KIND.bytes ||
    kind === KIND.bytearray ||
    kind === KIND.buffer ||
    isCode(m, hi, lo) ||
    isEmptyBytes(m, hi, lo);
  return isBytes && !layout.objects ? null : 'the data of an array are no bytes, or are bytes that stand for objects';
}
