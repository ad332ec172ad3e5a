import { expect, test } from 'vitest';
import { call, globalFact, str, structFact } from '../../test/fact-kit.js';
import { callsDanger } from './array-calls.js';

const CALLED = [call([str('x')])];

test('arrays are reported for calls of what the danger list has, or in forms that saves do not write', () => {
  expect(callsDanger(globalFact('os', 'system', CALLED))).toBe(true);
  expect(callsDanger({ ...globalFact('a', 'b', CALLED), mapped: { module: 'os', name: 'system' } })).toBe(true);
  expect(callsDanger(globalFact('functools', 'partial', CALLED))).toBe(true);
  expect(callsDanger(globalFact('functools', 'partial', [call([{ kind: 'global', module: 'a', name: 'b' }])]))).toBe(
    false,
  );
  expect(
    callsDanger({ ...globalFact('_codecs', 'encode', [call([str('x'), str('latin1')])]), callsComplete: false }),
  ).toBe(true);
});

test('other calls, and names alone, say nothing', () => {
  expect(callsDanger(globalFact('os', 'system'))).toBe(false);
  expect(callsDanger(globalFact('mylib', 'Net', CALLED))).toBe(false);
  expect(callsDanger(globalFact('collections', 'OrderedDict', CALLED))).toBe(false);
  expect(callsDanger(globalFact('_codecs', 'encode', [call([str('x'), str('latin1')])]))).toBe(false);
  expect(callsDanger(structFact('truncated'))).toBe(false);
});
