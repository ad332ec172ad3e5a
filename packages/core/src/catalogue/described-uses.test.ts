import { describe, expect, test } from 'vitest';
import { globalFact } from '../../test/fact-kit.js';
import { HOLDS, MOST_SIZE, USE_FLAG, type Use } from '../model/use.js';
import { classifyGlobal } from './classify.js';
import { describeUse, LETTERS, readPattern } from './uses.js';

const USE: Use = { event: 'call', size: 2, direct: 0, holds: 0, state: 'none', flags: 0, offset: 0, count: 1 };
const told = (more: Partial<Use>): string => describeUse({ ...USE, ...more });

describe('a use in words', () => {
  test.each<[Partial<Use>, string]>([
    [{}, 'it is called with 2 arguments'],
    [{ size: 1 }, 'it is called with 1 argument'],
    [{ size: 0 }, 'it is called without arguments'],
    [{ size: MOST_SIZE - 1 }, `it is called with ${MOST_SIZE - 1} arguments`],
    [{ size: MOST_SIZE }, `it is called with ${MOST_SIZE} or more arguments`],
    [{ event: 'new', size: 0 }, 'an instance is made by __new__ without arguments'],
    [{ direct: HOLDS.data, holds: HOLDS.globals }, 'it is called with 2 arguments, among them a global'],
    [
      { direct: HOLDS.open | HOLDS.globals },
      'it is called with 2 arguments, among them an object that is no inert value',
    ],
    [{ holds: HOLDS.kin }, 'it is called with 2 arguments, among them an instance of pandas'],
    [{ holds: HOLDS.inner }, 'it is called with 2 arguments, among them an inert value with objects in it'],
    [{ event: 'set', direct: HOLDS.globals }, 'items are set on what it made'],
    [{ event: 'set', holds: HOLDS.data }, 'items are set on what it made, among them an inert value'],
    [{ event: 'build', state: 'dict' }, 'a state is set on what it made (a dict)'],
    [{ event: 'build', state: 'tuple', size: 3 }, 'a state is set on what it made (a tuple of 3)'],
    [{ event: 'build', state: 'pair', size: 3 }, 'a state is set on what it made (a pair that sets attributes)'],
    [{ event: 'key' }, 'what it made is a key, which is hashed and compared by its class'],
    [{ flags: USE_FLAG.fetched }, 'it is called with 2 arguments; through a reference from the memo'],
    [{ flags: USE_FLAG.after }, 'it is called with 2 arguments; after its state was set'],
    [{ flags: USE_FLAG.dunder }, 'it is called with 2 arguments; with a name that Python itself looks for'],
    [{ flags: USE_FLAG.openState }, 'it is called with 2 arguments; while that is still being filled'],
    [{ holds: HOLDS.unfinished }, 'it is called with 2 arguments; while that is still being filled'],
    [
      { flags: USE_FLAG.fetched | USE_FLAG.after },
      'it is called with 2 arguments; through a reference from the memo, after its state was set',
    ],
    [{ flags: USE_FLAG.reduced | USE_FLAG.late | USE_FLAG.onResult }, 'it is called with 2 arguments'],
  ])('%j: %s', (use, text) => expect(told(use)).toBe(text));
});

describe('a code of the table', () => {
  test.each([
    ['r2(g,gd)', { event: 'call', size: 2, direct: 1, holds: 3, state: 'none', flags: 0 }],
    ['n0()', { event: 'new', size: 0, direct: 0, holds: 0, state: 'none', flags: 0 }],
    ['x*(do)', { event: 'new-ex', size: -1, direct: 6, holds: 0, state: 'none', flags: 0 }],
    ['bD(gdo)r', { event: 'build', size: 0, direct: 0, holds: 7, state: 'dict', flags: 1 }],
    ['bT3(d)', { event: 'build', size: 3, direct: 0, holds: 2, state: 'tuple', flags: 0 }],
    ['s(do)fA', { event: 'set', size: 0, direct: 0, holds: 6, state: 'none', flags: 6 }],
    ['o99()', { event: 'old', size: MOST_SIZE, direct: 0, holds: 0, state: 'none', flags: 0 }],
    ['k', { event: 'key', size: 0, direct: 0, holds: 0, state: 'none', flags: 0 }],
  ])('%s', (code, pattern) => expect(readPattern(code)).toEqual(pattern));

  test('has known letters only', () => {
    for (const code of ['z', 'r2(q)', 'bD(z)', 'n0()Z', 'r2(g', ''])
      expect(() => readPattern(code)).toThrow(/^use table: /);
    expect(new Set(LETTERS.flags).size).toBe(LETTERS.flags.length);
  });
});

test('a module that only Python 2 had is ordinary in its protocols', () => {
  const verdict = (beforeProtocol3: boolean) =>
    classifyGlobal(
      globalFact('UserDict', 'UserDict', [], { mapped: { module: 'collections', name: 'UserDict' }, beforeProtocol3 }),
      new Set(),
    ).class;
  expect(verdict(true)).toBe('allowed');
  const bare = (beforeProtocol3: boolean) =>
    classifyGlobal(globalFact('UserDict', 'UserDict', [], { beforeProtocol3 }), new Set());
  expect(bare(true).class).toBe('allowed');
  expect(bare(false)).toMatchObject({
    class: 'unexpected',
    why: 'No Python 3 has this module, and the protocol is none that Python 2 wrote.',
  });
});
