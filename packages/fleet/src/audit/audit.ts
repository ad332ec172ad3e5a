import type { Queries, Transaction } from '../database/pool.js';
import { storableJson, storableText } from '../database/storable.js';
import { AUDIT_PAGE } from '../limits.js';
import { chainHash, NO_ENTRY, type AuditContent } from './chain.js';

export interface AuditRecord {
  /** Who: the name of a token, the subject of a session, or a part of the fleet. */
  readonly actor: string;
  /** What, as `artifact.promoted`. */
  readonly action: string;
  /** To what, as `artifact:<id>`. */
  readonly subject: string;
  /** JSON, without secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

const LOCK = 7_364_002;

/**
 * Adds entries in the transaction of what they record. From here to the end of the transaction nobody else can add one: it is
 * the last statement before the commit.
 */
export async function appendAudit(transaction: Transaction, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  const last = await transaction.query<{ number: number; hash: Buffer }>(
    'SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1',
  );
  let number = last.rows[0]?.number ?? 0;
  let previous = last.rows[0]?.hash ?? NO_ENTRY;
  const at = new Date();
  const rows = records.map(({ actor, action, subject, detail = {} }) => {
    number += 1;
    // As the database will give it back.
    const [who, what, stored] = [
      storableText(actor),
      storableText(subject),
      JSON.parse(storableJson(detail)) as unknown,
    ];
    const content = { number, at, actor: who, action, subject: what, detail: stored };
    const hash = chainHash(previous, content);
    const row = { ...content, at: at.toISOString(), previous: previous.toString('hex'), hash: hash.toString('hex') };
    previous = hash;
    return row;
  });
  await transaction.query(
    `INSERT INTO audit (number, at, actor, action, subject, detail, previous, hash)
     SELECT number, at, actor, action, subject, detail, decode(previous, 'hex'), decode(hash, 'hex')
     FROM jsonb_to_recordset($1::jsonb)
       AS row(number bigint, at timestamptz, actor text, action text, subject text, detail jsonb, previous text, hash text)`,
    [JSON.stringify(rows)],
  );
}

export interface AuditCheck {
  readonly entries: number;
  /** Hash of the last entry, to be written down elsewhere; hex. */
  readonly last: string;
  /** Number of the first entry that does not fit; null where all do. */
  readonly brokenAt: number | null;
}

interface AuditRow extends AuditContent {
  readonly previous: Buffer;
  readonly hash: Buffer;
}

/** Reads the whole log and computes its chain again. */
export async function verifyAudit(db: Queries): Promise<AuditCheck> {
  let entries = 0;
  let last: Buffer = NO_ENTRY;
  for (;;) {
    const { rows } = await db.query<AuditRow>(
      `SELECT number, at, actor, action, subject, detail, previous, hash FROM audit
       WHERE number > $1 ORDER BY number LIMIT $2`,
      [entries, AUDIT_PAGE],
    );
    for (const row of rows) {
      const fits = row.number === entries + 1 && row.previous.equals(last) && row.hash.equals(chainHash(last, row));
      if (!fits) return { entries, last: last.toString('hex'), brokenAt: entries + 1 };
      entries += 1;
      last = row.hash;
    }
    if (rows.length < AUDIT_PAGE) return { entries, last: last.toString('hex'), brokenAt: null };
  }
}
