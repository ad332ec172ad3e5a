import { MAX_DIMENSIONS, MAX_STATE_CELLS } from '../model/limits.js';
import { InputError } from '../model/errors.js';
import type { Value } from '../model/fact.js';
import { type Cell, KIND, type Kind, kindOf, refOf } from './cells.js';
import { capture, codeOf, numberAt, type Values } from './constants.js';
import type { StoredItem } from './record.js';

/**
 * The raw array behind the BUILD of joblib's NumpyArrayWrapper (joblib/numpy_pickle.py, `read_array`):
 *
 *     [1 byte: n, then n bytes of padding]   only where the wrapper states an alignment
 *     shape[0] * shape[1] * ... * itemsize   bytes of the array, or, for object dtypes, one pickle
 */
export type ArrayData =
  | { readonly kind: 'raw'; readonly start: number; readonly end: number }
  | { readonly kind: 'pickle'; readonly start: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What a state says of an attribute: nothing, None, an int, a false or a true value, or something unknown. */
type Said = 'nothing' | 'none' | 'int' | 'false' | 'other';

/** What the state of a wrapper says of the array behind it. */
export interface WrapperState {
  /** Null where it is unknown. */
  readonly item: StoredItem | null;
  /** The first letter of its code, as a character; 0 where it is not known. */
  readonly code: number;
  readonly mayMap: Said;
  readonly alignment: Said;
  /** How many items there are; null where the shape is unknown, NaN where it holds something else than sizes. */
  readonly items: number | null;
}

/**
 * `first`: the byte at `at`, undefined at the end of the data. `keepsAttributes`: the wrapper may have attributes that
 * this state does not set, from its making or an earlier state.
 */
export function locateArray(
  first: number | undefined,
  at: number,
  state: WrapperState | null,
  keepsAttributes: boolean,
): ArrayData {
  if (state === null)
    return { kind: 'unknown', reason: 'the array wrapper has no plain dict of its attributes as its state' };
  const { item, mayMap, alignment, items } = state;
  if (item === null) return { kind: 'unknown', reason: 'the dtype of the array cannot be read from the stream' };
  if (item.object) {
    // numpy maps object arrays as well: joblib goes on behind the pointers then, not behind the pickle. It never allows it.
    if (mayMap === 'nothing' ? keepsAttributes : mayMap !== 'false')
      return { kind: 'unknown', reason: 'an array of objects that may be mapped' };
    return { kind: 'pickle', start: at };
  }
  let start = at;
  if (alignment === 'int') {
    if (first === undefined)
      throw new InputError('truncated: the padding byte of an array is expected', at, 'truncated');
    start += 1 + first;
  } else if (alignment === 'nothing' ? keepsAttributes : alignment !== 'none') {
    return { kind: 'unknown', reason: 'the alignment of the array cannot be read from the stream' };
  }
  if (items === null) return { kind: 'unknown', reason: 'the shape of the array cannot be read from the stream' };
  if (Number.isNaN(items)) return { kind: 'unknown', reason: 'the shape of the array holds something else than sizes' };
  const end = start + items * item.itemSize;
  if (!Number.isSafeInteger(end)) return { kind: 'unknown', reason: 'the array is declared larger than any file' };
  return { kind: 'raw', start, end };
}

/**
 * What the state of a wrapper says: the last value of each attribute counts. Null where they are not all known, or are
 * others than joblib writes: any other may replace a method that reads the array. Throws NeedBytes.
 */
export function wrapperState(m: Values, state: Cell): WrapperState | null {
  const { nodes } = m;
  const { ref } = state;
  const cells = state.kind === KIND.dict ? nodes.count(ref) : null;
  if (cells === null || cells > MAX_STATE_CELLS || nodes.keptOf(ref) < cells) return null;
  let item: StoredItem | null = null;
  let code = 0;
  let mayMap: Said = 'nothing';
  let alignment: Said = 'nothing';
  let items: number | null = null;
  for (let i = 0; i < cells; i += 2) {
    const key = capture(m, nodes.itemHi(ref, i), nodes.itemLo(ref, i));
    const hi = nodes.itemHi(ref, i + 1);
    const lo = nodes.itemLo(ref, i + 1);
    switch (key.kind === 'str' ? key.value : '') {
      case 'dtype':
        item = storedItem(m, hi, lo);
        code = codeOf(m, hi, lo);
        break;
      case 'shape':
        items = itemsOfShape(m, hi, lo);
        break;
      case 'allow_mmap':
        mayMap = saidBy(hi);
        break;
      case 'numpy_array_alignment_bytes':
        alignment = saidBy(hi);
        break;
      case 'subclass':
      case 'order':
        break;
      default:
        return null;
    }
  }
  return { item, code, mayMap, alignment, items };
}

function saidBy(hi: number): Said {
  switch (kindOf(hi)) {
    case KIND.none:
      return 'none';
    case KIND.int:
      return 'int';
    case KIND.false:
      return 'false';
    default:
      return 'other';
  }
}

function itemsOfShape(m: Values, hi: number, lo: number): number | null {
  const { nodes } = m;
  const kind = kindOf(hi);
  if (kind === KIND.emptyTuple) return 1;
  const ref = refOf(hi, lo);
  const count = kind === KIND.tuple ? nodes.count(ref) : null;
  if (count === null || count > MAX_DIMENSIONS || nodes.keptOf(ref) < count) return null;
  let product = 1;
  for (let i = 0; i < count; i += 1) {
    const part = nodes.itemHi(ref, i);
    const size = kindOf(part) === KIND.int ? numberAt(m, refOf(part, nodes.itemLo(ref, i))) : sizeOfBool(kindOf(part));
    if (!Number.isSafeInteger(size) || size < 0) return NaN;
    product *= size;
  }
  return product;
}

function sizeOfBool(kind: Kind): number {
  return kind === KIND.true ? 1 : kind === KIND.false ? 0 : NaN;
}

/** What a dtype says of one item: remembered with the dtype, which thousands of arrays may share. */
function storedItem(m: Values, hi: number, lo: number): StoredItem | null {
  const made = kindOf(hi) === KIND.made ? m.made[refOf(hi, lo)] : undefined;
  if (made === undefined) return layoutOf(capture(m, hi, lo));
  if (made.stored === undefined) made.stored = layoutOf(capture(m, hi, lo));
  return made.stored;
}

/** NPY_ITEM_REFCOUNT: the flag of dtypes that hold Python objects (numpy/core/include/numpy/ndarraytypes.h). */
const HOLDS_OBJECTS = 0x01;
/** All flags that numpy has. Before 1.25 it wrote them as a signed char: aligned structures, 0x80, are negative. */
const MAX_FLAGS = 0xff;
const MIN_FLAGS = -0x80;

const STRING_DTYPES: ReadonlySet<string> = new Set([
  'numpy._core._internal._convert_to_stringdtype_kwargs',
  'numpy.core._internal._convert_to_stringdtype_kwargs',
]);

/**
 * numpy's `dtype.__reduce__` writes `dtype('f8', False, True)` and a state `(3, '<', subarray, names, fields, itemsize,
 * alignment, flags)`. `dtype.__setstate__` takes the size of S, U and V from the state, and the flags, which say
 * whether the items are objects, for every kind: what contradicts the code is not guessed.
 */
export function layoutOf(dtype: Value): StoredItem | null {
  if (dtype.kind !== 'call') return null;
  // numpy's StringDType says that it holds objects, so that joblib pickles the array (`_convert_to_stringdtype_kwargs`).
  if (STRING_DTYPES.has(dtype.callee)) return dtype.state === undefined ? { itemSize: 16, object: true } : null;
  if (dtype.callee !== 'numpy.dtype') return null;
  const code = dtype.args?.[0];
  if (code?.kind !== 'str') return null;
  const match = /^[<>|=]?([?biufcOSUVMma])(\d*)(?:\[.*\])?$/.exec(code.value);
  if (match === null) return null;
  const letter = match[1] ?? '';
  const isObject = letter === 'O';
  const digits = match[2] === '' ? (letter === '?' ? 1 : NaN) : Number(match[2]);
  const itemSize = isObject ? 8 : letter === 'U' ? digits * 4 : digits;
  if (!Number.isSafeInteger(itemSize)) return null;
  const { state } = dtype;
  if (state === undefined) return { itemSize, object: isObject };
  if (state.kind !== 'tuple' || state.items.length !== state.length || state.length < 8) return null;
  const size = state.items[5];
  const flags = state.items[7];
  if (size?.kind !== 'int' || flags?.kind !== 'int') return null;
  const bits = Number(flags.text);
  if (!Number.isInteger(bits) || bits < MIN_FLAGS || bits > MAX_FLAGS) return null;
  const objects = (bits & HOLDS_OBJECTS) !== 0;
  if (letter === 'V') return Number(size.text) === itemSize ? { itemSize, object: objects } : null;
  if (objects !== isObject || ('SUa'.includes(letter) && Number(size.text) !== itemSize)) return null;
  return { itemSize, object: isObject };
}
