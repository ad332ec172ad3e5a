import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveSetting } from '../src/database/settings.js';
import { FleetIntakes } from '../src/intake/intakes.js';
import { describeStore, openStore, saveStore } from '../src/objects/open-store.js';
import { Queue } from '../src/queue/queue.js';
import { VerdictStore } from '../src/verdicts/verdict-store.js';
import { versions } from '../src/verdicts/versions.js';
import { endingSoon } from '../src/webhooks/ending-waivers.js';
import { rejudge } from '../src/worker/rejudge.js';
import { Worker } from '../src/worker/worker.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const HOSTILE = join(FIXTURES, 'samples/models/recommender.pkl');
/** Its level is above what the default policy accepts, also without its findings. */
const UNCANONICAL = join(FIXTURES, 'hostile/scanner/exponential-dup.pkl');
const by = { name: 'Ada' };

interface Row {
  readonly state: string;
  readonly reason: string | null;
  readonly findings: number;
}

describeFleet('what a person promoted', () => {
  let db: TestDatabase;
  let queue: Queue;
  let intakes: FleetIntakes;
  let worker: Worker;
  let folder: string;
  const lines: string[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    folder = await mkdtemp(join(tmpdir(), 'fleet-promotion-'));
    const store = await describeStore(folder, () => undefined);
    await saveStore(db.pool, store);
    queue = await Queue.open(db.url);
    intakes = new FleetIntakes({ pool: db.pool, queue, store: openStore(store) });
    worker = await Worker.start({ url: db.url, processes: 1, onLine: (line) => lines.push(line) });
  });
  afterAll(async () => {
    await worker.stop();
    await queue.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function rowOf(artifact: string): Promise<Row> {
    const { rows } = await db.pool.query<Row>(
      `SELECT state, reason, (SELECT count(*)::int FROM findings WHERE artifact = a.id) AS findings
       FROM artifacts a WHERE id = $1`,
      [artifact],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('no such artifact');
    return row;
  }

  async function until(artifact: string, isSo: (row: Row) => boolean): Promise<Row> {
    for (let tries = 0; tries < 400; tries += 1) {
      const row = await rowOf(artifact);
      if (isSo(row)) return row;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it stays ${JSON.stringify(await rowOf(artifact))}: ${lines.join('; ')}`);
  }

  /** A hostile file under a name of its own, which gives its findings fingerprints of their own. */
  async function failed(name: string, file = HOSTILE): Promise<string> {
    const { artifact } = await intakes.upload(name, Readable.from([await readFile(file)]), by);
    await until(artifact, ({ state }) => state === 'failed');
    return artifact;
  }

  async function waive(artifact: string): Promise<void> {
    await db.pool.query(
      `INSERT INTO waivers (id, fingerprint, owner, reason, expires_on, created_by)
       SELECT gen_random_uuid(), fingerprint, 'team', 'why', current_date, 'test' FROM findings WHERE artifact = $1`,
      [artifact],
    );
  }

  async function rejudged(): Promise<void> {
    await queue.send(db.pool, 'rejudge', [{ data: { after: null }, importance: 100 }]);
    for (let tries = 0; tries < 400; tries += 1) {
      const { rows } = await db.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pgboss.job WHERE name IN ('rejudge', 'scan') AND state IN ('created', 'active', 'retry')`,
      );
      if (rows[0]?.n === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not judged again: ${lines.join('; ')}`);
  }

  async function audited(artifact: string, action: string) {
    const { rows } = await db.pool.query<{ detail: Record<string, unknown> }>(
      'SELECT detail FROM audit WHERE subject = $1 AND action = $2 ORDER BY number',
      [`artifact:${artifact}`, action],
    );
    return rows.map(({ detail }) => detail);
  }

  /** A waiver of something else: another policy, under which nothing is remembered. */
  async function otherPolicy(): Promise<void> {
    await db.pool.query(
      `INSERT INTO waivers (id, fingerprint, owner, reason, expires_on, created_by)
       VALUES (gen_random_uuid(), $1, 'team', 'why', current_date + 3, 'test')`,
      [`v2-${randomUUID().replaceAll('-', '')}`],
    );
  }

  test('passes while its waiver holds, and fails with the reason when that ends', async () => {
    const artifact = await failed('waived.pkl');
    await waive(artifact);
    await rejudged();
    expect(await rowOf(artifact)).toEqual({ state: 'passed', reason: null, findings: 0 });
    await intakes.decide(artifact, 'promoted', null, by);
    // The waiver's last day counts, and has passed.
    await db.pool.query('UPDATE waivers SET expires_on = current_date - 1');
    await saveSetting(db.pool, 'waiversLookedAt', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    await endingSoon(db.pool, queue);
    const row = await until(artifact, ({ state }) => state === 'failed');
    expect(row.reason).toMatch(/^promoted on \d{4}-\d\d-\d\d by Ada, before these findings: [A-Z]+/);
    expect(row.findings).toBeGreaterThan(0);
    const [, last] = await audited(artifact, 'artifact.failed');
    expect(last).toMatchObject({ was: 'promoted', reason: row.reason });
  });

  test('a waiver that ended makes a file that was never promoted fail again', async () => {
    const artifact = await failed('ending.pkl');
    await waive(artifact);
    await rejudged();
    expect((await rowOf(artifact)).state).toBe('passed');
    await db.pool.query('UPDATE waivers SET expires_on = current_date - 1');
    await saveSetting(db.pool, 'waiversLookedAt', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    await endingSoon(db.pool, queue);
    await until(artifact, ({ state }) => state === 'failed');
  });

  test('stays promoted with the findings that were there, and they are kept up to date', async () => {
    const artifact = await failed('known.pkl');
    await intakes.decide(artifact, 'promoted', 'needed', by);
    await db.pool.query('DELETE FROM findings WHERE artifact = $1', [artifact]);
    await otherPolicy();
    await rejudged();
    const row = await rowOf(artifact);
    expect(row).toMatchObject({ state: 'promoted', reason: 'needed' });
    expect(row.findings).toBeGreaterThan(0);
    expect(await audited(artifact, 'artifact.promoted')).toHaveLength(1);
  });

  test('what a later analysis finds, and the bytes were not read for before, ends it', async () => {
    const [kept, ended] = [await failed('kept.pkl'), await failed('ended.pkl')];
    await intakes.decide(kept, 'promoted', 'needed', by);
    await intakes.decide(ended, 'promoted', 'needed', by);
    // As if the analysis of that time had found nothing in the second.
    await db.pool.query(`UPDATE promotions SET failing = '{}' WHERE artifact = $1`, [ended]);
    await db.pool.query('DELETE FROM verdicts');
    await db.pool.query(`UPDATE facts SET analysis = 'before'`);
    await otherPolicy();
    await rejudged();
    expect(await rowOf(kept)).toMatchObject({ state: 'promoted', reason: 'needed' });
    expect((await rowOf(ended)).reason).toMatch(/by Ada, before these findings: /);
    expect((await rowOf(ended)).state).toBe('failed');
    expect((await audited(ended, 'artifact.failed')).at(-1)).toMatchObject({ was: 'promoted' });
    expect(await audited(kept, 'artifact.promoted')).toHaveLength(1);
    const { rows } = await db.pool.query(`SELECT FROM facts WHERE analysis <> 'before'`);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('holds for the bytes that were promoted, and for no others', async () => {
    const artifact = await failed('other.pkl');
    await intakes.decide(artifact, 'promoted', 'needed', by);
    await db.pool.query(`UPDATE promotions SET sha256 = decode(repeat('ab', 32), 'hex') WHERE artifact = $1`, [
      artifact,
    ]);
    await otherPolicy();
    await rejudged();
    expect(await rowOf(artifact)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('its bytes changed'),
    });
  });

  test('holds for what was not analysed then, and for nothing more', async () => {
    // A zip without its end.
    const { artifact } = await intakes.upload(
      'part.zip',
      Readable.from([Buffer.from('504b0304140000000000', 'hex')]),
      by,
    );
    const first = await until(artifact, ({ state }) => state !== 'received' && state !== 'scanning');
    expect(first.state).toBe('incomplete');
    await intakes.decide(artifact, 'promoted', 'needed', by);
    await otherPolicy();
    await rejudged();
    expect(await rowOf(artifact)).toMatchObject({ state: 'promoted', reason: 'needed' });
    await db.pool.query(`UPDATE promotions SET gaps = '{}' WHERE artifact = $1`, [artifact]);
    await otherPolicy();
    await rejudged();
    expect(await rowOf(artifact)).toMatchObject({
      state: 'incomplete',
      reason: expect.stringMatching(/by Ada, before this could not be analysed: /),
    });
    expect((await audited(artifact, 'artifact.incomplete')).at(-1)).toMatchObject({ was: 'promoted' });
  });

  test('that failed by nothing does not cover a level that fails', async () => {
    const artifact = await failed('level.pkl', UNCANONICAL);
    await waive(artifact);
    await rejudged();
    expect(await rowOf(artifact)).toMatchObject({ state: 'failed', findings: 0 });
    await intakes.decide(artifact, 'promoted', 'needed', by);
    await otherPolicy();
    await rejudged();
    expect((await rowOf(artifact)).state).toBe('promoted');
    await db.pool.query(`UPDATE promotions SET was = 'passed' WHERE artifact = $1`, [artifact]);
    await otherPolicy();
    await rejudged();
    expect(await rowOf(artifact)).toMatchObject({ state: 'failed', reason: expect.stringContaining('level') });
  });

  test('is read again for those only who may decide', async () => {
    const artifact = await failed('decided.pkl');
    await intakes.decide(artifact, 'rejected', 'no', by);
    await expect(intakes.retest(artifact, by, false)).rejects.toMatchObject({ status: 409 });
    expect((await rowOf(artifact)).state).toBe('rejected');
    await intakes.retest(artifact, by, true);
    await until(artifact, ({ state }) => state === 'failed');
    expect(lines).toEqual([]);
  });

  test('what is read again is fetched by importance, then by age', async () => {
    await worker.stop();
    // The same bytes under two names that promise another reading, one of them read long ago.
    const ids: string[] = [];
    for (const [name, importance, age] of [
      ['new.pkl', 50, 0],
      ['old.joblib', 50, 400],
      ['low.bin', 10, 800],
    ] as const) {
      const { intake, artifact } = await intakes.upload(name, Readable.from(['N.']), by);
      ids.push(artifact);
      await db.pool.query('UPDATE intakes SET importance = $2 WHERE id = $1', [intake.id, importance]);
      await db.pool.query(`UPDATE artifacts SET state = 'passed' WHERE id = $1`, [artifact]);
      await db.pool.query(
        `INSERT INTO facts (sha256, reading, analysis, collected, duration_ms, made_at)
         SELECT sha256, reading, 'before', '', 1, now() - make_interval(days => $2) FROM artifacts WHERE id = $1`,
        [artifact, age],
      );
    }
    await db.pool.query(`DELETE FROM pgboss.job WHERE name = 'scan'`);
    await queue.send(db.pool, 'rejudge', [{ data: { after: null }, importance: 100 }]);
    const [job] = await queue.fetch('rejudge', 1);
    if (job === undefined) throw new Error('no job');
    const verdicts = new VerdictStore(db.pool, await versions());
    await rejudge({ pool: db.pool, queue, verdicts, actor: 'worker' }, job);
    const asked: string[] = [];
    for (let fetched = await queue.fetch('scan', 1); fetched.length > 0; fetched = await queue.fetch('scan', 1))
      asked.push(...fetched.flatMap(({ data }) => ('artifact' in data ? [data.artifact] : [])));
    expect(asked.filter((id) => ids.includes(id))).toEqual([ids[1], ids[0], ids[2]]);
    worker = await Worker.start({ url: db.url, processes: 1 });
  });
});
