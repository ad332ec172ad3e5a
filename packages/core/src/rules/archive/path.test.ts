import { expect, test } from 'vitest';
import { at, check } from '../../../test/fact-kit.js';
import type { ArchivePathFact } from '../../model/fact.js';
import rule from './path.js';
import { PATH_TABLE } from './signals.js';

const fact = (problem: ArchivePathFact['problem'], entry: string): ArchivePathFact => ({
  kind: 'archive.path',
  at: at('a.zip', 40),
  problem,
  entry,
  detail: 'resolves to /etc/x',
});

test.each(Object.keys(PATH_TABLE) as ArchivePathFact['problem'][])(
  'reports %s with the entry as part of the signal',
  (problem) => {
    expect(check(rule, fact(problem, '../x'))).toMatchObject({ signal: `${problem} ../x`, level: 3 });
  },
);

test('hostile entry names are escaped', () => {
  expect(check(rule, fact('nul-byte', 'a\u0000b\u202e'))?.signal).toBe('nul-byte a\\x00b\\u202e');
});

test('is quiet on facts of other kinds: it reads archive.path only', () => {
  expect(rule.on).toEqual(['archive.path']);
});
