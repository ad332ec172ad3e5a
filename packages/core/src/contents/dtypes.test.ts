import { expect, test } from 'vitest';
import { elementBytes, numpyType, safetensorsType, storageType } from './dtypes.js';

test.each([
  ['<f4', 'float32'],
  ['>i8', 'int64, big endian'],
  ['|b1', 'bool'],
  ['?', 'bool'],
  ['|u1', 'uint8'],
  ['<c16', 'complex128'],
  ['<U3', '<U3'],
  ['=f2', 'float16'],
  ['i16', 'int128'],
  ['<f4x', '<f4x'],
  ['f', 'f'],
])('numpy writes %s for %s', (code, dtype) => {
  expect(numpyType(code)).toBe(dtype);
});

test.each([
  ['float32', 4],
  ['bfloat16', 2],
  ['complex64', 8],
  ['float8_e4m3fn', 1],
  ['bool', 1],
  ['uint4x2', null],
  ['string', null],
  ['uint4', null],
  ['uint12', null],
  ['float0', null],
  ['int128', 16],
])('an element of %s has %s bytes', (dtype, bytes) => {
  expect(elementBytes(dtype)).toBe(bytes);
});

/** torch/storage.py, `_dtype_to_storage_type_map`; sizes as `torch.empty(0, dtype=...).element_size()` gives them. */
test.each([
  ['DoubleStorage', 'float64', 8],
  ['FloatStorage', 'float32', 4],
  ['HalfStorage', 'float16', 2],
  ['BFloat16Storage', 'bfloat16', 2],
  ['LongStorage', 'int64', 8],
  ['IntStorage', 'int32', 4],
  ['ShortStorage', 'int16', 2],
  ['CharStorage', 'int8', 1],
  ['ByteStorage', 'uint8', 1],
  ['BoolStorage', 'bool', 1],
  ['ComplexDoubleStorage', 'complex128', 16],
  ['ComplexFloatStorage', 'complex64', 8],
  ['QUInt8Storage', 'quint8', 1],
  ['QInt8Storage', 'qint8', 1],
  ['QInt32Storage', 'qint32', 4],
])('%s holds %s of %s bytes', (name, dtype, bytes) => {
  expect(storageType(`torch.cuda.${name}`)).toEqual({ dtype, bytes });
  expect(storageType(name)).toEqual({ dtype, bytes });
});

test('names of other libraries', () => {
  expect(safetensorsType('F8_E4M3')).toBe('float8_e4m3fn');
  expect(safetensorsType('X1')).toBe('X1');
  expect(storageType('torch.BFloat16Storage')).toEqual({ dtype: 'bfloat16', bytes: 2 });
  expect(storageType('torch.storage.UntypedStorage')).toBeNull();
  // What every object of JavaScript has is no name of a type.
  expect(safetensorsType('constructor')).toBe('constructor');
  expect(storageType('torch.toString')).toBeNull();
});
