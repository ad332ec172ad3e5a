/** Classes of numpy's dtypes by the text that pickles name them with (numpy/_core/_dtype.py, numpy/dtypes.py). */
const CLASSES: Readonly<Record<string, string>> = {
  b1: 'BoolDType',
  i1: 'Int8DType',
  i2: 'Int16DType',
  i4: 'Int32DType',
  i8: 'Int64DType',
  u1: 'UInt8DType',
  u2: 'UInt16DType',
  u4: 'UInt32DType',
  u8: 'UInt64DType',
  f2: 'Float16DType',
  f4: 'Float32DType',
  f8: 'Float64DType',
  f16: 'LongDoubleDType',
  c8: 'Complex64DType',
  c16: 'Complex128DType',
  c32: 'CLongDoubleDType',
  O8: 'ObjectDType',
  O4: 'ObjectDType',
};
/** Those whose size is a part of the text. */
const SIZED: Readonly<Record<string, string>> = {
  S: 'BytesDType',
  U: 'StrDType',
  V: 'VoidDType',
  M: 'DateTime64DType',
  m: 'TimeDelta64DType',
};

/** `f8` → `numpy.dtypes.Float64DType`; null for what is not known. */
export function dtypeClass(code: string): string | null {
  const plain = code.replace(/^[<>|=]/, '');
  const known = Object.hasOwn(CLASSES, plain) ? CLASSES[plain] : undefined;
  const own = known ?? (/^[A-Za-z]\d+$/.test(plain) ? SIZED[plain.charAt(0)] : undefined);
  return own === undefined ? null : `numpy.dtypes.${own}`;
}
