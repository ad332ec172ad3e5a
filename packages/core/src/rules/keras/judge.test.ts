import { describe, expect, test } from 'vitest';
import { keras } from '../../../test/keras-kit.js';
import { makerEntry } from '../../catalogue/classify.js';
import type { KerasObjectFact } from '../../model/fact.js';
import { judgeObject, shownName, whereOf } from './judge.js';

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

describe('a name', () => {
  test.each<[Partial<KerasObjectFact>, 'ordinary' | 'unexpected' | 'dangerous']>([
    // Without a module only what is registered is found.
    [{ name: 'Net' }, 'ordinary'],
    [{ name: 'TorchModuleWrapper' }, 'dangerous'],
    [{ name: 'TFSMLayer' }, 'unexpected'],
    // Keras and the libraries of its project.
    [{ module: 'keras.layers', name: 'Dense' }, 'ordinary'],
    [{ module: 'keras.layers', name: '__Dense' }, 'ordinary'],
    [{ module: 'keras.layers', name: 'TFSMLayer' }, 'unexpected'],
    [{ module: 'keras.utils', name: 'get_file' }, 'dangerous'],
    [{ module: 'keras.utils', name: 'other' }, 'dangerous'],
    [{ what: 'function', module: 'keras.layers', name: 'Dense' }, 'unexpected'],
    [{ what: 'function', module: 'keras.activations', name: 'relu' }, 'ordinary'],
    [{ what: 'function', module: 'keras.src.activations', name: 'relu' }, 'ordinary'],
    [{ what: 'function', module: 'keras.src', name: 'relu' }, 'unexpected'],
    [{ what: 'function', module: 'keras', name: 'relu' }, 'unexpected'],
    [{ what: 'function', module: 'keras.ops', name: 'get' }, 'unexpected'],
    [{ what: 'function', module: 'keras.ops', name: 'get_item' }, 'ordinary'],
    [{ what: 'function', module: 'keras.losses', name: 'deserialize_x' }, 'unexpected'],
    [{ module: 'kerasx.layers', name: 'Dense' }, 'unexpected'],
    // Others.
    [{ module: 'os', name: 'system' }, 'dangerous'],
    [{ module: 'mylib', name: 'Net' }, 'unexpected'],
    [{ what: 'function', module: 'builtins', name: 'abs' }, 'ordinary'],
    [{ what: 'function', module: 'builtins', name: 'map' }, 'dangerous'],
    [{ what: 'function', module: 'builtins', name: '__import__' }, 'dangerous'],
    [{ what: 'function', module: 'tensorflow', name: 'math.add' }, 'ordinary'],
    [{ what: 'class', module: 'tensorflow', name: 'math.add' }, 'unexpected'],
    [{ what: 'class', module: 'collections', name: 'OrderedDict' }, 'ordinary'],
    [{ what: 'function', module: 'numpy', name: 'add' }, 'unexpected'],
    [{ what: 'class', module: 'numpy', name: 'add' }, 'ordinary'],
    // The registered name counts as well, where it is one.
    [{ module: 'keras.layers', name: 'Dense', registeredName: 'get_file' }, 'dangerous'],
    [{ module: 'keras.layers', name: 'Dense', registeredName: 'a>get_file' }, 'ordinary'],
    [{ module: 'mylib', name: 'Net', registeredName: 'x' }, 'unexpected'],
  ])('%j is %s', (more, expected) => {
    expect(judgeObject(keras(more), new Set()).class).toBe(expected);
  });

  test('an entry of the user makes what is unexpected ordinary, and nothing dangerous', () => {
    const judged = (module: string, name: string, ...allow: string[]): string =>
      judgeObject(keras({ module, name }), new Set(allow)).class;
    expect(judged('mylib', 'Net', 'mylib.Net')).toBe('ordinary');
    expect(judged('mylib', 'Net', makerEntry('mylib.Net'))).toBe('ordinary');
    expect(judged('mylib', 'Net', 'mylib.Other')).toBe('unexpected');
    expect(judged('os', 'system', 'os.system')).toBe('dangerous');
  });
});

test.each<[Partial<KerasObjectFact>, string]>([
  [{ module: 'a', name: 'B' }, 'a.B'],
  [{ name: 'B' }, 'B'],
  [{ module: 'a', registeredName: 'p>B' }, 'a.p>B'],
  [{ module: 'a', name: 'C', registeredName: 'p>B' }, 'a.C'],
  [{ registeredName: 'p>B' }, 'p>B'],
])('%j is shown as %s', (more, expected) => {
  expect(shownName(keras(more))).toBe(expected);
});

test.each<[Partial<KerasObjectFact>, string]>([
  [{ keyPath: 'a.b' }, 'at a.b'],
  [{ keyPath: '' }, 'at the top of the configuration'],
  [{ keyPath: 'a', count: 2 }, 'at a, and 1 more'],
  [{ keyPath: 'a', count: 3 }, 'at a, and 2 more'],
])('%j stands %s', (more, expected) => {
  expect(whereOf(keras(more))).toEqual([expected]);
});
