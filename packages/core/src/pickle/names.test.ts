import { expect, test } from 'vitest';
import { call, str } from '../../test/fact-kit.js';
import type { Value } from '../model/fact.js';
import { catalogueNames, namesFor } from './names.js';

const named = (module: string, name: string): Value => ({ kind: 'global', module, name });
const rebuild = (type: Value) =>
  call([named('torch._utils', '_rebuild_tensor_v2'), type, str('args'), { kind: 'none' }]);
const ufunc = (name: string) => call([str('numpy.core.umath'), str(name)]);

test('a call is usual where its form is, and where it gives nothing that no call before it did', () => {
  const isUsual = (...[module, name, ...rest]: Parameters<typeof catalogueNames.isUsualCall>): boolean =>
    catalogueNames.isUsualCall(module, name, ...rest);
  const first = rebuild(named('mylib', 'A'));
  expect(isUsual('torch._tensor', '_rebuild_from_type_v2', [first], [])).toBe(false);
  expect(isUsual('torch._tensor', '_rebuild_from_type_v2', [first], [first])).toBe(true);
  expect(isUsual('torch._tensor', '_rebuild_from_type_v2', [rebuild(named('mylib', 'B'))], [first])).toBe(false);
  // That the catalogue allows it says nothing.
  expect(
    isUsual('torch._tensor', '_rebuild_from_type_v2', [rebuild(named('torch.nn.parameter', 'Parameter'))], []),
  ).toBe(false);
  expect(isUsual('numpy.core', '_ufunc_reconstruct', [ufunc('add')], [])).toBe(false);
  expect(isUsual('numpy.core', '_ufunc_reconstruct', [ufunc('add')], [ufunc('add')])).toBe(true);
  expect(isUsual('_codecs', 'encode', [call([str('x'), str('latin1')])], [])).toBe(true);
  expect(isUsual('_codecs', 'encode', [call([str('x'), str('idna')])], [])).toBe(false);
  expect(isUsual('collections', 'OrderedDict', [call()], [])).toBe(false);
});

test('the steps of names are written down where somebody wants them', () => {
  const wanted = namesFor({
    follows: (module) => module === 'a',
    isCode: (module) => module === 'b',
    identifies: () => false,
  });
  expect([wanted.follows('a', 'B'), wanted.follows('b', 'B'), catalogueNames.follows('a', 'B')]).toEqual([
    true,
    false,
    false,
  ]);
  expect([wanted.isCode('a', 'B'), wanted.isCode('b', 'B'), catalogueNames.isCode('b', 'B')]).toEqual([
    false,
    true,
    false,
  ]);
});
