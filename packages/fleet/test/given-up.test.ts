import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Metrics } from '../src/api/metrics.js';
import { inTransaction } from '../src/database/pool.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { deadLetters, Queue, type JobData, type QueueName } from '../src/queue/queue.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { concludeIntake, type ConcludeTools } from '../src/worker/conclude.js';
import { ENDED_QUEUES, giveUp } from '../src/worker/given-up.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const by = { name: 'Ada' };
const REASON = 'given up after 101 tries; the last one: the moon is away';

describeFleet('jobs that failed for good', () => {
  let db: TestDatabase;
  let queue: Queue;
  let intakes: FleetIntakes;
  let tools: ConcludeTools;
  let folder: string;

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-given-up-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    tools = { pool: db.pool, queue, verdicts: new VerdictStore(db.pool, await versions()), actor: 'worker' };
  });
  beforeEach(() => db.pool.query(`DELETE FROM pgboss.job`));
  afterAll(async () => {
    await queue.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The jobs of this queue fail for the last time. */
  async function lastTry(name: QueueName, reason = 'the moon is away'): Promise<void> {
    await db.pool.query('UPDATE pgboss.job SET retry_count = retry_limit WHERE name = $1', [name]);
    const jobs = await queue.fetch(name);
    expect(jobs).toHaveLength(1);
    await queue.fail(name, jobs, reason);
  }

  /** What a worker does with the letters that lie there. */
  async function buryAll(): Promise<number> {
    let buried = 0;
    for (const name of ENDED_QUEUES)
      for (const letter of await queue.fetchDead(name)) {
        await giveUp(tools, name, letter);
        buried += 1;
      }
    return buried;
  }

  async function send<Name extends QueueName>(name: Name, data: JobData[Name]): Promise<void> {
    await inTransaction(db.pool, (transaction) => queue.send(transaction, name, [{ data, importance: 1 }]));
  }

  async function conclude(): Promise<void> {
    const [job] = await queue.fetch('conclude', 1);
    if (job === undefined) throw new Error('no conclusion was asked for');
    await concludeIntake(tools, job);
  }

  async function intakeOf(id: string) {
    const { rows } = await db.pool.query<{ state: string; verdict: string | null; reason: string | null }>(
      'SELECT state, verdict, reason FROM intakes WHERE id = $1',
      [id],
    );
    return rows[0];
  }

  async function filesOf(intake: string) {
    const { rows } = await db.pool.query<{ path: string; state: string; reason: string | null }>(
      'SELECT path, state, reason FROM artifacts WHERE intake = $1 ORDER BY path',
      [intake],
    );
    return rows;
  }

  async function waitingLetters(): Promise<number> {
    const { rows } = await db.pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM pgboss.job WHERE name = ANY($1) AND state < 'completed'`,
      [ENDED_QUEUES.map(deadLetters)],
    );
    return Number(rows[0]?.n);
  }

  /** An intake with files in these states, of which those that wait are pending. */
  async function taken(state: string, files: Readonly<Record<string, string>>, own: string | null = null) {
    const id = randomUUID();
    const pending = Object.values(files).filter((one) => one === 'received' || one === 'scanning').length;
    await db.pool.query(
      `INSERT INTO intakes (id, kind, address, pinned, state, own_verdict, files, pending, requested_by)
       VALUES ($1, 'hf', $2, $2, $3, $4, $5, $6, 'test')`,
      [id, `hf://org/m@${id}`, state, own, Object.keys(files).length, pending],
    );
    for (const [path, one] of Object.entries(files))
      await db.pool.query(`INSERT INTO artifacts (id, intake, path, reading, state) VALUES ($1, $2, $3, '*.pkl', $4)`, [
        randomUUID(),
        id,
        path,
        one,
      ]);
    return id;
  }

  test('an artifact is incomplete and says why, and its intake ends', async () => {
    const { intake, artifact } = await intakes.upload('a.pkl', Readable.from([Buffer.from('N.')]), by);
    await lastTry('scan');
    expect(await buryAll()).toBe(1);
    expect(await filesOf(intake.id)).toEqual([{ path: 'a.pkl', state: 'incomplete', reason: REASON }]);
    await conclude();
    expect(await intakeOf(intake.id)).toEqual({ state: 'done', verdict: 'incomplete', reason: null });
    expect(await waitingLetters()).toBe(0);
    const { rows } = await db.pool.query('SELECT action FROM audit WHERE subject = $1 ORDER BY number', [
      `artifact:${artifact}`,
    ]);
    expect(rows).toEqual([{ action: 'intake.uploaded' }, { action: 'artifact.incomplete' }]);
    // A retest is a job like any other.
    await intakes.retest(artifact, by);
    expect(await queue.fetch('scan')).toHaveLength(1);
  });

  test('an artifact that was finished meanwhile stays as it is, and so does one that is read again', async () => {
    const id = await taken('done', { 'a.pkl': 'passed', 'b.pkl': 'failed' }, 'pass');
    const { rows } = await db.pool.query<{ id: string }>('SELECT id FROM artifacts WHERE intake = $1 ORDER BY path', [
      id,
    ]);
    await send('scan', { artifact: rows[0]?.id ?? '' });
    await lastTry('scan');
    await send('scan', { artifact: rows[1]?.id ?? '', rescan: true });
    await lastTry('scan');
    expect(await buryAll()).toBe(2);
    expect((await filesOf(id)).map(({ state }) => state)).toEqual(['passed', 'failed']);
    const audit = await db.pool.query('SELECT action, detail FROM audit WHERE subject = $1', [
      `artifact:${rows[1]?.id}`,
    ]);
    expect(audit.rows).toEqual([{ action: 'artifact.not-read-again', detail: { reason: REASON } }]);
  });

  test('the sources of an intake are incomplete, its other files are not touched', async () => {
    const sources = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`${at}.py`, 'received'] as const));
    const id = await taken('scanning', { ...sources, 'z.pkl': 'received', 'y.py': 'passed' });
    await send('scan', { sourcesOf: id });
    await lastTry('scan');
    expect(await buryAll()).toBe(1);
    const files = await filesOf(id);
    expect(files.filter(({ state }) => state === 'incomplete')).toHaveLength(45);
    expect(files.filter(({ path }) => path === 'z.pkl' || path === 'y.py').map(({ state }) => state)).toEqual([
      'passed',
      'received',
    ]);
    const { rows } = await db.pool.query('SELECT pending FROM intakes WHERE id = $1', [id]);
    expect(rows).toEqual([{ pending: 1 }]);
  });

  test('an intake that could not be listed failed', async () => {
    const intake = await intakes.create({ kind: 'hf', address: 'hf://org/m', importance: 1 }, by);
    await lastTry('list');
    expect(await buryAll()).toBe(1);
    expect(await intakeOf(intake.id)).toEqual({ state: 'failed', verdict: 'incomplete', reason: REASON });
  });

  test('what was listed before is read, and the intake is no pass', async () => {
    const id = await taken('listing', { 'a.pkl': 'passed' });
    await send('list', { intake: id });
    await lastTry('list');
    expect(await buryAll()).toBe(1);
    expect(await intakeOf(id)).toEqual({ state: 'scanning', verdict: null, reason: REASON });
    await conclude();
    expect(await intakeOf(id)).toEqual({ state: 'done', verdict: 'incomplete', reason: REASON });
  });

  test('a listing that another try has ended stays as it is', async () => {
    const id = await taken('done', { 'a.pkl': 'passed' }, 'pass');
    await send('list', { intake: id });
    await lastTry('list');
    expect(await buryAll()).toBe(1);
    expect(await intakeOf(id)).toMatchObject({ state: 'done', reason: null });
  });

  test.each([
    [null, 'incomplete', 'pass'],
    ['pass', 'incomplete', 'pass'],
    ['fail', 'fail', 'pass'],
  ])('an intake that was %s is %s without a conclusion, and %s after another one', async (own, given, then) => {
    const id = await taken(own === null ? 'scanning' : 'done', { 'a.pkl': 'passed' }, own);
    await send('conclude', { intake: id });
    await lastTry('conclude');
    expect(await buryAll()).toBe(1);
    expect(await intakeOf(id)).toEqual({ state: 'done', verdict: given, reason: REASON });
    await send('conclude', { intake: id });
    await conclude();
    expect(await intakeOf(id)).toEqual({ state: 'done', verdict: then, reason: null });
  });

  test('the metrics count letters by themselves until they are buried', async () => {
    const { registry } = new Metrics(db.pool);
    const counts = async (): Promise<string[]> =>
      (await registry.getSingleMetricAsString('sentinel_fleet_jobs'))
        .split('\n')
        .filter((line) => !line.startsWith('#'));
    await send('rejudge', { after: null });
    await lastTry('rejudge');
    const id = await taken('scanning', { 'a.pkl': 'passed' });
    await send('conclude', { intake: id });
    await lastTry('conclude');
    expect(await counts()).toEqual(['sentinel_fleet_jobs{state="dead"} 2']);
    expect(await buryAll()).toBe(1);
    expect(await counts()).toEqual(['sentinel_fleet_jobs{state="dead"} 1']);
  });

  test('a letter that another worker has is not buried twice', async () => {
    const id = await taken('scanning', { 'a.pkl': 'passed' });
    await send('conclude', { intake: id });
    await lastTry('conclude');
    const [letter] = await queue.fetchDead('conclude');
    if (letter === undefined) throw new Error('no letter');
    await giveUp(tools, 'conclude', letter);
    await expect(giveUp(tools, 'conclude', letter)).rejects.toThrow('was given to another worker');
  });

  test('a worker looks for them, also for those whose workers were killed', async () => {
    const { intake } = await intakes.upload('b.pkl', Readable.from([Buffer.from('N.')]), by);
    await db.pool.query(`UPDATE pgboss.job SET retry_count = retry_limit WHERE name = 'scan'`);
    expect(await queue.fetch('scan')).toHaveLength(1);
    // No sign of life for a minute, for the supervision of the queue to find.
    await db.pool.query(
      `UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' WHERE name = 'scan' AND state = 'active'`,
    );
    await queue.supervise();
    const worker = await Worker.start({ url: db.url, processes: 1 });
    try {
      for (let tries = 0; tries < 200 && (await intakeOf(intake.id))?.state !== 'done'; tries += 1)
        await new Promise((later) => setTimeout(later, 50));
    } finally {
      await worker.stop();
    }
    expect(await filesOf(intake.id)).toEqual([
      {
        path: 'b.pkl',
        state: 'incomplete',
        reason: 'given up after 101 tries; the last one: job heartbeat timeout',
      },
    ]);
    expect(await intakeOf(intake.id)).toEqual({ state: 'done', verdict: 'incomplete', reason: null });
  });
});
