import { describe, expect, test } from 'vitest';
import { at, call, globalFact, str } from '../../test/fact-kit.js';
import { artifact, reportOf, RUN } from '../../test/report-kit.js';
import type { Found } from '../model/baseline.js';
import { OUTDATED } from '../model/fingerprint.js';
import type { ArtifactReport, Finding, Report, RunReport } from '../model/report.js';
import { safety } from '../model/severity.js';
import { RULES } from '../rules/index.js';
import { markAgainst } from './baseline.js';

const RUN_OF_FOLDER: RunReport = { ...RUN, paths: ['./models/'] };
const rules = new Set(RULES.map((rule) => rule.meta.id));

const report = (path: string, argument = 'id'): Report =>
  reportOf(path, [globalFact('os', 'system', [call([str(argument)])], { at: at(path) })], undefined, {
    run: RUN_OF_FOLDER,
  });
const joined = (...reports: Report[]): Report => ({
  ...reportOf('none', [], undefined, { run: RUN_OF_FOLDER }),
  artifacts: reports.flatMap((item) => item.artifacts),
  findings: reports.flatMap((item) => item.findings),
});
const found = (now: Report, more: Partial<Found> = {}): Found => ({
  ...now,
  rules,
  catalogue: now.tool.rules,
  ...more,
});
const mark = (before: Report, now: Found, failOnNew = false) =>
  markAgainst({ file: 'old.json', report: before, failOnNew }, now);
const states = (findings: readonly Finding[]) => findings.map((item) => [item.artifact, item.baseline?.state]);
const empty = (...artifacts: ArtifactReport[]): Report => ({ ...joined(), artifacts });

const USED = {
  entry: 'os.system',
  state: 'used' as const,
  detail: null,
  why: 'x',
  owner: null,
  expires: null,
  sha256: null,
  origin: 'p.yml:1',
  role: 'maker' as const,
};

test('a known finding whose reach is wider than it was is not let pass', () => {
  const of = (reach: NonNullable<Finding['reach']> | null): Report => {
    const whole = report('models/a.pkl');
    return { ...whole, findings: whole.findings.map((item) => (reach === null ? item : { ...item, reach })) };
  };
  const tolerated = (before: Report, now: Report) =>
    mark(before, found(now), true).findings.map((item) => item.baseline);
  expect(tolerated(of('constant'), of('network'))).toEqual([{ state: 'unchanged', tolerated: false }]);
  expect(tolerated(of('network'), of('constant'))).toEqual([{ state: 'unchanged', tolerated: true }]);
  expect(tolerated(of('argument'), of('argument'))).toEqual([{ state: 'unchanged', tolerated: true }]);
  expect(tolerated(of(null), of('network'))).toEqual([{ state: 'unchanged', tolerated: true }]);
});

describe('findings are paired by fingerprint', () => {
  test('new and unchanged', () => {
    const now = joined(report('models/a.pkl'), report('models/b.pkl'));
    const { findings, baseline } = mark(report('models/a.pkl'), found(now));
    expect(states(findings)).toEqual([
      ['models/a.pkl', 'unchanged'],
      ['models/b.pkl', 'new'],
    ]);
    expect(baseline).toMatchObject({ file: 'old.json', new: 1, unchanged: 1, absent: [], notCompared: [] });
  });

  test('across a moved folder', () => {
    const { findings } = mark(report('/old/place/a.pkl'), found(report('models/a.pkl')));
    expect(states(findings)).toEqual([['models/a.pkl', 'unchanged']]);
  });

  test('a copy in another folder is new, whichever comes first', () => {
    const now = joined(report('models/1/a.pkl'), report('models/2/a.pkl'));
    expect(states(mark(report('models/2/a.pkl'), found(now)).findings)).toEqual([
      ['models/1/a.pkl', 'new'],
      ['models/2/a.pkl', 'unchanged'],
    ]);
  });

  test('each with one at most, however many have the same fingerprint', () => {
    const copies = (...paths: string[]): Report => joined(...paths.map((path) => report(path)));
    const two = copies('models/1/a.pkl', 'models/2/a.pkl');
    expect(states(mark(two, found(copies('x/1/a.pkl', 'x/2/a.pkl', 'x/3/a.pkl'))).findings)).toEqual([
      ['x/1/a.pkl', 'unchanged'],
      ['x/2/a.pkl', 'unchanged'],
      ['x/3/a.pkl', 'new'],
    ]);
    // The last of a list answers as well as the first, and takes no other with it.
    expect(states(mark(two, found(copies('models/1/a.pkl', 'x/a.pkl'))).findings)).toEqual([
      ['models/1/a.pkl', 'unchanged'],
      ['x/a.pkl', 'unchanged'],
    ]);
    expect(states(mark(two, found(copies('models/2/a.pkl', 'models/1/a.pkl'))).findings)).toEqual([
      ['models/2/a.pkl', 'unchanged'],
      ['models/1/a.pkl', 'unchanged'],
    ]);
    expect(mark(two, found(empty())).baseline.absent).toHaveLength(2);
  });

  test('another argument is another finding', () => {
    const { findings, baseline } = mark(report('models/a.pkl', 'ls'), found(report('models/a.pkl')));
    expect(states(findings)).toEqual([['models/a.pkl', 'new']]);
    expect(baseline.absent).toHaveLength(1);
  });
});

describe('what is not found again', () => {
  const before = report('models/a.pkl');
  const verdict = (now: Found) => {
    const { absent, notCompared } = mark(before, now).baseline;
    expect(absent.length + notCompared.length).toBe(1);
    return [absent.length === 1 ? 'absent' : 'not compared', (absent[0] ?? notCompared[0])?.reason];
  };

  test.each([
    ['a complete analysis of it', empty(artifact('models/a.pkl')), {}, 'absent', /^not found again in the artifact/],
    ['nothing at its path', empty(), {}, 'absent', /^the artifact is gone/],
    [
      'a complete analysis of where it was moved to',
      empty(artifact('new/a.pkl')),
      { run: { ...RUN_OF_FOLDER, paths: ['new'] } },
      'absent',
      /^not found again in new\/a\.pkl/,
    ],
    [
      'an incomplete analysis',
      empty(artifact('models/a.pkl', 3, { status: 'incomplete' })),
      {},
      'not compared',
      /could not be analysed completely/,
    ],
    [
      'a folder that could not be read',
      empty(),
      { incomplete: [{ path: './models', offset: null, reason: 'permission denied' }] },
      'not compared',
      /^models could not be read/,
    ],
    ['another rule', empty(artifact('models/a.pkl')), { rules: new Set(['ARCHIVE-PATH']) }, 'not compared', /^rule /],
    [
      'other paths',
      empty(),
      { run: { ...RUN_OF_FOLDER, paths: ['other'] } },
      'not compared',
      /not below the scanned paths/,
    ],
    ['a caller that tells no paths', empty(), { run: null }, 'not compared', /not below the scanned paths/],
    [
      'an allow entry',
      empty(artifact('models/a.pkl')),
      { allow: [USED] },
      'absent',
      /^allowed by os\.system \(p\.yml:1\), not fixed/,
    ],
  ])('%s', (_name, now, more, state, reason) => {
    expect(verdict(found(now, more))).toEqual([state, expect.stringMatching(reason)]);
  });

  test.each<[string, Found, string, RegExp]>([
    [
      'of another name elsewhere',
      found(empty(artifact('new/ba.pkl'), artifact('new/b.pkl')), { run: { ...RUN_OF_FOLDER, paths: ['new'] } }),
      'not compared',
      /not below the scanned paths/,
    ],
    [
      'of its name elsewhere, one incomplete',
      found(empty(artifact('new/a.pkl'), artifact('old/a.pkl', 3, { status: 'incomplete' })), {
        run: { ...RUN_OF_FOLDER, paths: ['new', 'old'] },
      }),
      'not compared',
      /an artifact of its name could not be analysed completely/,
    ],
    [
      'of its path in two spellings, the other incomplete',
      found(empty(artifact('models/a.pkl'), artifact('./models/a.pkl', 3, { status: 'incomplete' }))),
      'not compared',
      /the artifact could not be analysed completely/,
    ],
    [
      'of its path in two spellings, the first incomplete',
      found(empty(artifact('./models/a.pkl', 3, { status: 'incomplete' }), artifact('models/a.pkl'))),
      'not compared',
      /the artifact could not be analysed completely/,
    ],
    [
      'that is of a format that is not analysed now',
      found(empty(artifact('models/a.pkl', 3, { status: 'opaque' }))),
      'absent',
      /^the artifact is gone, or is no artifact any more/,
    ],
    [
      'with an allow entry for something else',
      found(empty(artifact('models/a.pkl')), { allow: [{ ...USED, entry: 'os.popen' }] }),
      'absent',
      /^not found again/,
    ],
    [
      'with an allow entry that its name begins with',
      found(empty(artifact('models/a.pkl')), { allow: [{ ...USED, entry: 'os.sys' }] }),
      'absent',
      /^not found again/,
    ],
    [
      'with an allow entry that was not used',
      found(empty(artifact('models/a.pkl')), { allow: [{ ...USED, state: 'unused' }] }),
      'absent',
      /^not found again/,
    ],
  ])('an artifact %s', (_name, now, state, reason) => {
    expect(verdict(now)).toEqual([state, expect.stringMatching(reason)]);
  });

  test('a fingerprint of an earlier version is compared with nothing', () => {
    const [finding] = before.findings;
    if (finding === undefined) throw new Error('no finding');
    const old: Report = { ...before, findings: [{ ...finding, fingerprint: '0'.repeat(32) }] };
    const { baseline, notes } = mark(old, found(empty(artifact('models/a.pkl'))));
    expect(baseline).toMatchObject({ absent: [], notCompared: [{ reason: OUTDATED, fingerprint: '0'.repeat(32) }] });
    expect(notes).toEqual([expect.stringContaining('was written by an earlier version of Sentinel')]);
  });

  test.each([
    ['.', 'a.pkl', 'absent'],
    ['.', '/srv/a.pkl', 'not compared'],
    ['.', '../a.pkl', 'not compared'],
    ['models', 'models2/a.pkl', 'not compared'],
    ['/srv/models/', '/srv/models/x/a.pkl', 'absent'],
    ['C:\\in', 'C:\\in\\a.pkl', 'absent'],
  ])('scanned %j, known at %j: %s', (path, known, state) => {
    const now = found(empty(), { run: { ...RUN_OF_FOLDER, paths: [path] } });
    const { absent } = mark(report(known), now).baseline;
    expect(absent.length === 1 ? 'absent' : 'not compared').toBe(state);
  });
});

describe('the gate', () => {
  const [known] = report('models/a.pkl').findings;
  if (known === undefined) throw new Error('no finding');
  const before = (finding: Finding): Report => ({ ...report('models/a.pkl'), findings: [finding] });
  const one = (finding: Finding, failOnNew: boolean) =>
    mark(before(finding), found(report('models/a.pkl')), failOnNew).findings[0];

  test('a baseline alone loosens nothing', () => {
    expect(one(known, false)).toMatchObject({ action: 'fail', baseline: { state: 'unchanged', tolerated: false } });
  });
  test('--fail-on-new makes a ticket of what is known', () => {
    expect(one(known, true)).toMatchObject({ action: 'ticket', baseline: { state: 'unchanged', tolerated: true } });
  });
  test('what was accepted then and is not any more fails', () => {
    const accepted = { owner: 'board', why: 'x', expires: '2026-01-01' };
    expect(one({ ...known, action: 'note', accepted }, true)).toMatchObject({
      action: 'fail',
      baseline: { state: 'unchanged', tolerated: false },
    });
  });
  test.each([
    ['severity', { severity: 'HIGH' as const }],
    ['level', { safety: safety(4) }],
  ])('what has become worse in %s fails', (_name, less) => {
    expect(one({ ...known, ...less }, true)).toMatchObject({ action: 'fail', baseline: { tolerated: false } });
  });
  test('what is new fails', () => {
    expect(mark(joined(), found(report('models/a.pkl')), true).findings[0]).toMatchObject({
      action: 'fail',
      baseline: { state: 'new', tolerated: false },
    });
  });
});

test('a baseline is narrower where its rules leave one of this run out', () => {
  const noted = (selectors: string[], ...ids: string[]): boolean => {
    const before = { ...report('models/a.pkl'), run: { ...RUN_OF_FOLDER, rules: selectors } };
    const { notes } = mark(before, found(report('models/a.pkl'), { rules: new Set(ids) }));
    return notes.some((note) => note.includes('applied other rules'));
  };
  expect(noted([], 'PICKLE-EXEC')).toBe(false);
  expect(noted(['pickle'], 'PICKLE-EXEC', 'PICKLE-GLOBAL-IMPORT')).toBe(false);
  expect(noted(['PICKLE-EXEC'], 'PICKLE-EXEC')).toBe(false);
  expect(noted(['pickle-exec', 'archive'], 'PICKLE-EXEC', 'ARCHIVE-PATH')).toBe(false);
  expect(noted(['pickle'], 'PICKLE-EXEC', 'ARCHIVE-PATH')).toBe(true);
  expect(noted(['PICKLE-EX'], 'PICKLE-EXEC')).toBe(true);
});

test('a report that counts something incomplete is of an incomplete scan', () => {
  const before = { ...report('models/a.pkl'), incomplete: [{ path: 'b', offset: null, reason: 'cut' }] };
  expect(mark(before, found(report('models/a.pkl'))).notes).toEqual([expect.stringContaining('incomplete scan')]);
});

test('notes say where a comparison is less than it seems', () => {
  const before = {
    ...report('models/a.pkl'),
    verdict: 'incomplete' as const,
    run: { ...RUN_OF_FOLDER, rules: ['archive'] },
  };
  const now = found(report('models/a.pkl'), { catalogue: 'other' });
  expect(mark(before, now).notes).toEqual([
    expect.stringContaining('incomplete scan'),
    expect.stringContaining('this one is other'),
    expect.stringContaining('applied other rules than this run: archive'),
  ]);
  expect(mark(report('models/a.pkl'), found(report('models/a.pkl'))).notes).toEqual([]);
});
