import { describe, expect, test } from 'vitest';
import { call, check, globalFact } from '../../../test/fact-kit.js';
import rule from './global-import.js';

describe('PICKLE-GLOBAL-IMPORT', () => {
  test('an unknown name is reported, called or not', () => {
    expect(check(rule, globalFact('mylib.model', 'Net'))).toMatchObject({
      signal: 'GLOBAL mylib.model.Net',
      call: null,
      level: 3,
    });
    expect(check(rule, globalFact('mylib.model', 'Net', [call([], 'NEWOBJ')]))).toMatchObject({
      call: 'mylib.model.Net.__new__(mylib.model.Net)',
      level: 3,
    });
  });

  test('says which entry would allow it, and whether that has to be one for a maker', () => {
    const called = { ...globalFact('mylib', 'make'), mapped: { module: 'newlib', name: 'make' } };
    const uses = [{ event: 'call' }] as unknown as typeof called.uses;
    expect(check(rule, globalFact('mylib', 'Net'))?.entries).toEqual([{ entry: 'mylib.Net', role: 'bare' }]);
    expect(check(rule, { ...called, uses })?.entries).toEqual([
      { entry: 'mylib.make', role: 'maker' },
      { entry: 'newlib.make', role: 'maker' },
    ]);
  });

  test('a user allow entry counts for exactly its name', () => {
    expect(check(rule, globalFact('mylib.model', 'Net'), ['mylib.model.Net'])).toBeUndefined();
    expect(check(rule, globalFact('mylib.model', 'Net2'), ['mylib.model.Net'])).toBeDefined();
  });

  test.each([
    ['collections', 'OrderedDict'],
    ['os', 'system'],
  ])('is quiet on %s.%s', (module, name) => {
    expect(check(rule, globalFact(module, name))).toBeUndefined();
  });
});
