import { expect, test } from 'vitest';
import { keras } from '../../../test/keras-kit.js';
import { judgeObject } from './judge.js';

test.each([
  'io.write_file',
  'io.read_file',
  'compat.v1.py_func',
  'py_function',
  'numpy_function',
  'load_op_library',
  'raw_ops.WriteFile',
  'saved_model.load',
  'math.__globals__',
  '',
])('a layer of TensorFlow that calls %s is a finding', (name) => {
  const fact = keras({ what: 'function', module: 'tensorflow', name });
  expect(judgeObject(fact, new Set()).class).not.toBe('ordinary');
});
