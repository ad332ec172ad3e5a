import { describe, expect, test } from 'vitest';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { at, globalFact, structFact } from '../../test/fact-kit.js';
import { reportOf } from '../../test/report-kit.js';
import { renderText } from './text.js';
import { NO_PROOF } from './words.js';

const PLAIN = { color: false, verbose: false, quiet: false };

test('a finding opens with the three lines of its record, then comes the evidence', () => {
  const lines = renderText(fullReport(), PLAIN).split('\n');
  expect(lines.slice(0, 15)).toEqual([
    'PICKLE-EXEC CRITICAL',
    'Dangerous Pickle Execution',
    'Do not load untrusted pickle files. Convert the artifact to a non-executable format.',
    '  where     models/a b.pt!archive/data.pkl @31',
    '  signal    STACK_GLOBAL posix.system',
    "  call      posix.system('id')",
    expect.stringMatching(/^ {2}why {7}Loading this calls posix\.system\('id'\)/),
    '  via       STACK_GLOBAL @31 imports posix.system',
    '  via       BINGET @12 takes the module from memo slot 3',
    "  via       REDUCE @20 calls posix.system('id')",
    '  level     OVERTLY_MALICIOUS (5)',
    '  owner     AI/ML platform or model release owner',
    '  decision  Block release; do not promote the artifact or code path until it is isolated.',
    '  action    fails this run',
    "  retest    sentinel artifact 'models/a b.pt' --rule PICKLE-EXEC",
  ]);
});

describe('the rest of the report', () => {
  const text = renderText(fullReport(), PLAIN);
  test.each([
    ['the level of every artifact', 'OVERTLY_MALICIOUS (5)  models/a b.pt'],
    ['what is incomplete, with the reason', '@4: member is encrypted'],
    ['an acceptance', 'accepted by board until 2027-01-01: known | <b>'],
    [
      'a used allow entry as a possible attack vector',
      'a.B (p.yml:2): allowed by you, not by Sentinel: every entry is a possible attack vector',
    ],
    ['an expired one', 'a.C (--also-allow): expired'],
    [
      'an acceptance that counts',
      '(p.yml:3): accepted by board until 2027-01-01: known | <b> (1 finding; in every artifact of this name',
    ],
    ['an expired acceptance', 'It is expired and no longer counts: 2 findings stand open again'],
    ['an acceptance that matches nothing', 'It matches nothing that was found'],
    ['where the rest is shown', 'examples\n  sentinel explain PICKLE-EXEC\n  sentinel explain PICKLE-STRUCT\n'],
    ['what is not counted', 'Not counted: 1 finding accepted.'],
    ['notes', 'A note.'],
    ['the counts', '3 findings (1 CRITICAL, 2 HIGH) in 1 artifact'],
    ['the verdict', 'FAIL: the policy is not met.'],
  ])('shows %s', (_name, expected) => {
    expect(text).toContain(expected);
  });

  test('never moves a cursor', () => {
    expect(text).toContain('models/\\u202eevil\\x1b[2J.pkl');
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});

test('a comparison shows what is new, unchanged, absent and not compared, and moves no cursor', () => {
  const text = renderText(comparedReport(), PLAIN);
  expect(text).toContain('compared with old.json: 1 new, 2 unchanged, 1 absent, 1 not compared\n');
  expect(text.match(/^ {2}baseline {2}new since the baseline$/gm)).toHaveLength(1);
  expect(text.match(/^ {2}baseline {2}unchanged since the baseline$/gm)).toHaveLength(2);
  expect(text).toMatch(
    /Absent since the baseline\n {2}PICKLE-EXEC CRITICAL models\/a b\.pt!archive\/data\.pkl @31 \(v2-1{32}\): not found again/,
  );
  expect(text).toMatch(/In the baseline, not compared\n {2}PICKLE-EXEC CRITICAL else\/b\.pt @3 /);
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});

test('what a baseline lets pass says so', () => {
  const text = renderText(comparedReport(true), PLAIN);
  expect(text).toContain('needs a ticket; fails nothing because the baseline has it (--fail-on-new)');
  expect(text).toContain('Not counted: 1 finding accepted, 2 findings of the baseline let pass by --fail-on-new.');
});

test('a long retest command is shown in full', () => {
  const path = `${'d'.repeat(200)}/`.repeat(18) + 'a.pkl';
  const report = reportOf(path, [globalFact('os', 'system', [], { at: at(path) })]);
  expect(renderText(report, PLAIN)).toContain(`retest    sentinel artifact ${path} --rule PICKLE-EXEC\n`);
});

test('a clean text says that it is no proof', () => {
  const text = renderText(cleanReport(), PLAIN);
  expect(text).toContain(NO_PROOF);
  expect(text).toContain('LIKELY_SAFE (0)  models/clean.pkl');
  expect(text).toContain('PASS');
});

test('a failure without a finding says why', () => {
  const text = renderText(reportOf('a.pkl', [structFact('trailing-bytes', { at: at('a.pkl', 5) })]), PLAIN);
  expect(text).toMatch(/Why it fails\n {2}a\.pkl is POSSIBLY_UNSAFE \(level 1\)/);
  expect(text).not.toContain(NO_PROOF);
});

test('verbose shows chains, streams and globals', () => {
  const text = renderText(fullReport(), { ...PLAIN, verbose: true });
  expect(text).toContain('via       BINGET @12 takes the module from memo slot 3');
  expect(text).toContain('posix.system: dangerous @31, called');
});

test('a long chain is cut, and says so', () => {
  const chain = Array.from({ length: 12 }, (_, i) => ({ opcode: 'DUP', offset: i, text: `step ${i}` }));
  const report = reportOf('a.pkl', [globalFact('os', 'system', [], { chain })]);
  const text = renderText(report, PLAIN);
  expect(text.match(/^ {2}via /gm)).toHaveLength(8);
  expect(text).toContain('… 4 more steps, which --verbose shows');
  const verbose = renderText(report, { ...PLAIN, verbose: true });
  expect(verbose.match(/^ {2}via /gm)).toHaveLength(12);
  expect(verbose).not.toContain('more step');
});

test('quiet leaves clean artifacts and notes out, never what is wrong', () => {
  expect(renderText(cleanReport(), { ...PLAIN, quiet: true })).not.toContain('clean.pkl');
  const text = renderText(fullReport(), { ...PLAIN, quiet: true });
  expect(text).toContain('member is encrypted');
  expect(text).toContain('PICKLE-STRUCT HIGH');
  expect(text).not.toContain('A note.');
});

test('colours are escape sequences and nothing else changes', () => {
  const text = renderText(fullReport(), { ...PLAIN, color: true });
  expect(text).toContain('\u001b[');
  expect(text.replace(/\p{Cc}\[\d+m/gu, '')).toBe(renderText(fullReport(), PLAIN));
});
