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

/** Asked last: the storages of a checkpoint are of one class or two, in a row. */
let last: { readonly type: string; readonly size: number | null } = { type: '', size: null };

/** `torch.FloatStorage` → 4; null for a class that torch does not have. */
export function elementSize(type: string): number | null {
  if (type === last.type) return last.size;
  const match = /^torch(?:\.[a-z_.]+)?\.(\w+?)(?:Storage|Tensor)$/.exec(type);
  last = { type, size: SIZES[match?.[1] ?? ''] ?? null };
  return last.size;
}
