import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../src/audit/audit.js';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const HOSTILE = join(FIXTURES, 'hostile/scanner/exponential-dup.pkl');
const by = { name: 'test' };

describeFleet('worker', () => {
  let db: TestDatabase;
  let queue: Queue;
  let intakes: FleetIntakes;
  let verdicts: VerdictStore;
  let worker: Worker;
  let folder: string;
  let server: Server;
  let requests = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-store-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    verdicts = new VerdictStore(db.pool, await versions());
    const bytes = await readFile(HOSTILE);
    server = createServer((request, response) => {
      requests += 1;
      if (request.url !== '/models/a.pkl') {
        response.writeHead(404).end();
        return;
      }
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '');
      const first = Number(range?.[1] ?? 0);
      const last = Math.min(
        bytes.length - 1,
        range?.[2] === undefined || range[2] === '' ? bytes.length - 1 : Number(range[2]),
      );
      const headers = { etag: '"1"', 'accept-ranges': 'bytes', 'content-length': last - first + 1 };
      if (range === null) response.writeHead(200, headers).end(bytes);
      else
        response
          .writeHead(206, { ...headers, 'content-range': `bytes ${first}-${last}/${bytes.length}` })
          .end(bytes.subarray(first, last + 1));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    await saveSetting(db.pool, 'allowedHosts', ['127.0.0.1']);
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });
  afterAll(async () => {
    await worker.stop();
    await queue.close();
    await db.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function done(intake: string): Promise<{ state: string; verdict: string | null; reason: string | null }> {
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await db.pool.query<{ state: string; verdict: string | null; reason: string | null }>(
        'SELECT state, verdict, reason FROM intakes WHERE id = $1',
        [intake],
      );
      const [row] = rows;
      if (row !== undefined && (row.state === 'done' || row.state === 'failed')) return row;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not done: ${lines.join('; ')}`);
  }

  async function artifactsOf(intake: string) {
    const { rows } = await db.pool.query<{
      id: string;
      path: string;
      state: string;
      reason: string | null;
      sha256: Buffer | null;
    }>('SELECT id, path, state, reason, sha256 FROM artifacts WHERE intake = $1 ORDER BY path', [intake]);
    return rows;
  }

  test('an upload is read, judged, found by its hash and its report', async () => {
    const bytes = await readFile(HOSTILE);
    const { intake, artifact } = await intakes.upload('a.pkl', Readable.from([bytes]), by);
    expect(await done(intake.id)).toMatchObject({ state: 'done', verdict: 'fail' });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const answer = await verdicts.of(sha256, 'models/other.pkl');
    expect(answer).toMatchObject({ sha256, verdict: 'fail', readings: ['*.pkl'] });
    expect(answer?.findings[0]).toMatchObject({ severity: 'CRITICAL', action: 'fail', waived: null });
    expect(await verdicts.of(sha256)).toMatchObject({ verdict: 'fail' });
    expect(await verdicts.of(sha256, 'x.txt')).toBeNull();
    expect(await verdicts.of('00'.repeat(32))).toBeNull();
    const report = await verdicts.report(artifact);
    expect(report).toMatchObject({ verdict: 'fail' });
    expect(report?.findings[0]?.artifact).toBe('a.pkl');
    expect(JSON.stringify(report)).not.toContain('sha256-');
  });

  test('a file at an address, by a host that is allowed; what is known there is not read again', async () => {
    const { port } = server.address() as AddressInfo;
    const before = (await db.pool.query('SELECT count(*) FROM facts')).rows;
    const intake = await intakes.create(
      { kind: 'https', address: `http://127.0.0.1:${port}/models/a.pkl`, importance: 50 },
      by,
    );
    expect(await done(intake.id)).toMatchObject({ state: 'done', verdict: 'fail' });
    expect(requests).toBeGreaterThan(0);
    expect((await db.pool.query('SELECT count(*) FROM facts')).rows).toEqual(before);
  });

  test('what is not there is incomplete, with the reason', async () => {
    const { port } = server.address() as AddressInfo;
    const intake = await intakes.create(
      { kind: 'https', address: `http://127.0.0.1:${port}/none.pkl`, importance: 50 },
      by,
    );
    expect(await done(intake.id)).toMatchObject({ verdict: 'incomplete' });
    const [artifact] = await artifactsOf(intake.id);
    expect(artifact).toMatchObject({ state: 'incomplete' });
    expect(artifact?.reason).toMatch(/404|not found|no such/i);
    // It would not be there another time.
    const { rows } = await db.pool.query<{ retries: number }>(
      `SELECT retry_count AS retries FROM pgboss.job WHERE name = 'scan' AND data ->> 'artifact' = $1`,
      [artifact?.id],
    );
    expect(rows).toEqual([{ retries: 0 }]);
  });

  test('decisions: a file that failed is promoted with a reason only, and read again on demand', async () => {
    const { intake, artifact } = await intakes.upload('b.pkl', Readable.from([await readFile(HOSTILE)]), by);
    await done(intake.id);
    await expect(intakes.decide(artifact, 'promoted', null, by)).rejects.toMatchObject({ status: 409 });
    await intakes.decide(artifact, 'promoted', 'needed', by);
    expect((await artifactsOf(intake.id))[0]?.state).toBe('promoted');
    await intakes.retest(artifact, by);
    expect(await done(intake.id)).toMatchObject({ verdict: 'fail' });
    expect((await artifactsOf(intake.id))[0]?.state).toBe('failed');
  });

  test('a waiver changes the verdict without a byte', async () => {
    const bytes = await readFile(HOSTILE);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const found = await verdicts.of(sha256, 'a.pkl');
    const named = async (name: string): Promise<number> => {
      const { rows } = await db.pool.query<{ n: number }>(
        `SELECT count(DISTINCT f.fingerprint)::int AS n FROM findings f JOIN artifacts a ON a.id = f.artifact
         WHERE a.path = $1 OR a.path LIKE '%/' || $1`,
        [name],
      );
      return rows[0]?.n ?? 0;
    };
    for (const { fingerprint } of found?.findings ?? [])
      await db.pool.query(
        `INSERT INTO waivers (id, fingerprint, owner, reason, expires_on, created_by)
         VALUES (gen_random_uuid(), $1, 'team', 'why', current_date + 3, 'test')`,
        [fingerprint],
      );
    await queue.send(db.pool, 'rejudge', [{ data: { after: null }, importance: 100 }]);
    await verdicts.policy.fresh();
    const now = await verdicts.of(sha256, 'a.pkl');
    expect(now?.findings.every(({ waived }) => waived !== null)).toBe(true);
    expect(now?.policy).not.toBe(found?.policy);
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await named('a.pkl')) === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // The name is part of a fingerprint: under another one the finding stands.
    expect([await named('a.pkl'), await named('b.pkl')]).toEqual([0, found?.findings.length]);
  });

  test('everything that happened stands in the audit log', async () => {
    const check = await verifyAudit(db.pool);
    expect(check.brokenAt).toBeNull();
    expect(check.entries).toBeGreaterThan(8);
    expect(lines).toEqual([]);
  });

  test.each([
    ['http://127.0.0.2/a.pkl', 'only https'],
    ['https://127.0.0.2/a.pkl', 'public internet'],
    ['https://[::1]/a.pkl', 'public internet'],
    ['https://2130706433/a.pkl', 'only'],
    ['https://localhost/a.pkl', 'public internet'],
    ['https://metadata.google.internal/a', 'public internet'],
    ['https://user:pass@example.com/a.pkl', 'no web address'],
    ['https://example.com/a.pkl?token=1', 'no query'],
    ['file:///etc/passwd', 'begins with'],
    ['https://169.254.169.254/latest', 'public internet'],
  ])('%s is refused', async (address, why) => {
    const tried = intakes.create({ kind: 'https', address, importance: 1 }, by);
    if (why === 'only') {
      // A number is 127.0.0.1, which the setting of this test allows.
      expect((await tried).state).toBe('queued');
      return;
    }
    await expect(tried).rejects.toThrow(why);
  });
});
