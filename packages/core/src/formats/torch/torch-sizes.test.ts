import { expect, test } from 'vitest';
import { elementSize } from './torch-sizes.js';

test.each([
  ['torch.FloatStorage', 4],
  ['torch.cuda.DoubleTensor', 8],
  ['torch.HalfStorage', 2],
  ['torch.LongStorage', 8],
  ['torch.IntStorage', 4],
  ['torch.ShortStorage', 2],
  ['torch.CharStorage', 1],
  ['torch.ByteStorage', 1],
  ['torch.BoolStorage', 1],
  ['torch.BFloat16Storage', 2],
  ['torch.ComplexDoubleStorage', 16],
  ['torch.ComplexFloatStorage', 8],
  ['torch.QUInt8Storage', 1],
  ['torch.QInt8Storage', 1],
  ['torch.QInt32Storage', 4],
  ['torch.QUInt4x2Storage', 1],
  ['torch.QUInt2x4Storage', 1],
  ['torch.storage.UntypedStorage', 1],
  ['torch.Storage', null],
  ['numpy.FloatStorage', null],
  ['torch.OtherStorage', null],
  // What every object of JavaScript has is no class of torch.
  ['torch.constructorStorage', null],
])('an element of %s has %s bytes', (type, size) => expect(elementSize(type)).toBe(size));
