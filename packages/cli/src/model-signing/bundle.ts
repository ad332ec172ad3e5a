import { createHash, verify, type KeyObject } from 'node:crypto';
import { decodeBase64, preAuthEncoding, Refusal, Unsupported } from '../attest/dsse.js';
import { PAYLOAD_TYPE } from '../attest/statement.js';

/**
 * A bundle of OpenSSF Model Signing (https://github.com/ossf/model-signing-spec): a Sigstore bundle with a DSSE envelope,
 * whose payload is an in-toto statement. Of the three methods `key` and `certificate` are checked here; `sigstore` needs
 * the keys and logs of a service.
 */

const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';

export interface ModelBundle {
  /** DER of the signer's certificate and its issuers; null where the method is a key. */
  readonly chain: readonly Buffer[] | null;
  /** Fingerprint of the signer's key; null where the bundle does not tell, as older ones do. */
  readonly hint: string | null;
  readonly payload: Buffer;
  readonly signature: Buffer;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal(`the bundle has no ${what}`);
  return value as Fields;
}

/** True for JSON that claims to be a Sigstore bundle, also if it is invalid. */
export function isModelBundle(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Object.hasOwn(value, 'mediaType') ||
      Object.hasOwn(value, 'verificationMaterial') ||
      Object.hasOwn(value, 'dsseEnvelope'))
  );
}

function chainOf(material: Fields): Buffer[] {
  const { certificates } = fieldsOf(material['x509CertificateChain'], 'certificate chain');
  if (!Array.isArray(certificates) || certificates.length === 0) throw new Refusal('its chain has no certificate');
  return certificates.map((item: unknown) => decodeBase64(fieldsOf(item, 'certificate')['rawBytes'], 'certificate'));
}

function hintOf(material: Fields): string | null {
  const { hint } = fieldsOf(material['publicKey'], 'public key');
  return typeof hint === 'string' && hint !== '' ? hint : null;
}

/** The parts of a bundle. Nothing of it is believed yet. */
export function readModelBundle(value: unknown): ModelBundle {
  const root = fieldsOf(value, 'fields');
  if (root['mediaType'] !== MEDIA_TYPE)
    throw new Refusal(`the media type is ${JSON.stringify(root['mediaType']) ?? 'missing'}, not ${MEDIA_TYPE}`);
  const material = fieldsOf(root['verificationMaterial'], 'verification material');
  const methods = ['publicKey', 'x509CertificateChain', 'certificate'].filter((name) => Object.hasOwn(material, name));
  if (methods.length !== 1) throw new Refusal('the bundle has to name its signer exactly once');
  if (methods[0] === 'certificate')
    throw new Unsupported(
      'the bundle is signed by the sigstore method (a keyless certificate, a transparency log), which needs the keys of that service and is not checked here; verify it with: model_signing verify sigstore',
    );
  const envelope = fieldsOf(root['dsseEnvelope'], 'DSSE envelope');
  if (envelope['payloadType'] !== PAYLOAD_TYPE)
    throw new Refusal(
      `the payload type is ${JSON.stringify(envelope['payloadType']) ?? 'missing'}, not ${PAYLOAD_TYPE}`,
    );
  const { signatures } = envelope;
  if (!Array.isArray(signatures) || signatures.length !== 1) throw new Refusal('the bundle has to have one signature');
  return {
    chain: methods[0] === 'x509CertificateChain' ? chainOf(material) : null,
    hint: methods[0] === 'publicKey' ? hintOf(material) : null,
    payload: decodeBase64(envelope['payload'], 'payload'),
    signature: decodeBase64(fieldsOf(signatures[0], 'signature')['sig'], 'signature'),
  };
}

/** The digest goes with the curve, and neither with what the bundle says: it cannot choose a weaker one. */
const DIGESTS: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' };
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

/** What a key is, or null for one that OMS does not have. */
export function curveOf(key: KeyObject): string | null {
  const curve = key.asymmetricKeyType === 'ec' ? key.asymmetricKeyDetails?.namedCurve : undefined;
  return curve === undefined ? null : (CURVES[curve] ?? null);
}

/** Hex SHA-256 of the public key as PEM: what bundles call a key by. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex');
}

/** Refuses a bundle that this key has not signed. */
export function checkSignature({ payload, signature, hint }: ModelBundle, key: KeyObject): void {
  const digest = DIGESTS[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (digest === undefined) throw new Refusal('its signer’s key is on none of the curves P-256, P-384 and P-521');
  if (verify(digest, preAuthEncoding(PAYLOAD_TYPE, payload), { key, dsaEncoding: 'der' }, signature)) return;
  const own = fingerprintOf(key);
  throw new Refusal(
    hint !== null && hint !== own
      ? `another key has signed it: ${hint}, not ${own}`
      : 'the signature does not fit the payload: one of them was changed, or another key has signed it',
  );
}
