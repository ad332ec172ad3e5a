import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOGUE_VERSION, type Report } from '@sentinel/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEnvelope, preAuthEncoding, Refusal, signEnvelope, type Envelope } from '../src/attest/dsse.js';
import { readPrivateKey, readPublicKey, writeKeyPair, type PrivateKey, type PublicKey } from '../src/attest/keys.js';
import { PAYLOAD_TYPE } from '../src/attest/statement.js';
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

  test('whatever is no envelope is refused, and nothing else is thrown', () => {
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

const attest = (folder: string, record: string): Run =>
  cli.run(folder, ['attest', record, '--key', join(keys, 'release.pem'), '-o', 'scan.json']);
const check = (folder: string, ...args: string[]): Run =>
  cli.run(folder, ['verify', 'scan.json', '--key', join(keys, 'release.pub.pem'), ...args]);

const CLEAN = { 'models/a.pkl': PICKLES.clean };

describe('sentinel attest and verify', () => {
  test('a clean scan: the statement, its signature by another implementation, its subjects', () => {
    const folder = attested(CLEAN);
    const envelope = JSON.parse(readFileSync(join(folder, 'scan.json'), 'utf8')) as Envelope;
    const payload = Buffer.from(envelope.payload, 'base64');
    const pae = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} ${payload.toString('utf8')}`;
    const sig = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64');
    expect(verify(null, Buffer.from(pae), readFileSync(join(keys, 'release.pub.pem')), sig)).toBe(true);
    expect(JSON.parse(payload.toString('utf8'))).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'urn:sentinel:predicate:scan:1',
      subject: [{ name: 'models/a.pkl', digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } }],
      predicate: { record: { verdict: 'pass', run: { paths: ['models'] } } },
    });
    const run = check(folder, '--artifact', 'models/a.pkl', '--max-age', '1', '--type', 'scan');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^verified: scan of .*, result pass, .*; 1 subject, 1 file compared; key [0-9a-f]{64}\n$/,
    );
    expect(check(folder).stdout).toContain('no file was compared');
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
    ['of a failed scan', (report) => ({ ...report, verdict: 'fail' }), ['--any-verdict'], /has the result "fail"/],
    [
      'of an incomplete scan',
      (report) => ({ ...report, verdict: 'incomplete' }),
      ['--any-verdict'],
      /has the result "incomplete"/,
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

  test('a scan by a part of the rules says so', () => {
    const folder = cli.folder(CLEAN);
    cli.run(folder, ['artifact', 'models', '--rule', 'ARCHIVE', '--hash', 'all', '-f', 'json=report.json']);
    attest(folder, 'report.json');
    expect(check(folder).stdout).toContain('; only these rules were applied: ARCHIVE; key ');
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
    const envelope = JSON.parse(readFileSync(join(folder, 'scan.json'), 'utf8')) as Envelope;
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
        JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from(payload.replace('scan:1', 'scan:2')), secret)),
        'predicateType: one of',
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
