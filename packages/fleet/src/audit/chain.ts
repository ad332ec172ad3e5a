import { createHash } from 'node:crypto';

/** What one entry says. `detail` is JSON. */
export interface AuditContent {
  readonly number: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
}

/** Before the first entry. */
export const NO_ENTRY: Buffer = Buffer.alloc(32);

/**
 * SHA-256 over the hash before it and the entry as JSON. The keys of its detail are in order, for the database keeps no order.
 * Who changes an entry has to change all that follow; an auditor who wrote down the last hash sees it.
 */
export function chainHash(previous: Uint8Array, { number, at, actor, action, subject, detail }: AuditContent): Buffer {
  const text = JSON.stringify([number, at.toISOString(), actor, action, subject, ordered(detail)]);
  return createHash('sha256').update(previous).update(text).digest();
}

// Recursion: entries are made by the fleet, some levels deep.
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}
