import { describe, expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { artifact, reportOf, RUN } from '../../test/report-kit.js';
import type { ArtifactReport, Finding, Report, RunReport } from '../model/report.js';
import { safety } from '../model/severity.js';
import { contradictions } from './contradictions.js';
import { DEFAULT_POLICY } from './defaults.js';

const A = 'a.pkl';
const REPORT = reportOf(A, [globalFact('os', 'system', [], { at: at(A) })]);
const [FINDING] = REPORT.findings;
if (FINDING === undefined) throw new Error('no finding');
const finding: Finding = FINDING;
const what = `PICKLE-EXEC ${finding.fingerprint}`;
const clean = reportOf('b.pkl', []);

const told = (more: Partial<Report>, report = REPORT) => contradictions({ ...report, ...more });
const withFinding = (more: Partial<Finding>, rest: Partial<Report> = {}) =>
  told({ findings: [{ ...finding, ...more }], ...rest });
const summary = (more: Partial<Report['summary']>): Report['summary'] => ({ ...REPORT.summary, ...more });

test('a report as it was written has none; of one without its policy nothing can be said', () => {
  expect([finding.ruleId, finding.severity, finding.action]).toEqual(['PICKLE-EXEC', expect.any(String), 'fail']);
  expect(told({})).toEqual([]);
  expect(contradictions(clean)).toEqual([]);
  expect(told({ policy: null })).toBeNull();
});

describe('the summary', () => {
  test.each<[Partial<Report['summary']>, string]>([
    [{ artifacts: 2 }, 'the summary counts 2 artifacts, and there are 1'],
    [{ opaque: 1 }, 'the summary counts 1 artifacts that were not analysed, and there are 0'],
    [{ streams: 3 }, 'the summary counts 3 streams, and there are 0'],
    [{ findings: { ...REPORT.summary.findings, LOW: 7 } }, 'the summary counts 7 LOW findings, and there are 0'],
    [
      { findings: { ...REPORT.summary.findings, [finding.severity]: 0 } },
      `the summary counts 0 ${finding.severity} findings, and there are 1`,
    ],
  ])('%j', (more, line) => expect(told({ summary: summary(more) })).toEqual([line]));

  test('of a record without streams does not count them', () => {
    expect(contradictions({ ...REPORT, summary: summary({ streams: 3 }) }, false)).toEqual([]);
  });

  test('counts what is opaque', () => {
    const opaque = artifact('c.h5', 0, { status: 'opaque', safety: null });
    const report = { ...clean, artifacts: [opaque], summary: { ...clean.summary, opaque: 1 } };
    expect(contradictions(report)).toEqual([]);
  });
});

describe('a finding', () => {
  test('is about an artifact of the report, at least as bad', () => {
    expect(withFinding({ artifact: 'z.pkl' })).toContain(`${what} is about z.pkl, which is no artifact of the report`);
    const level = finding.safety.level;
    expect(told({ artifacts: [artifact(A, (level - 1) as 0)] })).toEqual([
      `a.pkl is ${safety((level - 1) as 0).name}, and its finding ${what} is ${finding.safety.name}`,
    ]);
    expect(told({ artifacts: [artifact(A, level)] })).toEqual([]);
    expect(told({ artifacts: [artifact(A, 0, { safety: null })] })).toContain(
      `a.pkl is not analysed, and its finding ${what} is ${finding.safety.name}`,
    );
  });

  test('is of a rule that was applied', () => {
    const of = (...rules: string[]) => told({ run: { ...RUN, rules } });
    expect(of()).toEqual([]);
    expect(of('pickle')).toEqual([]);
    expect(of('pickle-exec')).toEqual([]);
    expect(of('ARCHIVE')).toEqual([`${what} is of a rule that was not applied`]);
    const later = contradictions({
      ...REPORT,
      findings: [{ ...finding, ruleId: 'PICKLE-OF-TOMORROW' }],
      run: { ...RUN, rules: ['ARCHIVE'] },
    });
    expect(later?.some((line) => line.includes('not applied'))).toBe(false);
  });

  test('has the action that the policy asks for', () => {
    expect(withFinding({ action: 'note' })).toContain(
      `${what} ${finding.severity} has the action note, and the policy asks for fail`,
    );
    expect(withFinding({ action: 'ticket' })).toHaveLength(1);
    const lax = reportOf(A, [globalFact('os', 'system', [], { at: at(A) })], {
      ...DEFAULT_POLICY,
      defaults: { failOn: [], ticketOn: [] },
      maxAcceptableSeverity: 5,
    });
    expect(contradictions(lax)).toEqual([]);
    const stricter = lax.findings.map((one): Finding => ({ ...one, action: 'ticket' }));
    expect(contradictions({ ...lax, findings: stricter })).toHaveLength(1);
    const policyFiles = [{ path: 'p.yml', sha256: '', trusted: false }] as unknown as RunReport['policyFiles'];
    expect(contradictions({ ...lax, findings: stricter, run: { ...RUN, policyFiles } })).toEqual([]);
    const trusted = [{ path: 'p.yml', sha256: '', trusted: true }] as unknown as RunReport['policyFiles'];
    expect(contradictions({ ...lax, findings: stricter, run: { ...RUN, policyFiles: trusted } })).toHaveLength(1);
  });

  test('a rule of its own asks for its own action', () => {
    const policy = {
      ...DEFAULT_POLICY,
      rules: { 'PICKLE-EXEC': { failOn: [], ticketOn: [finding.severity] } },
      maxAcceptableSeverity: 5 as const,
    };
    const report = reportOf(A, [globalFact('os', 'system', [], { at: at(A) })], policy);
    expect(report.findings[0]?.action).toBe('ticket');
    expect(contradictions(report)).toEqual([]);
    expect(
      contradictions({ ...report, findings: report.findings.map((one): Finding => ({ ...one, action: 'note' })) }),
    ).toHaveLength(1);
  });
});

describe('what is excused', () => {
  const accepted = { owner: 'board', why: 'x', expires: null };
  const entry: Report['accept'][number] = {
    fingerprint: finding.fingerprint,
    owner: 'board',
    why: 'x',
    expires: '2027-01-01',
    sha256: null,
    origin: 'p:1',
    state: 'used',
    findings: 1,
  };
  const acceptedReport = (accept: Report['accept']) =>
    withFinding({ accepted, action: 'note' }, { accept, verdict: 'pass' });

  test('by an acceptance of the policy', () => {
    expect(acceptedReport([entry])).toEqual([]);
    const line = `${what} is accepted, and no acceptance of the policy is used for it`;
    expect(acceptedReport([])).toEqual([line]);
    expect(acceptedReport([{ ...entry, state: 'expired' }])).toEqual([line]);
    expect(acceptedReport([{ ...entry, owner: 'me' }])).toEqual([line]);
    expect(acceptedReport([{ ...entry, fingerprint: 'v2-0' }])).toEqual([line]);
    expect(withFinding({ accepted, action: 'fail' }, { accept: [entry], verdict: 'fail' })).toHaveLength(1);
  });

  test('by a comment that counts', () => {
    const policy = REPORT.policy === null ? null : { ...REPORT.policy, sourceComments: ['*.py'] };
    const inSource = { ...accepted, inSource: true as const };
    const comment = { line: 1, text: '#', counts: true, why: null };
    const by = (comments: NonNullable<Finding['comments']>, of: Report['policy'] = policy) =>
      withFinding({ accepted: inSource, action: 'note', comments }, { policy: of, verdict: 'pass' });
    const line = `${what} is accepted by a comment that does not count`;
    expect(by([comment])).toEqual([]);
    expect(by([{ ...comment, counts: false }])).toEqual([line]);
    expect(by([])).toEqual([line]);
    expect(by([comment], REPORT.policy)).toEqual([line]);
  });

  test('by a baseline', () => {
    const tolerated = { state: 'unchanged' as const, tolerated: true };
    const baseline = (failOnNew: boolean) => ({
      file: 'b',
      tool: REPORT.tool,
      startedAt: null,
      failOnNew,
      new: 0,
      unchanged: 1,
      absent: [],
      notCompared: [],
    });
    const by = (failOnNew: boolean | null, action: Finding['action'] = 'ticket') =>
      withFinding(
        { baseline: tolerated, action },
        { baseline: failOnNew === null ? null : baseline(failOnNew), verdict: action === 'fail' ? 'fail' : 'pass' },
      );
    const line = `${what} is let pass by a baseline, and --fail-on-new was not said`;
    expect(by(true)).toEqual([]);
    expect(by(true, 'fail')).toEqual([]);
    expect(by(true, 'note')).toHaveLength(1);
    expect(by(false)).toEqual([line]);
    expect(by(null)).toEqual([line]);
  });
});

describe('the verdict', () => {
  const verdict = (expected: string, is: string): string =>
    `the verdict is "${is}", and its findings come to "${expected}"`;
  const of = (more: Partial<Report>, one: ArtifactReport = artifact('b.pkl', 0)) =>
    contradictions({ ...clean, artifacts: [one], ...more });

  test('fails by a finding, a reason or a level', () => {
    expect(told({ verdict: 'pass' })).toEqual([verdict('fail', 'pass')]);
    expect(of({ reasons: ['x'] })).toEqual([verdict('fail', 'pass')]);
    expect(of({}, artifact('b.pkl', 1))).toEqual([verdict('fail', 'pass')]);
    expect(of({ verdict: 'fail', reasons: ['x'] }, artifact('b.pkl', 1))).toEqual([]);
  });

  test('by a level goes by the loosest of the policy', () => {
    const policy =
      clean.policy === null
        ? null
        : { ...clean.policy, paths: [{ match: ['*'], maxAcceptableSeverity: 'SUSPICIOUS' as const }] };
    expect([safety(1), safety(2)].map(({ name }) => name)).toContain('SUSPICIOUS');
    const level = safety(1).name === 'SUSPICIOUS' ? 1 : 2;
    expect(of({ policy }, artifact('b.pkl', level))).toEqual([]);
    expect(of({ policy }, artifact('b.pkl', (level + 1) as 3))).toEqual([verdict('fail', 'pass')]);
  });

  test('is incomplete', () => {
    const incomplete = [{ path: 'b.pkl', offset: null, reason: 'x' }];
    const half = artifact('b.pkl', 3, { status: 'incomplete' });
    expect(of({ incomplete })).toEqual([verdict('incomplete', 'pass')]);
    expect(of({ incomplete, verdict: 'incomplete' }, half)).toEqual([]);
    expect(of({ verdict: 'incomplete' }, half)).toEqual(['b.pkl is incomplete, and no cause is listed']);
    expect(of({ verdict: 'incomplete' })).toEqual([verdict('pass', 'incomplete')]);
  });

  test('an opaque artifact has no level, any other has one', () => {
    expect(of({}, artifact('b.pkl', 0, { safety: null }))).toEqual([
      'b.pkl is complete, and its level is not analysed',
    ]);
    expect(of({ summary: { ...clean.summary, opaque: 1 } }, artifact('b.pkl', 0, { status: 'opaque' }))).toEqual([
      `b.pkl is opaque, and its level is ${safety(0).name}`,
    ]);
  });

  test('a stream is no worse than its artifact', () => {
    const stream = (level: 0 | 1) =>
      ({ kind: 'stream', safety: safety(level) }) as unknown as ArtifactReport['parts'][number];
    const parts = (level: 0 | 1) => ({ ...artifact('b.pkl', 0), parts: [stream(level)] });
    const counted = { ...clean.summary, streams: 1 };
    expect(of({ summary: counted }, parts(0))).toEqual([]);
    expect(of({ summary: counted }, parts(1))).toEqual([`b.pkl is ${safety(0).name}, and one of its streams is worse`]);
  });
});

test('ten are told, the others counted', () => {
  const many = (count: number): Finding[] => Array.from({ length: count }, () => ({ ...finding, artifact: 'z' }));
  const lines = (count: number) =>
    contradictions({
      ...REPORT,
      findings: many(count),
      summary: summary({ findings: { ...REPORT.summary.findings, [finding.severity]: count } }),
    });
  expect(lines(10)).toHaveLength(10);
  expect(lines(11)?.at(-1)).toBe('1 more');
  expect(lines(13)?.at(-1)).toBe('3 more');
});
