import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { preAuthEncoding } from '../src/attest/dsse.js';
import { PAYLOAD_TYPE } from '../src/attest/statement.js';
import { Cli, type Run } from './kit.js';

// Bundles by the reference implementation (fixtures/model-signing/generate.py), and bundles by hand that are signed
// correctly and say what no signer would.
const cli = new Cli();
const FIXTURES = fileURLToPath(new URL('../../../fixtures/model-signing', import.meta.url));
const fixture = (name: string): string => join(FIXTURES, name);
const KEY = ['--key', fixture('p256.pub.pem')];
const ROOT = ['--certificate-chain', fixture('root.crt.pem')];

/** A copy of the signed model, changed. */
function model(change: (folder: string) => void = () => {}): string {
  const folder = cli.folder({});
  cpSync(fixture('model'), join(folder, 'model'), { recursive: true });
  change(join(folder, 'model'));
  return folder;
}

function check(folder: string, bundle: string, ...args: string[]): Run {
  return cli.run(folder, ['verify', bundle, '--artifact', 'model', ...args]);
}

describe('a model signed with a key', () => {
  test.each(['p256', 'p384', 'p521'])('on the curve %s', (curve) => {
    const run = check(model(), fixture(`key-${curve}.sig`), '--key', fixture(`${curve}.pub.pem`));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(
      /^verified: model signature of model, 5 files, 306 B, by the P-\d{3} key [0-9a-f]{64}\nnot covered by it: nothing\n/,
    );
  });

  test.each([
    ['in parts', 'key-shards.sig', 'not covered by it: empty.bin'],
    ['with BLAKE2b', 'key-blake2.sig', 'not covered by it: nothing'],
    ['without some paths', 'key-ignoring.sig', 'not covered by it: sub'],
  ])('hashed %s', (_how, bundle, words) => {
    const run = check(model(), fixture(bundle), ...KEY);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(words);
  });

  test('of one file, whose name the reference implementation leaves out', () => {
    const folder = model();
    const one = (file: string): Run =>
      cli.run(folder, ['verify', fixture('key-single.sig'), ...KEY, '--artifact', file]);
    expect(one('model/weights.bin').code).toBe(0);
    expect(one('model/config.json').stdout).toContain('model/config.json is not the file that was signed');
    const whole = one('model');
    expect(whole.code).toBe(1);
    expect(whole.stdout).toContain('. was signed, and is not there');
  });

  test('the bundle may lie in it, and what git keeps is named', () => {
    const folder = model((copy) => {
      writeFileSync(join(copy, 'model.sig'), readFileSync(fixture('key-p256.sig')));
      mkdirSync(join(copy, '.git'));
      writeFileSync(join(copy, '.git/config'), 'x');
    });
    const run = check(folder, 'model/model.sig', ...KEY);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('not covered by it: .git\n');
  });

  test.each<[string, (copy: string) => void, string]>([
    ['a changed file', (copy) => writeFileSync(join(copy, 'config.json'), '{"layers": 3}\n'), 'config.json is not the'],
    ['a longer file', (copy) => writeFileSync(join(copy, 'empty.bin'), 'x'), 'empty.bin is not the file'],
    ['a missing file', (copy) => unlinkSync(join(copy, 'weights.bin')), 'weights.bin was signed, and is not there'],
    ['a new file', (copy) => writeFileSync(join(copy, 'x.py'), 'x'), 'x.py is there, and was not signed'],
    ['a new file below .git elsewhere', (copy) => mkdirSync(join(copy, 'sub/.git')), ''],
    [
      'a new file in a folder like git’s',
      (copy) => {
        mkdirSync(join(copy, 'sub/.git'));
        writeFileSync(join(copy, 'sub/.git/x'), 'x');
      },
      'sub/.git/x is there, and was not signed',
    ],
    [
      'another name',
      (copy) => renameSync(join(copy, 'weights.bin'), join(copy, 'Weights.bin')),
      'weights.bin was signed, and is not there',
    ],
    [
      'two files exchanged',
      (copy) => {
        renameSync(join(copy, 'weights.bin'), join(copy, 'x'));
        renameSync(join(copy, 'config.json'), join(copy, 'weights.bin'));
        renameSync(join(copy, 'x'), join(copy, 'config.json'));
      },
      'is not the file that was signed',
    ],
    [
      'a file that became a link to itself',
      (copy) => {
        renameSync(join(copy, 'weights.bin'), join(copy, '../weights.bin'));
        symlinkSync('../weights.bin', join(copy, 'weights.bin'));
      },
      'weights.bin is a link, and the signer followed none',
    ],
    ['a pipe', (copy) => execFileSync('mkfifo', [join(copy, 'pipe')]), 'pipe is neither a file nor a folder'],
  ])('%s', (_what, change, words) => {
    const run = check(model(change), fixture('key-p256.sig'), ...KEY);
    if (words === '') expect(run.code).toBe(0);
    else {
      expect(run).toMatchObject({ code: 1, stderr: '' });
      expect(run.stdout).toContain(words);
    }
  });

  test.each(['weights.bin', 'config.json', 'sub/adapter.bin'])('a changed byte or length of %s in parts', (file) => {
    for (const change of [
      (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))),
      (bytes: Buffer) => bytes.subarray(0, -1),
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')]),
    ]) {
      const folder = model((copy) => writeFileSync(join(copy, file), change(readFileSync(join(copy, file)))));
      expect(check(folder, fixture('key-shards.sig'), ...KEY).code).toBe(1);
    }
  });

  test('--ignore-unsigned-files and --ignore-paths take what was added, and say so', () => {
    const folder = model((copy) => writeFileSync(join(copy, 'x.py'), 'x'));
    for (const args of [['--ignore-unsigned-files'], ['--ignore-paths', 'x.py']]) {
      const run = check(folder, fixture('key-p256.sig'), ...KEY, ...args);
      expect(run.code).toBe(0);
      expect(run.stdout).toContain('not covered by it: x.py\n');
    }
    const hidden = check(model(), fixture('key-p256.sig'), ...KEY, '--ignore-paths', 'weights.bin');
    expect(hidden).toMatchObject({ code: 1, stdout: expect.stringContaining('weights.bin was signed') as string });
  });

  test.each<[string, readonly string[], number, string]>([
    ['another key', ['--key', fixture('other.pub.pem')], 1, 'another key has signed it'],
    ['a key on another curve', ['--key', fixture('p384.pub.pem')], 1, 'another key has signed it'],
    ['certificates', ROOT, 1, 'it is signed with a key, not with a certificate'],
    ['nobody', [], 2, 'nothing in a bundle says whom to trust'],
    ['both', [...KEY, ...ROOT], 2, '--key and --certificate-chain exclude each other'],
    ['what is asked of statements', [...KEY, '--max-age', '3'], 2, '--max-age means nothing for a model signature'],
    ['a file that is no key', ['--key', fixture('model/config.json')], 2, 'a key as PEM'],
  ])('against %s', (_what, args, code, words) => {
    const run = check(model(), fixture('key-p256.sig'), ...args);
    expect(run.code).toBe(code);
    expect(run.stdout + run.stderr).toContain(words);
  });

  test('with keys that no model signature has', () => {
    const folder = model();
    for (const pair of [
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    ]) {
      writeFileSync(join(folder, 'key.pem'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
      const run = check(folder, fixture('key-p256.sig'), '--key', 'key.pem');
      expect(run.code).toBe(2);
      expect(run.stderr).toContain('P-256, P-384 or P-521 was expected');
    }
  });

  test('without the model, or with one that is not there', () => {
    const folder = model();
    expect(cli.run(folder, ['verify', fixture('key-p256.sig'), ...KEY])).toMatchObject({ code: 2, stdout: '' });
    expect(cli.run(folder, ['verify', fixture('key-p256.sig'), ...KEY, '--artifact', 'gone'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('gone: no such file or folder') as string,
    });
  });
});

describe('a model signed with a certificate', () => {
  test.each(['signer', 'code-signer'])('%s, whose issuers lead to one that is trusted', (name) => {
    const run = check(model(), fixture(`certificate-${name}.sig`), ...ROOT);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(`by the certificate CN=${name}\n`);
  });

  test.each([
    ['expired', 'CN=expired is expired: its last day was Jan  1 00:00:00 2021 GMT'],
    ['no-use', 'CN=no-use may not be used to sign'],
    ['too-deep', 'CN=middle allows 0 certificates between it and the signer, not 1'],
    ['by-no-ca', 'has issued the certificate CN=by-no-ca'],
    ['by-limits', 'CN=limits has a critical extension that is not understood (2.5.29.30)'],
  ])('%s is refused', (name, words) => {
    const run = check(model(), fixture(`certificate-${name}.sig`), ...ROOT);
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain(words);
  });

  test('by somebody else’s root, and with a key', () => {
    const other = check(
      model(),
      fixture('certificate-signer.sig'),
      '--certificate-chain',
      fixture('other-root.crt.pem'),
    );
    expect(other.code).toBe(1);
    expect(other.stdout).toContain('nothing that --certificate-chain names has issued the certificate');
    const both = [fixture('other-root.crt.pem'), fixture('root.crt.pem')];
    expect(check(model(), fixture('certificate-signer.sig'), '--certificate-chain', ...both).code).toBe(0);
    expect(check(model(), fixture('certificate-signer.sig'), ...KEY).stdout).toContain('not with a key');
    expect(
      check(model(), fixture('certificate-signer.sig'), '--certificate-chain', fixture('p256.pub.pem')),
    ).toMatchObject({ code: 2, stderr: expect.stringContaining('certificates as PEM were expected') as string });
  });

  test('a root that comes in the bundle is trusted by nobody', () => {
    const bundle = read('certificate-signer.sig');
    const chain = bundle.verificationMaterial.x509CertificateChain?.certificates ?? [];
    expect(chain).toHaveLength(3);
    const folder = model();
    writeFileSync(join(folder, 'x.sig'), JSON.stringify(bundle));
    expect(check(folder, 'x.sig', '--certificate-chain', fixture('other-root.crt.pem')).code).toBe(1);
  });

  test('any flipped byte of its chain is refused or changes nothing that was signed', () => {
    const folder = model();
    const bundle = read('certificate-code-signer.sig');
    const [leaf] = bundle.verificationMaterial.x509CertificateChain?.certificates ?? [];
    const der = Buffer.from(leaf?.rawBytes ?? '', 'base64');
    for (let at = 0; at < der.length; at += 37) {
      const changed = Buffer.from(der);
      changed[at] = (changed[at] ?? 0) ^ 1;
      if (leaf !== undefined) leaf.rawBytes = changed.toString('base64');
      writeFileSync(join(folder, 'x.sig'), JSON.stringify(bundle));
      expect(check(folder, 'x.sig', ...ROOT), `byte ${at}`).toMatchObject({ code: 1, stderr: '' });
    }
  });
});

interface Bundle {
  mediaType: string;
  verificationMaterial: {
    publicKey?: unknown;
    certificate?: unknown;
    x509CertificateChain?: { certificates: { rawBytes: string }[] };
  };
  dsseEnvelope: { payload: string; payloadType: string; signatures: { sig: string; keyid?: string | null }[] };
}

function read(name: string): Bundle {
  return JSON.parse(readFileSync(fixture(name), 'utf8')) as Bundle;
}

describe('a bundle that was changed', () => {
  test.each<[string, (bundle: Bundle) => unknown, number, string]>([
    ['another media type', (bundle) => ({ ...bundle, mediaType: 'application/json' }), 1, 'the media type is'],
    ['no envelope', ({ dsseEnvelope: _gone, ...bundle }) => bundle, 1, 'the bundle has no DSSE envelope'],
    ['no material', ({ verificationMaterial: _gone, ...bundle }) => bundle, 1, 'no verification material'],
    [
      'no signature',
      (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: [] } }),
      1,
      'has to have one signature',
    ],
    [
      'two signatures',
      ({ dsseEnvelope, ...bundle }) => ({
        ...bundle,
        dsseEnvelope: { ...dsseEnvelope, signatures: [...dsseEnvelope.signatures, ...dsseEnvelope.signatures] },
      }),
      1,
      'has to have one signature',
    ],
    [
      'another payload type',
      (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payloadType: 'text/plain' } }),
      1,
      'the payload type is "text/plain"',
    ],
    [
      'the payload of another bundle',
      (bundle) => ({
        ...bundle,
        dsseEnvelope: { ...bundle.dsseEnvelope, payload: read('key-ignoring.sig').dsseEnvelope.payload },
      }),
      1,
      'the signature does not fit the payload',
    ],
    [
      'base64 with more than its bytes',
      (bundle) => ({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload: `${bundle.dsseEnvelope.payload} ` } }),
      1,
      'no canonical base64',
    ],
    [
      'a key and a certificate',
      (bundle) => ({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, certificate: {} } }),
      1,
      'has to name its signer exactly once',
    ],
    [
      'the keyless method',
      (bundle) => ({ ...bundle, verificationMaterial: { certificate: { rawBytes: '' }, tlogEntries: [] } }),
      2,
      'the bundle is signed by the sigstore method',
    ],
    ['nothing but braces', () => ({ mediaType: 1 }), 1, 'the media type is 1'],
  ])('%s', (_what, change, code, words) => {
    const folder = model();
    writeFileSync(join(folder, 'x.sig'), JSON.stringify(change(read('key-p256.sig'))));
    const run = check(folder, 'x.sig', ...KEY);
    expect(run.code).toBe(code);
    expect(run.stdout + run.stderr).toContain(words);
  });

  test('a digest that node does not have is no refusal and no pass', () => {
    const run = check(model(), fixture('key-blake3.sig'), ...KEY);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('hashed with "blake3", which is not checked here');
  });
});

interface Resource {
  readonly name: string;
  readonly digest: string;
  readonly algorithm: string;
}

describe('a manifest that is signed and says what no signer would', () => {
  let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  beforeAll(() => {
    pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  });
  const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
  const resource = (name: string, content = 'a'): Resource => ({ name, digest: sha256(content), algorithm: 'sha256' });
  const FILES = { 'model/a': 'a' };

  function statement(resources: readonly Resource[], serialization: Record<string, unknown> = {}): object {
    const root = createHash('sha256');
    for (const { digest } of resources) root.update(Buffer.from(digest, 'hex'));
    return {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'model', digest: { sha256: root.digest('hex') } }],
      predicateType: 'https://model_signing/signature/v1.0',
      predicate: {
        serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ...serialization },
        resources,
      },
    };
  }

  function verify(value: unknown, folder: string, digest = 'sha256', encode = preAuthEncoding): Run {
    const payload = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    const bundle = {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { publicKey: { hint: '' } },
      dsseEnvelope: {
        payload: payload.toString('base64'),
        payloadType: PAYLOAD_TYPE,
        signatures: [{ sig: sign(digest, encode(PAYLOAD_TYPE, payload), pair.privateKey).toString('base64') }],
      },
    };
    writeFileSync(join(folder, 'x.sig'), JSON.stringify(bundle));
    writeFileSync(join(folder, 'key.pem'), pair.publicKey.export({ type: 'spki', format: 'pem' }));
    return check(folder, 'x.sig', '--key', 'key.pem');
  }

  test('as it should be', () => {
    expect(verify(statement([resource('a')]), cli.folder(FILES)).code).toBe(0);
    const colon = statement([resource('a:b:0:1')], { method: 'shards', shard_size: 10 });
    expect(verify(colon, cli.folder({ 'model/a:b': 'a' })).code).toBe(0);
  });

  test.each<[string, () => unknown, string]>([
    ['no files', () => statement([]), 'it signs no file'],
    ['a name that leads out', () => statement([resource('../a')]), 'no path below the model'],
    ['an absolute name', () => statement([resource('/a')]), 'no path below the model'],
    ['a name with a folder too many', () => statement([resource('./a')]), 'no path below the model'],
    ['a name twice', () => statement([resource('a'), resource('a')]), 'a is signed twice'],
    ['another algorithm for one', () => statement([{ ...resource('a'), algorithm: 'blake2b' }]), 'hashed otherwise'],
    ['a digest that is none', () => statement([{ ...resource('a'), digest: 'ab' }]), 'has no sha256 as its digest'],
    [
      'one file as a part',
      () => statement([resource('a:0:9')], { method: 'shards', shard_size: 10 }),
      'a has 1 bytes, and 9',
    ],
    [
      'parts that overlap',
      () => statement([resource('a:0:10'), resource('a:0:1')], { method: 'shards', shard_size: 10 }),
      'leave bytes out, or cover them twice',
    ],
    [
      'parts with a hole',
      () => statement([resource('a:10:11')], { method: 'shards', shard_size: 10 }),
      'leave bytes out, or cover them twice',
    ],
    ['parts without a size', () => statement([resource('a:0:1')], { method: 'shards' }), 'shard_size'],
    ['another method', () => statement([resource('a')], { method: 'merkle' }), 'method: one of files, shards'],
    ['links that may be or not', () => statement([resource('a')], { allow_symlinks: 'false' }), 'allow_symlinks'],
    [
      'another root',
      () => ({ ...statement([resource('a')]), subject: [{ name: 'm', digest: { sha256: sha256('') } }] }),
      'the digest of the model is not that',
    ],
    ['two models', () => ({ ...statement([resource('a')]), subject: [1, 2] }), 'about one model'],
    ['another predicate', () => ({ ...statement([resource('a')]), predicateType: 'x' }), 'the predicate type is "x"'],
    ['another statement', () => ({ ...statement([resource('a')]), _type: 'x' }), '_type'],
    ['no JSON', () => '{', 'the payload is no JSON'],
    ['a list', () => [], 'an object was expected'],
  ])('%s', (_what, value, words) => {
    const run = verify(value(), cli.folder(FILES));
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(run.stdout).toContain(words);
  });

  test('the digest of the signature goes with the curve', () => {
    for (const digest of ['sha1', 'sha384', 'sha512'])
      expect(verify(statement([resource('a')]), cli.folder(FILES), digest).code).toBe(1);
  });

  test('a signature of the bare payload, or of another type with it, is none', () => {
    const bare = (_type: string, payload: Uint8Array): Buffer => Buffer.from(payload);
    expect(verify(statement([resource('a')]), cli.folder(FILES), 'sha256', bare).code).toBe(1);
    const other = (_type: string, payload: Uint8Array): Buffer => preAuthEncoding('text/plain', payload);
    expect(verify(statement([resource('a')]), cli.folder(FILES), 'sha256', other).code).toBe(1);
  });

  test('paths that leave everything out hide no file', () => {
    for (const path of ['', '.', '/', '..', 'b/..', '*'])
      expect(
        verify(statement([resource('a')], { ignore_paths: [path] }), cli.folder({ ...FILES, 'model/b': 'b' })).code,
      ).toBe(1);
  });

  test('a model of one file has the name that was signed', () => {
    const folder = cli.folder({ model: 'a', a: 'a' });
    expect(verify(statement([resource('model')]), folder).code).toBe(0);
    const run = verify(statement([resource('a')]), folder);
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('is called otherwise than') as string });
    expect(verify(statement([resource('model'), resource('a')]), folder).code).toBe(1);
  });

  test('links are followed where the signer did, and lead into no circle', () => {
    const folder = cli.folder({ ...FILES, elsewhere: 'a' });
    symlinkSync('../elsewhere', join(folder, 'model/b'));
    const both = statement([resource('a'), resource('b')], { allow_symlinks: true });
    expect(verify(both, folder).code).toBe(0);
    rmSync(join(folder, 'model/b'));
    symlinkSync('.', join(folder, 'model/b'));
    const circle = verify(both, folder);
    expect(circle.code).toBe(1);
    expect(circle.stdout).toContain('b leads back to a folder that holds it');
    expect(verify(statement([resource('a')]), folder).stdout).toContain('b is a link, and the signer followed none');
  });

  test('a bundle of version 0.2 says what it is', () => {
    const run = verify({ predicateType: 'https://model_signing/Digests/v0.1' }, cli.folder(FILES), 'sha512');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('version 0.2 of model_signing');
  });
});
