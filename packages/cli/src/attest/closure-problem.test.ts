import { expect, test } from 'vitest';
import { Shape } from '../retest/json-shape.js';
import { closureProblem } from './closure-problem.js';

const COUNTS = { closed: 0, removed: 0, open: 0, unverifiable: 0, new: 0 };
const problem = (
  statuses: readonly string[],
  more: { verdict?: string; outcome?: string; counts?: object; fresh?: number } = {},
): string | null => {
  const counts = { ...COUNTS, new: more.fresh ?? 0 } as Record<string, number>;
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  const record = {
    findings: statuses.map((status) => ({ status })),
    newFindings: Array.from({ length: more.fresh ?? 0 }, () => ({})),
    counts: { ...counts, ...more.counts },
    scan: { verdict: more.verdict ?? 'pass' },
    outcome: more.outcome ?? 'closed',
  };
  return closureProblem(new Shape(record, 'the record'));
};
const outcome = (is: string, expected: string): string =>
  `its outcome is "${is}", and its findings come to "${expected}"`;

test.each<[string[], string, string]>([
  [[], 'pass', 'closed'],
  [['closed', 'removed'], 'pass', 'closed'],
  [['closed', 'open'], 'pass', 'open'],
  [['unverifiable', 'open'], 'incomplete', 'open'],
  [['closed'], 'fail', 'open'],
  [['closed', 'unverifiable'], 'pass', 'unverifiable'],
  [['closed'], 'incomplete', 'unverifiable'],
])('%j and a scan that is %s come to %s', (statuses, verdict, expected) => {
  expect(problem(statuses, { verdict, outcome: expected })).toBeNull();
  const other = expected === 'open' ? 'closed' : 'open';
  expect(problem(statuses, { verdict, outcome: other })).toBe(outcome(other, expected));
});

test.each(['closed', 'removed', 'open', 'unverifiable'])('%s findings are counted', (status) => {
  expect(problem(['closed', 'removed', 'open', 'unverifiable'], { counts: { [status]: 2 } })).toBe(
    `it counts 2 findings as ${status}, and there are 1`,
  );
  expect(problem(['closed', 'removed', 'open', 'unverifiable'], { counts: { [status]: 0 } })).toBe(
    `it counts 0 findings as ${status}, and there are 1`,
  );
});

test('what is new is counted', () => {
  expect(problem([], { fresh: 2 })).toBeNull();
  expect(problem([], { fresh: 2, counts: { new: 1 } })).toBe('it counts 1 findings as new, and there are 2');
});

test('other words, and negative counts, are no record', () => {
  expect(() => problem(['fixed'])).toThrow('one of closed, removed, open, unverifiable');
  expect(() => problem([], { verdict: 'good' })).toThrow('one of pass, fail, incomplete');
  expect(() => problem([], { counts: { open: -1 } })).toThrow('a number from 0 to ');
});
