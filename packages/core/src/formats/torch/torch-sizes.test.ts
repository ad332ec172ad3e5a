import { expect, test } from 'vitest';
import { elementSize } from './torch-sizes.js';

test.each([
  ['torch.FloatStorage', 4],
  ['torch.cuda.DoubleTensor', 8],
  ['torch.storage.UntypedStorage', 1],
  ['torch.Storage', null],
  ['numpy.FloatStorage', null],
  ['torch.OtherStorage', null],
  // What every object of JavaScript has is no class of torch.
  ['torch.constructorStorage', null],
])('an element of %s has %s bytes', (type, size) => expect(elementSize(type)).toBe(size));
