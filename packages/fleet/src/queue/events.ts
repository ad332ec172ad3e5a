import type { Queries } from '../database/pool.js';
import type { FleetEvent } from '../model/ports.js';
import type { Queue } from './queue.js';

/** Writes down what happened in the transaction in which it happened, as far as a webhook wants to know. */
export async function emit(db: Queries, queue: Queue, events: readonly FleetEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { rows } = await db.query<{ wanted: string[] | null }>(
    `SELECT array_agg(DISTINCT event) AS wanted FROM webhooks, unnest(events) AS event WHERE removed_at IS NULL`,
  );
  const wanted = new Set(rows[0]?.wanted ?? []);
  const at = new Date().toISOString();
  const jobs = events.filter(({ kind }) => wanted.has(kind)).map((event) => ({ data: { event, at }, importance: 50 }));
  await queue.send(db, 'deliver', jobs);
}
