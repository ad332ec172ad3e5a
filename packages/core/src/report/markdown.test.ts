import { expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { RULES } from '../rules/index.js';
import { renderMarkdown } from './markdown.js';
import { MAX_MARKDOWN_FINDINGS } from '../model/limits.js';
import { NO_PROOF } from './words.js';

const metas = RULES.map((rule) => rule.meta);

test('findings come with evidence, decision and triage', () => {
  const text = renderMarkdown(fullReport(), metas);
  expect(text).toContain('### PICKLE-EXEC CRITICAL: Dangerous Pickle Execution');
  expect(text).toContain('| signal | `STACK_GLOBAL posix.system` |');
  expect(text).toContain('- [ ] **Source**');
  expect(text).toContain('## Not analysed completely');
  expect(text).toContain('**FAIL**');
});

test('each rule that found something has its page once, with examples and related rules', () => {
  const text = renderMarkdown(fullReport(), metas);
  for (const id of ['PICKLE-EXEC', 'PICKLE-STRUCT', 'PICKLE-GLOBAL-IMPORT'])
    expect(text.match(new RegExp(`^### ${id}$`, 'gm'))).toHaveLength(1);
  expect(text).not.toContain('### ARCHIVE-PATH');
  for (const heading of [
    'Bad',
    'Good',
    'How to fix',
    'Triage',
    'When it is wrong',
    'Retest',
    'Policy',
    'Related rules',
  ])
    expect(text.match(new RegExp(`^#### ${heading}$`, 'gm'))).toHaveLength(3);
  expect(text).toContain('- PICKLE-GLOBAL-IMPORT: Unexpected Global Import');
  expect(renderMarkdown(cleanReport(), metas)).not.toContain('## Rules');
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
