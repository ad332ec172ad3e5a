import { RULES } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { listRules } from './run.js';

test('the table has columns as wide as their longest cell, and two blanks between them', () => {
  const text = listRules([], 'text');
  const lines = text.split('\n');
  const [head = ''] = lines;
  expect(head).toMatch(/^RULE +SEVERITY +CWE +TITLE$/);
  const longest = (cells: readonly string[]): number => Math.max(...cells.map((cell) => cell.length));
  const severity = longest(['RULE', ...RULES.map(({ meta }) => meta.id)]) + 2;
  const cwe = severity + longest(['SEVERITY', ...RULES.map(({ meta }) => meta.severity)]) + 2;
  const title = cwe + longest(['CWE', ...RULES.map(({ meta }) => meta.cwe.join(' '))]) + 2;
  expect([head.indexOf('SEVERITY'), head.indexOf('CWE'), head.indexOf('TITLE')]).toEqual([severity, cwe, title]);
  for (const [i, { meta }] of RULES.entries()) {
    const line = lines[i + 1] ?? '';
    const cells = [line.slice(0, severity), line.slice(severity, cwe), line.slice(cwe, title), line.slice(title)];
    expect(cells.map((cell) => cell.trim())).toEqual([meta.id, meta.severity, meta.cwe.join(' '), meta.title]);
  }
  expect(lines.slice(RULES.length + 1)).toEqual(['', 'sentinel explain RULE prints the full page of a rule.', '']);
});

test('the catalogue as JSON, all of it or some', () => {
  const [first] = RULES;
  expect(JSON.parse(listRules([], 'json'))).toEqual(JSON.parse(JSON.stringify(RULES.map(({ meta }) => meta))));
  expect(JSON.parse(listRules([first?.meta.id ?? ''], 'json'))).toMatchObject([{ id: first?.meta.id }]);
  expect(() => listRules(['NONE'], 'json')).toThrow('NONE');
});
