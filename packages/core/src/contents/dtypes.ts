interface ElementType {
  readonly dtype: string;
  /** Of one element. */
  readonly bytes: number;
}

/** By the class of a storage, without the package (torch/storage.py, `_dtype_to_storage_type_map`). */
const STORAGES: Readonly<Record<string, ElementType>> = {
  DoubleStorage: { dtype: 'float64', bytes: 8 },
  FloatStorage: { dtype: 'float32', bytes: 4 },
  HalfStorage: { dtype: 'float16', bytes: 2 },
  BFloat16Storage: { dtype: 'bfloat16', bytes: 2 },
  LongStorage: { dtype: 'int64', bytes: 8 },
  IntStorage: { dtype: 'int32', bytes: 4 },
  ShortStorage: { dtype: 'int16', bytes: 2 },
  CharStorage: { dtype: 'int8', bytes: 1 },
  ByteStorage: { dtype: 'uint8', bytes: 1 },
  BoolStorage: { dtype: 'bool', bytes: 1 },
  ComplexDoubleStorage: { dtype: 'complex128', bytes: 16 },
  ComplexFloatStorage: { dtype: 'complex64', bytes: 8 },
  QUInt8Storage: { dtype: 'quint8', bytes: 1 },
  QInt8Storage: { dtype: 'qint8', bytes: 1 },
  QInt32Storage: { dtype: 'qint32', bytes: 4 },
};

/** Of a storage class by its full name; null for one that is not known or has no type. */
export function storageType(name: string): ElementType | null {
  const own = name.slice(name.lastIndexOf('.') + 1);
  return (Object.hasOwn(STORAGES, own) ? STORAGES[own] : undefined) ?? null;
}

/** Bytes of one element, by the bits that the name of a dtype ends with (`float8_e4m3fn`, `uint16`); null where it has none. */
export function elementBytes(dtype: string): number | null {
  if (dtype === 'bool') return 1;
  const bits = Number(/^(?:complex|bfloat|float|uint|int)(\d{1,3})(?:_|$)/.exec(dtype)?.[1] ?? 0);
  return bits > 0 && bits % 8 === 0 ? bits / 8 : null;
}

/** Dtypes of safetensors (safetensors/src/tensor.rs, `Dtype`) by the names that PyTorch gives them. */
const SAFETENSORS: Readonly<Record<string, string>> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  U16: 'uint16',
  I16: 'int16',
  U32: 'uint32',
  I32: 'int32',
  U64: 'uint64',
  I64: 'int64',
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
  C64: 'complex64',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2: 'float8_e5m2',
};

/** One that is not known is shown as it is written. */
export function safetensorsType(written: string): string {
  return (Object.hasOwn(SAFETENSORS, written) ? SAFETENSORS[written] : undefined) ?? written;
}

/** Letters of numpy's type codes, with the word that goes before the bits. */
const NUMPY: Readonly<Record<string, string>> = { b: 'int', i: 'int', u: 'uint', f: 'float', c: 'complex' };

/** `<f4` is `float32`; what is no plain number is shown as it is written. */
export function numpyType(code: string): string {
  const match = /^([<>|=]?)([biufc])(\d{1,2})$/.exec(code);
  if (match === null) return code === '|b1' || code === '?' ? 'bool' : code;
  const [, order = '', letter = '', bytes = ''] = match;
  const dtype = letter === 'b' ? 'bool' : `${NUMPY[letter] ?? letter}${Number(bytes) * 8}`;
  return order === '>' ? `${dtype}, big endian` : dtype;
}
