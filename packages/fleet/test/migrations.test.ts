import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../src/database/migrate.js';
import { describeFleet, testDatabase, type TestDatabase } from './database.js';

const FOLDER = join(import.meta.dirname, '../migrations');

describeFleet('tables of an older version', () => {
  let db: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    db = await testDatabase();
    client = new pg.Client({ connectionString: db.url, options: '-c search_path=sentinel' });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await db.close();
  });

  /** Takes back migrations down to this one, which is taken back as well. */
  async function backTo(name: string): Promise<void> {
    const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM migrations WHERE name >= $1', [name]);
    await runner({
      dbClient: client,
      dir: FOLDER,
      direction: 'down',
      count: Number(rows[0]?.n),
      migrationsSchema: 'sentinel',
      migrationsTable: 'migrations',
      noLock: true,
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  }

  async function taken(
    pinned: string,
    verdict: string,
    states: readonly string[],
    findings = '[]',
    reason: string | null = null,
  ) {
    const intake = randomUUID();
    await client.query(
      `INSERT INTO intakes (id, kind, address, pinned, state, verdict, findings, reason, requested_by)
       VALUES ($1, 'hf', $2, $2, 'done', $3, $4, $5, 'test')`,
      [intake, pinned, verdict, findings, reason],
    );
    for (const [at, state] of states.entries())
      await client.query(`INSERT INTO artifacts (id, intake, path, reading, state) VALUES ($1, $2, $3, '', $4)`, [
        randomUUID(),
        intake,
        String(at),
        state,
      ]);
    return intake;
  }

  test('verdicts of intakes are those that the gate gave them', async () => {
    await backTo('0040_intake_verdicts');
    const failing = '[{"action": "fail", "waived": null}]';
    const expected = new Map([
      [await taken('a', 'pass', ['passed']), ['pass', 'pass']],
      // A person promoted what failed it.
      [await taken('b', 'fail', ['promoted', 'passed']), ['pass', 'pass']],
      [await taken('c', 'fail', ['promoted', 'failed']), ['pass', 'fail']],
      [await taken('d', 'incomplete', ['incomplete']), ['pass', 'incomplete']],
      [await taken('e', 'fail', ['promoted'], failing), ['fail', 'fail']],
      [await taken('f', 'incomplete', ['promoted'], '[]', 'the listing broke off'), ['incomplete', 'incomplete']],
      // Nothing says why.
      [await taken('g', 'fail', ['passed']), ['fail', 'fail']],
      [await taken('h', 'pass', ['rejected']), ['pass', 'fail']],
      [await taken('h', 'pass', ['passed']), ['pass', 'fail']],
    ]);
    await migrate(db.url);
    const { rows } = await client.query<{ id: string; own_verdict: string; verdict: string }>(
      'SELECT id, own_verdict, verdict FROM intakes',
    );
    expect(new Map(rows.map(({ id, own_verdict: own, verdict }) => [id, [own, verdict]]))).toEqual(expected);
  });
});
