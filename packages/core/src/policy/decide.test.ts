import { describe, expect, test } from 'vitest';
import { at, globalFact, structFact } from '../../test/fact-kit.js';
import { artifact, EMPTY, reportOf } from '../../test/report-kit.js';
import type { Policy } from '../model/policy.js';
import { safety, type SafetyLevel } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { decideReport, type DecideInput } from './decide.js';
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

  test('as many artifacts as are named', () => {
    const artifacts = Array.from({ length: 100 }, (_, i) => artifact(`m/${i}`, 1));
    expect(decideReport({ ...EMPTY, policy: DEFAULT_POLICY, artifacts }).reasons).toHaveLength(100);
  });

  test('a level of its own names where it comes from', () => {
    const reasons = (level: SafetyLevel, origin: string | null): readonly string[] =>
      decideReport({
        ...EMPTY,
        policy: moderate,
        artifacts: [artifact(A, 3)],
        maximumOf: (path) => (path === A ? { level, origin } : undefined),
      }).reasons;
    const above = `${A} is LIKELY_UNSAFE (level 3), above the highest acceptable level`;
    expect(reasons(2, 'p.yml:4')).toEqual([`${above} SUSPICIOUS (2) of p.yml:4.`]);
    expect(reasons(2, null)).toEqual([`${above} SUSPICIOUS (2).`]);
    expect(reasons(3, 'p.yml:4')).toEqual([]);
  });

  test('a finding that a baseline lets pass excuses its level', () => {
    const [finding] = reportOf(A, [unexpected], { ...DEFAULT_POLICY, defaults: { failOn: [] } }).findings;
    if (finding === undefined) throw new Error('no finding');
    const verdict = (tolerated: boolean): unknown =>
      decideReport({
        ...EMPTY,
        policy: DEFAULT_POLICY,
        artifacts: [artifact(A, 3)],
        findings: [{ ...finding, action: 'ticket', baseline: { state: 'unchanged', tolerated } }],
      }).verdict;
    expect([verdict(true), verdict(false)]).toEqual(['pass', 'fail']);
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

describe('notes', () => {
  const notes = (more: Partial<DecideInput>): readonly string[] =>
    decideReport({ ...EMPTY, policy: DEFAULT_POLICY, artifacts: [artifact(A)], ...more }).notes;
  const signal = { artifact: 'b', level: 0, note: 'n' } as const;

  test.each<[string, Partial<DecideInput>, string[]]>([
    ['none', {}, []],
    ['those that are given come first', { notes: ['given'], signals: [signal] }, ['given', 'n']],
    [
      'which rules were applied, where not all were',
      { rulesSelected: RULES.slice(0, 2) },
      [`Only these rules were applied: ${RULES[0]?.meta.id}, ${RULES[1]?.meta.id}.`],
    ],
    [
      'one artifact that is not analysed',
      { artifacts: [artifact(A, 0, { status: 'opaque' })] },
      ['No supported artifact was found (1 other file read).'],
    ],
    ['one of two', { artifacts: [artifact(A, 0, { status: 'opaque' }), artifact('b')], skipped: 4 }, []],
  ])('%s', (_name, more, expected) => {
    expect(notes(more)).toEqual(expected);
  });

  test('no more than a thousand signals, and how many there are besides', () => {
    const signals = (count: number) => Array.from({ length: count }, () => signal);
    expect(notes({ signals: signals(1000) })).toHaveLength(1000);
    expect(notes({ signals: signals(1002) }).slice(1000)).toEqual(['2 more notes like these.']);
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
