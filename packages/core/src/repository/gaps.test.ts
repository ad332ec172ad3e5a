import { expect, test } from 'vitest';
import { code, python } from '../../test/repository-kit.js';
import { MAX_NOTES } from '../model/limits.js';
import type { RepoPythonFact, RepositoryFact } from '../model/repository.js';
import { gapsOf } from './gaps.js';

const reason = (gap: string): string =>
  `Python that is run when the repository is loaded could not be read as a whole: ${gap}`;
const gaps = (...facts: readonly RepositoryFact[]) =>
  gapsOf(
    facts.map((fact) => ({ fact })),
    'artifact',
  );

test.each<readonly [RepoPythonFact['role'], readonly string[], boolean]>([
  ['module', [], false],
  ['module', ['r/config.json'], true],
  ['notebook', [], false],
  ['notebook', ['r/config.json'], true],
  ['hubconf', [], true],
  ['site', [], true],
])('%s, named by %j: it is run (%s)', (role, linked, isRun) => {
  const fact = python({ role, linked, gap: { cause: 'limit', reason: 'it is too deep' } });
  const expected = { path: fact.at.path, offset: null, cause: 'limit', reason: reason('it is too deep') };
  expect(gaps(fact)).toEqual(isRun ? [expected] : []);
});

test('what was read as a whole, what is linked to nothing yet and what is no Python has no gap', () => {
  expect(
    gaps(
      python({ role: 'site', gap: null }),
      python({ linked: null, gap: { cause: 'corrupt', reason: 'x' } }),
      code({}),
    ),
  ).toEqual([]);
});

test('so many are listed, and of more their number', () => {
  const many = (count: number) =>
    gaps(
      ...Array.from({ length: count }, (_, i) => python({ role: 'site', gap: { cause: 'corrupt', reason: `${i}` } })),
    );
  expect(many(MAX_NOTES)).toHaveLength(MAX_NOTES);
  expect(many(MAX_NOTES + 1)).toEqual([
    {
      path: 'artifact',
      offset: null,
      cause: 'limit',
      reason: `${MAX_NOTES + 1} files of Python could not be read as a whole`,
    },
  ]);
});
