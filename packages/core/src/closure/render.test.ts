import { expect, test } from 'vitest';
import { RUN } from '../../test/report-kit.js';
import { fullReport } from '../../test/sample-reports.js';
import type { ClosureRecord } from '../model/closure.js';
import { MAX_RECORD_ROWS } from '../model/limits.js';
import { renderClosureMarkdown, renderClosureText } from './render.js';

test('a closure record', () => {
  const [first, second] = fullReport().findings.map((finding, i) => ({
    ...finding,
    fingerprint: `v2-${String(i).padStart(32, '0')}`,
  }));
  if (first === undefined || second === undefined) throw new Error('two findings');
  const state = { path: 'a', sha256: null, notHashed: 'not asked for' };
  const of = (status: ClosureRecord['findings'][number]['status'], after: typeof state | null) => ({
    ...first,
    status,
    reason: `because it is ${status}`,
    before: { ...state, sha256: 'ab' },
    after,
    action: null,
    accepted: null,
  });
  const tool = { name: 'sentinel', version: '1', rules: '2026.01.01' } as const;
  const record = {
    schemaVersion: 1,
    kind: 'closure',
    tool,
    command: 'sentinel retest',
    time: '2026-01-02',
    outcome: 'open',
    report: { path: 'old.json', sha256: 'cd', tool, command: 'x', startedAt: '2026-01-01' },
    run: { ...RUN, startedAt: '' },
    settings: [
      { name: 'rules', value: 'all', from: 'report', ignored: null },
      { name: 'policy', value: 'p', from: 'you', ignored: 'q' },
    ],
    policy: { before: [], after: [], changes: ['a change'] },
    counts: { open: 1, unverifiable: 1, removed: 1, closed: 1, new: 1 },
    findings: [
      of('closed', state),
      of('removed', null),
      of('open', null),
      of('unverifiable', { ...state, notHashed: null as unknown as string }),
    ],
    newFindings: [second],
    scan: {
      verdict: 'fail',
      reasons: ['a reason'],
      artifacts: [],
      incomplete: [{ path: 'b', offset: 3, reason: 'cut' }],
    },
    notes: ['a note'],
  } as unknown as ClosureRecord;
  expect(renderClosureText(record)).toMatchSnapshot('text');
  expect(renderClosureMarkdown(record)).toMatchSnapshot('Markdown');
  const empty = renderClosureMarkdown({ ...record, findings: [], newFindings: [] });
  expect(empty).not.toMatch(/## (?:Earlier|New) findings|\| --- /);
  const rows = {
    ...record,
    findings: Array.from({ length: MAX_RECORD_ROWS + 7 }, () => of('open', null)),
    newFindings: [],
  } as unknown as ClosureRecord;
  expect(
    renderClosureMarkdown(rows)
      .split('\n')
      .filter((line) => /more rows are/.test(line)),
  ).toEqual(['7 more rows are in the JSON record.']);
  const whole = { ...rows, findings: rows.findings.slice(7) };
  expect(renderClosureMarkdown(whole)).not.toContain('more rows');
  expect(renderClosureMarkdown(whole).split('**open**')).toHaveLength(MAX_RECORD_ROWS + 1);
});
