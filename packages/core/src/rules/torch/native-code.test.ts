import { describe, expect, test } from 'vitest';
import { at, check, globalFact } from '../../../test/fact-kit.js';
import type { TorchNativeFact } from '../../model/fact.js';
import rule from './script-custom-op.js';

const native = (what: TorchNativeFact['what'], name: string, count = 1): TorchNativeFact => ({
  kind: 'torch.native',
  at: at('m.pt!m/code/__torch__.py', 10),
  what,
  name,
  namespace: name.includes('::') ? name.slice(0, name.indexOf('::')) : '',
  detail: '',
  count,
});

describe('TORCH-SCRIPT-CUSTOM-OP on models', () => {
  test.each([
    ['operator', 'acme::boost', 'operator acme::boost'],
    ['operator', 'boost', 'operator boost'],
    // Names that every object of JavaScript has are known to no table.
    ['operator', 'constructor::boost', 'operator constructor::boost'],
    ['class', 'toString::Box', 'class toString::Box'],
    ['operator', 'loaded_libraries::x', 'operator loaded_libraries::x'],
    ['operator', 'aten::my_backdoor', 'operator aten::my_backdoor'],
    ['operator', 'prim::my_backdoor', 'operator prim::my_backdoor'],
    ['class', 'acme::Box', 'class acme::Box'],
    ['library', 'm/x.so', 'shared library m/x.so'],
    ['load-hint', 'load_library', 'library load load_library'],
  ] as const)('%s %s', (what, name, signal) => {
    expect(check(rule, native(what, name))).toMatchObject({ signal, level: 3 });
  });

  test.each([
    ['operator', 'fbgemm::jagged_to_dense'],
    ['class', 'fbgemm::TensorQueue'],
  ] as const)('another library than PyTorch is named: %s %s', (what, name) => {
    const match = check(rule, native(what, name));
    expect(match).toMatchObject({ signal: `${what} ${name}`, severity: 'MEDIUM', level: 0 });
    expect(match?.message).toContain('of fbgemm_gpu. PyTorch and its domain libraries lack it');
  });

  test('the call of an operator is shown as it stands, on one line', () => {
    expect(check(rule, { ...native('operator', 'acme::boost'), detail: 'ops.acme\n  .boost' })?.call).toBe(
      'ops.acme .boost',
    );
    expect(check(rule, native('operator', 'acme::boost'))?.call).toBeNull();
    expect(check(rule, { ...native('library', 'm/x.so'), detail: 'd' })?.call).toBeNull();
  });

  test('the evidence counts', () => {
    expect(check(rule, native('operator', 'acme::boost', 3))?.chain).toEqual(['3 times in m.pt!m/code/__torch__.py']);
  });

  test('an object of a custom class in a pickle of the archive', () => {
    const fact = globalFact('__torch__.torch.classes.acme', 'Box', [], { role: 'torchscript' });
    expect(check(rule, fact)).toMatchObject({ signal: 'class acme::Box' });
    expect(check(rule, { ...fact, role: 'plain' })).toBeUndefined();
  });

  test.each([
    ['operator', 'quantized::linear_dynamic'],
    ['operator', 'torchvision::nms'],
    ['operator', 'executorch_prim::et_view'],
    ['class', 'quantized::LinearPackedParamsBase'],
    ['class', 'torchtext::Vocab'],
    ['class', 'profiler::_RecordFunction'],
  ] as const)('is quiet on %s %s', (what, name) => {
    expect(check(rule, native(what, name))).toBeUndefined();
  });
});
