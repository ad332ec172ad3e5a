import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeBase64, openEnvelope, preAuthEncoding, Refusal, signEnvelope } from './dsse.js';

const pair = (id: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { own: { key: privateKey, id }, open: { key: publicKey, id } };
};
const { own, open } = pair('k1');
const other = pair('k2');
const PAYLOAD = Buffer.from('some payload');
const signed = signEnvelope('type/a', PAYLOAD, own);
const opened = (envelope: unknown, type = 'type/a') => openEnvelope(envelope, type, open);

test('what is signed is the type and the payload, each with its length', () => {
  expect(preAuthEncoding('tÿpe', Buffer.from('ab')).toString()).toBe('DSSEv1 5 tÿpe 2 ab');
});

describe('an envelope', () => {
  test('gives its payload to who has the key', () => {
    expect(opened(signed)).toEqual(PAYLOAD);
    const both = {
      ...signed,
      signatures: [...signEnvelope('type/a', PAYLOAD, other.own).signatures, ...signed.signatures],
    };
    expect(opened(both)).toEqual(PAYLOAD);
    expect(signed.signatures).toHaveLength(1);
  });

  const changed = { ...signed, payload: Buffer.from('some other').toString('base64') };
  const [signature] = signed.signatures;
  test.each<[string, unknown, string]>([
    ['no object', null, 'it is no DSSE envelope'],
    ['a list', [], 'it is no DSSE envelope'],
    ['a text', 'x', 'it is no DSSE envelope'],
    ['another type', { ...signed, payloadType: 'type/b' }, 'the payload type is "type/b", not type/a'],
    ['no type', { ...signed, payloadType: undefined }, 'the payload type is missing, not type/a'],
    ['no payload', { ...signed, payload: 3 }, 'the envelope has no payload'],
    [
      'a payload that is no base64',
      { ...signed, payload: 'a b' },
      'the payload of the envelope is no canonical base64',
    ],
    ['no list of signatures', { ...signed, signatures: {} }, 'the envelope has no signature'],
    ['no signature', { ...signed, signatures: [] }, 'the envelope has no signature'],
    ['a signature that is none', { ...signed, signatures: [null] }, 'it is no DSSE envelope'],
    ['a signature of another key', signEnvelope('type/a', PAYLOAD, other.own), 'no signature is by the key k1'],
    ['no bytes of a signature', { ...signed, signatures: [{ keyid: 'k1' }] }, 'the envelope has no signature'],
    ['another payload', changed, 'the signature does not fit the payload: one of them was changed'],
    ['too many signatures', { ...signed, signatures: Array.from({ length: 1000 }, () => signature) }, 'more than '],
  ])('with %s is refused', (_, envelope, message) => {
    expect(() => opened(envelope)).toThrow(Refusal);
    expect(() => opened(envelope)).toThrow(message);
  });

  test('of another type is signed otherwise', () => {
    expect(() => opened({ ...signEnvelope('type/b', PAYLOAD, own), payloadType: 'type/a' })).toThrow(
      'the signature does not fit',
    );
  });
});

test('base64 is canonical', () => {
  expect(decodeBase64('YWI=', 'x').toString()).toBe('ab');
  expect(decodeBase64('', 'x')).toHaveLength(0);
  for (const text of ['YWI', 'YWJ=', 'YW I=', 'YWI=\n', 'YW-_'])
    expect(() => decodeBase64(text, 'x')).toThrow('the x of the envelope is no canonical base64');
  expect(() => decodeBase64(undefined, 'x')).toThrow('the envelope has no x');
});
