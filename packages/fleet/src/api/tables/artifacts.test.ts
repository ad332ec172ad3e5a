import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet, testDatabase, type TestDatabase } from '../../../test/database.js';
import { inTransaction } from '../../database/pool.js';
import { listArtifacts } from './artifacts.js';

describeFleet('a search for a part of a name', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    await taken('hf://org/Alpha@main', 'hf://org/Alpha@0123', ['weights.bin', 'a_b.pkl']);
    await taken('s3://other/', null, ['axb.pkl', 'deep/Folder/c.pkl']);
  });
  afterAll(() => db.close());

  async function taken(address: string, pinned: string | null, paths: readonly string[]): Promise<void> {
    const intake = randomUUID();
    await db.pool.query(
      `INSERT INTO intakes (id, kind, address, pinned, state, requested_by) VALUES ($1, 'hf', $2, $3, 'done', 't')`,
      [intake, address, pinned],
    );
    for (const path of paths)
      await db.pool.query(
        `INSERT INTO artifacts (id, intake, path, reading, state) VALUES (gen_random_uuid(), $1, $2, '', 'passed')`,
        [intake, path],
      );
  }

  test.each([
    ['weights', ['weights.bin']],
    ['WEIGHTS', ['weights.bin']],
    ['alpha@0123', ['a_b.pkl', 'weights.bin']],
    ['a_b', ['a_b.pkl']],
    ['folder/c', ['deep/Folder/c.pkl']],
    ['s3://other', ['axb.pkl', 'deep/Folder/c.pkl']],
    ['.p', ['a_b.pkl', 'axb.pkl', 'deep/Folder/c.pkl']],
    ['nothing', []],
  ])('%s', async (q, paths) => {
    for (const scans of ['on', 'off']) {
      const { items } = await inTransaction(db.pool, async (transaction) => {
        // Small tables are read whole; with scans off the indexes answer.
        await transaction.query(
          `SELECT set_config('enable_seqscan', $1, true), set_config('enable_indexscan', $1, true)`,
          [scans],
        );
        return listArtifacts(transaction, { q, limit: 50 });
      });
      expect(items.map(({ path }) => path).toSorted()).toEqual(paths);
    }
  });

  test('the embedded database has the index', async () => {
    const { rows } = await db.pool.query(
      `SELECT indexname FROM pg_indexes WHERE schemaname = 'sentinel' AND indexname LIKE '%by_part' ORDER BY 1`,
    );
    expect(rows).toEqual([{ indexname: 'artifacts_by_part' }, { indexname: 'intakes_by_part' }]);
  });
});
