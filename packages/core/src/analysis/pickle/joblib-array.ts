import type { ByteSource } from '../../bytes/source.js';
import { InputError } from '../../model/errors.js';
import type { Value } from '../../model/fact.js';

/**
 * The raw array behind the BUILD of joblib's NumpyArrayWrapper (joblib/numpy_pickle.py, `read_array`):
 *
 *     [1 byte: n, then n bytes of padding]   only where the wrapper states an alignment
 *     shape[0] * shape[1] * ... * itemsize   bytes of the array, or, for object dtypes, one pickle
 */
export type ArrayData =
  | { readonly kind: 'raw'; readonly end: number }
  | { readonly kind: 'pickle'; readonly start: number }
  | { readonly kind: 'unknown'; readonly reason: string };

export async function locateArray(source: ByteSource, at: number, state: Value): Promise<ArrayData> {
  if (state.kind !== 'dict') return { kind: 'unknown', reason: 'the array wrapper has no dict as its state' };
  const entry = (name: string): Value | undefined => state.items.find(([key]) => key.kind === 'str' && key.value === name)?.[1];
  const dtype = entry('dtype');
  const layout = dtype === undefined ? null : layoutOf(dtype);
  if (layout === null) return { kind: 'unknown', reason: 'the dtype of the array cannot be told from the stream' };
  let start = at;
  const alignment = entry('numpy_array_alignment_bytes');
  if (alignment !== undefined && alignment.kind !== 'none' && !layout.object) {
    const padding = (await source.read(at, 1))[0];
    if (padding === undefined) throw new InputError('truncated: the padding byte of an array is expected', at);
    start += 1 + padding;
  }
  if (layout.object) return { kind: 'pickle', start };
  const shape = entry('shape');
  if (shape?.kind !== 'tuple' || shape.items.length !== shape.length) return { kind: 'unknown', reason: 'the shape of the array cannot be told from the stream' };
  let bytes = layout.itemSize;
  for (const size of shape.items) {
    const count = size.kind === 'int' ? Number(size.text) : size.kind === 'bool' ? Number(size.value) : NaN;
    if (!Number.isSafeInteger(count) || count < 0) return { kind: 'unknown', reason: 'the shape of the array holds something else than sizes' };
    bytes *= count;
  }
  if (!Number.isSafeInteger(start + bytes)) return { kind: 'unknown', reason: 'the array is declared larger than any file' };
  return { kind: 'raw', end: start + bytes };
}

/** NPY_ITEM_REFCOUNT: the flag of dtypes that hold Python objects (numpy/core/include/numpy/ndarraytypes.h). */
const HOLDS_OBJECTS = 0x01;

/**
 * numpy's `dtype.__reduce__` writes `dtype('f8', False, True)` and a state `(3, '<', subarray, names, fields, itemsize,
 * alignment, flags)`: the code gives kind and size, the flags tell whether a structure holds objects.
 */
export function layoutOf(dtype: Value): { readonly itemSize: number; readonly object: boolean } | null {
  if (dtype.kind !== 'call' || !/^numpy\.dtype$/.test(dtype.callee)) return null;
  const code = dtype.args?.[0];
  if (code?.kind !== 'str') return null;
  const match = /^[<>|=]?([?biufcOSUVMma])(\d*)(?:\[.*\])?$/.exec(code.value);
  if (match === null) return null;
  const letter = match[1] ?? '';
  if (letter === 'O') return { itemSize: 8, object: true };
  const digits = match[2] === '' ? (letter === '?' ? 1 : NaN) : Number(match[2]);
  const itemSize = letter === 'U' ? digits * 4 : digits;
  if (!Number.isSafeInteger(itemSize)) return null;
  const state = dtype.state;
  if (state === undefined || state.kind === 'none') return { itemSize, object: false };
  if (state.kind !== 'tuple') return null;
  const flags = state.items[7];
  if (letter !== 'V') return { itemSize, object: false };
  if (flags?.kind !== 'int') return null;
  return { itemSize, object: (Number(flags.text) & HOLDS_OBJECTS) !== 0 };
}
