import { expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import type { Report } from '../model/report.js';
import type { RuleMeta } from '../model/rule.js';
import { renderGitlab } from './gitlab.js';
import { renderJunit } from './junit.js';
import { renderMarkdown } from './markdown.js';
import { renderSarif } from './sarif.js';
import { renderText } from './text.js';

/** One rule of its own, so that no text of the catalogue stands in what is shown. */
const RULE: RuleMeta = {
  id: 'PICKLE-EXEC',
  category: 'PICKLE',
  severity: 'CRITICAL',
  title: 'A title',
  cwe: ['CWE-502'],
  owaspLlm: ['LLM03:2025'],
  atlas: ['AML.T0011.000'],
  fpRisk: 'LOW',
  owner: 'owner',
  decision: 'decision',
  fixHint: 'hint',
  description: 'description',
  why: 'why',
  firesWhen: 'fires',
  evidenceFormat: 'format',
  expectedEvidence: 'expected',
  falsePositives: 'wrong',
  triage: { source: 'source', impact: 'impact', control: 'control', evidence: 'evidence' },
  fix: 'fix',
  retest: 'sentinel artifact {path}',
  policyExample: 'policy',
  bad: 'bad',
  good: 'good',
  related: [],
};

/** A report without texts that the rules give. */
function fixed(report: Report): Report {
  const known = new Map<string, number>();
  const numberOf = (fingerprint: string): string => {
    if (!known.has(fingerprint)) known.set(fingerprint, known.size);
    return `v2-${String(known.get(fingerprint)).padStart(32, '0')}`;
  };
  return {
    ...report,
    tool: { ...report.tool, rules: '2026.01.01' },
    accept: report.accept.map((item) => ({ ...item, fingerprint: numberOf(item.fingerprint) })),
    findings: report.findings.map((finding) => ({
      ...finding,
      title: 'Title',
      message: `A message of ${finding.ruleId}.`,
      decision: 'Decision.',
      fix: 'Fix.',
      owner: 'owner',
      cwe: ['CWE-502'],
      owaspLlm: ['LLM03:2025'],
      fingerprint: numberOf(finding.fingerprint),
    })),
  };
}

const REPORTS: [string, Report][] = [
  ['full', fixed(fullReport())],
  ['compared', fixed(comparedReport(true))],
  ['clean', fixed(cleanReport())],
];

test.each(REPORTS)('text of the %s report', (_, report) => {
  expect(renderText(report)).toMatchSnapshot('plain');
  expect(renderText(report, { color: false, verbose: true, quiet: false })).toMatchSnapshot('verbose');
  expect(renderText(report, { color: true, verbose: false, quiet: true })).toMatchSnapshot('quiet, in colour');
});

test.each(REPORTS)('Markdown of the %s report', (_, report) => {
  expect(renderMarkdown(report)).toMatchSnapshot('without rules');
  expect(renderMarkdown(report, [RULE])).toMatchSnapshot('with its rule');
});

test.each(REPORTS)('JUnit of the %s report', (_, report) => {
  expect(renderJunit(report, [RULE])).toMatchSnapshot();
});

test.each(REPORTS)('GitLab of the %s report', (_, report) => {
  expect(renderGitlab(report, { root: '/work' })).toMatchSnapshot();
});

test.each(REPORTS)('SARIF of the %s report', (_, report) => {
  expect(renderSarif(report, { rules: [RULE], root: '/work' })).toMatchSnapshot();
});
