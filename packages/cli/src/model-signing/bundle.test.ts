import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { preAuthEncoding, Refusal, Unsupported } from '../attest/dsse.js';
import { checkSignature, curveOf, fingerprintOf, isModelBundle, readModelBundle } from './bundle.js';

const TYPE = 'application/vnd.in-toto+json';
const MEDIA = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const envelope = { payloadType: TYPE, payload: Buffer.from('{}').toString('base64'), signatures: [{ sig: 'YWI=' }] };
const bundle = (more: object = {}, inEnvelope: object = {}) => ({
  mediaType: MEDIA,
  verificationMaterial: { publicKey: { hint: 'abc' } },
  dsseEnvelope: { ...envelope, ...inEnvelope },
  ...more,
});
const material = (verificationMaterial: object) => bundle({ verificationMaterial });

test('a bundle claims to be one', () => {
  for (const key of ['mediaType', 'verificationMaterial', 'dsseEnvelope'])
    expect(isModelBundle({ [key]: null })).toBe(true);
  for (const value of [null, 'x', {}, { payload: 1 }]) expect(isModelBundle(value)).toBe(false);
});

describe('the parts of a bundle', () => {
  test('by a key', () => {
    expect(readModelBundle(bundle())).toEqual({
      chain: null,
      hint: 'abc',
      payload: Buffer.from('{}'),
      signature: Buffer.from('ab'),
    });
    for (const hint of [undefined, '', 3]) expect(readModelBundle(material({ publicKey: { hint } })).hint).toBeNull();
  });

  test('by certificates', () => {
    const x509CertificateChain = { certificates: [{ rawBytes: 'YWI=' }, { rawBytes: 'Y2Q=' }] };
    expect(readModelBundle(material({ x509CertificateChain }))).toMatchObject({
      chain: [Buffer.from('ab'), Buffer.from('cd')],
      hint: null,
    });
  });

  test.each<[string, unknown, string]>([
    ['nothing', null, 'the bundle has no fields'],
    ['a list', [], 'the bundle has no fields'],
    ['another media type', bundle({ mediaType: 'x' }), `the media type is "x", not ${MEDIA}`],
    ['no media type', bundle({ mediaType: undefined }), 'the media type is missing'],
    ['no material', bundle({ verificationMaterial: null }), 'the bundle has no verification material'],
    ['no signer', material({}), 'the bundle has to name its signer exactly once'],
    [
      'two signers',
      material({ publicKey: {}, x509CertificateChain: {} }),
      'the bundle has to name its signer exactly once',
    ],
    ['no certificates', material({ x509CertificateChain: { certificates: [] } }), 'its chain has no certificate'],
    [
      'no list of certificates',
      material({ x509CertificateChain: { certificates: {} } }),
      'its chain has no certificate',
    ],
    [
      'a certificate that is none',
      material({ x509CertificateChain: { certificates: [3] } }),
      'the bundle has no certificate',
    ],
    ['no envelope', bundle({ dsseEnvelope: 1 }), 'the bundle has no DSSE envelope'],
    ['another payload', bundle({}, { payloadType: 'x' }), `the payload type is "x", not ${TYPE}`],
    ['no payload type', bundle({}, { payloadType: undefined }), 'the payload type is missing'],
    ['no signature', bundle({}, { signatures: [] }), 'the bundle has to have one signature'],
    ['two signatures', bundle({}, { signatures: [{}, {}] }), 'the bundle has to have one signature'],
    ['a signature that is none', bundle({}, { signatures: [null] }), 'the bundle has no signature'],
  ])('are refused with %s', (_, value, message) => {
    expect(() => readModelBundle(value)).toThrow(Refusal);
    expect(() => readModelBundle(value)).toThrow(message);
  });

  test('by a service are not checked', () => {
    expect(() => readModelBundle(material({ certificate: {} }))).toThrow(Unsupported);
  });
});

describe('a signature', () => {
  const curves = [
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
  ] as const;
  const payload = Buffer.from('{"a":1}');
  const of = (curve: string, digest: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve });
    const signature = sign(digest, preAuthEncoding(TYPE, payload), privateKey);
    return { publicKey, signature };
  };
  const check = (signature: Buffer, key: Parameters<typeof checkSignature>[1], hint: string | null = null) =>
    checkSignature({ chain: null, hint, payload, signature }, key);

  test.each(curves)('on %s is of %s', (curve, digest) => {
    const { publicKey, signature } = of(curve, digest);
    expect(curveOf(publicKey)).toBe(curve);
    expect(() => check(signature, publicKey)).not.toThrow();
    const weak = of(curve, digest === 'sha256' ? 'sha384' : 'sha256');
    expect(() => check(weak.signature, weak.publicKey)).toThrow('the signature does not fit the payload');
  });

  test('by another key says so where the bundle tells', () => {
    const { publicKey } = of('P-256', 'sha256');
    const { signature } = of('P-256', 'sha256');
    const own = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'pem' }))
      .digest('hex');
    expect(fingerprintOf(publicKey)).toBe(own);
    expect(() => check(signature, publicKey, 'xyz')).toThrow(`another key has signed it: xyz, not ${own}`);
    expect(() => check(signature, publicKey, own)).toThrow('the signature does not fit the payload');
    expect(() => check(signature, publicKey)).toThrow('the signature does not fit the payload');
  });

  test('on another curve is refused', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(curveOf(publicKey)).toBeNull();
    expect(() => check(Buffer.alloc(64), publicKey)).toThrow('on none of the curves');
    expect(curveOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)).toBeNull();
  });
});
