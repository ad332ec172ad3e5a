import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpClient, refusalOf, SourceError, type Transport } from '@artifact-sentinel/sources';
import { nodeTransport } from '@artifact-sentinel/sources/node';
import fastify, { type FastifyInstance } from 'fastify';
import { HubDouble, TOKEN, type DoubleRepository } from '../../sources/test/hub-double.js';
import { inTransaction, type Pool } from '../src/database/pool.js';
import { hubGate, type HubGateOptions } from '../src/hub/gate.js';
import { RefusedError } from '../src/model/errors.js';
import type { Intake } from '../src/model/shapes.js';
import { followFiles } from '../src/database/intake-verdicts.js';

/** What clients of the gate in tests say. */
export const CLIENT_TOKEN = 'snt_client';

/** As the gate names itself. */
export const PUBLIC_URL = 'https://sentinel.test';

/** A gate before the double of the Hub, with rows that tests write instead of an engine. */
export interface HubKit {
  readonly double: HubDouble;
  readonly database: KitDatabase;
  readonly app: FastifyInstance;
  /** Of the gate. */
  readonly url: string;
  /** Addresses that were asked to be taken in. */
  readonly created: string[];
  close(): Promise<void>;
}

/** Only the double may be asked of all that is on this machine. */
export function doubleTransport(double: HubDouble): Transport {
  const real = nodeTransport({ variable: () => undefined });
  return {
    send(request) {
      const isDouble = request.url.origin === double.endpoint || request.url.origin === double.cdn;
      const refused = isDouble ? null : refusalOf(request.url.hostname, 'public');
      if (refused !== null) return Promise.reject(new SourceError('private-address', refused));
      return real.send({ ...request, addresses: isDouble ? 'any' : 'public' });
    },
    close: () => real.close?.(),
  };
}

interface KitDatabase {
  readonly pool: Pool;
  close(): Promise<void>;
}

interface KitOptions extends Partial<HubGateOptions> {
  readonly idleMs?: number;
  readonly port?: number;
}

/** `database` has all tables, and is closed with the kit. */
export async function startHubKit(database: KitDatabase, options: KitOptions = {}): Promise<HubKit> {
  const { idleMs = 5_000, port = 0, ...given } = options;
  const double = await HubDouble.start();
  const client = new HttpClient({
    transport: doubleTransport(double),
    addresses: 'any',
    backOffMs: 5,
    idleMs,
  });
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-hub-'));
  const created: string[] = [];
  const app = fastify({ forceCloseConnections: true });
  await app.register(
    hubGate({
      pool: database.pool,
      intakes: {
        async create({ address }, by) {
          created.push(`${address} by ${by.name}`);
          await database.pool.query(
            `INSERT INTO intakes (id, kind, address, state, requested_by) VALUES ($1, 'hf', $2, 'queued', $3)`,
            [randomUUID(), address, by.name],
          );
          return {} as Intake;
        },
      },
      async authenticate({ headers }) {
        if (headers.authorization === `Bearer ${CLIENT_TOKEN}`) return Promise.resolve({ name: 'a client' });
        throw new RefusedError(401, 'unauthorized', 'a token of Sentinel is needed in HF_TOKEN');
      },
      upstream: { client, endpoint: new URL(double.endpoint), token: TOKEN },
      copies: { folder: join(folder, 'copies'), most: 64 * 2 ** 20 },
      waitMs: 300,
      publicUrl: PUBLIC_URL,
      ...given,
    }),
  );
  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    double,
    database,
    app,
    url,
    created,
    async close() {
      await app.close();
      client.close();
      await Promise.all([double.close(), database.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Judgement {
  readonly state?: string;
  /** Of the intake without its files. */
  readonly verdict?: string | null;
  readonly reason?: string | null;
  readonly findings?: readonly unknown[];
  /** States of files that are not `passed`, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Rules found, by path. */
  readonly rules?: Readonly<Record<string, string>>;
}

/** An intake of a repository of the double, as an engine would leave it. */
export async function judged(
  pool: Pool,
  name: string,
  { commit, files }: DoubleRepository,
  { state = 'done', verdict = 'pass', reason = null, findings = [], files: states = {}, rules = {} }: Judgement = {},
): Promise<{ readonly intake: string; readonly artifacts: ReadonlyMap<string, string> }> {
  const intake = randomUUID();
  const pinned = `hf://${name}@${commit}`;
  await pool.query(
    `INSERT INTO intakes (id, kind, address, pinned, state, own_verdict, reason, findings, files, requested_by, done_at)
     VALUES ($1, 'hf', $2, $2, $3, $4, $5, $6, $7, 'test', now())`,
    [intake, pinned, state, state === 'done' ? verdict : null, reason, JSON.stringify(findings), files.size],
  );
  const artifacts = new Map<string, string>();
  for (const [path, { content }] of files) {
    const id = randomUUID();
    artifacts.set(path, id);
    const sha256 = createHash('sha256').update(content.read(0, content.size)).digest();
    await pool.query(
      `INSERT INTO artifacts (id, intake, path, reading, size, sha256, is_hash_computed, state)
       VALUES ($1, $2, $3, '', $4, $5, true, $6)`,
      [id, intake, path, content.size, sha256, states[path] ?? 'passed'],
    );
    const rule = rules[path];
    if (rule !== undefined)
      await pool.query(
        `INSERT INTO findings (artifact, fingerprint, rule, severity, action, owner) VALUES ($1, 'f', $2, 'CRITICAL', 'fail', 'x')`,
        [id, rule],
      );
  }
  await inTransaction(pool, (transaction) => followFiles(transaction, [intake], { revision: false }));
  return { intake, artifacts };
}
