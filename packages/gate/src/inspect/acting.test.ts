import type { Fact } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { detailOf, signalOf } from './acting.ts';

const global = (module: string, name: string, callCount = 0): Fact =>
  ({
    kind: 'pickle.global',
    via: 'GLOBAL',
    module,
    name,
    mapped: null,
    callCount,
    calls: [],
    uses: [],
  }) as unknown as Fact;
const structure = { kind: 'pickle.structure', signal: 'memo' } as unknown as Fact;

test.each<[Fact, string]>([
  [global('os', 'system'), 'GLOBAL os.system'],
  // What the client wrote is not repeated.
  [global('mine', 'secret'), 'GLOBAL of an unknown name'],
  [global('os', 'sys tem'), 'GLOBAL of an unknown name'],
  [structure, 'memo'],
  [{ kind: 'pickle.dynamic', via: 'STACK_GLOBAL' } as Fact, 'STACK_GLOBAL of a computed name'],
  [{ kind: 'archive.bomb' } as Fact, 'archive.bomb'],
])('%j: %s', (fact, signal) => expect(signalOf(fact)).toBe(signal));

test('a name of a module where every name is unfit is shown up to 64 characters', () => {
  const shown = (name: string): boolean => !signalOf(global('subprocess', name)).endsWith('an unknown name');
  expect([shown('x'.repeat(64)), shown('x'.repeat(65)), shown('1x'), shown('x y')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.each<[Fact, string]>([
  [global('os', 'system', 1), 'a pickle that imports and calls'],
  [global('os', 'system'), 'a pickle that imports'],
  [structure, 'a pickle that reaches beyond plain data'],
  [{ kind: 'pickle.dynamic', via: 'STACK_GLOBAL' } as Fact, 'a pickle that imports'],
])('%j is %s', (fact, detail) => expect(detailOf(fact)).toBe(detail));
