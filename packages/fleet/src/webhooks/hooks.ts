import { randomUUID } from 'node:crypto';
import { hashOf, isSecret, newSecret } from '../access/secret.js';
import type { SecretBox } from '../access/secret-box.js';
import { appendAudit } from '../audit/audit.js';
import { inTransaction, type Pool, type Queries } from '../database/pool.js';
import { DELIVERY_DAYS, MAX_WEBHOOKS } from '../limits.js';
import type { EventKind, InboundHook, InboundKind, Webhook } from '../model/api-shapes.js';
import { RefusedError } from '../model/errors.js';
import type { Actor } from '../model/ports.js';

interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly events: EventKind[];
  readonly created_by: string;
  readonly created_at: Date;
  readonly last_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
}

const COLUMNS = 'id, url, events, created_by, created_at, last_at, last_status, last_error';

export async function listWebhooks(db: Queries): Promise<Webhook[]> {
  const { rows } = await db.query<WebhookRow>(
    `SELECT ${COLUMNS} FROM webhooks WHERE removed_at IS NULL ORDER BY created_at DESC LIMIT $1`,
    [MAX_WEBHOOKS],
  );
  return rows.map(webhookOf);
}

/** Where a delivery goes, and what signs it; null where the webhook was removed meanwhile. */
export async function webhookTarget(
  db: Queries,
  secrets: SecretBox,
  id: string,
): Promise<{ readonly url: string; readonly secret: string } | null> {
  const { rows } = await db.query<{ url: string; secret: string }>(
    'SELECT url, secret FROM webhooks WHERE id = $1 AND removed_at IS NULL',
    [id],
  );
  const [row] = rows;
  return row === undefined ? null : { url: row.url, secret: secrets.open(row.secret, `webhook:${id}`) };
}

/** The caller has checked the address. */
export async function createWebhook(
  pool: Pool,
  secrets: SecretBox,
  { url, events }: { readonly url: string; readonly events: readonly EventKind[] },
  by: Actor,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const secret = newSecret('snw');
  const id = randomUUID();
  return inTransaction(pool, async (transaction) => {
    const { rows } = await transaction.query<WebhookRow>(
      `INSERT INTO webhooks (id, url, secret, events, created_by) SELECT $1, $2, $3, $4, $5
       WHERE (SELECT count(*) FROM webhooks WHERE removed_at IS NULL) < $6 RETURNING ${COLUMNS}`,
      [id, url, secrets.seal(secret, `webhook:${id}`), [...new Set(events)], by.name, MAX_WEBHOOKS],
    );
    const [row] = rows;
    if (row === undefined) throw tooMany();
    const detail = { host: new URL(url).host, events };
    await appendAudit(transaction, [
      { actor: by.name, action: 'webhook.created', subject: `webhook:${row.id}`, detail },
    ]);
    return { webhook: webhookOf(row), secret };
  });
}

export async function removeWebhook(pool: Pool, id: string, by: Actor): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    // The secret is of no use any more.
    const { rowCount } = await transaction.query(
      `UPDATE webhooks SET removed_at = now(), secret = '' WHERE id = $1 AND removed_at IS NULL`,
      [id],
    );
    if (rowCount === 0) throw new RefusedError(404, 'not-found', 'there is no such webhook');
    await appendAudit(transaction, [{ actor: by.name, action: 'webhook.removed', subject: `webhook:${id}` }]);
  });
}

export async function noteDelivery(
  db: Queries,
  id: string,
  status: number | null,
  error: string | null,
): Promise<void> {
  await db.query('UPDATE webhooks SET last_at = now(), last_status = $2, last_error = $3 WHERE id = $1', [
    id,
    status,
    error?.slice(0, 500) ?? null,
  ]);
}

interface InboundRow {
  readonly id: string;
  readonly kind: InboundKind;
  readonly created_by: string;
  readonly created_at: Date;
}

export async function listInbound(db: Queries): Promise<InboundHook[]> {
  const { rows } = await db.query<InboundRow>(
    'SELECT id, kind, created_by, created_at FROM inbound_hooks WHERE removed_at IS NULL ORDER BY created_at DESC LIMIT $1',
    [MAX_WEBHOOKS],
  );
  return rows.map(inboundOf);
}

export async function inboundSecret(
  db: Queries,
  secrets: SecretBox,
  id: string,
): Promise<{ readonly kind: InboundKind; readonly secret: string } | null> {
  const { rows } = await db.query<{ kind: InboundKind; secret: string }>(
    'SELECT kind, secret FROM inbound_hooks WHERE id = $1 AND removed_at IS NULL',
    [id],
  );
  const [row] = rows;
  return row === undefined ? null : { kind: row.kind, secret: secrets.open(row.secret, `inbound:${id}`) };
}

export async function createInbound(
  pool: Pool,
  secrets: SecretBox,
  kind: InboundKind,
  by: Actor,
): Promise<{ readonly hook: InboundHook; readonly secret: string }> {
  const secret = newSecret('snw');
  const id = randomUUID();
  return inTransaction(pool, async (transaction) => {
    const { rows } = await transaction.query<InboundRow>(
      `INSERT INTO inbound_hooks (id, kind, secret, created_by) SELECT $1, $2, $3, $4
       WHERE (SELECT count(*) FROM inbound_hooks WHERE removed_at IS NULL) < $5 RETURNING id, kind, created_by, created_at`,
      [id, kind, secrets.seal(secret, `inbound:${id}`), by.name, MAX_WEBHOOKS],
    );
    const [row] = rows;
    if (row === undefined) throw tooMany();
    const detail = { kind };
    await appendAudit(transaction, [
      { actor: by.name, action: 'inbound.created', subject: `inbound:${row.id}`, detail },
    ]);
    return { hook: inboundOf(row), secret };
  });
}

export async function removeInbound(pool: Pool, id: string, by: Actor): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    const { rowCount } = await transaction.query(
      `UPDATE inbound_hooks SET removed_at = now(), secret = '' WHERE id = $1 AND removed_at IS NULL`,
      [id],
    );
    if (rowCount === 0) throw new RefusedError(404, 'not-found', 'there is no such inbound webhook');
    await appendAudit(transaction, [{ actor: by.name, action: 'inbound.removed', subject: `inbound:${id}` }]);
  });
}

/** Whether a delivery comes for the first time; it is remembered for as long as its signature would hold, and longer. */
export async function isFirstDelivery(db: Queries, hook: string, delivery: string): Promise<boolean> {
  await db.query('DELETE FROM inbound_deliveries WHERE at < now() - make_interval(days => $1)', [DELIVERY_DAYS]);
  const { rowCount } = await db.query(
    'INSERT INTO inbound_deliveries (hook, id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [hook, hashOf(delivery)],
  );
  return rowCount === 1;
}

/** A delivery whose work failed may come again. */
export async function forgetDelivery(db: Queries, hook: string, delivery: string): Promise<void> {
  await db.query('DELETE FROM inbound_deliveries WHERE hook = $1 AND id = $2', [hook, hashOf(delivery)]);
}

/**
 * At the start: encrypts what an older version left as it is, and reads all others. Throws a SecretKeyError where they are of
 * another key: deliveries would be lost one by one.
 */
export async function sealSecrets(pool: Pool, secrets: SecretBox): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    for (const [table, kind] of [
      ['webhooks', 'webhook'],
      ['inbound_hooks', 'inbound'],
    ] as const) {
      const { rows } = await transaction.query<{ id: string; secret: string }>(
        `SELECT id, secret FROM ${table} WHERE removed_at IS NULL ORDER BY id FOR UPDATE`,
      );
      for (const { id, secret } of rows)
        if (isSecret(secret, 'snw'))
          await transaction.query(`UPDATE ${table} SET secret = $2 WHERE id = $1`, [
            id,
            secrets.seal(secret, `${kind}:${id}`),
          ]);
        else secrets.open(secret, `${kind}:${id}`);
    }
  });
}

function tooMany(): RefusedError {
  return new RefusedError(409, 'too-many', `there are ${MAX_WEBHOOKS} of them already: remove one`);
}

function webhookOf(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastDelivery:
      row.last_at === null ? null : { at: row.last_at.toISOString(), status: row.last_status, error: row.last_error },
  };
}

function inboundOf({ id, kind, created_by, created_at }: InboundRow): InboundHook {
  return { id, kind, path: `/v1/hooks/${id}`, createdBy: created_by, createdAt: created_at.toISOString() };
}
