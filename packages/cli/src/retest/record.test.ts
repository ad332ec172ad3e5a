import fs, { writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { identityOf } from '@artifact-sentinel/core/node/internal';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { call, globalFact, str } from '../../../core/test/fact-kit.js';
import { artifact, reportOf, RUN } from '../../../core/test/report-kit.js';
import { earlierReport } from './read-report.js';
import type { Located } from './locate.js';
import { buildRecord, emptyRecord, wantedFiles, type Frame } from './record.js';
import type { Rescan, Sight } from './scan-again.js';

/** Files that were opened. Files share their modules: no module is replaced. */
let opened: string[] = [];
const { openSync } = fs;
beforeAll(() => {
  fs.openSync = (path: fs.PathLike, ...rest: [fs.OpenMode]) => {
    opened.push(String(path));
    return openSync(path, ...rest);
  };
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.openSync = openSync;
  syncBuiltinESMExports();
});
beforeEach(() => {
  opened = [];
});

const SYSTEM = globalFact('os', 'system', [call([str('id')])]);
const POPEN = globalFact('os', 'popen', [call([str('id')])]);

/** A report about one path, before or now. */
function report(path: string, facts: Parameters<typeof reportOf>[1], sha256: string | null = null): Report {
  const item = artifact(path, 0, { sha256, notHashed: null });
  return reportOf(path, facts, undefined, { run: { ...RUN, paths: [path] }, artifacts: [item] });
}

function frameOf(before: Report): Frame {
  return {
    report: earlierReport(before, 'report.json', ''),
    run: { ...RUN, paths: [] },
    command: 'sentinel retest report.json',
    tool: before.tool,
    settings: [],
    changes: [],
    notes: [],
  };
}

function locatedAt(root: string, more: Partial<Located> = {}): Located {
  return {
    root,
    rootFrom: 'command line',
    untrusted: [],
    isSure: true,
    scanned: [{ before: root, now: root, exists: true }],
    ...more,
  };
}

/** A file that was scanned completely in the state that it has. */
function sightOf(path: string): Sight {
  return { path, identity: identityOf(fs.statSync(path)), incomplete: null, bare: [] };
}

function rescanOf(now: Report, ...sights: readonly Sight[]): Rescan {
  return { report: now, sights: new Map(sights.map((sight) => [sight.path, sight])) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

test('each artifact is hashed once, in the state that was scanned', () => {
  const root = folderOfTest('sentinel-record-');
  const [known, fresh, clean] = ['known.pkl', 'new.pkl', 'clean.pkl'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [known, fresh, clean]) writeFileSync(path, path);
  const before = report(known, [SYSTEM], sha256('before'));
  const after = report(known, [POPEN]);
  const elsewhere = report(fresh, [SYSTEM, POPEN]);
  const now = { ...after, findings: [...after.findings, ...elsewhere.findings] };
  const located = locatedAt(root);
  const record = buildRecord(frameOf(before), located, rescanOf(now, ...[known, fresh, clean].map(sightOf)));
  expect(record.findings.map(({ artifact: at, status }) => [at, status])).toEqual([[known, 'closed']]);
  expect(record.newFindings.map(({ artifact: at }) => at)).toEqual([known, fresh, fresh]);
  expect(record.scan.artifacts).toEqual([
    { path: known, sha256: sha256(known), notHashed: null },
    { path: fresh, sha256: sha256(fresh), notHashed: null },
  ]);
  expect(record.counts).toEqual({ closed: 1, removed: 0, open: 0, unverifiable: 0, new: 3 });
  // What has no finding is not read.
  expect(opened).toEqual([known, fresh]);
});

test('a file that could not be opened, or changed since it was scanned, has no hash', () => {
  const root = folderOfTest('sentinel-record-');
  const path = join(root, 'a.pkl');
  writeFileSync(path, 'a');
  const frame = frameOf(report(path, [SYSTEM]));
  const now = report(path, []);
  const stateOf = (sight: Sight): unknown =>
    buildRecord(frame, locatedAt(root), rescanOf(now, sight)).findings[0]?.after;
  expect(stateOf({ ...sightOf(path), identity: null })).toEqual({
    path,
    sha256: null,
    notHashed: 'it could not be opened',
  });
  expect(stateOf({ ...sightOf(path), identity: 'another' })).toEqual({
    path,
    sha256: null,
    notHashed: 'it changed since it was analysed',
  });
});

test.each([
  ['gone', 'removed', 'the artifact is gone', {}],
  [
    'gone from a folder that nothing shows to be the one',
    'unverifiable',
    /^nothing of the report lies below/,
    { isSure: false },
  ],
  ['outside of what is scanned', 'unverifiable', /^it lies outside of the scanned paths/, { scanned: [] }],
] as const)('an artifact that is %s is %s', (_what, status, reason, more) => {
  const root = folderOfTest('sentinel-record-');
  const path = join(root, 'a.pkl');
  const before = report(path, [SYSTEM]);
  const { findings } = buildRecord(frameOf(before), locatedAt(root, more), rescanOf(report(path, [])));
  expect(findings).toMatchObject([{ status, reason: expect.stringMatching(reason), after: null }]);
});

test('an artifact that is there, and that the scan did not come to, is not gone', () => {
  const root = folderOfTest('sentinel-record-');
  const path = join(root, 'a.pkl');
  writeFileSync(path, '');
  const record = buildRecord(frameOf(report(path, [SYSTEM])), locatedAt(root), rescanOf(report(path, [])));
  expect(record.findings).toMatchObject([
    { status: 'unverifiable', reason: 'it may be there, but the scan did not come to it' },
  ]);
});

test('a scanned folder that is gone tells nothing of its files; a file that was named is gone itself', () => {
  const root = folderOfTest('sentinel-record-');
  const path = join(root, 'models', 'a.pkl');
  const frame = frameOf(report(path, [SYSTEM]));
  const found = (before: string): unknown =>
    buildRecord(
      frame,
      locatedAt(root, { scanned: [{ before, now: before, exists: false }] }),
      rescanOf(report(path, [])),
    ).findings[0]?.reason;
  expect(found(join(root, 'models'))).toBe(
    `${join(root, 'models')} is gone; name its new path: sentinel retest REPORT PATH...`,
  );
  expect(found(path)).toBe('the artifact is gone');
});

test('an artifact that was moved is open where its bytes lie now', () => {
  const root = folderOfTest('sentinel-record-');
  const [path, moved] = [join(root, 'a.pkl'), join(root, 'b.pkl')];
  writeFileSync(moved, 'same');
  const before = report(path, [SYSTEM], sha256('same'));
  const now = report(moved, [SYSTEM]);
  const record = buildRecord(frameOf(before), locatedAt(root), rescanOf(now, sightOf(moved)));
  expect(record.findings).toMatchObject([
    { status: 'open', reason: `the artifact was moved to ${moved} (same SHA-256)`, after: { path: moved } },
  ]);
  const other = buildRecord(
    frameOf(report(path, [SYSTEM], sha256('other'))),
    locatedAt(root),
    rescanOf(now, sightOf(moved)),
  );
  expect(other.findings).toMatchObject([{ status: 'removed', after: null }]);
});

test('an artifact whose bytes nobody knows is not found in another file', () => {
  const root = folderOfTest('sentinel-record-');
  const [path, other] = [join(root, 'a.pkl'), join(root, 'b.pkl')];
  writeFileSync(other, 'other');
  const sight = { ...sightOf(other), identity: null };
  const record = buildRecord(frameOf(report(path, [SYSTEM])), locatedAt(root), rescanOf(report(other, [POPEN]), sight));
  expect(record.scan.artifacts).toMatchObject([{ path: other, sha256: null }]);
  expect(record.findings).toMatchObject([{ status: 'removed', reason: 'the artifact is gone' }]);
});

test('a file of a source is gone where its listing names others, and unknown where the listing failed', () => {
  const at = 'hf://org/m@1';
  const path = `${at}/a.pkl`;
  const frame = frameOf(report(path, [SYSTEM]));
  const located = locatedAt('/', { scanned: [{ before: at, now: at, exists: true }] });
  const now = report(path, []);
  const other: Sight = { path: `${at}/b.pkl`, identity: null, incomplete: null, bare: [] };
  const found = (rescan: Rescan): unknown => {
    const [finding] = buildRecord(frame, located, rescan).findings;
    return [finding?.status, finding?.reason];
  };
  expect(found(rescanOf(now, other))).toEqual(['removed', 'the artifact is gone']);
  expect(found(rescanOf(now))).toEqual(['unverifiable', `the scan found nothing at ${at}`]);
  const failed = { ...now, incomplete: [{ path: at, offset: null, reason: 'no answer' }] };
  expect(found(rescanOf(failed, other))).toEqual(['unverifiable', 'no answer']);
});

test('of a file at an address the hash is that of the scan, which may not have read all of it', () => {
  const at = 'hf://org/m@1';
  const path = `${at}/a.pkl`;
  const located = locatedAt('/', { scanned: [{ before: at, now: at, exists: true }] });
  const sight: Sight = { path, identity: 'x', incomplete: null, bare: [] };
  const after = (hash: string | null): unknown =>
    buildRecord(frameOf(report(path, [SYSTEM])), located, rescanOf(report(path, [], hash), sight)).findings[0]?.after;
  expect(after('a'.repeat(64))).toEqual({ path, sha256: 'a'.repeat(64), notHashed: null });
  expect(after(null)).toMatchObject({ sha256: null, notHashed: expect.stringContaining('was not read whole') });
});

test('of a run that cannot be repeated nothing is known', () => {
  const before = report('a.pkl', [SYSTEM], 'b'.repeat(64));
  const record = emptyRecord(frameOf(before), 'no policy');
  expect(record).toMatchObject({
    outcome: 'unverifiable',
    counts: { closed: 0, removed: 0, open: 0, unverifiable: 1, new: 0 },
    scan: { verdict: 'incomplete', artifacts: [], incomplete: [{ path: '.', offset: null, reason: 'no policy' }] },
  });
  expect(record.findings).toMatchObject([
    { status: 'unverifiable', reason: 'no policy', before: { path: 'a.pkl', sha256: 'b'.repeat(64) }, after: null },
  ]);
});

test('the files that findings are about are searched for where they lie now', () => {
  const { report: earlier } = frameOf(report('/r/m/a.pkl', [SYSTEM, POPEN]));
  const located = locatedAt('/r', { scanned: [{ before: '/r/m', now: '/r/n', exists: true }] });
  expect([...wantedFiles(earlier, located)]).toEqual(['/r/n/a.pkl']);
  expect([...wantedFiles(earlier, locatedAt('/elsewhere'))]).toEqual([]);
});

/** The record of one file with one earlier finding: `now` is what the retest says of it. */
function recordOfOne(
  before: Partial<Report> & { hash?: string },
  now: (report: Report) => object,
  sight: Partial<Sight> = {},
  frame: object = {},
) {
  const root = folderOfTest('sentinel-record-');
  const path = join(root, 'a.pkl');
  writeFileSync(path, 'a');
  const { hash = 'before', ...more } = before;
  const earlier = { ...report(path, [SYSTEM], sha256(hash)), ...more };
  const findings = earlier.findings.map((finding) => ({ ...finding, artifact: path }));
  const clean = report(path, []);
  return buildRecord(
    { ...frameOf({ ...earlier, findings }), ...frame },
    locatedAt(root),
    rescanOf({ ...clean, ...now(clean) }, { ...sightOf(path), ...sight }),
  );
}

test.each([
  ['closed', 'pass', null, 'closed'],
  ['closed', 'fail', null, 'open'],
  ['closed', 'incomplete', null, 'unverifiable'],
  ['unverifiable', 'pass', 'cut', 'unverifiable'],
  ['unverifiable', 'fail', 'cut', 'open'],
] as const)('a finding that is %s and a scan that says %s', (status, verdict, incomplete, outcome) => {
  const record = recordOfOne({}, () => ({ verdict }), { incomplete });
  expect(record).toMatchObject({ schemaVersion: 1, kind: 'closure', outcome, findings: [{ status }] });
});

test('a finding that is still there is open, whatever the scan says', () => {
  const bare = report('a.pkl', [SYSTEM]).findings;
  expect(recordOfOne({}, () => ({ verdict: 'pass' }), { bare })).toMatchObject({
    outcome: 'open',
    counts: { closed: 0, removed: 0, open: 1, unverifiable: 0, new: 0 },
    findings: [{ status: 'open' }],
  });
});

test('of the entries that allow it, those that were used are named', () => {
  const bare = report('a.pkl', [SYSTEM]).findings;
  const entry = { entry: 'os.system', why: null, owner: null, expires: null };
  const allow = [
    { ...entry, origin: 'p.yml', state: 'used' },
    { ...entry, origin: 'q.yml', state: 'unused' },
  ];
  expect(recordOfOne({}, () => ({ allow }), { bare }).findings[0]?.reason).toContain(
    'allowed by os.system (p.yml), which closes nothing',
  );
});

test('an artifact that did not change cannot have been fixed: it is said what else did', () => {
  const { tool } = report('a.pkl', []);
  const reason = (now: object): string | undefined => {
    const frame = { tool: { ...tool, ...now } };
    const [finding] = recordOfOne({ hash: 'a' }, () => ({}), {}, frame).findings;
    expect(finding?.status).toBe('unverifiable');
    return finding?.reason;
  };
  expect(reason({})).toContain('the report does not fit it');
  const differs = 'only the version of the tool or of its catalogue differs';
  expect(reason({ version: '1.2.4' })).toContain(differs);
  expect(reason({ rules: 'another' })).toContain(differs);
});

test('a rule that this version does not have closes nothing', () => {
  const known = report('a.pkl', [SYSTEM]).findings;
  const findings = known.map((finding) => ({ ...finding, ruleId: 'PICKLE-OF-OLD' }));
  expect(recordOfOne({ findings }, () => ({})).findings).toMatchObject([
    { status: 'unverifiable', reason: 'this version has no rule PICKLE-OF-OLD' },
  ]);
});

test('what is hashed has as long as an artifact may take', () => {
  const run = { ...RUN, paths: [], timeoutSeconds: -1 };
  expect(recordOfOne({}, () => ({ run })).findings[0]?.after?.notHashed).toBe('it was not hashed within -1 s');
});
