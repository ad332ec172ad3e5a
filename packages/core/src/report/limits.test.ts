import { describe, expect, test } from 'vitest';
import { reportOf } from '../../test/report-kit.js';
import { at, globalFact } from '../../test/fact-kit.js';
import { MAX_NOTIFICATIONS } from '../model/limits.js';
import type { Finding, Report } from '../model/report.js';
import { RULES } from '../rules/index.js';
import { describeBriefly } from './brief.js';
import { renderSarif } from './sarif.js';

const report = reportOf('a.pkl', [globalFact('os', 'system', [], { at: at('a.pkl') })]);
const [FINDING] = report.findings;
if (FINDING === undefined) throw new Error('no finding');
const finding: Finding = FINDING;

test.each([
  [0, null],
  [1, '1 more items were not analysed completely.'],
  [2, '2 more items were not analysed completely.'],
])('SARIF of %i notices too many', (more, last) => {
  const incomplete = Array.from({ length: MAX_NOTIFICATIONS + more }, (_, i) => ({
    path: 'a.pkl',
    offset: i,
    reason: 'cut',
  }));
  const shown: Report = { ...report, incomplete };
  const log = JSON.parse(renderSarif(shown, { rules: RULES.slice(0, 1).map(({ meta }) => meta) })) as {
    runs: [{ invocations: [{ toolExecutionNotifications: { message: { text: string } }[] }] }];
  };
  const texts = log.runs[0].invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
  expect(texts.filter((text) => text.startsWith('Not analysed completely'))).toHaveLength(MAX_NOTIFICATIONS);
  expect(texts.find((text) => / more items /.test(text)) ?? null).toBe(last);
});

describe('a finding in a few words', () => {
  const brief = (message: string, signal = 'x', more: Partial<Finding> = {}): string =>
    describeBriefly({ ...finding, ruleId: 'R', message, evidence: { call: null, signal, chain: [] }, ...more });
  test.each([
    ['A', 'z', 'A (z)'],
    ['A: rest', 'z', 'A (z)'],
    [': rest', 'z', ': rest (z)'],
    ['The name. Rest', 'z', 'the name (z)'],
    ['The name (rest) more: x', 'z', 'the name (z)'],
    ['The name.', 'a name', 'the name'],
    ['TAR: rest', 'z', 'TAR (z)'],
    ['A member: rest', 'z', 'a member (z)'],
    ['x', 'GLOBAL os.system', 'imports os.system'],
    ['x', 'STACK_GLOBAL a\nb', String.raw`imports a\nb`],
    ['x', 'XGLOBAL os.system', 'x (XGLOBAL os.system)'],
  ])('%j of %j: %s', (message, signal, expected) => {
    expect(brief(message, signal)).toBe(expected);
  });

  test('a call', () => {
    const evidence = { call: 'f(1)', signal: 'GLOBAL m.f', chain: [] };
    expect(brief('x', '', { evidence })).toBe('calls f(1)');
    expect(brief('x', '', { evidence, ruleId: 'PICKLE-EXEC' })).toBe('runs f(1)');
  });
});
