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
const RULE = { id: finding.ruleId } as RuleMeta;
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
