import { describe, expect, test } from 'vitest';
import { call, globalFact, str } from '../../test/fact-kit.js';
import { reportOf } from '../../test/report-kit.js';
import type { Finding } from '../model/report.js';
import { compareFindings, type CompareOptions, type Seen } from './compare.js';
import { upgradeReport1 } from './upgrade-report.js';

const OPTIONS: CompareOptions = { sameCatalogue: true, knowsRule: () => true, usedAllow: [] };
const STATE = { path: 'a.pkl', sha256: null, notHashed: 'not asked for' };
const NOTHING: Seen = { state: 'complete', reason: null, before: STATE, after: STATE, findings: [], bare: [] };
const HASHED = { ...STATE, sha256: 'ab'.repeat(32), notHashed: null };

const [MODEL] = reportOf('a.pkl', [globalFact('os', 'system', [call([str('id')])])]).findings;
if (MODEL === undefined) throw new Error('no finding to start from');
const model: Finding = MODEL;
const other: Finding = { ...model, fingerprint: `v2-${'1'.repeat(32)}` };

function decided(seen: Partial<Seen>, options: Partial<CompareOptions> = {}, earlier = model) {
  const { findings, fresh } = compareFindings([earlier], { ...NOTHING, ...seen }, { ...OPTIONS, ...options });
  const [first] = findings;
  return {
    status: first?.status,
    reason: first?.reason,
    action: first?.action,
    accepted: first?.accepted,
    fresh: fresh.length,
  };
}

describe('a finding that is gone', () => {
  test.each<[string, Partial<Seen>, Partial<CompareOptions>, string, string | RegExp]>([
    [
      'where it was analysed',
      {},
      {},
      'closed',
      'the signal is gone and the artifact was analysed completely; no hash before (not asked for)',
    ],
    ['with a hash', { before: HASHED }, {}, 'closed', 'the signal is gone and the artifact was analysed completely'],
    [
      'with two hashes',
      { before: HASHED, after: { ...HASHED, sha256: 'cd'.repeat(32) } },
      { sameCatalogue: false },
      'closed',
      /analysed completely$/,
    ],
    [
      'without a reason for no hash',
      { before: { ...STATE, notHashed: null } },
      {},
      'closed',
      /no hash before \(unknown reason\)$/,
    ],
    ['in an unchanged artifact', { before: HASHED, after: HASHED }, {}, 'unverifiable', /so it cannot have been fixed/],
    [
      'by another catalogue',
      { before: HASHED, after: HASHED },
      { sameCatalogue: false },
      'unverifiable',
      /only the version of the tool/,
    ],
    [
      'by another catalogue, without a hash',
      {},
      { sameCatalogue: false },
      'unverifiable',
      /scan again with --hash findings$/,
    ],
    ['with its artifact', { state: 'absent' }, {}, 'removed', 'the artifact is gone'],
    [
      'from an incomplete artifact',
      { state: 'incomplete', reason: 'limit' },
      {},
      'unverifiable',
      'the artifact could not be analysed completely: limit',
    ],
    ['from who knows where', { state: 'unknown', reason: 'two of them' }, {}, 'unverifiable', 'two of them'],
    ['from nobody knows where', { state: 'unknown' }, {}, 'unverifiable', 'the artifact was not analysed'],
    [
      'with its rule',
      {},
      { knowsRule: (id) => id !== model.ruleId },
      'unverifiable',
      `this version has no rule ${model.ruleId}`,
    ],
  ])('%s', (_, seen, options, status, reason) => {
    const result = decided(seen, options);
    expect(result).toMatchObject({ status, action: null, accepted: null, fresh: 0 });
    expect(result.reason).toMatch(
      reason instanceof RegExp ? reason : new RegExp(`^${reason.replaceAll(/[()]/g, '\\$&')}$`),
    );
  });
});

describe('a finding that is still there', () => {
  const still = 'the signal is still there';
  test('fails, needs a ticket or is noted', () => {
    expect(decided({ findings: [model] })).toMatchObject({
      status: 'open',
      reason: `${still}; it fails the run`,
      action: 'fail',
      fresh: 0,
    });
    expect(decided({ findings: [{ ...model, action: 'ticket' }] })).toMatchObject({
      reason: `${still}; it needs a ticket`,
      action: 'ticket',
    });
    expect(decided({ findings: [{ ...model, action: 'note' }] })).toMatchObject({ reason: `${still}; it is noted` });
  });

  test('has another fingerprint', () => {
    expect(decided({ findings: [other] })).toMatchObject({
      status: 'open',
      reason: `${still}, now as ${other.fingerprint}; it fails the run`,
      fresh: 0,
    });
    const outdated = { ...model, fingerprint: 'a'.repeat(32) };
    expect(decided({ findings: [other] }, {}, outdated).reason).toBe(
      `${still}, now as ${other.fingerprint} (that of the report is of an earlier version of Sentinel); it fails the run`,
    );
  });

  test('is accepted, or allowed', () => {
    const accepted = { owner: 'board', why: 'x', expires: '2027-01-01' };
    expect(decided({ findings: [{ ...model, accepted }] })).toMatchObject({
      reason: `${still}; accepted by board until 2027-01-01, which closes nothing`,
      accepted,
    });
    expect(decided({ findings: [{ ...model, accepted: { ...accepted, expires: null } }] }).reason).toBe(
      `${still}; accepted by board, which closes nothing`,
    );
    const entries = [
      { entry: 'os.system', origin: 'p:1' },
      { entry: 'b.c', origin: 'p:2' },
    ];
    expect(decided({ bare: [model] }, { usedAllow: entries })).toMatchObject({
      reason: `${still}; allowed by os.system (p:1), which closes nothing`,
      action: null,
      accepted: null,
    });
    expect(decided({ bare: [model] }, { usedAllow: entries.slice(1) }).reason).toBe(
      `${still}; allowed by b.c (p:2), which closes nothing`,
    );
    const longer = [{ entry: 'os.sys', origin: 'p:0' }, ...entries];
    expect(decided({ bare: [model] }, { usedAllow: longer }).reason).toBe(
      `${still}; allowed by os.system (p:1), which closes nothing`,
    );
    const named = { ...model, evidence: { ...model.evidence, entries: [{ entry: 'b.c', role: 'bare' as const }] } };
    expect(decided({ bare: [named] }, { usedAllow: entries }).reason).toBe(
      `${still}; allowed by b.c (p:2), which closes nothing`,
    );
    expect(decided({ bare: [model] }).reason).toBe(`${still}; the options of the run leave it out of the report`);
    expect(decided({ bare: [model], findings: [model] })).toMatchObject({ action: 'fail' });
  });

  test('answers for one finding of its signal only', () => {
    const both = compareFindings(
      [model, { ...model, fingerprint: 'v2-2' }],
      { ...NOTHING, findings: [other] },
      OPTIONS,
    );
    expect(both.findings.map(({ status }) => status)).toEqual(['open', 'closed']);
    const two = compareFindings([model], { ...NOTHING, findings: [other, model] }, OPTIONS);
    expect(two.fresh).toEqual([other]);
    const rule = { ...other, ruleId: 'OTHER' };
    expect(decided({ findings: [rule] })).toMatchObject({ status: 'closed', fresh: 1 });
  });

  test.each([
    ['GLOBAL a.b', 'STACK_GLOBAL a.b', true],
    ['INST a.b', 'EXT4 a.b', true],
    ['GLOBAL a.b @12', 'GLOBAL a.b @99', true],
    ['GLOBAL  a.b', 'GLOBAL a.b ', true],
    ['GLOBAL a.b', 'GLOBAL a.c', false],
    ['REDUCE a.b', 'GLOBAL a.b', false],
  ])('%j and %j are one signal: %s', (before, now, is) => {
    const named = (finding: Finding, signal: string): Finding => ({
      ...finding,
      evidence: { ...finding.evidence, signal },
    });
    expect(decided({ findings: [named(other, now)] }, {}, named(model, before)).status).toBe(is ? 'open' : 'closed');
  });
});

test('what a report of version 1 does not tell is unknown', () => {
  const stream = { path: 'a', offset: 0 };
  const old = {
    schemaVersion: 1,
    summary: { artifacts: 2 },
    artifacts: [
      { path: 'a', size: 7, streams: [stream] },
      { path: 'b', size: 0, streams: [] },
    ],
    findings: [{ ruleId: 'R' }, { ruleId: 'S', covers: 'bytes' }],
    allow: [{ entry: 'a.b' }, { entry: 'a.c', role: 'bare' }],
    accept: [{ fingerprint: 'x' }, { fingerprint: 'y', sha256: 'z' }],
  };
  expect(upgradeReport1(old as unknown as Parameters<typeof upgradeReport1>[0])).toEqual({
    schemaVersion: 4,
    repositories: [],
    policy: null,
    summary: { artifacts: 2, opaque: 0 },
    artifacts: [
      {
        path: 'a',
        size: 7,
        coverage: {
          totals: [{ kind: 'unread', reason: null, bytes: 7 }],
          ranges: [{ start: 0, end: 7, kind: 'unread', reason: null }],
          moreRanges: 0,
        },
        parts: [{ kind: 'stream', ...stream }],
        moreParts: 0,
      },
      { path: 'b', size: 0, coverage: { totals: [], ranges: [], moreRanges: 0 }, parts: [], moreParts: 0 },
    ],
    findings: [
      { ruleId: 'R', covers: 'unknown', atlas: [] },
      { ruleId: 'S', covers: 'bytes', atlas: [] },
    ],
    allow: [
      { entry: 'a.b', role: 'maker' },
      { entry: 'a.c', role: 'bare' },
    ],
    accept: [
      { fingerprint: 'x', sha256: null },
      { fingerprint: 'y', sha256: 'z' },
    ],
  });
});
