import { expect, test } from 'vitest';
import { at, check } from '../../../test/fact-kit.js';
import type { ArchiveBombFact } from '../../model/fact.js';
import rule from './bomb.js';
import { BOMB_TABLE } from './signals.js';

const fact = (problem: ArchiveBombFact['problem']): ArchiveBombFact => ({
  kind: 'archive.bomb',
  at: at('a.zip', 0),
  problem,
  detail: '10 KiB unpack to 1 TiB',
});

test.each(Object.keys(BOMB_TABLE) as ArchiveBombFact['problem'][])('reports %s', (problem) => {
  const match = check(rule, fact(problem));
  expect(match).toMatchObject({ signal: problem, level: 3 });
  expect(match?.message).toMatch(/ \(10 KiB unpack to 1 TiB\)\.$/);
});

test('is quiet on facts of other kinds: it reads archive.bomb only', () => {
  expect(rule.on).toEqual(['archive.bomb']);
});
