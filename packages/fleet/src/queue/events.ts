import { randomUUID } from 'node:crypto';
import type { Queries } from '../database/pool.js';
import { MAX_WEBHOOKS } from '../limits.js';
import type { FleetEvent } from '../model/ports.js';
import type { Queue } from './queue.js';

/** `trace`: the `traceparent` of what it follows from. */
export type Happened = FleetEvent & { readonly trace?: string | undefined };

/** Writes down what happened in the transaction in which it happened, once for each webhook that wants to know. */
export async function emit(db: Queries, queue: Queue, events: readonly Happened[]): Promise<void> {
  if (events.length === 0) return;
  const { rows } = await db.query<{ id: string; events: string[] }>(
    'SELECT id, events FROM webhooks WHERE removed_at IS NULL LIMIT $1',
    [MAX_WEBHOOKS],
  );
  const at = new Date().toISOString();
  const jobs = rows.flatMap((webhook) =>
    events
      .filter(({ kind }) => webhook.events.includes(kind))
      .map(({ trace, ...event }) => ({
        data: { id: randomUUID(), webhook: webhook.id, event, at },
        importance: 50,
        trace,
      })),
  );
  await queue.send(db, 'deliver', jobs);
}
