import { expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { RULES } from '../rules/index.js';
import { renderMarkdown } from './markdown.js';
import { MAX_MARKDOWN_FINDINGS } from '../model/limits.js';
import { safety } from '../model/severity.js';
import { NO_PROOF, SCALES } from './words.js';

const metas = RULES.map((rule) => rule.meta);

test('findings come with evidence, decision and triage', () => {
  const text = renderMarkdown(fullReport(), metas);
  expect(text).toContain('### PICKLE-EXEC CRITICAL: Dangerous Pickle Execution');
  expect(text).toContain('| signal | `STACK_GLOBAL posix.system` |');
  expect(text).toContain('- [ ] **Source**');
  expect(text).toContain('## Not analysed completely');
  expect(text).toContain('**FAIL**');
});

test('each rule that found something has its triage and fix once, and its page by a command', () => {
  const text = renderMarkdown(fullReport(), metas);
  for (const id of ['PICKLE-EXEC', 'PICKLE-STRUCT', 'PICKLE-GLOBAL-IMPORT']) {
    expect(text.split(`<details><summary>${id}: `)).toHaveLength(2);
    expect(text.split(`\`sentinel explain ${id}\``)).toHaveLength(2);
  }
  expect(text).not.toContain('ARCHIVE-PATH');
  for (const part of ['- [ ] **Source**: ', '- [ ] **Evidence**: ', '**Fix.** ', '**When it is wrong.** '])
    expect(text.split(part)).toHaveLength(4);
  expect(text).not.toContain('#### ');
  expect(renderMarkdown(cleanReport(), metas)).not.toContain('## Triage and fix');
});

test('a summary of many findings is no longer than what they say', () => {
  const report = fullReport();
  const findings = Array.from({ length: 60 }, (_, i) => report.findings[i % report.findings.length]).filter(
    (finding) => finding !== undefined,
  );
  const [one, many] = [renderMarkdown(report, metas), renderMarkdown({ ...report, findings }, metas)];
  expect(many.length / 20).toBeLessThan(one.length / 2);
});

test('two scales that differ are explained once', () => {
  expect(renderMarkdown(fullReport(), metas)).not.toContain(SCALES);
  const report = fullReport();
  const findings = report.findings.map((finding) => ({ ...finding, safety: safety(1) }));
  expect(renderMarkdown({ ...report, findings }, metas).split(SCALES)).toHaveLength(2);
});

test('nothing from outside is markup', () => {
  const text = renderMarkdown(fullReport(), metas);
  expect(text).not.toContain('<b>');
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test('acceptances and the comparison with a baseline are there, and are no markup', () => {
  const text = renderMarkdown(comparedReport(), metas);
  expect(text).toContain('## Accepted risks');
  expect(text).toContain('It is expired and no longer counts&#58; 2 findings stand open again');
  expect(text).toContain('| baseline | new since the baseline |');
  expect(text).toContain('## Absent since the baseline');
  expect(text).toContain('## In the baseline, not compared');
  expect(text).not.toContain('<b>');
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test('a clean report says that it is no proof', () => {
  expect(renderMarkdown(cleanReport(), metas)).toContain(NO_PROOF);
});

test('many findings are cut, and it says so', () => {
  const [finding] = fullReport().findings;
  if (finding === undefined) throw new Error('no finding');
  const text = renderMarkdown({ ...fullReport(), findings: Array.from({ length: 400 }, () => finding) }, metas);
  expect(text).toContain(`The ${MAX_MARKDOWN_FINDINGS} most severe of 400 findings are shown`);
  expect(text.length).toBeLessThan(1_000_000);
});
