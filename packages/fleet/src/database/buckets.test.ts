import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeFleet, testDatabase, type TestDatabase } from '../../test/database.js';
import { takeToken } from './buckets.js';

describeFleet('token buckets', () => {
  let db: TestDatabase;
  beforeAll(async () => void (db = await testDatabase()));
  afterAll(() => db.close());

  test('as many are given as there are, to however many ask at once', async () => {
    const rate = { perSecond: 0.001, burst: 5 };
    const waits = await Promise.all(Array.from({ length: 20 }, () => takeToken(db.pool, 'a', rate)));
    expect(waits.filter((ms) => ms === 0)).toHaveLength(5);
    // Those that asked at the same time may have seen what was there before.
    expect(await takeToken(db.pool, 'a', rate)).toBeGreaterThan(900_000);
  });

  test('they come back with time, and several are taken together or not at all', async () => {
    const rate = { perSecond: 10, burst: 10 };
    expect(await takeToken(db.pool, 'b', rate, 8)).toBe(0);
    const wait = await takeToken(db.pool, 'b', rate, 8);
    expect(wait).toBeGreaterThan(200);
    expect(wait).toBeLessThanOrEqual(600);
    await db.pool.query(`UPDATE buckets SET at = at - interval '1 hour' WHERE name = 'b'`);
    expect(await takeToken(db.pool, 'b', rate, 10)).toBe(0);
    expect(await takeToken(db.pool, 'b', rate, 10)).toBeGreaterThan(0);
  });
});
