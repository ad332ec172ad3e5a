import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { KEY_ID, S3Double, SECRET } from '../../sources/test/s3-double.js';
import { CLEAN, SYSTEM } from '../../sources/test/source-kit.js';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { artifactsOf } from '../src/worker/artifacts.js';
import { fetchInput } from '../src/worker/bytes.js';
import { Listings } from '../src/worker/listings.js';
import { sourceContext } from '../src/worker/network.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const VARIABLES = { AWS_ACCESS_KEY_ID: KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET, AWS_REGION: 'us-east-1' };

describeFleet('a bucket', () => {
  let db: TestDatabase;
  let queue: Queue;
  let worker: Worker;
  let intakes: FleetIntakes;
  let folder: string;
  let double: S3Double;
  const lines: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-bucket-'));
    const store = await describeStore(join(folder, 'store'), () => undefined);
    await saveStore(db.pool, store);
    double = await S3Double.start();
    await saveSetting(db.pool, 'allowedHosts', ['127.0.0.1']);
    Object.assign(process.env, VARIABLES, { AWS_ENDPOINT_URL: double.endpoint });
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });
  beforeEach(() => double.reset());
  afterAll(async () => {
    for (const name of [...Object.keys(VARIABLES), 'AWS_ENDPOINT_URL']) Reflect.deleteProperty(process.env, name);
    await worker.stop();
    await queue.close();
    await db.close();
    await double.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function taken(prefix: string): Promise<string> {
    const address = `s3://models/${prefix}/`;
    const { id } = await intakes.create({ kind: 's3', address, importance: 50 }, { name: 'test' });
    for (let tries = 0; tries < 600; tries += 1) {
      const { rowCount } = await db.pool.query(`SELECT FROM intakes WHERE id = $1 AND state IN ('done', 'failed')`, [
        id,
      ]);
      if (rowCount !== 0) return id;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not done: ${lines.join('; ')}`);
  }

  async function rowsOf(intake: string) {
    const { rows } = await db.pool.query<{
      path: string;
      state: string;
      reason: string | null;
      sha256: string;
      id: string;
    }>(
      `SELECT id, path, state, reason, encode(sha256, 'hex') AS sha256 FROM artifacts WHERE intake = $1 ORDER BY path`,
      [intake],
    );
    return rows;
  }

  async function audited(artifact: string | undefined): Promise<readonly unknown[]> {
    const { rows } = await db.pool.query<{ detail: unknown }>(
      `SELECT detail FROM audit WHERE subject = $1 AND action = 'artifact.changed-at-source'`,
      [`artifact:${artifact}`],
    );
    return rows.map(({ detail }) => detail);
  }

  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const etag = (bytes: Uint8Array): string => `"${createHash('md5').update(bytes).digest('hex')}"`;
  const listings = (): number => double.asked.filter(({ query }) => query.has('list-type')).length;

  /** Does something when an object is asked for, before it is answered, and once. */
  function atFirstRead(key: string, act: () => void): void {
    let isFirst = true;
    double.fault = ({ path }) => {
      if (isFirst && path.endsWith(key)) {
        isFirst = false;
        act();
      }
      return false;
    };
  }

  test('is listed once, and its objects are read in the state that was listed', async () => {
    for (let i = 0; i < 30; i += 1) double.put(`once/${i}.pkl`, i === 7 ? SYSTEM : CLEAN);
    double.pageSize = 10;
    const rows = await rowsOf(await taken('once'));
    expect(rows.map(({ state }) => state).filter((state) => state !== 'passed')).toEqual(['failed']);
    expect(listings()).toBe(3);
    const reads = double.asked.filter(({ query }) => !query.has('list-type'));
    expect(reads).toHaveLength(30);
    expect(reads.every(({ headers }) => headers['if-match'] !== undefined)).toBe(true);
  });

  test('of a large one no file costs a listing', async () => {
    for (let i = 0; i < 25; i += 1) double.put(`large/${i}.pkl`, CLEAN);
    const intake = await taken('large');
    const artifacts = (await artifactsOf(db.pool, intake, '', 100)).map((one) => ({ ...one, intakeFiles: 1_000_000 }));
    const ending = new AbortController();
    const context = await sourceContext(db.pool, ending.signal);
    const read = async (given: typeof artifacts): Promise<number> => {
      double.asked.length = 0;
      const known = new Listings(context);
      for (const artifact of given) {
        const entry = await known.entry(artifact);
        const fetched = await fetchInput(await entry.open(ending.signal), folder);
        expect([entry.name, fetched.sha256]).toEqual([artifact.name, sha256(CLEAN)]);
      }
      return double.asked.length;
    };
    expect(await read(artifacts)).toBe(25);
    // As it is without what the row has of the object: its version, a listing, its bytes.
    expect(await read(artifacts.map((artifact) => ({ ...artifact, listed: null })))).toBe(75);
    context.client.close();
  });

  test('an object that changed since it was listed is said, and the new bytes are judged', async () => {
    double.put('changed/a.pkl', CLEAN);
    double.put('changed/b.pkl', CLEAN);
    double.versioned = true;
    atFirstRead('changed/a.pkl', () => double.put('changed/a.pkl', SYSTEM));
    const [a, b] = await rowsOf(await taken('changed'));
    expect(a).toMatchObject({ state: 'failed', sha256: sha256(SYSTEM) });
    expect(b).toMatchObject({ state: 'passed', sha256: sha256(CLEAN) });
    expect(await audited(a?.id)).toEqual([
      { was: { etag: etag(CLEAN), size: CLEAN.length }, now: { etag: etag(SYSTEM), size: SYSTEM.length } },
    ]);
    expect(await audited(b?.id)).toEqual([]);
    // From here on the row stands for the new object.
    await intakes.retest(a?.id ?? '', { name: 'test' });
    double.asked.length = 0;
    for (let tries = 0; tries < 400; tries += 1) {
      if ((await rowsOf((await artifactIntake(a?.id)) ?? ''))[0]?.state === 'failed') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(listings()).toBe(0);
    expect(await audited(a?.id)).toHaveLength(1);
  });

  async function artifactIntake(id: string | undefined): Promise<string | undefined> {
    const { rows } = await db.pool.query<{ intake: string }>('SELECT intake FROM artifacts WHERE id = $1', [id]);
    return rows[0]?.intake;
  }

  test('also by a server that does not know If-Match', async () => {
    double.put('other/a.pkl', CLEAN);
    double.ignoresIfMatch = true;
    atFirstRead('other/a.pkl', () => double.put('other/a.pkl', SYSTEM));
    const [a] = await rowsOf(await taken('other'));
    expect(a).toMatchObject({ state: 'failed', sha256: sha256(SYSTEM) });
    expect(await audited(a?.id)).toHaveLength(1);
  });

  test('an object that is gone is incomplete, and objects below its name are not it', async () => {
    double.put('gone/a.pkl', CLEAN);
    atFirstRead('gone/a.pkl', () => {
      double.delete('gone/a.pkl');
      double.put('gone/a.pkl/b.pkl', CLEAN);
    });
    const [a] = await rowsOf(await taken('gone'));
    expect(a).toMatchObject({ state: 'incomplete', sha256: null });
    expect(a?.reason).toMatch(/NoSuchKey/);
  });

  test('a bucket that names one state and gives another is incomplete', async () => {
    double.put('odd/a.pkl', CLEAN);
    double.rewrite = (xml) => xml.replaceAll(/&quot;[0-9a-f]{32}&quot;/g, '&quot;00&quot;');
    const intake = await intakes.create({ kind: 's3', address: 's3://models/odd/', importance: 50 }, { name: 'test' });
    // Each try waits for the next one: they are not waited for.
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await db.pool.query<{ output: { message: string } | null }>(
        `SELECT j.output FROM pgboss.job j JOIN artifacts a ON j.data ->> 'artifact' = a.id::text
         WHERE a.intake = $1 AND j.output IS NOT NULL`,
        [intake.id],
      );
      if (rows[0] !== undefined) {
        expect(rows[0].output?.message).toContain('TryAgainError');
        expect(rows[0].output?.message).toMatch(/changed/);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not tried: ${lines.join('; ')}`);
  });
});
