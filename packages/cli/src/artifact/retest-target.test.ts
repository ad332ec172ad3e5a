import { join, resolve } from 'node:path';
import { DEFAULT_POLICY } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { retestTarget } from './retest-target.js';

/** A run whose policy lies in `file`, where `foreign` policies of the scanned tree hold for every artifact. */
function run(file: string | null, foreign: readonly string[]): Parameters<typeof retestTarget>[1] {
  return { policy: { ...DEFAULT_POLICY, file }, foreignFor: () => foreign };
}

test('an artifact is retested alone, with the policy that was found', () => {
  const target = retestTarget(['models'], run('own.yml', []));
  expect(target(join('models', 'a.pkl'))).toEqual({ paths: [join('models', 'a.pkl')], policy: 'own.yml' });
  expect(target('https://example.org/a.pkl')).toEqual({ paths: ['https://example.org/a.pkl'], policy: 'own.yml' });
});

test('where policies of the tree hold, the path that was scanned is named, which begins with a folder of that name', () => {
  const target = retestTarget(['mod', 'models', join('other', 'b.pkl')], run('own.yml', ['models/.sentinel.yml']));
  expect(target(join('models', 'deep', 'a.pkl'))).toEqual({ paths: ['models'], policy: null });
  expect(target('models')).toEqual({ paths: ['models'], policy: null });
  expect(target(join('other', 'b.pkl'))).toEqual({ paths: [join('other', 'b.pkl')], policy: null });
  expect(target(resolve('/'))).toEqual({ paths: [resolve('/')], policy: null });
  const below = retestTarget([resolve('/')], run(null, ['x']));
  expect(below(resolve('/a.pkl'))).toEqual({ paths: [resolve('/')], policy: null });
});
