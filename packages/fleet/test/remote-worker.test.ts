import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { saveSetting, setting } from '../src/database/settings.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet } from './database.js';
import { wholeFleet, type WholeFleet } from './whole-fleet.js';

const HOSTILE = join(import.meta.dirname, '../../../fixtures/hostile/scanner/exponential-dup.pkl');
/** Larger than what goes to a process with the job. */
const LARGE_ZEROS = 300_000;

interface Uploaded {
  readonly intake: { readonly id: string };
  readonly artifact: string;
}

interface Served {
  readonly url: string;
  readonly token: string;
}

describeFleet('a worker that has the address of the database and nothing else', () => {
  let fleet: WholeFleet;
  let between: Server;
  let worker: Worker | null = null;
  /** What workers asked of the API for bytes, as `status path`. */
  const asked: string[] = [];
  /** Changes bytes on their way. */
  let isTampering = false;

  beforeAll(async () => {
    fleet = await wholeFleet();
    const served = (await setting(fleet.db.pool, 'servedStore')) as Served;
    between = createServer((request, response) => {
      void (async () => {
        const { authorization = '' } = request.headers;
        const answer = await fetch(`${fleet.url}${request.url ?? ''}`, { headers: { authorization } });
        asked.push(`${answer.status} ${request.url ?? ''}`);
        const bytes = Buffer.from(await answer.arrayBuffer());
        if (isTampering) bytes[bytes.length - 1] = 0;
        response.writeHead(answer.status).end(bytes);
      })();
    });
    await new Promise<void>((listening) => void between.listen(0, '127.0.0.1', listening));
    const { port } = between.address() as AddressInfo;
    const path = new URL(served.url).pathname;
    await saveSetting(fleet.db.pool, 'servedStore', { ...served, url: `http://127.0.0.1:${port}${path}` });
    // On another machine the folder has no mark, or another one.
    await rename(join(fleet.store, 'store-id'), join(fleet.store, 'moved'));
  });
  afterEach(async () => {
    await worker?.stop();
    worker = null;
    asked.length = 0;
    isTampering = false;
  });
  afterAll(async () => {
    between.close();
    await fleet.close();
  });

  const upload = (name: string, bytes: Buffer) => fleet.ask<Uploaded>('PUT', `/v1/uploads/${name}`, bytes);
  const pathOf = (bytes: Buffer) => `/internal/objects/${createHash('sha256').update(bytes).digest('hex')}`;

  test('reads uploads through the API, small ones and large ones', async () => {
    const hostile = await readFile(HOSTILE);
    // A byte string and a dict: honest, and in a temporary file of the worker.
    const length = Buffer.alloc(4);
    length.writeUInt32LE(LARGE_ZEROS);
    const large = Buffer.concat([Buffer.from([0x80, 3, 0x42]), length, Buffer.alloc(LARGE_ZEROS), Buffer.from('.')]);
    const uploads = [await upload('a.pkl', hostile), await upload('b.pkl', large)];
    expect(asked).toEqual([]);
    worker = await Worker.start({ url: fleet.db.url, processes: 1 });
    const verdicts = [];
    for (const { intake } of uploads) verdicts.push((await fleet.ended(intake.id)).verdict);
    expect(verdicts).toEqual(['fail', 'pass']);
    expect(new Set(asked)).toEqual(new Set([`200 ${pathOf(hostile)}`, `200 ${pathOf(large)}`]));
  });

  test('bytes that are others on the way are incomplete, and there are no facts of them', async () => {
    const bytes = Buffer.from('(lp0\nI1\na.');
    const { intake, artifact } = await upload('c.pkl', bytes);
    isTampering = true;
    worker = await Worker.start({ url: fleet.db.url, processes: 1 });
    expect((await fleet.ended(intake.id)).verdict).toBe('incomplete');
    const { rows } = await fleet.db.pool.query<{ reason: string }>('SELECT reason FROM artifacts WHERE id = $1', [
      artifact,
    ]);
    expect(rows).toEqual([{ reason: 'the store has other bytes under this hash' }]);
    const facts = await fleet.db.pool.query(`SELECT FROM facts WHERE sha256 = decode($1, 'hex')`, [
      createHash('sha256').update(bytes).digest('hex'),
    ]);
    expect(facts.rowCount).toBe(0);
  });

  test('without the secret of workers nothing is read, and nothing passes', async () => {
    const served = (await setting(fleet.db.pool, 'servedStore')) as Served;
    await saveSetting(fleet.db.pool, 'servedStore', { ...served, token: 'another-secret' });
    const bytes = Buffer.from('(lp0\nI2\na.');
    const { artifact } = await upload('d.pkl', bytes);
    const lines: string[] = [];
    worker = await Worker.start({ url: fleet.db.url, processes: 1, onLine: (line) => lines.push(line) });
    for (let tries = 0; tries < 200 && lines.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines[0]).toContain('the store answers with status 401');
    expect(new Set(asked)).toEqual(new Set([`401 ${pathOf(bytes)}`]));
    const { rows } = await fleet.db.pool.query<{ state: string }>('SELECT state FROM artifacts WHERE id = $1', [
      artifact,
    ]);
    expect(['received', 'scanning']).toContain(rows[0]?.state);
  });
});
