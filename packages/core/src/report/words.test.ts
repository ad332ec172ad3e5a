import { describe, expect, test } from 'vitest';
import { artifact, RUN } from '../../test/report-kit.js';
import { cleanReport, comparedReport, fullReport } from '../../test/sample-reports.js';
import type { AcceptReport, Finding, Report, RunReport } from '../model/report.js';
import { safety } from '../model/severity.js';
import {
  byArtifact,
  bySeverity,
  cleanArtifacts,
  countFindings,
  countReaches,
  countsInWords,
  describeAccept,
  describeAction,
  describeAllow,
  describeBaseline,
  describeComments,
  describeCover,
  describeCoverage,
  describeExcused,
  describeKnown,
  describeLevel,
  describeOpaque,
  describePass,
  describePolicies,
  describeReach,
  type describePolicyOrigin,
  describeState,
  fileLine,
  NO_PROOF,
  PASS_IS_NO_PROOF,
  plural,
  reachOf,
  scalesDiffer,
  showBytes,
  showDuration,
  showLocation,
  wordsOfVerdict,
} from './words.js';

const full = fullReport();
const [FIRST] = full.findings;
if (FIRST === undefined) throw new Error('no finding');
const finding: Finding = { ...FIRST, accepted: null, baseline: null, action: 'fail' };

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1025, '1.0 KiB'],
  [10_189, '10.0 KiB'],
  [10_240, '10 KiB'],
  [2 ** 20 - 1, '1024 KiB'],
  [2 ** 20, '1.0 MiB'],
  [5 * 2 ** 30, '5.0 GiB'],
  [2 ** 40, '1.0 TiB'],
  [2 ** 50, '1.0 PiB'],
  [2 ** 61, '2048 PiB'],
  [Infinity, 'unknown size'],
])('%i bytes are %s', (bytes, text) => expect(showBytes(bytes)).toBe(text));

test.each([
  [0.4, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [61_250, '61.3 s'],
])('%f ms are %s', (milliseconds, text) => expect(showDuration(milliseconds)).toBe(text));

test('one and many', () => {
  expect([plural(0, 'file'), plural(1, 'file'), plural(2, 'file'), plural(2, 'entry', 'entries')]).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '2 entries',
  ]);
});

describe('a location', () => {
  const at = { path: 'a!b', offset: 31, line: null };
  test.each([
    [at, 'a!b @31'],
    [{ ...at, offset: null }, 'a!b'],
    [{ ...at, offset: 0 }, 'a!b @0'],
    [{ ...at, line: 3 }, 'a!b:3'],
    [{ ...at, line: 3, column: 7 }, 'a!b:3:7'],
    [{ ...at, column: 7 }, 'a!b @31'],
    [{ ...at, line: 3, cell: 2 }, 'a!b cell 2:3'],
    [{ ...at, cell: 0 }, 'a!b cell 0 @31'],
  ])('%j is %s', (location, text) => expect(showLocation(location)).toBe(text));

  test('has a line of the file where it is the artifact itself', () => {
    const of = (artifactPath: string, more: object) =>
      fileLine({ artifact: artifactPath, location: { ...at, line: 3, ...more } });
    expect(of('a!b', {})).toBe(3);
    expect(of('a', {})).toBeNull();
    expect(of('a!b', { cell: 1 })).toBeNull();
    expect(of('a!b', { line: null })).toBeNull();
  });
});

test('findings are counted by severity, the worst first', () => {
  expect(countFindings(cleanReport())).toBe('0 findings');
  const one = {
    ...full,
    findings: [finding],
    summary: { ...full.summary, findings: { CRITICAL: 1, HIGH: 0, MEDIUM: 2, LOW: 0 } },
  };
  expect(countFindings(one)).toBe('1 finding (1 CRITICAL, 2 MEDIUM)');
  const of = (severity: Finding['severity'], title: string): Finding => ({ ...finding, severity, title });
  const list = [of('LOW', 'a'), of('CRITICAL', 'b'), of('LOW', 'c'), of('HIGH', 'd'), of('MEDIUM', 'e')];
  expect(
    bySeverity(list)
      .map(({ title }) => title)
      .join(''),
  ).toBe('bdeac');
});

test('a pass proves nothing', () => {
  const clean = cleanReport();
  expect(describePass(clean)).toBe(NO_PROOF);
  expect(describePass({ ...clean, findings: [finding] })).toBe(PASS_IS_NO_PROOF);
  expect(describePass({ ...clean, verdict: 'fail' })).toBeNull();
  expect(describePass({ ...clean, summary: { ...clean.summary, opaque: clean.summary.artifacts } })).toBeNull();
});

test('an action, and what excuses it', () => {
  const accepted = { owner: 'board', why: 'known', expires: '2027-01-01' };
  expect(describeAction({ ...finding, accepted })).toBe('accepted by board until 2027-01-01: known');
  expect(describeAction({ ...finding, accepted: { ...accepted, expires: null } })).toBe('accepted by board: known');
  expect((['fail', 'ticket', 'note'] as const).map((action) => describeAction({ ...finding, action }))).toEqual([
    'fails this run',
    'needs a ticket',
    'noted',
  ]);
  const baseline = { state: 'unchanged' as const, tolerated: true };
  expect(describeAction({ ...finding, action: 'ticket', baseline })).toBe(
    'needs a ticket; fails nothing because the baseline has it (--fail-on-new)',
  );
  expect(describeAction({ ...finding, baseline: { ...baseline, tolerated: false } })).toBe('fails this run');
});

describe('policies', () => {
  const run = (policyFiles: RunReport['policyFiles']) =>
    describePolicies({
      run: { ...RUN, startedAt: '', policyFiles },
    });
  const file = (path: string, trusted: boolean, by?: Parameters<typeof describePolicyOrigin>[0]) =>
    ({ path, sha256: '', trusted, ...(by === undefined ? {} : { by }) }) as unknown as RunReport['policyFiles'][number];

  test('are told one by one, the built-in one where none counts in full', () => {
    expect(describePolicies({ run: null })).toEqual([]);
    expect(run([])).toEqual(['what is built in; none of yours was found']);
    expect(run([file('p.yml', true, '--policy')])).toEqual(['p.yml: named with --policy; no other was searched for']);
    expect(run([file('p.yml', true)])).toEqual(['p.yml: found by walking up; it lies outside of what is scanned']);
    expect(run([file('p.yml', false)])).toEqual([
      'what is built in; none of yours was found',
      'p.yml: lies in what is scanned; it tightens, no more',
    ]);
    expect(run([file('p.yml', false, 'report'), file('q.yml', true, 'SENTINEL_POLICY')])).toEqual([
      'p.yml: named by the report alone; it tightens, no more',
      'q.yml: named by SENTINEL_POLICY; no other was searched for',
    ]);
  });
});

describe('an acceptance', () => {
  const item: AcceptReport = {
    fingerprint: 'v2-1',
    owner: 'board',
    why: 'known',
    expires: '2027-01-01',
    sha256: null,
    origin: 'p:1',
    state: 'used',
    findings: 1,
  };
  const said = 'accepted by board until 2027-01-01: known';
  const everywhere = 'in every artifact of this name in which the same would run; sha256 pins it to one';
  test.each<[Partial<AcceptReport>, string]>([
    [{}, `${said} (1 finding; ${everywhere})`],
    [{ findings: 2, sha256: 'ab' }, `${said} (2 findings; in the artifact with SHA-256 ab only)`],
    [
      { state: 'unused', findings: 0 },
      `${said}. It matches nothing that was found; remove it where everything was scanned`,
    ],
    [
      { state: 'unused', findings: 0, sha256: 'ab' },
      `${said}. It matches nothing that was found in the artifact with SHA-256 ab; remove it where everything was scanned`,
    ],
    [{ state: 'expired', findings: 1 }, `${said}. It is expired and no longer counts: 1 finding stands open again`],
    [{ state: 'expired', findings: 2 }, `${said}. It is expired and no longer counts: 2 findings stand open again`],
    [{ state: 'expired', findings: 0 }, `${said}. It is expired and matches nothing that was found; remove it`],
  ])('%j', (more, text) => expect(describeAccept({ ...item, ...more })).toBe(text));

  test('of an earlier version no longer counts', () => {
    expect(describeAccept({ ...item, state: 'outdated' })).toMatch(
      /^accepted by board until 2027-01-01: known\. It no longer counts: its fingerprint is of an earlier version/,
    );
    expect(reachOf(undefined)).toBe(everywhere);
  });
});

describe('an allow entry', () => {
  const item: Report['allow'][number] = {
    entry: 'a.b',
    role: 'bare',
    state: 'used',
    detail: null,
    why: null,
    owner: null,
    expires: null,
    sha256: null,
    origin: 'p:1',
  };
  const vouched = { owner: 'me', expires: '2027-01-01', sha256: 'ab', detail: 'a detail' };
  test('says who answers for it, as long as it counts', () => {
    expect(describeAllow({ ...item, ...vouched })).toMatch(
      /^allowed by you, .*; a detail; vouched for by me; until 2027-01-01; for the artifact with SHA-256 ab only$/,
    );
    expect(describeAllow(item)).toMatch(/somebody vouches for it$/);
    expect(describeAllow({ ...item, ...vouched, state: 'unused' })).toBe('not needed by anything scanned; a detail');
    expect(describeAllow({ ...item, state: 'expired' })).toBe('expired, so it no longer counts; renew or remove it');
    expect(describeAllow({ ...item, state: 'shadowed' })).toBe('it changes nothing and can go');
  });
});

test('levels, coverage and covers', () => {
  expect(describeLevel(null)).toBe('not analysed');
  expect(describeLevel(safety(0))).toBe('LIKELY_SAFE (0)');
  const totals = [
    { kind: 'parsed' as const, reason: null, bytes: 2048 },
    { kind: 'opaque' as const, reason: 'tensor-storage' as const, bytes: 10 },
  ];
  expect(describeCoverage({ totals, ranges: [], moreRanges: 0 })).toBe('10 B opaque (tensor storages), 2.0 KiB parsed');
  expect(describeCover({ ...finding, covers: 'effects' })).toBe('');
  expect(describeCover({ ...finding, covers: 'bytes' })).toBe(' (of the bytes: another save has another)');
  expect(describeCover({ ...finding, covers: 'unknown' })).toBe(
    ' (not all of it could be read: it cannot be accepted)',
  );
});

test('formats that are not analysed, one line for each', () => {
  const opaque = (path: string, format: string, reason: string) =>
    artifact(path, 0, {
      status: 'opaque',
      safety: null,
      format,
      size: 1024,
      parts: [{ kind: 'opaque', path, format, size: 1024, reason }],
    });
  const artifacts = [
    opaque('a.h5', 'hdf5', 'One.'),
    artifact('m.pkl'),
    opaque('b.h5', 'hdf5', 'Two.'),
    opaque('c.gguf', 'gguf', 'Three.'),
    opaque('d.h5', 'hdf5', 'Four.'),
  ];
  expect(describeOpaque({ ...full, artifacts })).toEqual([
    'hdf5: a.h5 and 2 more (3.0 KiB). One.',
    'gguf: c.gguf (1.0 KiB). Three.',
  ]);
});

test('comments say whether they count', () => {
  expect(describeComments(finding)).toEqual([]);
  const comments = [
    { line: 3, text: '# x', counts: true, why: null },
    { line: 4, text: '# y', counts: false, why: 'it names no rule' },
    { line: 5, text: '# z', counts: false, why: null },
  ];
  expect(describeComments({ ...finding, comments })).toEqual([
    'line 3: # x (it counts: the policy says so)',
    'line 4: # y (it does not count: it names no rule)',
    'line 5: # z (it does not count: no reason was given)',
  ]);
});

test('a comparison', () => {
  const compared = comparedReport(true);
  if (compared.baseline === null) throw new Error('no baseline');
  expect(
    describeBaseline({
      ...compared.baseline,
      file: 'old.json',
      startedAt: null,
      failOnNew: false,
      new: 1,
      unchanged: 2,
    }),
  ).toMatch(/^compared with old\.json: 1 new, 2 unchanged, 1 absent, 1 not compared$/);
  expect(describeBaseline({ ...compared.baseline, startedAt: 'now', failOnNew: true })).toMatch(
    /^compared with old\.json of now: .*; what it knows fails nothing \(--fail-on-new\)$/,
  );
  expect(
    [null, { state: 'new' as const, tolerated: false }, { state: 'unchanged' as const, tolerated: false }].map(
      (baseline) => describeState({ ...finding, baseline }),
    ),
  ).toEqual([null, 'new since the baseline', 'unchanged since the baseline']);
  const [known] = compared.baseline.absent;
  if (known === undefined) throw new Error('nothing absent');
  expect(
    describeKnown({
      ...known,
      ruleId: 'R',
      severity: 'LOW',
      location: { path: 'p', offset: 3, line: null },
      fingerprint: 'v2-1',
      reason: 'gone',
    }),
  ).toBe('R LOW p @3 (v2-1): gone');
});

test('what a pass leaves out', () => {
  const accepted = { owner: 'board', why: 'x', expires: null };
  const baseline = { state: 'unchanged' as const, tolerated: true };
  const of = (...findings: Finding[]) => describeExcused({ ...full, findings });
  expect(of(finding)).toBeNull();
  expect(of(finding, { ...finding, accepted })).toBe('Not counted: 1 finding accepted.');
  expect(of({ ...finding, baseline }, { ...finding, baseline })).toBe(
    'Not counted: 2 findings of the baseline let pass by --fail-on-new.',
  );
  expect(of({ ...finding, accepted, baseline })).toBe(
    'Not counted: 1 finding accepted, 1 finding of the baseline let pass by --fail-on-new.',
  );
});

describe('reach', () => {
  const of = (title: string, reach: Finding['reach'], severity: Finding['severity'] = 'HIGH'): Finding => {
    const { reach: _, ...rest } = finding;
    return { ...rest, title, severity, ruleId: 'R', ...(reach === undefined ? {} : { reach }) };
  };

  test('orders findings of one severity, those of artifacts before those in source', () => {
    const list = [of('a', 'test'), of('b', 'constant'), of('c', undefined), of('d', 'network'), of('e', 'unknown')];
    const titles = (findings: readonly Finding[]): string => findings.map(({ title }) => title).join('');
    expect(titles(bySeverity(list))).toBe('cdeba');
    expect(titles(bySeverity([of('f', 'store'), of('g', undefined), of('h', 'store'), of('i', undefined)]))).toBe(
      'gifh',
    );
    expect(titles(bySeverity([...list, of('z', 'test', 'CRITICAL')]))).toBe('zcdeba');
    expect(titles(byArtifact(list))).toBe('cdeba');
  });

  test('is said in words, and counted for each rule with several', () => {
    expect(describeReach(of('a', undefined))).toBeNull();
    expect(describeReach(of('a', 'constant'))).toBe('constant: a path that stands in the source is loaded');
    expect(countReaches([])).toEqual([]);
    expect(countReaches([of('a', 'test'), of('b', undefined), of('c', undefined)])).toEqual([]);
    const other = { ...of('x', 'file'), ruleId: 'A' };
    expect(countReaches([of('a', 'test'), of('b', 'network'), of('c', 'test'), other])).toEqual([
      '3 R: 1 network, 2 test',
    ]);
    expect(countReaches([of('a', 'test'), of('b', 'network'), other, other])).toEqual([
      '2 A: 2 file',
      '2 R: 1 network, 1 test',
    ]);
  });
});

test('two scales differ where one of them looks harmless', () => {
  const levels = ([0, 1, 2, 3, 4, 5] as const).map((level) => safety(level));
  const differ = (severity: Finding['severity']): number[] =>
    levels.flatMap((own) => (scalesDiffer({ severity, safety: own }) ? [own.level] : []));
  expect(differ('CRITICAL')).toEqual([0, 1, 2]);
  expect(differ('HIGH')).toEqual([0, 1, 2]);
  expect(differ('MEDIUM')).toEqual([0, 3, 4, 5]);
  expect(differ('LOW')).toEqual([0, 3, 4, 5]);
});

test('groups stand in the order of their worst finding, by severity and then by level', () => {
  const of = (path: string, severity: Finding['severity'], level: 0 | 3 | 5): Finding => {
    const { reach: _, ...rest } = finding;
    return { ...rest, artifact: path, severity, safety: safety(level) };
  };
  const list = [of('a', 'LOW', 5), of('b', 'HIGH', 3), of('a', 'HIGH', 0), of('c', 'HIGH', 5), of('b', 'CRITICAL', 0)];
  expect(byArtifact(list).map((one) => `${one.artifact} ${one.severity} ${one.safety.level}`)).toEqual([
    'b CRITICAL 0',
    'b HIGH 3',
    'c HIGH 5',
    'a HIGH 0',
    'a LOW 5',
  ]);
});

test('an artifact is clean when there is nothing to say of it', () => {
  const artifacts = [
    artifact('clean'),
    artifact('level', 1),
    artifact('found'),
    artifact('incomplete', 0, { status: 'incomplete' }),
    artifact('opaque', 0, { status: 'opaque', safety: null }),
  ];
  expect(cleanArtifacts({ artifacts, findings: [{ ...finding, artifact: 'found' }] }).map(({ path }) => path)).toEqual([
    'clean',
  ]);
});

test('the verdict and its counts', () => {
  expect((['pass', 'fail', 'incomplete'] as const).map((verdict) => wordsOfVerdict({ ...full, verdict })[0])).toEqual([
    'PASS',
    'FAIL',
    'INCOMPLETE',
  ]);
  const summary = { ...cleanReport().summary, artifacts: 3, opaque: 2 };
  expect(countsInWords({ ...cleanReport(), summary })).toBe(
    '0 findings in 1 artifact; 0 items not analysed completely.',
  );
  const incomplete = [{ path: 'a', offset: null, reason: 'cut' }];
  expect(countsInWords({ ...cleanReport(), incomplete, summary: { ...summary, opaque: 0 } })).toBe(
    '0 findings in 3 artifacts; 1 item not analysed completely.',
  );
});

test('what the policy asks for less by reach is not counted', () => {
  const lowered: Finding = { ...finding, action: 'note', loweredByReach: true };
  expect(describeAction(lowered)).toBe('noted: the policy asks for no more of this reach');
  expect(describeExcused({ ...full, findings: [lowered, finding] })).toBe(
    'Not counted: 1 finding of which the policy asks for less by reach.',
  );
});
