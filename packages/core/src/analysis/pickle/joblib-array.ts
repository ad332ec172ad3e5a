import { InputError } from '../../model/errors.js';
import type { Value } from '../../model/fact.js';

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

/**
 * `first`: the byte at `at`, undefined at the end of the data. `keepsAttributes`: the wrapper may have attributes that
 * this state does not set, from its making or an earlier state.
 */
export function locateArray(first: number | undefined, at: number, state: Value, keepsAttributes: boolean): ArrayData {
  const attributes = attributesOf(state);
  if (attributes === null)
    return { kind: 'unknown', reason: 'the array wrapper has no plain dict of its attributes as its state' };
  const dtype = attributes.get('dtype');
  const layout = dtype === undefined ? null : layoutOf(dtype);
  if (layout === null) return { kind: 'unknown', reason: 'the dtype of the array cannot be told from the stream' };
  if (layout.object) {
    // numpy maps object arrays as well: joblib goes on behind the pointers then, not behind the pickle. It never allows it.
    const mapped = attributes.get('allow_mmap');
    if (mapped === undefined ? keepsAttributes : mapped.kind !== 'bool' || mapped.value)
      return { kind: 'unknown', reason: 'an array of objects that may be mapped' };
    return { kind: 'pickle', start: at };
  }
  let start = at;
  const alignment = attributes.get('numpy_array_alignment_bytes');
  if (alignment?.kind === 'int') {
    if (first === undefined) throw new InputError('truncated: the padding byte of an array is expected', at);
    start += 1 + first;
  } else if (alignment === undefined ? keepsAttributes : alignment.kind !== 'none') {
    return { kind: 'unknown', reason: 'the alignment of the array cannot be told from the stream' };
  }
  const shape = attributes.get('shape');
  if (shape?.kind !== 'tuple' || shape.items.length !== shape.length)
    return { kind: 'unknown', reason: 'the shape of the array cannot be told from the stream' };
  let bytes = layout.itemSize;
  for (const size of shape.items) {
    const count = size.kind === 'int' ? Number(size.text) : size.kind === 'bool' ? Number(size.value) : NaN;
    if (!Number.isSafeInteger(count) || count < 0)
      return { kind: 'unknown', reason: 'the shape of the array holds something else than sizes' };
    bytes *= count;
  }
  if (!Number.isSafeInteger(start + bytes))
    return { kind: 'unknown', reason: 'the array is declared larger than any file' };
  return { kind: 'raw', start, end: start + bytes };
}

/** What joblib writes. Any other attribute may stand in the place of a method that reads the array. */
const ATTRIBUTES = new Set(['subclass', 'shape', 'order', 'dtype', 'allow_mmap', 'numpy_array_alignment_bytes']);

/** The attributes that a state sets, the last value of each; null where they are not all known. */
function attributesOf(state: Value): ReadonlyMap<string, Value> | null {
  if (state.kind !== 'dict' || state.items.length !== state.length) return null;
  const attributes = new Map<string, Value>();
  for (const [key, value] of state.items) {
    if (key.kind !== 'str' || !ATTRIBUTES.has(key.value)) return null;
    attributes.set(key.value, value);
  }
  return attributes;
}

/** Whether the state of an array wrapper tells the alignment. */
export function tellsAlignment(state: Value): boolean {
  return attributesOf(state)?.has('numpy_array_alignment_bytes') === true;
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
export function layoutOf(dtype: Value): { readonly itemSize: number; readonly object: boolean } | null {
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
