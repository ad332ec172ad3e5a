import { describe, expect, test } from 'vitest';
import type { ShortFinding, VerdictWord } from '../model/shapes.js';
import { endOfPromotion, type Promotion } from './promotions.js';

const SHA = 'ab'.repeat(32);

function promotion(given: Partial<Promotion>): Promotion {
  return {
    sha256: SHA,
    failing: new Set(),
    gaps: new Set(),
    was: 'passed',
    by: 'Ada',
    at: new Date('2026-11-20T10:00:00Z'),
    ...given,
  };
}

function finding(fingerprint: string): ShortFinding {
  return {
    rule: `RULE-${fingerprint}`,
    severity: 'HIGH',
    action: 'fail',
    owner: 'team',
    fingerprint,
    title: 't',
    waived: null,
  };
}

function now(verdict: VerdictWord, gaps: readonly string[] = [], findings: readonly ShortFinding[] = []) {
  return { sha256: SHA, verdict, gaps, findings };
}

describe('a promotion', () => {
  test.each([
    ['of what passed', promotion({}), now('pass')],
    [
      'of what was incomplete, with the same gap',
      promotion({ was: 'incomplete', gaps: new Set(['a']) }),
      now('incomplete', ['a']),
    ],
    [
      'of what was incomplete, with fewer gaps',
      promotion({ was: 'incomplete', gaps: new Set(['a', 'b']) }),
      now('incomplete', ['b']),
    ],
    [
      'of what failed and had a gap, and only has the gap',
      promotion({ was: 'failed', failing: new Set(['f']), gaps: new Set(['a']) }),
      now('incomplete', ['a']),
    ],
    [
      'of what failed, with the same finding',
      promotion({ was: 'failed', failing: new Set(['f']) }),
      now('fail', [], [finding('f')]),
    ],
  ])('holds %s', (_name, before, after) => {
    expect(endOfPromotion(before, after)).toBeNull();
  });

  test.each([
    [
      'what passed is incomplete',
      promotion({}),
      now('incomplete', ['x: truncated']),
      'before this could not be analysed: x: truncated',
    ],
    [
      'what failed is only incomplete',
      promotion({ was: 'failed', failing: new Set(['f']) }),
      now('incomplete', ['a']),
      'analysed: a',
    ],
    [
      'it has another gap',
      promotion({ was: 'incomplete', gaps: new Set(['a']) }),
      now('incomplete', ['a', 'b']),
      'analysed: b',
    ],
    [
      'it fails as before, and has a gap',
      promotion({ was: 'failed', failing: new Set(['f']) }),
      now('fail', ['a'], [finding('f')]),
      'analysed: a',
    ],
    [
      'there are many gaps',
      promotion({}),
      now('incomplete', ['a', 'b', 'c', 'd', 'e']),
      'analysed: a; b; c; and 2 more',
    ],
    [
      'it has another finding',
      promotion({ was: 'failed', failing: new Set(['f']) }),
      now('fail', [], [finding('f'), finding('g')]),
      'these findings: RULE-g',
    ],
    ['it has other bytes', promotion({ sha256: 'cd'.repeat(32) }), now('pass'), 'its bytes changed'],
  ])('ends where %s', (_name, before, after, words) => {
    const reason = endOfPromotion(before, after);
    expect(reason).toMatch(/^promoted on 2026-11-20 by Ada, before /);
    expect(reason).toContain(words);
  });
});
