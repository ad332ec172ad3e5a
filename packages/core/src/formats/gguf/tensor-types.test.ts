import { describe, expect, test } from 'vitest';
import { nameOfTensorType, sizeOfTensor } from './tensor-types.js';

/** Elements of a block of the K types. */
const K = 256;

/** As `GGML_QUANT_SIZES` of gguf-py adds them up. */
const TYPES: readonly (readonly [type: number, name: string, elements: number, bytes: number])[] = [
  [0, 'F32', 1, 4],
  [1, 'F16', 1, 2],
  [2, 'Q4_0', 32, 2 + 16],
  [3, 'Q4_1', 32, 2 + 2 + 16],
  [6, 'Q5_0', 32, 2 + 4 + 16],
  [7, 'Q5_1', 32, 2 + 2 + 4 + 16],
  [8, 'Q8_0', 32, 2 + 32],
  [10, 'Q2_K', K, 2 + 2 + K / 16 + K / 4],
  [11, 'Q3_K', K, 2 + K / 4 + K / 8 + 12],
  [12, 'Q4_K', K, 2 + 2 + K / 2 + 12],
  [13, 'Q5_K', K, 2 + 2 + K / 2 + K / 8 + 12],
  [14, 'Q6_K', K, 2 + K / 2 + K / 4 + K / 16],
  [15, 'Q8_K', K, 4 + K + K / 8],
  [16, 'IQ2_XXS', K, 2 + K / 4],
  [17, 'IQ2_XS', K, 2 + K / 4 + K / 32],
  [18, 'IQ3_XXS', K, 2 + K / 4 + K / 8],
  [19, 'IQ1_S', K, 2 + K / 8 + K / 16],
  [20, 'IQ4_NL', 32, 2 + 16],
  [21, 'IQ3_S', K, 2 + K / 4 + K / 8 + K / 32 + 4],
  [22, 'IQ2_S', K, 2 + K / 4 + K / 16],
  [23, 'IQ4_XS', K, 2 + 2 + K / 2 + K / 64],
  [24, 'I8', 1, 1],
  [25, 'I16', 1, 2],
  [26, 'I32', 1, 4],
  [27, 'I64', 1, 8],
  [28, 'F64', 1, 8],
  [29, 'IQ1_M', K, K / 8 + K / 16 + K / 32],
  [30, 'BF16', 1, 2],
  [34, 'TQ1_0', K, 2 + 4 * 13],
  [35, 'TQ2_0', K, 2 + 64],
  [39, 'MXFP4', 32, 1 + 16],
  [40, 'NVFP4', 64, 4 + 32],
];

describe('a type of tensors', () => {
  test.each(TYPES)('%i is %s: blocks of %i elements take %i bytes', (type, name, elements, bytes) => {
    expect(nameOfTensorType(type)).toBe(name);
    expect(sizeOfTensor(type, elements, elements)).toBe(bytes);
    expect(sizeOfTensor(type, 2 * elements, 6 * elements)).toBe(6 * bytes);
  });

  test('that is not known goes by its number and has no size', () => {
    expect([4, 5, 9, 31, 36, 41].map((type) => [nameOfTensorType(type), sizeOfTensor(type, K, K)])).toEqual(
      [4, 5, 9, 31, 36, 41].map((type) => [`type ${type}`, null]),
    );
  });

  test('has no size where rows are no whole blocks', () => {
    expect(sizeOfTensor(2, 33, 66)).toBe(null);
    expect(sizeOfTensor(2, 16, 32)).toBe(null);
    expect(sizeOfTensor(2, 0, 0)).toBe(0);
  });
});
