import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet, testDatabase, type TestDatabase } from '../../../test/database.js';
import { saveSetting } from '../../database/settings.js';
import { POSTURE_DAYS } from '../../limits.js';
import { notePosture } from './stats.js';

describeFleet('the posture of past days', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());

  async function daysAgo(): Promise<readonly number[]> {
    const { rows } = await db.pool.query<{ ago: number }>(
      'SELECT DISTINCT current_date - day AS ago FROM posture ORDER BY 1',
    );
    return rows.map(({ ago }) => ago);
  }

  test('is removed after two years, or as the setting says', async () => {
    await db.pool.query(
      `INSERT INTO posture (day, state, count) SELECT current_date - n, 'passed', 1 FROM unnest($1::int[]) n`,
      [[1, 29, 30, POSTURE_DAYS - 1, POSTURE_DAYS, POSTURE_DAYS + 1]],
    );
    await notePosture(db.pool);
    expect(await daysAgo()).toEqual([1, 29, 30, POSTURE_DAYS - 1]);
    await saveSetting(db.pool, 'postureDays', 30);
    await notePosture(db.pool);
    expect(await daysAgo()).toEqual([1, 29]);
    await saveSetting(db.pool, 'postureDays', 0);
    await expect(notePosture(db.pool)).rejects.toThrow(/too_small|Too small/i);
    expect(await daysAgo()).toEqual([1, 29]);
  });
});
