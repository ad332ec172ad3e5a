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
});
