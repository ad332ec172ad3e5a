import { expect, test } from 'vitest';
import { at, globalFact } from '../../test/fact-kit.js';
import { reportOf, RUN } from '../../test/report-kit.js';
import type { Finding, RunReport } from '../model/report.js';
import { palette } from './palette.js';
import { ruleLines } from './text-rules.js';

const [FINDING] = reportOf('a.pkl', [globalFact('os', 'system', [], { at: at('a.pkl') })]).findings;
if (FINDING === undefined) throw new Error('no finding');
const finding: Finding = { ...FINDING, fix: 'Fix it.', owner: 'me', decision: 'Block.' };
const LAYOUT = { paint: palette(false), width: null, verbose: false };
const RUN_OF_FOLDER: RunReport = { ...RUN, paths: ['models/'] };
const retested = (count: number, of = (i: number): string => `sentinel artifact m${i}.pkl`): Finding[] =>
  Array.from({ length: count }, (_, i) => ({ ...finding, retest: of(i) }));
/** The values of the rows with this name. */
const rows = (name: string, findings: readonly Finding[], run: RunReport | null = null, withFix = false): string[] =>
  ruleLines(findings, run, withFix, LAYOUT).flatMap((line) =>
    line.startsWith(`    ${name.padEnd(9)} `) ? [line.slice(14)] : [],
  );

test('nothing is to be done about nothing', () => {
  expect(ruleLines([], RUN_OF_FOLDER, true, LAYOUT)).toEqual([]);
});

test('one rule', () => {
  expect(ruleLines(retested(1), null, true, LAYOUT)).toEqual([
    'What to do',
    `  PICKLE-EXEC: ${finding.title} (1 finding)`,
    '    fix       Fix it.',
    '    owner     me',
    '    decision  Block.',
    '    retest    sentinel artifact m0.pkl',
    '    more      sentinel explain PICKLE-EXEC',
    '',
  ]);
  expect(rows('fix', retested(1))).toEqual([]);
});

test('one command is shown, of several the run with the rule', () => {
  const whole = 'sentinel artifact models/ --rule PICKLE-EXEC';
  expect(rows('retest', retested(1), RUN_OF_FOLDER)).toEqual(['sentinel artifact m0.pkl']);
  expect(rows('retest', [...retested(1), ...retested(1)], RUN_OF_FOLDER)).toEqual(['sentinel artifact m0.pkl']);
  expect(rows('retest', retested(2), RUN_OF_FOLDER)).toEqual([whole]);
  expect(rows('retest', retested(9), RUN_OF_FOLDER)).toEqual([whole]);
  expect(rows('retest', retested(2), { ...RUN_OF_FOLDER, policy: 'p.yml' })).toEqual([
    'sentinel artifact models/ --rule PICKLE-EXEC --policy p.yml',
  ]);
});

test('without a run that can be repeated, the first commands', () => {
  const first = (count: number): string[] => Array.from({ length: count }, (_, i) => `sentinel artifact m${i}.pkl`);
  expect(rows('retest', retested(2))).toEqual(first(2));
  expect(rows('retest', retested(3))).toEqual(first(3));
  expect(rows('retest', retested(4))).toEqual([...first(3), '… 1 more command, which the JSON report has']);
  expect(rows('retest', retested(5))).toEqual([...first(3), '… 2 more commands, which the JSON report has']);
  // A backslash may stand for another byte.
  expect(rows('retest', retested(2), { ...RUN_OF_FOLDER, paths: ['a', 'b\\xff'] })).toEqual(first(2));
  expect(rows('retest', retested(2), { ...RUN_OF_FOLDER, policy: 'p\\x00' })).toEqual(first(2));
  const mixed = [...retested(1), ...retested(1, () => 'make check')];
  expect(rows('retest', mixed, RUN_OF_FOLDER)).toEqual(['sentinel artifact m0.pkl', 'make check']);
});

test('what differs by severity says for which', () => {
  const high: Finding = { ...finding, severity: 'HIGH', owner: 'you' };
  const low: Finding = { ...finding, severity: 'LOW' };
  expect(rows('owner', [high, finding, low])).toEqual(['CRITICAL, LOW: me', 'HIGH: you']);
  expect(rows('decision', [high, finding, low])).toEqual(['Block.']);
});

test('the rule with the worst finding is first', () => {
  const other: Finding = { ...finding, ruleId: 'OTHER', title: 'Other' };
  const heads = (findings: readonly Finding[]): string[] =>
    ruleLines(findings, null, false, LAYOUT).filter((line) => /^ {2}\S/.test(line));
  expect(heads([{ ...other, severity: 'HIGH' }, finding, { ...other, severity: 'LOW' }])).toEqual([
    `  PICKLE-EXEC: ${finding.title} (1 finding)`,
    '  OTHER: Other (2 findings)',
  ]);
});
