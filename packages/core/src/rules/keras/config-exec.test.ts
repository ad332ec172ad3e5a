import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { keras } from '../../../test/keras-kit.js';
import rule from './config-exec.js';

describe('KERAS-CONFIG-EXEC', () => {
  test('byte code', () => {
    const fact = keras({ what: 'code', name: '__lambda__' });
    expect(check(rule, fact)).toMatchObject({ signal: 'code __lambda__', level: 4, chain: ['at config.layers[1]'] });
  });

  test.each([
    ['function', 'os', 'system'],
    ['class', 'os', 'system'],
    ['function', 'subprocess', 'run'],
    ['function', 'builtins', 'eval'],
    ['function', 'builtins', 'getattr'],
    ['function', 'builtins', '__import__'],
    ['class', 'builtins', 'eval'],
    ['function', 'keras.utils', 'get_file'],
    ['class', 'keras.src.utils.file_utils', 'get_file'],
    ['function', 'keras.config', 'enable_unsafe_deserialization'],
    ['function', 'keras.models', 'load_model'],
    ['class', 'keras.layers', 'TorchModuleWrapper'],
    ['class', '', 'TorchModuleWrapper'],
  ] as const)('%s %s.%s', (what, module, name) => {
    const shown = module === '' ? name : `${module}.${name}`;
    expect(check(rule, keras({ what, module, name }))).toMatchObject({ signal: `${what} ${shown}`, level: 4 });
  });

  test('the second name that is tried', () => {
    const fact = keras({ what: 'class', module: 'os', name: 'Absent', registeredName: 'system' });
    expect(check(rule, fact)).toMatchObject({ level: 4 });
    const inKeras = keras({ module: 'keras.utils', name: 'Absent', registeredName: 'get_file' });
    expect(check(rule, inKeras)).toMatchObject({ level: 4 });
  });

  test.each([
    ['class', 'keras', 'Sequential'],
    ['class', 'keras.layers', 'Dense'],
    ['class', 'keras.layers', 'Lambda'],
    ['class', 'keras.src.models.functional', 'Functional'],
    ['function', 'builtins', 'relu'],
    ['function', 'keras.ops', 'relu'],
    ['class', '', 'Gate'],
    ['class', 'acme.layers', 'Gate'],
  ] as const)('is quiet on %s %s.%s', (what, module, name) => {
    expect(check(rule, keras({ what, module, name }))).toBeUndefined();
  });
});
