import { describe, expect, test } from 'vitest';
import { at, globalFact, structFact } from '../../test/fact-kit.js';
import { artifact, EMPTY, reportOf } from '../../test/report-kit.js';
import type { Policy } from '../model/policy.js';
import { safety } from '../model/severity.js';
import { decideReport } from './decide.js';
import { DEFAULT_POLICY } from './defaults.js';

const A = 'models/a.pkl';
const unexpected = globalFact('mylib', 'Net', [], { at: at(A) });
const trailing = structFact('trailing-bytes', { at: at(A, 9) });
const problem = { path: A, offset: 3, reason: 'a member is encrypted' };
const moderate: Policy = { ...DEFAULT_POLICY, maxAcceptableSeverity: 1 };

describe('the verdict', () => {
  test('passes when nothing is there', () => {
    expect(reportOf(A, [])).toMatchObject({ verdict: 'pass', reasons: [] });
  });

  test('fails by a finding, and does not name its artifact a second time', () => {
    expect(reportOf(A, [unexpected])).toMatchObject({ verdict: 'fail', reasons: [] });
  });

  test('is incomplete when something was not read', () => {
    const level3 = artifact(A, 3, { status: 'incomplete' });
    expect(reportOf(A, [], DEFAULT_POLICY, { incomplete: [problem], artifacts: [level3] })).toMatchObject({
      verdict: 'incomplete',
      reasons: [],
    });
  });

  test('is incomplete when an artifact says so and no notice does', () => {
    expect(reportOf(A, [], DEFAULT_POLICY, { artifacts: [artifact(A, 3, { status: 'incomplete' })] }).verdict).toBe(
      'incomplete',
    );
  });

  test('fails rather than being incomplete when both hold', () => {
    expect(reportOf(A, [unexpected], DEFAULT_POLICY, { incomplete: [problem] }).verdict).toBe('fail');
  });

  test('no policy makes an incomplete scan pass', () => {
    const lax: Policy = { ...DEFAULT_POLICY, defaults: { failOn: [] }, maxAcceptableSeverity: 5 };
    expect(reportOf(A, [], lax, { incomplete: [problem] }).verdict).toBe('incomplete');
  });
});

describe('the highest acceptable level', () => {
  test('fails an artifact that has no finding, and names it', () => {
    const report = reportOf(A, [trailing]);
    expect(report).toMatchObject({ verdict: 'fail', findings: [] });
    expect(report.reasons).toEqual([
      `${A} is POSSIBLY_UNSAFE (level 1), above the highest acceptable level LIKELY_SAFE (0).`,
    ]);
    expect(report.notes[0]).toContain('trailing-bytes');
  });

  test('lets an artifact pass that lies within it', () => {
    expect(reportOf(A, [trailing], moderate)).toMatchObject({ verdict: 'pass', reasons: [] });
  });

  test('holds for findings that the policy fails on nothing for', () => {
    const report = reportOf(A, [unexpected], { ...DEFAULT_POLICY, defaults: { failOn: [] } });
    expect(report.verdict).toBe('fail');
    expect(report.reasons[0]).toContain('LIKELY_UNSAFE (level 3)');
  });

  test('an unexplained level counts', () => {
    expect(decideReport({ ...EMPTY, policy: DEFAULT_POLICY, artifacts: [artifact(A, 4)] }).verdict).toBe('fail');
  });

  test('an accepted finding does not lift the level that decides, other signals do', () => {
    const [finding] = reportOf(A, [unexpected]).findings;
    const policy: Policy = {
      ...DEFAULT_POLICY,
      accept: [
        {
          fingerprint: finding?.fingerprint ?? '',
          owner: 'o',
          why: 'w',
          expires: '2027-01-01',
          sha256: null,
          origin: '',
        },
      ],
    };
    const accepted = reportOf(A, [unexpected], policy);
    expect(accepted).toMatchObject({
      verdict: 'pass',
      artifacts: [{ safety: safety(3) }],
      findings: [{ action: 'note' }],
    });
    expect(reportOf(A, [unexpected, trailing], policy).reasons[0]).toContain('POSSIBLY_UNSAFE (level 1)');
  });

  test('a thousand artifacts are not named one by one', () => {
    const artifacts = Array.from({ length: 1000 }, (_, i) => artifact(`m/${i}`, 1));
    const { reasons } = decideReport({ ...EMPTY, policy: DEFAULT_POLICY, artifacts });
    expect(reasons).toHaveLength(101);
    expect(reasons.at(-1)).toMatch(/^900 more/);
  });
});

test('an empty scan passes with a note', () => {
  expect(decideReport({ ...EMPTY, policy: DEFAULT_POLICY, skipped: 3 })).toMatchObject({
    verdict: 'pass',
    notes: ['No supported artifact was found (3 other files read).'],
  });
});

test('the summary counts', () => {
  const report = reportOf(A, [unexpected, globalFact('os', 'system')]);
  expect(report.summary).toMatchObject({
    artifacts: 1,
    findings: { CRITICAL: 1, HIGH: 1, MEDIUM: 0, LOW: 0 },
    bytesRead: 1000,
  });
});
