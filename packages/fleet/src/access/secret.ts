import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random bytes of a secret: no guess finds one, so that a plain hash is enough to keep it. */
const SECRET_BYTES = 32;

/** What secrets begin with, so that scanners of repositories and people recognise them. */
export type SecretKind = 'snt' | 'sns' | 'snw' | 'snc';

/** `snt_` and 43 letters: tokens (snt), sessions (sns), webhooks (snw), sign-ins (snc). */
export function newSecret(kind: SecretKind): string {
  return `${kind}_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

const SECRET = /^sn[tswc]_[\w-]{43}$/;

/** Whether a text could be a secret of this kind at all. */
export function isSecret(text: string, kind: SecretKind): boolean {
  return text.length === 47 && text.startsWith(`${kind}_`) && SECRET.test(text);
}

/** SHA-256, as it is stored. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in a time that depends on neither text (CWE-208): digests of both are compared, which are of one length. */
export function isSame(a: string | Uint8Array, b: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
