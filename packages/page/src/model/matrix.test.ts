import type { Finding, Severity } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { familyOf, FAMILIES, matrixOf, type Cell } from './matrix.js';
import type { Subject } from './subjects.js';
import { SEVERITY_MARKS } from './verdict.js';

const finding = (ruleId: string, severity: Severity, isAccepted = false): Finding =>
  ({ ruleId, severity, action: 'note', accepted: isAccepted ? {} : null, baseline: null }) as unknown as Finding;

/** A subject with these findings, and names that the user allowed. */
function subject(findings: readonly Finding[], allowed: readonly boolean[] = []): Subject {
  const parts = [
    { kind: 'opaque', path: 'm', format: 'gguf' },
    { kind: 'stream', path: 'm', globals: allowed.map((userAllowed) => ({ userAllowed })) },
  ];
  return { artifact: { path: 'm', status: 'complete', parts }, findings, incomplete: [] } as unknown as Subject;
}

const cellOf = (findings: readonly Finding[], family = 'PICKLE'): Cell | undefined =>
  matrixOf([subject(findings)])[0]?.cells.find((cell) => cell.family === family);

test.each([
  ['PICKLE-EXEC', 'PICKLE'],
  ['TORCH-X', 'TORCH'],
  ['REPO-CHAT-TEMPLATE', 'REPO'],
  ['OTHER-X', 'PICKLE'],
  ['TORCHX-Y', 'PICKLE'],
  ['none', 'PICKLE'],
])('%s is of the family %s', (rule, family) => expect(familyOf(rule)).toBe(family));

describe('a cell', () => {
  test('without a finding', () => {
    expect(cellOf([])).toEqual({ family: 'PICKLE', count: 0, worst: null, mark: '·', words: 'Pickle: none' });
  });

  test.each([[['LOW', 'HIGH', 'MEDIUM']], [['HIGH', 'LOW']], [['LOW', 'HIGH', 'HIGH']]] as const)(
    'has the mark of the worst of %j',
    (severities) => {
      const cell = cellOf(severities.map((severity) => finding('PICKLE-X', severity)));
      expect(cell).toMatchObject({ count: severities.length, worst: 'HIGH', mark: SEVERITY_MARKS.HIGH });
      expect(cell?.words).toBe(`Pickle: ${severities.length} findings, HIGH`);
    },
  );

  test('counts what was accepted, which is not the worst', () => {
    expect(cellOf([finding('PICKLE-X', 'CRITICAL', true), finding('PICKLE-Y', 'LOW')])).toMatchObject({
      count: 2,
      worst: 'LOW',
      words: 'Pickle: 2 findings, LOW, 1 accepted',
    });
    expect(cellOf([finding('PICKLE-X', 'CRITICAL', true)])).toMatchObject({
      count: 1,
      worst: null,
      mark: '✓',
      words: 'Pickle: 1 finding, 1 accepted',
    });
  });

  test('is of its family alone', () => {
    const row = matrixOf([subject([finding('TORCH-X', 'LOW')])])[0];
    expect(row?.cells.map(({ family, count }) => [family, count])).toEqual(
      FAMILIES.map(([family]) => [family, family === 'TORCH' ? 1 : 0]),
    );
  });
});

test.each([
  [[], ''],
  [[false], ''],
  [[true, false], ', 1 name allowed by you'],
  [[true, true], ', 2 names allowed by you'],
])('names that the user allowed: %j', (allowed, end) => {
  const plain = matrixOf([subject([])])[0]?.standingWords ?? '';
  expect(plain).not.toBe('');
  expect(matrixOf([subject([], allowed)])[0]?.standingWords).toBe(`${plain}${end}`);
});
