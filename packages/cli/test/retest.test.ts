import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { ClosureRecord, RunReport } from '@artifact-sentinel/core/internal';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { closureJsonSchema } from '../../core/src/model/shape/closure.js';
import { asVersion1, Cli, PICKLES, type Run } from './kit.js';

const cli = new Cli();
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(closureJsonSchema());

/** Two findings of one signal: os.system('a') and os.system('b'). */
const TWICE = Buffer.from("cos\nsystem\n(S'a'\ntR.cos\nsystem\n(S'b'\ntR.", 'latin1');
const ONCE_OTHER = Buffer.from("cos\nsystem\n(S'c'\ntR.", 'latin1');

/** A folder that was scanned into report.json, with exit code 1. */
function scanned(files: Readonly<Record<string, string | Uint8Array>>, args: readonly string[] = ['models']): string {
  const folder = cli.folder(files);
  const run = cli.run(folder, ['artifact', ...args, '-f', 'json=report.json']);
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: '' });
  return folder;
}

function retest(folder: string, args: readonly string[] = ['report.json']): { run: Run; record: ClosureRecord } {
  const run = cli.run(folder, ['retest', ...args, '-f', 'json']);
  const record = JSON.parse(run.stdout) as ClosureRecord;
  validate(record);
  expect(validate.errors ?? []).toEqual([]);
  return { run, record };
}

const statuses = (record: ClosureRecord): string[] =>
  record.findings.map((finding) => `${finding.artifact} ${finding.status}`);
const reasonOf = (record: ClosureRecord): string => record.findings[0]?.reason ?? '';

function edit(folder: string, change: (report: Record<string, never> & Report) => unknown): void {
  const file = join(folder, 'report.json');
  const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, never> & Report;
  writeFileSync(file, JSON.stringify(change(report) ?? report));
}

describe('what becomes of a finding', () => {
  test('closed, removed and open, with the hashes before and after', () => {
    const folder = scanned({
      'models/a.pkl': PICKLES.system,
      'models/b.pkl': ONCE_OTHER,
      'models/c.pkl': PICKLES.net,
    });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    rmSync(join(folder, 'models/b.pkl'));
    const { run, record } = retest(folder);
    expect(statuses(record)).toEqual(['models/a.pkl closed', 'models/b.pkl removed', 'models/c.pkl open']);
    expect(record.findings.map(({ before, after }) => [before.sha256, after?.sha256])).toEqual([
      [sha256(PICKLES.system), sha256(PICKLES.clean)],
      [sha256(ONCE_OTHER), undefined],
      [sha256(PICKLES.net), sha256(PICKLES.net)],
    ]);
    expect(record.counts).toEqual({ closed: 1, removed: 1, open: 1, unverifiable: 0, new: 0 });
    expect(record).toMatchObject({
      outcome: 'open',
      report: { sha256: sha256(readFileSync(join(folder, 'report.json'))) },
    });
    expect(run.code).toBe(1);
  });

  test('exit code 0 when everything is closed', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    const { run, record } = retest(folder);
    expect(run.code).toBe(0);
    expect(record.outcome).toBe('closed');
  });

  test('an artifact that is replaced by something else under the same name is closed', () => {
    const folder = scanned({ 'models/notes': PICKLES.system, 'models/b.pkl': PICKLES.clean });
    writeFileSync(join(folder, 'models/notes'), '{"weights": "elsewhere"}\n');
    expect(statuses(retest(folder).record)).toEqual(['models/notes closed']);
  });

  test('a broken artifact is unverifiable, and open outranks it', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/a.pkl'), Buffer.from('\x80\x04}(', 'latin1'));
    const { run, record } = retest(folder);
    expect(run.code).toBe(2);
    expect(statuses(record)).toEqual(['models/a.pkl unverifiable']);
    writeFileSync(join(folder, 'models/b.pkl'), PICKLES.system);
    expect(retest(folder).run.code).toBe(1);
  });

  test('one of two equal signals fixed closes one; another argument closes none', () => {
    const folder = scanned({ 'models/a.pkl': TWICE }, ['models', '--rule', 'PICKLE-EXEC']);
    writeFileSync(join(folder, 'models/a.pkl'), Buffer.from("cos\nsystem\n(S'b'\ntR.", 'latin1'));
    expect(retest(folder).record.counts).toMatchObject({ closed: 1, open: 1, new: 0 });
    writeFileSync(join(folder, 'models/a.pkl'), ONCE_OTHER);
    const { record } = retest(folder);
    expect(record.counts).toMatchObject({ closed: 1, open: 1, new: 0 });
    expect(record.findings.find((finding) => finding.status === 'open')?.reason).toMatch(
      /still there, now as v2-[0-9a-f]{32}/,
    );
  });

  test('of a report of an earlier version is compared by its signal, and the record says so', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/b.pkl': PICKLES.net });
    const file = join(folder, 'report.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"v2-', '"'));
    writeFileSync(join(folder, 'models/b.pkl'), PICKLES.clean);
    const { record } = retest(folder);
    expect(statuses(record)).toEqual(['models/a.pkl open', 'models/b.pkl closed']);
    expect(reasonOf(record)).toMatch(
      /now as v2-[0-9a-f]{32} \(that of the report is of an earlier version of Sentinel\)/,
    );
    expect(record.newFindings).toEqual([]);
    expect(record.notes.join('\n')).toContain('The report was written by an earlier version of Sentinel');
  });

  test('saved again by another pickler is open', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const again = Buffer.from('\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x01a\x85R.', 'latin1');
    writeFileSync(join(folder, 'models/a.pkl'), Buffer.from('cos\nsystem\n(Va\ntR.', 'latin1'));
    cli.run(folder, ['artifact', 'models', '-f', 'json=report.json']);
    writeFileSync(join(folder, 'models/a.pkl'), again);
    const { record } = retest(folder);
    expect(record.counts).toMatchObject({ open: 1, closed: 0, new: 0 });
    expect(reasonOf(record)).not.toContain('now as');
  });

  test('an artifact that moved within the scanned folder is open', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/ok.pkl': PICKLES.clean });
    renameSync(join(folder, 'models/a.pkl'), join(folder, 'models/z.pkl'));
    const { run, record } = retest(folder);
    expect(run.code).toBe(1);
    expect(statuses(record)).toEqual(['models/a.pkl open']);
    expect(reasonOf(record)).toBe(`the artifact was moved to ${join('models', 'z.pkl')} (same SHA-256)`);
  });

  test('new findings are listed, and fail', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    writeFileSync(join(folder, 'models/new.pkl'), PICKLES.net);
    const { run, record } = retest(folder);
    expect(run.code).toBe(1);
    expect(statuses(record)).toEqual(['models/a.pkl closed']);
    expect(record.newFindings.map((finding) => [finding.ruleId, finding.artifact])).toEqual([
      ['PICKLE-GLOBAL-IMPORT', join('models', 'new.pkl')],
    ]);
    expect(record.scan.artifacts.map((artifact) => artifact.path)).toContain(join('models', 'new.pkl'));
  });

  test('a scanned file that is gone is removed once the folder is known', () => {
    const folder = scanned({ 'a.pkl': PICKLES.system }, ['a.pkl']);
    rmSync(join(folder, 'a.pkl'));
    expect(retest(folder).run.code).toBe(2);
    const { run, record } = retest(folder, ['report.json', '--root', '.']);
    expect(run.code).toBe(0);
    expect(statuses(record)).toEqual(['a.pkl removed']);
  });
});

describe('a policy closes nothing', () => {
  const GATE = 'fail_on: [CRITICAL, HIGH]\n';

  test.each([
    [
      'an allow entry',
      'allow:\n  - entry: mylib.model.Net\n    why: reviewed\n',
      /allowed by mylib\.model\.Net \(sentinel-policy\.yml:\d+\), which closes nothing/,
    ],
    ['a lower gate', 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n', /it is noted|it needs a ticket/],
  ])('%s', (_name, after, reason) => {
    const folder = scanned({ 'models/a.pkl': PICKLES.net, 'sentinel-policy.yml': GATE });
    writeFileSync(join(folder, 'sentinel-policy.yml'), after);
    const { run, record } = retest(folder);
    expect(run.code).toBe(1);
    expect(statuses(record)).toEqual(['models/a.pkl open']);
    expect(reasonOf(record)).toMatch(reason);
    expect(record.policy.changes).toEqual([
      `sentinel-policy.yml has changed since (SHA-256 ${sha256(GATE)} before, ${sha256(after)} now)`,
    ]);
  });

  test('an acceptance', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.net, 'sentinel-policy.yml': GATE });
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    const accept = `accept:\n  - fingerprint: ${report.findings[0]?.fingerprint ?? ''}\n    owner: board\n    why: sandboxed\n    expires: 2999-01-01\n`;
    writeFileSync(join(folder, 'sentinel-policy.yml'), accept);
    const { run, record } = retest(folder);
    expect(run.code).toBe(1);
    expect(record.findings).toMatchObject([{ status: 'open', action: 'note', accepted: { owner: 'board' } }]);
  });

  test('nor does another artifact under a new allow entry: the signal has to be gone', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.net, 'sentinel-policy.yml': GATE });
    writeFileSync(join(folder, 'models/a.pkl'), Buffer.concat([PICKLES.net.subarray(0, -1), Buffer.from('0N.')]));
    writeFileSync(join(folder, 'sentinel-policy.yml'), 'allow:\n  - entry: mylib.model.Net\n    why: reviewed\n');
    expect(statuses(retest(folder).record)).toEqual(['models/a.pkl open']);
  });

  test('rules that leave it out', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const { run, record } = retest(folder, ['report.json', '--rule', 'ARCHIVE']);
    expect(run.code).toBe(1);
    expect(reasonOf(record)).toMatch(/the options of the run leave it out/);
  });

  test('rules that leave source out: it is read for the findings of the report', () => {
    const source = 'import pickle, zmq\ndef take(sock: zmq.Socket):\n    return pickle.loads(sock.recv())\n';
    const folder = scanned({ 'src/a.py': source }, ['src']);
    writeFileSync(join(folder, 'src/a.py'), `${source}x = 1\n`);
    const { run, record } = retest(folder, ['report.json', '--rule', 'ARCHIVE']);
    expect(run.code).toBe(1);
    expect(new Set(statuses(record))).toEqual(new Set(['src/a.py open']));
  });

  test('a policy that is gone, broken or elsewhere makes it unverifiable', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.net, 'ci/p.yml': GATE }, ['models', '--policy', 'ci/p.yml']);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    expect(retest(folder).run.code).toBe(0);
    writeFileSync(join(folder, 'ci/p.yml'), 'fial_on: []\n');
    const broken = retest(folder);
    expect(broken.run.code).toBe(2);
    expect(reasonOf(broken.record)).toMatch(/^the run cannot be repeated: .*p\.yml:1:1/);
    renameSync(join(folder, 'ci/p.yml'), join(folder, 'moved.yml'));
    expect(retest(folder).run.code).toBe(2);
    writeFileSync(join(folder, 'moved.yml'), GATE);
    const named = retest(folder, ['report.json', '--policy', 'moved.yml']);
    expect(named.run.code).toBe(0);
    expect(named.record.policy.changes).toHaveLength(2);
  });
});

describe('what a fix is', () => {
  test('an unchanged artifact cannot have been fixed, for any versions', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    edit(folder, (report) => ({
      ...report,
      artifacts: report.artifacts.map((artifact) => ({ ...artifact, sha256: sha256(PICKLES.clean) })),
    }));
    expect(retest(folder).run.code).toBe(2);
    edit(folder, (report) => ({ ...report, tool: { ...report.tool, rules: '2020.01.01' } }));
    expect(reasonOf(retest(folder).record)).toMatch(/only the version of the tool or of its catalogue differs/);
  });

  test('without a hash before: closed by the same catalogue and said so, unverifiable by another', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system }, ['models', '--hash', 'none']);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    expect(reasonOf(retest(folder).record)).toMatch(/no hash before \(not asked for\)$/);
    edit(folder, (report) => ({ ...report, tool: { ...report.tool, version: '0.0.9' } }));
    const { run, record } = retest(folder);
    expect(run.code).toBe(2);
    expect(reasonOf(record)).toMatch(/a fix cannot be distinguished from a changed catalogue/);
  });

  test('a rule that this version does not have', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    edit(folder, (report) => ({
      ...report,
      findings: report.findings.map((finding) => ({ ...finding, ruleId: 'PICKLE-OTHER' })),
    }));
    expect(reasonOf(retest(folder).record)).toBe('this version has no rule PICKLE-OTHER');
  });
});

describe('where it looks', () => {
  const FILES = { 'models/a.pkl': PICKLES.system, 'models/ok.pkl': PICKLES.clean };

  test('from another folder, by the folder of the report', () => {
    const folder = scanned(FILES);
    mkdirSync(join(folder, 'elsewhere'));
    const { run, record } = retest(join(folder, 'elsewhere'), ['../report.json']);
    expect(run.code).toBe(1);
    expect(statuses(record)).toEqual(['models/a.pkl open']);
  });

  test('nothing is removed where the folder is not the one that was scanned', () => {
    const folder = scanned(FILES);
    const other = cli.folder({ 'report.json': readFileSync(join(folder, 'report.json')) });
    const { run, record } = retest(other);
    expect(run.code).toBe(2);
    expect(reasonOf(record)).toMatch(/nothing of the report lies below/);
    const rooted = retest(other, ['report.json', '--root', folder]);
    expect(statuses(rooted.record)).toEqual(['models/a.pkl open']);
  });

  test('what is there and was not scanned is not removed', () => {
    const folder = scanned({ 'a/x.pkl': PICKLES.system, 'a/ok.pkl': PICKLES.clean }, ['a']);
    mkdirSync(join(folder, 'b'));
    renameSync(join(folder, 'a/x.pkl'), join(folder, 'b/x.pkl'));
    symlinkSync('.', join(folder, 'a/self'));
    edit(folder, (report) => ({
      ...report,
      artifacts: report.artifacts.map((artifact) => ({ ...artifact, path: artifact.path.replace('a/x', 'a/self/ok') })),
      findings: report.findings.map((finding) => ({ ...finding, artifact: 'a/self/ok.pkl' })),
    }));
    const { run, record } = retest(folder);
    expect(run.code).toBe(2);
    expect(reasonOf(record)).toBe('it may be there, but the scan did not come to it');
  });

  test('--root that is no folder', () => {
    const folder = scanned(FILES);
    for (const root of ['report.json', 'nowhere'])
      expect(cli.run(folder, ['retest', 'report.json', '--root', root])).toMatchObject({ code: 2, stdout: '' });
  });

  test('two folders that fit are a question, not a guess', () => {
    const folder = scanned(FILES);
    const other = cli.folder(FILES);
    const run = cli.run(other, ['retest', join(folder, 'report.json')]);
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/name one of them with --root/);
  });

  test('a renamed folder is named on the command line', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/sub/b.pkl': PICKLES.net });
    renameSync(join(folder, 'models'), join(folder, 'v2'));
    expect(retest(folder, ['report.json', '--root', '.']).record.findings[0]?.reason).toMatch(
      /is gone; name its new path/,
    );
    writeFileSync(join(folder, 'v2/a.pkl'), PICKLES.clean);
    const { record } = retest(folder, ['report.json', 'v2']);
    expect(statuses(record)).toEqual(['models/a.pkl closed', 'models/sub/b.pkl open']);
    expect(cli.run(folder, ['retest', 'report.json', 'v2', 'v3'])).toMatchObject({ code: 2 });
    expect(cli.run(folder, ['retest', 'report.json', 'v3'])).toMatchObject({ code: 2 });
  });

  test('a report written somewhere else about an absolute path needs the path', () => {
    const folder = cli.folder(FILES);
    const other = cli.folder({});
    cli.run(other, ['artifact', join(folder, 'models'), '-f', 'json=report.json']);
    const refused = cli.run(other, ['retest', 'report.json']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/lies outside of .*; name the paths on the command line/);
    expect(statuses(retest(other, ['report.json', join(folder, 'models')]).record)).toEqual([
      `${join(folder, 'models/a.pkl')} open`,
    ]);
    expect(retest(other, ['report.json', '--root', folder]).run.code).toBe(1);
  });
});

describe('a report from somebody else', () => {
  const hostile = (change: (report: Record<string, never> & Report) => unknown): Run => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    edit(folder, change);
    const run = cli.run(folder, ['retest', 'report.json']);
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    return run;
  };

  test.each<[string, (report: Record<string, never> & Report) => unknown, RegExp]>([
    [
      'another schema',
      (report) => ({ ...report, schemaVersion: 5 }),
      /of schema version 5; this version of Sentinel reads versions 1 to 4/,
    ],
    ['no schema', () => ({}), /is no report of Sentinel/],
    ['a list', () => [], /is no report of Sentinel/],
    ['another tool', (report) => ({ ...report, tool: { ...report.tool, name: 'other' } }), /is no report of Sentinel/],
    ['no run', (report) => ({ ...report, run: null }), /does not tell how it was made/],
    ['a path above', (report) => ({ ...report, run: { ...report.run, paths: ['../../etc'] } }), /lies outside of/],
    ['an absolute path', (report) => ({ ...report, run: { ...report.run, paths: ['/etc'] } }), /lies outside of/],
    [
      'a path with a newline',
      (report) => ({ ...report, run: { ...report.run, paths: ['a\nb'] } }),
      /without control characters/,
    ],
    [
      'a path with NUL',
      (report) => ({ ...report, run: { ...report.run, paths: ['a\0b'] } }),
      /without control characters/,
    ],
    [
      'a path that is too long',
      (report) => ({ ...report, run: { ...report.run, paths: ['a'.repeat(5000)] } }),
      /more than 4096/,
    ],
    [
      'too many paths',
      (report) => ({ ...report, run: { ...report.run, paths: Array(20_000).fill('a') } }),
      /at most 10000/,
    ],
    [
      'a timeout of a year',
      (report) => ({ ...report, run: { ...report.run, timeoutSeconds: 3e7 } }),
      /timeoutSeconds: a number/,
    ],
    [
      'findings that are none',
      (report) => ({ ...report, findings: [{}] }),
      /findings\[0\]\.ruleId: expected string, found nothing/,
    ],
    [
      'a fingerprint that is none',
      (report) => ({ ...report, findings: report.findings.map((finding) => ({ ...finding, fingerprint: '../x' })) }),
      /findings\[0\]\.fingerprint: expected text like/,
    ],
    ['a finding about nothing', (report) => ({ ...report, artifacts: [] }), /which is no artifact of the report/],
  ])('%s', (_name, change, message) => {
    const run = hostile(change);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(run.stderr).not.toMatch(/bug/);
  });

  test('one of schema version 1 is retested as well', () => {
    const run = hostile(asVersion1);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^OPEN PICKLE-EXEC CRITICAL\n/);
  });

  test('an earlier allow entry that is refused today allows nothing', () => {
    const rest = { detail: null, why: null, owner: null, expires: null, sha256: null, origin: 'x', role: 'bare' };
    const allow = [{ entry: 'os.system', state: 'used', ...rest }];
    expect(hostile((report) => ({ ...report, allow }))).toMatchObject({ code: 1 });
    const run = hostile((report) => ({ ...report, run: { ...report.run, alsoAllow: ['os.system'] } }));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('the report asks for os.system; --also-allow takes them');
  });

  test('a policy of the scanned tree that the report names only tightens, unless the user names it', () => {
    const loose = 'allow:\n  - {entry: mylib.model.Net, why: x}\n';
    const folder = cli.folder({ 'models/a.pkl': PICKLES.system, 'models/p.yml': loose });
    cli.run(folder, ['artifact', 'models', '--policy', 'models/p.yml', '-f', 'json=report.json']);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.net);
    const bare = cli.run(folder, ['retest', 'report.json']);
    expect(bare.code).toBe(1);
    expect(bare.stdout).toContain(
      'is named by the report and by nobody else: it can tighten the gate only. Ignored: allow.',
    );
    expect(cli.run(folder, ['retest', 'report.json', '--trust-policy-in-tree']).code).toBe(1);
    expect(cli.run(folder, ['retest', 'report.json', '--policy', 'models/p.yml']).code).toBe(0);
  });

  test('a new finding in source has its comments and its steps in a valid record', () => {
    const folder = cli.folder({ 'src/a.py': 'x = 1\n', 'src/m.pkl': PICKLES.system });
    cli.run(folder, ['artifact', 'src', '-f', 'json=report.json']);
    const source =
      'import pickle, zmq\ndef take(sock: zmq.Socket):\n    return pickle.loads(sock.recv())  # sentinel: ignore[SERVING-PICKLE-NETWORK] mine\n';
    writeFileSync(join(folder, 'src/a.py'), source);
    const { record } = retest(folder);
    const finding = record.newFindings.find(({ ruleId }) => ruleId === 'SERVING-PICKLE-NETWORK');
    expect(finding?.flow?.length).toBeGreaterThan(0);
    expect(finding?.comments).toMatchObject([{ line: 3, counts: false }]);
  });

  test('a report does not say that policies of the tree are trusted', () => {
    const loose = 'allow:\n  - {entry: mylib.model.Net, why: x}\n';
    const folder = cli.folder({ 'models/a.pkl': PICKLES.system, 'models/sentinel-policy.yml': loose });
    cli.run(folder, ['artifact', 'models', '--trust-policy-in-tree', '-f', 'json=report.json']);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.net);
    expect(cli.run(folder, ['retest', 'report.json']).code).toBe(1);
    expect(cli.run(folder, ['retest', 'report.json', '--trust-policy-in-tree']).code).toBe(0);
  });

  describe('what it says of the run only tightens', () => {
    const LOOSER = 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n';
    const LOOSE = `${LOOSER}allow:\n  - {entry: mylib.model.Net, why: x}\n`;
    /** The finding of the report is fixed; another one, which the report's options would let pass, is there. */
    const moved = (files: Readonly<Record<string, string>>, change: Partial<RunReport>): string => {
      const folder = scanned({ 'models/sub/a.pkl': PICKLES.system, ...files });
      writeFileSync(join(folder, 'models/sub/a.pkl'), PICKLES.net);
      edit(folder, (report) => ({ ...report, run: { ...report.run, ...change } }));
      return folder;
    };

    test.each<[string, Partial<RunReport>, string[]]>([
      ['a policy', { policy: 'ci/loose.yml' }, ['--policy', 'ci/loose.yml']],
      ['rules', { rules: ['ARCHIVE'] }, ['--rule', 'ARCHIVE']],
      ['allow entries', { alsoAllow: ['mylib.model.Net'] }, ['--also-allow', 'mylib.model.Net']],
      ['a policy where only the report leads', { paths: ['models/sub'] }, ['models/sub']],
    ])('%s', (_name, change, asked) => {
      const folder = moved({ 'ci/loose.yml': LOOSE, 'models/sentinel-policy.yml': LOOSE }, change);
      const bare = cli.run(folder, ['retest', 'report.json']);
      expect({ code: bare.code, stderr: bare.stderr }).toEqual({ code: 1, stderr: '' });
      expect(cli.run(folder, ['retest', 'report.json', ...asked]).code).toBe(0);
    });

    test('a level', () => {
      const folder = cli.folder({ 'models/a.pkl': PICKLES.system, 'sentinel-policy.yml': 'fail_on: []\n' });
      cli.run(folder, ['artifact', 'models', '-f', 'json=report.json']);
      writeFileSync(join(folder, 'models/a.pkl'), PICKLES.net);
      const run = (level: string | null, args: readonly string[] = []): number | null => {
        edit(folder, (report) => ({ ...report, run: { ...report.run, maxAcceptableSeverity: level } }));
        return cli.run(folder, ['retest', 'report.json', ...args]).code;
      };
      expect(run('OVERTLY_MALICIOUS')).toBe(1);
      expect(run('OVERTLY_MALICIOUS', ['--max-acceptable-severity', 'OVERTLY_MALICIOUS'])).toBe(0);
      writeFileSync(join(folder, 'sentinel-policy.yml'), LOOSER);
      expect(run(null)).toBe(0);
      expect(run('OVERTLY_MALICIOUS')).toBe(0);
      expect(run('strict')).toBe(1);
      expect(run('nonsense')).toBe(2);
    });

    test('limits: links are not followed, and a longer time is not given', () => {
      const folder = moved({ 'else/x.txt': '' }, { followLinks: true, timeoutSeconds: 86_000 });
      writeFileSync(join(folder, 'models/sub/a.pkl'), PICKLES.clean);
      symlinkSync('../else', join(folder, 'models/out'));
      const { run, record } = retest(folder);
      expect(run.code).toBe(2);
      expect(record.run).toMatchObject({ timeoutSeconds: null });
      expect(record.run).not.toHaveProperty('followLinks');
      expect(retest(folder, ['report.json', '--follow-links']).run.code).toBe(0);
      edit(folder, (report) => ({ ...report, run: { ...report.run, timeoutSeconds: 5 } }));
      expect(retest(folder, ['report.json', '--follow-links']).record.run.timeoutSeconds).toBe(5);
    });

    test("a policy beside a report that lies elsewhere is nobody's own before the folder is named", () => {
      const folder = moved({}, {});
      writeFileSync(join(folder, 'sentinel-policy.yml'), LOOSE);
      const other = cli.folder({});
      expect(cli.run(folder, ['retest', 'report.json']).code).toBe(0);
      expect(cli.run(other, ['retest', join(folder, 'report.json')]).code).toBe(1);
      expect(cli.run(other, ['retest', join(folder, 'report.json'), '--root', folder]).code).toBe(0);
    });

    test('and the record tells what was taken from where', () => {
      const folder = moved(
        { 'ci/loose.yml': LOOSE },
        { policy: 'ci/loose.yml', rules: ['ARCHIVE'], alsoAllow: ['a.B'], timeoutSeconds: 500, followLinks: true },
      );
      const text = cli.run(folder, ['retest', 'report.json']).stdout;
      expect(text).toContain(
        [
          `root: ${realpathSync(folder)} (working folder)`,
          'paths: models (report)',
          'rules: all (default); the report asks for ARCHIVE only; --rule says which are enough',
          'allow entries: those of the policy (default); the report asks for a.B; --also-allow takes them',
          'timeout: 120 s (default); the report asks for 500 s; --timeout takes them',
          'links: not followed out of the scanned folders (default); the report asks for links that are followed; --follow-links does',
          'policy: what is built in; none of yours was found',
          `policy: ${join('ci', 'loose.yml')}: named by the report alone; it tightens, no more`,
        ].join('\n'),
      );
    });
  });

  test('a policy above the root is not read', () => {
    const run = hostile((report) => ({ ...report, run: { ...report.run, policy: '../../evil.yml' } }));
    expect(run.code).toBe(2);
    expect(run.stdout).toContain('lies outside of');
  });

  test.each([
    ['too long for a name', 'models/' + 'n'.repeat(5000)],
    ['with NUL', 'models/a\0b'],
    ['through a file', 'report.json/a.pkl'],
    ['that leads out', 'models/../../x.pkl'],
  ])('an artifact whose path is one %s', (_name, path) => {
    const run = hostile((report) => ({
      ...report,
      artifacts: report.artifacts.map((artifact) => ({ ...artifact, path })),
      findings: report.findings.map((finding) => ({ ...finding, artifact: path })),
    }));
    // What is really there is a new finding.
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/^UNVERIFIABLE PICKLE-EXEC/);
    expect(run.stderr).toBe('');
  });

  test('no command of the report is run', () => {
    const command = '$(touch pwned); touch pwned #';
    const run = hostile((report) => ({
      ...report,
      command,
      findings: report.findings.map((finding) => ({ ...finding, retest: command, title: command })),
    }));
    expect(run.code).toBe(1);
  });

  test('no terminal is moved by what it says', () => {
    const text = '\u001b[2J\u202e';
    const run = hostile((report) => ({
      ...report,
      findings: report.findings.map((finding) => ({
        ...finding,
        evidence: { ...finding.evidence, signal: text },
        location: { ...finding.location, path: text },
      })),
    }));
    expect(run.stdout).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  });

  test.each([
    ['cut JSON', '{"schemaVersion": 1,', /not JSON/],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), /the report is no JSON/],
    ['nothing', '', /not JSON/],
    ['depth', '['.repeat(200_000), /not JSON/],
  ])('%s', (_name, content, message) => {
    const run = cli.run(cli.folder({ 'report.json': content }), ['retest', 'report.json']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
  });

  test('a missing report, a folder', () => {
    const folder = cli.folder({});
    expect(cli.run(folder, ['retest', 'report.json'])).toMatchObject({ code: 2, stdout: '' });
    expect(cli.run(folder, ['retest', '.']).stderr).toMatch(/the report .*(file|folder)/);
  });
});

test('records of one run as text, Markdown and JSON', () => {
  const folder = scanned({ 'models/a.pkl': PICKLES.system, 'models/b.pkl': PICKLES.net });
  writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
  const run = cli.run(folder, ['retest', 'report.json', '-f', 'text', '-f', 'json=c.json', '-f', 'markdown=c.md']);
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/^OPEN PICKLE-GLOBAL-IMPORT HIGH\n/);
  expect(run.stdout).toMatch(/\nopen: 1 closed, 0 removed, 0 unverifiable, 1 open, 0 new; /);
  const record = JSON.parse(readFileSync(join(folder, 'c.json'), 'utf8')) as ClosureRecord;
  expect(record).toMatchObject({ schemaVersion: 1, kind: 'closure', tool: { name: 'sentinel' } });
  expect(record.command).toMatch(/^sentinel retest report\.json /);
  expect(readFileSync(join(folder, 'c.md'), 'utf8')).toContain(
    '| **closed** | PICKLE-EXEC CRITICAL | `models/a.pkl @0` |',
  );
  expect(cli.run(folder, ['retest', 'report.json', '-f', 'sarif'])).toMatchObject({ code: 2 });
});
