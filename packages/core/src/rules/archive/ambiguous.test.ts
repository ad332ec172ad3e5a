import { expect, test } from 'vitest';
import { at, check } from '../../../test/fact-kit.js';
import type { ArchiveAmbiguousFact } from '../../model/fact.js';
import rule from './ambiguous.js';
import { AMBIGUOUS_TABLE } from './signals.js';

const fact = (problem: ArchiveAmbiguousFact['problem'], entry: string | null): ArchiveAmbiguousFact => ({
  kind: 'archive.ambiguous',
  at: at('a.pt', 40),
  problem,
  entry,
  detail: '',
});

test.each(Object.keys(AMBIGUOUS_TABLE) as ArchiveAmbiguousFact['problem'][])('reports %s', (problem) => {
  expect(check(rule, fact(problem, 'data.pkl'))).toMatchObject({ signal: `${problem} data.pkl`, level: 3 });
});

test('a problem of the archive as a whole names no entry', () => {
  expect(check(rule, fact('several-end-records', null))?.signal).toBe('several-end-records');
});

test('is quiet on facts of other kinds: it reads archive.ambiguous only', () => {
  expect(rule.on).toEqual(['archive.ambiguous']);
});
