import { expect, test } from 'vitest';
import { matchRow, type SignalRow } from './signal-row.js';

const ROW: SignalRow = { level: 2, report: 'finding', sentence: 'It is odd' };

test.each([
  [{ signal: 's', detail: '' }, 'It is odd.'],
  [{ signal: 's', detail: 'a\u0007' }, String.raw`It is odd (a\x07).`],
  [{ signal: 's', detail: '', count: 1 }, 'It is odd.'],
  [{ signal: 's', detail: '', count: 2 }, 'It is odd (2 times, the first one here).'],
  [{ signal: 's', detail: 'd', count: 3 }, 'It is odd (d; 3 times, the first one here).'],
])('%j: %s', (evidence, message) => {
  expect(matchRow(ROW, evidence)).toEqual({ signal: 's', call: null, chain: [], message, level: 2 });
});

test('what a row makes of it', () => {
  const evidence = { signal: 's', detail: '', chain: ['c'] };
  expect(matchRow({ ...ROW, report: 'nothing' }, evidence)).toBeUndefined();
  expect(matchRow({ ...ROW, report: 'level' }, evidence)).toMatchObject({ quiet: true, chain: ['c'] });
  expect(matchRow({ ...ROW, severity: 'LOW' }, evidence)).toMatchObject({ severity: 'LOW' });
});
