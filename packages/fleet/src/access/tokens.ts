import { randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool, type Queries, type Transaction } from '../database/pool.js';
import { MAX_TOKENS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import type { Actor } from '../model/ports.js';
import type { ApiToken } from '../model/api-shapes.js';
import type { Role } from '../model/roles.js';
import type { Caller } from './caller.js';
import { hashOf, isSecret, newSecret } from './secret.js';

interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly created_by: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_on: string | null;
  readonly revoked_at: Date | null;
}

const COLUMNS = 'id, name, role, created_by, created_at, expires_at, last_used_on, revoked_at';

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  /** Null: until it is revoked. */
  readonly days: number | null;
}

/** Of a secret as somebody sent it; null where it is unknown, revoked or has run out: the answer does not say which. */
export async function callerOfToken(db: Queries, secret: string): Promise<Caller | null> {
  if (!isSecret(secret, 'snt')) return null;
  const { rows } = await db.query<{
    id: string;
    name: string;
    role: Role;
    expires_at: Date | null;
    is_new_day: boolean;
  }>({
    name: 'token',
    text: `SELECT id, name, role, expires_at, last_used_on IS DISTINCT FROM current_date AS is_new_day
           FROM tokens WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    values: [hashOf(secret)],
  });
  const [row] = rows;
  if (row === undefined) return null;
  // Once a day, so that look-ups write nothing.
  if (row.is_new_day)
    await db.query(
      'UPDATE tokens SET last_used_on = current_date WHERE id = $1 AND last_used_on IS DISTINCT FROM current_date',
      [row.id],
    );
  return { name: row.name, role: row.role, via: 'token', key: row.id, csrf: null, expiresAt: row.expires_at };
}

/** The token and its secret, which is nowhere else. */
export async function createToken(
  pool: Pool,
  wanted: NewToken,
  by: Actor,
): Promise<{ readonly token: ApiToken; readonly secret: string }> {
  const secret = newSecret('snt');
  return { token: await inTransaction(pool, (transaction) => insertToken(transaction, wanted, secret, by)), secret };
}

async function insertToken(
  transaction: Transaction,
  { name, role, days }: NewToken,
  secret: string,
  by: Actor,
): Promise<ApiToken> {
  const { rows } = await transaction.query<TokenRow>(
    `INSERT INTO tokens (id, name, hash, role, created_by, expires_at)
     SELECT $1, $2, $3, $4, $5, now() + make_interval(days => $6)
     WHERE (SELECT count(*) FROM tokens WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) < $7
     RETURNING ${COLUMNS}`,
    [randomUUID(), name, hashOf(secret), role, by.name, days, MAX_TOKENS],
  );
  const [row] = rows;
  if (row === undefined) throw new RefusedError(409, 'too-many', `there are ${MAX_TOKENS} tokens already: revoke some`);
  const detail = { name, role, days };
  await appendAudit(transaction, [{ actor: by.name, action: 'token.created', subject: `token:${row.id}`, detail }]);
  return tokenOf(row);
}

export async function listTokens(db: Queries): Promise<ApiToken[]> {
  const { rows } = await db.query<TokenRow>(
    `SELECT ${COLUMNS} FROM tokens ORDER BY revoked_at IS NOT NULL, created_at DESC LIMIT $1`,
    [MAX_TOKENS],
  );
  return rows.map(tokenOf);
}

/** Sessions that were begun with it end as well. */
export async function revokeToken(pool: Pool, id: string, by: Actor): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    const { rowCount } = await transaction.query(
      'UPDATE tokens SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
      [id],
    );
    if (rowCount === 0) throw new RefusedError(404, 'not-found', 'there is no such token that is not revoked');
    await transaction.query('DELETE FROM sessions WHERE token = $1', [id]);
    await appendAudit(transaction, [{ actor: by.name, action: 'token.revoked', subject: `token:${id}` }]);
  });
}

const FIRST_LOCK = 7_364_010;

/**
 * A token of an administrator where there is none yet: `given`, or a new one, which is returned to be shown once. Null where
 * there is one already. `given` may stand in an environment variable at every start: it is taken once.
 */
export async function firstAdministrator(pool: Pool, given: string | null): Promise<string | null> {
  if (given !== null && !isSecret(given, 'snt'))
    throw new RefusedError(
      400,
      'bad-token',
      'a first token is snt_ and 43 characters of Base64 for URLs: 32 random bytes',
    );
  return inTransaction(pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [FIRST_LOCK]);
    const { rows } = await transaction.query<{ any: boolean }>(
      `SELECT EXISTS (SELECT FROM tokens WHERE role = 'admin') AS any`,
    );
    if (rows[0]?.any === true) return null;
    const secret = given ?? newSecret('snt');
    await insertToken(transaction, { name: 'first administrator', role: 'admin', days: null }, secret, {
      name: 'start',
    });
    return secret;
  });
}

function tokenOf(row: TokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedOn: row.last_used_on,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
