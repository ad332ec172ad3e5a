import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATALOGUE_VERSION, UsageError, type RunReport } from '@artifact-sentinel/core/internal';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { artifact, reportOf, RUN as NO_RUN } from '../../../core/test/report-kit.js';
import { readPem, readPrivateKey, readPublicKey } from './keys.js';
import type { VerifyOptions } from './options.js';
import { runAttest, runKeygen, runVerify } from './run.js';

/** What is written to standard output and standard error. Files share their modules: no module is replaced. */
const written = { 1: '', 2: '' };
const real = fs.writeSync;
beforeAll(() => {
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
    if (descriptor !== 1 && descriptor !== 2) return real(descriptor, bytes, ...rest);
    const text = Buffer.from(bytes)
      .subarray(rest[0] ?? 0)
      .toString();
    written[descriptor] += text;
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(() => {
  fs.writeSync = real;
  syncBuiltinESMExports();
});
const out = (): string => written[1];
const errors = (): string[] => written[2].split('\n').filter((line) => line !== '');

let folder = '';
const at = (name: string): string => join(folder, name);
const RUN: RunReport = { ...NO_RUN, startedAt: new Date(Date.now() - 3_600_000).toISOString(), paths: ['in'] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sentinel-attest-'));
  writeFileSync(at('a.pkl'), 'one');
  writeFileSync(at('b.pkl'), 'two');
  const sha256 = createHash('sha256').update('one').digest('hex');
  const of = (run: RunReport, catalogue = CATALOGUE_VERSION): string => {
    const report = reportOf('a.pkl', [], undefined, {
      run,
      artifacts: [artifact('in/a.pkl', 0, { sha256, notHashed: null })],
    });
    return JSON.stringify({ ...report, tool: { ...report.tool, rules: catalogue } });
  };
  writeFileSync(at('report.json'), of(RUN));
  writeFileSync(at('some.json'), of({ ...RUN, rules: ['PICKLE'] }));
  writeFileSync(at('old.json'), of(RUN, 'old'));
  await runKeygen(at('k'));
  await runKeygen(at('other'));
  for (const name of ['report', 'some', 'old'])
    await runAttest(at(`${name}.json`), { key: at('k.pem'), output: at(`${name}.sig`) });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  written[1] = '';
  written[2] = '';
});

describe('keys', () => {
  test('are written once, and their ID is said', async () => {
    await runKeygen(at('new'));
    expect(out()).toBe(
      `Wrote ${at('new.pem')} (keep it secret) and ${at('new.pub.pem')} (give it to those who verify).\nKey ID: ${readPublicKey(at('new.pub.pem')).id}\n`,
    );
    expect(readPrivateKey(at('new.pem')).id).toBe(readPublicKey(at('new.pub.pem')).id);
    await expect(runKeygen(at('new'))).rejects.toThrow('new.pub.pem exists; a key is never replaced');
    rmSync(at('new.pub.pem'));
    // The private one is still there: the public one is taken away again.
    await expect(runKeygen(at('new'))).rejects.toThrow('new.pem exists; a key is never replaced');
    expect(() => readPublicKey(at('new.pub.pem'))).toThrow(UsageError);
  });

  test.each<[string, (pem: string) => string, string | null]>([
    ['with text before it', (pem) => `text\n${pem}`, null],
    ['without an end', (pem) => pem.slice(0, 60), 'an Ed25519 key as PEM ("-----BEGIN PUBLIC KEY-----") was expected'],
    ['with its end first', (pem) => `-----END PUBLIC KEY-----\n${pem.slice(0, 60)}`, 'was expected'],
    ['broken', (pem) => pem.replace(/\n(.)/, '\n!$1'), 'was expected'],
    [
      'of another kind',
      () =>
        readFileSync(
          fileURLToPath(new URL('../../../../fixtures/model-signing/p256.pub.pem', import.meta.url)),
          'utf8',
        ),
      'was expected, not ec',
    ],
  ])('%s', (name, change, message) => {
    const file = at(`${name}.pem`);
    writeFileSync(file, change(readFileSync(at('k.pub.pem'), 'utf8')));
    if (message === null) expect(readPublicKey(file).id).toBe(readPublicKey(at('k.pub.pem')).id);
    else expect(() => readPublicKey(file)).toThrow(message);
  });

  test('an error of ours is none of the key', () => {
    const read = (): never => {
      throw new RangeError('ours');
    };
    expect(() => readPem(at('k.pub.pem'), 'PUBLIC KEY', read)).toThrow(RangeError);
  });
});

describe('sentinel attest', () => {
  test('writes an envelope in each line, and says where', async () => {
    await runAttest(at('report.json'), { key: at('k.pem'), output: '-', verifierId: 'urn:me', resourceUri: 'urn:it' });
    const lines = out().split('\n');
    expect(lines).toHaveLength(3);
    const payload = (text: string): { predicateType: string; predicate: Record<string, unknown> } =>
      JSON.parse(Buffer.from((JSON.parse(text) as { payload: string }).payload, 'base64').toString()) as {
        predicateType: string;
        predicate: Record<string, unknown>;
      };
    expect(payload(lines[0] ?? '').predicateType).toBe('urn:sentinel:predicate:scan:2');
    expect(payload(lines[1] ?? '').predicate).toMatchObject({ verifier: { id: 'urn:me' }, resourceUri: 'urn:it' });
    expect(errors()).toEqual([]);
    await runAttest(at('report.json'), { key: at('k.pem'), output: at('x.sig') });
    expect(errors()).toEqual([`sentinel: signed by ${readPublicKey(at('k.pub.pem')).id}; written to ${at('x.sig')}`]);
  });

  test('a key that others can read is said, and no input is written over', async () => {
    writeFileSync(at('open.pem'), readFileSync(at('k.pem')), { mode: 0o644 });
    await runAttest(at('report.json'), { key: at('open.pem') });
    expect(errors()).toEqual([`sentinel: others can read the private key ${at('open.pem')}; chmod 600 closes it`]);
    await expect(runAttest(at('report.json'), { key: at('k.pem'), output: at('report.json') })).rejects.toThrow(
      'report.json',
    );
  });
});

describe('sentinel verify', () => {
  const verify = (name: string, options: Partial<VerifyOptions> = {}): Promise<number> =>
    runVerify(at(name), { key: at('k.pub.pem'), ...options });

  test('says what was verified and what was required', async () => {
    expect(await verify('report.sig', { artifact: [at('a.pkl')] })).toBe(0);
    const key = readPublicKey(at('k.pub.pem')).id;
    expect(out().split('\n')).toEqual([
      `verified: scan of ${RUN.startedAt}, result pass, by Sentinel 1.2.3, catalogue ${CATALOGUE_VERSION}; 1 subject, 1 file compared; key ${key}`,
      'required: every rule, nothing looser than the default policy, a complete pass, the catalogue of this version',
      '',
    ]);
  });

  test('of a part of the rules, with any catalogue, and without a file', async () => {
    expect(await verify('some.sig', { rules: ['PICKLE'], anyCatalogue: true })).toBe(0);
    expect(out()).toContain(
      '1 subject, no file was compared with them (--artifact does); only these rules were applied: PICKLE; key ',
    );
    expect(out()).toContain(
      'required: the rules PICKLE, nothing looser than the default policy, a complete pass, any catalogue\n',
    );
  });

  test.each<[string, Partial<VerifyOptions>, string]>([
    ['report.sig', { key: 'other.pub.pem' }, 'no signature is by the key '],
    ['some.sig', {}, 'only the rules PICKLE were applied'],
    ['old.sig', {}, 'it is stale: made with catalogue old'],
    ['report.sig', { artifact: ['b.pkl'] }, 'is none of its 1 subject'],
    ['report.sig', { type: 'closure' }, 'it is about a scan, not about a closure'],
    ['report.json', {}, 'the payload type is missing'],
    ['a.pkl', {}, 'it is no JSON'],
  ])('%s with %j is refused', async (name, options, message) => {
    const files = options.artifact?.map(at);
    const key = at(options.key ?? 'k.pub.pem');
    expect(await verify(name, { ...options, key, ...(files === undefined ? {} : { artifact: files }) })).toBe(1);
    expect(out()).toMatch(/^refused: /);
    expect(out()).toContain(message);
  });

  test('another catalogue, where any is taken', async () => {
    expect(await verify('old.sig', { anyCatalogue: true })).toBe(0);
  });

  test('a file of the same name is another file', async () => {
    const other = folderOfTest('sentinel-attest-');
    writeFileSync(join(other, 'a.pkl'), 'three');
    expect(await verify('report.sig', { artifact: [join(other, 'a.pkl')] })).toBe(1);
    expect(out()).toMatch(
      /a\.pkl is another file: its SHA-256 is [0-9a-f]{64}, that of in\/a\.pkl was [0-9a-f]{64}\n$/,
    );
  });

  const MODEL = fileURLToPath(new URL('../../../../fixtures/model-signing', import.meta.url));
  test.each<[string, Partial<VerifyOptions>, string]>([
    ['report.sig', { certificateChain: ['x'] }, '--certificate-chain means nothing for a statement of sentinel attest'],
    ['report.sig', { ignoreUnsignedFiles: true }, '--ignore-unsigned-files means nothing for a statement'],
    ['report.sig', { policy: 'p.yml', anyPolicy: true }, '--policy and --any-policy exclude each other'],
    ['report.sig', { artifact: ['gone'] }, 'gone'],
    ['gone.sig', {}, 'cannot read the envelope'],
    [join(MODEL, 'key-p256.sig'), { maxAge: 3 }, '--max-age means nothing for a model signature'],
    [
      join(MODEL, 'key-blake3.sig'),
      { key: join(MODEL, 'p256.pub.pem'), artifact: [join(MODEL, 'model')] },
      'key-blake3.sig: ',
    ],
  ])('%s with %j is no command', async (name, options, message) => {
    const file = name.startsWith('/') ? name : at(name);
    await expect(runVerify(file, { key: at('k.pub.pem'), ...options })).rejects.toThrow(UsageError);
    await expect(runVerify(file, { key: at('k.pub.pem'), ...options })).rejects.toThrow(message);
  });

  test('a key is needed', async () => {
    await expect(runVerify(at('report.sig'), {})).rejects.toThrow('--key FILE is needed: the public key of the signer');
  });

  test('a model signature', async () => {
    const options = { key: join(MODEL, 'p256.pub.pem'), artifact: [join(MODEL, 'model')] };
    expect(await runVerify(join(MODEL, 'key-p256.sig'), options)).toBe(0);
    expect(out()).toMatch(/^verified: model signature of model/);
  });
});
