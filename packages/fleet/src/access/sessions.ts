import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool, type Queries } from '../database/pool.js';
import { SESSION_HOURS } from '../limits.js';
import type { Role } from '../model/roles.js';
import type { Caller } from './caller.js';
import { hashOf, isSecret, newSecret } from './secret.js';

export interface NewSession {
  /** Of the provider, or of the token. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  /** The token that began it, or null. */
  readonly token: string | null;
  /** What the token allows, where it runs out before a session does. */
  readonly until: Date | null;
}

/**
 * Begins a session under a secret that nobody has seen before, and ends the one that the browser had: a session that was
 * planted in a browser never becomes one of the person who signs in (CWE-384).
 */
export async function beginSession(pool: Pool, wanted: NewSession, before: string | null): Promise<string> {
  const secret = newSecret('sns');
  await inTransaction(pool, async (transaction) => {
    await transaction.query('DELETE FROM sessions WHERE hash = $1 OR expires_at < now()', [hashOf(before ?? '')]);
    await transaction.query(
      `INSERT INTO sessions (hash, subject, name, role, csrf, token, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, least(now() + make_interval(hours => $7), $8))`,
      [
        hashOf(secret),
        wanted.subject,
        wanted.name,
        wanted.role,
        hashOf(newSecret('snc')),
        wanted.token,
        SESSION_HOURS,
        wanted.until,
      ],
    );
    const detail = { role: wanted.role, by: wanted.token === null ? 'oidc' : `token:${wanted.token}` };
    await appendAudit(transaction, [
      { actor: wanted.name, action: 'session.begun', subject: `subject:${wanted.subject}`, detail },
    ]);
  });
  return secret;
}

/** Null where there is none, or it has run out. */
export async function callerOfSession(db: Queries, secret: string): Promise<Caller | null> {
  if (!isSecret(secret, 'sns')) return null;
  const hash = hashOf(secret);
  const { rows } = await db.query<{ name: string; role: Role; csrf: Buffer; expires_at: Date }>(
    // A token may be revoked between the look at it and the beginning of its session.
    `SELECT name, role, csrf, expires_at FROM sessions AS s WHERE hash = $1 AND expires_at > now()
     AND NOT EXISTS (SELECT FROM tokens t WHERE t.id = s.token AND t.revoked_at IS NOT NULL)`,
    [hash],
  );
  const [row] = rows;
  if (row === undefined) return null;
  return {
    name: row.name,
    role: row.role,
    via: 'session',
    key: hash.toString('hex').slice(0, 32),
    csrf: row.csrf.toString('base64url'),
    expiresAt: row.expires_at,
  };
}

export async function endSession(db: Queries, secret: string): Promise<void> {
  await db.query('DELETE FROM sessions WHERE hash = $1', [hashOf(secret)]);
}
