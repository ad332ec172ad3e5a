import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '../src/access/secret.js';
import { startApi } from '../src/api/start.js';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import type { Tracer } from '../src/traces/tracer.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { testDatabase, type TestDatabase } from './database.js';
import { testSecrets } from './api.js';

/** An API with its database, its queue and a folder for uploads; workers are started by the test. */
export interface WholeFleet {
  readonly db: TestDatabase;
  readonly queue: Queue;
  readonly url: string;
  /** Where uploads lie. */
  readonly store: string;
  /** As an administrator. Throws where the answer is none of success. */
  ask<Said>(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Said>;
  /** Waits for the end of an intake. */
  ended(intake: string): Promise<{ readonly state: string; readonly verdict: string | null }>;
  close(): Promise<void>;
}

export async function wholeFleet({ tracer }: { readonly tracer?: Tracer } = {}): Promise<WholeFleet> {
  const db = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'sentinel-whole-'));
  const described = await describeStore(folder, () => undefined);
  await saveStore(db.pool, described);
  await saveSetting(db.pool, 'allowedHosts', ['127.0.0.1']);
  const objects = openStore(described);
  const queue = await Queue.open(db.url);
  const firstToken = newSecret('snt');
  const api = await startApi({
    pool: db.pool,
    queue,
    verdicts: new VerdictStore(db.pool, await versions()),
    intakes: new FleetIntakes({ pool: db.pool, queue, store: objects }),
    objects,
    secrets: testSecrets,
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    oidc: null,
    firstToken,
    allowPrivateAddresses: true,
    log: null,
    ...(tracer === undefined ? {} : { tracer }),
  });
  return {
    db,
    queue,
    url: api.url,
    store: folder,
    async ask<Said>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
      const isBytes = body instanceof Uint8Array;
      const answer = await fetch(`${api.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${firstToken}`,
          ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Said;
    },
    async ended(intake) {
      for (let tries = 0; tries < 600; tries += 1) {
        const { rows } = await db.pool.query<{ state: string; verdict: string | null }>(
          `SELECT state, verdict FROM intakes WHERE id = $1 AND state IN ('done', 'failed')`,
          [intake],
        );
        const [row] = rows;
        if (row !== undefined) return row;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the intake ${intake} does not end`);
    },
    async close() {
      await api.stop();
      await queue.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
