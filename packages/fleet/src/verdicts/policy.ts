import { createHash } from 'node:crypto';
import { DEFAULT_POLICY, loadPolicy, type AcceptEntry } from '@artifact-sentinel/core/internal';
import type { Policy } from '@artifact-sentinel/core';
import type { Queries, Transaction } from '../database/pool.js';
import { baseName } from './readings.js';
import { POLICY_AGE_MS } from '../limits.js';

/** The policy in force, waivers included. */
export interface PolicyInForce {
  readonly policy: Policy;
  /** Hex SHA-256 over its text, the waivers that hold, and the day where anything of it runs out. */
  readonly digest: string;
  /** ISO date. */
  readonly today: string;
}

interface PolicyRow {
  readonly sha256: Buffer;
  readonly text: string;
}

interface WaiverRow {
  readonly id: string;
  readonly fingerprint: string;
  readonly sha256: Buffer | null;
  readonly owner: string;
  readonly reason: string;
  readonly expires_on: string;
}

/** Reads the policy in force from the database. */
export async function readPolicy(db: Queries, today: string): Promise<PolicyInForce> {
  const policies = await db.query<PolicyRow>(
    `SELECT sha256, text FROM policies JOIN (SELECT sha256 FROM policy_history ORDER BY number DESC LIMIT 1) AS newest
     USING (sha256)`,
  );
  const waivers = await db.query<WaiverRow>(
    `SELECT id, fingerprint, sha256, owner, reason, expires_on FROM waivers
     WHERE revoked_at IS NULL AND expires_on >= $1::date ORDER BY id`,
    [today],
  );
  const [row] = policies.rows;
  // Nobody stores a policy that cannot be read: the API refuses it.
  const own = row === undefined ? DEFAULT_POLICY : loadPolicy(row.text, 'policy');
  const accept = waivers.rows.map(entryOf);
  const expiring = [...own.allow, ...own.accept].some(({ expires }) => expires !== null);
  const said = [
    row?.sha256.toString('hex') ?? null,
    accept.map((entry) => ({ ...entry, why: '' })),
    expiring ? today : null,
  ];
  return {
    policy: { ...own, accept: [...own.accept, ...accept] },
    digest: createHash('sha256').update(JSON.stringify(said)).digest('hex'),
    today,
  };
}

function entryOf({ id, fingerprint, sha256, owner, reason, expires_on }: WaiverRow): AcceptEntry {
  const pinned = sha256?.toString('hex') ?? null;
  return { fingerprint, owner, why: reason, expires: expires_on, sha256: pinned, origin: `waiver ${id}` };
}

/**
 * By which digest a verdict is stored. One without findings is that of every name. Findings have fingerprints, by which they are
 * accepted and waived, and the name of a file is part of those. And a policy may say more of some paths than of others.
 */
export function policyDigest({ policy, digest }: PolicyInForce, path: string | null, hasFindings: boolean): string {
  if (path === null) return digest;
  const isOfPath = policy.paths.length > 0;
  if (!isOfPath && !hasFindings) return digest;
  return createHash('sha256')
    .update(JSON.stringify([digest, isOfPath ? path : baseName(path)]))
    .digest('hex');
}

const LOCK = 7_364_003;

/**
 * What is judged is written under the policy that holds: until the end of this transaction nobody changes it. It is asked for
 * before any row is locked.
 */
export async function holdPolicy(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCK]);
}

/** Before the policy or a waiver is changed: what is being written under the one that held so far is written by then. */
export async function lockPolicy(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/** The policy in force, read again after a second. */
export class CurrentPolicy {
  readonly #db: Queries;
  readonly #now: () => Date;
  #known: { readonly at: number; readonly policy: Promise<PolicyInForce> } | null = null;

  constructor(db: Queries, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#now = now;
  }

  get(): Promise<PolicyInForce> {
    const now = this.#now();
    if (this.#known !== null && now.getTime() - this.#known.at < POLICY_AGE_MS) return this.#known.policy;
    return this.fresh();
  }

  /** Digest of the policy that holds in a transaction, which has called `holdPolicy`. */
  async digestIn(transaction: Transaction): Promise<string> {
    return (await readPolicy(transaction, this.#now().toISOString().slice(0, 10))).digest;
  }

  fresh(): Promise<PolicyInForce> {
    const now = this.#now();
    const policy = readPolicy(this.#db, now.toISOString().slice(0, 10));
    this.#known = { at: now.getTime(), policy };
    policy.catch(() => (this.#known = null));
    return policy;
  }
}
