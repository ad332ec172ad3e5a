import { describe, expect, test } from 'vitest';
import type { Fact } from '../model/fact.js';
import type { Report, RunReport } from '../model/report.js';
import { safety } from '../model/severity.js';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import { at, call, globalFact, str, structFact } from '../../test/fact-kit.js';
import { reportOf, RUN } from '../../test/report-kit.js';
import { columnsOf, fold } from './fold.js';
import { renderText } from './text.js';
import { byArtifact, NO_PROOF, SCALES } from './words.js';

const PLAIN = { color: false, verbose: false, quiet: false };

/** The lines from the one that begins with `head` up to the next empty one. */
function section(text: string, head: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(head));
  const end = lines.indexOf('', start);
  return start < 0 ? [] : lines.slice(start, end < 0 ? lines.length : end);
}

/** `count` artifacts, each with one finding. */
function manyFindings(count: number): Report {
  const reports = Array.from({ length: count }, (_, i) => {
    const path = `models/m${i}.pkl`;
    const fact = i % 2 === 0 ? globalFact('mylib', 'Net', [], { at: at(path) }) : exec(path);
    return reportOf(path, [fact]);
  });
  const [first] = reports;
  if (first === undefined) throw new Error('no report');
  return {
    ...first,
    verdict: 'fail',
    artifacts: reports.flatMap(({ artifacts }) => artifacts),
    findings: reports.flatMap(({ findings }) => findings),
  };
}

const exec = (path: string): Fact => globalFact('posix', 'system', [call([str('id')])], { at: at(path) });

test('the verdict is first, then the counts', () => {
  expect(renderText(fullReport(), PLAIN).split('\n').slice(0, 2)).toEqual([
    'FAIL: the policy is not met.',
    expect.stringMatching(/^3 findings \(1 CRITICAL, 2 HIGH\) in 1 artifact/),
  ]);
});

test('up to three findings are shown in full: the three lines of the record, then the evidence', () => {
  expect(section(renderText(fullReport(), PLAIN), 'PICKLE-EXEC')).toEqual([
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
    '  action    fails this run',
    expect.stringMatching(/^ {2}id {8}v2-[0-9a-f]{32}$/),
  ]);
});

test('owner, decision and retest are said once for a rule', () => {
  const text = renderText(fullReport(), { ...PLAIN, verbose: true });
  expect(section(text, 'What to do').slice(0, 6)).toEqual([
    'What to do',
    '  PICKLE-EXEC: Dangerous Pickle Execution (1 finding)',
    '    owner     AI/ML platform or model release owner',
    '    decision  Block release; do not promote the artifact or code path until it is isolated.',
    "    retest    sentinel artifact 'models/a b.pt' --rule PICKLE-EXEC",
    '    more      sentinel explain PICKLE-EXEC',
  ]);
  const many = renderText(manyFindings(40), PLAIN);
  for (const row of ['owner', 'decision', 'fix'])
    expect(many.match(new RegExp(`^ +${row} `, 'gm')), row).toHaveLength(2);
});

test('more findings are one line each, the worst file first', () => {
  const text = renderText(manyFindings(4), PLAIN);
  const lines = text.split('\n').filter((line) => /^(?:CRITICAL|HIGH) /.test(line));
  expect(lines).toEqual([
    expect.stringMatching(
      /^CRITICAL {2}models\/m1\.pkl {2}runs posix\.system\('id'\) {2}PICKLE-EXEC {2}v2-[0-9a-f]{8}$/,
    ),
    expect.stringMatching(/^CRITICAL {2}models\/m3\.pkl {2}runs /),
    expect.stringMatching(/^HIGH {6}models\/m0\.pkl {2}imports mylib\.Net {2}PICKLE-GLOBAL-IMPORT {2}v2-[0-9a-f]{8}$/),
    expect.stringMatching(/^HIGH {6}models\/m2\.pkl {2}imports mylib\.Net/),
  ]);
  expect(text).not.toContain('  via ');
  expect(renderText(manyFindings(4), { ...PLAIN, verbose: true })).toContain('  via ');
});

test('the findings of one artifact stand together, by severity and then by level', () => {
  const facts = [
    globalFact('mylib', 'Net', [], { at: at('a.pkl', 1) }),
    globalFact('marshal', 'loads', [], { at: at('a.pkl', 2) }),
    exec('a.pkl'),
    globalFact('mylib', 'Other', [], { at: at('a.pkl', 3) }),
  ];
  const { findings } = reportOf('a.pkl', facts);
  const order = byArtifact([...findings, ...reportOf('b.pkl', [exec('b.pkl')]).findings]);
  expect(order.map((finding) => `${finding.artifact} ${finding.severity} ${finding.safety.level}`)).toEqual([
    'a.pkl CRITICAL 5',
    'a.pkl CRITICAL 4',
    'a.pkl HIGH 3',
    'a.pkl HIGH 3',
    'b.pkl CRITICAL 5',
  ]);
});

test('a line of the list says what a policy or a baseline makes of it', () => {
  const report = manyFindings(4);
  const findings = report.findings.map((finding, i) => ({
    ...finding,
    action: i === 0 ? ('ticket' as const) : finding.action,
    accepted: i === 1 ? { owner: 'board', why: 'x', expires: null } : null,
    baseline: i === 2 ? { state: 'new' as const, tolerated: false } : null,
  }));
  const text = renderText({ ...report, findings }, PLAIN);
  expect(text).toMatch(/m0\.pkl .* {2}\[ticket\]$/m);
  expect(text).toMatch(/m1\.pkl .* {2}\[accepted\]$/m);
  expect(text).toMatch(/m2\.pkl .* {2}\[new\]$/m);
  expect(text).toMatch(/m3\.pkl .*PICKLE-EXEC {2}v2-[0-9a-f]{8}$/m);
});

test('fingerprints in a list are as long as it takes to tell them apart', () => {
  const report = manyFindings(4);
  const findings = report.findings.map((finding, i) => ({
    ...finding,
    fingerprint: `v2-${'a'.repeat(12)}${String(i).repeat(20)}`,
  }));
  expect(renderText({ ...report, findings }, PLAIN)).toContain(`v2-${'a'.repeat(12)}0000\n`);
});

test('two scales that differ are explained in one sentence', () => {
  const differs = reportOf('a.pkl', [exec('a.pkl')]);
  const [finding] = differs.findings;
  if (finding === undefined) throw new Error('no finding');
  expect(renderText(differs, PLAIN)).not.toContain(SCALES);
  const text = renderText({ ...differs, findings: [{ ...finding, safety: safety(2) }] }, PLAIN);
  expect(text.split(SCALES)).toHaveLength(2);
});

describe('the width', () => {
  const report = manyFindings(6);
  // Whether a long report repeats its verdict depends on its lines.
  const words = (text: string): string[] =>
    text
      .replace(/\nFAIL: the policy is not met\.\n$/, '')
      .split(/\s+/)
      .filter((word) => word !== '');

  test.each([30, 40, 60, 80, 100, 132])('%i columns: lines are folded between words, and no word is lost', (width) => {
    for (const verbose of [false, true]) {
      const [folded, unfolded] = [
        renderText(report, { ...PLAIN, verbose, width }),
        renderText(report, { ...PLAIN, verbose }),
      ];
      expect(words(folded)).toEqual(words(unfolded));
      const long = folded.split('\n').filter((line) => columnsOf(line) > width && !/^ +(?:retest|more) /.test(line));
      // Only where one word is too long by itself, behind its indent and the name of its row.
      for (const line of long) expect(line).toMatch(/^ *(?:[a-z]+ +)?\S+$/);
    }
  });

  test('a command is never folded', () => {
    const path = `${'d e'.repeat(60)}.pkl`;
    const text = renderText(reportOf(path, [exec(path)]), { ...PLAIN, width: 40 });
    expect(text).toContain(`    retest    sentinel artifact '${path}' --rule PICKLE-EXEC\n`);
  });

  test('without one, each finding is one line', () => {
    const text = renderText(report, { ...PLAIN, width: null });
    expect(text.match(/^(?:CRITICAL|HIGH) .* {2}v2-[0-9a-f]{8}$/gm)).toHaveLength(6);
    expect(text).toBe(renderText(report, PLAIN));
  });

  test('wide letters take two columns', () => {
    expect(columnsOf('a\u6a21\u578b')).toBe(5);
    expect(columnsOf('e\u0301')).toBe(1);
    expect(fold('\u6a21\u578b\u6a21\u578b\u6a21 \u6a21\u578b\u6a21\u578b\u6a21', 20, 0)).toHaveLength(2);
  });
});

test('a name from an artifact breaks no line of the list and moves no cursor', () => {
  const path = 'models/\u202eevil\n\u001b[2J  HIGH.pkl';
  const report = manyFindings(4);
  const findings = report.findings.map((finding) => ({
    ...finding,
    location: { ...finding.location, path },
    evidence: { ...finding.evidence, call: 'a\nb\u001b[0m' },
  }));
  const text = renderText({ ...report, findings }, { ...PLAIN, width: 60 });
  expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  expect(text).toContain('models/\\u202eevil\\n\\x1b[2J');
});

test('what is about several artifacts is retested by the run again with the rule', () => {
  const run: RunReport = { ...RUN, paths: ['./models/'], alsoAllow: ['a.B'] };
  expect(section(renderText({ ...manyFindings(8), run }, PLAIN), 'What to do')).toContain(
    '    retest    sentinel artifact ./models/ --rule PICKLE-EXEC --also-allow a.B',
  );
  // Without a run, and for commands that a policy gives, only their own commands are known.
  const own = section(renderText(manyFindings(8), PLAIN), 'What to do');
  expect(own).toContain('    retest    sentinel artifact models/m1.pkl --rule PICKLE-EXEC');
  expect(own).toContain('    retest    … 1 more command, which the JSON report has');
  const report = manyFindings(8);
  const findings = report.findings.map((finding) => ({ ...finding, retest: `make check-${finding.artifact}` }));
  expect(section(renderText({ ...report, run, findings }, PLAIN), 'What to do')).toContain(
    '    retest    make check-models/m1.pkl',
  );
});

test('a long report repeats its verdict at the end', () => {
  expect(renderText(manyFindings(60), PLAIN)).toMatch(/^FAIL: .*\n[^]*\nFAIL: the policy is not met\.\n$/);
  expect(renderText(manyFindings(1), PLAIN).match(/^FAIL: /gm)).toHaveLength(1);
});

describe('the rest of the report', () => {
  const text = renderText(fullReport(), PLAIN);
  test.each([
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
    ['where the rest is shown', 'more      sentinel explain PICKLE-STRUCT\n'],
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
  expect(text).toMatch(/^PASS/);
  expect(text).toContain('in 1 artifact (1 clean)');
  expect(text).not.toContain('models/clean.pkl');
  expect(renderText(cleanReport(), { ...PLAIN, verbose: true })).toContain('LIKELY_SAFE (0)  models/clean.pkl');
});

test('an artifact above level 0 without a finding is named', () => {
  const report = reportOf('a.pkl', [structFact('trailing-bytes', { at: at('a.pkl', 5) })]);
  expect(renderText({ ...report, verdict: 'pass', reasons: [] }, PLAIN)).toContain('  POSSIBLY_UNSAFE (1)  a.pkl');
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

test('quiet leaves what to do and notes out, never what is wrong', () => {
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
