import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { keras } from '../../../test/keras-kit.js';
import rule from './config-import.js';

describe('KERAS-CONFIG-IMPORT', () => {
  test.each([
    ['class', 'acme.layers', 'Gate'],
    ['class', '__main__', 'Gate'],
    ['class', 'kerasx.layers', 'Dense'],
    ['function', 'acme', 'activate'],
    ['function', 'keras.tree', 'flatten'],
    ['function', 'keras.src.losses.losses', 'deserialize'],
    ['class', 'keras.layers', 'TFSMLayer'],
    ['class', 'keras.src.layers.core.tf_op_layer', 'ClassMethod'],
    ['function', 'tensorflow', 'autodiff.watch'],
  ] as const)('%s %s.%s', (what, module, name) => {
    expect(check(rule, keras({ what, module, name }))).toMatchObject({ signal: `${what} ${module}.${name}`, level: 3 });
  });

  test('a name that the user allows', () => {
    const fact = keras({ module: 'acme.layers', name: 'Gate' });
    const allow = new Set(['acme.layers.Gate']);
    expect(rule.check(fact, { userAllow: allow })).toBeUndefined();
    // The second name is looked up as well.
    const other = { ...fact, registeredName: 'Other' };
    expect(rule.check(other, { userAllow: allow })).toMatchObject({ level: 3 });
  });

  test.each([
    ['class', 'keras', 'Functional', null],
    ['class', 'keras.layers', 'Dense', null],
    ['class', 'keras_hub.src.layers.rms', 'RMSNormalization', 'keras_hub>RMSNormalization'],
    ['class', '', 'Gate', 'acme>Gate'],
    ['function', 'builtins', 'relu', 'relu'],
    ['function', 'keras.activations', 'gelu', 'gelu'],
    ['function', 'keras.src.ops.nn', 'silu', null],
    ['function', 'tensorflow', 'math.add', null],
    ['function', 'tensorflow', '__operators__.getitem', null],
    ['function', 'tensorflow', 'reshape', null],
    ['function', 'os', 'system', null],
  ] as const)('is quiet on %s %s.%s', (what, module, name, registeredName) => {
    expect(check(rule, keras({ what, module, name, registeredName }))).toBeUndefined();
  });
});
