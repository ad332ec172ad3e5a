import { describe, expect, test } from 'vitest';
import { fullReport } from '../../test/sample-reports.js';
import type { Finding } from '../model/report.js';
import { safety } from '../model/severity.js';
import { palette } from './palette.js';
import { detailedFinding, detailedList, findingList, row, type Layout } from './text-findings.js';
import { SCALES } from './words.js';

const [FIRST] = fullReport().findings;
if (FIRST === undefined) throw new Error('no finding');
const finding: Finding = {
  ...FIRST,
  artifact: 'a.pkl',
  location: { path: 'a.pkl', offset: 3, line: null },
  ruleId: 'PICKLE-EXEC',
  severity: 'CRITICAL',
  safety: safety(5),
  action: 'fail',
  accepted: null,
  baseline: null,
  fingerprint: `v2-${'a'.repeat(32)}`,
  evidence: { call: "os.system('id')", signal: 'GLOBAL os.system', chain: [] },
};
const layout: Layout = { paint: palette(false), width: null, verbose: false };
const steps = (count: number): string[] => Array.from({ length: count }, (_, i) => `step ${i}`);
const named = (lines: readonly string[], name: string): readonly string[] =>
  lines.filter((line) => line.startsWith(`  ${name.padEnd(9)} `)).map((line) => line.slice(12));

test('a row has its value behind its name, on all lines', () => {
  expect(row('where', 'a', layout)).toEqual(['  where     a']);
  expect(row('where', 'a', layout, 4)).toEqual(['    where     a']);
  const folded = row('where', '1234567890 1234567890', { ...layout, width: 30 });
  expect(folded).toEqual(['  where     1234567890', '            1234567890']);
  expect(row('where', '1234567890 1234567890', { ...layout, width: 33 })).toHaveLength(1);
  expect(row('where', '1234567890 1234567890', { ...layout, width: 32 })).toHaveLength(2);
  expect(row('where', '1234567890 1234567890', { ...layout, width: 34 }, 4)).toHaveLength(2);
  expect(row('where', '1234567890 1234567890', { ...layout, width: 35 }, 4)).toHaveLength(1);
});

describe('the steps of a finding', () => {
  const lines = (count: number, more: Partial<Finding> = {}, verbose = false): readonly string[] =>
    detailedFinding(
      { ...finding, evidence: { ...finding.evidence, chain: steps(count) }, ...more },
      { ...layout, verbose },
    );

  test('are eight without --verbose', () => {
    expect(named(lines(8), 'via')).toHaveLength(8);
    expect(lines(8).join('\n')).not.toContain('--verbose');
    expect(named(lines(9), 'via')).toEqual(steps(8));
    expect(lines(9).join('\n')).toContain('… 1 more step, which --verbose shows');
    expect(lines(10).join('\n')).toContain('… 2 more steps');
    expect(named(lines(9, {}, true), 'via')).toHaveLength(9);
  });

  test('of a flow are never cut', () => {
    expect(named(lines(12, { flow: [] }), 'via')).toHaveLength(12);
  });
});

test('a finding has a line for what there is of it', () => {
  const lines = detailedFinding(finding, layout);
  expect(lines[0]).toBe('PICKLE-EXEC CRITICAL');
  expect(named(lines, 'call')).toEqual(["os.system('id')"]);
  expect(named(lines, 'level')).toEqual([`${finding.safety.name} (5)`]);
  expect(['reach', 'comment', 'baseline'].flatMap((name) => named(lines, name))).toEqual([]);
  const other = detailedFinding(
    {
      ...finding,
      evidence: { ...finding.evidence, call: null },
      reach: 'file',
      baseline: { state: 'new', tolerated: false },
    },
    layout,
  );
  expect(named(other, 'call')).toEqual([]);
  expect(named(other, 'reach')).toEqual(['file: the user names what is loaded']);
  expect(named(other, 'baseline')).toEqual(['new since the baseline']);
});

test('two scales that differ are explained once', () => {
  expect(detailedList([finding], layout)).not.toContain(SCALES);
  const odd = { ...finding, safety: safety(1) };
  expect(detailedList([finding, odd, odd], layout).filter((line) => line === SCALES)).toHaveLength(1);
});

describe('the list', () => {
  const list = (...findings: readonly Partial<Finding>[]): readonly string[] =>
    findingList(
      findings.map((more) => ({ ...finding, ...more })),
      layout,
    );

  test('says what was found where, and by which fingerprint', () => {
    expect(list({})).toEqual(["CRITICAL  a.pkl  runs os.system('id')  PICKLE-EXEC  v2-aaaaaaaa"]);
    expect(list({ severity: 'LOW' })[0]?.startsWith('LOW       a.pkl')).toBe(true);
  });

  test('has paths of one width, up to 44 columns', () => {
    const at = (path: string): Partial<Finding> => ({ artifact: path, location: { path, offset: 0, line: null } });
    const columns = (...paths: readonly string[]): readonly number[] =>
      list(...paths.map(at)).map((line) => line.indexOf('runs ') - 10);
    expect(columns('a', 'abc')).toEqual([5, 5]);
    expect(columns('a', 'b'.repeat(43))).toEqual([45, 45]);
    expect(columns('a', 'b'.repeat(60))).toEqual([46, 62]);
  });

  test('has the line of a source', () => {
    expect(list({ location: { path: 'a.pkl', offset: null, line: 7 } })[0]).toContain('a.pkl:7  ');
  });

  test('has more digits where two fingerprints would be alike', () => {
    const shown = (...fingerprints: readonly string[]): readonly (string | undefined)[] =>
      list(...fingerprints.map((fingerprint) => ({ fingerprint }))).map((line) => / (v2-\w+)/.exec(line)?.[1]);
    const of = (head: string, last: string): string => `v2-${head}${last}`.padEnd(35, '0');
    expect(shown(of('a'.repeat(7), 'b'), of('a'.repeat(7), 'c'))).toEqual(['v2-aaaaaaab', 'v2-aaaaaaac']);
    expect(shown(of('a'.repeat(8), 'b'), of('a'.repeat(8), 'c'))).toEqual(['v2-aaaaaaaab000', 'v2-aaaaaaaac000']);
    const [one, other] = [of('a'.repeat(31), 'b'), of('a'.repeat(31), 'c')];
    expect(shown(one, other)).toEqual([one, other]);
    expect(shown(one, one)).toEqual(['v2-aaaaaaaa', 'v2-aaaaaaaa']);
  });

  test('says what stands against a failure', () => {
    const end = (more: Partial<Finding>): string => list(more)[0]?.split('v2-aaaaaaaa')[1] ?? '';
    expect(end({})).toBe('');
    expect(end({ action: 'note' })).toBe('  [note]');
    expect(end({ reach: 'test', action: 'ticket' })).toBe('  [test, ticket]');
    expect(end({ reach: 'network' })).toBe('  [network]');
    expect(end({ baseline: { state: 'unchanged', tolerated: true } })).toBe('  [unchanged]');
    expect(end({ action: 'note', accepted: { owner: 'o', why: 'w', expires: null } })).toBe('  [accepted]');
  });

  test('paints the severity alone', () => {
    const [line = ''] = findingList([finding], { ...layout, paint: palette(true) });
    const painted = palette(true).severity('CRITICAL', 'CRITICAL');
    expect(line.startsWith(`${painted}  a.pkl`)).toBe(true);
  });
});
