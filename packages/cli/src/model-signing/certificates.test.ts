import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../attest/dsse.js';
import { MOST_CERTIFICATES, MOST_TRUSTED } from '../limits.js';
import { readModelBundle } from './bundle.js';
import { checkChain, readTrusted } from './certificates.js';

/** By fixtures/model-signing/generate.py. */
const FIXTURES = fileURLToPath(new URL('../../../../fixtures/model-signing', import.meta.url));
const fixture = (name: string): string => join(FIXTURES, name);
const ROOT = fixture('root.crt.pem');
const NOW = new Date('2026-06-01');
const folder = mkdtempSync(join(tmpdir(), 'sentinel-certificates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function chainOf(name: string): readonly Buffer[] {
  const { chain } = readModelBundle(JSON.parse(readFileSync(fixture(`certificate-${name}.sig`), 'utf8')));
  if (chain === null) throw new Error('signed with a key');
  return chain;
}

/** Whose certificate it is, or why it is refused. */
function answer(chain: readonly Buffer[], files: readonly string[] = [ROOT], now = NOW): string {
  try {
    return checkChain(chain, readTrusted(files), now).subject;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('a chain', () => {
  test.each([
    ['signer', 'CN=signer'],
    ['code-signer', 'CN=code-signer'],
    ['expired', 'the certificate CN=expired is expired: its last day was Jan  1 00:00:00 2021 GMT'],
    ['no-use', 'the certificate CN=no-use may not be used to sign'],
    ['too-deep', 'the certificate CN=middle allows 0 certificates between it and the signer, not 1'],
    ['by-no-ca', /has issued the certificate CN=by-no-ca$/],
    ['by-limits', 'the certificate CN=limits has a critical extension that is not understood (2.5.29.30)'],
  ])('of %s', (name, expected) => {
    expect(answer(chainOf(name))).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  const [signer, ...others] = chainOf('signer');
  if (signer === undefined) throw new Error('no certificate');

  test('needs what lies between the signer and what is trusted, in any order', () => {
    expect(answer([signer, ...others.toReversed()])).toBe('CN=signer');
    expect(answer([signer])).toBe('nothing that --certificate-chain names has issued the certificate CN=signer');
    expect(answer([])).toBe('its chain has no certificate');
  });

  test('ends at the first certificate that is trusted, the signer itself included', () => {
    const pem = (der: Buffer): string =>
      `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;
    expect(answer([signer], [file('signer.pem', pem(signer))])).toBe('CN=signer');
    const [issuer] = others;
    if (issuer === undefined) throw new Error('no issuer');
    expect(answer([signer], [file('issuer.pem', `text\n${pem(issuer)}`)])).toBe('CN=signer');
  });

  test('is not made by its own root', () => {
    expect(answer(chainOf('signer'), [fixture('other-root.crt.pem')])).toMatch(
      /^nothing that --certificate-chain names/,
    );
    expect(answer(chainOf('signer'), [fixture('other-root.crt.pem'), ROOT])).toBe('CN=signer');
  });

  test('counts within the days of its certificates', () => {
    expect(answer([signer, ...others], [ROOT], new Date('1990-01-01'))).toMatch(
      /^the certificate CN=signer is not yet valid: it is from /,
    );
    expect(answer([signer, ...others], [ROOT], new Date('2990-01-01'))).toMatch(
      /^the certificate CN=signer is expired: /,
    );
  });

  test('has a length', () => {
    const most = Array.from({ length: MOST_CERTIFICATES - others.length - 1 }, () => signer);
    expect(answer([signer, ...most, ...others])).toBe('CN=signer');
    expect(answer([signer, signer, ...most, ...others])).toBe(
      `its chain has more than ${MOST_CERTIFICATES} certificates`,
    );
  });

  /** The bytes `from` written over by others of the same length, wherever they stand. */
  const changed = (from: readonly number[], to: readonly number[]): Buffer => {
    const der = Buffer.from(signer);
    let count = 0;
    for (let at = der.indexOf(Buffer.from(from)); at >= 0; at = der.indexOf(Buffer.from(from), at + 1)) {
      der.set(to, at);
      count += 1;
    }
    if (count === 0) throw new Error('nothing changed');
    return der;
  };

  test('signed by an algorithm that does not count', () => {
    // ecdsa-with-SHA256, and with SHA-224.
    const ecdsa = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];
    expect(answer([changed([...ecdsa, 2], [...ecdsa, 1]), ...others])).toBe(
      'the certificate CN=signer is signed by an algorithm that does not count (1.2.840.10045.4.3.1)',
    );
  });

  test('with an extension that cannot be read', () => {
    // The key usage: a BIT STRING, and an OCTET STRING.
    const usage = [0x55, 0x1d, 0x0f];
    const at = signer.indexOf(Buffer.from(usage));
    const bits = signer.indexOf(Buffer.of(0x03, 0x02), at);
    const der = Buffer.from(signer);
    der[bits] = 0x04;
    expect(answer([der, ...others])).toMatch(/^a certificate of its chain cannot be read: /);
  });

  test('of bytes that are no certificate', () => {
    expect(answer([signer, Buffer.from('x')])).toBe('certificate 2 of its chain is no certificate that can be read');
  });
});

describe('what is trusted', () => {
  const pem = readFileSync(ROOT, 'utf8');
  test.each<[string, string, string]>([
    ['none', 'x', 'certificates as PEM were expected'],
    [
      'a broken one',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      'is no certificate that can be read',
    ],
    ['too many', pem.repeat(MOST_TRUSTED + 1), `more than ${MOST_TRUSTED} certificates`],
  ])('%s', (name, text, message) => {
    expect(() => readTrusted([file(`${name}.pem`, text)])).toThrow(message);
  });

  test('as many as there may be, in several files', () => {
    expect(readTrusted([file('most.pem', pem.repeat(MOST_TRUSTED)), ROOT])).toHaveLength(MOST_TRUSTED + 1);
  });
});
