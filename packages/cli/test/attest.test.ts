import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULES, type Report } from '@artifact-sentinel/core';
import { CATALOGUE_VERSION } from '@artifact-sentinel/core/internal';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEnvelope, preAuthEncoding, Refusal, signEnvelope, type Envelope } from '../src/attest/dsse.js';
import { readPrivateKey, readPublicKey, writeKeyPair, type PrivateKey, type PublicKey } from '../src/attest/keys.js';
import { PAYLOAD_TYPE } from '../src/attest/statement.js';
import { SUMMARY_TYPE } from '../src/attest/summary.js';
import { Cli, PICKLES, type Run } from './kit.js';

const cli = new Cli();
let keys = '';
let secret: PrivateKey;
let open: PublicKey;
beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), 'sentinel-keys-'));
  for (const name of ['release', 'other']) await writeKeyPair(join(keys, name));
  secret = readPrivateKey(join(keys, 'release.pem'));
  open = readPublicKey(join(keys, 'release.pub.pem'));
});
afterAll(() => rmSync(keys, { recursive: true, force: true }));

describe('DSSE', () => {
  test('the encoding of the specification’s example', () => {
    const encoded = preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
    expect(encoded.toString('latin1')).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });

  test('lengths are those of bytes', () => {
    expect(preAuthEncoding('ä', Buffer.from('é')).toString('utf8')).toBe('DSSEv1 2 ä 2 é');
    expect(preAuthEncoding('', new Uint8Array(0)).toString()).toBe('DSSEv1 0  0 ');
  });

  test('no two pairs of type and payload have one encoding', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), fc.string(), fc.uint8Array(), (type, payload, type2, payload2) => {
        const same = type === type2 && Buffer.compare(payload, payload2) === 0;
        expect(Buffer.compare(preAuthEncoding(type, payload), preAuthEncoding(type2, payload2)) === 0).toBe(same);
      }),
    );
  });

  test('what was signed opens', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        const envelope: unknown = JSON.parse(JSON.stringify(signEnvelope(PAYLOAD_TYPE, payload, secret)));
        expect(Buffer.compare(openEnvelope(envelope, PAYLOAD_TYPE, open), payload)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  const flipped = (text: string, at: number, bit: number): string => {
    const bytes = Buffer.from(text, 'latin1');
    const index = at % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
    return bytes.toString('latin1');
  };

  test.each<[string, (envelope: Envelope, at: number, bit: number) => Envelope]>([
    ['the payload', (envelope, at, bit) => ({ ...envelope, payload: flipped(envelope.payload, at, bit) })],
    ['the payload type', (envelope, at, bit) => ({ ...envelope, payloadType: flipped(envelope.payloadType, at, bit) })],
    [
      'the signature',
      (envelope, at, bit) => ({
        ...envelope,
        signatures: envelope.signatures.map((one) => ({ ...one, sig: flipped(one.sig, at, bit) })),
      }),
    ],
    [
      'the key ID',
      (envelope, at, bit) => ({
        ...envelope,
        signatures: envelope.signatures.map((one) => ({ ...one, keyid: flipped(one.keyid, at, bit) })),
      }),
    ],
  ])('any flipped bit of %s is refused', (_what, change) => {
    const envelope = signEnvelope(PAYLOAD_TYPE, Buffer.from('{"_type":"x"}'), secret);
    fc.assert(
      fc.property(fc.nat(), fc.nat(7), (at, bit) => {
        expect(() => openEnvelope(change(envelope, at, bit), PAYLOAD_TYPE, open)).toThrow(Refusal);
      }),
      { numRuns: 400 },
    );
  });

  test('any flipped byte of the decoded payload or signature is refused', () => {
    const payload = Buffer.from('a statement of some length');
    const envelope = signEnvelope(PAYLOAD_TYPE, payload, secret);
    const [signature] = envelope.signatures;
    const turn = (base64: string, i: number): string => {
      const bytes = Buffer.from(base64, 'base64');
      bytes[i] = (bytes[i] ?? 0) ^ 0x01;
      return bytes.toString('base64');
    };
    for (let i = 0; i < payload.length; i += 1)
      expect(() => openEnvelope({ ...envelope, payload: turn(envelope.payload, i) }, PAYLOAD_TYPE, open)).toThrow(
        Refusal,
      );
    for (let i = 0; i < 64; i += 1) {
      const signatures = [{ ...signature, sig: turn(signature?.sig ?? '', i) }];
      expect(() => openEnvelope({ ...envelope, signatures }, PAYLOAD_TYPE, open)).toThrow(Refusal);
    }
  });

  test('anything that is no envelope is refused, and nothing else is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({ payload: fc.jsonValue(), payloadType: fc.constant(PAYLOAD_TYPE), signatures: fc.jsonValue() }),
          fc.record({
            payload: fc.base64String(),
            payloadType: fc.constant(PAYLOAD_TYPE),
            signatures: fc.array(fc.record({ keyid: fc.constant('x'), sig: fc.jsonValue() })),
          }),
        ),
        (value) => {
          expect(() => openEnvelope(value, PAYLOAD_TYPE, open)).toThrow(Refusal);
        },
      ),
    );
  });
});

/** A folder with a report of these models, all of them hashed, signed as scan.json. */
function attested(
  files: Readonly<Record<string, Uint8Array>>,
  change: (report: Report) => unknown = (report) => report,
): string {
  const folder = cli.folder(files);
  cli.run(folder, ['artifact', 'models', '--hash', 'all', '-f', 'json=report.json']);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  writeFileSync(join(folder, 'report.json'), JSON.stringify(change(report)));
  expect(attest(folder, 'report.json')).toMatchObject({ code: 0, stdout: '' });
  return folder;
}

const attest = (folder: string, record: string, ...args: string[]): Run =>
  cli.run(folder, ['attest', record, '--key', join(keys, 'release.pem'), '-o', 'scan.json', ...args]);
/** The envelopes of scan.json: the statement and its summary. */
const envelopes = (folder: string): string[] => readFileSync(join(folder, 'scan.json'), 'utf8').trimEnd().split('\n');
const payloadOf = (line: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from((JSON.parse(line ?? '') as Envelope).payload, 'base64').toString('utf8')) as Record<
    string,
    unknown
  >;
const check = (folder: string, ...args: string[]): Run =>
  cli.run(folder, ['verify', 'scan.json', '--key', join(keys, 'release.pub.pem'), ...args]);

const CLEAN = { 'models/a.pkl': PICKLES.clean };

describe('sentinel attest and verify', () => {
  test('a clean scan: the statement, its signature by another implementation, its subjects', () => {
    const folder = attested(CLEAN);
    const envelope = JSON.parse(envelopes(folder)[0] ?? '') as Envelope;
    const payload = Buffer.from(envelope.payload, 'base64');
    const pae = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} ${payload.toString('utf8')}`;
    const sig = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64');
    expect(verify(null, Buffer.from(pae), readFileSync(join(keys, 'release.pub.pem')), sig)).toBe(true);
    expect(JSON.parse(payload.toString('utf8'))).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:sentinel:predicate:scan:2',
      subject: [{ name: 'models/a.pkl', digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } }],
      predicate: {
        verdict: 'pass',
        rules: RULES.map((rule) => rule.meta.id),
        policy: {
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          failOn: ['CRITICAL', 'HIGH'],
          maxAcceptableSeverity: 'LIKELY_SAFE',
        },
        record: { verdict: 'pass', run: { paths: ['models'] } },
      },
    });
    const run = check(folder, '--artifact', 'models/a.pkl', '--max-age', '1', '--type', 'scan');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^verified: scan of .*, result pass, .*; 1 subject, 1 file compared; key [0-9a-f]{64}\nrequired: every rule, nothing looser than the default policy, a complete pass, the catalogue of this version\n$/,
    );
    expect(check(folder).stdout).toContain('no file was compared');
  });

  test('a file that was not analysed is no subject', () => {
    const folder = attested({ ...CLEAN, 'models/b.png': Buffer.from('\x89PNG\r\n', 'latin1') });
    expect(payloadOf(envelopes(folder)[0])).toMatchObject({
      subject: [{ name: 'models/a.pkl' }],
      predicate: { record: { artifacts: [{ path: 'models/a.pkl' }, { path: 'models/b.png', status: 'opaque' }] } },
    });
    expect(check(folder, '--artifact', 'models/a.pkl').code).toBe(0);
    expect(check(folder, '--artifact', 'models/b.png').code).toBe(1);
  });

  test('a closure record: the report and the artifacts of now', () => {
    const folder = cli.folder({ 'models/a.pkl': PICKLES.system });
    cli.run(folder, ['artifact', 'models', '-f', 'json=report.json']);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    expect(cli.run(folder, ['retest', 'report.json', '-f', 'json=closure.json']).code).toBe(0);
    expect(attest(folder, 'closure.json').code).toBe(0);
    expect(check(folder, '--type', 'closure', '--artifact', 'models/a.pkl', 'report.json')).toMatchObject({ code: 0 });
    expect(check(folder, '--type', 'scan').stdout).toContain('it is about a closure, not about a scan');
  });

  test.each<[string, (report: Report) => unknown, readonly string[], RegExp]>([
    [
      'of another catalogue',
      (report) => ({ ...report, tool: { ...report.tool, rules: '2020.01.01' } }),
      ['--any-catalogue'],
      /stale: made with catalogue 2020\.01\.01/,
    ],
  ])('a statement %s is refused until it is asked for', (_what, change, option, reason) => {
    const folder = attested(CLEAN, change);
    const run = check(folder);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(reason);
    expect(check(folder, ...option).code).toBe(0);
  });

  const at = (time: string) => (report: Report) => ({ ...report, run: { ...report.run, startedAt: time } });

  test('age', () => {
    const folder = attested(CLEAN, at('2020-01-01T00:00:00.000Z'));
    expect(check(folder).code).toBe(0);
    const run = check(folder, '--max-age', '30');
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/it is stale: \d+ days old, more than 30/);
    expect(check(attested(CLEAN, at('2999-01-01T00:00:00.000Z'))).stdout).toContain('lies in the future');
    expect(check(folder, '--max-age', '-1')).toMatchObject({ code: 2 });
  });

  /** A scan with these options, signed. */
  function scanned(files: Readonly<Record<string, Uint8Array | string>>, ...options: string[]): string {
    const folder = cli.folder(files);
    cli.run(folder, ['artifact', 'models', '--hash', 'all', '-f', 'json=report.json', ...options]);
    expect(attest(folder, 'report.json').code).toBe(0);
    return folder;
  }
  const NET = { 'models/a.pkl': PICKLES.net };
  const ALLOW = 'allow:\n  - {entry: mylib.model.Net, why: reviewed}\n';

  test('a scan by a part of the rules is refused, and taken where that part is enough', () => {
    const folder = scanned(
      { 'models/a.pkl': PICKLES.system },
      '--rule',
      'ARCHIVE',
      '--max-acceptable-severity',
      'OVERTLY_MALICIOUS',
    );
    const run = check(folder, '--any-policy');
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain('only the rules ARCHIVE were applied, not PICKLE-EXEC, PICKLE-GLOBAL-IMPORT');
    expect(check(folder, '--any-policy', '--rules', 'PICKLE').code).toBe(1);
    const taken = check(folder, '--any-policy', '--rules', 'ARCHIVE');
    expect(taken.code).toBe(0);
    expect(taken.stdout).toContain('; only these rules were applied: ARCHIVE; key ');
    expect(taken.stdout).toContain('required: the rules ARCHIVE, any policy, a complete pass');
    expect(check(folder, '--any-policy', '--rules', 'ARCHIVES')).toMatchObject({ code: 2, stdout: '' });
  });

  test.each<[string, Readonly<Record<string, Uint8Array | string>>, readonly string[], string]>([
    [
      'that fails on nothing',
      { 'p.yml': 'fail_on: []\nmax_acceptable_severity: OVERTLY_MALICIOUS\n', 'models/a.pkl': PICKLES.system },
      ['--policy', 'p.yml'],
      'it is looser than the default: a finding CRITICAL or HIGH of PICKLE-EXEC fails nothing',
    ],
    [
      'that fails on nothing for one rule',
      { 'p.yml': 'rules: {SERVING-BIND-ALL: {fail_on: []}}\n', ...CLEAN },
      ['--policy', 'p.yml'],
      'of SERVING-BIND-ALL fails nothing',
    ],
    [
      'with a level',
      { 'p.yml': 'max_acceptable_severity: moderate\n', ...CLEAN },
      ['--policy', 'p.yml'],
      'artifacts may be POSSIBLY_UNSAFE',
    ],
    [
      'with a level for some paths',
      { 'p.yml': 'paths: [{match: ["x/**"], max_acceptable_severity: permissive}]\n', ...CLEAN },
      ['--policy', 'p.yml'],
      'artifacts may be SUSPICIOUS',
    ],
    ['that allows', { 'p.yml': ALLOW, ...NET }, ['--policy', 'p.yml'], 'it rests on 1 allow entry'],
    ['and options that allow', NET, ['--also-allow', 'mylib.model.Net'], 'it rests on 1 allow entry'],
    ['and an option for levels', CLEAN, ['--max-acceptable-severity', 'moderate'], 'artifacts may be POSSIBLY_UNSAFE'],
  ])('a scan under a policy %s is refused until that is asked for', (_what, files, options, words) => {
    const folder = scanned(files, ...options);
    const run = check(folder);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain(words);
    expect(check(folder, '--any-policy').code).toBe(0);
    const isFile = options.includes('--policy');
    writeFileSync(join(folder, 'other.yml'), 'fail_on: [LOW]\n');
    const [own, other] = ['p.yml', 'other.yml'].map((file) =>
      isFile || file === 'other.yml' ? check(folder, '--policy', file).code : 0,
    );
    expect([own, other]).toEqual([0, 1]);
  });

  test('options beside a policy that the verifier has are refused', () => {
    const folder = scanned({ 'p.yml': ALLOW, ...NET }, '--policy', 'p.yml', '--also-allow', 'mylib.B');
    const run = check(folder, '--policy', 'p.yml');
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('it was made with --also-allow') as string });
    expect(check(folder, '--policy', 'gone.yml')).toMatchObject({ code: 2, stdout: '' });
    expect(check(folder, '--policy', 'p.yml', '--any-policy')).toMatchObject({ code: 2, stdout: '' });
  });

  test('acceptances and baselines count as exceptions', () => {
    const folder = cli.folder(NET);
    cli.run(folder, ['artifact', 'models', '-f', 'json=old.json']);
    const old = JSON.parse(readFileSync(join(folder, 'old.json'), 'utf8')) as Report;
    const accept = old.findings.map(
      ({ fingerprint }) => `  - {fingerprint: '${fingerprint}', owner: board, why: x, expires: 2099-01-01}\n`,
    );
    const accepted = scanned({ ...NET, 'p.yml': `accept:\n${accept.join('')}` }, '--policy', 'p.yml');
    expect(check(accepted).stdout).toContain('it rests on 1 accepted finding');
    expect(check(accepted, '--policy', 'p.yml').code).toBe(0);
    const known = scanned({ ...NET, 'old.json': JSON.stringify(old) }, '--baseline', 'old.json', '--fail-on-new');
    expect(check(known).stdout).toContain('a baseline lets 1 finding pass');
    expect(check(known, '--any-policy').code).toBe(0);
  });

  test('failed and incomplete scans are signed as what they are, and taken where that is asked for', () => {
    const failed = scanned({ 'models/a.pkl': PICKLES.system });
    expect(check(failed).stdout).toContain('has the result "fail"; --any-verdict takes it');
    expect(check(failed, '--allow-incomplete').code).toBe(1);
    expect(check(failed, '--any-verdict').code).toBe(0);
    const cut = scanned({ 'models/a.pkl': PICKLES.clean.subarray(0, -1) });
    const run = check(cut);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('--allow-incomplete takes it') as string });
    expect(check(cut, '--allow-incomplete').code).toBe(0);
  });

  test.each<[string, (report: Report) => unknown, string]>([
    [
      'a verdict',
      (report) => ({ ...report, verdict: 'pass' }),
      'the verdict is "pass", and its findings come to "fail"',
    ],
    [
      'a verdict and its action',
      (report) => ({
        ...report,
        verdict: 'pass',
        findings: report.findings.map((item) => ({ ...item, action: 'note' })),
      }),
      'has the action note, and the policy asks for fail',
    ],
    [
      'an acceptance that no policy has',
      (report) => ({
        ...report,
        verdict: 'pass',
        findings: report.findings.map((item) => ({
          ...item,
          action: 'note',
          accepted: { owner: 'me', why: 'x', expires: '2099-01-01' },
        })),
      }),
      'is accepted, and no acceptance of the policy is used for it',
    ],
    [
      'an acceptance by a comment',
      (report) => ({
        ...report,
        verdict: 'pass',
        findings: report.findings.map((item) => ({
          ...item,
          action: 'note',
          accepted: { owner: 'me', why: 'x', expires: null, inSource: true },
        })),
      }),
      'is accepted by a comment that does not count',
    ],
    [
      'a baseline that was not there',
      (report) => ({
        ...report,
        verdict: 'pass',
        findings: report.findings.map((item) => ({
          ...item,
          action: 'ticket',
          baseline: { state: 'unchanged', tolerated: true },
        })),
      }),
      'is let pass by a baseline',
    ],
    [
      'its findings',
      (report) => ({
        ...report,
        verdict: 'pass',
        findings: [],
        summary: { ...report.summary, findings: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 } },
      }),
      'the verdict is "pass", and its findings come to "fail"',
    ],
    [
      'a level',
      (report) => ({
        ...report,
        artifacts: report.artifacts.map((item) => ({ ...item, safety: { level: 0, name: 'LIKELY_SAFE' } })),
      }),
      'models/a.pkl is LIKELY_SAFE, and its finding',
    ],
    [
      'the number of artifacts',
      (report) => ({ ...report, summary: { ...report.summary, artifacts: 7 } }),
      'counts 7 artifacts',
    ],
    [
      'the rules',
      (report) => ({ ...report, run: { ...report.run, rules: ['ARCHIVE'] } }),
      'is of a rule that was not applied',
    ],
    ['no policy', (report) => ({ ...report, policy: null }), 'does not record the policy that held'],
  ])('nothing is signed about a report that contradicts itself: %s', (_what, change, words) => {
    const folder = cli.folder({ 'models/a.pkl': PICKLES.system });
    cli.run(folder, ['artifact', 'models', '--hash', 'all', '-f', 'json=report.json']);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    writeFileSync(join(folder, 'report.json'), JSON.stringify(change(report)));
    const run = attest(folder, 'report.json');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(words);
  });

  test('nor is such a record taken where somebody signed it', () => {
    const folder = scanned({ 'models/a.pkl': PICKLES.system });
    const resign = (change: (predicate: Record<string, unknown>) => unknown): Run => {
      const statement = payloadOf(envelopes(folder)[0]);
      const predicate = change(statement['predicate'] as Record<string, unknown>);
      const payload = Buffer.from(JSON.stringify({ ...statement, predicate }));
      const file = join(folder, 'forged.json');
      writeFileSync(file, JSON.stringify(signEnvelope(PAYLOAD_TYPE, payload, secret)));
      return cli.run(folder, ['verify', 'forged.json', '--key', join(keys, 'release.pub.pem'), '--any-policy']);
    };
    const passing = (record: unknown): object => ({ ...(record as object), verdict: 'pass' });
    for (const [change, words] of [
      [(predicate) => ({ ...predicate, record: passing(predicate['record']) }), 'the record contradicts itself'],
      [(predicate) => ({ ...predicate, verdict: 'pass' }), 'its verdict is not that of its record'],
      [(predicate) => ({ ...predicate, policy: { sha256: '0'.repeat(64) } }), 'the digest of its policy is not that'],
    ] as [(predicate: Record<string, unknown>) => unknown, string][]) {
      const run = resign(change);
      expect(run).toMatchObject({ code: 1, stderr: '' });
      expect(run.stdout).toMatch(new RegExp(words));
    }
  });

  test('an edited closure is not signed, and one under a policy is refused until it is asked for', () => {
    const folder = cli.folder({ 'models/a.pkl': PICKLES.system, 'p.yml': ALLOW });
    cli.run(folder, ['artifact', 'models', '--policy', 'p.yml', '-f', 'json=report.json']);
    expect(cli.run(folder, ['retest', 'report.json', '-f', 'json=closure.json']).code).toBe(1);
    const record = readFileSync(join(folder, 'closure.json'), 'utf8');
    writeFileSync(join(folder, 'closure.json'), record.replace('"outcome": "open"', '"outcome": "closed"'));
    const edited = attest(folder, 'closure.json');
    expect(edited).toMatchObject({ code: 2, stdout: '' });
    expect(edited.stderr).toContain('its outcome is "closed", and its findings come to "open"');
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.clean);
    const underPolicy = ['retest', 'report.json', '--policy', 'p.yml', '-f', 'json=closure.json'];
    expect(cli.run(folder, underPolicy).code).toBe(0);
    expect(attest(folder, 'closure.json').code).toBe(0);
    expect(envelopes(folder)).toHaveLength(1);
    expect(check(folder).stdout).toContain('it was made under the policy p.yml');
    for (const args of [['--policy', 'p.yml'], ['--any-policy']]) expect(check(folder, ...args).code).toBe(0);
  });

  describe('the SLSA summary', () => {
    test('has what the specification asks for, and names the statement beside it', () => {
      const folder = scanned(CLEAN);
      const [statement, summary] = envelopes(folder);
      const own = payloadOf(statement);
      const { policy } = own['predicate'] as { policy: { sha256: string } };
      expect(payloadOf(summary)).toEqual({
        _type: 'https://in-toto.io/Statement/v1',
        subject: own['subject'],
        predicateType: 'https://slsa.dev/verification_summary/v1',
        predicate: {
          verifier: { id: `urn:sentinel:key:${open.id}`, version: { sentinel: '0.1.0', catalogue: CATALOGUE_VERSION } },
          timeVerified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
          resourceUri: expect.stringMatching(/^urn:sentinel:artifacts:sha256:[0-9a-f]{64}$/) as string,
          policy: { uri: 'urn:sentinel:policy:effective:1', digest: { sha256: policy.sha256 } },
          inputAttestations: [
            {
              digest: {
                sha256: createHash('sha256')
                  .update(statement ?? '')
                  .digest('hex'),
              },
            },
          ],
          verificationResult: 'PASSED',
          verifiedLevels: ['SENTINEL_SCAN_PASSED'],
        },
      });
      const again = payloadOf(envelopes(scanned(CLEAN))[1]);
      expect((again['predicate'] as { policy: unknown }).policy).toEqual(
        (payloadOf(summary)['predicate'] as { policy: unknown }).policy,
      );
    });

    test('of a failed scan says so; names are for the command line to choose', () => {
      const folder = scanned({ 'models/a.pkl': PICKLES.system });
      attest(folder, 'report.json', '--verifier-id', 'https://example.com/gate', '--resource-uri', 'hf://org/model');
      expect(payloadOf(envelopes(folder)[1])['predicate']).toMatchObject({
        verifier: { id: 'https://example.com/gate' },
        resourceUri: 'hf://org/model',
        verificationResult: 'FAILED',
        verifiedLevels: ['FAILED'],
      });
      expect(check(folder, '--any-verdict').code).toBe(0);
    });

    test('of something else, alone, twice or by another key is refused', () => {
      const [folder, failed] = [scanned(CLEAN), scanned({ 'models/a.pkl': PICKLES.system })];
      const [statement = '', summary = ''] = envelopes(folder);
      const strange = envelopes(failed)[1] ?? '';
      const other = signEnvelope(
        PAYLOAD_TYPE,
        Buffer.from(JSON.stringify(payloadOf(summary))),
        readPrivateKey(join(keys, 'other.pem')),
      );
      for (const [lines, words] of [
        [[statement, strange], 'its SLSA summary does not fit its statement: other subjects'],
        [[summary], 'a summary alone does not say what was applied'],
        [[statement, summary, summary], 'it holds several statements'],
        [[statement, statement], 'it holds several statements'],
        [[statement, JSON.stringify(other)], 'no signature is by the key'],
        [[statement, 'x'], 'it is no JSON'],
        [Array.from({ length: 12 }, () => summary), 'more than 10 envelopes'],
      ] as const) {
        writeFileSync(join(folder, 'scan.json'), lines.join('\n'));
        expect(check(folder), words).toMatchObject({ code: 1, stdout: expect.stringContaining(words) as string });
      }
      writeFileSync(join(folder, 'scan.json'), statement);
      expect(check(folder).code).toBe(0);
      for (const [change, words] of [
        [{ verificationResult: 'FAILED' }, 'another result'],
        [{ inputAttestations: [{ digest: { sha256: '0'.repeat(64) } }] }, 'another statement'],
        [{ policy: { digest: { sha256: '0'.repeat(64) } } }, 'another policy'],
      ] as const) {
        const value = payloadOf(summary);
        const payload = JSON.stringify({ ...value, predicate: { ...(value['predicate'] as object), ...change } });
        const forged = JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from(payload), secret));
        writeFileSync(join(folder, 'scan.json'), `${statement}\n${forged}\n`);
        expect(check(folder).stdout).toContain(words);
      }
      expect(SUMMARY_TYPE).toBe(payloadOf(summary)['predicateType']);
    });
  });

  test('options of models mean nothing for a statement, and a key is needed', () => {
    const folder = scanned(CLEAN);
    expect(check(folder, '--ignore-unsigned-files')).toMatchObject({ code: 2, stdout: '' });
    expect(cli.run(folder, ['verify', 'scan.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--key FILE is needed') as string,
    });
  });

  test('another artifact', () => {
    const folder = attested(CLEAN);
    writeFileSync(join(folder, 'models/a.pkl'), PICKLES.system);
    writeFileSync(join(folder, 'b.pkl'), PICKLES.net);
    const changed = check(folder, '--artifact', 'models/a.pkl');
    expect(changed.code).toBe(1);
    expect(changed.stdout).toMatch(/models\/a\.pkl is another file: its SHA-256 is/);
    expect(check(folder, '--artifact', 'b.pkl').stdout).toMatch(/b\.pkl .* is none of its 1 subject/);
    expect(check(folder, '--artifact', 'missing.pkl')).toMatchObject({ code: 2, stdout: '' });
    expect(check(folder, '--artifact', 'models')).toMatchObject({ code: 2, stdout: '' });
  });

  test('another key, a tampered payload, another type', () => {
    const folder = attested(CLEAN);
    const other = cli.run(folder, ['verify', 'scan.json', '--key', join(keys, 'other.pub.pem')]);
    expect(other.code).toBe(1);
    expect(other.stdout).toMatch(/^refused: scan\.json: no signature is by the key [0-9a-f]{64}\n$/);
    const envelope = JSON.parse(envelopes(folder)[0] ?? '') as Envelope;
    const payload = Buffer.from(envelope.payload, 'base64').toString('utf8').replace('models/a.pkl', 'models/b.pkl');
    writeFileSync(
      join(folder, 'scan.json'),
      JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') }),
    );
    expect(check(folder)).toMatchObject({ code: 1, stdout: expect.stringContaining('does not fit') as string });
    for (const [content, reason] of [
      [JSON.stringify(signEnvelope('text/plain', Buffer.from(payload), secret)), 'the payload type is "text/plain"'],
      [JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from('{}'), secret)), '_type: one of'],
      [
        JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from(payload.replace('scan:2', 'scan:3')), secret)),
        'predicateType: one of',
      ],
      [
        JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from(payload.replace('scan:2', 'scan:1')), secret)),
        'an earlier version made it',
      ],

      [JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from([0xff]), secret)), 'the payload is no JSON'],
      ['{', 'it is no JSON'],
      ['[]', 'it is no DSSE envelope'],
    ] as const) {
      writeFileSync(join(folder, 'scan.json'), content);
      expect(check(folder)).toMatchObject({ code: 1, stdout: expect.stringContaining(reason) as string });
    }
  });

  test('nothing is signed about artifacts without a hash, or about nothing', () => {
    const folder = cli.folder(CLEAN);
    cli.run(folder, ['artifact', 'models', '-f', 'json=report.json']);
    expect(attest(folder, 'report.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('without a hash (models/a.pkl); scan with --hash all') as string,
    });
    writeFileSync(join(folder, 'models/a.pkl'), 'text\n');
    cli.run(folder, ['artifact', 'report.json', '--hash', 'all', '-f', 'json=empty.json']);
    expect(attest(folder, 'empty.json').stderr).toContain('there is no artifact to sign for');
    expect(attest(folder, 'models/a.pkl').stderr).toContain('the record is no JSON');
  });
});

describe('keys', () => {
  test('keygen writes what openssl reads, for the owner only, and replaces nothing', () => {
    const folder = cli.folder({});
    const run = cli.run(folder, ['keygen', 'k']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`Key ID: ${readPublicKey(join(folder, 'k.pub.pem')).id}`);
    expect(statSync(join(folder, 'k.pem')).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(readFileSync(join(folder, 'k.pem'))).asymmetricKeyType).toBe('ed25519');
    const before = readFileSync(join(folder, 'k.pem'), 'utf8');
    expect(cli.run(folder, ['keygen', 'k'])).toMatchObject({ code: 2, stdout: '' });
    expect(readFileSync(join(folder, 'k.pem'), 'utf8')).toBe(before);
  });

  test('a private key for verify, a public one for attest, RSA, an encrypted key, no key', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const folder = attested(CLEAN);
    writeFileSync(join(folder, 'rsa.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    writeFileSync(join(folder, 'locked.pem'), secret.key.export({ type: 'pkcs8', format: 'pem', ...cipher }));
    writeFileSync(join(folder, 'cut.pem'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
    for (const key of [join(keys, 'release.pub.pem'), 'rsa.pem', 'locked.pem', 'cut.pem', 'missing.pem', '.'])
      expect(cli.run(folder, ['attest', 'report.json', '--key', key])).toMatchObject({ code: 2, stdout: '' });
    const wrong = cli.run(folder, ['verify', 'scan.json', '--key', join(keys, 'release.pem')]);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('-----BEGIN PUBLIC KEY-----');
  });

  test('a private key that others can read is named', () => {
    const folder = attested(CLEAN);
    writeFileSync(join(folder, 'k.pem'), readFileSync(join(keys, 'release.pem')), { mode: 0o644 });
    const run = cli.run(folder, ['attest', 'report.json', '--key', 'k.pem']);
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('chmod 600') as string });
  });

  const hasOpenssl = ((): boolean => {
    try {
      execFileSync('openssl', ['version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  })();
  test.skipIf(!hasOpenssl)('keys of the openssl lines in the help', () => {
    const folder = attested(CLEAN);
    const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
    openssl('genpkey', '-algorithm', 'ed25519', '-out', 'o.pem');
    openssl('pkey', '-in', 'o.pem', '-pubout', '-out', 'o.pub.pem');
    expect(cli.run(folder, ['attest', 'report.json', '--key', 'o.pem', '-o', 'o.json']).code).toBe(0);
    expect(cli.run(folder, ['verify', 'o.json', '--key', 'o.pub.pem']).code).toBe(0);
    expect(readPrivateKey(join(folder, 'o.pem')).id).toBe(readPublicKey(join(folder, 'o.pub.pem')).id);
  });
});

test('the catalogue that a statement names is the one of this version', () => {
  expect(check(attested(CLEAN)).stdout).toContain(`catalogue ${CATALOGUE_VERSION};`);
});
