import { sign, verify, type KeyObject } from 'node:crypto';
import type { PrivateKey, PublicKey } from './keys.js';
import { MOST_SIGNATURES } from '../limits.js';

/** DSSE envelope, https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** What is signed: type and payload, each with its length (DSSE v1, "Pre-Authentication Encoding"). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

export function signEnvelope(payloadType: string, payload: Uint8Array, key: PrivateKey): Envelope {
  const sig = sign(null, preAuthEncoding(payloadType, payload), key.key);
  return {
    payload: Buffer.from(payload).toString('base64'),
    payloadType,
    signatures: [{ keyid: key.id, sig: sig.toString('base64') }],
  };
}

/** Why an envelope is refused. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What is well known and not checked here: nothing is said of it, for or against. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** Base64 in its one canonical form: no bit of the text is left that says nothing. */
export function decodeBase64(text: unknown, what: string): Buffer {
  if (typeof text !== 'string') throw new Refusal(`the envelope has no ${what}`);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new Refusal(`the ${what} of the envelope is no canonical base64`);
  return bytes;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('it is no DSSE envelope');
  return value as Readonly<Record<string, unknown>>;
}

/** The payload of an envelope of this type that this key has signed. Nothing in it is read before. */
export function openEnvelope(envelope: unknown, payloadType: string, key: PublicKey): Buffer {
  const { payload, payloadType: type, signatures } = fields(envelope);
  if (type !== payloadType)
    throw new Refusal(`the payload type is ${JSON.stringify(type) ?? 'missing'}, not ${payloadType}`);
  const bytes = decodeBase64(payload, 'payload');
  if (!Array.isArray(signatures) || signatures.length === 0) throw new Refusal('the envelope has no signature');
  if (signatures.length > MOST_SIGNATURES) throw new Refusal(`more than ${MOST_SIGNATURES} signatures`);
  const own = signatures.map(fields).filter((signature) => signature['keyid'] === key.id);
  if (own.length === 0) throw new Refusal(`no signature is by the key ${key.id}`);
  if (!own.some((signature) => isSignedBy(signature['sig'], preAuthEncoding(payloadType, bytes), key.key)))
    throw new Refusal('the signature does not fit the payload: one of them was changed');
  return bytes;
}

function isSignedBy(sig: unknown, message: Uint8Array, key: KeyObject): boolean {
  return verify(null, message, key, decodeBase64(sig, 'signature'));
}
