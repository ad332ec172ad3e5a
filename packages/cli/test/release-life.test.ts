import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, type Finding, type Report, type Severity } from '@artifact-sentinel/core';
import type { ClosureRecord } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

// The life of a release, from the first failing scan to the last closed finding, with the commands that people run.
const cli = new Cli();

const CLEAN = PICKLES.clean;
const FILES = {
  /** CRITICAL; will be fixed */
  'models/exec.pkl': PICKLES.system,
  /** HIGH; the class will be allowed */
  'models/net.pkl': PICKLES.net,
  /** HIGH; the risk will be accepted */
  'models/vendor.pkl': Buffer.from('\x80\x02cvendor.lib\nThing\n)\x81.', 'latin1'),
  /** HIGH (a call whose result is dropped); will become a ticket */
  'models/odd.pkl': Buffer.from('\x80\x02ccollections\nOrderedDict\n)R0N.', 'latin1'),
  /** no finding, but a level above strict */
  'models/tail.pkl': PICKLES.trailing,
  'models/good.pkl': CLEAN,
  /** MEDIUM: asks for a ticket from the start; will be pinned */
  'models/hub.py': Buffer.from('import torch\nnet = torch.hub.load("org/name:main", "net")\n'),
};
const PINNED = Buffer.from(`import torch\nnet = torch.hub.load("org/name:${'0'.repeat(40)}", "net")\n`);

const scan = (folder: string, name: string): { code: number | null; report: Report } => {
  const run = cli.run(folder, ['artifact', './models/', '-f', `json=${name}`, '--hash', 'all']);
  return { code: run.code, report: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report };
};
const retest = (folder: string, name: string): { code: number | null; record: ClosureRecord } => {
  const run = cli.run(folder, ['retest', name, '-f', 'json=closure.json', '-f', 'markdown=closure.md']);
  return { code: run.code, record: JSON.parse(readFileSync(join(folder, 'closure.json'), 'utf8')) as ClosureRecord };
};
const actions = (report: Report): Record<string, string> =>
  Object.fromEntries(report.findings.map((finding) => [finding.artifact, finding.action]));
const statuses = (record: ClosureRecord): Record<string, string> =>
  Object.fromEntries(record.findings.map((finding) => [finding.artifact, `${finding.status}: ${finding.reason}`]));
const of = (report: Report, artifact: string): Finding => {
  const found = report.findings.filter((finding) => finding.artifact === artifact);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} findings in ${artifact}`);
  return found[0];
};

test('a release: policy, failure, fix, allow, acceptance, ticket, retest, expiry, closure', () => {
  const folder = cli.folder(FILES);
  const policy = join(folder, 'sentinel-policy.yml');
  const put = (file: string, bytes: Uint8Array): void => writeFileSync(join(folder, file), bytes);

  // A policy to start from, and a release that does not meet it.
  expect(cli.run(folder, ['init']).code).toBe(0);
  const first = scan(folder, 'first.json');
  expect(first).toMatchObject({ code: 1, report: { verdict: 'fail' } });
  expect(actions(first.report)).toEqual({
    'models/exec.pkl': 'fail',
    'models/hub.py': 'ticket',
    'models/net.pkl': 'fail',
    'models/odd.pkl': 'fail',
    'models/vendor.pkl': 'fail',
  });
  expect(first.report.reasons).toEqual([expect.stringContaining('models/tail.pkl is POSSIBLY_UNSAFE')]);
  // Every severity that this version's rules have.
  const severities = (list: readonly Severity[]): Severity[] => [...new Set(list)].toSorted();
  expect(severities(first.report.findings.map((finding) => finding.severity))).toEqual(
    severities(RULES.map((rule) => rule.meta.severity)),
  );

  // One fix, one allow entry, one acceptance, one ticket.
  const template = readFileSync(policy, 'utf8');
  const decide = (expires: string): void => {
    writeFileSync(policy, template.replace('max_acceptable_severity: strict', 'max_acceptable_severity: permissive'));
    appendFileSync(
      policy,
      `
rules:
  PICKLE-STRUCT:
    owner: "ML platform"
    fail_on: [CRITICAL]
    ticket_on: [HIGH]
allow:
  - entry: mylib.model.Net
    why: "plain nn.Module; reviewed at release 3.1"
    expires: ${expires}
accept:
  - fingerprint: ${of(first.report, 'models/vendor.pkl').fingerprint}
    owner: "release board"
    why: "runs in a sandbox until the vendor rebuilds it"
    expires: ${expires}
`,
    );
  };
  put('models/exec.pkl', CLEAN);
  put('models/hub.py', PINNED);
  decide('2999-12-31');
  const second = scan(folder, 'second.json');
  expect(second).toMatchObject({ code: 0, report: { verdict: 'pass' } });
  expect(actions(second.report)).toEqual({ 'models/odd.pkl': 'ticket', 'models/vendor.pkl': 'note' });
  expect(of(second.report, 'models/vendor.pkl').accepted).toMatchObject({ owner: 'release board' });
  expect(of(second.report, 'models/odd.pkl').owner).toBe('ML platform');
  expect(second.report.allow).toMatchObject([{ entry: 'mylib.model.Net', state: 'used' }]);

  // The retest of the first report closes what was fixed, and nothing else.
  const third = retest(folder, 'first.json');
  expect(third.code).toBe(1);
  expect(statuses(third.record)).toEqual({
    'models/exec.pkl': expect.stringMatching(/^closed: the signal is gone/) as string,
    'models/hub.py': expect.stringMatching(/^closed: the signal is gone/) as string,
    'models/net.pkl': expect.stringMatching(/^open: .*allowed by mylib\.model\.Net/) as string,
    'models/odd.pkl': expect.stringMatching(/^open: .*it needs a ticket$/) as string,
    'models/vendor.pkl': expect.stringMatching(/^open: .*accepted by release board until 2999-12-31/) as string,
  });
  expect(third.record.policy.changes).toEqual([expect.stringMatching(/^sentinel-policy\.yml has changed since/)]);
  const closed = third.record.findings.find((finding) => finding.status === 'closed');
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  expect([closed?.before.sha256, closed?.after?.sha256]).toEqual([sha256(PICKLES.system), sha256(CLEAN)]);
  expect(readFileSync(join(folder, 'closure.md'), 'utf8')).toContain('2 closed, 0 removed, 0 unverifiable, 3 open');

  // What passed is signed; what is open is not taken for closed.
  expect(cli.run(folder, ['keygen', 'key']).code).toBe(0);
  const sign = (record: string): number | null =>
    cli.run(folder, ['attest', record, '--key', 'key.pem', '-o', 'signed.json']).code;
  const verify = (...args: string[]): number | null =>
    cli.run(folder, ['verify', 'signed.json', '--key', 'key.pub.pem', '--artifact', ...args]).code;
  const both = ['models/good.pkl', 'models/vendor.pkl'];
  // It passed under the policy of the release, and is accepted where that one counts.
  expect([sign('second.json'), verify(...both), verify(...both, '--policy', policy)]).toEqual([0, 1, 0]);
  expect([sign('closure.json'), verify('models/exec.pkl')]).toEqual([0, 1]);

  // Both decisions expire: what they covered fails again, and is still not closed.
  decide('2020-01-31');
  const fourth = scan(folder, 'fourth.json');
  expect(fourth).toMatchObject({ code: 1, report: { verdict: 'fail' } });
  expect(actions(fourth.report)).toEqual({
    'models/net.pkl': 'fail',
    'models/odd.pkl': 'ticket',
    'models/vendor.pkl': 'fail',
  });
  expect(of(fourth.report, 'models/vendor.pkl').accepted).toBe(null);
  expect(fourth.report.allow).toMatchObject([{ entry: 'mylib.model.Net', state: 'expired' }]);
  expect(fourth.report.accept).toMatchObject([{ owner: 'release board', state: 'expired' }]);
  expect(retest(folder, 'second.json')).toMatchObject({
    code: 1,
    record: { counts: { closed: 0, open: 2, new: 1 }, newFindings: [{ artifact: 'models/net.pkl' }] },
  });

  // What is left is fixed or taken out; the first report is closed for good.
  for (const file of ['models/net.pkl', 'models/odd.pkl']) put(file, CLEAN);
  put('models/vendor.pkl', Buffer.from('\x80\x02]q\x00.', 'latin1'));
  const last = retest(folder, 'first.json');
  expect(last.code).toBe(0);
  expect(last.record).toMatchObject({ outcome: 'closed', counts: { closed: 5, removed: 0, open: 0, unverifiable: 0 } });
  const files = ['models/net.pkl', 'models/vendor.pkl', 'first.json', '--policy', policy];
  expect([sign('closure.json'), verify(...files)]).toEqual([0, 0]);
  expect(verify('models/tail.pkl', '--policy', policy)).toBe(1);
}, 60_000);
