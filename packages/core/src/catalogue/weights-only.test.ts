import { describe, expect, test } from 'vitest';
import { weightsOnlyArity, weightsOnlyKind, weightsOnlyName } from './weights-only.js';

describe('a name of the restricted unpickler', () => {
  test.each([
    ['torch._utils._rebuild_tensor_v2', 'function'],
    ['collections.OrderedDict', 'class'],
    ['torch.FloatStorage', 'storage'],
    ['torch.Tensor', 'class'],
    ['torch.FloatTensor', 'tensor'],
    ['torch.float32', 'value'],
    ['os.system', null],
    ['', null],
  ])('%s is a %s', (path, kind) => expect(weightsOnlyKind(path)).toBe(kind));

  test('is translated from Python 2, and blocked by what it is then', () => {
    expect(weightsOnlyName('torch', 'Tensor')).toEqual({ module: 'torch', path: 'torch.Tensor', blocked: false });
    expect(weightsOnlyName('__builtin__', 'set')).toEqual({ module: 'builtins', path: 'builtins.set', blocked: false });
    expect(weightsOnlyName('__builtin__', 'xrange')).toEqual({
      module: 'builtins',
      path: 'builtins.range',
      blocked: false,
    });
    expect(weightsOnlyName('os', 'system')).toEqual({ module: 'os', path: 'os.system', blocked: true });
    expect(weightsOnlyName('__builtin__', 'intern')).toEqual({ module: 'sys', path: 'sys.intern', blocked: true });
  });

  test('takes so many arguments', () => {
    expect(weightsOnlyArity('torch._utils._rebuild_tensor_v2')).toEqual({ least: 6, most: 7 });
    expect(weightsOnlyArity('os.system')).toBeNull();
  });
});
