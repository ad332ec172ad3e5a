import { remembered } from '../../model/lazy.js';

/** Bytes of one element by storage or tensor class (torch/storage.py, `_dtype_to_storage_type_map`). */
const SIZES: Readonly<Record<string, number>> = {
  Double: 8,
  Float: 4,
  Half: 2,
  Long: 8,
  Int: 4,
  Short: 2,
  Char: 1,
  Byte: 1,
  Bool: 1,
  BFloat16: 2,
  ComplexDouble: 16,
  ComplexFloat: 8,
  QUInt8: 1,
  QInt8: 1,
  QInt32: 4,
  QUInt4x2: 1,
  QUInt2x4: 1,
  Untyped: 1,
};

/** Storages of a checkpoint are of one class or two. */
const KEPT_TYPES = 100;

/** `torch.FloatStorage` → 4; null for a class that torch does not have. */
export const elementSize = remembered(KEPT_TYPES, (type: string): number | null => {
  const match = /^torch(?:\.[a-z_.]+)?\.(\w+?)(?:Storage|Tensor)$/.exec(type);
  const own = match?.[1] ?? '';
  return (Object.hasOwn(SIZES, own) ? SIZES[own] : undefined) ?? null;
});
