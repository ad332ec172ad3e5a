import { describe, expect, test } from 'vitest';
import { KIND } from './cells.js';
import { fitsRule, isSpecial, mayBeSpecial } from './special-names.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('special names', () => {
  test.each([
    '__class__',
    '__array_interface__',
    '__setstate__',
    '_flags',
    '_cache',
    '_typ',
    'close',
    'append',
    'items',
    'cleanup',
    'get_params',
    '_sklearn_version',
  ])('%s is one', (name) => {
    expect(isSpecial(bytes(name))).toBe(true);
    expect(mayBeSpecial(name.length, name.charCodeAt(0), name.charCodeAt(1))).toBe(true);
  });

  test.each(['', '_', '__', '____', '__doc__', '__a', 'a__', 'coef_', 'clos', 'closed', '_cached', 'é__'])(
    '%j is none',
    (name) => {
      expect(isSpecial(bytes(name))).toBe(false);
    },
  );

  test('what fits', () => {
    expect(fitsRule('_cache', KIND.dict, null)).toBe(true);
    expect(fitsRule('_cache', KIND.global, null)).toBe(false);
    expect(fitsRule('_sklearn_version', KIND.global, null)).toBe(false);
    expect(fitsRule('keys', KIND.tuple, null)).toBe(true);
    expect(fitsRule('keys', KIND.made, 'data')).toBe(true);
    expect(fitsRule('keys', KIND.made, 'open')).toBe(false);
    expect(fitsRule('update', KIND.global, null)).toBe(false);
    expect(fitsRule('close', KIND.none, null)).toBe(false);
    expect(fitsRule('__class__', KIND.dict, 'items')).toBe(false);
  });

  test.each<[string, string, readonly (keyof typeof KIND)[]]>([
    ['nothing at all', 'close', []],
    ['nothing at all', '__class__', []],
    [
      'a constant',
      '_typ',
      'none true false int float text bytes bytearray emptyTuple oldText buffer specialText specialOldText'.split(
        ' ',
      ) as (keyof typeof KIND)[],
    ],
    [
      'a value of a built-in type',
      'keys',
      'none true false int float text bytes bytearray emptyTuple oldText buffer specialText specialOldText tuple list dict set frozenset'.split(
        ' ',
      ) as (keyof typeof KIND)[],
    ],
    ['a dict or None', '_flags', ['none', 'dict']],
  ])('%s fits %s', (_what, name, kinds) => {
    const fitting = Object.entries(KIND).filter(([, kind]) => fitsRule(name, kind, null));
    expect(fitting.map(([kind]) => kind).toSorted()).toEqual(kinds.toSorted());
  });

  test.each([
    ['keys', 'data', true],
    ['keys', 'items', true],
    ['keys', 'kin', true],
    ['keys', 'open', false],
    ['_flags', 'items', true],
    ['_flags', 'data', false],
    ['_typ', 'data', false],
  ] as const)('%s of what a call gave as %s: %s', (name, gives, isFit) => {
    expect(fitsRule(name, KIND.object, gives)).toBe(isFit);
  });

  test('up to 64 bytes a name is looked at', () => {
    const name = (length: number): Uint8Array => bytes(`__${'x'.repeat(length - 4)}__`);
    expect([5, 63, 64, 65].map((length) => isSpecial(name(length)))).toEqual([true, true, true, false]);
  });
});
