import { expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { artifact, reportOf } from '../../test/report-kit.js';
import { MAX_CASE_FINDINGS, MAX_CASE_LINES } from '../model/limits.js';
import type { Finding, Report } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import { renderJunit } from './junit.js';

const report = reportOf('a.pkl', [globalFact('os', 'system', [], { at: at('a.pkl') })]);
const [FINDING] = report.findings;
if (FINDING === undefined) throw new Error('no finding');
const finding: Finding = FINDING;
const RULE = { id: finding.ruleId, category: 'PICKLE' } as RuleMeta;
const more = (shown: Report, rules: readonly RuleMeta[] = [RULE]): string[] =>
  renderJunit(shown, rules).match(/\d+ more (?:are|findings are) in the JSON report/g) ?? [];

test('places that were not read are listed up to a number', () => {
  const of = (count: number): Report => ({
    ...report,
    findings: [],
    artifacts: [artifact('a.pkl', 3, { status: 'incomplete' })],
    incomplete: Array.from({ length: count }, (_, i) => ({ path: 'a.pkl', offset: i, reason: 'cut' })),
  });
  expect(more(of(MAX_CASE_LINES))).toEqual([]);
  expect(more(of(MAX_CASE_LINES + 1))).toEqual(['1 more are in the JSON report']);
  expect(more(of(MAX_CASE_LINES + 3))).toEqual(['3 more are in the JSON report']);
});

test('findings of one case are shown up to a number, and counted in its message', () => {
  const of = (count: number): Report => ({ ...report, findings: Array.from({ length: count }, () => finding) });
  expect(more(of(MAX_CASE_FINDINGS))).toEqual([]);
  expect(more(of(MAX_CASE_FINDINGS + 2))).toEqual(['2 more findings are in the JSON report']);
  expect(renderJunit(of(1), [RULE])).not.toContain(' more)');
  expect(renderJunit(of(3), [RULE])).toContain('(and 2 more)');
});

test('one case stands for all rules of an artifact only where it is clean', () => {
  const names = (shown: Report, rules: readonly RuleMeta[]): string[] =>
    [...renderJunit(shown, rules).matchAll(/<testcase name="([^"]*)" classname="a\.pkl"/g)].map(
      ([, name = '']) => name,
    );
  const clean: Report = { ...report, findings: [], incomplete: [], artifacts: [artifact('a.pkl')] };
  const incomplete = { ...clean, artifacts: [artifact('a.pkl', 0, { status: 'incomplete' })] };
  expect(names(clean, [])).toEqual(['every rule']);
  expect(names(clean, [RULE])).toEqual(['complete analysis', finding.ruleId]);
  expect(names({ ...clean, findings: [finding] }, [])).toEqual(['complete analysis', finding.ruleId]);
  expect(names(incomplete, [])).toEqual(['complete analysis']);
  expect(renderJunit(incomplete, [])).toContain('<error message="the artifact could not be analysed completely"');
});

test('a case says why nothing can be said', () => {
  const of = (status: 'incomplete' | 'opaque'): Report => ({
    ...report,
    findings: [],
    artifacts: [artifact('a.pkl', 0, { status })],
  });
  expect(renderJunit(of('incomplete'), [RULE])).toContain(
    'message="nothing can be said: the artifact could not be analysed completely" type="incomplete"',
  );
  expect(renderJunit(of('opaque'), [RULE])).toContain(
    'message="nothing can be said: its format is recognised and not analysed" type="opaque"',
  );
  const accepted = { owner: 'board', why: 'known', expires: null };
  const skipped = 'type="accepted"';
  const shown = (...findings: readonly Finding[]): string => renderJunit({ ...report, findings }, [RULE]);
  const note: Finding = { ...finding, action: 'note' };
  expect(shown({ ...note, accepted })).toContain(skipped);
  // One that nobody accepted is not passed over.
  expect(shown({ ...note, accepted }, note)).not.toContain(skipped);
  expect(shown({ ...note, accepted }, finding)).toContain('failures="1"');
});
