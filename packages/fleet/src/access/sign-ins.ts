import type { Queries } from '../database/pool.js';
import { SIGN_IN_MINUTES } from '../limits.js';
import { hashOf, isSecret, newSecret } from './secret.js';

/** What a sign-in was begun with, and what its end is checked against. */
export interface SignIn {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636). */
  readonly verifier: string;
}

/** Keeps it, and gives the secret of its cookie. */
export async function keepSignIn(db: Queries, { state, nonce, verifier }: SignIn): Promise<string> {
  const secret = newSecret('snc');
  await db.query('DELETE FROM sign_ins WHERE expires_at < now()');
  await db.query(
    `INSERT INTO sign_ins (hash, state, nonce, verifier, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
    [hashOf(secret), state, nonce, verifier, SIGN_IN_MINUTES],
  );
  return secret;
}

/** Once: a second call gives null. */
export async function takeSignIn(db: Queries, secret: string): Promise<SignIn | null> {
  if (!isSecret(secret, 'snc')) return null;
  const { rows } = await db.query<SignIn & { is_fresh: boolean }>(
    'DELETE FROM sign_ins WHERE hash = $1 RETURNING state, nonce, verifier, expires_at > now() AS is_fresh',
    [hashOf(secret)],
  );
  const [row] = rows;
  return row?.is_fresh === true ? row : null;
}
