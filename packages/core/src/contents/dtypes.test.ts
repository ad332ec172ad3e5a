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
])('an element of %s has %s bytes', (dtype, bytes) => {
  expect(elementBytes(dtype)).toBe(bytes);
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
